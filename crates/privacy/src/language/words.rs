//! What a French reader knows of words: which are names, which are places, which are neither.

use thiserror::Error;

use crate::fold::fold;

/// The four lists, as `scripts/fetch-names` writes them: UTF-8, one entry a line. Any may be empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lists<'a> {
    /// First names, the most frequent first.
    pub first_names: &'a [u8],
    /// Family names, the most frequent first.
    pub surnames: &'a [u8],
    /// Words, each with a tab and its occurrences in a hundred million words.
    pub words: &'a [u8],
    /// Communes, each with a tab and its postcodes, separated by spaces.
    pub communes: &'a [u8],
}

/// A list that cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("list of {list}, line {line}: {problem}; run scripts/fetch-names again")]
pub struct LanguageError {
    /// Which list.
    pub list: &'static str,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: &'static str,
}

/// First names, family names, ordinary words and communes. Look-ups ignore accents, case and separators.
///
/// Compact: the folded entries in one buffer and an open-addressed table of their numbers, about 20 MB in all.
#[derive(Clone, Default)]
pub(crate) struct Words {
    letters: Vec<u8>,
    /// Where each entry ends in `letters`.
    ends: Vec<u32>,
    entries: Vec<Word>,
    /// Number of an entry plus one; 0 when free. A power of two long.
    table: Vec<u32>,
}

/// What the lists say of a word. 0 is "not in the list".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// Band of frequency as a first name: 15 for the first sixteen, one less each time the rank doubles.
    pub first: u8,
    /// Band of frequency as a family name, likewise.
    pub surname: u8,
    /// As an ordinary word: 1 when only its spelling is known, then one more each time the frequency doubles;
    /// 8 is once in a million words.
    pub ordinary: u8,
    /// It is the whole name of a commune.
    pub commune: bool,
}

