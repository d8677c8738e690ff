//! One entity for all spellings of one person: "M. DUPONT" and "J. Dupont" are Jean Dupont when nobody else is called so.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::Found;
use super::word::{Page, is_particle};
use crate::span::{Source, Span};
use crate::{Label, entity};

/// Persons who share a word of their names are told apart up to this many.
const SHARED: usize = 8;

/// Spans of what was found, with the entity of the fullest name that each agrees with.
pub(super) fn spans(page: &Page<'_>, found: Vec<Found>, out: &mut Vec<Span>) {
    let names: Vec<BTreeSet<&[u8]>> = found
        .iter()
        .map(|person| person.words.clone().filter(|&at| !is_particle(&page.tokens[at])).map(|at| page.tokens.letters(at)).collect())
        .collect();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(names[at].iter().filter(|word| word.len() > 1).count()));
    let mut holders: HashMap<&[u8], Vec<usize>> = HashMap::default();
    let mut leader: Vec<usize> = (0..found.len()).collect();
    for at in order {
        let longest = names[at].iter().max_by_key(|word| word.len());
        let known = longest.and_then(|word| holders.get(word)).map_or(&[][..], Vec::as_slice);
        let mut agreeing = known.iter().copied().filter(|&other| agrees(&names[at], &names[other]));
        match (agreeing.next(), agreeing.next()) {
            (Some(only), None) => leader[at] = leader[only],
            (None, _) => {
                for word in names[at].iter().filter(|word| word.len() > 1) {
                    let holders = holders.entry(word).or_default();
                    if holders.len() < SHARED {
                        holders.push(at);
                    }
                }
            }
            _ => {}
        }
    }
    for (at, person) in found.iter().enumerate() {
        let range = range(page, person);
        let whole = entity::key(Label::Person, &page.text[self::range(page, &found[leader[at]])]);
        out.push(Span { range, label: Label::Person, source: Source::Names, score: score(person), entity: whole });
    }
}

fn range(page: &Page<'_>, person: &Found) -> std::ops::Range<usize> {
    page.tokens[person.words.start].range.start..page.tokens[person.words.end - 1].range.end
}

/// Every word of the shorter name is in the fuller one, initials by their letter.
fn agrees(short: &BTreeSet<&[u8]>, full: &BTreeSet<&[u8]>) -> bool {
    short.iter().all(|word| match word {
        [letter] => full.iter().any(|own| own.first() == Some(letter) && (own.len() == 1 || !short.contains(own))),
        word => full.contains(word),
    })
}

/// Between one half, and one for what no doubt is left about.
fn score(person: &Found) -> f32 {
    (0.5 + person.points.clamp(0, 40) as f32 / 80.0).min(0.99)
}
