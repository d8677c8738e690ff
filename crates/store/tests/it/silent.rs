//! A database that hangs: everything fails closed in time, nothing is recorded twice, nothing is invented.

use std::time::Duration;

use gouvernail_store::{Ambient, Journal, Live, Store, StoreError};
use sqlx::{Connection, SqliteConnection};
use tokio::time::{Instant, timeout};

use crate::proxy::Proxy;
use crate::world::{World, at, intent, outcome};

const PATIENCE: Duration = Duration::from_millis(300);
/// More than any one operation may take: its connection, its work, its commit, each in turn.
const SOON: Duration = Duration::from_secs(3);

async fn in_time<T>(work: impl Future<Output = T>) -> T {
    timeout(SOON, work).await.expect("it hangs with the database")
}

#[tokio::test]
async fn sqlite_that_is_held_by_another_program_fails_in_time_and_mends() {
    let world = World::sqlite().await;
    let store = Store::connect_within(&world.url, PATIENCE).await.unwrap();
    let journal = Journal::start(store.clone());
    let mut other = SqliteConnection::connect(world.url.strip_prefix("sqlite:").unwrap()).await.unwrap();
    sqlx::raw_sql("begin immediate").execute(&mut other).await.unwrap();
    for round in 0..3 {
        let refused = in_time(journal.intent(intent(&format!("late{round}"), None))).await;
        assert!(matches!(refused, Err(StoreError::JournalUnavailable(_))), "{refused:?}");
    }
    other.close().await.unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    while let Err(error) = journal.intent(intent("i1", None)).await {
        assert!(Instant::now() < until, "it does not mend: {error}");
    }
    journal.outcome(outcome("i1", 1)).await.unwrap();
    let calls = store.recent_calls(10).await.unwrap();
    assert_eq!(calls.len(), 1, "what was refused was not written later");
}

#[tokio::test]
async fn a_silent_server_fails_in_time_and_mends() {
    let Some(world) = World::postgres("silent").await else { return };
    let (proxy, url) = Proxy::before(&world.url).await;
    let store = Store::connect_within(&url, PATIENCE).await.unwrap();
    let (journal, ambient) = (Journal::start(store.clone()), Ambient::new(|| at(0), |bytes| bytes.fill(1)));
    let live = Live::open(store.clone(), ambient).await.unwrap();
    journal.intent(intent("before", None)).await.unwrap();
    proxy.freeze();
    let (refused, unread) = in_time(async { tokio::join!(journal.intent(intent("late", None)), live.refresh()) }).await;
    assert!(matches!(refused, Err(StoreError::JournalUnavailable(_))), "{refused:?}");
    assert!(matches!(unread, Err(StoreError::TimedOut(_))), "{unread:?}");
    proxy.thaw();
    let until = Instant::now() + Duration::from_secs(20);
    while let Err(error) = journal.intent(intent("i1", None)).await {
        assert!(Instant::now() < until, "it does not mend: {error}");
    }
    live.refresh().await.unwrap();
    assert!(world.store.find_call("late").await.unwrap().is_none(), "what was refused was not written later");
    store.close().await;
    world.drop_schema().await;
}

#[tokio::test]
async fn a_lost_acknowledgement_is_told_apart_and_the_act_can_be_given_again() {
    let Some(world) = World::postgres("lost_ack").await else { return };
    let (proxy, url) = Proxy::before(&world.url).await;
    let store = Store::connect_within(&url, PATIENCE).await.unwrap();
    let journal = Journal::start(store.clone());
    journal.intent(intent("i1", None)).await.unwrap();
    proxy.lose_the_next_acknowledgement();
    let lost = in_time(journal.outcome(outcome("i1", 1))).await;
    assert!(matches!(lost, Err(StoreError::Unconfirmed(_))), "{lost:?}");
    proxy.thaw();
    let until = Instant::now() + Duration::from_secs(20);
    while let Err(error) = journal.outcome(outcome("i1", 1)).await {
        assert!(Instant::now() < until, "it is never known: {error}");
    }
    assert_eq!(world.store.owed(10).await.unwrap().len(), 1, "recorded once");
    store.close().await;
    world.drop_schema().await;
}
