//! The outbox and the sequenced log. Every act writes the entry that it owes in its own transaction; a sequencer later
//! gives each entry its place and stores the signed head with it.

use jiff::Timestamp;
use serde_json::Value;

use crate::row::{json, signed, time, unsigned};
use crate::{Result, Store, StoreError};

/// Kind of the public statements of the register.
pub(crate) const STATEMENT: &str = "statement";
/// Subject of the public statements of the register; their number is the event's position.
pub(crate) const REGISTER: &str = "register";
/// Rows of one multi-row update, well under both engines' limits on parameters.
const CHUNK: usize = 1000;

/// End of the update that places entries; its start, a list of values, depends on their number.
const PLACE: &str = ") update log_entry set leaf_index = place.leaf_index from place \
                     where log_entry.id = place.id and log_entry.leaf_index is null";

macro_rules! entry_columns {
    () => {
        "select id, kind, leaf_index, leaf, salt, record, at, subject_id, subject_n from log_entry "
    };
}

statements! {
    OWED = concat!(entry_columns!(), "where leaf_index is null order by id limit $1");
    ENTRIES = concat!(entry_columns!(), "where leaf_index >= $1 and leaf_index < $2 order by leaf_index");
    BY_SUBJECT = concat!(entry_columns!(), "where subject_id = $1 order by id");
    FIND = concat!(entry_columns!(), "where subject_id = $1 and kind = $2 order by id desc limit 1");
    HEAD = "select size, root, note from log_head where id = 1";
    MOVE_HEAD = "update log_head set size = $1, root = $2, note = $3 where id = 1 and size = $4";
    OWE = "insert into log_entry (kind, leaf, salt, record, at, subject_id, subject_n) values ($1, $2, $3, $4, $5, $6, $7)";
}

/// Writes one entry of the outbox in the transaction of the act that owes it. A macro because it runs on both engines.
macro_rules! owe {
    ($tx:ident, $kind:expr, $leaf:expr, $salt:expr, $record:expr, $at:expr, $subject:expr, $n:expr) => {
        sqlx::query($crate::log::OWE)
            .bind($kind)
            .bind($leaf)
            .bind($salt)
            .bind($record)
            .bind($crate::row::micros($at))
            .bind($subject)
            .bind($n)
            .execute(&mut *$tx)
            .await?
    };
    ($tx:ident, $owed:expr, $at:expr, $subject:expr, $n:expr) => {
        owe!($tx, &$owed.kind, &$owed.leaf, &$owed.salt, $crate::row::text(&$owed.record), $at, $subject, $n)
    };
}

/// What an act owes to the log: `leaf` is `0x01` and the SHA-256 commitment to `record` under `salt`, computed by the caller.
#[derive(Clone, Debug, PartialEq)]
pub struct OwedCommitment {
    /// Kind of act, as the tally counts it.
    pub kind: String,
    /// The 33 bytes that the log will hold.
    pub leaf: Vec<u8>,
    /// The 32 bytes that blind the commitment.
    pub salt: Vec<u8>,
    /// What is committed to.
    pub record: Value,
}

impl OwedCommitment {
    /// The log must never hold anything else than a commitment in clear, so the shape is checked before it is stored.
    pub(crate) fn check(&self) -> Result<()> {
        if self.leaf.len() == 33 && self.leaf.first() == Some(&1) && self.salt.len() == 32 {
            return Ok(());
        }
        let (leaf, salt) = (self.leaf.len(), self.salt.len());
        Err(StoreError::BadCommitment { kind: self.kind.clone(), leaf, salt })
    }
}

/// An entry of the outbox (no index yet) or of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// Identifier given by the database, in order of writing.
    pub id: i64,
    /// Kind of act.
    pub kind: String,
    /// Place in the log, once sequenced.
    pub leaf_index: Option<u64>,
    /// The bytes of the leaf.
    pub leaf: Vec<u8>,
    /// Salt of the commitment; absent from statements and after erasure.
    pub salt: Option<Vec<u8>>,
    /// What is committed to; absent from statements and after erasure.
    pub record: Option<Value>,
    /// When the act happened.
    pub at: Timestamp,
    /// The act: identifier of the call, the refusal or the case, or `register`; forgotten by erasure.
    pub subject_id: Option<String>,
    /// Number of the event in its case or in the register.
    pub subject_n: Option<i64>,
}

