//! What the person concerned is told, in plain words, and the letter that carries it.
//!
//! [`Mention`] holds what every decision must carry (CRPA R311-3-1-1); [`Detail`] what is owed on request
//! (CRPA R311-3-1-2). The page and the letter show the blocks; the law stays in the data.

mod en;
mod fr;
mod letter;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use letter::{Letter, LetterFrame};

use crate::{Case, CaseError};

/// Language of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French.
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

/// A kind of data that the tool received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataSource {
    /// What it is ("vos revenus déclarés").
    pub label: String,
    /// Where it comes from ("votre formulaire").
    pub source: String,
}

/// Something that counted, applied to the person's situation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factor {
    /// What counted ("le quotient familial").
    pub name: String,
    /// How much, when a weight exists ("la moitié").
    pub weight: Option<String>,
    /// What it was in this file ("540 euros").
    pub situation: Option<String>,
}

/// What the register says about a system, in words for the citizen and in the language of the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemFacts {
    /// Administration that answers for the system.
    pub administration: String,
    /// Name of the tool.
    pub name: String,
    /// What it is for, a noun phrase ("préparer un résumé de votre demande").
    pub purpose: String,
    /// What it did, step by step, sentences.
    pub operations: Vec<String>,
    /// What it did not do, sentences.
    pub does_not: Vec<String>,
    /// Data and where they come from.
    pub data: Vec<DataSource>,
    /// What counted.
    pub factors: Vec<Factor>,
    /// Telephone number where a human answers.
    pub phone: String,
    /// Postal address for requests.
    pub post: String,
    /// Page of the code and of the contestation.
    pub url: String,
    /// Page of the register.
    pub register_url: String,
}

/// One block of the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Stable name, for anchors and tests.
    pub id: &'static str,
    /// Heading.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// List after the paragraphs; may be empty.
    pub items: Vec<String>,
}

/// What the decision must carry (CRPA R311-3-1-1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// What the person concerned is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Language.
    pub lang: Lang,
    /// Title.
    pub title: String,
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
    /// Mandatory mention.
    pub mention: Mention,
    /// Detail on request.
    pub detail: Detail,
}

/// Writes the notice of a decided case. `told_on` is the civil day of the notification, Paris time.
pub fn notice(case: &Case, facts: &SystemFacts, told_on: Date, lang: Lang) -> Result<Notice, CaseError> {
    let decision = case.decision.as_ref().ok_or(CaseError::NotDecided)?;
    Ok(match lang {
        Lang::Fr => fr::write(case, decision, facts, told_on),
        Lang::En => en::write(case, decision, facts, told_on),
    })
}

fn block(id: &'static str, heading: &str, paragraphs: Vec<String>, items: Vec<String>) -> Block {
    Block { id, heading: heading.to_owned(), paragraphs, items }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

// A sentence closed with a full stop, once.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{end}", capitalised(text))
}
