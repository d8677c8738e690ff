//! What the dossier of a system is made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Answers of a study, by question of its questionnaire in `studies/`, each of the kind that its question asks: text, yes or no,
/// a number, several choices, a figure. Opaque here.
pub type Answers = BTreeMap<String, Value>;

/// An objective of the strategy, to which systems are linked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Objective {
    /// Short name, unique in the strategy.
    pub id: String,
    /// What is sought, in plain words.
    pub title: String,
}

/// What a citizen is told of a system, in one language (CRPA R311-3-1-1 and R311-3-1-2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeWords {
    /// What the tool does in a file, sentences.
    pub does: Vec<String>,
    /// What it does not do, sentences.
    pub does_not: Vec<String>,
    /// Data that it reads.
    pub data: Vec<NoticeData>,
    /// What counts in its proposal, sentences; empty when nothing is weighed.
    pub counts: Vec<String>,
}

/// A kind of data that a system reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeData {
    /// What it is.
    pub label: String,
    /// Where it comes from.
    pub source: String,
}

/// Impact studies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StudyKind {
    /// One page, for low-risk uses.
    Light,
    /// Ethics and fundamental rights (Regulation (EU) 2024/1689, art. 27).
    Rights,
    /// RGPD article 35.
    DataProtection,
    /// Environment.
    Environment,
    /// Skills and work.
    Skills,
    /// Accessibility and inclusion.
    Accessibility,
}

impl StudyKind {
    /// Every kind, in the order of the work.
    pub const ALL: [StudyKind; 6] = [
        StudyKind::Light,
        StudyKind::DataProtection,
        StudyKind::Rights,
        StudyKind::Environment,
        StudyKind::Skills,
        StudyKind::Accessibility,
    ];
}
