//! What an application says of a case, read field by field so that every mistake is named at once.

use axum::http::StatusCode;
use gouvernail_cases::{Declared, KnownValue, notice};
use gouvernail_letter::LetterError;
use serde::Deserialize;

use super::problem::{Mistake, Problem};
use crate::site::paper;

/// What a known value may be: the kinds that the gateway hides from the model host.
const LABELS: [&str; 9] = ["person", "birth_date", "address", "nir", "iban", "phone", "email", "reference", "other"];
/// Longest reference, characters.
const REFERENCE: usize = 80;
/// Longest subject, characters: a letter of several pages.
const SUBJECT: usize = 20_000;
/// Longest known value, and longest line of an address, characters.
const LINE: usize = 300;
/// Most known values.
const KNOWN: usize = 50;
/// Most lines of an address: what the window of an envelope shows.
const LINES: usize = 7;

/// The body of `POST /api/cases`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    reference: String,
    subject: String,
    #[serde(default)]
    known: Vec<KnownValue>,
    recipient: Vec<String>,
    #[serde(default)]
    lang: notice::Lang,
    #[serde(default)]
    without_ai: bool,
}

/// Reads a declaration; gives the reference with it.
pub fn read(bytes: &[u8]) -> Result<(String, Declared), Problem> {
    let body: Body = serde_json::from_slice(bytes).map_err(|error| {
        let detail = format!("{error}. Send one JSON object with `reference`, `subject`, `known` and `recipient`.");
        Problem::new(StatusCode::BAD_REQUEST, "json", "The body is not the JSON of a case", detail)
    })?;
    let errors = mistakes(&body);
    if !errors.is_empty() {
        return Err(Problem::fields(errors));
    }
    let Body { reference, subject, known, recipient, lang, without_ai } = body;
    let recipient = recipient.iter().map(|line| line.trim().to_owned()).collect();
    let declared = Declared { subject: subject.trim().to_owned(), known, recipient, lang, without_ai };
    Ok((reference.trim().to_owned(), declared))
}

fn mistakes(body: &Body) -> Vec<Mistake> {
    let mut errors = Vec::new();
    let mut check = |pointer: String, text: &str, longest: usize| {
        let length = text.chars().count();
        if text.trim().is_empty() {
            errors.push(Mistake::at(pointer, "It is empty: give it."));
        } else if length > longest {
            errors.push(Mistake::at(pointer, format!("It has {length} characters, and may have {longest}: shorten it.")));
        }
    };
    check("/reference".to_owned(), &body.reference, REFERENCE);
    check("/subject".to_owned(), &body.subject, SUBJECT);
    for (place, known) in body.known.iter().enumerate() {
        check(format!("/known/{place}/value"), &known.value, LINE);
    }
    for (place, line) in body.recipient.iter().enumerate() {
        check(format!("/recipient/{place}"), line, LINE);
    }
    for (place, _) in body.known.iter().enumerate().filter(|(_, known)| !LABELS.contains(&known.label.as_str())) {
        errors.push(Mistake::at(format!("/known/{place}/label"), format!("Choose one of: {}.", LABELS.join(", "))));
    }
    if body.known.len() > KNOWN {
        errors.push(Mistake::at("/known", format!("Give {KNOWN} values at most.")));
    }
    if body.recipient.is_empty() || body.recipient.len() > LINES {
        errors.push(Mistake::at("/recipient", format!("Give the name and address of the letter, from one to {LINES} lines.")));
    }
    // Browsers resolve these two in an address, so that no page could be reached.
    if body.reference.chars().any(char::is_control) || [".", ".."].contains(&body.reference.trim()) {
        errors.push(Mistake::at("/reference", "Use letters, digits and signs that can be printed."));
    }
    if errors.is_empty() {
        errors.extend(unprintable("/recipient", &body.recipient.join(" ")));
        errors.extend(unprintable("/reference", &body.reference));
    }
    errors
}

/// A letter that could not be printed would leave a decision without its notice: better known now.
fn unprintable(pointer: &str, text: &str) -> Option<Mistake> {
    match paper::printable(text) {
        Err(LetterError::NoGlyph { sign, .. }) => {
            let detail = format!(
                "The letter cannot print `{sign}` (U+{:04X}): write it in Latin, Greek or Cyrillic letters.",
                u32::from(sign)
            );
            Some(Mistake::at(pointer, detail))
        }
        _ => None,
    }
}
