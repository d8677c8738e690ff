//! What opens a commitment: the record and its salt, as they travel beside a receipt.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::entry::{self, Entry, EntryError};

/// A private record with what its commitment was made from. Whoever holds it can show what an entry stands for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Kind of record, as committed to.
    pub domain: String,
    /// The 32 bytes that blind the commitment, in hexadecimal.
    #[serde(with = "hex::serde")]
    pub salt: [u8; 32],
    /// The record.
    pub record: Value,
}

/// Bytes that are not an opening, or that open another entry.
#[derive(Debug, thiserror::Error)]
pub enum OpeningError {
    /// Not the JSON of an opening.
    #[error("this is not the record of a receipt: {0}; use the file as it was received")]
    Format(#[from] serde_json::Error),
    /// The record has no canonical form.
    #[error(transparent)]
    Record(#[from] EntryError),
    /// The record is not the one that was committed to.
    #[error("this record is not the one that the log holds a commitment to: it was altered, or belongs to another receipt")]
    Different,
}

impl Opening {
    /// Reads the file.
    pub fn parse(bytes: &[u8]) -> Result<Self, OpeningError> {
        Ok(serde_json::from_slice(bytes)?)
    }

    /// Bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        // A map of strings and values always has a JSON form.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The leaf that this record and salt lead to.
    pub fn leaf(&self) -> Result<Vec<u8>, EntryError> {
        Entry::Commitment(entry::commit(&self.domain, &self.salt, &self.record)?).encode()
    }

    /// Checks that `leaf` is the commitment to this record.
    pub fn check(&self, leaf: &[u8]) -> Result<(), OpeningError> {
        if self.leaf()? == leaf { Ok(()) } else { Err(OpeningError::Different) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_opening_survives_its_receipt_and_opens_only_its_own_leaf() {
        let opening = Opening { domain: "decision".into(), salt: [7; 32], record: json!({ "é": 1 }) };
        let read = Opening::parse(&opening.to_bytes()).unwrap();
        assert_eq!(read, opening);
        let leaf = opening.leaf().unwrap();
        read.check(&leaf).unwrap();
        let other = Opening { record: json!({ "é": 2 }), ..opening };
        assert!(matches!(other.check(&leaf), Err(OpeningError::Different)));
        assert!(matches!(Opening::parse(b"{}"), Err(OpeningError::Format(_))));
    }
}
