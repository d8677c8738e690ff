//! Questionnaires in TOML: as they are written, and from there to the model.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::answers::Answer;
use crate::check;
use crate::condition::Condition;
use crate::error::{Fault, LoadError, Problem};
use crate::model::{Axis, Choice, Kind, Level, Question, Questionnaire, Relief, Scoring, Section, Source, Words};
use crate::resolve;

/// The questionnaires of these files (name, text), which may lend sections to each other, by their name.
///
/// # Errors
/// [`LoadError`] names every problem found, with its file, its question and how to mend it.
pub fn load<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<BTreeMap<String, Questionnaire>, LoadError> {
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for (file, text) in files {
        let mut faults = Faults { file: file.to_owned(), problems: Vec::new() };
        match toml::from_str::<Written>(text) {
            Ok(written) => read.push((file.to_owned(), written.into_model(&mut faults))),
            Err(error) => faults.note(None, Fault::Unreadable(error.to_string().trim_end().to_owned())),
        }
        problems.append(&mut faults.problems);
    }
    if problems.is_empty() {
        problems = resolve::lend(&mut read);
    }
    for (file, questionnaire) in &mut read {
        let mut faults = Faults { file: file.clone(), problems: Vec::new() };
        check::check(questionnaire, &mut faults);
        problems.append(&mut faults.problems);
    }
    if problems.is_empty() {
        Ok(read.into_iter().map(|(_, questionnaire)| (questionnaire.id.clone(), questionnaire)).collect())
    } else {
        Err(LoadError { problems })
    }
}

/// The problems of one file.
pub(crate) struct Faults {
    pub(crate) file: String,
    pub(crate) problems: Vec<Problem>,
}

impl Faults {
    pub(crate) fn note(&mut self, place: Option<String>, fault: Fault) {
        self.problems.push(Problem { file: self.file.clone(), place, fault });
    }

    /// Words that must be there in both languages.
    fn words(&mut self, place: Option<&str>, field: &str, fr: Option<String>, en: Option<String>) -> Words {
        let words = Words { fr: fr.unwrap_or_default(), en: en.unwrap_or_default() };
        for (text, lang) in [(&words.fr, "fr"), (&words.en, "en")] {
            if text.trim().is_empty() {
                let named = if field.is_empty() { lang.to_owned() } else { format!("{field}_{lang}") };
                self.note(place.map(str::to_owned), Fault::NoWords(named));
            }
        }
        words
    }

