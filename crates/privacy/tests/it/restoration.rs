//! Placeholders on the way back: as sent, as models change them, and in pieces.

use gouvernail_privacy::{Label, StreamRestorer, Vault};

use super::{case, detector, mask};

fn vault() -> Vault {
    let mut vault = Vault::new();
    case().mask(&mut vault, "Jean-Pierre Dupont, 7 mars 1985, 06 12 34 56 78, 12 rue des Lilas, M. Dupont");
    vault
}

#[test]
fn what_models_change_is_understood_when_only_one_value_fits() {
    for (answer, restored) in [
        ("[PERSONNE_1]", "Jean-Pierre Dupont"),
        ("[personne_1]", "Jean-Pierre Dupont"),
        ("[Personne 1]", "Jean-Pierre Dupont"),
        ("[PERSONNE-1.2]", "Dupont"),
        (r"[PERSONNE\_1]", "Jean-Pierre Dupont"),
        (r"[PERSONNE\\_1.2]", "Dupont"),
        ("[PERSONNE\u{a0}1]", "Jean-Pierre Dupont"),
        ("[TÉLÉPHONE_1]", "06 12 34 56 78"),
        ("[te\u{301}le\u{301}phone_1]", "06 12 34 56 78"),
        ("[PERSONNE_1.9]", "Jean-Pierre Dupont"),
        ("PERSONNE_1", "Jean-Pierre Dupont"),
        ("**PERSONNE_1**.", "**Jean-Pierre Dupont**."),
        ("(PERSONNE_1.2)", "(Dupont)"),
        ("<PERSONNE_1>", "<Jean-Pierre Dupont>"),
        ("[PERSONNE_1 et", "[Jean-Pierre Dupont et"),
        ("[PERSONNE_1, PERSONNE_1.2]", "[Jean-Pierre Dupont, Dupont]"),
        ("PERSONNE_1. Puis", "Jean-Pierre Dupont. Puis"),
        ("[[PERSONNE_1]]", "[Jean-Pierre Dupont]"),
    ] {
        assert_eq!(vault().restore(answer), restored, "{answer}");
    }
}

#[test]
fn what_may_mean_something_else_is_left() {
    let blanks = ["[PERSONNE]", "[DATE]", "[ADRESSE]", "[", "[é", "DATE_", "PERSONNE_", "[PERSONNE_]"];
    let unknown = ["[PERSONNE_2]", "[NIR_1]", "[PERSONNE_0]", "[PERSONNE_99999999999]", "PERSONNE_1234567890"];
    let words = ["personne_1", "adresse_1", "PERSONNE 1", "Date 1", "personne 1", "UPDATE_1", "A_DATE_1"];
    for answer in [&blanks[..], &unknown, &words].concat() {
        assert_eq!(vault().restore(answer), answer);
    }
}

#[test]
fn user_text_that_looks_like_a_placeholder_is_set_aside() {
    assert_eq!(mask(&case(), "Que veut dire [PERSONNE_1] pour Dupont ?"), "Que veut dire [TEXTE_1] pour [PERSONNE_1.2] ?");
    assert_eq!(mask(&case(), "[Personne 1] PERSONNE_1 [TEXTE_1] [date\\_2]"), "[TEXTE_1] [TEXTE_2] [TEXTE_3] [TEXTE_4]");
    assert_eq!(mask(&case(), "[DATE] adresse_1 UPDATE_1"), "[DATE] adresse_1 UPDATE_1");
    let called = detector(&[(Label::Person, "Paul Personne"), (Label::Person, "Jean Dupont")]);
    assert_eq!(mask(&called, "P. Dupont et [PERSONNE_1]"), "P. [PERSONNE_1.2] et [TEXTE_1]");
    assert_eq!(mask(&case(), "PERSONNE_1Dupont PERSONNE_106 12 34 56 78"), "[TEXTE_1][PERSONNE_1.2] [TEXTE_2] 12 34 56 78");
}

#[test]
fn what_is_hidden_beside_a_lookalike_does_not_complete_it() {
    for text in
        ["PERSONNE_1.0612345678", "PERSONNE_10612345678", "PERSONNE_1.2.0612345678", "[PERSONNE_1 0612345678]", "DATE_07/03/1985"]
    {
        let mut vault = vault();
        let masked = case().mask(&mut vault, text).text;
        assert_eq!(vault.restore(&masked), text, "{masked}");
    }
}

#[test]
fn a_stream_holds_back_only_what_may_be_a_placeholder() {
    let vault = vault();
    let mut stream = StreamRestorer::new(&vault);
    assert_eq!(stream.push("Bonjour [PERS"), "Bonjour ");
    assert_eq!(stream.push("ONNE_"), "");
    assert_eq!(stream.push("1], voir [note"), "Jean-Pierre Dupont, voir [note");
    assert_eq!(stream.push("1], UP"), "1], UP");
    assert_eq!(stream.push("DATE_1, DA"), "DATE_1, ");
    assert_eq!(stream.push("NS [NIR_1"), "DANS [NIR_1");
    assert_eq!(stream.push(" [PERSONNE_"), " ");
    assert!(stream.is_holding());
    assert_eq!(stream.finish(), "[PERSONNE_");
    stream.push(" DATE_1");
    assert_eq!(stream.finish(), "1985-03-07");
}

#[test]
fn a_stream_may_be_cut_anywhere() {
    let vault = vault();
    let answer = "é[PERSONNE_1.2] [personne 1] PERSONNE_1. [PERSONNE_1 DATE_1.5.2 [TE\u{301}LE\u{301}PHONE\\_1]x[[DATE_1]] UPDATE_1 😀[ADRESSE_12] D";
    let whole = vault.restore(answer);
    assert!(whole.contains("éDupont Jean-Pierre Dupont") && whole.contains("06 12 34 56 78x"), "{whole}");
    let places: Vec<usize> = answer.char_indices().map(|(at, _)| at).collect();
    for (place, &first) in places.iter().enumerate() {
        for &second in &places[place..] {
            let mut stream = StreamRestorer::new(&vault);
            let parts = [&answer[..first], &answer[first..second], &answer[second..]].map(|piece| stream.push(piece));
            assert_eq!(parts.concat() + &stream.finish(), whole, "cut at {first} and {second}");
        }
    }
}

#[test]
fn a_flood_of_accents_is_not_held() {
    let mut stream = StreamRestorer::new(&vault());
    stream.push(&format!("[P{}", "\u{301}".repeat(1000)));
    assert!(stream.finish().len() < 100);
}

#[test]
fn values_are_escaped_in_json_only() {
    let mut vault = Vault::new();
    let masked = detector(&[(Label::Address, "12 rue \"du\\Pont\"\n35000 Rennes")])
        .mask(&mut vault, "12 rue \"du\\Pont\"\n35000 Rennes")
        .text;
    let mut stream = StreamRestorer::in_json(&vault);
    let json = stream.push(&format!("{{\"adresse\":\"{masked}\"}}")) + &stream.finish();
    let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(read["adresse"], "12 rue \"du\\Pont\"\n35000 Rennes");
    assert_eq!(vault.restore(&masked), "12 rue \"du\\Pont\"\n35000 Rennes");
}

#[test]
fn masking_again_changes_nothing() {
    let mut vault = Vault::new();
    let once = case().mask(&mut vault, "Dupont écrit à [PERSONNE_9] au 06 12 34 56 78").text;
    assert_eq!(case().remask(&mut vault, &once), once);
    assert_eq!(case().remask(&mut vault, &format!("{once} et Le Goff")), format!("{once} et [PERSONNE_2.2]"));
}
