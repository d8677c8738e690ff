//! Values of the case, in all the spellings that the crate claims.

use gouvernail_privacy::{Detector, KnownValue, Label, Vault};

use super::{case, detector, mask};

/// Each text, between words, becomes placeholders and separators only.
fn hides(detector: &Detector, texts: &[&str]) {
    for text in texts {
        let masked = mask(detector, &format!("Bonjour {text}, merci"));
        let left = masked.trim_start_matches("Bonjour ").trim_end_matches(", merci");
        let clear: String = left.split(['[', ']']).step_by(2).collect();
        assert!(left.contains('[') && !clear.contains(char::is_alphanumeric), "{text}: {masked}");
    }
}

#[test]
fn names_in_their_spellings() {
    let names = ["HELENE LE GOFF", "le goff hélène", "Le Goff", "H. Le Goff", "LE GOFF H.", "Goff", "Hélène", "Helene\nLe   Goff"];
    hides(&case(), &names);
    hides(
        &case(),
        &["he\u{301}le\u{300}ne", "H\u{c9}L\u{c8}NE", "Le\u{a0}Goff", "Le\u{202f}Goff", "Hélène_Le_Goff", "HélèneLeGoff"],
    );
    hides(&case(), &["Jean Pierre DUPONT", "dupont", "J.-P. Dupont", "JP Dupont", "J. Dupont", "Dupont J.", "Jean-Pierre"]);
    hides(
        &detector(&[(Label::Person, "M. Jean Pierre Dupont")]),
        &["J. P. Dupont", "Jean Dupont", "Dupont Jean", "DUPONT, Jean Pierre"],
    );
    hides(&detector(&[(Label::Person, "Nguyễn Thị Hồng")]), &["NGUYEN THI HONG", "Nguye\u{302}\u{303}n", "nguyễn"]);
    hides(&detector(&[(Label::Person, "Łukasz Groß-Œuvré")]), &["LUKASZ GROSS OEUVRE", "Lukasz", "groß", "Œuvre\u{301}"]);
    hides(&detector(&[(Label::Person, "İbrahim Griffon")]), &["ibrahim", "IBRAHIM", "i\u{307}brahim", "Gri\u{fb00}on"]);
    hides(&detector(&[(Label::Person, "محمد علي"), (Label::Person, "李明")]), &["محمد علي", "محمد", "李明"]);
    hides(&detector(&[(Label::Person, "Mme Martin (née Bernard)")]), &["Martin", "Bernard"]);
    hides(
        &detector(&[(Label::Person, "O\u{2019}Brien, Anne\u{2011}Lise")]),
        &["O'BRIEN", "Anne-Lise O'Brien", "A.-L. O'Brien", "obrien"],
    );
}

#[test]
fn dates_in_their_forms() {
    let forms =
        ["7 mars 1985", "07 MARS 85", "07/03/1985", "7/3/1985", "7/3/85", "07.03.85", "07-03-1985", "1985-03-07", "1985/3/7"];
    hides(&case(), &forms);
    hides(&case(), &["07031985", "19850307"]);
    assert_eq!(mask(&case(), "1985-03-07T00:00:00Z"), "[DATE_1]T00:00:00Z");
    hides(&detector(&[(Label::BirthDate, "1er août 1990")]), &["1er aout 1990", "1 août 1990", "01/08/1990", "1990-08-01"]);
    for other in ["7385", "73 85", "07/03/1986", "8 mars 1985", "mars 1985"] {
        assert_eq!(mask(&case(), other), other);
    }
}

#[test]
fn numbers_in_their_forms() {
    hides(&case(), &["1850375123001", "1 85 03 75 123 001 82", "185037512300182", "1.85.03.75.123.001"]);
    hides(
        &case(),
        &["+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033612345678", "00 33 6 12 34 56 78", "06.12.34.56.78", "612345678"],
    );
    hides(&detector(&[(Label::Phone, "0692 12 34 56")]), &["+262 692 12 34 56", "0692123456"]);
    hides(&detector(&[(Label::Nir, "180012A004005")]), &["1 80 01 2A 004 005", "180012a004005"]);
    hides(&case(), &["12, RUE DES LILAS", "12 rue des Lilas\n35000 RENNES", "35000 Rennes", "dos 2024 0042", "DOS20240042"]);
    hides(&detector(&[(Label::Email, "Jean.Dupont@Mairie.fr")]), &["jean.dupont@mairie.fr"]);
}

