//! What is shown, what is missing, what it adds up to.

use gouvernail_questionnaire::{Answer, Answers, Figure, Unfit};
use proptest::prelude::*;

use crate::world::{drawn, one};

/// Three questions, each shown by the one before, and a score.
const CHAIN: &str = r#"
id = "chain"
title_fr = "Chaîne"
title_en = "Chain"
months = 12
text = [{ id = "us", fr = "Nous", en = "Us" }]
axis = [{ id = "risk", fr = "Risque", en = "Risk" }, { id = "care", fr = "Soin", en = "Care" }]
scoring = { axis = "risk", relief = { axis = "care", at_percent = 80, keep_percent = 50 } }
level = [{ id = "low", fr = "Bas", en = "Low", up_to = 50 }, { id = "high", fr = "Haut", en = "High" }]

[[section]]
id = "one"
fr = "Un"
en = "One"
[[section.question]]
id = "a"
kind = "yes_no"
yes = 2
axis = "risk"
fr = "A ?"
en = "A?"
source = ["us 1"]
[[section.question]]
id = "b"
kind = "choice"
fr = "B ?"
en = "B?"
source = ["us 2"]
axis = "risk"
when = { question = "a", is = true }
choices = [{ id = "x", fr = "x", en = "x", points = 8 }, { id = "y", fr = "y", en = "y", points = 3 }]
[[section.question]]
id = "d"
kind = "yes_no"
no = 9
axis = "risk"
fr = "D ?"
en = "D?"
source = ["us 3"]
when = { question = "a", is = false }

[[section]]
id = "two"
fr = "Deux"
en = "Two"
when = { all = [{ question = "b", answered = true }, { not = { question = "b", is = "y" } }] }
[[section.question]]
id = "c"
kind = "choices"
fr = "C ?"
en = "C?"
source = ["us 4"]
axis = "care"
choices = [{ id = "m", fr = "m", en = "m", points = 1 }, { id = "n", fr = "n", en = "n", points = 1 }]
[[section.question]]
id = "e"
kind = "fact"
figure = "energy"
unit = "Wh"
fr = "E ?"
en = "E?"
source = ["us 5"]
[[section.question]]
id = "f"
kind = "text"
required = false
fr = "F ?"
en = "F?"
source = ["us 6"]
when = { question = "c", contains = "n" }
"#;

