//! What a system is.

use serde::{Deserialize, Serialize};

/// What a system is, as far as the rules look at it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemSheet {
    /// Name shown to people.
    pub name: String,
    /// What it is for, in French, for citizens.
    pub purpose_fr: String,
    /// What it is for, in English.
    pub purpose_en: String,
    /// Objective of the strategy that it serves.
    pub objective: String,
    /// How much it weighs on people's rights.
    pub risk: Risk,
    /// Whether a human decides.
    pub automation: Automation,
    /// Whether it changes its own rules without a human's validation.
    pub self_learning: bool,
    /// Whether it handles data of RGPD article 9.
    pub sensitive_data: bool,
    /// Whether it intervenes in citizens' files.
    pub touches_cases: bool,
    /// What may be decided in a file: the words that judgements, proposals and decisions share. Empty when it touches none.
    pub decisions: Vec<String>,
    /// How it was classified.
    #[serde(default)]
    pub classification: Classification,
}

/// How a system was classified under Regulation (EU) 2024/1689.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Classification {
    /// Whether it is a practice that article 5 forbids.
    pub prohibited: bool,
    /// Point of Annex III, such as `5(a)`; empty when none applies.
    pub annex_iii: String,
    /// Exception of article 6(3) that is claimed, with its reason; empty when none is. Profiling admits none.
    pub exception: String,
    /// Whether it profiles natural persons.
    pub profiling: bool,
    /// Address of the provider's entry in the Union's database (art. 49); empty when there is none.
    pub eu_entry: String,
    /// Why it was classified so.
    pub reasons: String,
}

/// How much a system weighs on people's rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Nobody classified it yet: everything that is asked of a high risk is asked of it.
    Unassessed,
    /// Drafting and summarising, no citizen's file.
    Low,
    /// Intervenes in files without weighing on the outcome of a right.
    Limited,
    /// Regulation (EU) 2024/1689, Annex III, or equivalent weight.
    High,
}

/// Whether a human decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Automation {
    /// A human decides; the system proposes.
    Assisted,
    /// The system decides alone.
    Full,
}
