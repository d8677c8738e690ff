//! Sets of characters, as the classes of the tokeniser's rules write them.

use std::iter::Peekable;
use std::str::Chars;

/// A set of characters: a bitmap for the first 256, sorted disjoint ranges for all.
#[derive(Debug, Clone, Default)]
pub(super) struct CharSet {
    latin: [u64; 4],
    ranges: Vec<(char, char)>,
}

impl CharSet {
    pub(super) fn of(mut ranges: Vec<(char, char)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(char, char)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match merged.last_mut() {
                Some(before) if first <= before.1 => before.1 = before.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        let mut set = Self { latin: [0; 4], ranges: merged };
        for code in 0..=255u8 {
            if set.holds(char::from(code)) {
                set.latin[usize::from(code / 64)] |= 1 << (code % 64);
            }
        }
        set
    }

    pub(super) fn one(c: char) -> Self {
        Self::of(vec![(c, c)])
    }

    pub(super) fn contains(&self, c: char) -> bool {
        match u8::try_from(c) {
            Ok(code) => self.latin[usize::from(code / 64)] >> (code % 64) & 1 == 1,
            Err(_) => self.holds(c),
        }
    }

    /// All characters of both.
    pub(super) fn union(&self, other: &Self) -> Self {
        Self::of(self.ranges.iter().chain(&other.ranges).copied().collect())
    }

    fn holds(&self, c: char) -> bool {
        let next = self.ranges.partition_point(|range| range.1 < c);
        self.ranges.get(next).is_some_and(|range| range.0 <= c)
    }

    /// Reads a class whose opening bracket is already read, up to its closing bracket.
    pub(super) fn parse(chars: &mut Peekable<Chars<'_>>) -> Option<Self> {
        let mut ranges = Vec::new();
        loop {
            let first = match chars.next()? {
                ']' => return Some(Self::of(ranges)),
                '\\' => escape(chars)?,
                c => c,
            };
            // A hyphen before the closing bracket is itself.
            let mut ahead = chars.clone();
            if ahead.next() == Some('-') && ahead.peek().is_some_and(|&c| c != ']') {
                chars.next();
                let last = match chars.next()? {
                    '\\' => escape(chars)?,
                    c => c,
                };
                ranges.push((first, last));
            } else {
                ranges.push((first, first));
            }
        }
    }
}

/// The character that an escape means; `None` for escapes that mean a class.
pub(super) fn escape(chars: &mut Peekable<Chars<'_>>) -> Option<char> {
    let digits = match chars.next()? {
        'u' => 4,
        'U' => 8,
        c if c.is_ascii_alphanumeric() => return None,
        c => return Some(c),
    };
    let mut code = 0;
    for _ in 0..digits {
        code = code * 16 + chars.next()?.to_digit(16)?;
    }
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_as_python_reads_them() {
        let class = |text: &str| CharSet::parse(&mut text.chars().peekable());
        let set = class(r"0-9\u00E0-\u00FF\U0001F600\-+-]").unwrap();
        for (c, inside) in [('5', true), ('é', true), ('😀', true), ('-', true), ('+', true), ('a', false), (',', false)] {
            assert_eq!(set.contains(c), inside, "{c}");
        }
        assert!(class(r"-–—]").unwrap().contains('—'));
        assert!(class(r"\d]").is_none() && class("ab").is_none());
    }
}