fn said(pairs: &[(&str, Answer)]) -> Answers {
    pairs.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect()
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn several(ids: &[&str]) -> Answer {
    Answer::Several(ids.iter().map(|id| (*id).to_owned()).collect())
}

#[test]
fn a_question_hidden_by_another_takes_those_below_with_it() {
    let chain = one(CHAIN);
    let all = said(&[("a", Answer::YesNo(true)), ("b", text("x")), ("c", several(&["n"])), ("d", Answer::YesNo(false))]);
    assert_eq!(chain.visible(&all).into_iter().collect::<Vec<_>>(), ["a", "b", "c", "e", "f"]);
    let mut turned = all.clone();
    turned.insert("a".to_owned(), Answer::YesNo(false));
    assert_eq!(chain.visible(&turned).into_iter().collect::<Vec<_>>(), ["a", "d"], "b is hidden, so c is not shown by it");
    assert_eq!(chain.score(&turned).axes[0].points, 9);
    assert_eq!(chain.score(&turned).axes[1].points, 0);
}

#[test]
fn what_is_missing_is_asked_in_order_and_facts_and_optional_answers_are_not() {
    let chain = one(CHAIN);
    let missing = |answers: &Answers| chain.missing(answers).iter().map(|(_, question)| question.id.clone()).collect::<Vec<_>>();
    assert_eq!(missing(&Answers::new()), ["a"]);
    let begun = said(&[("a", Answer::YesNo(true)), ("b", text("x")), ("c", several(&[]))]);
    assert_eq!(missing(&begun), ["c"], "nothing chosen is no answer");
    let done = said(&[("a", Answer::YesNo(true)), ("b", text("y"))]);
    assert_eq!(missing(&done), Vec::<String>::new());
}

#[test]
fn maxima_follow_the_branches() {
    let chain = one(CHAIN);
    assert_eq!(chain.maximum("risk"), 10, "2 + 8, which is more than 0 + 9 and less than all");
    assert_eq!(chain.maximum("care"), 2);
}

#[test]
fn a_level_is_lowered_only_when_enough_is_done() {
    let chain = one(CHAIN);
    let mut answers = said(&[("a", Answer::YesNo(true)), ("b", text("x")), ("c", several(&["m"]))]);
    let total = chain.score(&answers).total.unwrap();
    assert_eq!((total.points, total.lowered, total.level.as_str()), (10, false, "high"));
    answers.insert("c".to_owned(), several(&["m", "n"]));
    let total = chain.score(&answers).total.unwrap();
    assert_eq!((total.before, total.points, total.lowered, total.level.as_str()), (10, 5, true, "low"));
}

#[test]
fn an_answer_that_does_not_fit_counts_as_none() {
    let chain = one(CHAIN);
    let answers = said(&[("a", text("yes")), ("b", text("z")), ("z", text("?"))]);
    assert_eq!(chain.unfit(&answers), [("a", Some(Unfit::Kind)), ("b", Some(Unfit::Choice)), ("z", None)]);
    assert!(chain.counted(&answers).is_empty());
    assert_eq!(chain.missing(&answers).len(), 1);
}

#[test]
fn a_form_gives_answers_or_says_why_not() {
    let chain = one(CHAIN);
    let read = |id: &str, sent: &[&str]| {
        let sent: Vec<String> = sent.iter().map(|value| (*value).to_owned()).collect();
        chain.question(id).unwrap().read(&sent)
    };
    assert_eq!(read("a", &["yes"]), Ok(Some(Answer::YesNo(true))));
    assert_eq!(read("a", &["maybe"]), Err(Unfit::YesNo));
    assert_eq!(read("b", &["x"]), Ok(Some(text("x"))));
    assert_eq!(read("b", &["zz"]), Err(Unfit::Choice));
    assert_eq!(read("c", &["n", "", "m"]), Ok(Some(several(&["m", "n"]))));
    assert_eq!(read("c", &[""]), Ok(None));
    assert_eq!(read("f", &[" one\r\ntwo "]), Ok(Some(text("one\ntwo"))));
    assert_eq!(read("e", &["12"]), Ok(None), "a figure of the product is not typed");
}

#[test]
fn numbers_and_days_are_read_as_people_write_them() {
    let text_of = |kind: &str| CHAIN.replace("kind = \"text\"", &format!("kind = \"{kind}\""));
    let read = |kind: &str, sent: &str| one(&text_of(kind)).question("f").unwrap().read(&[sent.to_owned()]);
    assert_eq!(read("number", "1\u{202f}200,5"), Ok(Some(Answer::Number(1200.5))));
    assert_eq!(read("number", "inf"), Err(Unfit::Number));
    assert_eq!(read("number", "a lot"), Err(Unfit::Number));
    assert_eq!(read("date", "2027-02-28"), Ok(Some(text("2027-02-28"))));
    assert_eq!(read("date", "2027-02-29"), Err(Unfit::Date));
}

#[test]
fn the_digest_is_over_what_is_read_and_nothing_else() {
    let chain = one(CHAIN);
    let shown = said(&[("a", Answer::YesNo(false)), ("d", Answer::YesNo(true))]);
    let mut with_hidden = shown.clone();
    with_hidden.insert("b".to_owned(), text("x"));
    assert_eq!(chain.digest(&shown).unwrap(), chain.digest(&with_hidden).unwrap());
    let mut changed = shown.clone();
    changed.insert("d".to_owned(), Answer::YesNo(false));
    assert_ne!(chain.digest(&shown).unwrap(), chain.digest(&changed).unwrap());
    // Held still: a digest that was printed on paper stays the digest of those answers.
    assert_eq!(chain.digest(&shown).unwrap(), "0708921934fab555cf735e81412b33825d0e9086ce2d23cf85fc244be6fd36c6");
}

#[test]
fn answers_are_plain_json_and_come_back_the_same() {
    let figure = Answer::Figure(Figure { low: 0.5, high: 2.0, source: "measured".to_owned() });
    let answers =
        said(&[("a", Answer::YesNo(true)), ("b", text("x")), ("c", several(&["m"])), ("e", figure), ("n", Answer::Number(3.0))]);
    let json = serde_json::to_string(&answers).unwrap();
    assert_eq!(json, r#"{"a":true,"b":"x","c":["m"],"e":{"low":0.5,"high":2.0,"source":"measured"},"n":3.0}"#);
    assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
}

proptest! {
    #[test]
    fn no_answers_exceed_the_maximum_and_hidden_ones_change_nothing(answers in drawn(&one(CHAIN))) {
        let chain = one(CHAIN);
        let score = chain.score(&answers);
        for axis in &score.axes {
            prop_assert!(axis.points <= axis.maximum);
        }
        let shown: Answers = chain.counted(&answers).into_iter().map(|(id, answer)| (id.to_owned(), answer.clone())).collect();
        prop_assert_eq!(chain.score(&shown), score);
        prop_assert_eq!(chain.visible(&shown), chain.visible(&answers));
        prop_assert_eq!(chain.missing(&shown).len(), chain.missing(&answers).len());
    }
}
