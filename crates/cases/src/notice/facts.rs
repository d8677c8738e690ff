//! What is known beside the case itself, and what follows from both.

use serde::{Deserialize, Serialize};

use crate::event::{Agent, Outcome};
use crate::{Case, Contestation, Decision};

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

/// What one tool did in one case, counted.
pub(super) struct Account<'a> {
    pub(super) times: usize,
    /// Times whose answer is not wholly known.
    pub(super) unknown: usize,
    /// Proposals, oldest first, the same one said once.
    pub(super) proposals: Vec<&'a str>,
    /// Whether it gave a text that proposes no decision.
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
    pub(super) fn of(case: &'a Case, decision: &Decision, facts: &Facts, tool: &Tool) -> Self {
        let unknown: Vec<&str> = facts.unknown.iter().filter(|u| u.system == tool.id).map(|u| u.use_id.as_str()).collect();
        let (lost, known): (Vec<_>, Vec<_>) =
            case.uses.iter().filter(|u| u.system == tool.id).partition(|u| unknown.contains(&u.use_id.as_str()));
        let unrecorded = unknown.len() - lost.len();
        let mut proposals: Vec<&str> = Vec::new();
        for said in known.iter().filter_map(|case_use| case_use.proposal.as_ref()).map(|proposal| proposal.open()) {
            if !proposals.contains(&said) {
                proposals.push(said);
            }
        }
        let same = proposals.iter().filter(|said| **said == decision.value).count();
        let followed = match (same, proposals.len()) {
            (0, _) => Followed::None,
            (same, all) if same == all => Followed::All,
            _ => Followed::Some,
        };
        let text = known.iter().any(|case_use| case_use.proposal.is_none());
        Self { times: known.len() + lost.len() + unrecorded, unknown: unknown.len(), proposals, text, followed }
    }
}

/// Energy of the uses that were metered, Wh, low and high end, and whether some were not.
pub(super) fn energy(case: &Case, facts: &Facts) -> (Option<(f64, f64)>, bool) {
    let metered: Vec<_> = case.uses.iter().filter_map(|case_use| case_use.footprint).collect();
    let unrecorded = facts.unknown.iter().filter(|unknown| case.use_of(&unknown.use_id).is_err()).count();
    let sum = metered.iter().fold((0.0, 0.0), |(low, high), f| (low + f.energy_wh_low, high + f.energy_wh_high));
    ((!metered.is_empty()).then_some(sum), metered.len() < case.uses.len() + unrecorded)
}

/// An answered contestation.
pub(super) struct SecondLook<'a> {
    pub(super) contestation: &'a Contestation,
    pub(super) agent: &'a Agent,
    pub(super) outcome: &'a Outcome,
    pub(super) reason: &'a str,
    /// The decision that stood before it.
    pub(super) stood: &'a str,
}
