//! Words of a text, with what stands between them and what the lists say of them.

use std::ops::Range;

use super::cue::{self, Cue};
use crate::fold::{fold_into, is_word};
use crate::language::{Word, Words};
use crate::tokens;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One capital letter.
    Initial,
    /// A capital, then small letters, or capitals inside.
    Title,
    /// Capitals only.
    Upper,
    /// Begins with a small letter.
    Lower,
    /// Holds digits that no letter explains.
    Code,
}

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    Space,
    Hyphen,
    Apostrophe,
    Comma,
    /// A full stop and perhaps a space.
    Dot,
    Colon,
    /// A line ends.
    Line,
    /// An empty line, or the beginning of the text.
    Break,
    Other,
}

/// One word.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub range: Range<usize>,
    /// Its folded letters, in [`Tokens::letters`].
    letters: Range<usize>,
    pub gap: Gap,
    pub shape: Shape,
    pub word: Word,
    pub cue: Cue,
    /// It lies in an e-mail or a web address.
    pub address: bool,
    /// It stands before the "@".
    pub local: bool,
}

impl Token {
    pub(super) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper | Shape::Initial)
    }

    /// It begins a line.
    pub(super) fn begins_line(&self) -> bool {
        matches!(self.gap, Gap::Line | Gap::Break)
    }
}

/// All words of a text.
pub(super) struct Tokens {
    list: Vec<Token>,
    letters: Vec<u8>,
}

impl std::ops::Deref for Tokens {
    type Target = [Token];

    fn deref(&self) -> &[Token] {
        &self.list
    }
}

impl Tokens {
    /// Words are what stands between two signs or spaces: letters, digits or both.
    pub(super) fn of(pieces: &tokens::Tokens<'_>, language: &Words) -> Self {
        let text = pieces.text;
        let mut tokens = Self { list: Vec::with_capacity(pieces.len()), letters: Vec::with_capacity(text.len()) };
        let is_part = |at: usize| pieces.is_word(at) || pieces.is_number(at);
        let (mut at, mut before) = (0, 0);
        while let Some(first) = pieces.get(at) {
            if !is_part(at) {
                at += 1;
                continue;
            }
            let mut last = at;
            while is_part(last + 1) && pieces.is_glued(last + 1) {
                last += 1;
            }
            let mut range = first.start..pieces.range(last, last).end;
            while let Some(next) = goes_on(text, range.clone(), language) {
                range.end = next;
                while pieces.get(last + 1).is_some_and(|piece| piece.start < next) {
                    last += 1;
                }
            }
            let gap = gap(&text[before..range.start], before == 0);
            before = range.end;
            tokens.push(text, range, pieces.folded_run(at, last), gap, language);
            at = last + 1;
        }
        tokens.mark_addresses(text);
        tokens
    }

    /// The folded letters of a word, with the digits that stand for letters read as such.
    pub(super) fn letters(&self, at: usize) -> &[u8] {
        &self.letters[self.list[at].letters.clone()]
    }

    fn push(&mut self, text: &str, range: Range<usize>, folded: &[u8], gap: Gap, language: &Words) {
        let own = &text[range.clone()];
        let from = self.letters.len();
        self.letters.extend_from_slice(folded);
        let shape = shape(own, &mut self.letters[from..]);
        let letters = &self.letters[from..];
        let word = language.folded(letters);
        let cue = if shape == Shape::Code { Cue::None } else { cue::of(letters, &word) };
        self.list.push(Token { range, letters: from..self.letters.len(), gap, shape, word, cue, address: false, local: false });
    }

    /// Words joined to an "@" or to "://" by anything but white space, and those before a spelled-out "@".
    fn mark_addresses(&mut self, text: &str) {
        let mut from = 0;
        while from < self.list.len() {
            let mut to = from + 1;
            while self.list.get(to).is_some_and(|next| {
                !matches!(next.gap, Gap::Space | Gap::Line | Gap::Break)
                    && !holds_space(&text[self.list[to - 1].range.end..next.range.start])
            }) {
                to += 1;
            }
            let next = self.list.get(to).map_or(text.len(), |next| next.range.start);
            let chunk = &text[self.list[from].range.start..next];
            let www = self.letters(from) == b"www";
            if www || self.is_address(text, chunk, to) {
                let at = chunk.find('@').map_or(next, |at| self.list[from].range.start + at);
                for token in &mut self.list[from..to] {
                    (token.address, token.local) = (true, token.range.end <= at && !www);
                }
            }
            from = to;
        }
    }

