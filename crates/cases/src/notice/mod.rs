//! What the person concerned is told, in plain words, and the letter that carries it.
//!
//! [`Mention`] holds what every decision must carry (CRPA R311-3-1-1); [`Detail`] what is owed on request
//! (CRPA R311-3-1-2). The page and the letter show the blocks; the law stays in the data.
//!
//! [`Told`] is what was said, word for word: it is stored with the notification, so that a later change of the register
//! changes nothing of it.

mod en;
mod energy;
mod facts;
mod fr;
mod letter;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use energy::{energy_in_words, everyday};
pub use facts::{DataSource, Days, Facts, Tool, UnknownUse};
pub use letter::{Letter, LetterFrame, Told};

use crate::{Case, CaseError, deadline};

/// Language of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

/// What a block is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The decision, its reason, who took it.
    Decided,
    /// What the tool did.
    Did,
    /// What it did not do.
    DidNot,
    /// Data, and where they come from.
    Data,
    /// What counted.
    Counted,
    /// Energy used.
    Energy,
    /// What a second look gave.
    Answer,
    /// How to reach a person.
    Human,
    /// How to disagree.
    Contest,
    /// How to get the rules and the documents.
    Documents,
}

/// One block of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is about.
    pub topic: Topic,
    /// Heading.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// List after the paragraphs; may be empty.
    pub items: Vec<String>,
}

/// Words for the person concerned, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Language.
    pub lang: Lang,
    /// Title.
    pub title: String,
    /// What matters most, first.
    pub intro: String,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Who stands behind it.
    pub signed: String,
}

impl Message {
    /// The block about this, if there is one.
    pub fn block(&self, topic: Topic) -> Option<&Block> {
        self.blocks.iter().find(|block| block.topic == topic)
    }
}

/// What the decision must carry (CRPA R311-3-1-1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Purpose of the processing.
    pub purpose: String,
    /// The right to obtain the rules and main characteristics.
    pub right: String,
    /// How to exercise it.
    pub how: String,
    /// How to turn to the CADA.
    pub cada: String,
}

/// What is owed on request, in an intelligible form (CRPA R311-3-1-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// 1° Degree and manner of the contribution to the decision.
    pub degree: String,
    /// 2° Data processed and their sources.
    pub data: Vec<String>,
    /// 3° Parameters and weights, applied to the person's situation.
    pub parameters: Vec<String>,
    /// 4° Operations carried out.
    pub operations: Vec<String>,
}

/// What the person concerned is told of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The message.
    pub message: Message,
    /// Mandatory mention.
    pub mention: Mention,
    /// Detail on request.
    pub detail: Detail,
}

/// Writes the notice of a decided case. `told_on` is the civil day of the notification, Paris time.
pub fn notice(case: &Case, facts: &Facts, told_on: Date, lang: Lang) -> Result<Notice, CaseError> {
    let decision = case.decision.as_ref().ok_or(CaseError::NotDecided)?;
    let days = Days { told_on, court: deadline::contest_until(told_on) };
    Ok(match lang {
        Lang::Fr => fr::write(case, decision, facts, days),
        Lang::En => en::write(case, decision, facts, days),
    })
}

/// Writes the notice of what came after the person concerned was last told, in a letter of the day `since`. `facts` hold the
/// tools of [`Case::untold`], and the unknown calls among them; `signed` is who sends it.
pub fn further(case: &Case, facts: &Facts, days: Days, since: Date, signed: &str, lang: Lang) -> Result<Notice, CaseError> {
    let decision = case.decision.as_ref().ok_or(CaseError::NotDecided)?;
    if case.untold().is_empty() {
        return Err(CaseError::NothingToTell);
    }
    Ok(match lang {
        Lang::Fr => fr::further(case, decision, facts, days, since, signed),
        Lang::En => en::further(case, decision, facts, days, since, signed),
    })
}

/// Writes the answer to a contestation.
pub fn answer(case: &Case, contestation: &str, facts: &Facts, days: Days, lang: Lang) -> Result<Message, CaseError> {
    let contestation = case.contestation(contestation)?;
    let not_answered = || CaseError::NotAnswered(contestation.id.clone());
    let (outcome, reason, _) = contestation.answer.as_ref().ok_or_else(not_answered)?;
    let agent = contestation.assigned.as_ref().ok_or_else(not_answered)?;
    let stood = case.stood_before(&contestation.id).ok_or(CaseError::NotDecided)?.value;
    let touched = case.notification.as_ref().is_some_and(|notification| notification.uses > 0);
    let second = facts::SecondLook { contestation, agent, outcome, reason, stood, touched };
    Ok(match lang {
        Lang::Fr => fr::answer(case, &second, facts, days),
        Lang::En => en::answer(case, &second, facts, days),
    })
}

/// A day as people write it: "24 novembre 2026", "24 November 2026".
pub fn date_in_words(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Fr => fr::date(day),
        Lang::En => en::date(day),
    }
}

fn block(topic: Topic, heading: &str, paragraphs: Vec<String>, items: Vec<String>) -> Block {
    Block { topic, heading: heading.to_owned(), paragraphs, items }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

// A sentence: a capital first, one full stop at the end.
fn sentence(text: &str) -> String {
    stopped(&capitalised(text.trim()))
}

// Words closed with one full stop.
fn stopped(text: &str) -> String {
    let text = text.trim();
    let end = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{text}{end}")
}
