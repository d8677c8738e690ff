//! What a leaf of the log holds: a commitment that says nothing by itself, or a public statement.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::canonical;
use crate::hash::Hash;
use crate::tile::MAX_ENTRY;

const COMMITMENT: u8 = 0x01;
const STATEMENT: u8 = 0x02;
/// First bytes of everything that a commitment hashes, so that it can be taken for nothing else.
const DOMAIN: &str = "gouvernail/commitment/v1\n";

/// One entry of the log.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// `0x01 ‖ commitment`: 33 bytes, nothing else.
    Commitment(Hash),
    /// `0x02 ‖ canonical JSON` (RFC 8785): a public statement in clear.
    Statement(Value),
}

/// An entry that must not or cannot be in the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Not one of the two kinds.
    #[error("an entry begins with {0:?}: neither a commitment (1) nor a statement (2); verify with a newer version")]
    Kind(Option<u8>),
    /// A commitment with something beside it, which could identify a person.
    #[error("a commitment entry is {0} bytes long: it must be 33, with nothing beside the commitment")]
    Length(usize),
    /// Not JSON, or not in the one canonical spelling.
    #[error("a statement is not canonical JSON (RFC 8785): {0}")]
    NotCanonical(String),
    /// A number so large that canonical JSON would round it.
    #[error("the number {0} is beyond ±(2^53 − 1), where canonical JSON would round it: write it as a string")]
    Number(String),
    /// A statement that no bundle can hold.
    #[error("a statement takes {0} bytes in the log: the limit is 65,535; split it")]
    TooLong(usize),
    /// A kind of record that cannot be framed.
    #[error("`{0}` cannot be a kind of record: it must be one line, not empty")]
    Domain(String),
}

impl Entry {
    /// Bytes of the leaf.
    pub fn encode(&self) -> Result<Vec<u8>, EntryError> {
        let bytes = match self {
            Self::Commitment(hash) => [&[COMMITMENT], hash.as_slice()].concat(),
            Self::Statement(value) => [&[STATEMENT], canonical(value)?.as_slice()].concat(),
        };
        if bytes.len() > MAX_ENTRY { Err(EntryError::TooLong(bytes.len())) } else { Ok(bytes) }
    }

    /// Reads a leaf; a statement must be in its canonical spelling, so that an entry has one meaning and one hash.
    pub fn decode(bytes: &[u8]) -> Result<Self, EntryError> {
        match bytes.split_first() {
            Some((&COMMITMENT, hash)) => hash.try_into().map(Self::Commitment).map_err(|_| EntryError::Length(bytes.len())),
            Some((&STATEMENT, json)) => {
                let value: Value = serde_json::from_slice(json).map_err(|error| EntryError::NotCanonical(error.to_string()))?;
                if canonical(&value)? != json {
                    return Err(EntryError::NotCanonical("another spelling of the same value".into()));
                }
                Ok(Self::Statement(value))
            }
            other => Err(EntryError::Kind(other.map(|(kind, _)| *kind))),
        }
    }
}

/// Commits to a private record without showing anything of it:
/// `SHA-256("gouvernail/commitment/v1" ‖ 0x0A ‖ domain ‖ 0x0A ‖ salt ‖ canonical record)`.
///
/// `domain` says what kind of record it is (`refusal`, `decision` …). `salt` is drawn afresh for each record and kept
/// with it: once both are erased, nothing links the commitment to anyone any more (the hiding is computational: 256 bits).
pub fn commit(domain: &str, salt: &[u8; 32], record: &Value) -> Result<Hash, EntryError> {
    commit_spelt(domain, salt, &canonical(record)?)
}

/// The same for a record that is already in its [canonical] spelling, by who keeps it so.
pub fn commit_spelt(domain: &str, salt: &[u8; 32], record: &[u8]) -> Result<Hash, EntryError> {
    if domain.is_empty() || domain.contains('\n') {
        return Err(EntryError::Domain(domain.to_owned()));
    }
    let hash = Sha256::new().chain_update(DOMAIN).chain_update(domain).chain_update("\n").chain_update(salt);
    Ok(hash.chain_update(record).finalize().into())
}

/// The one spelling of a value under RFC 8785, in bytes.
pub fn canonical(value: &Value) -> Result<Vec<u8>, EntryError> {
    let mut bytes = Vec::with_capacity(1024);
    canonical::write(value, &mut bytes)?;
    Ok(bytes)
}
