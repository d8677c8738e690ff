//! Numbers that have a form and no key: what they are is said beside them.

use super::{LIKELY, SAID, cue, span};
use crate::Label;
use crate::identifiers::{numbers, phone};
use crate::lexicon::Meaning;
use crate::reading::{Gap, Number, Reading};
use crate::span::Span;
use crate::tokens::Tokens;

/// The forms of each kind, the longest first: 9 is a digit, A a letter, X either.
const FORMS: &[(Label, &[&str])] = &[
    (Label::TaxNumber, &["9999999999999"]),
    (Label::CafNumber, &["9999999A", "99999999", "9999999", "999999A", "999999"]),
    (Label::JobSeekerNumber, &["99999999999", "99999999A", "9999999A", "99999999", "9999999"]),
    (Label::StudentNumber, &["9999999999A", "999999999AA", "9999A99999A", "99999999999"]),
    (Label::ForeignerNumber, &["9999999999", "999999999"]),
    (Label::IdentityCard, &["9999999999999", "999999999999", "XXXXXXXXXXXX", "XXXXXXXXX"]),
    (Label::Passport, &["99AA99999", "XXXXXXXXX", "XXXXXXXX"]),
    (Label::DrivingLicence, &["999999999999", "99AA99999", "99999999999", "XXXXXXXXXXXX"]),
    (
        Label::Plate,
        &["AA999AA", "9999AAA99", "9999AA99", "999AAA99", "999AA99", "9999A99", "99AAA99", "99AA99", "AA999A", "WW999AA", "AAA999"],
    ),
    (Label::Rpps, &["99999999999"]),
    (Label::Adeli, &["999999999", "9A9999999"]),
    (Label::PaymentCard, &["9999999999999999", "999999999999999", "9999999999999"]),
    (Label::Iban, &["99999999999XXXXXXXXXXX99", "9999999999XXXXXXXXXXX99"]),
];

/// The search for numbers in one text, from left to right: they do not overlap.
#[derive(Default)]
pub(crate) struct Search {
    from: usize,
}

impl Search {
    /// A number, or letters that one may begin with, after what was found already.
    pub(crate) fn may_begin(&self, tokens: &Tokens, at: usize) -> bool {
        at >= self.from && may_begin(tokens, at)
    }

    /// Tries the number that `reading` reads from `at` on.
    pub(crate) fn find_at(&mut self, tokens: &Tokens, at: usize, reading: &Reading, out: &mut Vec<Span>) {
        if let Some((label, number, score)) = announced(tokens, at, reading) {
            self.from = number.next.max(at + 1);
            out.push(span(tokens, label, number.range, score));
        }
    }
}

fn may_begin(tokens: &Tokens, at: usize) -> bool {
    let apart = !tokens.is_glued(at) || !(tokens.is_word(at - 1) || tokens.is_number(at - 1));
    if tokens.is_number(at) {
        return apart || tokens.is_word(at - 1);
    }
    if tokens.is_sign(at, '+') {
        return tokens.is_number(at + 1);
    }
    apart
        && tokens.is_word(at)
        && tokens.text(at).len() <= 8
        && (tokens.is_number(at + 1) && tokens.gap(at + 1) <= 1 || tokens.is_number(at + 2))
}

/// What the nearest words say that the number at `at` is, when it has the form of it.
fn announced(tokens: &Tokens, at: usize, reading: &Reading) -> Option<(Label, Number, f32)> {
    if reading.len() < 6 || !reading.is_compact(3) && reading.count_digits() < 3 {
        return None;
    }
    let mut against = None;
    for (place, meaning) in cue::before(tokens, at) {
        if let Some(found) = fitting(tokens, at, reading, meaning) {
            return Some((found.0, found.1, SAID));
        }
        if meaning.has(Meaning::AGAINST) && !meaning.is_trigger() && !is_permit_to_drive(tokens, place) {
            against = Some(place);
            break;
        }
    }
    let nearer = cue::before(tokens, at).take(5).take_while(|(place, _)| against.is_none_or(|against| *place > against));
    let mistyped = nearer.into_iter().find_map(|(place, _)| fitting(tokens, at, reading, cue::near(tokens, place)));
    if let Some(found) = mistyped {
        return Some((found.0, found.1, LIKELY));
    }
    // The number is read before what stands after it, and only where something may.
    if against.is_some() || !(at + 1..=reading.next()).any(|next| cue::opens(tokens, next)) {
        return None;
    }
    let end = forms_of(reading)?;
    let after = cue::after(tokens, end.next).find_map(|meaning| fitting(tokens, at, reading, meaning));
    after.map(|found| (found.0, found.1, LIKELY))
}

