//! The outbox and the sequenced log. Every act writes the entry that it owes in its own transaction; a sequencer later
//! gives each entry its place and stores the signed head with it.

use gouvernail_tlog::entry::{Entry, EntryError, canonical, commit_spelt};
use gouvernail_tlog::opening::Opening;
use jiff::Timestamp;
use serde_json::Value;

use crate::row::{json, micros, signed, time, unsigned};
use crate::{Result, Store, StoreError};

/// Kind of the public statements of the register.
pub(crate) const STATEMENT: &str = "statement";
/// Subject of the public statements of the register; their number is the event's position.
pub(crate) const REGISTER: &str = "register";
/// Rows of one statement, well under both engines' limits on parameters.
const CHUNK: usize = 1000;

/// Beginnings of the statements that place entries; their ends, lists of values, depend on their number.
const UNOWE: &str = "delete from log_owed where entry_id in (";
const PLACE: &str = "insert into log_place (leaf_index, entry_id) ";

macro_rules! entry_columns {
    () => {
        "select e.id, e.kind, p.leaf_index, e.leaf, e.salt, e.record, e.at, e.subject_id, e.subject_n, e.system, e.version, \
         e.energy_low, e.energy_high from log_entry e left join log_place p on p.entry_id = e.id "
    };
}

statements! {
    OWED = concat!(entry_columns!(), "join log_owed o on o.entry_id = e.id order by o.entry_id limit $1");
    LAG = "select count(*), min(e.at) from log_owed o join log_entry e on e.id = o.entry_id";
    OWED_LEAVES = "select e.id, e.kind, e.leaf from log_owed o join log_entry e on e.id = o.entry_id order by o.entry_id limit $1";
    ENTRIES = concat!(entry_columns!(), "where p.leaf_index >= $1 and p.leaf_index < $2 order by p.leaf_index");
    BY_SUBJECT = concat!(entry_columns!(), "where e.subject_id = $1 order by e.id");
    FIND = concat!(entry_columns!(), "where e.subject_id = $1 and e.kind = $2 order by e.id desc limit 1");
    HEAD = "select size, root, note, tallied, tallied_at from log_head where id = 1";
    MOVE_HEAD = "update log_head set size = $1, root = $2, note = $3 where id = 1 and size = $4";
    OWE = "insert into log_entry (kind, leaf, salt, record, at, subject_id, subject_n, system, version, energy_low, energy_high) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    TALLY = "select kind, system, version, count(*), \
             cast(coalesce(sum(energy_low), 0) as double precision), cast(coalesce(sum(energy_high), 0) as double precision) \
             from log_place p join log_entry e on e.id = p.entry_id \
             where p.leaf_index >= $1 and p.leaf_index < $2 and kind <> 'statement' \
             group by kind, system, version order by kind, system, version";
    MOVE_TALLY = "update log_head set tallied = $1, tallied_at = $2 where id = 1 and tallied = $3";
    SINCE = "select kind, system, version, count(*), \
             cast(coalesce(sum(energy_low), 0) as double precision), cast(coalesce(sum(energy_high), 0) as double precision) \
             from log_entry where at >= $1 and kind <> 'statement' \
             group by kind, system, version order by kind, system, version";
}

/// Writes the commitment that an act owes, in the transaction of that act. A macro because it runs on both engines.
macro_rules! owe {
    ($tx:ident, $owed:expr, $at:expr, $subject:expr, $n:expr) => {
        sqlx::query($crate::log::OWE)
            .bind(&$owed.kind)
            .bind(&$owed.leaf)
            .bind(&$owed.salt)
            .bind(&$owed.record)
            .bind($crate::row::micros($at))
            .bind($subject)
            .bind($n)
            .bind(&$owed.system)
            .bind(&$owed.version)
            .bind($owed.energy_wh.map(|(low, _)| low))
            .bind($owed.energy_wh.map(|(_, high)| high))
            .execute(&mut *$tx)
            .await?
    };
}

/// Writes a public statement, in the transaction of the act that owes it.
macro_rules! state {
    ($tx:ident, $statement:expr, $at:expr, $subject:expr, $n:expr) => {
        sqlx::query($crate::log::OWE)
            .bind($crate::log::STATEMENT)
            .bind($crate::log::statement_leaf($statement)?)
            .bind(None::<&[u8]>)
            .bind(None::<String>)
            .bind($crate::row::micros($at))
            .bind($subject)
            .bind($n)
            .bind(None::<String>)
            .bind(None::<String>)
            .bind(None::<f64>)
            .bind(None::<f64>)
            .execute(&mut *$tx)
            .await?
    };
}

