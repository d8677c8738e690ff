//! Receipts (`c2sp.org/tlog-proof`): an entry's index, its inclusion proof and a signed checkpoint in one text file.

use std::fmt;
use std::str::FromStr;

use base64::{Engine, prelude::BASE64_STANDARD};

use crate::checkpoint;
use crate::hash::Hash;

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// Everything needed to verify offline that an entry is in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Bytes that travel along and that nothing authenticates. Read, never written by this product.
    pub extra: Option<Vec<u8>>,
    /// Index of the entry, from 0.
    pub index: u64,
    /// Inclusion proof, from the leaf's sibling upwards.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint, verbatim.
    pub checkpoint: String,
}

/// A text that is not a receipt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not a receipt (c2sp.org/tlog-proof@v1): {0}; use the file as it was received")]
pub struct ProofFormatError(&'static str);

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", BASE64_STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{}", BASE64_STANDARD.encode(hash)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for Proof {
    type Err = ProofFormatError;

    fn from_str(text: &str) -> Result<Self, ProofFormatError> {
        let bad = ProofFormatError;
        let (head, signed) = text.split_once("\n\n").ok_or(bad("no empty line before the checkpoint"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(bad("another first line"));
        }
        let extra = lines.next_if(|line| line.starts_with("extra "));
        let extra = extra.map(|line| BASE64_STANDARD.decode(&line["extra ".len()..]));
        let extra = extra.transpose().map_err(|_| bad("`extra` is not base64"))?;
        let index = lines.next().and_then(|line| line.strip_prefix("index ")).and_then(checkpoint::size);
        let index = index.ok_or(bad("no `index` line with a decimal number"))?;
        let hashes: Option<Vec<_>> = lines.map(checkpoint::hash).collect();
        let hashes =
            hashes.filter(|hashes| hashes.len() <= 63).ok_or(bad("a proof line is not 32 bytes in base64, or too many lines"))?;
        Ok(Self { extra, index, hashes, checkpoint: signed.to_owned() })
    }
}
