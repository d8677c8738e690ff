//! Product sheets as suppliers write them: what is understood is quoted, what is not is given back, and no text makes it fail.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use gouvernail_interchange::sheet::{LONGEST, Sheet, read};
use gouvernail_register::{Catalogue, Source, Value};
use proptest::prelude::*;

fn sheet(name: &str) -> (String, Sheet) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets").join(name);
    let text = fs::read_to_string(path).unwrap();
    let read = read(&text);
    nothing_is_lost(&text, &read);
    (text, read)
}

fn words(sheet: &Sheet, field: &str) -> String {
    match sheet.proposals.get(field).map(|proposal| &proposal.value) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::List(items)) => items.join(" ; "),
        Some(other) => format!("{other:?}"),
        None => String::new(),
    }
}

fn says(sheet: &Sheet, expected: &[(&str, &str)]) {
    for (field, part) in expected {
        assert!(words(sheet, field).contains(part), "{field}: {:?} in {:#?}", words(sheet, field), sheet);
    }
}

/// Every word of the text is in a quotation or in what is given back; every value fits its field and has a quotation.
fn nothing_is_lost(text: &str, sheet: &Sheet) {
    let kept: String = sheet
        .proposals
        .values()
        .map(|proposal| proposal.quote.as_str())
        .chain(sheet.left.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join("\n");
    for line in text.lines() {
        let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
        assert!(kept.contains(bare), "lost: {line:?}");
    }
    for (field, proposal) in &sheet.proposals {
        assert_eq!(Catalogue::get().field(field).unwrap().fits(&proposal.value), Ok(()), "{field}");
        assert!(!proposal.quote.trim().is_empty() && proposal.source == Source::Text, "{field}");
    }
}

#[test]
fn the_text_of_a_french_pdf() {
    let (_, sheet) = sheet("redaction.txt");
    says(
        &sheet,
        &[
            ("supplier", "Plume & Cie SAS"),
            ("supplier_identifier", "81234567800021"),
            ("purpose", "Aider les agents à rédiger"),
            ("purpose", "sans décider à leur place"),
            ("models", "Mistral Small 3.2"),
            ("models", "Apache 2.0"),
            ("hosting_location", "Scaleway"),
            ("retention", "30 jours"),
            ("risks", "inventer"),
            ("human_oversight", "relit"),
            ("procurement", "2026-117"),
            ("environment", "1,9 Wh"),
            ("accessibility", "RGAA"),
            ("algorithm_type", "generative"),
        ],
    );
    assert!(sheet.left.iter().any(|left| left.contains("Tarif public")), "{:#?}", sheet.left);
    assert!(!sheet.proposals.contains_key("risk_category"), "the class of risk is not for a supplier to say");
}

#[test]
fn an_english_page_in_markdown() {
    let (_, sheet) = sheet("triage.md");
    says(
        &sheet,
        &[
            ("supplier", "Civic Sorting Ltd"),
            ("purpose", "Suggest which team"),
            ("training_data", "40,000 anonymised letters"),
            ("hosting_location", "Frankfurt, Germany"),
            ("models", "CamemBERT"),
            ("performance", "91"),
            ("self_learning", "Flag(false)"),
            ("source_code_url", "https://gitlab.example/civic/sorting"),
            ("start_date", "2025-09"),
            ("training_data", "never used to train"),
            ("automation_level", "assist"),
        ],
    );
    assert!(sheet.left.iter().any(|left| left.contains("Book a demo")));
}

#[test]
fn a_message() {
    let (_, sheet) = sheet("courriel.txt");
    says(
        &sheet,
        &[
            ("hosting_location", "OVHcloud à Gravelines"),
            ("models", "Llama 3.1"),
            ("supplier_data_access", "ne servent pas à entraîner"),
            ("procurement", "UGAP"),
            ("retention", "90 jours"),
            ("data_recipients", "sous-traitant"),
        ],
    );
    assert!(sheet.left.iter().any(|left| left.contains("Bonjour Madame")), "{:#?}", sheet.left);
}

#[test]
fn a_table_copied_from_a_word_processor() {
    let (_, sheet) = sheet("tableau.txt");
    says(
        &sheet,
        &[
            ("supplier", "Scorea"),
            ("algorithm_type", "rules"),
            ("parameters_weights", "quotient familial"),
            ("data_sources", "CAF"),
            ("affected_groups", "familles"),
            ("automation_level", "partial"),
            ("maintenance_review", "deux fois par an"),
            ("eu_db_entry_url", "https://ec.europa.eu/ai-database/4821"),
        ],
    );
}

#[test]
fn a_brochure_that_says_little_gives_little() {
    let (text, sheet) = sheet("brochure.txt");
    assert!(sheet.proposals.len() <= 2, "{:#?}", sheet.proposals);
    assert!(sheet.left.concat().len() > text.len() / 2);
}

#[test]
fn a_long_text_is_read_in_a_moment_and_twice_as_long_in_twice_the_time() {
    let one = ["redaction.txt", "triage.md", "courriel.txt", "tableau.txt", "brochure.txt"].map(|name| sheet(name).0).join("\n\n");
    let long = |characters: usize| one.chars().cycle().take(characters).collect::<String>();
    let took = |text: &str| {
        let best = (0..3).map(|_| {
            let began = Instant::now();
            assert!(!read(text).proposals.is_empty());
            began.elapsed()
        });
        best.min().unwrap()
    };
    let (half, whole) = (took(&long(LONGEST / 2)), took(&long(LONGEST)));
    assert!(whole < half * 4 + Duration::from_millis(50), "{half:?} then {whole:?}");
    assert!(whole < Duration::from_secs(5), "{whole:?}");
    nothing_is_lost(&long(LONGEST), &read(&long(LONGEST)));
}

/// Pieces that look like those of a sheet, in any order.
fn piece() -> impl Strategy<Value = String> {
    let parts = [
        "Finalité :",
        "# Risques",
        "Modèle\tMistral",
        "| Hébergement | OVH, France |",
        "|---|---|",
        "- une puce",
        "1. Données",
        "SÉCURITÉ ET DONNÉES",
        "**Fournisseur** : ACME",
        "=====",
        "> cité",
        "Une phrase. Une autre ! Hébergé ici ?",
        "Mise en service : mars 2026",
        "SIRET 812 345 678 00021",
        "Conservation : ",
        "https://exemple.fr:8080/a",
        "12:30",
        "e\u{301}te\u{301} : \u{a0}",
        "：",
        "Licence : MIT",
        "",
    ];
    prop_oneof![5 => proptest::sample::select(parts.to_vec()).prop_map(str::to_owned), 2 => ".{0,40}", 1 => "(mot |: |\\| |\t|# |\\*\\*){0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_makes_it_fail_and_none_of_it_is_lost(pieces in proptest::collection::vec(piece(), 0..40), ending in proptest::sample::select(vec!["\n", "\r\n", "\n\n", " "])) {
        let text = pieces.join(ending);
        let sheet = read(&text);
        nothing_is_lost(&text, &sheet);
        prop_assert_eq!(sheet, read(&text), "the same text says the same");
    }
}

#[test]
fn the_words_speak_of_fields_that_exist() {
    let file = include_str!("../../../../record/sheet.toml");
    let read: toml::Table = file.parse().unwrap();
    let cues = read["cues"].as_array().unwrap().iter().map(|cue| cue["field"].as_str().unwrap().to_owned());
    let labels = read["labels"].as_table().unwrap().keys().cloned();
    for field in labels.chain(cues) {
        assert!(Catalogue::get().field(&field).is_some(), "{field}");
    }
    for (field, values) in read["choices"].as_table().unwrap() {
        let known = Catalogue::get().field(field).unwrap();
        assert!(values.as_table().unwrap().keys().all(|value| known.values.iter().any(|allowed| allowed.id == *value)), "{field}");
    }
}
