//! What there is to show: the same data feeds the page and the open data.

use jiff::Timestamp;
use serde::Serialize;

use crate::finding::{Finding, Outcome};
use crate::state::{Evidence, Followed};
use crate::tally::Counts;

/// Everything that the observatory has to say at one moment. Serialised, it is `/observatory.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overview {
    /// When it was drawn up.
    pub at: Timestamp,
    /// The observatory's own verifier key.
    pub vkey: String,
    /// The logs, in the order of the configuration.
    pub logs: Vec<LogOverview>,
}

/// One followed log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogOverview {
    /// Name to show.
    pub name: String,
    /// Its origin.
    pub origin: String,
    /// Its base address.
    pub url: String,
    /// The worst outcome of its checks; none before the first round.
    pub outcome: Option<Outcome>,
    /// The last checks, one of each kind at most.
    pub checks: Vec<Check>,
    /// The last cosigned checkpoint. It is shown to continue the one before; its entries may not have been read yet.
    pub cosigned: Option<Cosigned>,
    /// Up to where every entry was read and compared with tiles and root.
    pub verified: Option<Verified>,
    /// What the entries read add up to, with the findings about single entries.
    pub counts: Counts,
}

/// A cosigned checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cosigned {
    /// Entries that it covers.
    pub size: u64,
    /// When it was last cosigned.
    pub at: Option<Timestamp>,
}

/// How far the entries were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Entries read.
    pub size: u64,
    /// End of the last complete round.
    pub at: Timestamp,
    /// When all of them were last read again from the first on; since then, only what was new.
    pub read_in_full: Timestamp,
}

/// The last check of one kind of one log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was checked.
    pub what: What,
    /// When.
    pub at: Timestamp,
    /// How it ended.
    pub outcome: Outcome,
    /// What was found, when it did not hold.
    pub finding: Option<Finding>,
}

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The log answers, with all that its checkpoint asks for, and renews its checkpoint.
    News,
    /// No entry was withdrawn or changed: what is read leads to the signed root and continues what was cosigned.
    History,
    /// Every entry is a commitment or a statement.
    Forms,
    /// The tallies add up to the entries.
    Tallies,
}

impl Overview {
    /// Entries read, all logs together.
    pub fn entries(&self) -> u64 {
        self.logs.iter().filter_map(|log| log.verified).map(|verified| verified.size).sum()
    }

    /// Every check with its log, the worst first, else in the order of the configuration.
    pub fn worst_first(&self) -> Vec<(&LogOverview, &Check)> {
        let mut all: Vec<_> = self.logs.iter().flat_map(|log| log.checks.iter().map(move |check| (log, check))).collect();
        all.sort_by_key(|(_, check)| std::cmp::Reverse(check.outcome));
        all
    }
}

impl Check {
    pub(crate) fn new(what: What, at: Timestamp, finding: Option<Finding>) -> Self {
        let outcome = finding.as_ref().map_or(Outcome::Held, Finding::outcome);
        Self { what, at, outcome, finding }
    }
}

/// The checks of one log from what is known about it. What was never checked has no row.
pub(crate) fn checks(followed: Option<&Followed>, news: Option<Check>, broken: Option<Evidence>) -> Vec<Check> {
    let mut checks: Vec<_> = news.into_iter().collect();
    match (broken, followed) {
        (Some(Evidence { at, finding }), _) => checks.push(Check::new(What::History, at, Some(finding))),
        (None, Some(followed)) => checks.push(Check::new(What::History, followed.checked, None)),
        (None, None) => {}
    }
    let Some(Followed { checked, audit, .. }) = followed else { return checks };
    let first = |wanted: fn(&Finding) -> bool| audit.counts.findings.iter().find(|finding| wanted(finding)).cloned();
    checks.push(Check::new(What::Forms, *checked, first(|finding| matches!(finding, Finding::Form { .. }))));
    let tally = first(|finding| matches!(finding, Finding::Tally { .. }));
    if tally.is_some() || audit.counts.tallies > 0 {
        checks.push(Check::new(What::Tallies, *checked, tally));
    }
    checks
}
