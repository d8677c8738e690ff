//! The questionnaires of `studies/`.

use gouvernail_questionnaire::{Answers, Kind};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::world::{drawn, shipped};

#[test]
fn what_ships_holds_together() {
    let shipped = shipped();
    let names: Vec<_> = shipped.keys().map(String::as_str).collect();
    assert_eq!(names, ["accessibility", "data_protection", "environment", "light", "rights", "skills"]);
}

#[test]
fn a_low_stakes_use_answers_little() {
    let light = &shipped()["light"];
    assert!(light.missing(&Answers::new()).len() <= 6);
}

#[test]
fn words_are_short_and_typeset() {
    for (name, questionnaire) in shipped() {
        for (_, question) in questionnaire.questions() {
            let words = [Some(&question.words), question.hint.as_ref()];
            for words in words.into_iter().flatten() {
                for text in [&words.fr, &words.en] {
                    assert!(text.chars().count() <= 260, "{name}, {}: {text}", question.id);
                }
                assert!(!words.fr.contains('\''), "{name}, {}: typographic apostrophe in {}", question.id, words.fr);
                for sign in [" ?", " !", " ;", " :"] {
                    assert!(!words.fr.contains(sign), "{name}, {}: no-break space in {}", question.id, words.fr);
                }
            }
        }
    }
}

#[test]
fn any_answers_stay_within_the_maxima_and_hidden_ones_never_count() {
    for questionnaire in shipped().into_values() {
        let mut runner = TestRunner::new(Config { cases: 60, ..Config::default() });
        let property = |answers: Answers| {
            let score = questionnaire.score(&answers);
            prop_assert!(score.axes.iter().all(|axis| axis.points <= axis.maximum));
            let shown: Answers =
                questionnaire.counted(&answers).into_iter().map(|(id, answer)| (id.to_owned(), answer.clone())).collect();
            prop_assert_eq!(questionnaire.score(&shown), score);
            prop_assert_eq!(questionnaire.digest(&shown).unwrap(), questionnaire.digest(&answers).unwrap());
            Ok(())
        };
        runner.run(&drawn(&questionnaire), property).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn every_choice_can_be_told_from_the_others() {
    for (name, questionnaire) in shipped() {
        for (_, question) in questionnaire.questions() {
            if let Kind::Choice(choices) | Kind::Choices(choices) = &question.kind {
                assert!(choices.len() >= 2, "{name}, {}: one choice is none", question.id);
            }
        }
    }
}
