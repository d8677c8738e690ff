//! The letter: a message with its envelope, ready to be set as a page or a PDF.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Block, Lang, Message, Notice, en, fr};

/// What surrounds the message. It holds no code: the store keeps only the hash of the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Page where the code is typed; the code after a slash opens the case.
    pub site: String,
    /// Telephone number where a human answers.
    pub phone: String,
}

/// What the person concerned was told of a decision, word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Language of the letter.
    pub lang: Lang,
    /// In French.
    pub fr: Notice,
    /// In English.
    pub en: Notice,
    /// Envelope of the letter.
    pub frame: LetterFrame,
}

impl Told {
    /// The notice in one language.
    pub fn notice(&self, lang: Lang) -> &Notice {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }

    /// The letter with its code.
    pub fn letter(&self, code: &str) -> Letter {
        Letter::new(&self.notice(self.lang).message, &self.frame, code)
    }

    /// The same letter sent again on another day, with a code that replaces the first.
    pub fn letter_again(&self, code: &str, on: Date) -> Letter {
        let frame = LetterFrame { date: on, ..self.frame.clone() };
        let letter = Letter::new(&self.notice(self.lang).message, &frame, code);
        let replaces = match self.lang {
            Lang::Fr => format!(
                "Cette lettre remplace celle du {}. L’ancien code ne marche plus\u{a0}: en voici un nouveau.",
                fr::date(self.frame.date)
            ),
            Lang::En => {
                format!(
                    "This letter replaces the one of {}. The former code is closed: here is a new one.",
                    en::date(self.frame.date)
                )
            }
        };
        Letter { intro: format!("{replaces} {}", letter.intro), ..letter }
    }
}

/// A letter, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// What matters most.
    pub intro: String,
    /// The blocks of the message.
    pub sections: Vec<Block>,
    /// Closing words, then who signs.
    pub closing: Vec<String>,
    /// The code, see [`crate::code`].
    pub code: String,
    /// Page where the code is typed.
    pub site: String,
    /// Page behind the code.
    pub url: String,
    /// Telephone number.
    pub phone: String,
}

impl Letter {
    /// Puts a message in its envelope.
    pub fn new(message: &Message, frame: &LetterFrame, code: &str) -> Self {
        let title = lowercase_first(&message.title);
        let (place_date, subject, greeting, closing) = match message.lang {
            Lang::Fr => (
                format!("{}, le {}", frame.place, fr::date(frame.date)),
                format!("votre dossier {}\u{a0}: {title}", frame.reference),
                "Madame, Monsieur,",
                "Nous restons à votre disposition.",
            ),
            Lang::En => (
                format!("{}, {}", frame.place, en::date(frame.date)),
                format!("your file {}: {title}", frame.reference),
                "Dear Sir or Madam,",
                "We remain at your disposal.",
            ),
        };
        Self {
            lang: message.lang,
            sender: frame.sender.clone(),
            recipient: frame.recipient.clone(),
            place_date,
            subject,
            greeting: greeting.to_owned(),
            intro: message.intro.clone(),
            sections: message.blocks.clone(),
            closing: vec![closing.to_owned(), message.signed.clone()],
            code: code.to_owned(),
            site: frame.site.clone(),
            url: format!("{}/{code}", frame.site),
            phone: frame.phone.clone(),
        }
    }
}

fn lowercase_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
