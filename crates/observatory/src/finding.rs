//! What a check of a log can conclude, as data: the words for the public are the page's affair.

use std::fmt::Display;

use gouvernail_tlog::ReadError;
use gouvernail_tlog::tile::TileError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How a check ended, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It held.
    Held,
    /// Nothing was heard that could be checked: no accusation, and no comfort.
    Silent,
    /// It did not hold: the public must know.
    Broken,
}

/// What was found when a check did not hold.
///
/// *Silent* kinds end by themselves when the log speaks again. Those about the tree are *broken* and stop the cosigning
/// until an operator has looked. Those about one entry ([`Finding::Form`], [`Finding::Tally`]) are broken for ever, as the
/// entry stays in the log, but do not stop it: a cosignature says that a log only grew, not that what it says is true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    /// Silent: a request was not answered, or not in a way that says anything.
    #[error("no answer for {path}: {reason}; nothing to do unless it lasts, then ask the log's operator")]
    NoAnswer {
        /// Resource asked for, for example `checkpoint`.
        path: String,
        /// What the network or the server said.
        reason: String,
        /// Last round that was complete; none before the first.
        since: Option<Timestamp>,
    },
    /// Silent: the log does not have a file that its checkpoint asks for.
    #[error("{path} is missing: ask the log's operator for it, tiles never change and any copy will do")]
    Missing {
        /// Resource asked for.
        path: String,
        /// Last round that was complete; none before the first.
        since: Option<Timestamp>,
    },
    /// Silent: the log answers, always with the same checkpoint, for longer than allowed.
    #[error("the same checkpoint since {since}: ask the log's operator whether it still runs")]
    NotRenewed {
        /// When the checkpoint was first seen.
        since: Timestamp,
    },
    /// Silent: the log had a larger tree cosigned than the one it has been showing, for longer than allowed.
    #[error(
        "{cosigned} entries were cosigned and {published} are shown, since {since}: ask the log's operator to publish the rest"
    )]
    Withheld {
        /// Entries of the published checkpoint.
        published: u64,
        /// Entries of the cosigned checkpoint.
        cosigned: u64,
        /// Since when.
        since: Timestamp,
    },
    /// Broken: what is published as the checkpoint is not one, or not signed by the log.
    #[error("the checkpoint is refused: {reason}")]
    Checkpoint {
        /// What is wrong with it.
        reason: String,
    },
    /// Broken: the log published fewer entries than before.
    #[error("the log shrank from {from} to {to} entries: keep both checkpoints, they prove it")]
    Shrunk {
        /// Entries before.
        from: u64,
        /// Entries now.
        to: u64,
    },
    /// Broken: the log signed another tree than the one that was cosigned at this size or that continues it.
    #[error("the log does not continue the {size} entries that were cosigned: keep both checkpoints, they prove it")]
    Forked {
        /// Entries that were cosigned.
        size: u64,
    },
    /// Broken: the log no longer begins with the entries that were read before.
    #[error("the first {size} entries are no longer those that were read before: history was rewritten")]
    Rewritten {
        /// Entries that were read before.
        size: u64,
    },
    /// Broken: a file is not what the entries make it, or not even of its form.
    #[error("{path} was altered or damaged: it is not what the entries hash to")]
    Altered {
        /// The file, for example `tile/0/x001/067`.
        path: String,
    },
    /// Broken: the entries do not lead to the signed root.
    #[error("the {size} entries do not lead to the signed root: they were altered, or the log signs what it does not hold")]
    Root {
        /// Entries of the checkpoint.
        size: u64,
    },
    /// Broken, about one entry: it is neither a commitment nor a statement.
    #[error("entry {index} is of no known form: {reason}")]
    Form {
        /// Index of the entry, from 0.
        index: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// Broken, about one entry: a tally does not add up.
    #[error("the tally at entry {index} does not hold: {fault}")]
    Tally {
        /// Index of the tally, from 0.
        index: u64,
        /// What is wrong with it.
        fault: TallyFault,
    },
}

/// Why a tally does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TallyFault {
    /// It has not the fields of a tally.
    #[error("it is not readable: {reason}")]
    Unreadable {
        /// What is wrong with it.
        reason: String,
    },
    /// It speaks of a range that makes no sense, or of entries that come after it.
    #[error("it counts entries {from} to {to}, which are not all before it")]
    Range {
        /// First entry counted.
        from: u64,
        /// First entry not counted.
        to: u64,
    },
    /// It does not begin where the one before ended.
    #[error("it begins at entry {from}, the one before ended at {expected}")]
    Gap {
        /// Where it should begin.
        expected: u64,
        /// Where it begins.
        from: u64,
    },
    /// Its counts are not the number of commitments.
    #[error("it states {stated} commitments, the log holds {held} there")]
    Sum {
        /// Sum of its counts.
        stated: u64,
        /// Commitments in its range.
        held: u64,
    },
}

impl Finding {
    /// Whether it is a silence or a broken promise.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::NoAnswer { .. } | Self::Missing { .. } | Self::NotRenewed { .. } | Self::Withheld { .. } => Outcome::Silent,
            _ => Outcome::Broken,
        }
    }

    /// What is refused about a checkpoint.
    pub(crate) fn checkpoint(reason: &dyn Display) -> Self {
        Self::Checkpoint { reason: short(reason) }
    }

    /// Says since when, where the one who found it did not know.
    pub(crate) fn since(mut self, last_complete: Option<Timestamp>) -> Self {
        if let Self::NoAnswer { since, .. } | Self::Missing { since, .. } = &mut self {
            *since = last_complete;
        }
        self
    }
}

/// Reasons quote what a log says, and a log may say much.
pub(crate) fn short(reason: &dyn Display) -> String {
    reason.to_string().chars().take(200).collect()
}

impl From<ReadError> for Finding {
    fn from(ReadError { path, reason }: ReadError) -> Self {
        Self::NoAnswer { path, reason: short(&reason), since: None }
    }
}

impl From<TileError> for Finding {
    fn from(error: TileError) -> Self {
        match error {
            TileError::Read(read) => read.into(),
            TileError::Missing { path } => Self::Missing { path, since: None },
            TileError::Damaged { path, .. } => Self::Altered { path },
            // Neither comes from reading; if one ever does, its words say more than a path would.
            other @ (TileError::TooLong { .. } | TileError::Path(_)) => Self::Altered { path: other.to_string() },
        }
    }
}
