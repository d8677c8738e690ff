//! The register of an administration's AI systems, and the right of each to run.
//!
//! The register is the fold of its history ([`Recorded`] events); its epoch is the number of the last one. [`Rules`] are
//! Cedar policies: each requirement forbids unless something holds, and says in words what is missing. The same rules answer
//! "may this call happen, now?" for the gateway and "what is missing?" for the register's pages.
//!
//! Pure: no clock, no input or output.

mod check;
mod event;
mod explain;
mod facts;
mod holds;
mod record;
mod rules;
pub mod sample;
mod slug;
mod state;
mod statement;

pub use check::{ActRefused, check, missing_to_authorise};
pub use event::{
    Answers, Automation, Classification, Clause, ContractTerms, DataOpenness, Event, HostTraits, ModelTraits, NoticeData,
    NoticeWords, Objective, Recorded, Risk, StudyKind, SystemSheet,
};
pub use explain::Explained;
pub use facts::{Call, CaseMode, is_in_union};
pub use holds::{Holds, PROGRAM, mandate_holds, to_note};
pub use record::{
    Acceptance, Allowed, BadField, Block, Catalogue, Field, Foreign, Kind, Link, Misfit, Proposal, Proposals, Record, Source,
    Value, Visibility, digest_of,
};
pub use rules::{
    Action, Asked, Change, Decision, ExampleError, ExamplesRun, PROPOSITIONS, PackError, PackText, Proposition, Requirement, Rules,
    RulesUnreadable, diff, run_examples, test_name,
};
pub use slug::{slug, unique_slug};
pub use state::{
    Access, Authorisation, Consultation, Contract, Drill, Evaluation, Host, HumanChannel, Model, Notice, OpenConsultation,
    Organisation, Oversight, Owner, PoliticalText, Register, Signature, Skill, SkillsPlan, Stage, Strategy, Study, System, Version,
    frozen,
};
pub use statement::statement;
