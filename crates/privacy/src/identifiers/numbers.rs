//! Identifiers made of digits that carry a key: NIR, payment cards, tax numbers, SIRET, SIREN; and telephones.

use super::{CHECKED, DOUBT, SHAPE, TYPO, begins_number, checksum, phone, span};
use crate::Label;
use crate::lexicon::Meaning;
use crate::reading::{Gap, Number, Reading};
use crate::span::Span;
use crate::tokens::Tokens;

/// The search for numbers in one text, from left to right: numbers of one kind do not overlap.
#[derive(Default)]
pub(crate) struct Search {
    from: [usize; KINDS.len()],
}

type Judge = fn(&Tokens, usize, &Reading) -> Option<(Number, f32)>;

const KINDS: [(Label, Judge); 6] = [
    (Label::Nir, nir),
    (Label::Phone, phone::judge),
    (Label::PaymentCard, card),
    (Label::TaxNumber, tax),
    (Label::Siret, siret),
    (Label::Siren, siren),
];

/// No number of this kind has fewer characters.
const SHORTEST: usize = 9;

impl Search {
    /// A number, a plus, or letters that may be its first digits, after what was found already.
    pub(crate) fn may_begin(&self, tokens: &Tokens, at: usize) -> bool {
        self.from.iter().any(|from| at >= *from) && (tokens.is_number(at) || tokens.is_sign(at, '+') || begins_number(tokens, at))
    }

    /// Tries the number that `reading` reads from `at` on.
    pub(crate) fn find_at(&mut self, tokens: &Tokens, at: usize, reading: &Reading, out: &mut Vec<Span>) {
        if reading.len() < SHORTEST {
            return;
        }
        for ((label, judge), from) in KINDS.iter().zip(&mut self.from).filter(|(_, from)| at >= **from) {
            if let Some((number, score)) = judge(tokens, at, reading) {
                *from = number.next;
                out.push(span(*label, number.range, score, &number.text));
            }
        }
    }
}

/// A right key is sure. With a wrong one it is a typing error when it is grouped as a NIR is and its month exists
/// (20 and more when it is unknown); in one block it may be the number of anything.
fn nir(tokens: &Tokens, at: usize, reading: &Reading) -> Option<(Number, f32)> {
    if !matches!(reading.byte(0), b'1'..=b'4' | b'7' | b'8' | b'I' | b'L') {
        return None;
    }
    let number = nir_with_key(reading)?;
    let (digits, key) = number.text.split_at(13);
    if checksum::nir_key(digits).is_some_and(|expected| key == format!("{expected:02}")) {
        return Some((number, CHECKED));
    }
    if !has_month(digits) {
        return None;
    }
    let grouped = reading.is_grouped(&[1, 2, 2]);
    match grouped {
        true => Some((number, TYPO)),
        false if is_against(tokens, at) => None,
        false => Some((number, DOUBT)),
    }
}

/// Thirteen characters and two, "clé" perhaps between them.
pub(crate) fn nir_with_key(reading: &Reading) -> Option<Number> {
    let spelt = [13, 14].into_iter().find(|at| [reading.byte(*at), reading.byte(at + 1), reading.byte(at + 2)] == *b"CLE");
    let Some(at) = spelt.filter(|at| *at == 13) else {
        return nir_forms(reading, 15);
    };
    let mut number = nir_forms(reading, 13)?;
    let key = reading.digits(at + 3, 2)?;
    number.text.push_str(&key.text);
    reading.extend(&mut number, key.length);
    Some(number)
}

/// The number of that length, in Corsica too.
pub(crate) fn nir_forms(reading: &Reading, length: usize) -> Option<Number> {
    const FORMS: [&str; 3] = ["999999999999999", "999992A99999999", "999992B99999999"];
    // A 2B is a number of Corsica, and not a misread 28.
    let corsica = match reading.byte(6) {
        b'A' => 1,
        b'B' if reading.byte(5) == b'2' => 2,
        _ => 0,
    };
    let form = FORMS[corsica].get(..length)?;
    if corsica == 0 { reading.digits(0, length) } else { exact(reading, form) }
}

/// The letter of the form is itself: A stands for any letter elsewhere.
fn exact(reading: &Reading, form: &str) -> Option<Number> {
    reading.form(0, form).filter(|number| number.text.as_bytes().get(6) == form.as_bytes().get(6))
}

pub(crate) fn has_month(nir: &str) -> bool {
    nir.get(3..5).and_then(|month| month.parse::<u32>().ok()).is_some_and(|month| (1..=12).contains(&month) || month >= 20)
}

/// Sixteen digits with Luhn's key, as cards begin and in fours or in one block; fifteen for American Express.
fn card(tokens: &Tokens, at: usize, reading: &Reading) -> Option<(Number, f32)> {
    let (length, groups): (usize, &[usize]) = match reading.byte(0) {
        b'2'..=b'6' if reading.byte(0) != b'3' => (16, &[4, 4, 4, 4]),
        b'3' => (15, &[4, 6, 5]),
        _ => return None,
    };
    let grouped = reading.is_grouped(groups);
    if !grouped && !reading.is_compact(length) {
        return None;
    }
    let number = reading.digits(0, length)?;
    match (checksum::luhn_of(&number.text), grouped) {
        (true, true) => Some((number, CHECKED)),
        (true, false) if !is_against(tokens, at) => Some((number, SHAPE)),
        (false, true) if !is_against(tokens, at) => Some((number, TYPO)),
        _ => None,
    }
}

/// Thirteen digits whose last three are the rest of the first ten by 511, as the tax office writes them.
fn tax(tokens: &Tokens, at: usize, reading: &Reading) -> Option<(Number, f32)> {
    if !matches!(reading.byte(0), b'0'..=b'3' | b'O') {
        return None;
    }
    let grouped = reading.is_grouped(&[2, 2, 3, 3, 3]);
    if !grouped && !reading.is_compact(13) {
        return None;
    }
    let number = reading.digits(0, 13)?;
    match (checksum::tax_number(&number.text), grouped) {
        (true, true) => Some((number, CHECKED)),
        (true, false) if !is_against(tokens, at) => Some((number, SHAPE)),
        (false, true) if !is_against(tokens, at) => Some((number, TYPO)),
        _ => None,
    }
}

fn siret(_: &Tokens, _: usize, reading: &Reading) -> Option<(Number, f32)> {
    organisation(reading, 14)
}

fn siren(_: &Tokens, _: usize, reading: &Reading) -> Option<(Number, f32)> {
    if reading.gap(9) == Gap::None && reading.len() > 9 && reading.byte(9).is_ascii_digit() {
        return None;
    }
    organisation(reading, 9)
}

fn organisation(reading: &Reading, length: usize) -> Option<(Number, f32)> {
    let number = reading.digits(0, length).filter(|number| checksum::siren_or_siret(&number.text))?;
    let grouped = [3, 6, 9].iter().filter(|place| **place < length && reading.gap(**place) != Gap::None).count();
    let gaps = reading.groups(length).len() - 1;
    (gaps == grouped || gaps == 0).then_some((number, CHECKED))
}

/// True when the words just before say that it is the number of something else.
pub(crate) fn is_against(tokens: &Tokens, at: usize) -> bool {
    let mut words = 0;
    for before in (0..at).rev().take(8) {
        if tokens.is_break(before) || words > 3 {
            break;
        }
        let meaning = tokens.meaning(before);
        if meaning.has(Meaning::AGAINST) || (meaning.triggers(Label::Reference) && !meaning.has(Meaning::NUMBER)) {
            return true;
        }
        words += usize::from(tokens.is_word(before));
    }
    false
}
