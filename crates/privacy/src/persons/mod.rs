//! Names of persons, by what the text itself shows and by what the lists say of its words.
//!
//! Each candidate, a run of words that can be a name, gathers points: for each of its words ([`word`]), for what stands
//! around it ([`context`]), for what another reader saw ([`Evidence`]). From [`ENOUGH`] on it is a person. What was found
//! once is then looked for everywhere ([`spread`]), and all spellings of one person get one entity ([`link`]).

mod context;
mod cue;
mod email;
mod link;
mod run;
mod spread;
mod token;
mod word;

use std::ops::Range;

use crate::language::Language;
use crate::span::Span;
use token::Tokens;

/// Points from which a candidate is a person: a frequent first name written with a capital inside a sentence.
const ENOUGH: i32 = 8;

/// What another reader, such as a neural network, says of a piece of the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evidence {
    pub range: Range<usize>,
    pub kind: Kind,
    /// Between 0 and 1.
    pub score: f32,
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    /// A place, a firm, anything else that has a name.
    Other,
}

/// A run of words taken for a person.
#[derive(Debug, Clone)]
struct Found {
    words: Range<usize>,
    points: i32,
}

/// Finds the names of persons in `text`.
pub(crate) fn find(text: &str, language: &Language, out: &mut Vec<Span>) {
    find_with(text, language, &[], out);
}

/// The same, with what other readers saw: by offsets in `text`, in order.
pub(crate) fn find_with(text: &str, language: &Language, evidence: &[Evidence], out: &mut Vec<Span>) {
    let tokens = Tokens::of(text, language);
    if tokens.is_empty() {
        return;
    }
    let page = word::Page::new(text, &tokens, language, evidence);
    let mut found = run::find(&page);
    spread::spread(&page, &mut found);
    link::spans(&page, found, out);
}
