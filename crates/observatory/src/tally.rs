//! Counts what the entries of a log say, and redoes the sums of its tallies.
//!
//! A tally is a statement `{"type":"tally","from":F,"to":T,"counts":[{"count":N,…},…]}`: among the entries of index
//! F ≤ i < T there are as many commitments as its counts add up to. It comes after the entries that it counts, and begins
//! where the one before ended, so that nothing is counted twice and nothing is left out.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use gouvernail_tlog::entry::{Entry, EntryError};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::finding::{Finding, TallyFault, short};

/// Findings kept with their details; further ones are only counted, so that no log can fill the disk.
const KEPT: usize = 32;
/// Types of statements counted apart, for the same reason.
const TYPES: usize = 64;
/// Longest name of a type counted apart, in bytes.
const LONGEST_TYPE: usize = 64;
/// Under which further types are counted, and statements without a type.
const OTHER: &str = "other";

/// An amount of energy, in watt-hours, as a range.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct EnergyWh {
    /// At least.
    pub min: f64,
    /// At most.
    pub max: f64,
}

/// What the entries read so far add up to.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Entries that are commitments.
    pub commitments: u64,
    /// Entries that are statements, by their `type`.
    pub statements: BTreeMap<String, u64>,
    /// Tallies that hold.
    pub tallies: u64,
    /// Commitments that those count.
    pub tallied: u64,
    /// Sum of the energy that those state, if any does.
    pub energy_wh: Option<EnergyWh>,
    /// The first findings about entries.
    pub findings: Vec<Finding>,
    /// Findings about entries, those that are not kept included.
    pub found: u64,
}

/// The counts, and what is needed to go on counting.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Audit {
    pub(crate) counts: Counts,
    /// Where the next tally begins.
    next: u64,
    /// Ranges of indexes from `next` on that are not commitments: in a log that states tallies, there are few.
    others: VecDeque<Range<u64>>,
}

#[derive(Deserialize)]
struct Tally {
    from: u64,
    to: u64,
    counts: Vec<Count>,
    energy_wh: Option<EnergyWh>,
}

#[derive(Deserialize)]
struct Count {
    count: u64,
    energy_wh: Option<EnergyWh>,
}

impl Audit {
    /// Takes the next entry into account.
    pub(crate) fn see(&mut self, index: u64, entry: Result<Entry, EntryError>) {
        let statement = match entry {
            Ok(Entry::Commitment(_)) => {
                self.counts.commitments += 1;
                return;
            }
            Ok(Entry::Statement(statement)) => Ok(statement),
            Err(error) => Err(Finding::Form { index, reason: short(&error) }),
        };
        let found = statement.and_then(|statement| self.statement(index, statement));
        match self.others.back_mut() {
            Some(last) if last.end == index => last.end += 1,
            _ => self.others.push_back(index..index + 1),
        }
        if let Err(finding) = found {
            self.counts.found += 1;
            if self.counts.findings.len() < KEPT {
                self.counts.findings.push(finding);
            }
        }
    }

    fn statement(&mut self, index: u64, statement: Value) -> Result<(), Finding> {
        let kind = statement["type"].as_str().unwrap_or(OTHER);
        let known =
            self.counts.statements.contains_key(kind) || (self.counts.statements.len() < TYPES && kind.len() <= LONGEST_TYPE);
        *self.counts.statements.entry(if known { kind } else { OTHER }.to_owned()).or_default() += 1;
        if kind != "tally" {
            return Ok(());
        }
        let tally = serde_json::from_value(statement).map_err(|error| TallyFault::Unreadable { reason: short(&error) });
        let checked = tally.and_then(|tally| self.tally(index, &tally));
        checked.map_err(|fault| Finding::Tally { index, fault })
    }

