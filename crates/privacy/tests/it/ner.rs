//! The recogniser of names, against what spaCy gives for the same sentences, and on any text.

use std::path::PathBuf;
use std::sync::LazyLock;

use gouvernail_privacy::{Ner, NerError, NerFiles, NerKind};
use proptest::prelude::*;
use serde::Deserialize;

use super::growth::{TICK, spent};

/// Tokens and entities of spaCy 3.8 with the recogniser of `fr_core_news_sm` 3.8.0 alone.
#[derive(Deserialize)]
struct Reference {
    text: String,
    tokens: Vec<String>,
    entities: Vec<(String, String)>,
}

fn folder() -> PathBuf {
    let cache = std::env::var_os("GOUVERNAIL_CACHE").map(PathBuf::from);
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache/gouvernail");
    cache.unwrap_or_else(home).join("french/ner")
}

/// The recogniser, or `None`, said in one line, when its weights are not there.
fn ner() -> Option<&'static Ner> {
    static NER: LazyLock<Option<Ner>> = LazyLock::new(|| {
        let read = |file: &str| std::fs::read(folder().join(file)).ok();
        let (Some(model), Some(moves), Some(tokenizer)) = (read("ner/model"), read("ner/moves"), read("tokenizer")) else {
            println!("skipped: no weights in {} (scripts/fetch-ner)", folder().display());
            return None;
        };
        Some(Ner::from_files(NerFiles { model: &model, moves: &moves, tokenizer: &tokenizer }).unwrap())
    });
    NER.as_ref()
}

fn label(kind: NerKind) -> &'static str {
    match kind {
        NerKind::Person => "PER",
        NerKind::Place => "LOC",
        NerKind::Organisation => "ORG",
        NerKind::Misc => "MISC",
    }
}

fn references() -> Vec<Reference> {
    include_str!("ner_reference.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn tokens_and_entities_are_those_of_spacy() {
    let Some(ner) = ner() else { return };
    for Reference { text, tokens, entities } in references() {
        let found: Vec<_> = ner.tokens(&text).into_iter().map(|range| text[range].to_owned()).collect();
        assert_eq!(found, tokens, "{text}");
        let found: Vec<_> = ner.entities(&text).into_iter().map(|e| (text[e.range].to_owned(), label(e.kind).to_owned())).collect();
        assert_eq!(found, entities, "{text}");
    }
}

#[test]
fn a_long_text_is_read_in_blocks_as_if_it_were_whole() {
    let Some(ner) = ner() else { return };
    // Several blocks of tokens.
    let sentences: Vec<_> = references().into_iter().map(|reference| reference.text).filter(|text| !text.contains('\n')).collect();
    let text = sentences.join("\n\n\n").repeat(4);
    let whole = ner.entities(&text);
    assert!(whole.len() > 400, "{}", whole.len());
    assert!(whole.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    for entity in &whole {
        assert!(entity.score > 0.0 && entity.score <= 1.0 && text.get(entity.range.clone()).is_some());
    }
}

#[test]
fn names_are_found_in_any_case_and_never_over_a_line_break() {
    let Some(ner) = ner() else { return };
    let persons = |text: &str| -> Vec<String> {
        let found = ner.entities_any_case(text).into_iter().filter(|entity| entity.kind == NerKind::Person);
        found.map(|entity| text[entity.range].to_owned()).collect()
    };
    assert_eq!(persons("MADAME HÉLÈNE LE GOFF, 12 RUE DES LILAS"), ["HÉLÈNE LE GOFF"]);
    assert!(persons("mon mari kevin lefebvre est absent").iter().any(|name| name.ends_with("kevin lefebvre")));
    assert_eq!(persons("Le dossier de M. DIALLO Mamadou est complet."), ["DIALLO Mamadou"]);
    assert_eq!(persons("Le dossier de Mme BENALI Aïcha est complet."), ["BENALI Aïcha"]);
    let (text, line) = ("Cordialement,\nHélène\nLE GOFF\n12 rue des Lilas", '\n');
    assert!(ner.entities_any_case(text).iter().all(|entity| !text[entity.range.clone()].contains(line)));
}

#[test]
fn files_that_do_not_fit_are_named() {
    let empty = NerFiles { model: b"", moves: b"", tokenizer: b"" };
    let error = Ner::from_files(empty).unwrap_err();
    assert_eq!(error.file, "ner/model");
    assert!(error.to_string().contains("scripts/fetch-ner"), "{error}");
    let Some(model) = std::fs::read(folder().join("ner/model")).ok() else { return };
    let cut = NerFiles { model: &model[..model.len() / 2], ..empty };
    assert!(matches!(Ner::from_files(cut), Err(NerError { file: "ner/model", .. })));
}

/// Texts on which the rules of tokens look far, or at the same characters again.
const HOSTILE: [&str; 9] = ["(", "a-t-", "5km", "aa''''", "a@", "http://a.", "\n", "é ", ":( "];

#[test]
fn eight_times_the_text_is_not_sixty_four_times_the_work() {
    let Some(ner) = ner() else { return };
    let cost = |unit: &str, bytes: usize| {
        let text = unit.repeat(bytes / unit.len());
        let start = spent();
        drop(ner.entities_any_case(&text));
        spent() - start
    };
    for unit in HOSTILE {
        let small = cost(unit, 1_500).max(TICK * 2);
        let large = cost(unit, 12_000);
        assert!(large < small * 24, "{unit:?}: {small:?}, then {large:?} for eight times as much");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read(text in "(\\PC|\\s|[-a-zA-Z'’.,:;()@/…«»0-9éÉ]|est-ce|M\\. |Jean |km|www\\.|:\\)){0,120}") {
        let Some(ner) = ner() else { return Ok(()) };
        let mut done = 0;
        for token in ner.tokens(&text) {
            // Tokens follow one another, with a single space between some.
            prop_assert!(token.start == done || token.start == done + 1 && &text[done..token.start] == " ");
            prop_assert!(token.start < token.end);
            done = token.end;
        }
        prop_assert!(text.len() - done <= 1);
        for entity in ner.entities(&text).into_iter().chain(ner.entities_any_case(&text)) {
            prop_assert!(text.get(entity.range).is_some_and(|name| !name.is_empty()));
        }
    }
}