/// What an act owes to the log: `leaf` is `0x01` and the SHA-256 commitment to `record` under `salt`.
#[derive(Clone, Debug, PartialEq)]
pub struct OwedCommitment {
    /// Kind of act, as the tally counts it.
    pub kind: String,
    /// The 33 bytes that the log will hold.
    pub leaf: Vec<u8>,
    /// The 32 bytes that blind the commitment.
    pub salt: Vec<u8>,
    /// What is committed to, in its canonical spelling: the bytes that the commitment hashes.
    pub record: String,
    /// System that the tally counts it under, if one is known.
    pub system: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Energy of a use, Wh, low and high end.
    pub energy_wh: Option<(f64, f64)>,
}

impl OwedCommitment {
    /// The commitment to `record` as a record of this kind, under a salt drawn for it alone.
    ///
    /// # Errors
    /// [`StoreError::BadRow`] when the record has no canonical form (a number beyond 2^53).
    pub fn new(kind: &str, record: &Value, salt: [u8; 32]) -> Result<Self> {
        let spelt = canonical(record).map_err(|e| unfit(&e))?;
        let leaf = commit_spelt(kind, &salt, &spelt).and_then(|hash| Entry::Commitment(hash).encode()).map_err(|e| unfit(&e))?;
        let record = String::from_utf8(spelt).map_err(|e| unfit(&e))?;
        Ok(Self { kind: kind.to_owned(), leaf, salt: salt.to_vec(), record, system: None, version: None, energy_wh: None })
    }

    /// The same, counted under a system's version.
    #[must_use]
    pub fn of_system(self, system: &str, version: &str) -> Self {
        Self { system: Some(system.to_owned()), version: Some(version.to_owned()), ..self }
    }

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
    /// System that it is counted under.
    pub system: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Energy of a use, Wh, low and high end.
    pub energy_wh: Option<(f64, f64)>,
}

fn unfit(error: &impl std::fmt::Display) -> StoreError {
    StoreError::BadRow { what: "record to commit to", reason: error.to_string() }
}

impl LogEntry {
    /// What opens the commitment; `None` for a statement and after erasure.
    #[must_use]
    pub fn opening(&self) -> Option<Opening> {
        let salt = self.salt.as_deref()?.try_into().ok()?;
        Some(Opening { domain: self.kind.clone(), salt, record: self.record.clone()? })
    }
}

/// An entry of the outbox that waits for its place.
#[derive(Debug)]
pub(crate) struct OwedLeaf {
    pub(crate) id: i64,
    pub(crate) kind: String,
    pub(crate) leaf: Vec<u8>,
}

/// How many commitments of one kind there are for one version of a system, and their energy.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// Kind of act.
    pub kind: String,
    /// System, if one was known.
    pub system: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// How many.
    pub count: u64,
    /// Energy in all, Wh, low and high end.
    pub energy_wh: (f64, f64),
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
    /// Entries that a tally already covers.
    pub tallied: u64,
    /// When the last tally was written; 1970 before the first.
    pub tallied_at: Timestamp,
}

/// A public statement as a leaf: `0x02` and its canonical JSON (RFC 8785).
pub(crate) fn statement_leaf(statement: &Value) -> Result<Vec<u8>> {
    let encoded = Entry::Statement(statement.clone()).encode();
    encoded.map_err(|e| StoreError::BadRow { what: "public statement", reason: e.to_string() })
}

/// Whether one entry of the log can hold this statement.
pub(crate) fn fits(statement: &Value) -> bool {
    !matches!(Entry::Statement(statement.clone()).encode(), Err(EntryError::TooLong(_)))
}

/// Columns of `entry_columns!`, in its order.
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
    Option<String>,
    Option<String>,
    Option<f64>,
    Option<f64>,
);

fn entry(row: Row) -> Result<LogEntry> {
    let (id, kind, index, leaf, salt, record, at, subject_id, subject_n, system, version, low, high) = row;
    let leaf_index = index.map(unsigned).transpose()?;
    let record = record.as_deref().map(json).transpose()?;
    let energy_wh = low.zip(high);
    Ok(LogEntry { id, kind, leaf_index, leaf, salt, record, at: time(at)?, subject_id, subject_n, system, version, energy_wh })
}

