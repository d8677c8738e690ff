//! Texts that stay closed until they may be read, and the seal of a judgement.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A text that only [`crate::Case::output`] opens. It is stored with the event, and never printed by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SealedText(String);

impl SealedText {
    /// Closes a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn open(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SealedText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealedText({} bytes)", self.0.len())
    }
}

/// Seal of a blind judgement: SHA-256 over the 32-byte salt, the length of the value in bytes (8 bytes, big-endian), the value
/// and the reason, both UTF-8; in lower-case hexadecimal.
///
/// Salt and length have fixed sizes, so that no other judgement gives the same input.
pub fn seal(salt: &[u8; 32], value: &str, reason: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update((value.len() as u64).to_be_bytes());
    hash.update(value.as_bytes());
    hash.update(reason.as_bytes());
    hex::encode(hash.finalize())
}

/// Whether a stored seal belongs to this salt (hexadecimal), value and reason.
pub fn opens(seal_hex: &str, salt_hex: &str, value: &str, reason: &str) -> bool {
    let mut salt = [0_u8; 32];
    hex::decode_to_slice(salt_hex, &mut salt).is_ok() && seal(&salt, value, reason) == seal_hex
}
