//! Quotas on the whole road: what is granted never exceeds what there is, and what was not taken comes back.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use gouvernail_gateway::{Access, Period, Price, Quota, Unit, Whose};
use gouvernail_store::OutcomeKind;
use reqwest::Response;
use serde_json::{Value, json};

use crate::dossier::{MODEL, REDACTION};
use crate::host::completion;
use crate::world::{Wish, World, call_of, message};

fn of_system(unit: Unit, amount: f64) -> Quota {
    Quota { of: Whose::System(REDACTION.into()), unit, limit: unit.counted(amount).unwrap(), per: Period::Day }
}

async fn world(quotas: Vec<Quota>, access: Access) -> World {
    let mut wish = Wish::host(access);
    wish.config.quotas = quotas;
    let world = World::with(wish).await;
    world.host.json(&completion("bonjour", "qwen"));
    world
}

async fn used(world: &World, quota: &Quota) -> f64 {
    let account = quota.account(world.ambient.now(), &jiff::tz::TimeZone::UTC);
    let counted = world.store.quota_used(&account).await.unwrap();
    counted as f64 / quota.unit.counted(1.0).unwrap() as f64
}

/// A chat that may be answered with 50 tokens.
fn short() -> Value {
    let mut body = message("bonjour");
    body["max_tokens"] = 50.into();
    body
}

async fn error(response: Response) -> Value {
    assert_eq!(response.status(), 429);
    response.json::<Value>().await.unwrap()["error"].take()
}

#[tokio::test]
async fn twenty_four_clients_never_get_more_than_there_is() {
    let quotas = vec![of_system(Unit::Requests, 50.0), of_system(Unit::Tokens, 3000.0)];
    let world = Arc::new(world(quotas.clone(), Access::default()).await);
    let clients = (0..24).map(|_| {
        let world = Arc::clone(&world);
        tokio::spawn(async move {
            let mut granted = 0;
            for _ in 0..5 {
                match world.ask(&short()).send().await.unwrap().status().as_u16() {
                    200 => granted += 1,
                    429 => {}
                    other => panic!("{other}"),
                }
            }
            granted
        })
    });
    let mut granted = 0;
    for client in clients.collect::<Vec<_>>() {
        granted += client.await.unwrap();
    }
    let calls = world.store.recent_calls(500).await.unwrap();
    let tokens: u64 = calls.iter().map(|call| tokens_of(&call.outcome.as_ref().unwrap().2)).sum();
    assert!((1..=50).contains(&granted) && tokens <= 3000, "{granted} calls, {tokens} tokens");
    assert_eq!(calls.len(), granted, "a call that is not granted is not made");
    assert_eq!((used(&world, &quotas[0]).await, used(&world, &quotas[1]).await), (granted as f64, tokens as f64));
}

fn tokens_of(outcome: &Value) -> u64 {
    outcome["tokens"]["prompt"].as_u64().unwrap() + outcome["tokens"]["output"].as_u64().unwrap()
}

#[tokio::test]
async fn a_refusal_says_which_quota_how_much_is_left_and_until_when() {
    let world = world(vec![of_system(Unit::Requests, 1.0)], Access::default()).await;
    assert_eq!(world.ask(&short()).send().await.unwrap().status(), 200);
    let response = world.ask(&short()).send().await.unwrap();
    assert_eq!(response.headers()["x-should-retry"], "false");
    let seconds: u64 = response.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=86_400).contains(&seconds));
    let error = error(response).await;
    assert_eq!((&error["code"], &error["type"]), (&json!("quota_exceeded"), &json!("insufficient_quota")));
    assert_eq!((&error["quota"]["unit"], &error["quota"]["left"]), (&json!("requests"), &json!(0.0)));
    assert_eq!(error["quota"]["id"], format!("system:{REDACTION}/requests/day"));

    world.pass(jiff::SignedDuration::from_secs(i64::try_from(seconds).unwrap()));
    world.live.refresh().await.unwrap();
    assert_eq!(world.ask(&short()).send().await.unwrap().status(), 200, "a new day");
}