type CountRow = (String, Option<String>, Option<String>, i64, f64, f64);

fn count((kind, system, version, count, low, high): CountRow) -> Result<Count> {
    Ok(Count { kind, system, version, count: unsigned(count)?, energy_wh: (low, high) })
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

    /// The same, as far as a place in the log needs: identifier, kind and leaf. Records may be long, and are not read for it.
    pub(crate) async fn owed_leaves(&self, limit: i64) -> Result<Vec<OwedLeaf>> {
        let rows: Vec<(i64, String, Vec<u8>)> = reading!(self, |db| sqlx::query_as(OWED_LEAVES).bind(limit).fetch_all(db).await)?;
        Ok(rows.into_iter().map(|(id, kind, leaf)| OwedLeaf { id, kind, leaf }).collect())
    }

    /// How many entries are not yet in the log, and when the oldest of them was owed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn lag(&self) -> Result<(u64, Option<Timestamp>)> {
        let (owed, oldest): (i64, Option<i64>) = reading!(self, |db| sqlx::query_as(LAG).fetch_one(db).await)?;
        Ok((unsigned(owed)?, oldest.map(time).transpose()?))
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
                // An entry that is owed no more was placed by another node. Texts of each length are not worth remembering.
                for chunk in placed.chunks(CHUNK) {
                    let mut sql = sqlx::QueryBuilder::new(UNOWE);
                    sql.push_values(chunk, |mut row, (id, _)| {
                        row.push_bind(*id);
                    });
                    let done = sql.push(")").build().persistent(false).execute(&mut *tx).await?.rows_affected();
                    if done != chunk.len() as u64 {
                        let found = i64::try_from(done).unwrap_or(i64::MAX);
                        return Err(StoreError::Conflict { what: "the outbox", expected: chunk.len() as i64, found });
                    }
                    let mut sql = sqlx::QueryBuilder::new(PLACE);
                    sql.push_values(chunk, |mut row, (id, index)| {
                        row.push_bind(*index).push_bind(*id);
                    });
                    sql.build().persistent(false).execute(&mut *tx).await?;
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
        let (size, root, note, tallied, tallied_at): (i64, Vec<u8>, String, i64, i64) =
            reading!(self, |db| sqlx::query_as(HEAD).fetch_one(db).await)?;
        Ok(Head { size: unsigned(size)?, root, note, tallied: unsigned(tallied)?, tallied_at: time(tallied_at)? })
    }

    /// The latest entry of this kind that the call, the refusal or the case `subject_id` owes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_entry(&self, subject_id: &str, kind: &str) -> Result<Option<LogEntry>> {
        let row: Option<Row> = reading!(self, |db| sqlx::query_as(FIND).bind(subject_id).bind(kind).fetch_optional(db).await)?;
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

    /// Commitments by kind, system and version among the entries from index `from` to before `to`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tally(&self, from: u64, to: u64) -> Result<Vec<Count>> {
        let (from, to) = (signed(from)?, signed(to)?);
        let rows: Vec<CountRow> = reading!(self, |db| sqlx::query_as(TALLY).bind(from).bind(to).fetch_all(db).await)?;
        rows.into_iter().map(count).collect()
    }

    /// Writes the tally `statement` of the entries from `from` to before `to`, if the last tally ended at `from`.
    /// False if another node wrote it first.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn write_tally(&self, from: u64, to: u64, statement: &Value, at: Timestamp) -> Result<bool> {
        let (from, to) = (signed(from)?, signed(to)?);
        Ok(writing!(self, |tx| {
            let update = sqlx::query(MOVE_TALLY).bind(to).bind(micros(at)).bind(from);
            let moved = update.execute(&mut *tx).await?.rows_affected() == 1;
            if moved {
                state!(tx, statement, at, None::<String>, None::<i64>);
            }
            moved
        }))
    }

    /// Acts by kind, system and version since `since`, sequenced or not: the figures that the pages show.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn counts_since(&self, since: Timestamp) -> Result<Vec<Count>> {
        let rows: Vec<CountRow> = reading!(self, |db| sqlx::query_as(SINCE).bind(micros(since)).fetch_all(db).await)?;
        rows.into_iter().map(count).collect()
    }
}