    fn tally(&mut self, index: u64, tally: &Tally) -> Result<(), TallyFault> {
        let Tally { from, to, .. } = *tally;
        if to < from || to > index {
            return Err(TallyFault::Range { from, to });
        }
        // The next one is judged by where this one ends, so that one mistake is one finding.
        let expected = self.next;
        let held = self.count_to(to);
        if from != expected {
            return Err(TallyFault::Gap { expected, from });
        }
        let unreadable = |reason: &str| TallyFault::Unreadable { reason: reason.to_owned() };
        let stated = tally.counts.iter().try_fold(0u64, |sum, count| sum.checked_add(count.count));
        let stated = stated.ok_or_else(|| unreadable("its counts are beyond any number of entries"))?;
        if stated != held {
            return Err(TallyFault::Sum { stated, held });
        }
        let energy = tally.energy();
        if energy.is_some_and(|range| !(0.0 <= range.min && range.min <= range.max && range.max.is_finite())) {
            return Err(unreadable("its energy is not a range from 0 upwards"));
        }
        self.counts.tallies += 1;
        self.counts.tallied += held;
        self.counts.energy_wh = sum(self.counts.energy_wh.into_iter().chain(energy));
        Ok(())
    }

    /// Commitments from the end of the last tally to before `to`; moves that end to `to`, never backwards.
    fn count_to(&mut self, to: u64) -> u64 {
        let mut held = to.saturating_sub(self.next);
        while let Some(others) = self.others.front_mut().filter(|others| others.start < to) {
            let end = others.end.min(to);
            held -= end - others.start;
            others.start = end;
            if others.is_empty() {
                self.others.pop_front();
            }
        }
        self.next = self.next.max(to);
        held
    }
}

impl Tally {
    /// For the whole tally if it says so, else the sum of what its counts say.
    fn energy(&self) -> Option<EnergyWh> {
        self.energy_wh.or_else(|| sum(self.counts.iter().filter_map(|count| count.energy_wh)))
    }
}

