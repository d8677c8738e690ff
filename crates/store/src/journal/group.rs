//! Group commit: one task takes whatever waits, writes it in one transaction, then answers everyone.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::acts::{Written, no_case};
use super::{Act, Commit, Waiting};
use crate::{Result, Store, StoreError};

/// Most acts written in one transaction.
const BATCH: usize = 512;

pub(super) type Watch = Arc<dyn Fn(Commit) + Send + Sync>;

pub(super) async fn write_all(store: Store, mut queue: mpsc::Receiver<Waiting>, watch: Watch) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        gather(&mut queue, &mut batch).await;
        // A task of its own, so that even a panic there fails this batch and not the journal.
        let writing = tokio::spawn(write_batch(store.clone(), std::mem::take(&mut batch), Arc::clone(&watch)));
        if let Err(error) = writing.await {
            tracing::error!(%error, "the journal lost a batch; its callers were told");
        }
    }
}

/// Lets every task that can run now hand over what it has, then takes it too: those who were answered together come back
/// together, and one durable write serves them all.
async fn gather(queue: &mut mpsc::Receiver<Waiting>, batch: &mut Vec<Waiting>) {
    tokio::task::yield_now().await;
    while batch.len() < BATCH
        && let Ok(waiting) = queue.try_recv()
    {
        batch.push(waiting);
    }
}

async fn write_batch(store: Store, batch: Vec<Waiting>, watch: Watch) {
    let now = Instant::now();
    let (late, batch): (Vec<_>, Vec<_>) = batch.into_iter().partition(|w| now.duration_since(w.since) > store.patience());
    late.into_iter().for_each(|w| answer(w.written, Err(too_late())));
    let (acts, callers): (Vec<Act>, Vec<_>) = batch.into_iter().map(|w| (w.act, w.written)).unzip();
    let acts: Arc<[Act]> = acts.into();
    let result = store.write_acts(&acts).await;
    let took = now.elapsed();
    let commit = |written| watch(Commit { acts: callers.len(), took, written });
    match result {
        Ok(done) => {
            commit(true);
            acts.iter().zip(callers).for_each(|(act, caller)| answer(caller, told(act, &done)));
        }
        Err(error) if error.is_about_the_rows() => {
            commit(true);
            write_one_by_one(&store, &acts, callers).await;
        }
        Err(error) => {
            commit(false);
            tracing::error!(%error, acts = acts.len(), "the journal cannot be written");
            callers.into_iter().for_each(|caller| answer(caller, Err(same(&error))));
        }
    }
}

/// One act that the database refuses must not take its neighbours down; a database that stops answering takes them all.
async fn write_one_by_one(store: &Store, acts: &[Act], callers: Vec<oneshot::Sender<Result<()>>>) {
    let mut down = None;
    for (act, caller) in acts.iter().zip(callers) {
        let result = match &down {
            Some(error) => Err(same(error)),
            None => write_one(store, act).await,
        };
        if let Err(error @ (StoreError::JournalUnavailable(_) | StoreError::Unconfirmed(_))) = &result {
            down = down.or_else(|| Some(StoreError::JournalUnavailable(error.to_string())));
        }
        answer(caller, result);
    }
}

async fn write_one(store: &Store, act: &Act) -> Result<()> {
    match store.write_acts(&Arc::from([act.clone()])).await {
        Ok(done) => told(act, &done),
        Err(error) if error.is_unique_violation() => match store.holds(act).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(explain(error, act)),
            Err(error) => Err(StoreError::JournalUnavailable(error.to_string())),
        },
        Err(error) => Err(explain(error, act)),
    }
}

/// What the caller of an act learns once it is written: an answer whose case is gone is not given, and a call for which too
/// little is left of a quota was not written at all.
fn told(act: &Act, done: &Written) -> Result<()> {
    match act {
        Act::Outcome(outcome, _) => match outcome.told().filter(|case| done.gone.contains(*case)) {
            Some(case) => Err(no_case(case)),
            None => Ok(()),
        },
        Act::Intent(intent, _) => match done.over.get(&intent.id) {
            Some(over) => Err(StoreError::OverQuota(Box::new(over.clone()))),
            None => Ok(()),
        },
        Act::Refusal(_) => Ok(()),
    }
}

/// The failure of a batch, for each of those who waited.
fn same(error: &StoreError) -> StoreError {
    match error {
        StoreError::Unconfirmed(reason) => StoreError::Unconfirmed(reason.clone()),
        StoreError::JournalUnavailable(reason) => StoreError::JournalUnavailable(reason.clone()),
        other => StoreError::JournalUnavailable(other.to_string()),
    }
}

pub(super) fn too_late() -> StoreError {
    StoreError::JournalUnavailable("it waited too long for its turn, the database being slow".to_owned())
}

fn explain(error: StoreError, act: &Act) -> StoreError {
    if error.is_unique_violation() {
        return error.or_duplicate(match act {
            Act::Intent(..) => "an intent with this identifier",
            Act::Outcome(..) => "an outcome of this call",
            Act::Refusal(_) => "a refusal with this identifier",
        });
    }
    match (act, error) {
        (_, error @ (StoreError::NotFound { .. } | StoreError::Unconfirmed(_))) => error,
        (Act::Outcome(o, _), error) if error.is_about_the_rows() => {
            StoreError::NotFound { what: "intent", id: o.intent_id.clone() }
        }
        (_, error) => StoreError::JournalUnavailable(error.to_string()),
    }
}

/// A caller that went away needs no answer; what it asked is written all the same.
fn answer(caller: oneshot::Sender<Result<()>>, result: Result<()>) {
    let _ = caller.send(result);
}