#[test]
fn escapes_hide_nothing() {
    hides(&case(), &[r"H\u00e9l\u00e8ne", r"H\\u00E9l\\u00e8ne Le Goff", r"he\u0301le\u0300ne"]);
    assert_eq!(mask(&case(), r"Cher\nDupont"), r"Cher\n[PERSONNE_1.2]");
    // What was hidden at the end leaves "Goff H" alone, which "GoffHPERSONNE" was not.
    assert_eq!(mask(&case(), r"\nGoff\u0048PERSONNE_1"), r"\n[PERSONNE_1.2][TEXTE_1]");
    let address = "https://x.example/?nom=H%C3%A9l%C3%A8ne%20Le%20Goff&p=Dupont";
    assert_eq!(mask(&case(), address), "https://x.example/?nom=[PERSONNE_1.2]&p=[PERSONNE_2.2]");
}

#[test]
fn known_words_are_hidden_and_parts_of_words_are_not() {
    assert_eq!(
        mask(&case(), "une pierre, des goffs, legoffre, dupontel, dupont2"),
        "une [PERSONNE_1.2], des goffs, legoffre, dupontel, [PERSONNE_1.3]2"
    );
    let short = detector(&[(Label::Person, "Ada Li"), (Label::Reference, "7")]);
    assert_eq!(mask(&short, "Ada, adan, 4ada, a da ou li, 7"), "[PERSONNE_1.2], adan, 4[PERSONNE_1.3], a da ou li, 7");
}

#[test]
fn one_person_has_one_index() {
    assert_eq!(mask(&case(), "Mme LE GOFF a écrit ; Hélène Le Goff attend."), "Mme [PERSONNE_1.2] a écrit ; [PERSONNE_1] attend.");
    let twice = detector(&[(Label::Person, "Jean Dupont"), (Label::Person, "DUPONT Jean")]);
    assert_eq!(mask(&twice, "Jean Dupont, DUPONT Jean, Dupont"), "[PERSONNE_1], [PERSONNE_1.2], [PERSONNE_1.3]");
}

#[test]
fn a_shared_family_name_belongs_to_neither() {
    let couple = [(Label::Person, "Anne Martin"), (Label::Person, "Paul Martin")];
    assert_eq!(mask(&detector(&couple), "Anne Martin, Paul Martin et M. Martin"), "[PERSONNE_1], [PERSONNE_2] et M. [PERSONNE_3]");
    // Unless one of them is called so.
    let with_martin = [couple[0], couple[1], (Label::Person, "Martin")];
    assert_eq!(mask(&detector(&with_martin), "Martin et Anne Martin"), "[PERSONNE_1] et [PERSONNE_2]");
}

#[test]
fn a_whole_value_wins_over_a_part_of_another() {
    let rose = [(Label::Person, "Anne Rose"), (Label::Address, "Rose")];
    assert_eq!(mask(&detector(&rose), "Rose et Anne"), "[ADRESSE_1] et [PERSONNE_1.2]");
    assert_eq!(mask(&detector(&[rose[1], rose[0]]), "Rose et Anne"), "[ADRESSE_1] et [PERSONNE_1.2]");
}

#[test]
fn overlapping_values_leave_nothing() {
    let addresses = detector(&[(Label::Address, "Lilas Rennes"), (Label::Address, "rue des Lilas")]);
    assert_eq!(mask(&addresses, "rue des Lilas Rennes."), "[ADRESSE_1] [ADRESSE_2.2].");
    let nested =
        detector(&[(Label::Person, "Jean Dupont"), (Label::Address, "12 rue Jean Dupont"), (Label::Email, "jean.dupont@x.fr")]);
    assert_eq!(mask(&nested, "12 rue Jean Dupont, jean.dupont@x.fr"), "[ADRESSE_1], [COURRIEL_1]");
}

#[test]
fn placeholders_are_stable_across_turns_and_storage() {
    let mut vault = Vault::new();
    let first = case().mask(&mut vault, "Dupont, puis Le Goff").text;
    let stored = serde_json::to_string(&vault).expect("serialisable");
    let mut again: Vault = serde_json::from_str(&stored).expect("readable");
    assert_eq!(case().mask(&mut again, "Dupont, puis Le Goff").text, first);
    assert_eq!(again.restore(&first), "Dupont, puis Le Goff");
    assert_eq!((vault.len(), again.len()), (2, 2));
    assert_eq!(case().mask(&mut again, "a@b.fr, Helene").text, "[COURRIEL_1], [PERSONNE_2.3]");
}

#[test]
fn what_is_debugged_holds_no_value() {
    let known = KnownValue::new(Label::Person, "Jean-Pierre Dupont");
    let mut vault = Vault::new();
    let masked = case().mask(&mut vault, "Dupont, 01 23 45 67 89");
    let stream = gouvernail_privacy::StreamRestorer::new(&vault);
    let debugged = format!("{known:?} {:?} {vault:?} {masked:?} {stream:?}", case()).to_lowercase();
    assert!(!debugged.contains("dupont") && !debugged.contains("0123"), "{debugged}");
}
