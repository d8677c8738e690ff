//! Names of persons that the case does not know: for any text, with lists of a few words.

use std::sync::Arc;

use gouvernail_privacy::{Detector, KnownValue, Label, Language, Lists, LoadError, Vault};
use proptest::prelude::*;

use super::growth::{TICK, spent};

fn language() -> Language {
    let lists = Lists {
        first_names: "Jean\nMarie\nAïcha\nPierre\n".as_bytes(),
        surnames: "Dupont\nLe Goff\nBenali\nPetit\n".as_bytes(),
        words: "petit\t20000\npierre\t4000\nde\t3000000\nmaison\t60000\n".as_bytes(),
        communes: "Rennes\t35000\nSaint-Pierre\t97410\n".as_bytes(),
    };
    Language::new(lists, None).unwrap()
}

fn detector() -> Detector {
    Detector::new(&[KnownValue::new(Label::Person, "Hélène Le Goff")]).with_language(Arc::new(language()))
}

fn found(text: &str) -> Vec<String> {
    detector().hidden(text).into_iter().map(|span| text[span.range].to_owned()).collect()
}

#[test]
fn what_stands_around_decides() {
    for (text, expected) in [
        ("Le dossier de Mme BENALI Aïcha est complet.", vec!["BENALI Aïcha"]),
        ("Le collège Jean Dupont, rue Marie Benali, est fermé.", vec![]),
        ("La société Jean Dupont SARL a écrit.", vec![]),
        ("Présents : Jean Dupont, Marie Petit et A. Benali", vec!["Jean Dupont", "Marie Petit", "A. Benali"]),
        ("Achat chez Leroy Merlin à Rennes.", vec![]),
        ("Nous habitons une petite maison de pierre.", vec![]),
        ("Nom : Petit\nPrénom : Jean-Pierre", vec!["Petit", "Jean-Pierre"]),
        ("nom : petit\nprenom : jean", vec!["petit", "jean"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn a_person_found_has_one_index_and_joins_the_known_one() {
    let mut vault = Vault::new();
    let masked = detector().mask(&mut vault, "Jean Dupont et Hélène Le Goff. M. DUPONT a écrit à Mme Le Goff.").text;
    assert_eq!(masked, "[PERSONNE_1] et [PERSONNE_2]. M. [PERSONNE_1.2] a écrit à Mme [PERSONNE_2.2].");
}

#[test]
fn a_folder_without_lists_is_refused_and_says_what_writes_them() {
    let error = Language::load(std::path::Path::new("/nonexistent")).unwrap_err();
    assert!(matches!(error, LoadError::Unreadable { .. }) && error.to_string().contains("scripts/fetch-names"), "{error}");
}

fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "Jean",
        "DUPONT",
        "dupont",
        "Le ",
        "Goff",
        "le goff",
        "Hélène",
        "M. ",
        "Mme ",
        "J. ",
        "Nom : ",
        "né",
        "fils ",
        "rue ",
        "chez ",
        "Benali",
        "Aïcha",
        "Inconnu",
        "O'",
        "c'h",
        "d'",
        "-",
        " ",
        " ",
        ", ",
        "\n",
        "\n\n",
        ".",
        ":",
        "@",
        "a@b.fr",
        "07",
        "1ean",
        "et ",
        "SARL",
        "[PERSONNE_1]",
        "é",
        "e\u{301}",
        "\u{2019}",
        "İ",
        "ß",
        "😀",
        "\\u00e9",
        "%C3%A9",
        "Leroy Merlin",
        "Saint-",
        "Pierre",
    ];
    let piece = prop_oneof![6 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => ".{0,6}"];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn restoring_undoes_the_masking_of_names(text in text()) {
        for detector in [detector(), Detector::new(&[]).with_language(Arc::new(Language::default()))] {
            let mut vault = Vault::new();
            let masked = detector.mask(&mut vault, &text);
            prop_assert_eq!(vault.restore(&masked.text), text.clone());
            prop_assert!(masked.spans.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
        }
    }
}

#[test]
fn reading_names_is_linear_on_hostile_texts() {
    let detector = detector();
    let cost = |unit: &str, bytes: usize| {
        let text = unit.repeat(bytes / unit.len());
        let start = spent();
        drop(detector.hidden(&text));
        spent() - start
    };
    let units = [
        "x",
        "Jean ",
        "Jean-",
        "Jean Dupont ",
        "Jean Dupont, ",
        "M. ",
        "Mme Dupont ",
        "J. ",
        "J.-",
        "Nom : ",
        "de ",
        "Le ",
        "rue ",
        "c'h",
        "O'",
        "a@",
        "Leroy ",
        "Dupont\n",
        "Hélène ",
        "dupont jean ",
        "fils ",
        "école de ",
    ];
    for unit in units {
        let (small, large) = (cost(unit, 12_500).max(TICK * 2), cost(unit, 100_000));
        assert!(large < small * 24, "{unit:?}: {small:?}, then {large:?} for eight times as much");
    }
}