    /// A chunk of words without a space between, and what stands up to the word `next`.
    fn is_address(&self, text: &str, chunk: &str, next: usize) -> bool {
        let spelled = |at: usize| at < self.list.len() && matches!(self.letters(at), b"at" | b"arobase");
        if !chunk.bytes().any(|byte| matches!(byte, b'@' | b':' | b'(' | b'[')) && !spelled(next) {
            return false;
        }
        let after = chunk.trim_start_matches(|c: char| !c.is_whitespace()).trim_start();
        let spelled = ["@", "(at)", "[at]"].iter().any(|at| after.starts_with(at))
            || self.list.get(next).is_some_and(|next| {
                let word = &text[next.range.clone()];
                word.eq_ignore_ascii_case("arobase") || (word.eq_ignore_ascii_case("at") && after.starts_with('('))
            });
        spelled || chunk.split_whitespace().next().is_some_and(|own| own.contains('@') || own.contains("://"))
    }
}

fn end_of_word(text: &str, start: usize) -> usize {
    text[start..].find(|c| !is_word(c)).map_or(text.len(), |length| start + length)
}

/// The end of a name that an apostrophe does not end: "Kerc'hoas", "O'Neill", "N'Diaye".
fn goes_on(text: &str, word: Range<usize>, language: &Words) -> Option<usize> {
    let rest = text[word.end..].strip_prefix(['\'', '\u{2019}'])?;
    let next = text.len() - rest.len();
    let end = end_of_word(text, next);
    let own = &text[word];
    let (before, after) = (own.as_bytes().last()?.to_ascii_lowercase(), rest.bytes().next()?.to_ascii_lowercase());
    let breton = before == b'c' && after == b'h' && own.len() > 1;
    let irish = own.eq_ignore_ascii_case("o") && end > next + 1;
    let african = || {
        let mut folded = own.as_bytes().to_ascii_lowercase();
        let part = folded.len();
        fold_into(&text[next..end], &mut folded);
        let (whole, rest) = (language.folded(&folded), language.folded(&folded[part..]));
        (whole.first > 0 || whole.surname > 0) && rest.ordinary == 0
    };
    (end > next && (breton || irish || matches!(own, "N" | "M" | "D" | "n" | "m" | "d") && african())).then_some(end)
}

fn holds_space(between: &str) -> bool {
    between.contains(char::is_whitespace)
}

/// What the characters between two words say.
fn gap(between: &str, first: bool) -> Gap {
    if between == " " && !first {
        return Gap::Space;
    }
    let lines = between.bytes().filter(|byte| *byte == b'\n').count();
    if first || lines > 1 {
        return Gap::Break;
    }
    if lines == 1 {
        return Gap::Line;
    }
    let mut mark = ' ';
    for c in between.chars().filter(|c| !c.is_whitespace()) {
        match (mark, c) {
            (' ', _) => mark = c,
            // J.-P. Martin
            ('.', '-' | '\u{2010}' | '\u{2011}') => mark = '.',
            (_, ':') => mark = ':',
            ('"' | '\'' | '*' | '_', ',') | (',', '"' | '\'') => mark = ';',
            _ => mark = if mark == ':' { ':' } else { ';' },
        }
    }
    match mark {
        ' ' => Gap::Space,
        '-' | '\u{2010}' | '\u{2011}' if between.chars().count() == 1 => Gap::Hyphen,
        '\'' | '\u{2019}' | '\u{2018}' | '`' if between.chars().count() == 1 => Gap::Apostrophe,
        ',' => Gap::Comma,
        '.' => Gap::Dot,
        ':' | '>' | '=' => Gap::Colon,
        _ => Gap::Other,
    }
}

/// The shape of a word. In a word of letters, a digit that resembles one becomes that letter ("Pe1ette").
fn shape(own: &str, folded: &mut [u8]) -> Shape {
    let digits = folded.iter().filter(|byte| byte.is_ascii_digit()).count();
    if digits > 0 {
        let letters = folded.len() - digits;
        if digits > 2 || letters < 3 * digits || own.starts_with(|c: char| c.is_ascii_digit() && c != '1' && c != '0') {
            return Shape::Code;
        }
        for byte in folded.iter_mut() {
            *byte = match *byte {
                b'0' => b'o',
                b'1' => b'l',
                b'5' => b's',
                b'8' => b'b',
                digit if digit.is_ascii_digit() => return Shape::Code,
                letter => letter,
            };
        }
    }
    let mut letters = own.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::Code };
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let (mut count, mut small) = (1, false);
    for c in letters {
        count += 1;
        small |= c.is_lowercase();
    }
    match (count, small) {
        (1, _) => Shape::Initial,
        (_, true) => Shape::Title,
        _ => Shape::Upper,
    }
}
