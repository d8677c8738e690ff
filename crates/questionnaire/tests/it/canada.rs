//! The scoring published by the Government of Canada, reproduced, and compared with a computation that shares nothing with ours.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use gouvernail_questionnaire::surveyjs::{MITIGATION, RISK, answers, canada};
use gouvernail_questionnaire::{Answer, Answers, Kind, Questionnaire};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regex::{Captures, Regex};
use serde_json::{Value, json};

use crate::world::{drawn, shared};

fn survey() -> Option<(String, Questionnaire)> {
    let text = shared("data/canada-aia/survey-enfr.json")?;
    let questionnaire = canada("survey-enfr.json", &text).unwrap_or_else(|error| panic!("{error}"));
    Some((text, questionnaire))
}

/// The same rule, straight from the file: walk the elements in order, keep the answers of what is shown, add up.
struct Plain {
    /// Name, type of score (`RS`, `MS`, `NS`), expressions that show it.
    questions: Vec<(String, String, Vec<String>)>,
}

impl Plain {
    fn of(text: &str) -> Self {
        let survey: Value = serde_json::from_str(text).unwrap();
        let mut plain = Self { questions: Vec::new() };
        for page in survey["pages"].as_array().unwrap() {
            plain.walk(page, "NS", &[]);
        }
        plain
    }

    fn walk(&mut self, inside: &Value, around: &str, expressions: &[String]) {
        let mut expressions = expressions.to_vec();
        expressions.extend(inside["visibleIf"].as_str().map(str::to_owned));
        for element in inside["elements"].as_array().into_iter().flatten() {
            let name = element["name"].as_str().unwrap();
            let suffix = ["RS", "MS", "NS"].into_iter().find(|suffix| name.ends_with(&format!("-{suffix}")));
            match element["type"].as_str().unwrap() {
                "panel" => self.walk(element, suffix.unwrap_or("NS"), &expressions),
                "html" => {}
                _ => {
                    let own = expressions.iter().cloned().chain(element["visibleIf"].as_str().map(str::to_owned));
                    self.questions.push((name.to_owned(), suffix.unwrap_or(around).to_owned(), own.collect()));
                }
            }
        }
    }

    /// Risk and mitigation of answers; `hidden` are taken away as they are met (the file never looks at what comes later).
    fn score(&self, given: &Answers) -> (u32, u32, Vec<String>) {
        let (mut seen, mut hidden) = (Answers::new(), Vec::new());
        let mut sums = BTreeMap::from([("RS", 0), ("MS", 0), ("NS", 0)]);
        for (name, kind, expressions) in &self.questions {
            let Some(answer) = given.get(name) else { continue };
            if !expressions.iter().all(|expression| holds(expression, &seen)) {
                hidden.push(name.clone());
                continue;
            }
            seen.insert(name.clone(), answer.clone());
            *sums.get_mut(kind.as_str()).unwrap() += value(answer);
        }
        (sums["RS"], sums["MS"], hidden)
    }
}

fn value(answer: &Answer) -> u32 {
    let one = |text: &str| text.rfind('-').and_then(|at| text[at + 1..].parse().ok()).unwrap_or(0);
    match answer {
        Answer::Text(text) => one(text),
        Answer::Several(chosen) => chosen.iter().map(|text| one(text)).sum(),
        _ => 0,
    }
}

static COMPARISON: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\{([^}]+)\} (=|contains) (?:"([^"]+)"|\["([^"]+)"\])"#).unwrap());
static IN_PARENTHESES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\((T|F)\)").unwrap());
static AND: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(T|F) and (T|F)").unwrap());
static OR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(T|F) or (T|F)").unwrap());

/// An expression, by rewriting: comparisons become letters, letters are reduced until one is left.
fn holds(expression: &str, seen: &Answers) -> bool {
    let mut text = COMPARISON
        .replace_all(expression, |found: &Captures<'_>| {
            let wanted = found.get(3).or_else(|| found.get(4)).unwrap().as_str();
            let holds = match seen.get(&found[1]) {
                Some(Answer::Text(text)) if &found[2] == "=" => text == wanted,
                Some(Answer::Text(text)) => text.contains(wanted),
                Some(Answer::Several(chosen)) => chosen.contains(wanted),
                _ => false,
            };
            if holds { "T" } else { "F" }
        })
        .trim()
        .to_owned();
    let letter = |found: bool| if found { "T" } else { "F" }.to_owned();
    while text.len() > 1 {
        let before = text.clone();
        for (rule, decisive) in [(&*IN_PARENTHESES, None), (&*AND, Some("F")), (&*OR, Some("T"))] {
            // `or` waits until no `and` is left beside it.
            if decisive == Some("T") && text.contains(" and ") && !text.contains('(') {
                continue;
            }
            text = rule
                .replace(&text, |found: &Captures<'_>| match decisive {
                    None => found[1].to_owned(),
                    Some(decisive) if &found[1] == decisive || &found[2] == decisive => decisive.to_owned(),
                    Some(decisive) => letter(decisive == "F"),
                })
                .into_owned();
        }
        assert_ne!(text, before, "{expression} is not reduced");
    }
    text == "T"
}

/// 85 % of the risk from 62 points of mitigation; levels end at 41, 83 and 125.
fn level(risk: u32, mitigation: u32) -> (u32, &'static str) {
    let total = if mitigation >= 62 { (f64::from(risk) * 0.85).round() as u32 } else { risk };
    let level = match total {
        0..=41 => "I",
        42..=83 => "II",
        84..=125 => "III",
        _ => "IV",
    };
    (total, level)
}

