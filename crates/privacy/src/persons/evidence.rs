//! What other readers say of the words of a text: the layers before this one, and the recogniser of names.

use std::ops::Range;

use crate::Label;
use crate::language::Language;
use crate::ner::NerKind;
use crate::span::Span;

/// What another reader says of a piece of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evidence {
    pub range: Range<usize>,
    pub kind: Kind,
    /// Between 0 and 1.
    pub score: f32,
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The recogniser: a person.
    Person,
    /// The recogniser: a place, a firm, anything else that has a name.
    Other,
    /// A person that the case knows.
    Known,
    /// An address, an identifier.
    Taken,
}

/// All of it, in order.
pub(super) fn gather(text: &str, language: &Language, found: &[Span]) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = found.iter().map(of_span).collect();
    let recognised = language.recognised(text);
    all.extend(recognised.iter().flat_map(|entities| entities.iter()).map(|entity| Evidence {
        range: entity.range.clone(),
        kind: if entity.kind == NerKind::Person { Kind::Person } else { Kind::Other },
        score: entity.score,
    }));
    all.sort_by_key(|evidence| evidence.range.start);
    all
}

fn of_span(span: &Span) -> Evidence {
    let kind = if span.label == Label::Person { Kind::Known } else { Kind::Taken };
    Evidence { range: span.range.clone(), kind, score: span.score }
}
