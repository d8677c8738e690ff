//! A number as it was typed or scanned: its characters without what separates them, and the way back to the text.

use std::ops::Range;

use crate::fold::fold;
use crate::tokens::{Kind, Tokens};

/// No identifier is longer: the longest IBAN in use has 31 characters.
const MOST: usize = 34;
/// A word longer than this is no part of a number; nor is one that stands apart and is longer than the groups of an IBAN.
const LONGEST_WORD: usize = 8;
const LONGEST_APART: usize = 4;
/// Most bytes of spaces between two characters of one number: a no-break space takes three.
const WIDEST: usize = 4;
/// Most letters that are read as digits in one number.
const REPAIRS: usize = 3;

/// What stands between a character and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gap {
    #[default]
    None,
    Space,
    Sign,
    Break,
}

/// One character: a digit or a capital letter.
#[derive(Clone, Copy, Default)]
struct Char {
    byte: u8,
    gap: Gap,
    /// Counted from the first token of the reading, and in bytes from its beginning.
    token: u16,
    start: u32,
    end: u32,
}

/// What follows a place in a text, read as one number.
pub(crate) struct Reading {
    chars: [Char; MOST],
    length: usize,
    /// A plus stands before.
    pub plus: bool,
    /// The token that it begins with, and where.
    first: usize,
    start: usize,
}

/// A number that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// Digits and capitals, after repair.
    pub text: String,
    /// In the original text.
    pub range: Range<usize>,
    /// The token after it.
    pub next: usize,
    /// Characters of the reading that it takes.
    pub length: usize,
    /// Letters that were read as digits.
    pub repaired: usize,
}

impl Reading {
    /// Reads from the token at `first` on.
    pub(crate) fn at(tokens: &Tokens, first: usize) -> Self {
        let plus = tokens.is_sign(first, '+');
        let start = tokens.get(first).map_or(0, |token| token.start);
        let mut reading = Self { chars: [Char::default(); MOST], length: 0, plus, first, start };
        let mut gap = Gap::None;
        let mut at = first + usize::from(plus);
        while let Some(token) = tokens.get(at).filter(|_| reading.length < MOST && tokens.gap(at) <= WIDEST) {
            if at > first && tokens.gap(at) > 0 && gap == Gap::None {
                gap = Gap::Space;
            }
            match token.kind {
                Kind::Number | Kind::Word(_) => {
                    if !reading.push(tokens, at, gap) {
                        break;
                    }
                    gap = Gap::None;
                }
                Kind::Sign(sign) if matches!(gap, Gap::None | Gap::Space) && reading.separates(sign, plus) => gap = Gap::Sign,
                Kind::Break(false) if reading.length > 0 && matches!(gap, Gap::None | Gap::Space) => gap = Gap::Break,
                _ => break,
            }
            at += 1;
        }
        reading
    }

    fn separates(&self, sign: char, plus: bool) -> bool {
        match sign {
            '.' | '-' | '/' | '|' | '_' | '\u{2011}' | '\u{2013}' | '·' => self.length > 0,
            // "+33 (0)6", "0033 (0)6".
            '(' | ')' => plus || self.chars[..self.length].iter().map(|c| c.byte).take(2).eq(*b"00"),
            // "clé : 38".
            ':' => self.length > 3 && self.chars[self.length - 3..self.length].iter().map(|c| c.byte).eq(*b"CLE"),
            _ => false,
        }
    }

