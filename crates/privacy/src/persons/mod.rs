//! Names of persons, by what the text itself shows and by what the lists say of its words.
//!
//! Each candidate, a run of words that can be a name, gathers points: for each of its words ([`word`]), for what stands
//! around it ([`context`]), for what another reader saw ([`evidence`]). From [`ENOUGH`] on it is a person. What was found
//! once is then looked for everywhere ([`spread`]), and all spellings of one person get one entity ([`link`]).

mod context;
mod cue;
mod email;
mod evidence;
mod link;
mod run;
mod spread;
mod token;
mod word;

use std::ops::Range;

use crate::language::Language;
use crate::span::Span;
use crate::tokens;
use token::Tokens;

/// Points from which a candidate is a person: a frequent first name written with a capital inside a sentence.
const ENOUGH: i32 = 6;

/// A run of words taken for a person.
#[derive(Debug, Clone)]
struct Found {
    words: Range<usize>,
    points: i32,
}

/// Finds the names of persons in a text, with what the layers before this one have found in it.
pub(crate) fn find(pieces: &tokens::Tokens<'_>, language: &Language, found: &mut Vec<Span>) {
    let text = pieces.text;
    let tokens = Tokens::of(pieces, &language.words);
    if tokens.is_empty() {
        return;
    }
    let evidence = evidence::gather(text, language, found);
    let page = word::Page::new(text, &tokens, &language.words, &evidence);
    let mut persons = run::find(&page);
    spread::spread(&page, &mut persons);
    link::spans(&page, persons, found);
}
