//! Checkpoints (`c2sp.org/tlog-checkpoint`): origin, size and root of a log, carried by a signed note.

use std::fmt;
use std::str::FromStr;

use base64::{Engine, prelude::BASE64_STANDARD};

use crate::hash::Hash;
use crate::note::{Algorithm, Note, NoteError, Signer, Verified, Vkey};

/// What a log commits to at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log; also the name of its key.
    pub origin: String,
    /// Entries.
    pub size: u64,
    /// Root of the tree.
    pub root: Hash,
    /// Lines after the root. Read and kept, never written by this product.
    pub extensions: Vec<String>,
}

/// A checkpoint that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The signed note around it is wrong.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is not a checkpoint.
    #[error("this is not a checkpoint: {0}; copy the file again, without editing it")]
    Malformed(&'static str),
    /// None of the given keys is that of the log that the checkpoint names.
    #[error("the checkpoint is of log `{origin}`, and its own signature by one of the given keys is not there")]
    NotSignedByLog {
        /// Origin that the checkpoint states.
        origin: String,
    },
}

/// A checkpoint whose signatures were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The log's key that signed it.
    pub log: Vkey,
    /// Cosignatures by the given witness keys.
    pub witnesses: Vec<Verified>,
}

/// Opens a signed checkpoint: signatures by unknown keys are ignored, a wrong one by a known key refuses,
/// and one of `keys` must be the log's own (Ed25519, named as the origin).
pub fn open(note: &str, keys: &[Vkey]) -> Result<Opened, CheckpointError> {
    let note: Note = note.parse()?;
    let checkpoint: Checkpoint = note.text.parse()?;
    let (logs, witnesses): (Vec<_>, Vec<_>) =
        note.verify(keys)?.into_iter().partition(|signed| signed.key.algorithm() == Algorithm::Ed25519);
    let log = logs.into_iter().find(|signed| signed.key.name() == checkpoint.origin).map(|signed| signed.key);
    match log {
        Some(log) => Ok(Opened { checkpoint, log, witnesses }),
        None => Err(CheckpointError::NotSignedByLog { origin: checkpoint.origin }),
    }
}

impl Checkpoint {
    /// A checkpoint of `signer`'s log, signed.
    pub fn sign(size: u64, root: Hash, signer: &Signer) -> Result<Note, NoteError> {
        let origin = signer.vkey().name().to_owned();
        signer.sign(&Self { origin, size, root, extensions: Vec::new() }.to_string())
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, BASE64_STANDARD.encode(self.root))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let bad = CheckpointError::Malformed;
        let text = text.strip_suffix('\n').ok_or(bad("no final newline"))?;
        let mut lines = text.split('\n').map(|line| Some(line).filter(|line| !line.is_empty()).ok_or(bad("an empty line")));
        let mut next = |what| lines.next().unwrap_or(Err(bad(what)));
        let origin = next("no origin")?.to_owned();
        let size = size(next("no size")?).ok_or(bad("the size is not a decimal number without leading zeroes"))?;
        let root = hash(next("no root")?).ok_or(bad("the root is not 32 bytes in base64"))?;
        let extensions = lines.map(|line| line.map(str::to_owned)).collect::<Result<_, _>>()?;
        Ok(Self { origin, size, root, extensions })
    }
}

/// A decimal number in its only spelling, below 2^63 as other implementations expect.
pub(crate) fn size(text: &str) -> Option<u64> {
    text.parse::<u64>().ok().filter(|size| *size < 1 << 63 && size.to_string() == text)
}

/// A hash in base64.
pub(crate) fn hash(text: &str) -> Option<Hash> {
    BASE64_STANDARD.decode(text).ok()?.try_into().ok()
}