impl Words {
    /// Reads the lists.
    pub(crate) fn new(lists: Lists<'_>) -> Result<Self, LanguageError> {
        let mut language = Self { table: vec![0; 1 << 10], ..Self::default() };
        for (rank, (_, name)) in lines("first names", lists.first_names).enumerate() {
            let name = name?;
            language.add_name(name, |word| word.first = word.first.max(band(rank)));
        }
        for (rank, (_, name)) in lines("family names", lists.surnames).enumerate() {
            let name = name?;
            language.add_name(name, |word| word.surname = word.surname.max(band(rank)));
        }
        for (number, line) in lines("words", lists.words) {
            let problem = |problem| LanguageError { list: "words", line: number, problem };
            let (word, count) = line?.split_once('\t').ok_or_else(|| problem("no tab"))?;
            let count: u32 = count.parse().map_err(|_| problem("no number after the tab"))?;
            let ordinary = count.checked_ilog2().map_or(1, |log| 2 + u8::try_from(log).unwrap_or(u8::MAX - 2));
            let word = language.entry(word).map(|at| &mut language.entries[at]);
            word.into_iter().for_each(|word| word.ordinary = word.ordinary.max(ordinary));
        }
        for (number, line) in lines("communes", lists.communes) {
            let problem = |problem| LanguageError { list: "communes", line: number, problem };
            let (name, _postcodes) = line?.split_once('\t').ok_or_else(|| problem("no tab"))?;
            let commune = language.entry(name).map(|at| &mut language.entries[at]);
            commune.into_iter().for_each(|commune| commune.commune = true);
        }
        Ok(language)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// True without any list: who asks must then be content with what the text itself shows.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What is known of a word or of a whole name.
    #[cfg(test)]
    pub(crate) fn word(&self, word: &str) -> Word {
        let mut folded = Vec::with_capacity(word.len());
        fold_into(word, &mut folded);
        self.folded(&folded)
    }

    /// The same as [`Self::word`] for what is folded already.
    pub(crate) fn folded(&self, folded: &[u8]) -> Word {
        if self.table.is_empty() {
            Word::default()
        } else {
            self.find(folded).map_or_else(|_| Word::default(), |at| self.entries[at])
        }
    }

    /// A name as a whole, and the parts of it that are not particles: "Le Goff" is also "Goff".
    fn add_name(&mut self, name: &str, set: impl Fn(&mut Word)) {
        let parts = name.split([' ', '-', '\'']).filter(|part| part.len() >= MIN_PART && *part != name);
        for part in std::iter::once(name).chain(parts) {
            if let Some(at) = self.entry(part) {
                set(&mut self.entries[at]);
            }
        }
    }

    /// The number of an entry, added when it is new; none for what has no letter.
    fn entry(&mut self, word: &str) -> Option<usize> {
        let from = self.letters.len();
        fold_into(word, &mut self.letters);
        let folded = self.letters.split_off(from);
        if folded.is_empty() {
            return None;
        }
        let slot = match self.find(&folded) {
            Ok(at) => return Some(at),
            Err(slot) => slot,
        };
        self.letters.extend_from_slice(&folded);
        self.ends.push(self.letters.len() as u32);
        self.entries.push(Word::default());
        self.table[slot] = self.entries.len() as u32;
        if self.entries.len() * 2 > self.table.len() {
            self.grow();
        }
        Some(self.entries.len() - 1)
    }

    fn grow(&mut self) {
        self.table = vec![0; self.table.len() * 2];
        for number in 0..self.entries.len() {
            if let Err(slot) = self.find(self.letters(number)) {
                self.table[slot] = number as u32 + 1;
            }
        }
    }

    /// The number of an entry, or the free slot of the table where it would be.
    fn find(&self, folded: &[u8]) -> Result<usize, usize> {
        let mask = self.table.len().wrapping_sub(1);
        let mut slot = hash(folded) as usize & mask;
        loop {
            match self.table.get(slot).copied().unwrap_or(0) {
                0 => return Err(slot),
                number if self.letters(number as usize - 1) == folded => return Ok(number as usize - 1),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn letters(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.letters[start..self.ends[number] as usize]
    }
}

/// Parts of a name shorter than this, in bytes, name nobody.
const MIN_PART: usize = 4;

/// The lines that are not empty, with their numbers.
fn lines<'a>(list: &'static str, bytes: &'a [u8]) -> impl Iterator<Item = (usize, Result<&'a str, LanguageError>)> {
    let lines = bytes.split(|byte| *byte == b'\n').zip(1..).filter(|(line, _)| !line.is_empty());
    lines.map(move |(line, number)| {
        let problem = "not UTF-8";
        (number, str::from_utf8(line).map_err(|_| LanguageError { list, line: number, problem }))
    })
}

/// 15 for the first sixteen names, one less each time the rank doubles.
fn band(rank: usize) -> u8 {
    15_u8.saturating_sub((rank / 16 + 1).ilog2() as u8).max(1)
}

/// FNV-1a: words are short.
fn hash(folded: &[u8]) -> u64 {
    let hash = folded.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    hash ^ (hash >> 32)
}

/// Appends the folded letters of a word.
pub(crate) fn fold_into(word: &str, folded: &mut Vec<u8>) {
    for c in word.chars() {
        fold(c, |byte| {
            folded.push(byte);
            true
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Words {
        let lists = Lists {
            first_names: "Marie\nJean\nNoé\n".as_bytes(),
            surnames: "Martin\nLe Goff\n".as_bytes(),
            words: "noé\t0\nmartin\t8\nde\t3000000\n".as_bytes(),
            communes: "Saint-Étienne\t42000 42100\nMartin\t62000\n".as_bytes(),
        };
        Words::new(lists).expect("lists")
    }

    #[test]
    fn a_word_is_known_whatever_its_accents_case_and_separators() {
        let language = small();
        assert_eq!(language.word("MARTIN"), Word { first: 0, surname: 15, ordinary: 5, commune: true });
        assert_eq!(language.word("noe"), Word { first: 15, ordinary: 1, ..Word::default() });
        assert_eq!(language.word("Goff").surname, 15);
        assert!(language.word("saint etienne").commune);
        assert_eq!(Words::default().word("Martin"), Word::default());
    }

    #[test]
    fn a_broken_list_says_where_and_what() {
        let error = Words::new(Lists { words: b"un\t3\ndeux\n", ..Lists::default() }).err().expect("no tab");
        assert_eq!(error.to_string(), "list of words, line 2: no tab; run scripts/fetch-names again");
    }

    #[test]
    fn bands_go_from_the_most_frequent_to_the_rarest() {
        assert_eq!([0, 15, 16, 1000, 200_000].map(band), [15, 15, 14, 10, 2]);
    }
}
