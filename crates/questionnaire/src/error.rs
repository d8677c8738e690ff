//! What is wrong with the files of questionnaires: which file, which question, and how to mend it.

use std::fmt;

/// Everything that is wrong with the files that were read together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct LoadError {
    /// In the order of the files; at least one.
    pub problems: Vec<Problem>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        to.write_str(&lines.join("\n"))
    }
}

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {}{fault}", .place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default())]
pub struct Problem {
    /// File at fault.
    pub file: String,
    /// Section or question at fault, with the kind of thing (`question "usage"`).
    pub place: Option<String>,
    /// What is wrong.
    #[source]
    pub fault: Fault,
}

/// What may be wrong with a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message of each says it")]
pub enum Fault {
    #[error("{0}; correct the file")]
    Unreadable(String),
    #[error("the name {0:?} is used twice; give one of them another name")]
    Twice(String),
    #[error("the name {0:?} has something else than small letters, digits, `-` and `_`; rename it")]
    BadName(String),
    #[error("`{0}` has no words; write them, in French and in English")]
    NoWords(String),
    #[error("it asks nothing; add a question, or take it away")]
    Empty,
    #[error("kind {0:?} does not exist; use text, choice, choices, yes_no, number, date or fact")]
    UnknownKind(String),
    #[error("a question of this kind has no `{0}`; take it away, or change the kind")]
    NotOfThisKind(&'static str),
    #[error("`{0}` is needed for this kind of question; add it")]
    Needed(&'static str),
    #[error("it cites no source; add `source`, with the name of a text and the place in it")]
    NoSource,
    #[error("the source {0:?} begins with the name of no text; declare the text as `[[text]]`")]
    UnknownText(String),
    #[error(
        "a condition is not one expression; write `question` with one of `is`, `contains`, `answered`, or `any`, `all` or `not`"
    )]
    BadCondition,
    #[error("a condition looks at {0:?}, which is no question here; correct the name")]
    UnknownQuestion(String),
    #[error("a condition expects {value:?} of {question:?}, which cannot have it; use one of its choices")]
    NeverTrue { question: String, value: String },
    #[error("its condition hangs on itself, through {}; cut the circle", .0.join(", "))]
    Circle(Vec<String>),
    #[error("axis {0:?} is not declared; add it as `[[axis]]`")]
    UnknownAxis(String),
    #[error("it has points but no axis; add `axis`")]
    PointsWithoutAxis,
    #[error("levels and `[scoring]` go together; write both or none")]
    HalfScored,
    #[error("levels must rise, in percent up to 100, and the last one alone has no `up_to`; correct them")]
    Levels,
    #[error("section {section:?} of {questionnaire:?} does not exist; correct the name, or load its file too")]
    UnknownLender { questionnaire: String, section: String },
    #[error("section {0:?} is itself lent by another questionnaire; take it from there")]
    LentTwice(String),
    #[error("a lent section looks at {0:?}, which is not lent with it; take that section too")]
    LentAlone(String),
    #[error("a lent section has its own words and questions; leave only `id`, `from` and `when`")]
    LentWithMore,
    #[error("{0}")]
    SurveyJs(String),
}
