//! When a question is shown: a closed expression, as data.

use crate::answers::Answer;

/// A condition over the answers that are seen.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// One choice or a yes-or-no has this value.
    Is {
        /// Question looked at.
        question: String,
        /// Value expected: [`Answer::Text`] or [`Answer::YesNo`].
        value: Answer,
    },
    /// This choice is among several.
    Contains {
        /// Question looked at.
        question: String,
        /// Choice expected.
        choice: String,
    },
    /// The question has an answer, whichever it is.
    Answered {
        /// Question looked at.
        question: String,
    },
    /// At least one of these.
    Any(Vec<Condition>),
    /// All of these.
    All(Vec<Condition>),
    /// The contrary.
    Not(Box<Condition>),
}

/// What is known of an answer when a condition is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Seen<'a> {
    /// The question is shown and has this answer.
    Answer(&'a Answer),
    /// The question is hidden, or has no answer.
    Nothing,
    /// Nobody knows yet.
    Unknown,
}

impl Condition {
    /// Whether it holds; none when it hangs on what is unknown.
    pub(crate) fn holds<'a>(&self, seen: &impl Fn(&str) -> Seen<'a>) -> Option<bool> {
        match self {
            Self::Is { question, value } => known(seen(question), |answer| answer == value),
            Self::Contains { question, choice } => {
                known(seen(question), |answer| matches!(answer, Answer::Several(chosen) if chosen.contains(choice)))
            }
            Self::Answered { question } => known(seen(question), |_| true),
            Self::Any(conditions) => fold(conditions, seen, true),
            Self::All(conditions) => fold(conditions, seen, false),
            Self::Not(condition) => condition.holds(seen).map(|holds| !holds),
        }
    }

    /// The conditions at its leaves, each of which looks at one question.
    pub(crate) fn leaves(&self) -> Vec<&Condition> {
        match self {
            Self::Is { .. } | Self::Contains { .. } | Self::Answered { .. } => vec![self],
            Self::Any(conditions) | Self::All(conditions) => conditions.iter().flat_map(Self::leaves).collect(),
            Self::Not(condition) => condition.leaves(),
        }
    }

    /// The question that a leaf looks at; none when this is not a leaf.
    pub(crate) fn question(&self) -> Option<&str> {
        match self {
            Self::Is { question, .. } | Self::Contains { question, .. } | Self::Answered { question } => Some(question),
            _ => None,
        }
    }

    /// The questions that it looks at.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        self.leaves().into_iter().filter_map(Self::question)
    }

    /// The same condition over questions that bear other names.
    pub(crate) fn renamed(&self, name: &impl Fn(&str) -> String) -> Self {
        let each = |conditions: &[Self]| conditions.iter().map(|condition| condition.renamed(name)).collect();
        match self {
            Self::Is { question, value } => Self::Is { question: name(question), value: value.clone() },
            Self::Contains { question, choice } => Self::Contains { question: name(question), choice: choice.clone() },
            Self::Answered { question } => Self::Answered { question: name(question) },
            Self::Any(conditions) => Self::Any(each(conditions)),
            Self::All(conditions) => Self::All(each(conditions)),
            Self::Not(condition) => Self::Not(Box::new(condition.renamed(name))),
        }
    }
}

fn known(seen: Seen<'_>, holds: impl Fn(&Answer) -> bool) -> Option<bool> {
    match seen {
        Seen::Answer(answer) => Some(holds(answer)),
        Seen::Nothing => Some(false),
        Seen::Unknown => None,
    }
}

/// One that is `decisive` decides (true for any, false for all); otherwise one that is unknown leaves it unknown.
fn fold<'a>(conditions: &[Condition], seen: &impl Fn(&str) -> Seen<'a>, decisive: bool) -> Option<bool> {
    let mut result = Some(!decisive);
    for condition in conditions {
        match condition.holds(seen) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}
