//! The register's history: what was done, by whom, when. The register is the fold of these events.
//!
//! People appear by identifier only: their names live in the identity tables, where they can be erased. A field that came
//! later than its event has a default, so that an older history still reads.

mod dossier;
mod sheet;
mod supply;

pub use dossier::{Answers, NoticeData, NoticeWords, Objective, StudyKind};
pub use sheet::{Automation, Classification, Risk, SystemSheet};
pub use supply::{Clause, ContractTerms, DataOpenness, HostTraits, ModelTraits};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::record::{Proposals, Record};

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
    // The administration and its politics.
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
        /// Who voted it, and how: "conseil municipal, 22 pour, 3 contre".
        #[serde(default)]
        voted: String,
        /// What it says, to citizens, in plain words.
        #[serde(default)]
        words: String,
    },
    StrategyWithdrawn {
        reason: String,
    },
    /// The roadmap: what will be done, and when.
    RoadmapPublished {
        version: String,
        title: String,
        url: String,
        adopted: Date,
        voted: String,
        words: String,
    },
    /// The doctrine: what the administration allows itself, and what it forbids itself.
    DoctrinePublished {
        version: String,
        title: String,
        url: String,
        adopted: Date,
        voted: String,
        words: String,
    },
    ReferentAppointed {
        person: String,
    },
    ReferentLeft,
    /// Somebody was given a link by which they choose their own password; the one before no longer opens anything.
    AccessGiven {
        person: String,
        until: Timestamp,
    },
    /// The person, who is the author, used it.
    PasswordChosen {
        person: String,
    },
    /// A strategic skill: human know-how that the administration wants to keep.
    SkillDeclared {
        skill: String,
        name: String,
        /// Why it matters, and what would be lost.
        why: String,
        /// How many people hold it today.
        holders: u32,
    },

    // Who runs the models, and under which contract.
    HostDeclared {
        host: String,
        name: String,
        embedded: bool,
        base_url: String,
        country: String,
        #[serde(default)]
        traits: HostTraits,
    },
    ContractSigned {
        host: String,
        reference: String,
        until: Timestamp,
        clauses: Vec<Clause>,
        #[serde(default)]
        terms: ContractTerms,
    },
    ContractEnded {
        host: String,
        reason: String,
    },
    ModelDeclared {
        model: String,
        name: String,
        host: String,
        open_weights: bool,
        licence: String,
        active_billions: f64,
        total_billions: f64,
        #[serde(default)]
        traits: ModelTraits,
    },

    // A system, from the idea to the right to run.
    SystemDeclared {
        system: String,
        sheet: SystemSheet,
    },
    VersionDeclared {
        system: String,
        version: String,
        model: String,
        /// What the version freezes: see [`crate::frozen`].
        digest: String,
        /// What changed since the version before.
        #[serde(default)]
        change: String,
        /// Whether the change weighs on people: studies and consultation begin again.
        #[serde(default)]
        substantial: bool,
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
        answers: Answers,
        /// Everybody who wrote in it, beside the author of this act.
        #[serde(default)]
        contributors: Vec<String>,
    },
    StudySigned {
        system: String,
        kind: StudyKind,
        until: Timestamp,
        /// Of what was read and signed: see [`crate::Study::digest`].
        #[serde(default)]
        digest: String,
    },
    /// The signatory sends the study back to its authors, or takes a signature back.
    StudyReturned {
        system: String,
        kind: StudyKind,
        reason: String,
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
        /// What was passed: `quiz`, `refresher` or `import`; empty in an older history.
        #[serde(default)]
        means: String,
        /// The day on which it was passed elsewhere, for an import.
        #[serde(default)]
        passed: Option<Date>,
        /// What shows it, for an import: a reference, never a name.
        #[serde(default)]
        evidence: String,
    },
    CertificationWithdrawn {
        system: String,
        version: String,
        person: String,
        reason: String,
    },
    NoticePublished {
        system: String,
        fr: NoticeWords,
        en: NoticeWords,
    },
    NoticeWithdrawn {
        system: String,
        reason: String,
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
        /// Skills that the system puts at risk.
        #[serde(default)]
        skills: Vec<String>,
        /// Share of the cases that are done without the system, in percent.
        #[serde(default)]
        quota: u8,
        /// How the service goes on when the system is stopped.
        #[serde(default)]
        continuity: String,
    },
    /// The service worked without the system, on purpose, to know that it can.
    DrillHeld {
        system: String,
        on: Date,
        result: String,
        /// Until when this is held to be true.
        until: Timestamp,
    },
    ConsultationOpened {
        system: String,
        consultation: String,
        /// What is asked of the public.
        question: String,
        closes: Timestamp,
        /// When every contribution must have its answer.
        due: Timestamp,
        /// Address of the process elsewhere (a Decidim, a meeting); empty when it takes place here.
        url: String,
    },
    ConsultationAnswered {
        system: String,
        /// What was asked of the public.
        question: String,
        contributions: u32,
        /// The reasoned answer to what was said.
        answer: String,
        /// The consultation that it closes; empty for one that was held before it was recorded.
        #[serde(default)]
        consultation: String,
        /// Where each contribution and its answer can be read, when that is elsewhere.
        #[serde(default)]
        url: String,
    },
    /// A contribution was forgotten, or an answer was not one.
    ConsultationReopened {
        system: String,
        reason: String,
        due: Timestamp,
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
    /// People were seen to keep the hand: cases judged blind, and cases done without the system, beside its proposals.
    OversightShown {
        system: String,
        version: String,
        /// Cases where a person judged first.
        judged_first: u32,
        /// Wrong proposals among them.
        wrong: u32,
        /// Wrong proposals that the person did not follow.
        caught: u32,
        /// Cases done without the system, to compare with.
        without: u32,
        /// What was learnt.
        findings: String,
    },
    Authorised {
        system: String,
        version: String,
        scope: String,
        from: Timestamp,
        until: Timestamp,
        /// Of the version that was read and signed.
        #[serde(default)]
        digest: String,
        /// A bounded trial, before the service.
        #[serde(default)]
        experiment: bool,
    },
    AuthorisationEnded {
        system: String,
        reason: String,
    },
    /// A condition lapsed: noted by the program, which refuses calls from that instant.
    Suspended {
        system: String,
        /// Identifiers of the requirements that no longer hold.
        missing: Vec<String>,
    },
    /// Everything holds again: noted by the program.
    Reinstated {
        system: String,
    },
    /// Put under closer watch, or no longer.
    Watched {
        system: String,
        watched: bool,
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
    /// The administration decided not to use it.
    Refused {
        system: String,
        reason: String,
    },
    /// The end: what replaces it, and what becomes of its records.
    Retired {
        system: String,
        reason: String,
        records: String,
    },
    /// What its record says, whole.
    RecordWritten {
        system: String,
        record: Record,
        /// The public fields that this changes: what the public log says of it.
        changed: Vec<String>,
    },
    /// What sources say of fields that are not recorded: nothing counts before somebody accepts it.
    RecordProposed {
        system: String,
        proposals: Proposals,
    },
    /// Somebody read what was proposed, took some of it into the record and set some of it aside.
    ProposalsSettled {
        system: String,
        accepted: Vec<String>,
        set_aside: Vec<String>,
        /// Of all that was proposed, as it was read: see [`crate::digest_of`].
        digest: String,
    },
}

impl Event {
    /// The system that the event is about, if it is about one.
    pub fn system(&self) -> Option<&str> {
        match self {
            Event::SystemDeclared { system, .. }
            | Event::VersionDeclared { system, .. }
            | Event::OwnerNamed { system, .. }
            | Event::OwnerAccepted { system }
            | Event::OwnerLeft { system }
            | Event::StudyWritten { system, .. }
            | Event::StudySigned { system, .. }
            | Event::StudyReturned { system, .. }
            | Event::TrainingPublished { system, .. }
            | Event::Certified { system, .. }
            | Event::CertificationWithdrawn { system, .. }
            | Event::NoticePublished { system, .. }
            | Event::NoticeWithdrawn { system, .. }
            | Event::HumanChannelGiven { system, .. }
            | Event::SkillsPlanWritten { system, .. }
            | Event::DrillHeld { system, .. }
            | Event::ConsultationOpened { system, .. }
            | Event::ConsultationAnswered { system, .. }
            | Event::ConsultationReopened { system, .. }
            | Event::Evaluated { system, .. }
            | Event::OversightShown { system, .. }
            | Event::Authorised { system, .. }
            | Event::AuthorisationEnded { system, .. }
            | Event::Suspended { system, .. }
            | Event::Reinstated { system }
            | Event::Watched { system, .. }
            | Event::Stopped { system, .. }
            | Event::Resumed { system, .. }
            | Event::Refused { system, .. }
            | Event::Retired { system, .. }
            | Event::RecordWritten { system, .. }
            | Event::RecordProposed { system, .. }
            | Event::ProposalsSettled { system, .. } => Some(system),
            Event::OrganisationDeclared { .. }
            | Event::StrategyPublished { .. }
            | Event::StrategyWithdrawn { .. }
            | Event::RoadmapPublished { .. }
            | Event::DoctrinePublished { .. }
            | Event::ReferentAppointed { .. }
            | Event::ReferentLeft
            | Event::AccessGiven { .. }
            | Event::PasswordChosen { .. }
            | Event::SkillDeclared { .. }
            | Event::HostDeclared { .. }
            | Event::ContractSigned { .. }
            | Event::ContractEnded { .. }
            | Event::ModelDeclared { .. } => None,
        }
    }
}
