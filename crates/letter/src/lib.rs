//! The citizen's letter as an accessible PDF.
//!
//! [`render`] sets an A4 letter in two steps: [`layout`] places lines on pages with the real widths of the
//! glyphs; [`paint`] draws them and builds the structure that a screen reader follows. The file is tagged,
//! carries its language and title, embeds its fonts and is validated as PDF/UA-1 (ISO 14289-1) while it is written.

mod font;
mod layout;
mod paint;
mod text;

use font::Fonts;

/// Language of the letter: typography, fixed words and the language that the file declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    En,
}

/// A heading with what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Heading.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// Bulleted list after the paragraphs; may be empty.
    pub items: Vec<String>,
}

/// The content of a letter, in reading order. Plain text everywhere; no field holds markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterText {
    /// Sender, one line each; the first is set in bold.
    pub sender: Vec<String>,
    /// Recipient, one line each, placed for the window of a DL envelope.
    pub recipient: Vec<String>,
    /// Place and date, as written.
    pub place_date: String,
    /// Subject, without the word "Objet".
    pub subject: String,
    /// Paragraphs before the code: greeting and opening.
    pub opening: Vec<String>,
    /// Sections after the code.
    pub sections: Vec<Section>,
    /// Paragraphs at the end: closing words, signature.
    pub closing: Vec<String>,
    /// The short code, as printed.
    pub code: String,
    /// Page behind the code; also the content of the QR code.
    pub url: String,
    /// Telephone number where a human answers.
    pub phone: String,
    /// Language.
    pub lang: Lang,
}

/// Why a letter cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// A field that a letter cannot do without.
    #[error("the letter's `{0}` is empty: fill it in")]
    Empty(&'static str),
    /// A sign that the fonts cannot draw.
    #[error("the fonts have no sign for `{sign}` (U+{:04X}) in \"{text}\": write it in Latin, Greek or Cyrillic letters", *sign as u32)]
    NoGlyph {
        /// The sign.
        sign: char,
        /// Where it stands.
        text: String,
    },
    /// The address does not fit a QR code.
    #[error("the address `{url}` does not fit a QR code: use a shorter one ({why})")]
    Qr {
        /// The address.
        url: String,
        /// What the encoder says.
        why: String,
    },
    /// The PDF writer or its PDF/UA-1 validation refused.
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
    /// A bundled font does not load.
    #[error("the bundled font {0} does not load: rebuild the program")]
    Font(&'static str),
}

/// Sets the letter and returns the PDF file. The same text gives the same bytes.
pub fn render(letter: &LetterText) -> Result<Vec<u8>, LetterError> {
    check(letter)?;
    let fonts = Fonts::load()?;
    let pages = layout::set(letter, &fonts)?;
    paint::paint(letter, &fonts, pages)
}

fn check(letter: &LetterText) -> Result<(), LetterError> {
    let required = [("subject", &letter.subject), ("code", &letter.code), ("url", &letter.url), ("phone", &letter.phone)];
    for (field, value) in required {
        if value.trim().is_empty() {
            return Err(LetterError::Empty(field));
        }
    }
    for (field, lines) in [("sender", &letter.sender), ("recipient", &letter.recipient)] {
        if lines.iter().all(|line| line.trim().is_empty()) {
            return Err(LetterError::Empty(field));
        }
    }
    Ok(())
}