    /// Adds a word or a number; false when it cannot be a part of an identifier.
    fn push(&mut self, tokens: &Tokens, token: usize, mut gap: Gap) -> bool {
        let text = tokens.text(token);
        let most = if gap == Gap::None { LONGEST_WORD } else { LONGEST_APART };
        if text.len() > most && tokens.is_word(token) {
            return false;
        }
        let offset = tokens.get(token).map_or(0, |token| token.start - self.start);
        let token = (token - self.first) as u16;
        for (at, c) in text.char_indices() {
            let (start, end) = ((offset + at) as u32, (offset + at + c.len_utf8()) as u32);
            // Nearly all characters: there is nothing to fold.
            if c.is_ascii_alphanumeric()
                && let Some(place) = self.chars.get_mut(self.length)
            {
                *place = Char { byte: (c as u8).to_ascii_uppercase(), gap, token, start, end };
                (self.length, gap) = (self.length + 1, Gap::None);
                continue;
            }
            let before = self.length;
            fold(c, |byte| {
                if let Some(place) = self.chars.get_mut(self.length).filter(|_| byte.is_ascii_alphanumeric()) {
                    *place = Char { byte: byte.to_ascii_uppercase(), gap, token, start, end };
                    self.length += 1;
                    gap = Gap::None;
                }
                true
            });
            // A combining accent belongs to its letter; what is no letter of ours ends the number.
            if self.length == before {
                match self.chars.get_mut(before.wrapping_sub(1)).filter(|last| last.token == token && last.end == start) {
                    Some(last) if !c.is_numeric() => last.end = end,
                    _ => return false,
                }
            }
        }
        true
    }

    /// How many characters were read.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// What stands before the character at `place`.
    pub(crate) fn gap(&self, place: usize) -> Gap {
        self.chars[..self.length].get(place).map_or(Gap::Break, |c| c.gap)
    }

    /// The character at `place`, as it was written; 0 after the end.
    pub(crate) fn byte(&self, place: usize) -> u8 {
        self.chars[..self.length].get(place).map_or(0, |c| c.byte)
    }

    /// The lengths of the groups that separators make of the first `length` characters.
    pub(crate) fn groups(&self, length: usize) -> Vec<usize> {
        let mut groups = Vec::new();
        for (place, c) in self.chars[..length.min(self.length)].iter().enumerate() {
            match groups.last_mut() {
                Some(last) if place > 0 && c.gap == Gap::None => *last += 1,
                _ => groups.push(1),
            }
        }
        groups
    }

    /// Whether separators make these groups of the first characters.
    pub(crate) fn is_grouped(&self, groups: &[usize]) -> bool {
        let begins = |place| place == 0 || self.gap(place) != Gap::None;
        let mut end = 0;
        groups.iter().all(|group| {
            let first = end;
            end += group;
            end <= self.length && (first..end).all(|place| begins(place) == (place == first))
        })
    }

    /// The token after the last character.
    pub(crate) fn next(&self) -> usize {
        self.chars[..self.length].last().map_or(0, |last| self.next_to(last))
    }

    /// How many of its characters are digits.
    pub(crate) fn count_digits(&self) -> usize {
        self.chars[..self.length].iter().filter(|c| c.byte.is_ascii_digit()).count()
    }

    fn next_to(&self, last: &Char) -> usize {
        self.first + usize::from(last.token) + 1
    }

    /// True when no separator stands in the first `length` characters.
    pub(crate) fn is_compact(&self, length: usize) -> bool {
        self.chars[..length.min(self.length)].iter().skip(1).all(|c| c.gap == Gap::None)
    }

    /// Reads `form` from the character at `from` on: 9 is a digit, A a letter, X either, anything else itself.
    /// It ends where a word or a number does.
    pub(crate) fn form(&self, from: usize, form: &str) -> Option<Number> {
        let length = form.len();
        let chars = self.chars[..self.length].get(from..from + length)?;
        if !self.ends_at(from + length) {
            return None;
        }
        // Most forms do not fit: a text is made only of what does.
        let (mut text, mut repaired, mut digits) = ([0; MOST], 0, 0);
        for ((c, wanted), place) in chars.iter().zip(form.bytes()).zip(&mut text) {
            *place = match wanted {
                b'9' if c.byte.is_ascii_digit() => c.byte,
                b'9' => {
                    repaired += 1;
                    as_digit(c.byte)?
                }
                b'A' if c.byte.is_ascii_alphabetic() => c.byte,
                b'X' => c.byte,
                _ if c.byte == wanted => c.byte,
                _ => return None,
            };
            digits += usize::from(place.is_ascii_digit());
        }
        let spared = repaired == 0 || (repaired <= REPAIRS && repaired * 3 < digits);
        let text = || text[..length].iter().copied().map(char::from).collect();
        spared.then(|| self.number(from, length, text(), repaired))
    }

