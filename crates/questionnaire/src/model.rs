//! What a questionnaire is.

use std::collections::BTreeMap;

use crate::condition::Condition;

/// The same words in the languages of the product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

/// Sections of questions, and how answers are weighed.
#[derive(Debug, Clone)]
pub struct Questionnaire {
    /// Short name, unique among the questionnaires loaded together.
    pub id: String,
    /// Title.
    pub title: Words,
    /// What it is for, and who it is asked of.
    pub about: Option<Words>,
    /// The requirement that it satisfies: a name for whoever uses the questionnaire, opaque here.
    pub requirement: Option<String>,
    /// Longest validity of a signature, months.
    pub months: u32,
    /// Texts that questions cite, by short name: what is written before the article or the number.
    pub texts: BTreeMap<String, Words>,
    /// What points are counted along.
    pub axes: Vec<Axis>,
    /// How points make a level; none when the questionnaire is not scored.
    pub scoring: Option<Scoring>,
    /// Levels, the lowest first; the last one has no upper bound.
    pub levels: Vec<Level>,
    /// What is asked, in order.
    pub sections: Vec<Section>,
    /// Places of the questions (section, question) such that each comes after those that its conditions look at.
    pub(crate) order: Vec<(usize, usize)>,
    /// The most points along each axis, worked out once.
    pub(crate) maxima: BTreeMap<String, u32>,
}

/// Questions that belong together.
#[derive(Debug, Clone)]
pub struct Section {
    /// Short name, unique in the questionnaire.
    pub id: String,
    /// Title.
    pub title: Words,
    /// The questionnaire where these questions are answered, when it is another one: here they are only read.
    pub from: Option<String>,
    /// When the section is shown; always without.
    pub when: Option<Condition>,
    /// What is asked, in order.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Short name, unique in the questionnaire. That of a section lent by another questionnaire is `questionnaire/name`.
    pub id: String,
    /// The question.
    pub words: Words,
    /// What a good answer says.
    pub hint: Option<Words>,
    /// What kind of answer is expected.
    pub kind: Kind,
    /// Where the question comes from.
    pub sources: Vec<Source>,
    /// When it is shown; always (with its section) without.
    pub when: Option<Condition>,
    /// Axis along which its points count.
    pub axis: Option<String>,
    /// Whether the questionnaire is complete without an answer.
    pub required: bool,
}

/// What kind of answer a question expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Sentences.
    Text,
    /// One of these.
    Choice(Vec<Choice>),
    /// Any of these.
    Choices(Vec<Choice>),
    /// Yes or no, with the points of each.
    YesNo {
        /// Points of yes.
        yes: u32,
        /// Points of no.
        no: u32,
    },
    /// A number.
    Number,
    /// A day.
    Date,
    /// A figure that the product supplies and nobody types. It is never missing: it may be unknown.
    Fact {
        /// Which figure: a name of whoever supplies it (`energy`).
        figure: String,
        /// Symbol of the unit (`Wh`, `g`, `L`).
        unit: String,
    },
}

/// One answer that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its value in the answers.
    pub id: String,
    /// What is read.
    pub words: Words,
    /// Points when chosen.
    pub points: u32,
}

/// Where a question comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Short name of the text.
    pub text: String,
    /// Article, criterion or practice in it.
    pub at: String,
}

/// What points are counted along.
#[derive(Debug, Clone)]
pub struct Axis {
    /// Short name.
    pub id: String,
    /// Name shown.
    pub words: Words,
}

/// How points make a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoring {
    /// Axis whose points give the level.
    pub axis: String,
    /// What may lower them.
    pub relief: Option<Relief>,
}

/// Points of one axis lower those of another: from `at_percent` of the maximum of `axis`, `keep_percent` are kept, rounded to
/// the nearest point, a half upwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relief {
    /// Axis that must be high enough.
    pub axis: String,
    /// Share of its maximum from which it counts, percent.
    pub at_percent: u32,
    /// Share of the points kept, percent.
    pub keep_percent: u32,
}

/// A level.
#[derive(Debug, Clone)]
pub struct Level {
    /// Short name.
    pub id: String,
    /// Name shown.
    pub words: Words,
    /// What follows from it.
    pub means: Option<Words>,
    /// Highest share of the maximum that is still this level, percent; none for the last.
    pub up_to: Option<u32>,
}

impl Questionnaire {
    /// Every question with its section, in order.
    pub fn questions(&self) -> impl Iterator<Item = (&Section, &Question)> {
        self.sections.iter().flat_map(|section| section.questions.iter().map(move |question| (section, question)))
    }

    /// A question by name.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().map(|(_, question)| question).find(|question| question.id == id)
    }

    /// The questionnaires that lend it sections, each once, in order.
    #[must_use]
    pub fn lenders(&self) -> Vec<&str> {
        let mut lenders: Vec<&str> = Vec::new();
        for lender in self.sections.iter().filter_map(|section| section.from.as_deref()) {
            if !lenders.contains(&lender) {
                lenders.push(lender);
            }
        }
        lenders
    }
}

impl Section {
    /// Whether a question of this section is shown only under conditions, its own or those of the section.
    pub(crate) fn conditions<'a>(&'a self, question: &'a Question) -> impl Iterator<Item = &'a Condition> {
        self.when.iter().chain(question.when.iter())
    }
}

impl Kind {
    /// The choices offered, if any are.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice(choices) | Self::Choices(choices) => choices,
            _ => &[],
        }
    }
}
