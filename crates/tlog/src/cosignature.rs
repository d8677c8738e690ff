//! Cosignatures of witnesses (`c2sp.org/tlog-cosignature`, Ed25519 cosignature/v1, type 0x04).

use crate::note::{Algorithm, Note, NoteError, Signature, Signer, Vkey};

/// A witness's key: it states at what time it saw a checkpoint, and that it grew from those seen before.
pub struct Cosigner(Signer);

impl Cosigner {
    /// A witness's key from a 32-byte secret seed.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        Signer::new(name, seed, Algorithm::Cosignature).map(Self)
    }

    /// The public half, to publish.
    pub fn vkey(&self) -> &Vkey {
        self.0.vkey()
    }

    /// Signature line for a checkpoint seen at `time` (seconds since 1970).
    ///
    /// The caller has verified the log's own signature and the consistency with what it cosigned before.
    pub fn cosign(&self, note: &Note, time: u64) -> Signature {
        self.0.line(&time.to_be_bytes(), &message(time, &note.text))
    }
}

/// What a cosignature signs.
pub(crate) fn message(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}
