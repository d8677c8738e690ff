//! Every value that was found, wherever else it stands: a number that was announced once need not be announced again.

use std::collections::HashMap;

use crate::Label;
use crate::dates::Date;
use crate::fold::fold;
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
    pieces: std::ops::RangeInclusive<usize>,
}

/// Other places of what `spans` hide. Known values are searched by their own layer, and names by the layer of names;
/// a town of birth is also the town of others.
pub(crate) fn find(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut values: HashMap<String, Value> = HashMap::new();
    for span in spans.iter().filter(|span| is_searched(span)) {
        for spelling in spellings(span, &text[span.range.clone()]) {
            if (SHORTEST..=LONGEST).contains(&spelling.folded.len()) {
                values.entry(spelling.folded).or_insert(Value { span, pieces: spelling.pieces });
            }
        }
    }
    if values.is_empty() {
        return Vec::new();
    }
    let begins: std::collections::HashSet<[u8; 2]> =
        values.keys().filter_map(|value| value.as_bytes().first_chunk().copied()).collect();
    let tokens = Tokens::of(text);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match longest(&tokens, at, &values, &begins) {
            Some((last, value)) => {
                let Span { label, entity, score, .. } = value.span;
                out.push(Span {
                    range: tokens.range(at, last),
                    label: *label,
                    source: Source::Repeated,
                    score: *score,
                    entity: entity.clone(),
                });
                at = last + 1;
            }
            None => at += 1,
        }
    }
    out
}

fn is_searched(span: &Span) -> bool {
    let elsewhere = matches!(span.source, Source::Known | Source::Lookalike | Source::Names | Source::Model);
    !elsewhere && !matches!(span.label, Label::Person | Label::BirthPlace | Label::Email | Label::Siren | Label::Siret)
}

fn spellings(span: &Span, value: &str) -> Vec<spelling::Spelling> {
    // A date with two digits of year has only its own spelling.
    match span.label {
        Label::BirthDate if Date::parse(value).is_none() => vec![spelling::Spelling::whole(crate::fold::folded(value))],
        label => spelling::of(label, if label == Label::Nir { &span.entity } else { value }),
    }
}

/// The longest value that begins at `at`: its last token.
fn longest<'v, 's>(
    tokens: &Tokens,
    at: usize,
    values: &'v HashMap<String, Value<'s>>,
    begins: &std::collections::HashSet<[u8; 2]>,
) -> Option<(usize, &'v Value<'s>)> {
    if !matches!(tokens.kind(at), Some(Kind::Number | Kind::Word(_))) {
        return None;
    }
    let (mut read, mut found, mut pieces, mut next) = (String::new(), None, 1, at);
    let mut gap = 0;
    while let Some(token) = tokens.get(next) {
        gap += tokens.gap(next) * usize::from(next > at);
        match token.kind {
            Kind::Number | Kind::Word(_) => {
                pieces += usize::from(gap > 0);
                gap = 0;
                let fits = tokens.text(next).chars().all(|c| {
                    fold(c, |byte| {
                        read.push(char::from(byte));
                        read.len() <= LONGEST
                    })
                });
                let begun = read.len() < 2 || read.as_bytes().first_chunk().is_some_and(|two| begins.contains(two));
                if !fits || !begun {
                    break;
                }
                if let Some(value) = values.get(read.as_str()).filter(|value| value.pieces.contains(&pieces)) {
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
