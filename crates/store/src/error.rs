//! What can go wrong in the store, in words that say how to mend it.

use std::path::PathBuf;
use std::time::Duration;

use rusqlite::ffi;

use crate::OverQuota;

/// Result of a store operation.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Failure of a store operation. "Not found" on a look-up is `Ok(None)`, not an error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The address of the database has another form than those understood.
    #[error("the database address must be \"sqlite:PATH\" or \"postgres://USER@HOST/DATABASE\": {reason}")]
    BadUrl {
        /// What is wrong with it; never the address itself, which may hold a password.
        reason: String,
    },
    /// The folder that should hold the SQLite file is not there.
    #[error("folder {} of the database does not exist: create it, or correct the database address", .0.display())]
    MissingDirectory(PathBuf),
    /// SQLite says that the file is damaged or is no database.
    #[error("the database is damaged or is not a SQLite file: restore it from a backup ({0})")]
    Corrupt(#[source] DatabaseError),
    /// SQLite could not write for want of room.
    #[error("the disk of the database is full: free some room; nothing was written")]
    DiskFull(#[source] DatabaseError),
    /// The database was migrated by a later release.
    #[error("the database has schema {found}, this program knows up to {known}: run a newer release of Gouvernail")]
    NewerSchema {
        /// Schema version in the database.
        found: i64,
        /// Latest version that this program carries.
        known: i64,
    },
    /// PostgreSQL is set to acknowledge writes before they are on disk.
    #[error("PostgreSQL has synchronous_commit = off, so an acknowledged write may be lost: set it to on")]
    NotDurable,
    /// Somebody else wrote first: read again, then decide again.
    #[error("{what} changed meanwhile: expected {expected}, found {found}; read it again and retry")]
    Conflict {
        /// What was being written.
        what: &'static str,
        /// The position that the caller had read.
        expected: i64,
        /// The position in the database.
        found: i64,
    },
    /// A value that must be unique is already taken.
    #[error("{0} already exists: choose another")]
    Duplicate(&'static str),
    /// A consultation is closed before each contribution has its answer.
    #[error("{0} contribution(s) still wait for an answer: answer each, or set it aside with a reason, then close")]
    Unanswered(i64),
    /// Too little of a quota is left for the call.
    #[error("quota {} has {} left in {} and the call needs {}", .0.claim.account.quota, .0.left, .0.claim.account.period, .0.claim.amount)]
    OverQuota(Box<OverQuota>),
    /// The row that should be changed is not there.
    #[error("no {what} with identifier {id:?}")]
    NotFound {
        /// What was sought.
        what: &'static str,
        /// Its identifier.
        id: String,
    },
    /// A case cannot be erased while a call on it is under way.
    #[error("case {0:?} has a call under way: retry when it has ended")]
    InUse(String),
    /// A commitment is 33 bytes, the first of them 1, and its salt 32 (DESIGN §5).
    #[error("a commitment of kind {kind:?} must be 0x01 and 32 bytes with a salt of 32 bytes; got {leaf} and {salt} bytes")]
    BadCommitment {
        /// Kind of the commitment.
        kind: String,
        /// Length of the leaf given.
        leaf: usize,
        /// Length of the salt given.
        salt: usize,
    },
    /// A stored value cannot be read back.
    #[error("a stored {what} cannot be read: {reason}")]
    BadRow {
        /// Which value.
        what: &'static str,
        /// Why.
        reason: String,
    },
    /// The journal cannot promise durability now: the caller must refuse (fail closed). The next write tries afresh.
    #[error("the journal cannot be written, so the call must be refused: {0}")]
    JournalUnavailable(String),
    /// The database did not answer in time; what was asked is not done.
    #[error("the database did not answer within {} s; nothing was written", .0.as_secs_f32())]
    TimedOut(Duration),
    /// The database was asked to keep something and did not say whether it did.
    #[error("the database did not confirm what it was given to keep: it may hold it or not, read it before writing it again ({0})")]
    Unconfirmed(String),
    /// The database went back in time under a program that runs.
    #[error(
        "{what} was at {known} and the database is now at {found}: an older copy was restored; restore a later one, then start again"
    )]
    WentBack {
        /// What went back.
        what: &'static str,
        /// Position that this program knew.
        known: i64,
        /// Position in the database.
        found: i64,
    },
    /// Another program has the right to write the log.
    #[error("another program already writes the log of this database: one program does; stop it first, or use another database")]
    LogTaken,
    /// The lock of the log cannot be made.
    #[error("cannot lock {}: {source}; mend the rights of its folder", path.display())]
    LogLock {
        /// File of the lock.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database did not answer or refused.
    #[error("the database cannot be used: {0}")]
    Unavailable(#[source] DatabaseError),
}

impl StoreError {
    /// Turns a unique violation into [`StoreError::Duplicate`] of `what`.
    pub(crate) fn or_duplicate(self, what: &'static str) -> Self {
        if self.is_unique_violation() { Self::Duplicate(what) } else { self }
    }

    pub(crate) fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Unavailable(error) if error.violated() == Some(Violated::Unique))
    }

    /// True when the database works but refused these very rows.
    pub(crate) fn is_about_the_rows(&self) -> bool {
        match self {
            Self::Unavailable(error) => error.violated().is_some(),
            Self::BadCommitment { .. } | Self::BadRow { .. } | Self::NotFound { .. } => true,
            _ => false,
        }
    }
}

/// What the library that speaks to the database says.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum DatabaseError {
    /// For everything but the journal on SQLite.
    Sqlx(#[from] sqlx::Error),
    /// For the journal on SQLite.
    Rusqlite(#[from] rusqlite::Error),
}

/// A constraint that rows broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Violated {
    Unique,
    Other,
}

impl DatabaseError {
    fn violated(&self) -> Option<Violated> {
        match self {
            Self::Sqlx(sqlx::Error::Database(error)) if error.is_unique_violation() => Some(Violated::Unique),
            Self::Sqlx(sqlx::Error::Database(error)) => {
                (error.is_foreign_key_violation() || error.is_check_violation()).then_some(Violated::Other)
            }
            Self::Sqlx(_) => None,
            Self::Rusqlite(error) => match error.sqlite_error().map(|error| error.extended_code) {
                Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => Some(Violated::Unique),
                Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY | ffi::SQLITE_CONSTRAINT_CHECK) => Some(Violated::Other),
                _ => None,
            },
        }
    }

    /// Primary result code of SQLite (sqlite.org/rescode.html); PostgreSQL's codes have five characters and give `None`.
    fn sqlite_code(&self) -> Option<i32> {
        match self {
            Self::Sqlx(error) => {
                let database = error.as_database_error()?;
                database.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
                database.code()?.parse::<i32>().ok().map(|extended| extended & 0xff)
            }
            Self::Rusqlite(error) => Some(error.sqlite_error()?.extended_code & 0xff),
        }
    }
}

impl From<DatabaseError> for StoreError {
    fn from(error: DatabaseError) -> Self {
        match error.sqlite_code() {
            Some(ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB) => Self::Corrupt(error),
            Some(ffi::SQLITE_FULL) => Self::DiskFull(error),
            _ => Self::Unavailable(error),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        DatabaseError::from(error).into()
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        DatabaseError::from(error).into()
    }
}
