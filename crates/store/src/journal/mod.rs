//! The journal of calls: an intent is durable before a byte leaves for the model host, an outcome before the last byte
//! reaches the caller, a refusal before it is answered.
//!
//! A durable write waits for the disk, so one task writes for all: it takes whatever waits, writes it in one transaction,
//! then answers everyone (group commit).
//!
//! A database that hangs fails closed: nobody waits longer than the store's patience for each of what is asked of it. A write
//! that is not confirmed ([`StoreError::Unconfirmed`]) may be kept or not, and is given again: writing the same act twice is
//! the same as once.

mod acts;
mod group;
mod postgres;
mod read;
mod sqlite;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout};

use crate::db::{Db, within};
use crate::{Claim, Correction, NewCaseEvent, OwedCommitment, Result, Store, StoreError};
use acts::Written;
pub(crate) use acts::no_case;
use group::too_late;
pub use read::{Call, Refused};
pub(crate) use sqlite::SqliteJournal;

/// Its SQL texts.
pub(crate) const STATEMENTS: [&[&str]; 3] = [acts::ALL, read::ALL, sqlite::ALL];

/// Acts that may wait before callers themselves must.
const QUEUE: usize = 2048;
/// Intents read at once when a program starts again: each may hold the text of a whole request.
const PAGE: usize = 64;

/// A call about to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Intent {
    /// Identifier of the call.
    pub id: String,
    /// When it was decided.
    pub at: Timestamp,
    /// System that calls.
    pub system: String,
    /// Its version.
    pub version: String,
    /// Identifier of the API key.
    pub key: String,
    /// Agent on whose behalf, if known.
    pub person: Option<String>,
    /// Model called.
    pub model: String,
    /// Host of the model.
    pub host: String,
    /// Case that the call touches, if any.
    pub case_id: Option<String>,
    /// Whatever else is recorded.
    pub body: Value,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// The whole answer was received.
    Completed,
    /// The caller went away, or a stop order cut the call.
    Cancelled,
    /// The model host failed.
    UpstreamError,
    /// The program died before it could say.
    Unknown,
}

/// The end of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The call.
    pub intent_id: String,
    /// When it ended.
    pub at: Timestamp,
    /// How.
    pub kind: OutcomeKind,
    /// What is kept beside the record that the log must hold, which says the rest under `body.result`; null for nothing.
    pub body: Value,
    /// The record that the log must hold.
    pub owed: OwedCommitment,
    /// The case that the call touched, and what its history must say of it: written with the outcome, or not at all.
    pub case: Option<(String, NewCaseEvent)>,
}

/// A call that was not made.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Identifier of the refusal.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// System that asked, if its key was known.
    pub system: Option<String>,
    /// Identifier of the API key, if one was given.
    pub key: Option<String>,
    /// Reasons.
    pub body: Value,
    /// The refusal that the log must hold.
    pub owed: OwedCommitment,
}

/// One line of the journal.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Intent(Arc<Intent>, Arc<[Claim]>),
    Outcome(Arc<Outcome>, Arc<[Correction]>),
    Refusal(Box<Refusal>),
}

struct Waiting {
    act: Act,
    since: Instant,
    written: oneshot::Sender<Result<()>>,
}

/// One attempt of the journal to write what waits, for whoever watches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Acts in it.
    pub acts: usize,
    /// How long the database took.
    pub took: Duration,
    /// False when the database could not write them.
    pub written: bool,
}

/// Handle on the journal; cheap to clone. The writing task ends when the last handle is dropped and the queue is empty.
#[derive(Clone, Debug)]
pub struct Journal {
    store: Store,
    queue: mpsc::Sender<Waiting>,
}

impl Journal {
    /// Starts the writing task on the current Tokio runtime.
    #[must_use]
    pub fn start(store: Store) -> Self {
        Self::watched(store, |_| {})
    }

    /// The same, and `watch` is told of every attempt to write.
    #[must_use]
    pub fn watched(store: Store, watch: impl Fn(Commit) + Send + Sync + 'static) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(group::write_all(store.clone(), waiting, Arc::new(watch)));
        Self { store, queue }
    }

    /// Acts that wait to be written; callers wait too once there are 2048.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// Records that a call is about to be made; returns once that is durable.
    ///
    /// # Errors
    /// The call must not be made. [`StoreError::JournalUnavailable`]: nothing was written. [`StoreError::Unconfirmed`]: it may
    /// have been, so give the same intent again, then an outcome that says that it was not carried out.
    /// [`StoreError::NotFound`] if the case is not there, [`StoreError::Duplicate`] if another intent has its identifier.
    pub async fn intent(&self, intent: impl Into<Arc<Intent>>) -> Result<()> {
        self.reserve(intent, [].into()).await
    }

