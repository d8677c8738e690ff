//! SQLite and PostgreSQL: repositories, migrations, the journal.
//!
//! Two storeys. The repositories (methods of [`Store`], and the [`Journal`]) know rows, not law: bodies, subjects and records
//! are opaque JSON kept as text. One SQL text serves both engines. Times are [`jiff::Timestamp`] in the interface and
//! microseconds since 1970 (UTC) in SQL.
//!
//! Above them, what runs: [`Live`] keeps the register and the directory in memory for those who decide, [`MandateWatch`] notes what no
//! longer holds, [`Sequencer`] turns
//! owed entries into the public log, [`Receipts`] proves what is in it.
//!
//! Every act that owes an entry to the transparency log writes that entry in its own transaction (the outbox, see
//! [`LogEntry`]): nothing is logged that is not stored, and nothing stored that is not logged.

#[macro_use]
mod db;
#[macro_use]
mod log;
#[macro_use]
mod consultations;

mod ambient;
mod cases;
mod claim;
mod drafts;
mod error;
mod journal;
mod keys;
mod live;
mod mandate_watch;
mod migrate;
mod people;
mod quotas;
mod receipts;
mod register;
mod reports;
mod retention;
mod row;
mod scope;
mod sequencer;

pub use ambient::Ambient;
pub use cases::{CaseDeclaration, CaseDeclarations, CaseEvent, CaseFile, Declared, NewCaseEvent};
pub use consultations::{Contribution, Moderation, NewContribution};
pub use db::{PATIENCE, Store};
pub use drafts::StudyDraft;
pub use error::{DatabaseError, Result, StoreError};
pub use journal::{Call, Commit, Intent, Journal, Outcome, OutcomeKind, Refusal, Refused};
pub use keys::{ApiKey, Previous};
pub use live::{Directory, Live, RecordError, Snapshot};
pub use log::{Count, Head, LogEntry, OwedCommitment};
pub use mandate_watch::MandateWatch;
pub use people::{Person, Role, Session};
pub use quotas::{Account, Claim, Correction, OverQuota, PERIODS_KEPT};
pub use receipts::{Receipt, Receipts};
pub use register::{NewEvent, RegisterEvent};
pub use reports::{Report, ReportCount};
pub use retention::{ADDRESS_KEPT, ADDRESS_KEPT_AT_MOST, Erased, WORDS_KEPT};
pub use scope::{Scope, Scopes};
pub use sequencer::{LogHealth, Sequencer, SequencerError};

/// Every SQL text of the store, so that a test can prepare each on both engines.
#[doc(hidden)]
#[must_use]
pub fn statements() -> Vec<&'static str> {
    let all: [&[&str]; 11] = [
        cases::ALL,
        consultations::ALL,
        drafts::ALL,
        keys::ALL,
        live::ALL,
        log::ALL,
        people::ALL,
        quotas::ALL,
        register::ALL,
        reports::ALL,
        retention::ALL,
    ];
    [all.concat(), journal::STATEMENTS.concat()].concat()
}
