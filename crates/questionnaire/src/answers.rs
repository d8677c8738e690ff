//! What people write, and whether it fits what was asked.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::{Kind, Question};

/// Answers by the name of their question.
pub type Answers = BTreeMap<String, Answer>;

/// One answer. In JSON: `true`, `12.5`, `["a", "b"]`, `{"low": 1, "high": 2, "source": "…"}`, or text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// Yes or no.
    YesNo(bool),
    /// A number.
    Number(f64),
    /// The choices made among several.
    Several(BTreeSet<String>),
    /// A figure supplied by the product.
    Figure(Figure),
    /// Sentences, one choice, or a day (`2026-11-25`).
    Text(String),
}

/// A figure with its bounds and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Lower bound, in the unit of the question.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// How it is known: a word of whoever supplies it (`measured`, `evaluation`).
    pub source: String,
}

/// Why an answer does not fit its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The value is not one of the choices.
    #[error("not one of the choices; take one that is offered")]
    Choice,
    /// Neither yes nor no.
    #[error("neither yes nor no; answer one of them")]
    YesNo,
    /// Not a number.
    #[error("not a number; write digits, with a comma or a point for decimals")]
    Number,
    /// Not a day of the calendar.
    #[error("not a day; write it as 2027-01-31")]
    Date,
    /// The answer is of another kind.
    #[error("not the kind of answer that is expected; answer again")]
    Kind,
}

impl Answer {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Several(chosen) => chosen.is_empty(),
            Self::YesNo(_) | Self::Number(_) | Self::Figure(_) => false,
        }
    }

    /// Text of an answer that is text, one choice or a day.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Question {
    /// Whether this answer is one to this question.
    ///
    /// # Errors
    /// [`Unfit`] says why not.
    pub fn accepts(&self, answer: &Answer) -> Result<(), Unfit> {
        let offered = |id: &str| self.kind.choices().iter().any(|choice| choice.id == id);
        let (fits, otherwise) = match (&self.kind, answer) {
            (Kind::Text, Answer::Text(_)) | (Kind::YesNo { .. }, Answer::YesNo(_)) => (true, Unfit::Kind),
            (Kind::Choice(_), Answer::Text(chosen)) => (offered(chosen), Unfit::Choice),
            (Kind::Choices(_), Answer::Several(chosen)) => (chosen.iter().all(|id| offered(id)), Unfit::Choice),
            (Kind::Number, Answer::Number(number)) => (number.is_finite(), Unfit::Number),
            (Kind::Date, Answer::Text(day)) => (day.parse::<Date>().is_ok(), Unfit::Date),
            (Kind::Fact { .. }, Answer::Figure(figure)) => (figure.low.is_finite() && figure.high >= figure.low, Unfit::Number),
            _ => (false, Unfit::Kind),
        };
        if fits { Ok(()) } else { Err(otherwise) }
    }

    /// The answer in what a form sent for this question; none when it says nothing. A figure that the product supplies is never
    /// taken from a form.
    ///
    /// # Errors
    /// [`Unfit`] says why what was sent is not an answer.
    pub fn read(&self, sent: &[String]) -> Result<Option<Answer>, Unfit> {
        let first = sent.first().map(|value| value.replace("\r\n", "\n").trim().to_owned()).unwrap_or_default();
        if sent.iter().all(|value| value.trim().is_empty()) || matches!(self.kind, Kind::Fact { .. }) {
            return Ok(None);
        }
        let answer = match &self.kind {
            Kind::Choices(_) => {
                Answer::Several(sent.iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect())
            }
            Kind::YesNo { .. } => Answer::YesNo(yes_or_no(&first)?),
            Kind::Number => Answer::Number(number(&first)?),
            Kind::Date => Answer::Text(first.parse::<Date>().map_err(|_| Unfit::Date)?.to_string()),
            Kind::Text | Kind::Choice(_) | Kind::Fact { .. } => Answer::Text(first),
        };
        self.accepts(&answer).map(|()| Some(answer))
    }
}

fn yes_or_no(text: &str) -> Result<bool, Unfit> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Unfit::YesNo),
    }
}

/// Digits as people write them: spaces between thousands, a comma or a point.
fn number(text: &str) -> Result<f64, Unfit> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    let plain = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    digits.parse().ok().filter(|number: &f64| plain && number.is_finite()).ok_or(Unfit::Number)
}
