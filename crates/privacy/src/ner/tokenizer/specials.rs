//! Strings whose tokens are given: abbreviations, "aujourd'hui", "est-ce", emoticons.

use std::collections::HashMap;

/// The given strings.
#[derive(Debug, Default)]
pub(super) struct Specials {
    /// Lengths of the tokens of each, in bytes.
    lengths: HashMap<String, Vec<usize>>,
    longest: usize,
    /// What the rules alone make of those they cut, by their first token: found among tokens, they are put together again.
    phrases: HashMap<String, Vec<Vec<String>>>,
}

impl Specials {
    pub(super) fn insert(&mut self, text: String, lengths: Vec<usize>) {
        self.longest = self.longest.max(text.len());
        self.lengths.insert(text, lengths);
    }

    pub(super) fn insert_phrase(&mut self, tokens: Vec<String>) {
        if let Some(first) = tokens.first() {
            self.phrases.entry(first.clone()).or_default().push(tokens);
        }
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.lengths.keys().map(String::as_str)
    }

    /// Lengths in bytes of the tokens of `text` when it is one of these strings.
    pub(super) fn get(&self, text: &str) -> Option<&[usize]> {
        // Looking up a long text again and again, one character shorter each time, would cost its square.
        (text.len() <= self.longest).then(|| self.lengths.get(text)).flatten().map(Vec::as_slice)
    }

    /// Puts together, and cuts as given, the phrases among the tokens of `chunk`; `ends` are byte offsets.
    pub(super) fn mend(&self, chunk: &str, ends: Vec<usize>) -> Vec<usize> {
        let found = self.phrases_among(chunk, &ends);
        if found.is_empty() {
            return ends;
        }
        let mut mended = Vec::with_capacity(ends.len());
        let mut done = 0;
        for (first, last) in found {
            mended.extend_from_slice(&ends[done..first]);
            let mut end = start_of(&ends, first);
            for length in self.get(&chunk[end..ends[last - 1]]).unwrap_or_default() {
                end += length;
                mended.push(end);
            }
            done = last;
        }
        mended.extend_from_slice(&ends[done..]);
        mended
    }

    /// Ranges of tokens, in order and without overlap: the longest first, then the leftmost.
    fn phrases_among(&self, chunk: &str, ends: &[usize]) -> Vec<(usize, usize)> {
        let token = |place: usize| &chunk[start_of(ends, place)..ends[place]];
        let mut found = Vec::new();
        for first in 0..ends.len() {
            for phrase in self.phrases.get(token(first)).into_iter().flatten() {
                let last = first + phrase.len();
                if last <= ends.len() && phrase.iter().zip(first..last).all(|(text, place)| text == token(place)) {
                    found.push((first, last));
                }
            }
        }
        found.sort_by_key(|&(first, last)| (std::cmp::Reverse(last - first), first));
        let mut seen = vec![false; ends.len()];
        found.retain(|&(first, last)| {
            let free = !seen[first] && !seen[last - 1];
            seen[first..last].fill(true);
            free
        });
        found.sort_unstable();
        found
    }
}

fn start_of(ends: &[usize], place: usize) -> usize {
    place.checked_sub(1).map_or(0, |before| ends[before])
}