fn is_permit_to_drive(tokens: &Tokens, place: usize) -> bool {
    tokens.meaning(place).triggers(Label::DrivingLicence)
}

/// The longest number that the reading begins with, of any kind.
fn forms_of(reading: &Reading) -> Option<Number> {
    let forms = FORMS.iter().flat_map(|(_, forms)| forms.iter());
    forms.filter_map(|form| typed(reading, form)).max_by_key(|number| number.length)
}

fn fitting(tokens: &Tokens, at: usize, reading: &Reading, meaning: Meaning) -> Option<(Label, Number)> {
    if !meaning.is_trigger() {
        return None;
    }
    if meaning.triggers(Label::Nir)
        && let Some(number) = nir(reading)
    {
        return Some((Label::Nir, number));
    }
    if meaning.triggers(Label::Phone)
        && let Some(number) = phone::announced(reading)
    {
        return Some((Label::Phone, number));
    }
    if meaning.triggers(Label::Reference)
        && let Some(number) = reference(tokens, at)
    {
        return Some((Label::Reference, number));
    }
    let kinds = FORMS.iter().filter(|(label, _)| meaning.triggers(*label));
    kinds.into_iter().find_map(|(label, forms)| Some((*label, forms.iter().find_map(|form| typed(reading, form))?)))
}

/// A number of this form, as hands and scanners write it: no end of line inside, no letter of the next word.
fn typed(reading: &Reading, form: &str) -> Option<Number> {
    let length = form.len();
    let compact = reading.is_compact(length);
    // In groups, it ends where digits end: the beginning of a longer number is not one.
    let goes_on = !compact && reading.byte(length).is_ascii_digit() && reading.gap(length) != Gap::Break;
    if goes_on || (1..length).any(|place| reading.gap(place) == Gap::Break) {
        return None;
    }
    let number = reading.form(0, form)?;
    let digits = number.text.bytes().filter(u8::is_ascii_digit).count();
    let mixed = !form.contains('X') || (digits >= 1 && compact) || length > 20;
    let last = reading.gap(length - 1) != Gap::None && form.ends_with('A') && length == 8;
    // "1234567 à": a word of one letter is no part of the number.
    let word = last && matches!(number.text.as_bytes().last(), Some(b'A' | b'Y' | b'L' | b'D'));
    (mixed && !word).then_some(number)
}

/// With or without its key; a digit may be missing or one too many.
fn nir(reading: &Reading) -> Option<Number> {
    if !matches!(reading.byte(0), b'1'..=b'8' | b'I' | b'L') {
        return None;
    }
    let exact = numbers::nir_with_key(reading).or_else(|| numbers::nir_forms(reading, 13));
    exact.or_else(|| reading.all_digits().filter(|number| (12..=16).contains(&number.length)))
}

/// From how many tokens back a date may reach: "12/04/" before "1961".
const DATE_TOKENS: usize = 5;

/// A word of digits, letters and signs with four digits at least, as administrations number their cases.
fn reference(tokens: &Tokens, at: usize) -> Option<Number> {
    let mut last = at;
    while tokens.get(last + 1).is_some()
        && tokens.is_glued(last + 1)
        && (tokens.is_word(last + 1) || tokens.is_number(last + 1) || ["/", "-", "_", "."].contains(&tokens.text(last + 1)))
        && last < at + 12
    {
        last += 1;
    }
    while last > at && !(tokens.is_word(last) || tokens.is_number(last)) {
        last -= 1;
    }
    let range = tokens.range(at, last);
    let text = &tokens.text[range.clone()];
    let is_date = (0..DATE_TOKENS.min(at + 1)).any(|back| super::date::at(tokens, at - back).is_some_and(|date| at < date.next));
    (text.bytes().filter(u8::is_ascii_digit).count() >= 4 && text.len() >= 6 && !is_date).then(|| Number {
        text: text.to_owned(),
        range,
        next: last + 1,
        length: 0,
        repaired: 0,
    })
}
