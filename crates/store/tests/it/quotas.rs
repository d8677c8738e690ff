//! Quotas, under everything that may happen to a call.

use std::sync::Arc;

use gouvernail_store::{Account, Claim, Correction, Journal, PERIODS_KEPT, Store, StoreError};
use jiff::{SignedDuration, Timestamp};

use crate::world::{World, intent, open_case, outcome};

fn account(quota: &str) -> Account {
    Account { quota: quota.to_owned(), period: "2026-11-27".to_owned() }
}

fn claims(amounts: &[(&str, i64)], limit: i64) -> Arc<[Claim]> {
    amounts.iter().map(|(quota, amount)| Claim { account: account(quota), amount: *amount, limit }).collect()
}

fn change(quota: &str, amount: i64) -> Arc<[Correction]> {
    [Correction { account: account(quota), amount }].into()
}

pub async fn a_call_reserves_then_settles(world: &World) {
    let (journal, store) = (Journal::start(world.store.clone()), &world.store);
    journal.reserve(intent("i1", None), claims(&[("tokens", 60), ("requests", 1)], 100)).await.unwrap();
    let over = journal.reserve(intent("i2", None), claims(&[("requests", 1), ("tokens", 60)], 100)).await;
    let Err(StoreError::OverQuota(over)) = over else { panic!("{over:?}") };
    assert_eq!((over.claim.account.quota.as_str(), over.left), ("tokens", 40));
    assert!(store.find_call("i2").await.unwrap().is_none(), "nothing was written");
    assert_eq!(store.quota_used(&account("requests")).await.unwrap(), 1, "nor taken of another quota");
    journal.settle(outcome("i1", 1), change("tokens", -20)).await.unwrap();
    assert_eq!(store.quota_used(&account("tokens")).await.unwrap(), 40);
    journal.reserve(intent("i2", None), claims(&[("tokens", 60)], 100)).await.unwrap();
    let tomorrow = Account { period: "2026-11-28".to_owned(), ..account("tokens") };
    assert_eq!(store.quota_used(&tomorrow).await.unwrap(), 0);
}

pub async fn what_is_given_twice_is_taken_once(world: &World) {
    let journal = Journal::start(world.store.clone());
    for _ in 0..3 {
        journal.reserve(intent("i1", None), claims(&[("tokens", 30)], 100)).await.unwrap();
    }
    for _ in 0..3 {
        journal.settle(outcome("i1", 1), change("tokens", -10)).await.unwrap();
    }
    assert_eq!(world.store.quota_used(&account("tokens")).await.unwrap(), 20);
}

pub async fn what_is_not_kept_takes_nothing(world: &World) {
    open_case(&world.store, "c1").await;
    let journal = Journal::start(world.store.clone());
    let nowhere = journal.reserve(intent("i1", Some("c2")), claims(&[("tokens", 30)], 100)).await;
    assert!(matches!(nowhere, Err(StoreError::NotFound { .. })), "{nowhere:?}");
    let nobody = journal.settle(outcome("i2", 1), change("tokens", 5)).await;
    assert!(matches!(nobody, Err(StoreError::NotFound { .. })), "{nobody:?}");
    assert_eq!(world.store.quota_used(&account("tokens")).await.unwrap(), 0);
}

pub async fn old_periods_are_forgotten(world: &World) {
    let (journal, store) = (Journal::start(world.store.clone()), &world.store);
    journal.reserve(intent("i1", None), claims(&[("tokens", 60)], 100)).await.unwrap();
    let the_day_after: Timestamp = "2026-11-28T00:00:00Z".parse().unwrap();
    let last = the_day_after + PERIODS_KEPT - SignedDuration::from_secs(1);
    assert_eq!(store.forget_periods(last).await.unwrap(), 0);
    assert_eq!(store.quota_used(&account("tokens")).await.unwrap(), 60);
    assert_eq!(store.forget_periods(the_day_after + PERIODS_KEPT).await.unwrap(), 1);
    assert_eq!(store.quota_used(&account("tokens")).await.unwrap(), 0);
}

/// Four nodes on one database, each with many callers at once.
pub async fn nodes_together_never_grant_more_than_there_is(world: &World) {
    let mut tasks = Vec::new();
    for node in 0..4 {
        let journal = Journal::start(Store::connect(&world.url).await.unwrap());
        for n in 0..40 {
            let journal = journal.clone();
            // In both orders: nodes that took them as they come would wait for each other.
            let mut wanted = [("first", 7), ("second", 3)];
            wanted.rotate_left(n % 2);
            tasks.push(tokio::spawn(async move {
                let granted = journal.reserve(intent(&format!("i{node}-{n}"), None), claims(&wanted, 300)).await;
                match granted {
                    Ok(()) => 7,
                    Err(StoreError::OverQuota(_)) => 0,
                    Err(other) => panic!("{other}"),
                }
            }));
        }
    }
    let mut granted = 0;
    for task in tasks {
        granted += task.await.unwrap();
    }
    assert_eq!(granted, 294, "42 calls of 7, and not one more");
    assert_eq!(world.store.quota_used(&account("first")).await.unwrap(), 294);
    assert_eq!(world.store.quota_used(&account("second")).await.unwrap(), 126);
}
