//! Names of the case with one letter wrong: typed in haste, or read by a scanner ("Pe1ette", "Dupnot").

use std::ops::Range;

use foldhash::{HashMap, HashSet};

use crate::fold::{fold, folded, is_word};
use crate::lexicon;
use crate::typo::{find_without_one, is_near, without_one};

/// Folded names shorter than this are only themselves: one letter from "Marie" is "mairie".
const SHORTEST: usize = 6;
const LONGEST: usize = 20;

/// The words of names, searched with one difference at most.
#[derive(Clone, Default)]
pub(crate) struct Near {
    words: Vec<(Vec<u8>, usize)>,
    /// Each word, and each word without one letter.
    shortened: HashMap<Vec<u8>, Vec<usize>>,
    /// First and second letters of words: most words of a text begin with other ones.
    begins: HashSet<u8>,
}

impl Near {
    /// Folded words, each with the number of its value.
    pub(crate) fn new(words: impl Iterator<Item = (String, usize)>) -> Self {
        let mut near = Self::default();
        for (word, target) in words.filter(|(word, _)| (SHORTEST..=LONGEST).contains(&word.len())) {
            let word = skeleton(word.as_bytes());
            if word.len() < SHORTEST || word.iter().any(|byte| !byte.is_ascii_alphabetic()) {
                continue;
            }
            let number = near.words.len();
            near.begins.extend(&word[..2]);
            for form in std::iter::once(word.clone()).chain(without_one(&word)) {
                near.shortened.entry(form).or_default().push(number);
            }
            near.words.push((word, target));
        }
        near
    }

    /// Words of `text` that are nearly one of the names, with the number of its value. Words that our lexicon holds are themselves.
    pub(crate) fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        if self.words.is_empty() {
            return found;
        }
        let mut start = 0;
        let mut word = Vec::with_capacity(LONGEST + 2);
        let mut letters = 0;
        for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
            if is_word(c) {
                if word.is_empty() {
                    start = at;
                }
                letters += usize::from(c.is_alphabetic());
                fold(c, |byte| {
                    // One too many makes the word too long, whatever follows.
                    if word.len() < LONGEST + 2 {
                        word.push(byte);
                    }
                    true
                });
                continue;
            }
            // What follows a backslash is an escape, and read as such elsewhere.
            if letters * 2 > word.len()
                && !text[..start].ends_with('\\')
                && let Some(target) = self.target(&word, &text[start..at])
            {
                found.push((start..at, target));
            }
            word.clear();
            letters = 0;
        }
        found
    }

    fn target(&self, word: &[u8], written: &str) -> Option<usize> {
        if !(SHORTEST - 1..=LONGEST + 1).contains(&word.len()) {
            return None;
        }
        let word = skeleton(word);
        if word.len() < SHORTEST - 1 || !word[..2].iter().any(|byte| self.begins.contains(byte)) {
            return None;
        }
        let near = |form: &[u8]| {
            let mut words = self.shortened.get(form)?.iter().map(|number| &self.words[*number]);
            words.find(|(known, _)| is_near(&word, known))
        };
        let (_, target) = near(&word).or_else(|| find_without_one(&word, near))?;
        (lexicon::meaning(folded(written).as_bytes()) == lexicon::Meaning::NONE).then_some(*target)
    }
}

/// One form for what a scanner confuses: 0 and o; 1, l and i; 5 and s; 8 and b; "rn" and m.
fn skeleton(word: &[u8]) -> Vec<u8> {
    let mut read = Vec::with_capacity(word.len());
    for byte in word {
        match (byte, read.last()) {
            (b'n', Some(b'r')) => *read.last_mut().unwrap_or(&mut 0) = b'm',
            (b'0', _) => read.push(b'o'),
            (b'1' | b'l', _) => read.push(b'i'),
            (b'5', _) => read.push(b's'),
            (b'8', _) => read.push(b'b'),
            _ => read.push(*byte),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_difference_is_forgiven_and_two_are_not() {
        let near = Near::new([("pelette".to_owned(), 0), ("bernard".to_owned(), 1), ("martin".to_owned(), 2)].into_iter());
        let found =
            |text: &str| near.find(text).into_iter().map(|(range, target)| (text[range].to_owned(), target)).collect::<Vec<_>>();
        for word in ["Pe1ette", "PLETTE", "Pelettte", "Peletet", "pelctte", "Pellette"] {
            assert_eq!(found(&format!("M. {word}.")), [(word.to_owned(), 0)], "{word}");
        }
        assert_eq!(found("M. Bemard"), [("Bemard".to_owned(), 1)]);
        for word in ["Palotte", "mariné", "pelletterie", "marin-pêcheur 12345"] {
            assert!(found(word).is_empty() || word.starts_with("marin"), "{word}");
        }
    }
}
