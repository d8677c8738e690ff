//! Small questionnaires and drawn answers.

use std::collections::BTreeMap;
use std::path::PathBuf;

use gouvernail_questionnaire::{Answer, Answers, Kind, Question, Questionnaire, load};
use proptest::prelude::*;
use proptest::strategy::Union;

/// A questionnaire of one file.
pub fn one(text: &str) -> Questionnaire {
    load([("test.toml", text)]).unwrap_or_else(|error| panic!("{error}")).into_values().next().unwrap()
}

/// What is wrong with one file.
pub fn wrong(text: &str) -> String {
    load([("test.toml", text)]).expect_err("it must be refused").to_string()
}

/// The questionnaires of `studies/`.
pub fn shipped() -> BTreeMap<String, Questionnaire> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../studies");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "toml"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    load(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap_or_else(|error| panic!("{error}"))
}

/// A file of `../shared`, when it is there.
pub fn shared(path: &str) -> Option<String> {
    let root = std::env::var_os("GOUVERNAIL_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let text = std::fs::read_to_string(root.join(path)).ok();
    if text.is_none() {
        println!("skipped: no ../shared/{path} (set GOUVERNAIL_SHARED)");
    }
    text
}

/// Any answers to a questionnaire: each question may be left, visible or not.
pub fn drawn(questionnaire: &Questionnaire) -> BoxedStrategy<Answers> {
    let each: Vec<_> = questionnaire
        .questions()
        .map(|(_, question)| {
            let id = question.id.clone();
            answer(question).prop_map(move |answer| answer.map(|answer| (id.clone(), answer))).boxed()
        })
        .collect();
    each.prop_map(|answers| answers.into_iter().flatten().collect()).boxed()
}

fn answer(question: &Question) -> BoxedStrategy<Option<Answer>> {
    let some = match &question.kind {
        Kind::Choice(choices) => {
            let each = choices.iter().map(|choice| Just(Answer::Text(choice.id.clone())).boxed());
            Union::new(each).boxed()
        }
        Kind::Choices(choices) => {
            let ids: Vec<String> = choices.iter().map(|choice| choice.id.clone()).collect();
            let all = 1..=ids.len();
            proptest::sample::subsequence(ids, all).prop_map(|chosen| Answer::Several(chosen.into_iter().collect())).boxed()
        }
        Kind::YesNo { .. } => any::<bool>().prop_map(Answer::YesNo).boxed(),
        Kind::Number => (0u32..1000).prop_map(|number| Answer::Number(number.into())).boxed(),
        Kind::Date => Just(Answer::Text("2026-11-25".to_owned())).boxed(),
        Kind::Text => "[a-z]{1,8}".prop_map(Answer::Text).boxed(),
        Kind::Fact { .. } => {
            Just(Answer::Figure(gouvernail_questionnaire::Figure { low: 1.0, high: 2.0, source: "measured".to_owned() })).boxed()
        }
    };
    prop_oneof![1 => Just(None), 3 => some.prop_map(Some)].boxed()
}
