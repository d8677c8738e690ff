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

/// Seal of a blind judgement: SHA-256 over the 32-byte salt followed by the UTF-8 value, in lower-case hexadecimal.
///
/// The salt has a fixed length, so that no other pair of salt and value gives the same input.
pub fn seal(salt: &[u8; 32], value: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(value.as_bytes());
    hex::encode(hash.finalize())
}

/// Whether a stored seal belongs to this salt (hexadecimal) and value.
pub fn opens(seal_hex: &str, salt_hex: &str, value: &str) -> bool {
    let mut salt = [0_u8; 32];
    hex::decode_to_slice(salt_hex, &mut salt).is_ok() && seal(&salt, value) == seal_hex
}
