//! Measured human control: figures with their counts and their uncertainty, never a score alone.

use serde::Serialize;

use crate::Case;

/// One use seen three times: the agent's blind judgement, the tool's proposal, the final decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The agent's judgement, sealed before the reveal (h0).
    pub blind: String,
    /// What the tool proposed (a).
    pub proposal: String,
    /// What was decided (h1).
    pub decided: String,
}

/// `count` out of `total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Proportion {
    /// How many.
    pub count: u64,
    /// Out of how many.
    pub total: u64,
}

/// Normal quantile of a two-sided 95 % interval.
const Z95: f64 = 1.959_963_984_540_054;

impl Proportion {
    /// The rate, from 0 to 1; none when nothing was counted.
    pub fn rate(self) -> Option<f64> {
        (self.total > 0).then(|| self.count as f64 / self.total as f64)
    }

    /// 95 % Wilson score interval (Wilson 1927); none when nothing was counted.
    pub fn wilson(self) -> Option<(f64, f64)> {
        let (rate, n, z2) = (self.rate()?, self.total as f64, Z95 * Z95);
        let centre = (rate + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z95 / (1.0 + z2 / n) * (rate * (1.0 - rate) / n + z2 / (4.0 * n * n)).sqrt();
        Some(((centre - half).max(0.0), (centre + half).min(1.0)))
    }
}

/// The trials of a case: uses with a proposal, judged by the agent who then decided. One decision may give several.
pub fn trials(case: &Case) -> Vec<Trial> {
    let Some(decision) = &case.decision else { return Vec::new() };
    let before = &case.uses[..decision.uses];
    before
        .iter()
        .filter_map(|case_use| {
            let (judgement, proposal) = (case.judgement(&case_use.use_id, &decision.agent)?, case_use.proposal.as_ref()?);
            Some(Trial { blind: judgement.value.clone(), proposal: proposal.open().to_owned(), decided: decision.value.clone() })
        })
        .collect()
}

/// Whether the decision is none of the proposals that its author saw before it; none when they saw no proposal.
pub fn departs(case: &Case) -> Option<bool> {
    let decision = case.decision.as_ref()?;
    let mut proposals = case.uses[..decision.uses].iter().filter_map(|case_use| case_use.proposal.as_ref()).peekable();
    proposals.peek()?;
    Some(!proposals.any(|proposal| proposal.open() == decision.value))
}

/// How often the blind judgement and the proposal are the same.
pub fn agreement(trials: &[Trial]) -> Proportion {
    count(trials.iter(), |t| t.blind == t.proposal)
}

/// How often an agent who thought otherwise followed the tool: P(decided = proposal | blind ≠ proposal).
pub fn switch_to_ai(trials: &[Trial]) -> Proportion {
    count(trials.iter().filter(|t| t.blind != t.proposal), |t| t.decided == t.proposal)
}

/// How often the decision is not the proposal. Too low alarms as much as too high.
pub fn override_rate(trials: &[Trial]) -> Proportion {
    count(trials.iter(), |t| t.decided != t.proposal)
}

/// Cohen's kappa between blind judgement and proposal (Cohen 1960): agreement beyond chance, from -1 to 1.
///
/// None without trials, and when both always give one same answer: chance then explains everything.
pub fn kappa(trials: &[Trial]) -> Option<f64> {
    let observed = agreement(trials).rate()?;
    let n = trials.len() as f64;
    let mut values: Vec<&str> = trials.iter().flat_map(|t| [t.blind.as_str(), t.proposal.as_str()]).collect();
    values.sort_unstable();
    values.dedup();
    let share = |pick: fn(&Trial) -> &str, value: &str| trials.iter().filter(|t| pick(t) == value).count() as f64 / n;
    let expected: f64 = values.iter().map(|v| share(|t| &t.blind, v) * share(|t| &t.proposal, v)).sum();
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

fn count<'a>(trials: impl Iterator<Item = &'a Trial>, holds: impl Fn(&Trial) -> bool) -> Proportion {
    let (mut hits, mut total) = (0, 0);
    for trial in trials {
        total += 1;
        hits += u64::from(holds(trial));
    }
    Proportion { count: hits, total }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn trial(blind: &str, proposal: &str, decided: &str) -> Trial {
        Trial { blind: blind.into(), proposal: proposal.into(), decided: decided.into() }
    }

    // 2 × 2 table 20, 5, 10, 15: observed 0.70, expected 0.50, kappa 0.40.
    fn textbook() -> Vec<Trial> {
        let table = [("oui", "oui", 20), ("oui", "non", 5), ("non", "oui", 10), ("non", "non", 15)];
        table.iter().flat_map(|(b, p, n)| vec![trial(b, p, b); *n]).collect()
    }

    #[test]
    fn kappa_of_a_known_table() {
        assert!((kappa(&textbook()).unwrap() - 0.4).abs() < 1e-12);
        assert_eq!(agreement(&textbook()), Proportion { count: 35, total: 50 });
        assert_eq!(switch_to_ai(&textbook()), Proportion { count: 0, total: 15 });
        assert_eq!(override_rate(&textbook()), Proportion { count: 15, total: 50 });
    }

    #[test]
    fn nothing_counted_gives_no_figure() {
        assert_eq!(kappa(&[]), None);
        assert_eq!(Proportion { count: 0, total: 0 }.wilson(), None);
        assert_eq!(kappa(&[trial("oui", "oui", "oui")]), None);
    }

    #[test]
    fn wilson_of_a_known_case() {
        let (low, high) = Proportion { count: 8, total: 10 }.wilson().unwrap();
        assert!((low - 0.4902).abs() < 5e-4 && (high - 0.9433).abs() < 5e-4, "{low} {high}");
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_rate(total in 1..5000_u64, part in 0.0..=1.0_f64) {
            let p = Proportion { count: (total as f64 * part) as u64, total };
            let (low, high) = p.wilson().unwrap();
            let rate = p.rate().unwrap();
            prop_assert!(low <= rate + 1e-9 && rate <= high + 1e-9 && (0.0..=1.0).contains(&low) && high <= 1.0);
        }
    }
}
