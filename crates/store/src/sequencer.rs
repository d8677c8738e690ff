//! From the outbox to the public log: owed entries get their place, the checkpoint is signed, the tiles are published.
//!
//! The database commits first (places and signed head in one transaction), then the tiles are written, then the checkpoint.
//! A crash anywhere in between is mended at the next start from what the database holds: tiles never change.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gouvernail_tlog::checkpoint::Checkpoint;
use gouvernail_tlog::disk::{DiskError, DiskLog};
use gouvernail_tlog::note::{Note, NoteError, Signer};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::log::STATEMENT;
use crate::{Ambient, Count, LogEntry, Store, StoreError};

/// Entries placed at once.
const BATCH: i64 = 4096;

/// Why the log does not grow. What is owed stays owed: nothing is lost.
#[derive(Debug, thiserror::Error)]
pub enum SequencerError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder of the log.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// The checkpoint kept in the database is not one.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The published log is ahead of the database, so going on would write a second history.
    #[error(
        "the published log has {published} entries and the database only {known}: the database was restored from an old copy; \
         restore a later copy, or begin a new log under another origin"
    )]
    RolledBack {
        /// Entries of the published log.
        published: u64,
        /// Entries that the database knows.
        known: u64,
    },
    /// The log's key is not that of the log in the database.
    #[error("the log in the database is {known:?}, the key given is of {given:?}: use the key that began this log")]
    OtherKey {
        /// Origin in the database.
        known: String,
        /// Name of the key.
        given: String,
    },
    /// A task of the disk was lost.
    #[error("the task that writes the log ended: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// Gives owed entries their place in the log.
pub struct Sequencer {
    store: Store,
    log: DiskLog,
    signer: Arc<Signer>,
    ambient: Ambient,
    tally_every: SignedDuration,
    /// False while the folder may lack what the database has placed.
    settled: AtomicBool,
}

impl Sequencer {
    /// Opens the log in the folder of `log` and finishes what a crash interrupted. A tally of the commitments is written at
    /// most once in `tally_every`.
    ///
    /// # Errors
    /// [`SequencerError`]; a log that is ahead of its database, or of another key, is never continued.
    pub async fn open(
        store: Store,
        log: DiskLog,
        signer: Signer,
        ambient: Ambient,
        tally_every: SignedDuration,
    ) -> Result<Self, SequencerError> {
        let sequencer = Self { store, log, signer: Arc::new(signer), ambient, tally_every, settled: AtomicBool::new(false) };
        sequencer.recover().await?;
        Ok(sequencer)
    }

    async fn recover(&self) -> Result<(), SequencerError> {
        let head = self.store.head().await?;
        let published = match self.log.read_checkpoint()? {
            Some(note) => note.text.parse::<Checkpoint>().map_err(DiskError::from)?.size,
            None => 0,
        };
        if published > head.size {
            return Err(SequencerError::RolledBack { published, known: head.size });
        }
        if head.note.is_empty() {
            self.settled.store(true, Ordering::Release);
            return Ok(());
        }
        let note: Note = head.note.parse()?;
        let known = note.text.parse::<Checkpoint>().map_err(DiskError::from)?.origin;
        if known != self.signer.vkey().name() || note.verify(&[self.signer.vkey().clone()]).is_err() {
            return Err(SequencerError::OtherKey { known, given: self.signer.vkey().name().to_owned() });
        }
        if published < head.size {
            tracing::info!(published, size = head.size, "the log is completed after an interruption");
            let entries = self.store.entries(published, head.size).await?;
            self.publish(published, entries, note).await?;
        }
        self.settled.store(true, Ordering::Release);
        Ok(())
    }