fn sum(ranges: impl Iterator<Item = EnergyWh>) -> Option<EnergyWh> {
    ranges.reduce(|a, b| EnergyWh { min: a.min + b.min, max: a.max + b.max })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn audit(entries: &[Option<Value>]) -> Audit {
        let mut audit = Audit::default();
        for (index, entry) in (0..).zip(entries) {
            let entry = entry.clone().map_or(Entry::Commitment([0; 32]), Entry::Statement);
            audit.see(index, Ok(entry));
        }
        audit
    }

    fn tally(from: u64, to: u64, counts: &[u64]) -> Option<Value> {
        let counts: Vec<_> = counts.iter().map(|count| json!({ "kind": "decision", "system": "s", "count": count })).collect();
        Some(json!({ "type": "tally", "from": from, "to": to, "counts": counts, "more": true }))
    }

    #[test]
    fn tallies_that_hold_follow_each_other() {
        let event = Some(json!({ "type": "authorisation" }));
        let audit = audit(&[
            None,
            event.clone(),
            None,
            tally(0, 2, &[1, 0]),
            None,
            tally(2, 5, &[1, 1]),
            event,
            tally(5, 5, &[]),
            Some(json!(7)),
        ]);
        assert_eq!((audit.counts.findings.as_slice(), audit.counts.found), ([].as_slice(), 0));
        assert_eq!((audit.counts.commitments, audit.counts.tallies, audit.counts.tallied), (3, 3, 3));
        assert_eq!(
            audit.counts.statements,
            [("authorisation", 2), ("other", 1), ("tally", 3)].map(|(k, n)| (k.to_owned(), n)).into()
        );
    }

    #[test]
    fn each_way_to_be_wrong_is_one_finding_and_the_next_tally_is_judged_afresh() {
        let text = Some(json!({ "type": "tally", "from": "0" }));
        for (wrong, fault) in [
            (tally(0, 2, &[3]), TallyFault::Sum { stated: 3, held: 2 }),
            (tally(1, 2, &[1]), TallyFault::Gap { expected: 0, from: 1 }),
            (tally(0, 3, &[2]), TallyFault::Range { from: 0, to: 3 }),
            (tally(2, 1, &[]), TallyFault::Range { from: 2, to: 1 }),
            (text, TallyFault::Unreadable { reason: String::new() }),
            (tally(0, 2, &[u64::MAX, 3]), TallyFault::Unreadable { reason: String::new() }),
        ] {
            let next = if matches!(fault, TallyFault::Sum { .. } | TallyFault::Gap { .. }) { 2 } else { 0 };
            let next = if wrong == tally(0, 2, &[u64::MAX, 3]) { 2 } else { next };
            let audit = audit(&[None, None, wrong, None, tally(next, 4, &[3 - next])]);
            let [Finding::Tally { index: 2, fault: found }] = audit.counts.findings.as_slice() else {
                panic!("{:?}", audit.counts.findings)
            };
            assert!(found == &fault || matches!((found, &fault), (TallyFault::Unreadable { .. }, TallyFault::Unreadable { .. })));
            assert_eq!((audit.counts.found, audit.counts.tallies), (1, 1), "{fault}");
        }
    }

    #[test]
    fn an_overlap_is_a_finding() {
        let audit = audit(&[None, None, tally(0, 2, &[2]), tally(1, 2, &[1])]);
        let fault = TallyFault::Gap { expected: 2, from: 1 };
        assert_eq!(audit.counts.findings, [Finding::Tally { index: 3, fault }]);
    }

    #[test]
    fn energy_is_summed_from_tallies_that_hold() {
        let with = |energy: Value, count: u64, from: u64| {
            Some(json!({ "type": "tally", "from": from, "to": from + 1, "counts": [{ "count": count }], "energy_wh": energy }))
        };
        let range = |min: f64, max: f64| json!({ "min": min, "max": max });
        let inside =
            json!([{ "count": 1, "energy_wh": { "min": 0.5, "max": 1 } }, { "count": 0, "energy_wh": { "min": 0, "max": 1 } }]);
        let audit = audit(&[
            None,
            with(range(1.5, 2.0), 1, 0),
            None,
            Some(json!({ "type": "tally", "from": 1, "to": 3, "counts": inside })),
            None,
            with(range(100.0, 200.0), 2, 3),
            None,
            with(range(3.0, 2.0), 0, 4),
        ]);
        assert_eq!(audit.counts.energy_wh, Some(EnergyWh { min: 2.0, max: 4.0 }));
        assert_eq!((audit.counts.tallies, audit.counts.found), (2, 2));
    }

    #[test]
    fn a_log_cannot_fill_the_memory_with_types_or_findings() {
        let mut audit = Audit::default();
        for index in 0..1000 {
            let statement = json!({ "type": format!("type {index}") });
            audit.see(2 * index, Ok(Entry::Statement(statement)));
            audit.see(2 * index + 1, Err(EntryError::Kind(Some(9))));
        }
        assert!(audit.counts.statements.len() <= TYPES + 1);
        assert_eq!(
            (audit.counts.statements.values().sum::<u64>(), audit.counts.findings.len(), audit.counts.found),
            (1000, KEPT, 1000)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        /// Entries are drawn: commitments, statements, and tallies that end anywhere before themselves, some off by one.
        #[test]
        fn a_tally_holds_exactly_when_its_count_is_that_of_the_commitments(draws in prop::collection::vec((0..4u8, 0..100u64), 0..60)) {
            let (mut audit, mut commitments, mut next, mut wrong) = (Audit::default(), Vec::new(), 0, Vec::new());
            for (index, (kind, draw)) in (0..).zip(draws) {
                let entry = match kind {
                    0 | 1 => Entry::Commitment([kind; 32]),
                    2 => Entry::Statement(json!({ "type": "event" })),
                    _ => {
                        let to = next + draw % (index - next + 1);
                        let held = commitments.iter().filter(|at| (next..to).contains(*at)).count() as u64;
                        let stated = held + u64::from(draw >= 80);
                        if stated != held {
                            wrong.push(Finding::Tally { index, fault: TallyFault::Sum { stated, held } });
                        }
                        let statement = tally(next, to, &[stated]);
                        next = to;
                        Entry::Statement(statement.unwrap())
                    }
                };
                if matches!(entry, Entry::Commitment(_)) {
                    commitments.push(index);
                }
                audit.see(index, Ok(entry));
                // What is kept between two rounds is enough to go on.
                audit = serde_json::from_str(&serde_json::to_string(&audit).unwrap()).unwrap();
            }
            prop_assert_eq!(&audit.counts.findings, &wrong);
            prop_assert_eq!(audit.counts.commitments, commitments.len() as u64);
        }
    }
}
