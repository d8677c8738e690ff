//! The grammar of placeholders: `[WORD_index]`, or `[WORD_index.form]` for another spelling of the same value.
//!
//! Models do not give them back as they got them. Read too: any case, accents, and another separator inside the
//! brackets (`[Personne 1]`, `[TÉLÉPHONE-1]`, `[PERSONNE\_1]`); without brackets, or with other ones, capitals and an
//! underscore only (`PERSONNE_1`): `adresse_1` is the name of a field. Not read: a word that lost its index, because
//! `[DATE]` and `[ADRESSE]` are the blanks of a letter.

use std::fmt;
use std::ops::Range;

use crate::Label;
use crate::fold::{fold, is_combining};

/// Most digits of an index or a form; what has more is no placeholder. It is never cut between two digits, where no
/// other layer cuts.
const MAX_DIGITS: usize = 9;

/// What a placeholder says: the `form`-th spelling of the `index`-th value of a label, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    pub label: Label,
    pub index: usize,
    pub form: usize,
}

/// As it is sent to a model.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { label, index, form } = self;
        match form {
            1 => write!(f, "[{}_{index}]", label.word()),
            _ => write!(f, "[{}_{index}.{form}]", label.word()),
        }
    }
}

/// What the search found next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Whole(Range<usize>, Name),
    /// The text ends here in what may become a placeholder.
    Begun(usize),
}

/// Searches a text, which may be a piece of a longer one.
pub(crate) struct Search<'t, L> {
    pub text: &'t str,
    /// Where to go on.
    pub at: usize,
    /// The character before the text.
    pub before: Option<char>,
    /// No more text will come.
    pub ended: bool,
    /// Labels whose placeholders are looked for.
    pub labels: L,
}

impl<L: Fn(Label) -> bool> Search<'_, L> {
    pub(crate) fn next(&mut self) -> Option<Found> {
        while let Some(start) = self.text[self.at..].find(may_begin).map(|found| self.at + found) {
            self.at = start + 1;
            match self.read(start) {
                Ok((end, name)) => {
                    self.at = end;
                    return Some(Found::Whole(start..end, name));
                }
                Err(Stop::End) if !self.ended => return Some(Found::Begun(start)),
                Err(_) => {}
            }
        }
        None
    }

    fn read(&self, start: usize) -> Result<(usize, Name), Stop> {
        let before = self.text[..start].chars().next_back().or(self.before);
        let bare = !self.text[start..].starts_with('[');
        // Not the end of `UPDATE_1`.
        if bare && before.is_some_and(|c| c.is_alphabetic() || is_combining(c) || c == '_') {
            return Err(Stop::Mismatch);
        }
        let mut stop = Stop::Mismatch;
        for label in Label::HIDDEN.into_iter().filter(|label| (self.labels)(*label)) {
            let mut reader = Reader { rest: &self.text[start..], bare, ended: self.ended };
            match reader.name(label) {
                Ok(name) => return Ok((self.text.len() - reader.rest.len(), name)),
                Err(Stop::End) => stop = Stop::End,
                Err(Stop::Mismatch) => {}
            }
        }
        Err(stop)
    }
}

/// Each piece of a whole text that reads as a placeholder, live or not.
pub(crate) fn find(text: &str) -> impl Iterator<Item = (Range<usize>, Name)> {
    // Every placeholder has a bracket or an underscore, and most texts have neither.
    let at = if text.bytes().any(|byte| matches!(byte, b'[' | b'_')) { 0 } else { text.len() };
    let mut search = Search { text, at, before: None, ended: true, labels: |_| true };
    std::iter::from_fn(move || match search.next()? {
        Found::Whole(range, name) => Some((range, name)),
        Found::Begun(_) => None,
    })
}

/// A bracket, or the first letter of a word of [`Label::word`].
fn may_begin(c: char) -> bool {
    matches!(c, '[' | 'P' | 'D' | 'A' | 'N' | 'I' | 'T' | 'C' | 'R' | 'L' | 'F' | 'E' | 'G')
}

/// Why a placeholder could not be read.
enum Stop {
    /// The text ended too early.
    End,
    Mismatch,
}

struct Reader<'t> {
    rest: &'t str,
    /// Without brackets.
    bare: bool,
    ended: bool,
}

impl Reader<'_> {
    fn name(&mut self, label: Label) -> Result<Name, Stop> {
        if !self.bare {
            self.rest = &self.rest[1..];
        }
        self.word(label.word())?;
        self.separator()?;
        let index = self.number()?;
        let form = self.form()?;
        match self.rest.chars().next() {
            _ if self.bare => {}
            Some(']') => self.rest = &self.rest[1..],
            Some(_) => return Err(Stop::Mismatch),
            None => return Err(Stop::End),
        }
        Ok(Name { label, index, form })
    }

    fn word(&mut self, word: &str) -> Result<(), Stop> {
        let mut wanted = word.bytes().map(|letter| letter.to_ascii_lowercase());
        let mut chars = self.rest.chars();
        // A letter and an accent each, not a hundred accents.
        for _ in 0..2 * word.len() {
            let c = chars.next().ok_or(Stop::End)?;
            let cased = is_combining(c) || c.is_uppercase() || (!self.bare && c.is_alphabetic());
            if !(cased && fold(c, |byte| wanted.next() == Some(byte))) {
                return Err(Stop::Mismatch);
            }
            if wanted.len() == 0 {
                self.rest = chars.as_str();
                return Ok(());
            }
        }
        Err(Stop::Mismatch)
    }

    /// An underscore, which Markdown escapes, once or twice in JSON.
    fn separator(&mut self) -> Result<(), Stop> {
        let slashes = self.rest.bytes().take(2).take_while(|byte| *byte == b'\\').count();
        self.rest = &self.rest[slashes..];
        let c = self.rest.chars().next().ok_or(Stop::End)?;
        if c != '_' && (self.bare || slashes > 0 || !matches!(c, ' ' | '-' | '\u{a0}' | '\u{202f}')) {
            return Err(Stop::Mismatch);
        }
        self.rest = &self.rest[c.len_utf8()..];
        Ok(())
    }

    fn number(&mut self) -> Result<usize, Stop> {
        let length = self.rest.bytes().take(MAX_DIGITS + 1).take_while(u8::is_ascii_digit).count();
        if length > MAX_DIGITS {
            return Err(Stop::Mismatch);
        }
        let (digits, rest) = self.rest.split_at(length);
        if rest.is_empty() && !self.ended {
            return Err(Stop::End);
        }
        self.rest = rest;
        digits.parse().map_err(|_| if rest.is_empty() { Stop::End } else { Stop::Mismatch })
    }

    /// `.2`, or nothing: the point may end a sentence, and a telephone number may follow it.
    fn form(&mut self) -> Result<usize, Stop> {
        let Some(after) = self.rest.strip_prefix('.') else { return Ok(1) };
        let mut form = Self { rest: after, ..*self };
        match form.number() {
            Ok(number) => {
                self.rest = form.rest;
                Ok(number)
            }
            Err(Stop::Mismatch) => Ok(1),
            Err(Stop::End) if self.ended => Ok(1),
            Err(Stop::End) => Err(Stop::End),
        }
    }
}
