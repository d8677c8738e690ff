//! The layer that knows: values of the case, in all their spellings.

pub(crate) mod names;
mod near;
pub(crate) mod spelling;
mod trie;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::fold::{folded, is_word};
use crate::span::{Source, Span};
use crate::{Label, entity};
use spelling::Spelling;
pub(crate) use trie::Joined;
use trie::{End, Trie};

/// A value that the case's file holds about a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownValue {
    /// What it is.
    pub label: Label,
    /// As the file writes it: "Jean Dupont", "1985-03-07", "06 12 34 56 78" …
    pub value: String,
}

impl KnownValue {
    /// A known value.
    #[must_use]
    pub fn new(label: Label, value: impl Into<String>) -> Self {
        Self { label, value: value.into() }
    }
}

/// Without the value: what is debugged ends in logs.
impl fmt::Debug for KnownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnownValue").field("label", &self.label).finish_non_exhaustive()
    }
}

/// A name with one letter wrong.
const NEAR: f32 = 0.8;

/// Values of a case, ready to be searched.
#[derive(Clone)]
pub(crate) struct KnownLayer {
    targets: Vec<Target>,
    trie: Trie,
    near: near::Near,
}

/// What a spelling stands for.
#[derive(Clone)]
struct Target {
    label: Label,
    entity: String,
    /// As the file writes it; `None` for what two values share.
    reference: Option<String>,
}

/// To whom a spelling belongs, while the values are read.
struct Claim {
    target: usize,
    whole: bool,
    pieces: RangeInclusive<usize>,
}

impl KnownLayer {
    pub(crate) fn new(values: &[KnownValue]) -> Self {
        let mut targets = Vec::new();
        let mut claims = BTreeMap::new();
        for KnownValue { label, value } in values.iter().filter(|known| !folded(&known.value).is_empty()) {
            let target = target(&mut targets, *label, entity::key(*label, value), Some(value.trim()));
            for spelling in spelling::of(*label, value) {
                claim(&mut claims, &mut targets, spelling, target);
            }
        }
        let names = claims.iter().filter(|(_, claim)| targets[claim.target].label == Label::Person);
        let near = near::Near::new(names.map(|(folded, claim)| (folded.clone(), claim.target)));
        let ends = claims.into_iter().map(|(folded, Claim { target, pieces, .. })| (folded, End { target, pieces }));
        let trie = Trie::new(ends);
        Self { targets, trie, near }
    }

    pub(crate) fn len(&self) -> usize {
        self.targets.iter().filter(|target| target.reference.is_some()).count()
    }

    /// Values from left to right; of one that overlaps the value before it, what is left.
    pub(crate) fn find(&self, text: &str, joined: Joined, out: &mut Vec<Span>) {
        let mut covered = 0;
        for (mut range, number) in self.trie.find(text, joined) {
            if range.start >= covered {
                covered = range.end;
            } else {
                let Some(rest) = text.get(covered..range.end).and_then(|rest| rest.find(is_word)) else { continue };
                range.start = covered + rest;
            }
            let Target { label, entity, .. } = &self.targets[number];
            out.push(Span { range, label: *label, source: Source::Known, score: 1.0, entity: entity.clone() });
        }
    }

    /// Words that are nearly a name of the case, where no value stands exactly: `out` holds those, in order, and nothing else.
    pub(crate) fn find_near(&self, text: &str, out: &mut Vec<Span>) {
        let exact = out.len();
        for (range, number) in self.near.find(text) {
            let next = out[..exact].partition_point(|span| span.range.end <= range.start);
            if out[..exact].get(next).is_none_or(|span| span.range.start >= range.end) {
                let Target { label, entity, .. } = &self.targets[number];
                out.push(Span { range, label: *label, source: Source::Known, score: NEAR, entity: entity.clone() });
            }
        }
    }

    /// The spelling of the file, for an entity that it holds.
    pub(crate) fn reference(&self, label: Label, entity: &str) -> Option<&str> {
        self.targets.iter().find(|target| target.label == label && target.entity == entity)?.reference.as_deref()
    }
}

/// The number of an entity; it is added when it is new.
fn target(targets: &mut Vec<Target>, label: Label, entity: String, reference: Option<&str>) -> usize {
    let known = targets.iter().position(|target| target.label == label && target.entity == entity);
    let number = known.unwrap_or(targets.len());
    if known.is_none() {
        targets.push(Target { label, entity, reference: None });
    }
    if let (None, Some(reference)) = (&targets[number].reference, reference) {
        targets[number].reference = Some(reference.to_owned());
    }
    number
}

/// A spelling that is a part of two values (the family name of a couple) becomes a value of its own:
/// nobody can tell whose it is. A whole value wins over a part.
fn claim(claims: &mut BTreeMap<String, Claim>, targets: &mut Vec<Target>, spelling: Spelling, number: usize) {
    let Spelling { folded, pieces, whole } = spelling;
    match claims.entry(folded) {
        Entry::Vacant(free) => {
            free.insert(Claim { target: number, whole, pieces });
        }
        Entry::Occupied(mut taken) => {
            let folded = taken.key().clone();
            let held = taken.get_mut();
            held.pieces = *held.pieces.start().min(pieces.start())..=*held.pieces.end().max(pieces.end());
            if held.target == number {
                held.whole |= whole;
            } else if whole && !held.whole {
                (held.target, held.whole) = (number, true);
            } else if !whole && !held.whole {
                held.target = target(targets, targets[held.target].label, folded, None);
            }
        }
    }
}
