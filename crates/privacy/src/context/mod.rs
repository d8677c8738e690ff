//! The layer of context: numbers without a key, dates and places of birth, and addresses, by the words beside them.

mod address;
mod birth;
mod cue;
mod date;
pub(crate) mod number;
mod place;
mod table;
mod town;

use std::ops::Range;

use crate::span::{Source, Span};
use crate::tokens::Tokens;
use crate::{Label, entity};

/// The word beside it says what it is.
pub(crate) const SAID: f32 = 0.9;
/// The word beside it is mistyped, or stands after it.
pub(crate) const LIKELY: f32 = 0.7;
/// Its form and its place agree, and no word says so.
pub(crate) const PLACED: f32 = 0.6;
/// It may be one.
pub(crate) const DOUBT: f32 = 0.35;

/// Finds what the words around give away, numbers apart. Linear: each token is looked at with a bounded number of its neighbours.
pub(crate) fn find(tokens: &Tokens, out: &mut Vec<Span>) {
    birth::find(tokens, out);
    address::find(tokens, out);
    table::find(tokens, out);
}

/// A span of this layer.
fn span(tokens: &Tokens, label: Label, range: Range<usize>, score: f32) -> Span {
    let entity = entity::key(label, &tokens.text[range.clone()]);
    Span { range, label, source: Source::Context, score, entity }
}