#[tokio::test]
async fn each_quota_counts_the_calls_of_its_own() {
    let other = Quota { of: Whose::System("autre".into()), ..of_system(Unit::Requests, 0.0) };
    let nobody = Quota { of: Whose::Key("0".into()), ..of_system(Unit::Requests, 0.0) };
    let mine = world(vec![other, nobody], Access::default()).await;
    assert_eq!(mine.ask(&short()).send().await.unwrap().status(), 200);
    let key = mine.redaction.split('-').nth(1).unwrap().to_owned();
    for of in [Whose::Key(key), Whose::Everybody] {
        let mut config = Wish::default().config;
        config.quotas = vec![Quota { of, ..of_system(Unit::Requests, 0.0) }];
        mine.gateway.reload(config, (*mine.gateway.hosts()).clone());
        assert_eq!(mine.ask(&short()).send().await.unwrap().status(), 429);
    }
}

#[tokio::test]
async fn what_a_call_did_not_take_comes_back() {
    let quotas = [of_system(Unit::Requests, 9.0), of_system(Unit::Tokens, 9000.0)];
    let closed = Access { base_url: Some("http://127.0.0.1:9/v1".into()), ..Access::default() };
    let world = world(quotas.to_vec(), closed).await;
    let response = world.ask(&short()).send().await.unwrap();
    assert_eq!(response.status(), 502);
    world.ended(&call_of(&response)).await;
    assert_eq!((used(&world, &quotas[0]).await, used(&world, &quotas[1]).await), (0.0, 0.0), "nothing was reached");
}

#[tokio::test]
async fn a_caller_who_leaves_is_counted() {
    let quota = of_system(Unit::Tokens, 9000.0);
    let world = world(vec![quota.clone()], Access::default()).await;
    world.host.answers(|_| std::future::pending());
    let asked = world.ask(&short()).timeout(Duration::from_millis(300)).send().await;
    assert!(asked.unwrap_err().is_timeout());
    let call = loop {
        if let Some(call) = world.store.recent_calls(1).await.unwrap().pop() {
            break call;
        }
    };
    let (_, kind, _) = world.ended(&call.intent.id).await;
    assert_eq!(kind, OutcomeKind::Cancelled);
    assert!(used(&world, &quota).await >= 50.0, "nobody counted, so it is what was reserved");
}

#[tokio::test]
async fn euros_are_tokens_at_their_price_and_a_price_must_be_known() {
    let quota = of_system(Unit::Euros, 1.0);
    let prices = HashMap::from([(MODEL.to_owned(), Price { input: 1000.0, output: 2000.0 })]);
    let priced = world(vec![quota.clone()], Access { prices, ..Access::default() }).await;
    let response = priced.ask(&short()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let (_, _, said) = priced.ended(&call_of(&response)).await;
    let (input, output) = (said["tokens"]["prompt"].as_f64().unwrap(), said["tokens"]["output"].as_f64().unwrap());
    assert_eq!(used(&priced, &quota).await, (input * 1000.0 + output * 2000.0) / 1e6);

    let unknown = world(vec![quota], Access::default()).await;
    let response = unknown.ask(&short()).send().await.unwrap();
    assert_eq!(response.status(), 503);
    assert!(response.text().await.unwrap().contains("prices"));
    assert!(unknown.store.recent_calls(1).await.unwrap().is_empty());
}

#[tokio::test]
async fn electricity_is_the_upper_end_of_what_was_estimated() {
    let quota = of_system(Unit::KilowattHours, 1.0);
    let world = world(vec![quota.clone()], Access::default()).await;
    let response = world.ask(&short()).send().await.unwrap();
    let (_, _, said) = world.ended(&call_of(&response)).await;
    let most = said["footprint"]["energy_kwh"]["max"].as_f64().unwrap();
    assert!((used(&world, &quota).await - most).abs() <= 1e-9 && most > 0.0);
}
