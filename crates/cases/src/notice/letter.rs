//! The letter: the notice with its envelope, ready to be set as a page or a PDF.

use jiff::civil::Date;
use serde::Serialize;

use super::{Block, Lang, Notice, en, fr};

/// What surrounds the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetterFrame {
    /// Sender, one line each: administration, service, address.
    pub sender: Vec<String>,
    /// Recipient, one line each.
    pub recipient: Vec<String>,
    /// Where it is written.
    pub place: String,
    /// Day of the letter.
    pub date: Date,
    /// The administration's reference.
    pub reference: String,
    /// The code, see [`crate::code`].
    pub code: String,
    /// Page behind the code.
    pub url: String,
    /// Telephone number where a human answers.
    pub phone: String,
}

/// A letter, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// Language.
    pub lang: Lang,
    /// Sender, one line each.
    pub sender: Vec<String>,
    /// Recipient, one line each.
    pub recipient: Vec<String>,
    /// Place and date, as written.
    pub place_date: String,
    /// Subject.
    pub subject: String,
    /// Greeting.
    pub greeting: String,
    /// The blocks of the notice.
    pub sections: Vec<Block>,
    /// Closing words.
    pub closing: String,
    /// The code, see [`crate::code`].
    pub code: String,
    /// Page behind the code.
    pub url: String,
    /// Telephone number.
    pub phone: String,
}

impl Letter {
    /// Puts a notice in its envelope.
    pub fn new(notice: &Notice, frame: LetterFrame) -> Self {
        let (place_date, subject, greeting, closing) = match notice.lang {
            Lang::Fr => (
                format!("{}, le {}", frame.place, fr::date(frame.date)),
                format!("Votre dossier {} : {}", frame.reference, lowercase_first(&notice.title)),
                "Madame, Monsieur,",
                "Nous restons à votre disposition.",
            ),
            Lang::En => (
                format!("{}, {}", frame.place, en::date(frame.date)),
                format!("Your file {}: {}", frame.reference, lowercase_first(&notice.title)),
                "Dear Sir or Madam,",
                "We remain at your disposal.",
            ),
        };
        Self {
            lang: notice.lang,
            sender: frame.sender,
            recipient: frame.recipient,
            place_date,
            subject,
            greeting: greeting.to_owned(),
            sections: notice.blocks.clone(),
            closing: closing.to_owned(),
            code: frame.code,
            url: frame.url,
            phone: frame.phone,
        }
    }
}

fn lowercase_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