/// The head of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of leaves.
    pub size: u64,
    /// Root hash.
    pub root: Vec<u8>,
    /// The signed checkpoint; empty before the first.
    pub note: String,
}

/// A public statement as a leaf: `0x02` and its canonical JSON (RFC 8785).
pub(crate) fn statement_leaf(statement: &Value) -> Result<Vec<u8>> {
    let canonical = serde_json_canonicalizer::to_vec(statement)
        .map_err(|e| StoreError::BadRow { what: "public statement", reason: e.to_string() })?;
    Ok([&[2], canonical.as_slice()].concat())
}

type Row = (
    i64,
    String,
    Option<i64>,
    Vec<u8>,
    Option<Vec<u8>>,
    Option<String>,
    i64,
    Option<String>,
    Option<i64>,
);

fn entry((id, kind, index, leaf, salt, record, at, subject_id, subject_n): Row) -> Result<LogEntry> {
    let leaf_index = index.map(unsigned).transpose()?;
    let record = record.as_deref().map(json).transpose()?;
    Ok(LogEntry { id, kind, leaf_index, leaf, salt, record, at: time(at)?, subject_id, subject_n })
}

impl Store {
    /// Entries not yet in the log, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn owed(&self, limit: i64) -> Result<Vec<LogEntry>> {
        let rows: Vec<Row> = reading!(self, |db| sqlx::query_as(OWED).bind(limit).fetch_all(db).await)?;
        rows.into_iter().map(entry).collect()
    }

    /// Gives the owed entries `ids` the places from `expected_size` on, in that order, and stores the head that covers them.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the log has another size, or an entry already has a place: nothing is written.
    pub async fn sequence(&self, expected_size: u64, ids: &[i64], note: &str, root: &[u8]) -> Result<()> {
        let expected = signed(expected_size)?;
        let size = signed(expected_size + ids.len() as u64)?;
        let placed: Vec<(i64, i64)> = ids.iter().copied().zip(expected..).collect();
        let moved = writing!(self, |tx| {
            let update = sqlx::query(MOVE_HEAD).bind(size).bind(root).bind(note).bind(expected);
            let moved = update.execute(&mut *tx).await?.rows_affected() == 1;
            if moved {
                for chunk in placed.chunks(CHUNK) {
                    let mut sql = sqlx::QueryBuilder::new("with place (id, leaf_index) as (");
                    sql.push_values(chunk, |mut row, (id, index)| {
                        row.push_bind(*id).push_bind(*index);
                    });
                    sql.push(PLACE);
                    let done = sql.build().execute(&mut *tx).await?.rows_affected();
                    if done != chunk.len() as u64 {
                        let found = i64::try_from(done).unwrap_or(i64::MAX);
                        return Err(StoreError::Conflict { what: "the outbox", expected: chunk.len() as i64, found });
                    }
                }
            }
            moved
        });
        if moved {
            return Ok(());
        }
        let found = signed(self.head().await?.size)?;
        Err(StoreError::Conflict { what: "the log", expected, found })
    }

    /// Entries of the log from index `from` to before `to`, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entries(&self, from: u64, to: u64) -> Result<Vec<LogEntry>> {
        let (from, to) = (signed(from)?, signed(to)?);
        let rows: Vec<Row> = reading!(self, |db| sqlx::query_as(ENTRIES).bind(from).bind(to).fetch_all(db).await)?;
        rows.into_iter().map(entry).collect()
    }

    /// The head stored with the last sequencing; size 0 and an empty note before the first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn head(&self) -> Result<Head> {
        let (size, root, note): (i64, Vec<u8>, String) =
            reading!(self, |db| sqlx::query_as(HEAD).fetch_one(db).await)?;
        Ok(Head { size: unsigned(size)?, root, note })
    }

    /// The latest entry of this kind that the call, the refusal or the case `subject_id` owes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_entry(&self, subject_id: &str, kind: &str) -> Result<Option<LogEntry>> {
        let row: Option<Row> =
            reading!(self, |db| sqlx::query_as(FIND).bind(subject_id).bind(kind).fetch_optional(db).await)?;
        row.map(entry).transpose()
    }

    /// Every entry that `subject_id` owes, in order of writing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entries_of(&self, subject_id: &str) -> Result<Vec<LogEntry>> {
        let rows: Vec<Row> = reading!(self, |db| sqlx::query_as(BY_SUBJECT).bind(subject_id).fetch_all(db).await)?;
        rows.into_iter().map(entry).collect()
    }
}
