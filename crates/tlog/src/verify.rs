//! Verification of a whole log, and of one receipt, by anyone: nothing is trusted but the keys.

use crate::Reader;
use crate::checkpoint::{self, Checkpoint, CheckpointError};
use crate::entry::{Entry, EntryError};
use crate::frontier::Frontier;
use crate::hash::{self, Hash};
use crate::note::{Verified, Vkey};
use crate::proof::{Proof, ProofFormatError};
use crate::tile::{self, Kind, Tile, TileError};
use crate::tree::{self, ProofError};

/// What a verified log holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The checkpoint that everything was compared with.
    pub checkpoint: Checkpoint,
    /// Cosignatures by the given witness keys.
    pub witnesses: Vec<Verified>,
    /// Entries that are commitments.
    pub commitments: u64,
    /// Entries that are public statements.
    pub statements: u64,
    /// Tiles of hashes and bundles of entries that were read and compared.
    pub files: u64,
    /// Size of the older checkpoint that this log was shown to continue.
    pub continues: Option<u64>,
}

/// What a verified receipt proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The checkpoint that the entry is under.
    pub checkpoint: Checkpoint,
    /// Cosignatures by the given witness keys.
    pub witnesses: Vec<Verified>,
    /// Index of the entry, from 0.
    pub index: u64,
    /// Bytes that came along. Nothing authenticates them: open the commitment with them and compare.
    pub extra: Option<Vec<u8>>,
}

/// Why a log or a receipt is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// No checkpoint at all.
    #[error("the log has no checkpoint: nothing was published there yet, or this is not the folder of a log")]
    NoCheckpoint,
    /// The checkpoint is refused.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The older checkpoint is refused.
    #[error("the older checkpoint: {0}")]
    Old(#[source] CheckpointError),
    /// A tile or bundle is missing or damaged.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// A tile is not what the entries make it.
    #[error("{path} is not what the entries below it hash to: an entry or the tile was altered")]
    Altered {
        /// Path of the tile inside the log.
        path: String,
    },
    /// An entry is not of a known form.
    #[error("entry {index}: {error}")]
    Entry {
        /// Index of the entry, from 0.
        index: u64,
        /// What is wrong with it.
        error: EntryError,
    },
    /// The entries do not lead to the signed root.
    #[error("the {size} entries do not lead to the signed root: the log was altered after it was signed")]
    Root {
        /// Size that the checkpoint states.
        size: u64,
    },
    /// The log was rewritten since the older checkpoint.
    #[error(
        "the log no longer begins with the {old} entries of the older checkpoint: its history was rewritten; keep both checkpoints, they prove it"
    )]
    Rewritten {
        /// Size of the older checkpoint.
        old: u64,
    },
    /// The receipt is not readable.
    #[error(transparent)]
    Format(#[from] ProofFormatError),
    /// The receipt does not prove its entry.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// Verifies a log to its last byte: signatures, every entry, every tile, the root, and that it continues `old`
/// (an older signed checkpoint) if there is one. `visit` sees each entry as it passes, in order.
///
/// `keys` holds the log's key and those of any witnesses. What `visit` saw counts only once this has returned `Ok`.
pub fn verify_log(
    read: &Reader<'_>,
    keys: &[Vkey],
    old: Option<&str>,
    visit: &mut dyn FnMut(u64, &Entry),
) -> Result<Report, VerifyError> {
    let note = read("checkpoint").map_err(TileError::from)?.ok_or(VerifyError::NoCheckpoint)?;
    let note = String::from_utf8(note).map_err(|_| CheckpointError::Malformed("not UTF-8"))?;
    let opened = checkpoint::open(&note, keys)?;
    let old = old.map(|old| checkpoint::open(old, keys)).transpose().map_err(VerifyError::Old)?.map(|old| old.checkpoint);
    let size = opened.checkpoint.size;
    let mut report = Report {
        checkpoint: opened.checkpoint,
        witnesses: opened.witnesses,
        commitments: 0,
        statements: 0,
        files: 0,
        continues: old.as_ref().map(|old| old.size),
    };
    let mut walk = Walk { read, frontier: Frontier::default(), files: 0, altered: None };
    check_old(old.as_ref(), &report.checkpoint, &walk.frontier)?;
    for bundle in tile::tiles_of(Kind::Entries, size) {
        for bytes in bundle.read_entries(read)? {
            let index = walk.frontier.size();
            let entry = Entry::decode(&bytes).map_err(|error| VerifyError::Entry { index, error })?;
            match entry {
                Entry::Commitment(_) => report.commitments += 1,
                Entry::Statement(_) => report.statements += 1,
            }
            visit(index, &entry);
            walk.push(&bytes)?;
            check_old(old.as_ref(), &report.checkpoint, &walk.frontier)?;
        }
        walk.files += 1;
    }
    walk.compare_partial()?;
    if walk.frontier.root() != report.checkpoint.root {
        return Err(VerifyError::Root { size });
    }
    report.files = walk.files;
    Ok(report)
}

/// Rebuilds the tree from the entries and compares each tile as it is completed.
struct Walk<'a> {
    read: &'a Reader<'a>,
    frontier: Frontier,
    files: u64,
    altered: Option<VerifyError>,
}

impl Walk<'_> {
    fn push(&mut self, entry: &[u8]) -> Result<(), VerifyError> {
        let Self { read, frontier, files, altered } = self;
        frontier.push(hash::leaf(entry), &mut |tile, hashes| {
            *files += 1;
            if let Err(error) = compare(*read, tile, hashes) {
                altered.get_or_insert(error);
            }
        });
        self.altered.take().map_or(Ok(()), Err)
    }

    fn compare_partial(&mut self) -> Result<(), VerifyError> {
        for (tile, hashes) in self.frontier.partial() {
            self.files += 1;
            compare(self.read, tile, hashes)?;
        }
        Ok(())
    }
}

fn compare(read: &Reader<'_>, tile: Tile, hashes: &[Hash]) -> Result<(), VerifyError> {
    if tile.read_hashes(read)? == hashes { Ok(()) } else { Err(VerifyError::Altered { path: tile.to_string() }) }
}

/// Once the walk reaches the size of the older checkpoint, the root must be the one that it signed.
fn check_old(old: Option<&Checkpoint>, new: &Checkpoint, frontier: &Frontier) -> Result<(), VerifyError> {
    let Some(old) = old else { return Ok(()) };
    let reached = old.size == frontier.size();
    if old.origin != new.origin || old.size > new.size || (reached && old.root != frontier.root()) {
        return Err(VerifyError::Rewritten { old: old.size });
    }
    Ok(())
}

/// Verifies a receipt offline: the checkpoint's signatures and the inclusion of `leaf` (the entry's bytes) under it.
///
/// How many witnesses are enough is the caller's decision: they are in the result.
pub fn verify_receipt(proof: &str, leaf: &[u8], keys: &[Vkey]) -> Result<Receipt, VerifyError> {
    let proof: Proof = proof.parse()?;
    let opened = checkpoint::open(&proof.checkpoint, keys)?;
    let Checkpoint { size, root, .. } = &opened.checkpoint;
    tree::verify_inclusion(&hash::leaf(leaf), proof.index, *size, root, &proof.hashes)?;
    Ok(Receipt { checkpoint: opened.checkpoint, witnesses: opened.witnesses, index: proof.index, extra: proof.extra })
}
