//! What a source says of a field, until somebody accepts it: not recorded, not public, and nothing that a requirement counts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::value::Value;
use crate::state::hash;

/// Proposals by field.
pub type Proposals = BTreeMap<String, Proposal>;

/// A value that waits for somebody to accept it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// What would be recorded.
    pub value: Value,
    /// Where it comes from.
    pub source: Source,
    /// The passage that says so, word for word; empty when the source is not a text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
}

/// Where a proposal comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// What the dossier already says elsewhere.
    Dossier,
    /// The uses that were observed.
    Uses,
    /// A supplier's sheet in one of the formats that are read.
    Sheet,
    /// The text of a supplier's sheet.
    Text,
}

/// Who accepted a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// What was accepted.
    pub proposal: Proposal,
    /// By whom.
    pub person: String,
    /// When.
    pub at: Timestamp,
}

/// SHA-256, in hexadecimal, of proposals in canonical form (RFC 8785): what was read by whoever settles them.
pub fn digest_of(proposals: &Proposals) -> String {
    hash(&json!(proposals))
}
