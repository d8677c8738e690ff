//! Every value that was found, wherever else it stands: a number that was announced once need not be announced again.

use std::ops::{Range, RangeInclusive};

use foldhash::HashMap;

use crate::Label;
use crate::dates::Date;
use crate::identifiers::checksum;
use crate::known::spelling;
use crate::span::{Source, Span};
use crate::tokens::{Kind, Tokens};

/// Fewest folded bytes of a value that is looked for elsewhere.
const SHORTEST: usize = 6;
/// Longest value that is looked for elsewhere, in folded bytes.
const LONGEST: usize = 64;
/// Separators between two characters of one value.
const MAX_GAP: usize = 3;

/// What a spelling stands for.
struct Value<'s> {
    span: &'s Span,
    pieces: RangeInclusive<usize>,
}

/// Other places of what `spans` hide. Known values are searched by their own layer, and names by the layer of names;
/// a town of birth is also the town of others.
pub(crate) fn find(tokens: &Tokens, spans: &[Span]) -> Vec<Span> {
    let mut values: HashMap<Vec<u8>, Value> = HashMap::with_capacity_and_hasher(4 * spans.len(), <_>::default());
    for span in spans.iter().filter(|span| is_searched(span)) {
        for spelling in spellings(span, &tokens.text[span.range.clone()]) {
            if (SHORTEST..=LONGEST).contains(&spelling.folded.len()) {
                values.entry(spelling.folded.into_bytes()).or_insert(Value { span, pieces: spelling.pieces });
            }
        }
    }
    if values.is_empty() {
        return Vec::new();
    }
    let mut begins: Vec<[u8; 2]> = values.keys().filter_map(|value| value.first_chunk().copied()).collect();
    begins.sort_unstable();
    begins.dedup();
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match longest(tokens, at, &values, &begins) {
            Some((last, value)) => {
                let range = tokens.range(at, last);
                let Span { label, score, .. } = *value.span;
                if !is_hidden(spans, &range, score) {
                    out.push(Span { range, label, source: Source::Repeated, score, entity: value.span.entity.clone() });
                }
                at = last + 1;
            }
            None => at += 1,
        }
    }
    out
}

/// One of `spans`, which are in order and apart, hides the whole range, and is as sure.
fn is_hidden(spans: &[Span], range: &Range<usize>, score: f32) -> bool {
    let next = spans.partition_point(|span| span.range.end < range.end);
    spans.get(next).is_some_and(|span| !span.label.is_kept() && span.range.start <= range.start && span.score >= score)
}

fn is_searched(span: &Span) -> bool {
    let elsewhere = matches!(span.source, Source::Known | Source::Lookalike | Source::Names | Source::Model);
    !elsewhere && !matches!(span.label, Label::Person | Label::BirthPlace | Label::Email | Label::Siren | Label::Siret)
}

/// A NIR is looked for without its key, which may be wrong: see [`with_key`].
fn spellings(span: &Span, value: &str) -> Vec<spelling::Spelling> {
    match span.label {
        Label::Nir => vec![spelling::Spelling::whole(span.entity.clone())],
        // A date with two digits of year has only its own spelling.
        Label::BirthDate if Date::parse(value).is_none() => vec![spelling::Spelling::whole(crate::fold::folded(value))],
        label => spelling::of(label, value),
    }
}

/// The longest value that begins at `at`: its last token.
fn longest<'v, 's>(
    tokens: &Tokens,
    at: usize,
    values: &'v HashMap<Vec<u8>, Value<'s>>,
    begins: &[[u8; 2]],
) -> Option<(usize, &'v Value<'s>)> {
    if !matches!(tokens.kind(at), Some(Kind::Number | Kind::Word(_))) {
        return None;
    }
    let (mut found, mut pieces, mut gap, mut next) = (None, 1, 0, at);
    while let Some(token) = tokens.get(next) {
        gap += tokens.gap(next) * usize::from(next > at);
        match token.kind {
            Kind::Number | Kind::Word(_) => {
                pieces += usize::from(gap > 0);
                gap = 0;
                let read = tokens.folded_run(at, next);
                let begun = read.first_chunk().is_none_or(|two| begins.binary_search(two).is_ok());
                if read.len() > LONGEST || !begun {
                    break;
                }
                let value = values.get(read).or_else(|| with_key(values, read));
                if let Some(value) = value.filter(|value| value.pieces.contains(&pieces)) {
                    found = Some((next, value));
                }
            }
            _ => gap += token.end - token.start,
        }
        if gap > MAX_GAP {
            break;
        }
        next += 1;
    }
    found
}

/// The NIR of `values` that `read` is with any key.
fn with_key<'v, 's>(values: &'v HashMap<Vec<u8>, Value<'s>>, read: &[u8]) -> Option<&'v Value<'s>> {
    let (number, key) = read.split_last_chunk::<2>().filter(|(number, _)| number.len() == 13)?;
    let keyed = str::from_utf8(number).is_ok_and(|number| checksum::nir_key(number).is_some());
    let value = values.get(number).filter(|value| value.span.label == Label::Nir)?;
    (key.iter().all(u8::is_ascii_digit) && keyed).then_some(value)
}