#[test]
fn the_published_maxima_are_reproduced() {
    let Some((_, questionnaire)) = survey() else { return };
    let scored = |axis| questionnaire.questions().filter(|(_, question)| question.axis.as_deref() == Some(axis)).count();
    assert_eq!((scored(RISK), scored(MITIGATION)), (70, 90));
    assert_eq!(questionnaire.maximum(RISK), 167);
    // 154 in the file, of which one phase of the two is ever asked.
    assert_eq!(questionnaire.maximum(MITIGATION), 77);
    let both: u32 = questionnaire
        .questions()
        .filter(|(_, question)| question.axis.as_deref() == Some(MITIGATION))
        .map(|(_, q)| most(&q.kind))
        .sum();
    assert_eq!(both, 154);
}

fn most(kind: &Kind) -> u32 {
    match kind {
        Kind::Choice(choices) => choices.iter().map(|choice| choice.points).max().unwrap_or(0),
        Kind::Choices(choices) => choices.iter().map(|choice| choice.points).sum(),
        _ => 0,
    }
}

#[test]
fn any_answers_score_as_the_published_rule_says_and_what_is_hidden_never_counts() {
    let Some((text, questionnaire)) = survey() else { return };
    let plain = Plain::of(&text);
    let mut runner = TestRunner::new(Config { cases: 400, ..Config::default() });
    let property = |given: Answers| {
        let (risk, mitigation, hidden) = plain.score(&given);
        let score = questionnaire.score(&given);
        prop_assert_eq!((score.axes[0].points, score.axes[1].points), (risk, mitigation));
        let total = score.total.clone().expect("the assessment gives a level");
        prop_assert_eq!((total.points, total.level.as_str()), level(risk, mitigation));
        prop_assert!(risk <= 167 && mitigation <= 77);
        // Taking away what is hidden changes nothing at all.
        let mut shown = given.clone();
        shown.retain(|id, _| !hidden.contains(id));
        prop_assert_eq!(questionnaire.score(&shown), score);
        prop_assert_eq!(questionnaire.visible(&shown), questionnaire.visible(&given));
        prop_assert_eq!(questionnaire.digest(&shown).unwrap(), questionnaire.digest(&given).unwrap());
        Ok(())
    };
    runner.run(&drawn(&questionnaire), property).unwrap_or_else(|error| panic!("{error}"));
}

/// Answers that give exactly so many points of risk, mitigation at rest or full.
fn with_risk(questionnaire: &Questionnaire, wanted: u32, mitigated: bool) -> Answers {
    let mut given = Answers::from([("projectDetailsPhase".to_owned(), Answer::Text("item1".to_owned()))]);
    let best = |kind: &Kind| match kind {
        Kind::Choice(choices) => choices.iter().max_by_key(|choice| choice.points).map(|choice| Answer::Text(choice.id.clone())),
        Kind::Choices(choices) => Some(Answer::Several(choices.iter().map(|choice| choice.id.clone()).collect())),
        _ => None,
    };
    if mitigated {
        let all = questionnaire.questions().filter(|(_, question)| question.axis.as_deref() == Some(MITIGATION));
        given.extend(all.filter_map(|(_, question)| Some((question.id.clone(), best(&question.kind)?))));
    }
    // Greedy, then one point at a time with the questions that have such a choice.
    for (_, question) in questionnaire.questions().filter(|(_, question)| question.axis.as_deref() == Some(RISK)) {
        let Kind::Choice(choices) = &question.kind else { continue };
        let mut choices: Vec<_> = choices.iter().collect();
        choices.sort_by_key(|choice| std::cmp::Reverse(choice.points));
        for choice in choices {
            let before = given.insert(question.id.clone(), Answer::Text(choice.id.clone()));
            if questionnaire.score(&given).axes[0].points <= wanted {
                break;
            }
            given.remove(&question.id);
            given.extend(before.map(|answer| (question.id.clone(), answer)));
        }
    }
    given
}

#[test]
fn levels_change_at_the_exact_thresholds() {
    let Some((_, questionnaire)) = survey() else { return };
    for wanted in [40, 41, 42, 82, 83, 84, 97, 98, 124, 125, 126] {
        for mitigated in [false, true] {
            let score = questionnaire.score(&with_risk(&questionnaire, wanted, mitigated));
            assert_eq!(score.axes[0].points, wanted, "the answers give {wanted} points");
            assert_eq!(score.axes[1].points, if mitigated { 77 } else { 0 });
            let total = score.total.unwrap();
            assert_eq!((total.points, total.level.as_str()), level(wanted, score.axes[1].points));
            assert_eq!(total.lowered, mitigated);
        }
    }
}

#[test]
fn answers_saved_by_the_canadian_tool_are_read() {
    let Some((_, questionnaire)) = survey() else { return };
    let saved = json!({ "version": "v1.0.1", "currentPage": 3, "data": {
        "projectDetailsPhase": "item2", "riskProfile1": "item1-3", "decisionSector1": ["item1-1", "item6-1"],
    }});
    let read = answers(&questionnaire, &saved.to_string()).unwrap();
    assert_eq!(questionnaire.score(&read).axes[0].points, 5);
    assert_eq!(answers(&questionnaire, &saved["data"].to_string()).unwrap(), read);
}