    /// Words that may be absent, in both languages.
    fn optional(&mut self, place: Option<&str>, field: &str, fr: Option<String>, en: Option<String>) -> Option<Words> {
        (fr.is_some() || en.is_some()).then(|| self.words(place, field, fr, en))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    title_fr: Option<String>,
    title_en: Option<String>,
    about_fr: Option<String>,
    about_en: Option<String>,
    requirement: Option<String>,
    months: u32,
    #[serde(default)]
    text: Vec<WrittenName>,
    #[serde(default)]
    axis: Vec<WrittenName>,
    scoring: Option<WrittenScoring>,
    #[serde(default)]
    level: Vec<WrittenLevel>,
    #[serde(default)]
    section: Vec<WrittenSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenName {
    id: String,
    fr: Option<String>,
    en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenScoring {
    axis: String,
    relief: Option<WrittenRelief>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRelief {
    axis: String,
    at_percent: u32,
    keep_percent: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLevel {
    id: String,
    fr: Option<String>,
    en: Option<String>,
    means_fr: Option<String>,
    means_en: Option<String>,
    up_to: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSection {
    id: String,
    fr: Option<String>,
    en: Option<String>,
    from: Option<String>,
    when: Option<WrittenCondition>,
    #[serde(default)]
    question: Vec<WrittenQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQuestion {
    id: String,
    kind: String,
    fr: Option<String>,
    en: Option<String>,
    hint_fr: Option<String>,
    hint_en: Option<String>,
    #[serde(default)]
    source: Vec<String>,
    when: Option<WrittenCondition>,
    axis: Option<String>,
    required: Option<bool>,
    choices: Option<Vec<WrittenChoice>>,
    yes: Option<u32>,
    no: Option<u32>,
    figure: Option<String>,
    unit: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenChoice {
    id: String,
    fr: Option<String>,
    en: Option<String>,
    #[serde(default)]
    points: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCondition {
    question: Option<String>,
    is: Option<Value>,
    contains: Option<String>,
    answered: Option<bool>,
    any: Option<Vec<WrittenCondition>>,
    all: Option<Vec<WrittenCondition>>,
    not: Option<Box<WrittenCondition>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    YesNo(bool),
    Choice(String),
}

impl Written {
    fn into_model(self, faults: &mut Faults) -> Questionnaire {
        let axis = |faults: &mut Faults, axis: WrittenName| {
            let words = faults.words(Some(&format!("axis {:?}", axis.id)), "", axis.fr, axis.en);
            Axis { id: axis.id, words }
        };
        let text = |faults: &mut Faults, text: WrittenName| {
            let words = faults.words(Some(&format!("text {:?}", text.id)), "", text.fr, text.en);
            (text.id, words)
        };
        Questionnaire {
            id: self.id,
            title: faults.words(None, "title", self.title_fr, self.title_en),
            about: faults.optional(None, "about", self.about_fr, self.about_en),
            requirement: self.requirement,
            months: self.months,
            texts: self.text.into_iter().map(|written| text(faults, written)).collect(),
            axes: self.axis.into_iter().map(|written| axis(faults, written)).collect(),
            scoring: self.scoring.map(WrittenScoring::into_model),
            levels: self.level.into_iter().map(|level| level.into_model(faults)).collect(),
            sections: self.section.into_iter().map(|section| section.into_model(faults)).collect(),
            order: Vec::new(),
            maxima: BTreeMap::new(),
        }
    }
}

impl WrittenScoring {
    fn into_model(self) -> Scoring {
        let relief = |relief: WrittenRelief| {
            let WrittenRelief { axis, at_percent, keep_percent } = relief;
            Relief { axis, at_percent, keep_percent }
        };
        Scoring { axis: self.axis, relief: self.relief.map(relief) }
    }
}

impl WrittenLevel {
    fn into_model(self, faults: &mut Faults) -> Level {
        let place = format!("level {:?}", self.id);
        let words = faults.words(Some(&place), "", self.fr, self.en);
        let means = faults.optional(Some(&place), "means", self.means_fr, self.means_en);
        Level { id: self.id, words, means, up_to: self.up_to }
    }
}

impl WrittenSection {
    fn into_model(self, faults: &mut Faults) -> Section {
        let place = format!("section {:?}", self.id);
        let when = self.when.map(|when| when.into_model(&place, faults));
        let title = if self.from.is_some() {
            if self.fr.is_some() || self.en.is_some() || !self.question.is_empty() {
                faults.note(Some(place), Fault::LentWithMore);
            }
            Words::default()
        } else {
            faults.words(Some(&place), "", self.fr, self.en)
        };
        let questions = self.question.into_iter().map(|question| question.into_model(faults)).collect();
        Section { id: self.id, title, from: self.from, when, questions }
    }
}

impl WrittenQuestion {
    fn into_model(mut self, faults: &mut Faults) -> Question {
        let place = format!("question {:?}", self.id);
        let kind = self.kind(&place, faults);
        let source = |written: &String| {
            let (text, at) = written.split_once(' ').unwrap_or((written, ""));
            Source { text: text.to_owned(), at: at.trim().to_owned() }
        };
        Question {
            words: faults.words(Some(&place), "", self.fr, self.en),
            hint: faults.optional(Some(&place), "hint", self.hint_fr, self.hint_en),
            sources: self.source.iter().map(source).collect(),
            when: self.when.map(|when| when.into_model(&place, faults)),
            axis: self.axis,
            required: self.required.unwrap_or(true),
            kind,
            id: self.id,
        }
    }

    /// The kind, with what belongs to it and nothing else.
    fn kind(&mut self, place: &str, faults: &mut Faults) -> Kind {
        let mut taken = Vec::new();
        let kind = match self.kind.as_str() {
            "text" => Kind::Text,
            "number" => Kind::Number,
            "date" => Kind::Date,
            "choice" | "choices" => {
                taken.push("choices");
                if self.choices.is_none() {
                    faults.note(Some(place.to_owned()), Fault::Needed("choices"));
                }
                let choices = self.choices.take().unwrap_or_default();
                let choices = choices.into_iter().map(|choice| choice.into_model(place, faults)).collect();
                if self.kind == "choice" { Kind::Choice(choices) } else { Kind::Choices(choices) }
            }
            "yes_no" => {
                taken.extend(["yes", "no"]);
                Kind::YesNo { yes: self.yes.unwrap_or(0), no: self.no.unwrap_or(0) }
            }
            "fact" => {
                taken.extend(["figure", "unit"]);
                for (field, given) in [("figure", &self.figure), ("unit", &self.unit)] {
                    if given.is_none() {
                        faults.note(Some(place.to_owned()), Fault::Needed(field));
                    }
                }
                Kind::Fact { figure: self.figure.take().unwrap_or_default(), unit: self.unit.take().unwrap_or_default() }
            }
            other => {
                faults.note(Some(place.to_owned()), Fault::UnknownKind(other.to_owned()));
                return Kind::Text;
            }
        };
        let given = [
            ("choices", self.choices.is_some()),
            ("yes", self.yes.is_some()),
            ("no", self.no.is_some()),
            ("figure", self.figure.is_some()),
            ("unit", self.unit.is_some()),
        ];
        for (field, _) in given.into_iter().filter(|(field, given)| *given && !taken.contains(field)) {
            faults.note(Some(place.to_owned()), Fault::NotOfThisKind(field));
        }
        kind
    }
}

impl WrittenChoice {
    fn into_model(self, place: &str, faults: &mut Faults) -> Choice {
        let words = faults.words(Some(&format!("{place}, choice {:?}", self.id)), "", self.fr, self.en);
        Choice { id: self.id, words, points: self.points }
    }
}

impl WrittenCondition {
    fn into_model(self, place: &str, faults: &mut Faults) -> Condition {
        let mut each = |conditions: Vec<Self>| conditions.into_iter().map(|when| when.into_model(place, faults)).collect();
        match self {
            Self { question: Some(question), is: Some(value), contains: None, answered: None, any: None, all: None, not: None } => {
                let value = match value {
                    Value::YesNo(said) => Answer::YesNo(said),
                    Value::Choice(chosen) => Answer::Text(chosen),
                };
                Condition::Is { question, value }
            }
            Self {
                question: Some(question),
                is: None,
                contains: Some(choice),
                answered: None,
                any: None,
                all: None,
                not: None,
            } => Condition::Contains { question, choice },
            Self { question: Some(question), is: None, contains: None, answered: Some(yes), any: None, all: None, not: None } => {
                let answered = Condition::Answered { question };
                if yes { answered } else { Condition::Not(Box::new(answered)) }
            }
            Self { question: None, is: None, contains: None, answered: None, any: Some(any), all: None, not: None } => {
                Condition::Any(each(any))
            }
            Self { question: None, is: None, contains: None, answered: None, any: None, all: Some(all), not: None } => {
                Condition::All(each(all))
            }
            Self { question: None, is: None, contains: None, answered: None, any: None, all: None, not: Some(not) } => {
                Condition::Not(Box::new(not.into_model(place, faults)))
            }
            _ => {
                faults.note(Some(place.to_owned()), Fault::BadCondition);
                Condition::All(Vec::new())
            }
        }
    }
}