    /// Places what is owed now; returns how many entries were placed.
    ///
    /// # Errors
    /// [`SequencerError`]; the next step does what this one left.
    pub async fn step(&self) -> Result<usize, SequencerError> {
        if !self.settled.load(Ordering::Acquire) {
            self.recover().await?;
        }
        self.tally_if_due().await?;
        let mut owed = self.store.owed(BATCH).await?;
        if owed.is_empty() {
            return Ok(0);
        }
        self.arrange(&mut owed);
        let size = self.store.head().await?.size;
        let leaves: Vec<Vec<u8>> = owed.iter().map(|entry| entry.leaf.clone()).collect();
        let log = self.log.clone();
        let growth = tokio::task::spawn_blocking(move || log.plan(size, &leaves)).await??;
        let note = Checkpoint::sign(growth.size, growth.root, &self.signer)?;
        let ids: Vec<i64> = owed.iter().map(|entry| entry.id).collect();
        // A disk that is full now, or a step that is dropped: the next one completes what the database holds.
        self.settled.store(false, Ordering::Release);
        self.store.sequence(size, &ids, &note.to_string(), &growth.root).await?;
        let log = self.log.clone();
        tokio::task::spawn_blocking(move || log.write(&growth).and_then(|()| log.publish(&note))).await??;
        self.settled.store(true, Ordering::Release);
        Ok(ids.len())
    }

    /// Statements keep their order, for they tell a story; commitments lose it, for their order would tell one.
    fn arrange(&self, owed: &mut Vec<LogEntry>) {
        let (statements, mut commitments): (Vec<_>, Vec<_>) = owed.drain(..).partition(|entry| entry.kind == STATEMENT);
        self.ambient.shuffle(&mut commitments);
        owed.extend(statements);
        owed.extend(commitments);
    }

    async fn publish(&self, from: u64, entries: Vec<LogEntry>, note: Note) -> Result<(), SequencerError> {
        let log = self.log.clone();
        let leaves: Vec<Vec<u8>> = entries.into_iter().map(|entry| entry.leaf).collect();
        tokio::task::spawn_blocking(move || {
            log.append(from, &leaves)?;
            log.publish(&note)
        })
        .await??;
        Ok(())
    }

    /// Says in clear how many commitments of each kind there are since the last tally, when one is due.
    async fn tally_if_due(&self) -> Result<(), SequencerError> {
        let (head, now) = (self.store.head().await?, self.ambient.now());
        if now.duration_since(head.tallied_at) < self.tally_every {
            return Ok(());
        }
        let counts = self.store.tally(head.tallied, head.size).await?;
        if !counts.is_empty() {
            let statement = tally(head.tallied, head.size, &counts, now);
            self.store.write_tally(head.tallied, head.size, &statement, now).await?;
        }
        Ok(())
    }

    /// Steps for ever. Run it as a task of its own.
    pub async fn run(self, every: Duration) {
        let mut failing = false;
        loop {
            match self.step().await {
                Ok(_) => failing = false,
                // Another node placed these entries: nothing to say.
                Err(SequencerError::Store(StoreError::Conflict { .. })) => {}
                Err(error) if !failing => {
                    failing = true;
                    tracing::error!(%error, "the log does not grow; what is owed to it waits in the database");
                }
                Err(_) => {}
            }
            tokio::time::sleep(every).await;
        }
    }
}

/// The tally of the entries with index `from` to before `to`: counts and energy in all, no person, no time of an act.
fn tally(from: u64, to: u64, counts: &[Count], at: jiff::Timestamp) -> Value {
    let counts: Vec<Value> = counts.iter().map(counted).collect();
    json!({ "type": "tally", "from": from, "to": to, "counts": counts, "at": at })
}

fn counted(count: &Count) -> Value {
    let (low, high) = count.energy_wh;
    let mut said = json!({ "kind": count.kind, "system": count.system, "version": count.version, "count": count.count });
    if high > 0.0 {
        said["energy_wh"] = json!({ "min": rounded(low), "max": rounded(high) });
    }
    said
}

/// To the milliwatt-hour, so that a sum of floating point numbers reads as one figure.
fn rounded(wh: f64) -> f64 {
    (wh * 1000.0).round() / 1000.0
}