    /// The same, and reserves what the call may take of quotas: both are kept, or neither.
    ///
    /// # Errors
    /// As [`Journal::intent`], and [`StoreError::OverQuota`] when too little is left of one: nothing was written.
    pub async fn reserve(&self, intent: impl Into<Arc<Intent>>, claims: Arc<[Claim]>) -> Result<()> {
        self.write(Act::Intent(intent.into(), claims)).await
    }

    /// Records how a call ended; returns once that is durable.
    ///
    /// # Errors
    /// The end of the answer must not be given. [`StoreError::JournalUnavailable`]: nothing was written; give it again.
    /// [`StoreError::Unconfirmed`]: it may have been; give the same again. [`StoreError::Duplicate`] if the call has another
    /// outcome, [`StoreError::NotFound`] if there was no such intent, or if its case is no longer there: it is then kept as
    /// erasure leaves it. [`StoreError::BadCommitment`].
    pub async fn outcome(&self, outcome: impl Into<Arc<Outcome>>) -> Result<()> {
        self.settle(outcome, [].into()).await
    }

    /// The same, and puts right what the call had reserved.
    ///
    /// # Errors
    /// As [`Journal::outcome`].
    pub async fn settle(&self, outcome: impl Into<Arc<Outcome>>, corrections: Arc<[Correction]>) -> Result<()> {
        let outcome = outcome.into();
        outcome.owed.check()?;
        self.write(Act::Outcome(outcome, corrections)).await
    }

    /// Records that a call was refused; returns once that is durable.
    ///
    /// # Errors
    /// [`StoreError::JournalUnavailable`], [`StoreError::Unconfirmed`], [`StoreError::Duplicate`] if another refusal has its
    /// identifier, [`StoreError::BadCommitment`].
    pub async fn refuse(&self, refusal: Refusal) -> Result<()> {
        refusal.owed.check()?;
        self.write(Act::Refusal(Box::new(refusal))).await
    }

    async fn write(&self, act: Act) -> Result<()> {
        let (written, answer) = oneshot::channel();
        let gone = || StoreError::JournalUnavailable("its writing task has ended; restart the program".to_owned());
        let waiting = Waiting { act, since: Instant::now(), written };
        let queued = timeout(self.store.patience(), self.queue.send(waiting)).await;
        queued.map_err(|_| too_late())?.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// Gives every intent made before `before` that has no outcome the one that `end` writes for it, of kind
    /// [`OutcomeKind::Unknown`]. To be run at start; `before` spares the calls that another program has under way, if there
    /// may be one. Returns how many there were.
    ///
    /// # Errors
    /// As [`Journal::outcome`].
    pub async fn recover(&self, before: Timestamp, mut end: impl FnMut(&Intent) -> Result<Outcome>) -> Result<u64> {
        let mut recovered = 0;
        loop {
            let open = self.store.open_intents(before, PAGE).await?;
            if open.is_empty() {
                return Ok(recovered);
            }
            let acts = open.iter().map(|intent| checked(end(intent)?)).collect::<Result<Arc<[_]>>>()?;
            self.store.write_acts(&acts).await?;
            recovered += acts.len() as u64;
        }
    }
}

impl Store {
    /// Writes all `acts` in one transaction, or none.
    async fn write_acts(&self, acts: &Arc<[Act]>) -> Result<Written> {
        match &self.db {
            Db::Sqlite { journal, .. } => {
                let turn = Arc::clone(journal).lock_owned();
                let (mut journal, acts) = (within(self.patience, async { Ok(turn.await) }).await?, Arc::clone(acts));
                let writing = spawn_blocking(move || journal.write(&acts));
                let unconfirmed = |reason: String| Err(StoreError::Unconfirmed(reason));
                // It may first wait for another program, as long.
                match timeout(self.patience * 2, writing).await {
                    Ok(Ok(written)) => written,
                    Ok(Err(error)) => unconfirmed(error.to_string()),
                    Err(_) => unconfirmed(format!("it did not answer within {} s", (self.patience * 2).as_secs_f32())),
                }
            }
            Db::Postgres(pool) => Ok(writing!(self.patience, pool.begin(), tx, acts::write(&mut *tx, acts).await?)),
        }
    }
}

fn checked(outcome: Outcome) -> Result<Act> {
    outcome.owed.check()?;
    Ok(Act::Outcome(Arc::new(outcome), [].into()))
}
