//! The register's history: what was done, by whom, when. The register is the fold of these events.
//!
//! People appear by identifier only: their names live in the identity tables, where they can be erased.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// An event with its place in the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Position in the history, from 1; the last one is the register's epoch.
    pub seq: u64,
    /// When it was recorded.
    pub at: Timestamp,
    /// Identifier of the person who did it.
    pub author: String,
    /// What was done.
    pub event: Event,
}

/// One act on the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants and their fields are the words of the design, in order")]
pub enum Event {
    OrganisationDeclared {
        name: String,
        siret: String,
        public_log: bool,
    },
    StrategyPublished {
        version: String,
        title: String,
        url: String,
        adopted: Date,
        objectives: Vec<Objective>,
    },
    ReferentAppointed {
        person: String,
    },
    ReferentLeft,
    HostDeclared {
        host: String,
        name: String,
        embedded: bool,
        base_url: String,
        country: String,
    },
    ContractSigned {
        host: String,
        reference: String,
        until: Timestamp,
        clauses: Vec<Clause>,
    },
    ModelDeclared {
        model: String,
        name: String,
        host: String,
        open_weights: bool,
        licence: String,
        active_billions: f64,
        total_billions: f64,
    },
    SystemDeclared {
        system: String,
        sheet: SystemSheet,
    },
    VersionDeclared {
        system: String,
        version: String,
        model: String,
        digest: String,
    },
    OwnerNamed {
        system: String,
        person: String,
    },
    OwnerAccepted {
        system: String,
    },
    OwnerLeft {
        system: String,
    },
    StudyWritten {
        system: String,
        kind: StudyKind,
        /// Answers by question of the questionnaire in `studies/`.
        answers: BTreeMap<String, String>,
    },
    StudySigned {
        system: String,
        kind: StudyKind,
        until: Timestamp,
    },
    TrainingPublished {
        system: String,
        module: String,
    },
    Certified {
        system: String,
        version: String,
        person: String,
        until: Timestamp,
    },
    NoticePublished {
        system: String,
        fr: NoticeWords,
        en: NoticeWords,
    },
    HumanChannelGiven {
        system: String,
        telephone: String,
        /// When it is answered, in words.
        hours: String,
    },
    SkillsPlanWritten {
        system: String,
        plan: String,
    },
    ConsultationAnswered {
        system: String,
        /// What was asked of the public.
        question: String,
        contributions: u32,
        /// The reasoned answer to what was said.
        answer: String,
    },
    Evaluated {
        system: String,
        version: String,
        /// Identifier and version of the evaluation set.
        evaluation: String,
        passed: u32,
        total: u32,
        required: u32,
        smaller_that_pass: u32,
    },
    Authorised {
        system: String,
        version: String,
        scope: String,
        from: Timestamp,
        until: Timestamp,
    },
    AuthorisationEnded {
        system: String,
        reason: String,
    },
    Stopped {
        system: String,
        reason: String,
    },
    Resumed {
        system: String,
        reason: String,
    },
    RecordWritten {
        system: String,
        record: Record,
        /// The public fields that this changes: what the public log says of it.
        changed: Vec<String>,
    },
}

/// An objective of the strategy, to which systems are linked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Objective {
    /// Short name, unique in the strategy.
    pub id: String,
    /// What is sought, in plain words.
    pub title: String,
}

/// A clause of a contract and where its evidence is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// `environment`, `social`, `no-training`, `reversibility`, `log-access`, `explanation` or `security`.
    pub kind: String,
    /// Page or annex of the contract.
    pub evidence: String,
}

/// What a system is, as its register sheet says.
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

/// How much a system weighs on people's rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
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

/// Impact studies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StudyKind {
    /// One page, for low-risk uses.
    Light,
    /// Ethics and fundamental rights.
    Rights,
    /// RGPD article 35.
    DataProtection,
    /// Environment.
    Environment,
}
