//! A text cut once into words, numbers, signs and lines: what every rule about context reads.

use std::ops::Range;

use crate::fold::{fold_ascii, fold_into, is_combining, is_word};
use crate::lexicon::{self, Meaning};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, accents included.
    Word(Case),
    /// Digits only: a number ends where letters begin, and the other way round.
    Number,
    /// Any other character that is not a space.
    Sign(char),
    /// One or more ends of line; true when a line between them is empty.
    Break(bool),
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    /// One capital at least.
    Capital,
    Upper,
}

impl Case {
    fn of(upper: usize, lower: usize) -> Self {
        match (upper, lower) {
            (0, _) => Self::Lower,
            (1, 0) => Self::Capital,
            (_, 0) => Self::Upper,
            // "eGorges" is a name with two letters swapped.
            _ => Self::Capital,
        }
    }
}

/// One token, by byte offsets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub meaning: Meaning,
    /// Where its folded letters end in those of all tokens; they begin where those of the token before end.
    folded: usize,
    /// Number of its line.
    line: u32,
}

/// The tokens of a text.
pub(crate) struct Tokens<'t> {
    pub text: &'t str,
    all: Vec<Token>,
    /// The folded letters and digits of all words and numbers.
    folded: Vec<u8>,
    lines: Vec<Line>,
    /// All that its words may mean, and whether there is a number.
    meanings: Meaning,
    numbers: bool,
}

/// What the letters of a line say about its capitals.
#[derive(Default, Clone, Copy)]
struct Line {
    lower: usize,
    upper: usize,
}

/// Whether capitals tell a name from another word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Capitals {
    /// Names begin with one.
    Tell,
    /// All letters are small, or all are capitals.
    Mute,
}

