//! The door that every cosignature passes, one per log: check, make durable, then sign and hand out, one at a time.

use std::slice::from_ref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::{Engine, prelude::BASE64_STANDARD};
use gouvernail_tlog::checkpoint::{self, Checkpoint, CheckpointError};
use gouvernail_tlog::cosignature::Cosigner;
use gouvernail_tlog::hash::{Hash, empty_root};
use gouvernail_tlog::note::{Note, NoteError, Signature, Vkey};
use gouvernail_tlog::tree::{self, ProofError};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::config::Clock;
use crate::error::StateError;
use crate::finding::Finding;
use crate::state::{Evidence, LogFolder};

/// Longest consistency proof: one hash for each bit of the size.
const LONGEST_PROOF: usize = 63;

/// Why a submitted checkpoint is not cosigned (`c2sp.org/tlog-witness`).
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// 400: the body is not a submission.
    #[error("this is not an add-checkpoint body: {0}")]
    Malformed(String),
    /// 404: nobody asked this witness to follow that log.
    #[error("the log `{origin}` is not followed here: ask the operator of this witness to add it")]
    UnknownLog {
        /// Origin that the checkpoint states.
        origin: String,
    },
    /// 403: not signed with the key that is trusted for its origin.
    #[error("the checkpoint is not signed by its log: {0}")]
    NotSigned(#[source] CheckpointError),
    /// 403: the log broke its promise, and its key is not trusted any more.
    #[error("this log is not cosigned any more: {0}")]
    Condemned(Finding),
    /// 400: the proof would go backwards.
    #[error("the old size {old} is beyond the checkpoint's {size}: swap the two, or send the newer checkpoint")]
    Backwards {
        /// Old size of the submission.
        old: u64,
        /// Size of the checkpoint.
        size: u64,
    },
    /// 409: another tree was cosigned last.
    #[error("the last cosigned checkpoint has {size} entries: prove the consistency with it")]
    Conflict {
        /// Size of the last cosigned checkpoint.
        size: u64,
    },
    /// 422: the log signed two trees of one size.
    #[error("the log signed another tree of {size} entries before: this is a fork, and the evidence is kept")]
    Forked {
        /// Size of both trees.
        size: u64,
    },
    /// 422: a tree without entries has but one root.
    #[error("a tree of 0 entries has the root SHA-256(\"\"), not that of the checkpoint: sign it again")]
    EmptyRoot,
    /// 422: the consistency proof proves nothing.
    #[error("the consistency proof: {0}")]
    Proof(#[from] ProofError),
    /// 500: nothing can be kept, so nothing is signed.
    #[error("the witness cannot keep its state and signs nothing: {0}")]
    State(#[from] StateError),
}

/// A submission: `old <size>`, consistency proof, empty line, checkpoint.
pub(crate) struct Request {
    pub(crate) old: u64,
    pub(crate) proof: Vec<Hash>,
    pub(crate) note: String,
    /// What the note states; its signatures are not verified yet.
    pub(crate) checkpoint: Checkpoint,
}

impl Request {
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let bad = |what: &str| Refusal::Malformed(what.to_owned());
        let text = std::str::from_utf8(body).map_err(|_| bad("not UTF-8"))?;
        let (head, note) = text.split_once("\n\n").ok_or_else(|| bad("no empty line before the checkpoint"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(decimal);
        let old = old.ok_or_else(|| bad("the first line is not `old <size>`"))?;
        let proof: Option<Vec<_>> = lines.map(|line| BASE64_STANDARD.decode(line).ok()?.try_into().ok()).collect();
        let proof = proof.filter(|proof| proof.len() <= LONGEST_PROOF);
        let proof = proof.ok_or_else(|| bad("the proof is not up to 63 lines of 32 bytes in base64"))?;
        let malformed = |error: CheckpointError| Refusal::Malformed(error.to_string());
        let parsed: Note = note.parse().map_err(|error: NoteError| malformed(error.into()))?;
        let checkpoint = parsed.text.parse().map_err(malformed)?;
        Ok(Self { old, proof, note: note.to_owned(), checkpoint })
    }
}

/// A size in its only spelling.
fn decimal(text: &str) -> Option<u64> {
    text.parse::<u64>().ok().filter(|size| size.to_string() == text)
}

/// A checkpoint that was cosigned.
#[derive(Debug, Clone)]
pub(crate) struct Last {
    pub(crate) checkpoint: Checkpoint,
    /// With the log's signature and ours, and no other.
    pub(crate) note: Note,
}

impl Last {
    /// When it was cosigned, as our signature says: it is the last one, and begins with the time.
    pub(crate) fn time(&self) -> Option<Timestamp> {
        let seconds = u64::from_be_bytes(*self.note.signatures.last()?.bytes.first_chunk()?);
        Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
    }
}

/// The door of one log.
pub(crate) struct Door {
    id: String,
    vkey: Vkey,
    folder: LogFolder,
    cosigner: Arc<Cosigner>,
    clock: Clock,
    /// Held from the check to the signature. What is in it is on the disk.
    last: Mutex<Option<Last>>,
}

/// Name of a log's folder, and of its place under the monitoring address: lower-case hexadecimal SHA-256 of its origin.
pub(crate) fn id(vkey: &Vkey) -> String {
    hex::encode(Sha256::digest(vkey.name()))
}

impl Door {
    pub(crate) fn open(vkey: Vkey, folder: LogFolder, cosigner: Arc<Cosigner>, clock: Clock) -> Result<Self, StateError> {
        let last = folder.read_cosigned(&vkey)?.map(|(checkpoint, note)| Last { checkpoint, note });
        let last = Mutex::new(last);
        Ok(Self { id: id(&vkey), vkey, folder, cosigner, clock, last })
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn origin(&self) -> &str {
        self.vkey.name()
    }

    pub(crate) fn vkey(&self) -> &Vkey {
        &self.vkey
    }

    pub(crate) fn last(&self) -> Option<Last> {
        self.locked().clone()
    }

    /// Entries of the last cosigned checkpoint, 0 without one.
    pub(crate) fn size(&self) -> u64 {
        self.locked().as_ref().map_or(0, |last| last.checkpoint.size)
    }

    pub(crate) fn evidence(&self) -> Result<Option<Evidence>, StateError> {
        self.folder.read_evidence()
    }

    /// Cosigns a checkpoint that `proof` shows to continue the last one, of `old` entries. What it returns is durable.
    pub(crate) fn cosign(&self, old: u64, proof: &[Hash], note: &str) -> Result<Signature, Refusal> {
        let opened = checkpoint::open(note, from_ref(&self.vkey)).map_err(Refusal::NotSigned)?;
        let mut last = self.locked();
        if let Some(evidence) = self.evidence()? {
            return Err(Refusal::Condemned(evidence.finding));
        }
        self.check(last.as_ref(), old, proof, &opened.checkpoint, note)?;
        let mut note: Note = note.parse().map_err(|error: NoteError| Refusal::Malformed(error.to_string()))?;
        let signature = self.cosigner.cosign(&note, self.time()?);
        note.signatures.retain(|line| line.name == self.vkey.name() && line.id == self.vkey.id());
        note.signatures.truncate(1);
        note.signatures.push(signature.clone());
        self.folder.write_cosigned(&note)?;
        tracing::debug!(log = self.origin(), size = opened.checkpoint.size, "cosigned");
        *last = Some(Last { checkpoint: opened.checkpoint, note });
        Ok(signature)
    }

    fn check(&self, last: Option<&Last>, old: u64, proof: &[Hash], new: &Checkpoint, note: &str) -> Result<(), Refusal> {
        let (size, root) = last.map_or((0, empty_root()), |last| (last.checkpoint.size, last.checkpoint.root));
        if old > new.size {
            return Err(Refusal::Backwards { old, size: new.size });
        }
        if old != size {
            return Err(Refusal::Conflict { size });
        }
        if new.size == 0 && new.root != empty_root() {
            return Err(Refusal::EmptyRoot);
        }
        if new.size == size && new.root != root {
            self.keep(last, Finding::Forked { size }, note.as_bytes(), None)?;
            return Err(Refusal::Forked { size });
        }
        Ok(tree::verify_consistency(old, &root, new.size, &new.root, proof)?)
    }

    /// Keeps evidence against the log: nothing is cosigned any more. `found` is the checkpoint that shows it, as it came;
    /// `verified` the last one whose entries were read.
    pub(crate) fn condemn(&self, finding: Finding, found: &[u8], verified: Option<&str>) -> Result<(), StateError> {
        self.keep(self.locked().as_ref(), finding, found, verified)
    }

    fn keep(&self, last: Option<&Last>, finding: Finding, found: &[u8], verified: Option<&str>) -> Result<(), StateError> {
        tracing::error!(log = self.origin(), %finding, "the log broke its promise; it is not cosigned any more");
        let cosigned = last.map(|last| last.note.to_string());
        let older = [("cosigned", cosigned.as_deref()), ("verified", verified)];
        let older = older.iter().filter_map(|(name, note)| note.map(|note| (*name, note.as_bytes())));
        let files: Vec<_> = older.chain([("found", found)]).collect();
        self.folder.write_evidence(&Evidence { at: (self.clock)(), finding }, &files)
    }

    /// Seconds since 1970; the specification keeps 0 for cosignatures without a time.
    fn time(&self) -> Result<u64, StateError> {
        let now = (self.clock)();
        u64::try_from(now.as_second()).ok().filter(|time| *time > 0).ok_or(StateError::Clock(now))
    }

    /// A panic elsewhere leaves what is in here whole: it is replaced in one step, after the disk.
    fn locked(&self) -> MutexGuard<'_, Option<Last>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
