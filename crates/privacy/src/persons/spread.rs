//! A second look: what was found once is a name everywhere in the text.

use std::cell::OnceCell;

use foldhash::HashSet;

use super::Found;
use super::token::{Gap, Shape};
use super::word::{Case, Page, is_particle};
use crate::typo::{find_without_one, without_one};

/// Parts of a name from this length on are looked for alone.
const MIN_PART: usize = 3;
/// Parts from this length on are also recognised with one wrong letter.
const FUZZY: usize = 6;
/// Longer parts are looked for exactly.
const LONG: usize = 24;

/// Adds the parts of the names of `found` that stand elsewhere.
pub(super) fn spread(page: &Page<'_>, found: &mut Vec<Found>) {
    let mut taken = vec![false; page.tokens.len()];
    let mut parts: HashSet<&[u8]> = HashSet::default();
    for person in found.iter() {
        for at in person.words.clone() {
            taken[at] = true;
            let letters = page.tokens.letters(at);
            if letters.len() >= MIN_PART && !is_particle(&page.tokens[at]) {
                parts.insert(letters);
            }
        }
    }
    let parts = Parts { whole: parts, near: OnceCell::new() };
    let mut more = Vec::new();
    let mut at = 0;
    while at < page.tokens.len() {
        let mut end = at;
        while end < page.tokens.len()
            && !taken[end]
            && is_part(page, end, &parts)
            && (end == at || matches!(page.tokens[end].gap, Gap::Space | Gap::Hyphen))
        {
            end += 1;
        }
        if end > at {
            let start = if at > 0 && !taken[at - 1] && super::run::is_initial(page, at - 1) { at - 1 } else { at };
            more.push(Found { words: start..end, points: 0 });
            at = end;
        } else {
            at += 1;
        }
    }
    found.extend(more);
    found.sort_by_key(|person| person.words.start);
}

/// The parts of the names that were found.
struct Parts<'p> {
    whole: HashSet<&'p [u8]>,
    /// The longer ones, whole and without one letter; most texts have no word that asks for it.
    near: OnceCell<HashSet<Vec<u8>>>,
}

impl Parts<'_> {
    fn are_near(&self, letters: &[u8]) -> bool {
        let long = || self.whole.iter().filter(|part| (FUZZY..=LONG).contains(&part.len()));
        let near = self.near.get_or_init(|| long().flat_map(|part| without_one(part).chain([part.to_vec()])).collect());
        near.contains(letters) || find_without_one(letters, |shorter| near.get(shorter)).is_some()
    }
}

fn is_part(page: &Page<'_>, at: usize, parts: &Parts<'_>) -> bool {
    let token = &page.tokens[at];
    if token.address || token.shape == Shape::Code || page.names_nobody(at) || is_particle(token) {
        return false;
    }
    let letters = page.tokens.letters(at);
    let written = match (page.case(at), token.shape) {
        (Case::Mixed, Shape::Lower) => token.word.ordinary == 0,
        (Case::Mixed, _) => token.word.ordinary < 12 || token.shape == Shape::Upper,
        (Case::Flat, _) => token.word.ordinary < 9,
    };
    if parts.whole.contains(letters) {
        return written && !super::context::is_named_after(page, at);
    }
    let strange = token.word.ordinary == 0
        && (FUZZY - 1..=LONG).contains(&letters.len())
        && (token.shape != Shape::Lower || page.case(at) == Case::Flat);
    strange && page.is_unknown(at) && parts.are_near(letters) && !super::context::is_named_after(page, at)
}
