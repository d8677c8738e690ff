//! The administration, its politics, and those who supply it.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::event::{Clause, ContractTerms, HostTraits, ModelTraits, Objective};

/// The public body that owns this register.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its SIRET number.
    pub siret: String,
    /// Whether it keeps a public transparency log.
    pub public_log: bool,
}

/// The published political document that every system refers to.
#[derive(Debug, Clone)]
pub struct Strategy {
    /// The document.
    pub text: PoliticalText,
    /// What it seeks.
    pub objectives: Vec<Objective>,
}

/// A document that was voted and published.
#[derive(Debug, Clone)]
pub struct PoliticalText {
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Where it is published.
    pub url: String,
    /// Day of the vote.
    pub adopted: Date,
    /// Who voted it, and how; empty in an older history.
    pub voted: String,
    /// What it says, to citizens, in plain words; empty in an older history.
    pub words: String,
}

/// Human know-how that the administration wants to keep.
#[derive(Debug, Clone)]
pub struct Skill {
    /// Its name.
    pub name: String,
    /// Why it matters.
    pub why: String,
    /// How many people hold it.
    pub holders: u32,
}

/// Who runs a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// Whether it is the engine that Gouvernail itself supervises.
    pub embedded: bool,
    /// Base address of its OpenAI-compatible interface, ending in `/v1`; empty for the embedded engine.
    pub base_url: String,
    /// Where the machines are, ISO 3166-1 alpha-2 code.
    pub country: String,
    /// What makes one depend on it.
    pub traits: HostTraits,
    /// The contract that covers it.
    pub contract: Option<Contract>,
}

/// What the host is held to.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// Reference of the contract.
    pub reference: String,
    /// End.
    pub until: Timestamp,
    /// Clauses with evidence.
    pub clauses: Vec<Clause>,
    /// Supplier, procedure, signature.
    pub terms: ContractTerms,
}

/// How somebody last came by their password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Who gave them the link.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Until when the link is good.
    pub until: Timestamp,
    /// When they chose their password.
    pub chosen: Option<Timestamp>,
}

/// Weights that a host serves.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Name shown to people.
    pub name: String,
    /// Host that serves it.
    pub host: String,
    /// Whether the weights are open.
    pub open_weights: bool,
    /// Licence of the weights.
    pub licence: String,
    /// Parameters used for each token, in billions.
    pub active_billions: f64,
    /// Parameters in all, in billions.
    pub total_billions: f64,
    /// Publisher, revision, openness of the data.
    pub traits: ModelTraits,
}
