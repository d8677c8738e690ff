//! What a French reader knows of words: which are names, which are places, which are neither.

use thiserror::Error;

use crate::fold::fold_into;

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
/// An open-addressed table of one number an entry, which no letter of a word is kept beside: about 8 MB in all, and one
/// place of memory a look-up.
#[derive(Clone, Default)]
pub(crate) struct Words {
    /// Fifty bits of the hash of a word, then what is known of it; 0 when free. A power of two long. Of a thousand million
    /// words that no list holds, about one would be taken for one of a list.
    table: Vec<u64>,
    held: usize,
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

impl Word {
    /// Bits of [`Word::packed`].
    const BITS: u32 = 14;

    /// Names have 15 bands, and words that were counted in a hundred million have 28.
    fn packed(self) -> u64 {
        let Self { first, surname, ordinary, commune } = self;
        u64::from(first) | u64::from(surname) << 4 | u64::from(ordinary) << 8 | u64::from(commune) << 13
    }

    /// What two lists say.
    fn or(self, other: Self) -> Self {
        Self {
            first: self.first.max(other.first),
            surname: self.surname.max(other.surname),
            ordinary: self.ordinary.max(other.ordinary),
            commune: self.commune || other.commune,
        }
    }

    fn unpacked(bits: u64) -> Self {
        let band = |shift: u32, most: u64| (bits >> shift & most) as u8;
        Self { first: band(0, 15), surname: band(4, 15), ordinary: band(8, 31), commune: bits >> 13 & 1 == 1 }
    }
}

impl Words {
    /// Reads the lists.
    pub(crate) fn new(lists: Lists<'_>) -> Result<Self, LanguageError> {
        let mut language = Self { table: vec![0; 1 << 10], held: 0 };
        for (rank, (_, name)) in lines("first names", lists.first_names).enumerate() {
            let first = Word { first: band(rank), ..Word::default() };
            language.add_name(name?, first);
        }
        for (rank, (_, name)) in lines("family names", lists.surnames).enumerate() {
            let surname = Word { surname: band(rank), ..Word::default() };
            language.add_name(name?, surname);
        }
        for (number, line) in lines("words", lists.words) {
            let problem = |problem| LanguageError { list: "words", line: number, problem };
            let (word, count) = line?.split_once('\t').ok_or_else(|| problem("no tab"))?;
            let count: u32 = count.parse().map_err(|_| problem("no number after the tab"))?;
            let ordinary = count.checked_ilog2().map_or(1, |log| 2 + log).min(31) as u8;
            language.add(word, Word { ordinary, ..Word::default() });
        }
        for (number, line) in lines("communes", lists.communes) {
            let problem = |problem| LanguageError { list: "communes", line: number, problem };
            let (name, _postcodes) = line?.split_once('\t').ok_or_else(|| problem("no tab"))?;
            language.add(name, Word { commune: true, ..Word::default() });
        }
        Ok(language)
    }

    pub(crate) fn len(&self) -> usize {
        self.held
    }

    /// True without any list: who asks must then be content with what the text itself shows.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.held == 0
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
        if self.is_empty() { Word::default() } else { Word::unpacked(self.table[self.slot(hash(folded))]) }
    }

    /// A name as a whole, and the parts of it that are not particles: "Le Goff" is also "Goff".
    fn add_name(&mut self, name: &str, known: Word) {
        self.add(name, known);
        for part in name.split([' ', '-', '\'']).filter(|part| part.len() >= MIN_PART && *part != name) {
            self.add(part, known);
        }
    }

    /// What is known of a word, with what was known before; nothing of what has no letter.
    fn add(&mut self, word: &str, known: Word) {
        let mut folded = Vec::with_capacity(word.len());
        fold_into(word, &mut folded);
        if folded.is_empty() {
            return;
        }
        let hash = hash(&folded);
        let slot = self.slot(hash);
        let held = Word::unpacked(self.table[slot]);
        self.held += usize::from(self.table[slot] == 0);
        self.table[slot] = fingerprint(hash) | held.or(known).packed();
        if self.held * 2 > self.table.len() {
            self.grow();
        }
    }

    /// Twice the places: each entry goes to where its hash, of which the table keeps all but the last bits, leads.
    fn grow(&mut self) {
        let entries: Vec<u64> = self.table.iter().copied().filter(|entry| *entry != 0).collect();
        self.table = vec![0; self.table.len() * 2];
        for entry in entries {
            let slot = self.slot(entry);
            self.table[slot] = entry;
        }
    }

    /// The place of the entry of this hash, or the free one where it would be.
    fn slot(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        // The first bits lead to the place, so that what the table keeps of a hash is enough to grow.
        let mut slot = (hash >> 32) as usize & mask;
        while self.table[slot] != 0 && fingerprint(self.table[slot]) != fingerprint(hash) {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// The bits of a hash that the table keeps.
fn fingerprint(hash: u64) -> u64 {
    hash >> Word::BITS << Word::BITS
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

/// FNV-1a, since words are short, then the last steps of MurmurHash3, so that each letter changes every bit.
fn hash(folded: &[u8]) -> u64 {
    let hash = folded.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
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
