//! The Algorithmic Impact Assessment of the Government of Canada, from the SurveyJS file in which it is published.
//!
//! Source: `survey-enfr.json` and the scoring of `store.ts` in github.com/canada-ca/aia-eia-js (version 1.0.1, 2025): the points
//! of a choice are the number after the last `-` of its value; a question counts as risk (`-RS`), as mitigation (`-MS`) or not
//! (`-NS`) by the end of its name or of its panel's; from 80 % of the mitigation that can be reached, 85 % of the risk is kept;
//! levels end at 25, 50 and 75 % of the most that the risk can be.

mod expression;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::answers::{Answer, Answers};
use crate::check;
use crate::condition::Condition;
use crate::error::{Fault, LoadError};
use crate::file::Faults;
use crate::model::{Axis, Choice, Kind, Level, Question, Questionnaire, Relief, Scoring, Section, Words};

/// Name of the axis of the raw impact.
pub const RISK: &str = "risk";
/// Name of the axis of what mitigates it.
pub const MITIGATION: &str = "mitigation";

/// The Canadian assessment, with its scoring. `file` names it in errors.
///
/// # Errors
/// [`LoadError`] when the file is not such a survey, or uses something that this reader does not know: it never guesses.
pub fn canada(file: &str, json: &str) -> Result<Questionnaire, LoadError> {
    let mut faults = Faults { file: file.to_owned(), problems: Vec::new() };
    match serde_json::from_str::<Survey>(json) {
        Ok(survey) => {
            let mut questionnaire = assessment();
            survey.pages.into_iter().for_each(|page| page.read(&mut questionnaire.sections, &mut faults));
            pieces_of_text(&mut questionnaire);
            check::conditions(&mut questionnaire, &mut faults);
            if faults.problems.is_empty() {
                return Ok(questionnaire);
            }
        }
        Err(error) => faults.note(None, Fault::Unreadable(error.to_string())),
    }
    Err(LoadError { problems: faults.problems })
}