impl<'t> Tokens<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let mut tokens = Self {
            text,
            all: Vec::with_capacity(text.len() / 3 + 4),
            folded: Vec::with_capacity(text.len()),
            lines: vec![Line::default()],
            meanings: Meaning::NONE,
            numbers: false,
        };
        let mut at = 0;
        while let Some((c, class)) = next(text, at) {
            let end = at + c.len_utf8();
            at = match class {
                Class::Letter | Class::Accent => tokens.run(at, end, false),
                Class::Digit => tokens.run(at, end, true),
                Class::Space if matches!(c, '\n' | '\r') => tokens.line_ends(at, c),
                Class::Space => end,
                Class::Sign => tokens.push(at..end, Kind::Sign(c), Meaning::NONE),
            };
        }
        tokens
    }

    /// A word or a number from `start` on, of which the first character ends at `end`; gives its end.
    fn run(&mut self, start: usize, mut end: usize, number: bool) -> usize {
        let own = if number { Class::Digit } else { Class::Letter };
        let mut count = 1;
        while let Some((c, class)) = next(self.text, end)
            && (class == own || class == Class::Accent)
        {
            end += c.len_utf8();
            count += 1;
        }
        let from = self.folded.len();
        let (upper, lower) = self.fold(&self.text[start..end], count == end - start);
        if number {
            self.numbers = true;
            return self.push(start..end, Kind::Number, Meaning::NONE);
        }
        if let Some(line) = self.lines.last_mut() {
            line.upper += upper;
            line.lower += lower;
        }
        let meaning = lexicon::meaning(&self.folded[from..]);
        self.meanings = self.meanings | meaning;
        self.push(start..end, Kind::Word(Case::of(upper, lower)), meaning)
    }

    /// Keeps the folded letters of a word; gives how many are capitals and how many are small.
    fn fold(&mut self, word: &str, ascii: bool) -> (usize, usize) {
        if !ascii {
            fold_into(word, &mut self.folded);
            let count = |is: fn(char) -> bool| word.chars().filter(|c| is(*c)).count();
            return (count(char::is_uppercase), count(char::is_lowercase));
        }
        fold_ascii(word, &mut self.folded);
        let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
        (upper, word.len() - upper)
    }

    /// Gives its end.
    fn push(&mut self, range: Range<usize>, kind: Kind, meaning: Meaning) -> usize {
        let line = u32::try_from(self.lines.len() - 1).unwrap_or(u32::MAX);
        self.all.push(Token { start: range.start, end: range.end, kind, meaning, folded: self.folded.len(), line });
        range.end
    }

    fn line_ends(&mut self, start: usize, c: char) -> usize {
        match self.all.last_mut() {
            Some(Token { kind: Kind::Break(empty), end, .. }) => {
                *empty |= !(c == '\n' && self.text[..start].ends_with('\r') && start == *end);
                *end = start + 1;
            }
            _ => drop(self.push(start..start + 1, Kind::Break(false), Meaning::NONE)),
        }
        self.lines.push(Line::default());
        start + 1
    }

    /// Whether there is a number anywhere.
    pub(crate) fn has_numbers(&self) -> bool {
        self.numbers
    }

    /// Whether any word may mean this.
    pub(crate) fn has(&self, meaning: Meaning) -> bool {
        self.meanings.has(meaning)
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        self.all.get(at)
    }

    /// The token before `at`.
    #[inline]
    pub(crate) fn before(&self, at: usize) -> Option<&Token> {
        self.all.get(at.checked_sub(1)?)
    }

    #[inline]
    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.get(at).map(|token| token.kind)
    }

    #[inline]
    pub(crate) fn meaning(&self, at: usize) -> Meaning {
        self.get(at).map_or(Meaning::NONE, |token| token.meaning)
    }

    #[inline]
    pub(crate) fn text(&self, at: usize) -> &'t str {
        self.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    #[inline]
    pub(crate) fn is_sign(&self, at: usize, sign: char) -> bool {
        self.kind(at) == Some(Kind::Sign(sign))
    }

    #[inline]
    pub(crate) fn is_number(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Number)
    }

    #[inline]
    pub(crate) fn is_word(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Word(_)))
    }

    #[inline]
    pub(crate) fn is_break(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Break(_)))
    }

    /// True when nothing stands between this token and the one before it.
    #[inline]
    pub(crate) fn is_glued(&self, at: usize) -> bool {
        at > 0 && self.get(at).zip(self.before(at)).is_some_and(|(token, before)| token.start == before.end)
    }

    /// True for a word that begins with a capital.
    #[inline]
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Word(Case::Capital | Case::Upper)))
    }

    /// Bytes between this token and the one before it.
    #[inline]
    pub(crate) fn gap(&self, at: usize) -> usize {
        self.get(at).zip(self.before(at)).map_or(0, |(token, before)| token.start - before.end)
    }

    /// Whether capitals mean something on the line of this token.
    pub(crate) fn capitals(&self, at: usize) -> Capitals {
        let line = self.get(at).and_then(|token| self.lines.get(token.line as usize)).copied().unwrap_or_default();
        if line.upper == 0 || line.lower * 8 <= line.upper { Capitals::Mute } else { Capitals::Tell }
    }

    /// The folded letters of a word, or the digits of a number.
    #[inline]
    pub(crate) fn folded(&self, at: usize) -> &[u8] {
        self.folded_run(at, at)
    }

    /// The folded letters and digits from the token `first` to the token `last`, both included.
    #[inline]
    pub(crate) fn folded_run(&self, first: usize, last: usize) -> &[u8] {
        let Some(token) = self.get(last) else { return &[] };
        &self.folded[self.before(first).map_or(0, |before| before.folded)..token.folded]
    }

    /// True when the folded letters of a token are `word`.
    #[inline]
    pub(crate) fn says(&self, at: usize, word: &str) -> bool {
        self.folded(at) == word.as_bytes()
    }

    /// The range of the tokens from `first` to `last`, both included.
    pub(crate) fn range(&self, first: usize, last: usize) -> Range<usize> {
        match (self.get(first), self.get(last)) {
            (Some(first), Some(last)) => first.start..last.end.max(first.start),
            _ => 0..0,
        }
    }
}

/// What a character may be a part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// A combining accent, which goes with what it stands on.
    Accent,
    Space,
    Sign,
}

/// The character at `at` and what it is, unless the text ends there.
#[inline]
fn next(text: &str, at: usize) -> Option<(char, Class)> {
    let c = match text.as_bytes().get(at)? {
        byte if byte.is_ascii() => char::from(*byte),
        _ => text[at..].chars().next()?,
    };
    let class = match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        _ if is_combining(c) => Class::Accent,
        _ if c.is_whitespace() => Class::Space,
        _ if !is_word(c) => Class::Sign,
        _ if c.is_numeric() => Class::Digit,
        _ => Class::Letter,
    };
    Some((c, class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_signs_are_apart() {
        let tokens = Tokens::of("Né le 12/03, 38bis l’É\u{301}té\r\n\r\nÀ");
        let texts: Vec<&str> = (0..tokens.len()).map(|at| tokens.text(at)).collect();
        assert_eq!(texts[..11], ["Né", "le", "12", "/", "03", ",", "38", "bis", "l", "’", "É\u{301}té"]);
        assert_eq!(tokens.kind(11), Some(Kind::Break(true)));
        assert!(tokens.is_glued(7) && !tokens.is_glued(1) && tokens.says(10, "ete") && !tokens.says(10, "et"));
    }

    #[test]
    fn capitals_tell_nothing_where_there_are_only_some() {
        for (line, expected) in
            [("Paul vit à Lyon", Capitals::Tell), ("paul vit à lyon", Capitals::Mute), ("PAUL À LYON", Capitals::Mute)]
        {
            assert_eq!(Tokens::of(line).capitals(0), expected, "{line}");
        }
    }
}
