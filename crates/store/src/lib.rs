//! SQLite and PostgreSQL: repositories, migrations, the journal.
//!
//! The store knows rows, not law: bodies, subjects, roles and records are opaque JSON kept as text. One SQL text serves
//! both engines. Times are [`jiff::Timestamp`] in the interface and microseconds since 1970 (UTC) in SQL.
//!
//! Every act that owes an entry to the transparency log writes that entry in its own transaction (the outbox, see
//! [`LogEntry`]): nothing is logged that is not stored, and nothing stored that is not logged.

#[macro_use]
mod db;
#[macro_use]
mod log;

mod cases;
mod error;
mod journal;
mod journal_rows;
mod keys;
mod migrate;
mod people;
mod register;
mod row;

pub use cases::{CaseEvent, CaseFile, NewCaseEvent};
pub use db::Store;
pub use error::{Result, StoreError};
pub use journal::{Intent, Journal, Outcome, OutcomeKind, Refusal};
pub use journal_rows::Call;
pub use keys::ApiKey;
pub use log::{Head, LogEntry, OwedCommitment};
pub use people::{Person, Session};
pub use register::{NewEvent, RegisterEvent};

/// Every SQL text of the store, so that a test can prepare each on both engines.
#[doc(hidden)]
#[must_use]
pub fn statements() -> Vec<&'static str> {
    [cases::ALL, journal_rows::ALL, keys::ALL, log::ALL, people::ALL, register::ALL].concat()
}
