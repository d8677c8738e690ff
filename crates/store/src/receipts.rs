//! Receipts: the proof that an act is in the log (`c2sp.org/tlog-proof`), and what opens it, apart.
//!
//! A proof file may carry the opening in its `extra` line, which nothing authenticates. Here it travels in a file of its own:
//! a receipt that was altered anywhere is refused by any verifier, and may be shown without showing what it is about.

use gouvernail_tlog::checkpoint::Checkpoint;
use gouvernail_tlog::disk::{DiskError, DiskLog};
use gouvernail_tlog::note::Note;
use gouvernail_tlog::proof::Proof;

use crate::LogEntry;

/// Name, inside the log's folder, of the last checkpoint that carries a witness's signature.
const COSIGNED: &str = "checkpoint.cosigned";

/// Makes receipts from the published log.
#[derive(Debug, Clone)]
pub struct Receipts {
    log: DiskLog,
}

/// A receipt and the leaf that it proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The `.tlog-proof` file.
    pub proof: String,
    /// Bytes of the entry.
    pub leaf: Vec<u8>,
    /// What opens the entry, as JSON ([`gouvernail_tlog::opening`]); absent from statements and after erasure.
    pub record: Option<Vec<u8>>,
    /// Whether a witness signed the checkpoint in it.
    pub cosigned: bool,
}

impl Receipts {
    /// Receipts of this log.
    #[must_use]
    pub fn of(log: DiskLog) -> Self {
        Self { log }
    }

    /// The receipt of an entry; `None` while it is not in the published log.
    ///
    /// It carries the last cosigned checkpoint that covers the entry, or else the last one.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn receipt(&self, entry: &LogEntry) -> Result<Option<Receipt>, DiskError> {
        let Some(index) = entry.leaf_index else { return Ok(None) };
        let covering = |found: Option<(Note, u64)>| found.filter(|(_, size)| index < *size);
        let (checkpoint, cosigned) = match covering(self.cosigned()?) {
            Some(found) => (found, true),
            None => match covering(self.last()?) {
                Some(found) => (found, false),
                None => return Ok(None),
            },
        };
        let (note, size) = checkpoint;
        let hashes = self.log.inclusion_proof(index, size)?;
        let proof = Proof { extra: None, index, hashes, checkpoint: note.to_string() }.to_string();
        let record = entry.opening().map(|opening| opening.to_bytes());
        Ok(Some(Receipt { proof, leaf: entry.leaf.clone(), record, cosigned }))
    }

    /// Keeps a checkpoint that a witness signed, for the receipts to come. One that is older than what is kept is left aside.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_cosigned(&self, note: &Note) -> Result<(), DiskError> {
        let size = note.text.parse::<Checkpoint>()?.size;
        if self.cosigned()?.is_some_and(|(_, kept)| kept > size) {
            return Ok(());
        }
        self.log.write_beside(COSIGNED, note.to_string().as_bytes())
    }

    /// The last published checkpoint, with its size.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn last(&self) -> Result<Option<(Note, u64)>, DiskError> {
        sized(self.log.read_checkpoint()?)
    }

    /// The last checkpoint that a witness signed, with its size.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn cosigned(&self) -> Result<Option<(Note, u64)>, DiskError> {
        sized(self.log.read_note(COSIGNED)?)
    }

    /// The log itself, to publish its files.
    #[must_use]
    pub fn log(&self) -> &DiskLog {
        &self.log
    }
}

fn sized(note: Option<Note>) -> Result<Option<(Note, u64)>, DiskError> {
    let Some(note) = note else { return Ok(None) };
    let size = note.text.parse::<Checkpoint>()?.size;
    Ok(Some((note, size)))
}
