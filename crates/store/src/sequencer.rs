//! From the outbox to the public log: owed entries get their place, the checkpoint is signed, the tiles are published.
//!
//! The database commits first (places and signed head in one transaction), then the tiles are written, then the checkpoint.
//! A crash anywhere in between is mended at the next start from what the database holds: tiles never change.
//!
//! Nothing is signed unless the database, the tiles and the published checkpoint are at the same size with the same root: a
//! second history must never carry our signature. When they differ, or when another program has the right to write, the log
//! stops and says so ([`LogHealth`]) until somebody looks.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use gouvernail_tlog::checkpoint::Checkpoint;
use gouvernail_tlog::disk::{DiskError, DiskLog};
use gouvernail_tlog::hash::Hash;
use gouvernail_tlog::note::{Note, NoteError, Signer};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::claim::Claim;
use crate::log::{OwedLeaf, STATEMENT, fits};
use crate::{Ambient, Count, Head, Store, StoreError};

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
    /// Two of the three copies of the log's head differ.
    #[error(
        "the database says that the log has {size} entries, and {other} says otherwise: nothing is signed any more, for it would \
         be a second history; one of the two was restored from another moment: restore both from the same one"
    )]
    Forked {
        /// Entries that the database knows.
        size: u64,
        /// The copy that says otherwise.
        other: &'static str,
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

impl SequencerError {
    /// Whether trying again could only make it worse.
    fn is_final(&self) -> bool {
        match self {
            Self::RolledBack { .. } | Self::Forked { .. } | Self::OtherKey { .. } | Self::Store(StoreError::LogTaken) => true,
            Self::Disk(error) => matches!(error, DiskError::Conflict { .. } | DiskError::Rollback { .. } | DiskError::Root { .. }),
            _ => false,
        }
    }
}

/// Whether the log may still grow, for the page that tells it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct LogHealth(Arc<OnceLock<String>>);

impl LogHealth {
    /// Why the log stopped for good, if it did: nothing but a start of the program makes it grow again.
    #[must_use]
    pub fn halted(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}

/// Gives owed entries their place in the log.
pub struct Sequencer {
    store: Store,
    claim: Claim,
    health: LogHealth,
    log: DiskLog,
    signer: Arc<Signer>,
    ambient: Ambient,
    tally_every: SignedDuration,
    /// False while the folder may lack what the database has placed.
    settled: AtomicBool,
    /// True while tallies fail, so that it is said once.
    tally_failing: AtomicBool,
}

impl Sequencer {
    /// Opens the log in the folder of `log` and finishes what a crash interrupted. A tally of the commitments is written at
    /// most once in `tally_every`.
    ///
    /// # Errors
    /// [`SequencerError`]; a log that is ahead of its database, or of another key, is never continued, nor one that another
    /// program writes.
    pub async fn open(
        store: Store,
        log: DiskLog,
        signer: Signer,
        ambient: Ambient,
        tally_every: SignedDuration,
    ) -> Result<Self, SequencerError> {
        let claim = store.claim_log().await?;
        let (settled, tally_failing) = (AtomicBool::new(false), AtomicBool::new(false));
        let (signer, health) = (Arc::new(signer), LogHealth::default());
        let sequencer = Self { store, claim, health, log, signer, ambient, tally_every, settled, tally_failing };
        sequencer.recover().await?;
        Ok(sequencer)
    }

    /// Where it is said whether the log may still grow.
    #[must_use]
    pub fn health(&self) -> LogHealth {
        self.health.clone()
    }

    async fn recover(&self) -> Result<(), SequencerError> {
        let head = self.store.head().await?;
        let published = published(&self.log)?;
        if published.size > head.size {
            return Err(SequencerError::RolledBack { published: published.size, known: head.size });
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
        if published.size < head.size {
            tracing::info!(published = published.size, size = head.size, "the log is completed after an interruption");
            self.publish(published, &head, note).await?;
        } else {
            published.agrees(&head)?;
        }
        self.settled.store(true, Ordering::Release);
        Ok(())
    }

    /// Places what is owed now; returns how many entries were placed.
    ///
    /// # Errors
    /// [`SequencerError`]; the next step does what this one left. A tally that fails is no error here: it waits.
    pub async fn step(&self) -> Result<usize, SequencerError> {
        self.claim.hold().await?;
        if !self.settled.load(Ordering::Acquire) {
            self.recover().await?;
        }
        // Also when nothing is owed: the sooner it is seen, the less there is to mend.
        let (head, log) = (self.store.head().await?, self.log.clone());
        tokio::task::spawn_blocking(move || published(&log)).await??.agrees(&head)?;
        self.try_tally().await;
        let mut owed = self.store.owed_leaves(BATCH).await?;
        if owed.is_empty() {
            return Ok(0);
        }
        self.arrange(&mut owed);
        let (ids, leaves): (Vec<i64>, Vec<Vec<u8>>) = owed.into_iter().map(|entry| (entry.id, entry.leaf)).unzip();
        let (log, size) = (self.log.clone(), head.size);
        let growth = tokio::task::spawn_blocking(move || log.plan(size, &leaves)).await??;
        agree(&head, Some(growth.old_root), "the tiles in the folder of the log")?;
        let note = Checkpoint::sign(growth.size, growth.root, &self.signer)?;
        // A disk that is full now, or a step that is dropped: the next one completes what the database holds.
        self.settled.store(false, Ordering::Release);
        self.store.sequence(head.size, &ids, &note.to_string(), &growth.root).await?;
        let log = self.log.clone();
        tokio::task::spawn_blocking(move || log.write(&growth).and_then(|()| log.publish(&note))).await??;
        self.settled.store(true, Ordering::Release);
        Ok(ids.len())
    }

    /// Statements keep their order, for they tell a story; commitments lose it, for their order would tell one.
    fn arrange(&self, owed: &mut Vec<OwedLeaf>) {
        let (statements, mut commitments): (Vec<_>, Vec<_>) = owed.drain(..).partition(|entry| entry.kind == STATEMENT);
        self.ambient.shuffle(&mut commitments);
        owed.extend(statements);
        owed.extend(commitments);
    }

    /// Writes what the database has placed after what is published, and publishes the note that covers it.
    async fn publish(&self, from: Published, head: &Head, note: Note) -> Result<(), SequencerError> {
        let entries = self.store.entries(from.size, head.size).await?;
        let log = self.log.clone();
        let leaves: Vec<Vec<u8>> = entries.into_iter().map(|entry| entry.leaf).collect();
        let (size, root) = (from.size, head.root.clone());
        tokio::task::spawn_blocking(move || {
            let growth = log.plan(size, &leaves)?;
            if from.root.is_some_and(|root| root != growth.old_root) || growth.root.as_slice() != root {
                return Err(SequencerError::Forked { size: growth.size, other: "what is published" });
            }
            log.write(&growth)?;
            Ok(log.publish(&note)?)
        })
        .await?
    }

    /// A tally that cannot be written must not keep entries out of the log: it is said, and tried again at the next step.
    async fn try_tally(&self) {
        match self.tally_if_due().await {
            Ok(()) => self.tally_failing.store(false, Ordering::Relaxed),
            Err(error) if !self.tally_failing.swap(true, Ordering::Relaxed) => {
                tracing::error!(%error, "the public counts cannot be written; entries go on being placed");
            }
            Err(_) => {}
        }
    }

    /// Says in clear how many commitments of each kind there are since the last tally, when one is due.
    async fn tally_if_due(&self) -> Result<(), SequencerError> {
        let (head, now) = (self.store.head().await?, self.ambient.now());
        if now.duration_since(head.tallied_at) < self.tally_every {
            return Ok(());
        }
        let counts = self.store.tally(head.tallied, head.size).await?;
        if counts.is_empty() {
            return Ok(());
        }
        let mut from = head.tallied;
        while from < head.size {
            let (to, statement) = self.longest_tally(from, head.size, now).await?;
            if !self.store.write_tally(from, to, &statement, now).await? {
                break;
            }
            from = to;
        }
        Ok(())
    }

    /// The tally from `from` to `end`, or to an earlier entry when there is more to count than one entry of the log can say.
    async fn longest_tally(&self, from: u64, end: u64, now: Timestamp) -> Result<(u64, Value), SequencerError> {
        let mut to = end;
        loop {
            let statement = tally(from, to, &self.store.tally(from, to).await?, now);
            if fits(&statement) || to == from + 1 {
                return Ok((to, statement));
            }
            to = from + (to - from) / 2;
        }
    }

    /// Steps for ever, or until the log must not grow any more. Run it as a task of its own.
    pub async fn run(self, every: Duration) {
        let mut failing = false;
        loop {
            match self.step().await {
                Ok(_) => failing = false,
                // Another node placed these entries: nothing to say.
                Err(SequencerError::Store(StoreError::Conflict { .. })) => {}
                Err(error) if error.is_final() => {
                    tracing::error!(%error, "the log is stopped; what is owed to it waits in the database");
                    // It was never set: this loop ends here.
                    let _ = self.health.0.set(error.to_string());
                    return;
                }
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

/// What is published: nothing yet, or a checkpoint.
#[derive(Clone, Copy)]
struct Published {
    size: u64,
    root: Option<Hash>,
}

impl Published {
    fn agrees(self, head: &Head) -> Result<(), SequencerError> {
        if self.size > head.size {
            return Err(SequencerError::RolledBack { published: self.size, known: head.size });
        }
        let root = self.root.filter(|_| self.size == head.size);
        agree(head, root, "the checkpoint in the folder of the log")
    }
}

fn published(log: &DiskLog) -> Result<Published, SequencerError> {
    let Some(note) = log.read_checkpoint()? else { return Ok(Published { size: 0, root: None }) };
    let checkpoint: Checkpoint = note.text.parse().map_err(DiskError::from)?;
    Ok(Published { size: checkpoint.size, root: Some(checkpoint.root) })
}

/// Whether `root` is that of the database. An empty log has no root to compare.
fn agree(head: &Head, root: Option<Hash>, other: &'static str) -> Result<(), SequencerError> {
    if head.size == 0 || root.is_some_and(|root| root.as_slice() == head.root) {
        return Ok(());
    }
    Err(SequencerError::Forked { size: head.size, other })
}

/// The tally of the entries with index `from` to before `to`: counts and energy in all, no person, no time of an act.
fn tally(from: u64, to: u64, counts: &[Count], at: Timestamp) -> Value {
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