/// Answers saved by the Canadian tool: an object of values, or the whole file, which holds it as `data`.
///
/// # Errors
/// The text is not such an object.
pub fn answers(questionnaire: &Questionnaire, json: &str) -> Result<Answers, serde_json::Error> {
    let saved: Value = serde_json::from_str(json)?;
    let data = saved.get("data").filter(|data| data.is_object()).unwrap_or(&saved);
    let values: BTreeMap<String, Value> = Deserialize::deserialize(data)?;
    let answer = |(id, value): (String, Value)| {
        let kind = &questionnaire.question(&id)?.kind;
        let answer = match (kind, value) {
            (Kind::Choices(_), Value::Array(chosen)) => {
                Answer::Several(chosen.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            }
            (_, Value::String(text)) => Answer::Text(text),
            _ => return None,
        };
        Some((id, answer))
    };
    Ok(values.into_iter().filter_map(answer).collect())
}

/// The assessment before its questions.
fn assessment() -> Questionnaire {
    let words = |fr: &str, en: &str| Words { fr: fr.to_owned(), en: en.to_owned() };
    let axis = |id: &str, fr: &str, en: &str| Axis { id: id.to_owned(), words: words(fr, en) };
    let level = |n: &str, up_to| Level {
        id: n.to_owned(),
        words: words(&format!("Niveau {n}"), &format!("Level {n}")),
        means: None,
        up_to,
    };
    Questionnaire {
        id: "canada-aia".to_owned(),
        title: words("Évaluation de l’incidence algorithmique (Canada)", "Algorithmic Impact Assessment (Canada)"),
        about: None,
        requirement: None,
        months: 12,
        texts: BTreeMap::new(),
        axes: vec![axis(RISK, "Risque", "Risk"), axis(MITIGATION, "Atténuation", "Mitigation")],
        scoring: Some(Scoring {
            axis: RISK.to_owned(),
            relief: Some(Relief { axis: MITIGATION.to_owned(), at_percent: 80, keep_percent: 85 }),
        }),
        levels: vec![level("I", Some(25)), level("II", Some(50)), level("III", Some(75)), level("IV", None)],
        sections: Vec::new(),
        order: Vec::new(),
        maxima: BTreeMap::new(),
    }
}

#[derive(Deserialize)]
struct Survey {
    pages: Vec<Page>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    name: String,
    title: Option<Text>,
    visible_if: Option<String>,
    elements: Vec<Element>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Element {
    #[serde(rename = "type")]
    kind: String,
    name: String,
    title: Option<Text>,
    visible_if: Option<String>,
    #[serde(default)]
    is_required: bool,
    #[serde(default)]
    elements: Vec<Element>,
    #[serde(default)]
    choices: Vec<Offered>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Text {
    Plain(String),
    Localised { default: String, fr: Option<String> },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Offered {
    Plain(String),
    Worded { value: String, text: Option<Text> },
}

/// What a question inherits from the panels around it.
#[derive(Clone, Default)]
struct Around {
    conditions: Vec<Condition>,
    axis: Option<&'static str>,
}

impl Page {
    fn read(self, sections: &mut Vec<Section>, faults: &mut Faults) {
        let when = self.visible_if.and_then(|text| condition(&text, &self.name, faults));
        let mut questions = Vec::new();
        for element in self.elements {
            element.read(&Around::default(), &mut questions, faults);
        }
        if !questions.is_empty() {
            let title = Text::words(self.title, &self.name);
            sections.push(Section { id: self.name, title, from: None, when, questions });
        }
    }
}

impl Element {
    fn read(self, around: &Around, questions: &mut Vec<Question>, faults: &mut Faults) {
        let own = self.visible_if.as_deref().and_then(|text| condition(text, &self.name, faults));
        let conditions: Vec<Condition> = around.conditions.iter().cloned().chain(own).collect();
        // The name of the nearest panel counts, as in the published rule; a question's own name goes first.
        let axis = axis(&self.name);
        let choices = || self.choices.iter().map(Offered::choice).collect();
        let kind = match self.kind.as_str() {
            "html" => return,
            "panel" => {
                let inside = Around { conditions, axis: axis.unwrap_or(None) };
                return self.elements.into_iter().for_each(|element| element.read(&inside, questions, faults));
            }
            "radiogroup" | "dropdown" => Kind::Choice(choices()),
            "checkbox" => Kind::Choices(choices()),
            "comment" | "text" => Kind::Text,
            other => {
                let fault =
                    Fault::SurveyJs(format!("an element of type {other:?} is not known; leave it out, or teach it to the reader"));
                return faults.note(Some(format!("question {:?}", self.name)), fault);
            }
        };
        let counts = !kind.choices().is_empty();
        questions.push(Question {
            words: Text::words(self.title, &self.name),
            hint: None,
            sources: Vec::new(),
            when: (!conditions.is_empty()).then_some(Condition::All(conditions)),
            axis: axis.unwrap_or(around.axis).filter(|_| counts).map(str::to_owned),
            required: self.is_required,
            kind,
            id: self.name,
        });
    }
}

impl Text {
    fn words(text: Option<Self>, otherwise: &str) -> Words {
        match text {
            Some(Self::Plain(text)) => Words { fr: text.clone(), en: text },
            Some(Self::Localised { default, fr }) => Words { fr: fr.unwrap_or_else(|| default.clone()), en: default },
            None => Words { fr: otherwise.to_owned(), en: otherwise.to_owned() },
        }
    }
}

impl Offered {
    fn choice(&self) -> Choice {
        let (value, text) = match self {
            Self::Plain(value) => (value, None),
            Self::Worded { value, text } => (value, text.clone()),
        };
        let points = value.rsplit_once('-').and_then(|(_, points)| points.parse().ok()).unwrap_or(0);
        Choice { id: value.clone(), words: Text::words(text, value), points }
    }
}

/// What the end of a name says: none when it says nothing, otherwise the axis, if it counts along one.
fn axis(name: &str) -> Option<Option<&'static str>> {
    match name.rsplit_once('-')?.1 {
        "RS" => Some(Some(RISK)),
        "MS" => Some(Some(MITIGATION)),
        "NS" => Some(None),
        _ => None,
    }
}

fn condition(text: &str, name: &str, faults: &mut Faults) -> Option<Condition> {
    match expression::read(text) {
        Ok(condition) => Some(condition),
        Err(problem) => {
            let fault = Fault::SurveyJs(format!(
                "the expression {text:?} cannot be read: {problem}; write it with `=`, `contains`, `and`, `or`"
            ));
            faults.note(Some(format!("question {name:?}")), fault);
            None
        }
    }
}

/// SurveyJS looks for a piece of text when `contains` is asked of a question with one answer: here, for the choices that have it.
fn pieces_of_text(questionnaire: &mut Questionnaire) {
    let kinds: BTreeMap<String, Kind> =
        questionnaire.questions().map(|(_, question)| (question.id.clone(), question.kind.clone())).collect();
    let one = |condition: Condition| expression::of_single_choices(condition, &kinds);
    for section in &mut questionnaire.sections {
        section.when = section.when.take().map(one);
        for question in &mut section.questions {
            question.when = question.when.take().map(one);
        }
    }
}