    /// True when a word or a number ends before the character at `place`.
    fn ends_at(&self, place: usize) -> bool {
        place >= self.length || self.chars[place].gap != Gap::None || self.chars[place].token != self.chars[place - 1].token
    }

    fn number(&self, from: usize, length: usize, text: String, repaired: usize) -> Number {
        let last = self.chars[from + length - 1];
        let start = if from == 0 { self.start } else { self.start + self.chars[from].start as usize };
        Number { text, range: start..self.start + last.end as usize, next: self.next_to(&last), length: from + length, repaired }
    }

    /// `number` and what follows it up to the character at `end`.
    pub(crate) fn extend(&self, number: &mut Number, end: usize) {
        let last = self.chars[end - 1];
        number.range.end = self.start + last.end as usize;
        number.next = self.next_to(&last);
        number.length = end;
    }

    /// `count` digits from the character at `from` on.
    pub(crate) fn digits(&self, from: usize, count: usize) -> Option<Number> {
        const NINES: &str = "999999999999999999999999999999999999";
        self.form(from, NINES.get(..count)?)
    }

    /// The longest run of digits from the first character on, with at most spaces and signs between.
    pub(crate) fn all_digits(&self) -> Option<Number> {
        let run = self.chars[..self.length].iter().take_while(|c| c.byte.is_ascii_digit() && c.gap != Gap::Break).count();
        self.digits(0, run.max(1))
    }
}

/// What a scanner or a hand took for a letter.
fn as_digit(letter: u8) -> Option<u8> {
    Some(match letter {
        b'O' | b'Q' => b'0',
        b'I' | b'L' => b'1',
        b'Z' => b'2',
        b'S' => b'5',
        b'B' => b'8',
        _ => return None,
    })
}

/// A letter that may be a digit.
pub(crate) fn may_be_digits(word: &str) -> bool {
    word.len() <= 3 && word.bytes().all(|byte| as_digit(byte.to_ascii_uppercase()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, form: &str) -> Option<(String, Range<usize>)> {
        let tokens = Tokens::of(text);
        Reading::at(&tokens, 0).form(0, form).map(|number| (number.text, number.range))
    }

    #[test]
    fn separators_and_wrong_letters_are_read_through() {
        assert_eq!(read("06 12-34.56 78,", "9999999999"), Some(("0612345678".to_owned(), 0..14)));
        assert_eq!(read("1034O872976", "99999999999"), Some(("10340872976".to_owned(), 0..11)));
        assert_eq!(read("12\u{202f}345\u{a0}6", "999999"), Some(("123456".to_owned(), 0..11)));
        assert_eq!(read("1234567H suite", "9999999A").map(|found| found.1), Some(0..8));
    }

    #[test]
    fn groups_are_those_that_separators_make() {
        for (text, groups, expected) in [
            ("1 85 03", &[1, 2, 2][..], true),
            ("18503", &[5], true),
            ("1 85 0 3", &[1, 2, 2], false),
            ("185 03", &[1, 2, 2], false),
            ("1 85 0", &[1, 2, 2], false),
        ] {
            let reading = Reading::at(&Tokens::of(text), 0);
            assert_eq!(reading.is_grouped(groups), expected, "{text}");
            assert_eq!(reading.groups(groups.iter().sum()) == groups, expected, "{text}");
        }
    }

    #[test]
    fn a_number_is_not_cut_in_its_middle() {
        for (text, form) in [("1234", "999"), ("12,34", "9999"), ("12    \u{202f} 34", "9999"), ("OOO1", "9999"), ("é12", "99")] {
            assert_eq!(read(text, form), None, "{text}");
        }
    }
}
