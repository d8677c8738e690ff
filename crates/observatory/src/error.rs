//! What can go wrong on the observatory's own side. What a log does wrong is a [`crate::Finding`].

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use gouvernail_tlog::note::NoteError;

/// A configuration that cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The witness's name or key is unusable.
    #[error("the witness's key: {0}")]
    Witness(#[source] NoteError),
    /// A log's key is not readable.
    #[error("the key of the log \"{log}\": {source}")]
    Vkey {
        /// Name of the log.
        log: String,
        /// What is wrong with it.
        source: NoteError,
    },
    /// The key is a witness's.
    #[error("the key of the log \"{log}\" is a witness's (04): give the one that signs its checkpoints, Ed25519 (01)")]
    NotALog {
        /// Name of the log.
        log: String,
    },
    /// The address is not one that a log can be read at.
    #[error("\"{url}\" is not the address of the log \"{log}\" ({reason}); expected https://host/path, as the log publishes it")]
    Url {
        /// Name of the log.
        log: String,
        /// What was given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Two logs have one origin.
    #[error("the origin {origin} is followed twice: keep one of the two logs")]
    Twice {
        /// Their common origin.
        origin: String,
    },
    /// Intervals that contradict each other.
    #[error("an interval of {interval:?} and an allowed silence of {silence:?}: the silence must be the longer, neither is zero")]
    Pace {
        /// Time between two rounds.
        interval: Duration,
        /// Allowed silence.
        silence: Duration,
    },
}

/// The data folder cannot be used, or not be relied upon. Nothing is signed then.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The disk refused.
    #[error("cannot {what} {}: {source}; free space or mend the rights: nothing was signed that is not on the disk", path.display())]
    Io {
        /// What was attempted.
        what: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process has it.
    #[error("{} is used by another process: stop that one, or give this one its own folder", .0.display())]
    InUse(PathBuf),
    /// A file says nothing sensible.
    #[error(
        "{} is damaged ({reason}): put back the very last version; an older one, or none, would let the witness sign against itself",
        path.display()
    )]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The cosigned checkpoint is older than what was verified, which is written after it.
    #[error(
        "{} was verified to {verified} entries and cosigned to {cosigned} only: `checkpoint` was lost or restored from an old copy; put back the last one",
        folder.display()
    )]
    RolledBack {
        /// Folder of the log.
        folder: PathBuf,
        /// Size in `followed.json`.
        verified: u64,
        /// Size in `checkpoint`, 0 without one.
        cosigned: u64,
    },
    /// The clock cannot date a cosignature.
    #[error("the clock says {0}, before 1970: set it, a cosignature without its time is worth nothing")]
    Clock(jiff::Timestamp),
}

/// Why an observatory does not start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data folder.
    #[error(transparent)]
    State(#[from] StateError),
}
