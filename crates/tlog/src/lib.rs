//! Transparency log in the C2SP formats: tiles, checkpoints, proofs, cosignatures, commitments.
//!
//! Everything but [`disk`] is pure: bytes come in through a [`Reader`], files to write come out as values,
//! time and keys are parameters. Specifications: `c2sp.org/tlog-tiles`, `tlog-checkpoint`, `signed-note`,
//! `tlog-cosignature`, `tlog-proof`; hashing is RFC 6962 §2.1 with SHA-256.
//!
//! From the bottom up: [`hash`] → [`tree`] (proofs) and [`frontier`] (growing) → [`tile`] (files) →
//! [`grow`] (which files a batch adds) → [`note`], [`cosignature`], [`checkpoint`] (signatures) →
//! [`proof`] (a citizen's receipt) → [`entry`] (what a leaf holds) and [`opening`] (what opens it) → [`verify`] and [`disk`].

mod canonical;
pub mod checkpoint;
pub mod cosignature;
pub mod disk;
pub mod entry;
pub mod frontier;
pub mod grow;
pub mod hash;
pub mod note;
pub mod opening;
pub mod proof;
pub mod tile;
pub mod tree;
pub mod verify;

/// Gives the bytes of a log resource (`checkpoint`, `tile/…`), or `None` when it does not exist.
///
/// The distinction matters: an absent partial tile sends the reader to the full tile, a failed read must not.
pub type Reader<'a> = dyn Fn(&str) -> Result<Option<Vec<u8>>, ReadError> + 'a;

/// A resource of the log could not be read, for another reason than absence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read {path} of the log: {reason}")]
pub struct ReadError {
    /// Path inside the log, for example `tile/0/x001/067`.
    pub path: String,
    /// What the disk or the network said.
    pub reason: String,
}
