//! Identifiers whose mix of letters and digits hardly anything else has: passports, plates, numbers of students.

use super::{DOUBT, SHAPE, TYPO, numbers, reading, span};
use crate::Label;
use crate::reading::{Gap, Number, Reading};
use crate::span::Span;
use crate::tokens::Tokens;

/// Tries those that may begin at `at`.
pub(crate) fn find_at(tokens: &Tokens, at: usize, out: &mut Vec<Span>) {
    if tokens.is_glued(at) && (tokens.is_word(at - 1) || tokens.is_number(at - 1)) {
        return;
    }
    // Two letters, or two to ten digits: a cheap look before the number is read.
    let length = tokens.text(at).len();
    let found = match tokens.is_number(at) {
        true => ((2..=10).contains(&length) && (tokens.is_word(at + 1) || tokens.is_sign(at + 1, '-'))).then(|| {
            let reading = reading(tokens, at);
            passport(tokens, at, &reading).or_else(|| student(tokens, at, &reading)).or_else(|| old_plate(&reading))
        }),
        false => (length == 2 && (tokens.is_number(at + 1) || tokens.is_number(at + 2))).then(|| plate(tokens, at)),
    };
    if let Some((label, number, score)) = found.flatten() {
        out.push(span(label, number.range, score, &number.text));
    }
}

type Found = Option<(Label, Number, f32)>;

/// Two digits, two letters, five digits: a passport, or a driving licence since 2013.
fn passport(tokens: &Tokens, at: usize, reading: &Reading) -> Found {
    let number = reading.form(0, "99AA99999").filter(|number| number.repaired == 0 && reading.is_compact(9))?;
    let score = if numbers::is_against(tokens, at) { DOUBT } else { SHAPE };
    Some((Label::Passport, number, score))
}

fn student(tokens: &Tokens, at: usize, reading: &Reading) -> Found {
    let forms = ["9999999999A", "999999999AA", "9999A99999A"];
    let number = forms.iter().find_map(|form| reading.form(0, form)).filter(|_| reading.is_compact(11))?;
    let score = if numbers::is_against(tokens, at) { DOUBT } else { TYPO };
    Some((Label::StudentNumber, number, score))
}

/// Since 2009: two letters, three digits, two letters, without I, O and U.
fn plate(tokens: &Tokens, at: usize) -> Found {
    let reading = reading(tokens, at);
    let number = reading.form(0, "AA999AA").filter(|_| same_gaps(&reading, 2, 5))?;
    let letters = number.text.bytes().filter(u8::is_ascii_alphabetic);
    let possible = letters.clone().all(|letter| !b"IOU".contains(&letter)) && !number.text.starts_with("SS");
    let score = if numbers::is_against(tokens, at) || reading.gap(2) == Gap::Break { DOUBT } else { SHAPE };
    possible.then_some((Label::Plate, number, score))
}

/// Before 2009: two to four digits, one to three letters, the département.
fn old_plate(reading: &Reading) -> Found {
    let forms = ["9999AA99", "999AAA99", "999AA99", "9999A99", "99AAA99", "99AA99"];
    let number = forms.iter().find_map(|form| {
        let digits = form.bytes().take_while(|byte| *byte == b'9').count();
        reading.form(0, form).filter(|number| number.repaired == 0 && same_gaps(reading, digits, form.len() - 2))
    })?;
    let score = if reading.is_compact(number.length) { 0.2 } else { DOUBT };
    Some((Label::Plate, number, score))
}

/// The same separator at both places, and no other.
pub(crate) fn same_gaps(reading: &Reading, first: usize, second: usize) -> bool {
    reading.gap(first) == reading.gap(second)
        && (1..second + 2).filter(|place| reading.gap(*place) != Gap::None).all(|place| place == first || place == second)
}
