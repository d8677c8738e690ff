//! What is known beside the case itself, and what follows from both.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::deadline::contest_until;
use crate::event::{Agent, Outcome};
use crate::{Case, CaseUse, Contestation, Decision};

/// A kind of data that the tool received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataSource {
    /// What it is ("vos revenus déclarés").
    pub label: String,
    /// Where it comes from ("votre formulaire").
    pub source: String,
}

/// What the register says about a tool, in words for the citizen and in the language of the notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Identifier of the system.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for ("proposer le service qui traitera votre demande").
    pub purpose: String,
    /// What it does, sentences.
    pub does: Vec<String>,
    /// What it does not do, sentences.
    pub does_not: Vec<String>,
    /// Data and where they come from.
    pub data: Vec<DataSource>,
    /// What counts in its proposal, sentences; empty when nothing is weighed.
    pub counts: Vec<String>,
    /// The model behind it; empty when there is none.
    pub model: String,
    /// Who runs the model; empty when nobody else does.
    pub host: String,
}

/// A call on the case whose answer is not known, or not wholly: it was interrupted, or has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownUse {
    /// Identifier of the call.
    pub use_id: String,
    /// System that called.
    pub system: String,
}

/// The days that a letter speaks of, Paris time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// Of the letter.
    pub told_on: Date,
    /// The last one, at least, to go to court: see [`Case::court_until`].
    pub court: Date,
}

impl Days {
    /// Whether two months run from this letter.
    pub(super) fn opens_court(self) -> bool {
        self.court == contest_until(self.told_on)
    }
}

/// Everything that a notice needs beside the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Every tool that touched the case.
    pub tools: Vec<Tool>,
    /// Calls whose answer is not wholly known, whether the case's history holds them or not.
    pub unknown: Vec<UnknownUse>,
    /// Telephone number where a human answers.
    pub phone: String,
    /// When it is answered, in words.
    pub hours: String,
    /// Postal address for requests.
    pub post: String,
    /// Page where the code is typed.
    pub site: String,
    /// Page of the public register.
    pub register: String,
}

/// The uses that a notice speaks of.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Opened by the agent who decided, each after having noted their own view, before the decision.
    pub(super) before: &'a [CaseUse],
    /// Recorded after the decision.
    pub(super) after: &'a [CaseUse],
    /// Whether a second look has changed the decision since.
    changed: bool,
}

impl<'a> Scope<'a> {
    /// Everything that is recorded.
    pub(super) fn whole(case: &'a Case, decision: &Decision) -> Self {
        let (before, after) = case.uses.split_at(decision.uses);
        Self { before, after, changed: case.has_changed() }
    }

    /// What no letter speaks of yet.
    pub(super) fn untold(case: &'a Case) -> Self {
        Self { before: &[], after: case.untold(), changed: case.has_changed() }
    }

    pub(super) fn all(self) -> impl Iterator<Item = &'a CaseUse> {
        self.before.iter().chain(self.after)
    }

    fn holds(self, use_id: &str) -> bool {
        self.all().any(|case_use| case_use.use_id == use_id)
    }
}

/// What one tool did in one case, counted.
pub(super) struct Account<'a> {
    pub(super) times: usize,
    /// Times whose answer is not wholly known.
    pub(super) unknown: usize,
    /// Times whose answer came after the decision.
    pub(super) late: usize,
    /// Whether that decision is only the first: what came later may have counted in the one that stands.
    pub(super) changed: bool,
    /// Proposals opened before the decision, oldest first, the same one said once.
    pub(super) proposals: Vec<&'a str>,
    /// Proposals that came after it, likewise.
    pub(super) late_proposals: Vec<&'a str>,
    /// Whether it gave, before the decision, a text that proposes none.
    pub(super) text: bool,
    pub(super) followed: Followed,
}

/// How the decision stands beside the proposals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Followed {
    All,
    Some,
    None,
}

impl<'a> Account<'a> {
    pub(super) fn of(scope: Scope<'a>, decision: &Decision, facts: &Facts, tool: &Tool) -> Self {
        let unknown: Vec<&str> = facts.unknown.iter().filter(|u| u.system == tool.id).map(|u| u.use_id.as_str()).collect();
        let unrecorded = unknown.iter().filter(|use_id| !scope.holds(use_id)).count();
        let known = |uses: &'a [CaseUse]| -> Vec<&'a CaseUse> {
            uses.iter().filter(|u| u.system == tool.id && !unknown.contains(&u.use_id.as_str())).collect()
        };
        let (before, after) = (known(scope.before), known(scope.after));
        let proposals = proposals(&before);
        Self {
            times: scope.all().filter(|u| u.system == tool.id).count() + unrecorded,
            unknown: unknown.len(),
            late: after.len(),
            changed: scope.changed,
            followed: Followed::of(&proposals, &decision.value),
            text: before.iter().any(|case_use| case_use.proposal.is_none()),
            late_proposals: self::proposals(&after),
            proposals,
        }
    }
}

fn proposals<'a>(uses: &[&'a CaseUse]) -> Vec<&'a str> {
    let mut said = Vec::new();
    for proposal in uses.iter().filter_map(|case_use| case_use.proposal.as_ref()).map(|proposal| proposal.open()) {
        if !said.contains(&proposal) {
            said.push(proposal);
        }
    }
    said
}

impl Followed {
    fn of(proposals: &[&str], decision: &str) -> Self {
        match proposals.iter().filter(|said| **said == decision).count() {
            0 => Self::None,
            same if same == proposals.len() => Self::All,
            _ => Self::Some,
        }
    }
}

/// Energy of the uses that were metered, Wh, low and high end, and whether some were not.
pub(super) fn energy(scope: Scope<'_>, facts: &Facts) -> (Option<(f64, f64)>, bool) {
    let metered: Vec<_> = scope.all().filter_map(|case_use| case_use.footprint).collect();
    let unrecorded = facts.unknown.iter().filter(|unknown| !scope.holds(&unknown.use_id)).count();
    let sum = metered.iter().fold((0.0, 0.0), |(low, high), f| (low + f.energy_wh_low, high + f.energy_wh_high));
    ((!metered.is_empty()).then_some(sum), metered.len() < scope.all().count() + unrecorded)
}

/// An answered contestation.
pub(super) struct SecondLook<'a> {
    pub(super) contestation: &'a Contestation,
    pub(super) agent: &'a Agent,
    pub(super) outcome: &'a Outcome,
    pub(super) reason: &'a str,
    /// The decision that stood before it.
    pub(super) stood: &'a str,
    /// Whether an answer of the tool was recorded by then.
    pub(super) touched: bool,
}
