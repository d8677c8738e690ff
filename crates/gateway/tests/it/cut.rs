//! A mandate that ends cuts what is in flight.

use std::time::Duration;

use axum::response::IntoResponse;
use futures_util::StreamExt;
use gouvernail_register::Event;
use gouvernail_store::OutcomeKind;
use jiff::SignedDuration;
use reqwest::Response;
use serde_json::json;

use crate::dossier::{AGENT, ORIENTATION, REDACTION, later, start};
use crate::host::say;
use crate::world::{Wish, World, call_of, drain, message, streamed};

/// A host that would speak for more than three minutes.
fn speaks_for_long(world: &World) {
    let words = (0..2000).map(|n| say(&format!("mot {n} ")).into_bytes()).collect();
    world.host.streams(words, Duration::from_millis(100));
}

/// The end of a stream that was cut, its kind and why.
async fn end_of(world: &World, response: Response) -> (String, OutcomeKind, String) {
    let id = call_of(&response);
    let (text, data) = tokio::time::timeout(Duration::from_secs(30), drain(response)).await.expect("the stream goes on");
    world.host.wait_over(1).await;
    assert!(!text.contains("[DONE]") && data.len() < 500, "{} events", data.len());
    let (_, kind, said) = world.ended(&id).await;
    (data.last().unwrap().clone(), kind, said["why"].as_str().unwrap().to_owned())
}

async fn first_word(response: &mut Response) {
    response.chunk().await.unwrap().unwrap();
}

#[tokio::test]
async fn a_stop_order_cuts_a_stream_and_says_why() {
    let world = World::new().await;
    speaks_for_long(&world);
    let mut response = world.ask_on_case(&streamed("bonjour")).send().await.unwrap();
    first_word(&mut response).await;
    world.stop(ORIENTATION).await;
    let (last, kind, why) = end_of(&world, response).await;
    let error = serde_json::from_str::<serde_json::Value>(&last).unwrap()["error"].take();
    assert_eq!((&error["code"], &error["reasons"][0]["requirement"]), (&json!("refused_by_mandate"), &json!("stop-order")));
    assert_eq!((kind, why.as_str()), (OutcomeKind::Cancelled, "stop-order"));
    let output = serde_json::to_string(&world.case().await.uses[0].output).unwrap();
    assert!(output.contains("mot 0") && output.contains("Réponse incomplète"), "{output}");
}

#[tokio::test]
async fn a_stop_order_given_on_another_node_is_heard() {
    let world = World::new().await;
    tokio::spawn(std::sync::Arc::clone(&world.live).keep());
    let elsewhere = gouvernail_store::Live::open(world.store.clone(), world.ambient.clone()).await.unwrap();
    speaks_for_long(&world);
    let mut response = world.ask(&streamed("bonjour")).send().await.unwrap();
    first_word(&mut response).await;
    let stop = Event::Stopped { system: REDACTION.into(), reason: "Erreurs répétées".into() };
    elsewhere.record(&world.rules, "responsable", stop).await.unwrap();
    assert_eq!(end_of(&world, response).await.2, "stop-order");
}

#[tokio::test]
async fn a_stop_order_cuts_an_answer_that_is_awaited() {
    let world = World::new().await;
    world.host.answers(|_| std::future::pending());
    let asking = tokio::spawn(world.ask(&message("bonjour")).send());
    world.host.wait_for(1).await;
    world.stop(REDACTION).await;
    let response = asking.await.unwrap().unwrap();
    world.host.wait_over(1).await;
    assert_eq!(response.status(), 403);
    let (_, kind, said) = world.ended(&call_of(&response)).await;
    assert_eq!((kind, &said["why"]), (OutcomeKind::Cancelled, &json!("stop-order")));
}

#[tokio::test]
async fn a_change_that_matters_to_another_system_cuts_nothing() {
    let world = World::new().await;
    world.host.streams(
        (0..20).map(|n| say(&n.to_string()).into_bytes()).chain([b"data: [DONE]\n\n".to_vec()]).collect(),
        Duration::from_millis(20),
    );
    let mut response = world.ask(&streamed("bonjour")).send().await.unwrap();
    first_word(&mut response).await;
    world.stop(ORIENTATION).await;
    assert_eq!(drain(response).await.1.last().unwrap(), "[DONE]");
}

#[tokio::test]
async fn a_date_that_passes_cuts() {
    let world = World::new().await;
    speaks_for_long(&world);
    let mut response = world.ask(&streamed("bonjour")).send().await.unwrap();
    first_word(&mut response).await;
    world.pass(later().duration_since(start()));
    world.live.refresh().await.unwrap();
    let (last, kind, _) = end_of(&world, response).await;
    assert!(last.contains("\"authorisation\"") && kind == OutcomeKind::Cancelled, "{last}");
}

#[tokio::test]
async fn a_database_that_falls_silent_cuts() {
    let world = World::new().await;
    speaks_for_long(&world);
    let mut response = world.ask(&streamed("bonjour")).send().await.unwrap();
    first_word(&mut response).await;
    world.pass(SignedDuration::from_secs(4));
    let (last, kind, why) = end_of(&world, response).await;
    assert!(last.contains("\"unavailable\""), "{last}");
    assert_eq!((kind, why.as_str()), (OutcomeKind::Cancelled, "unavailable"));
}

#[tokio::test]
async fn a_key_that_is_withdrawn_and_a_person_who_leaves_cut() {
    let world = World::new().await;
    speaks_for_long(&world);
    let mut response = world.ask(&streamed("bonjour")).send().await.unwrap();
    first_word(&mut response).await;
    let key = world.store.list_api_keys(Some(REDACTION)).await.unwrap().remove(0);
    world.store.revoke_api_key(&key.id, world.ambient.now()).await.unwrap();
    world.live.refresh().await.unwrap();
    assert_eq!(end_of(&world, response).await.2, "invalid_api_key");

    let mut response = world.ask_on_case(&streamed("bonjour")).send().await.unwrap();
    first_word(&mut response).await;
    let person = world.store.find_person(AGENT).await.unwrap().unwrap();
    world.store.update_person(&gouvernail_store::Person { active: false, ..person }).await.unwrap();
    world.live.refresh().await.unwrap();
    assert_eq!(end_of(&world, response).await.2, "training");
}

#[tokio::test]
async fn a_caller_who_does_not_read_is_cut_too() {
    let mut wish = Wish::default();
    wish.config.max_answer = usize::MAX;
    let world = World::with(wish).await;
    // Far more than the sockets and the channel hold, so that the call is stuck on its caller.
    let (piece, length) = (say(&"x".repeat(50_000)).into_bytes(), 20_000);
    world.host.answers(move |_| {
        let pieces = futures_util::stream::repeat(piece.clone()).take(length).map(Ok::<_, std::io::Error>);
        async { ([("content-type", "text/event-stream")], axum::body::Body::from_stream(pieces)).into_response() }
    });
    let response = world.ask(&streamed("bonjour")).send().await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    world.stop(REDACTION).await;
    let (_, kind, said) = world.ended(&call_of(&response)).await;
    assert_eq!((kind, &said["why"]), (OutcomeKind::Cancelled, &json!("stop-order")));
    world.host.wait_over(1).await;
}

#[tokio::test]
async fn a_right_that_lapses_while_the_intent_is_written_sends_nothing() {
    let world = World::new().await;
    world.host.json("{}");
    // Somebody else writes, so the journal waits.
    let writer = world.occupied().await;
    let asking = tokio::spawn(world.ask_on_case(&message("bonjour")).send());
    tokio::time::sleep(Duration::from_millis(300)).await;
    world.pass(later().duration_since(start()));
    world.live.refresh().await.unwrap();
    drop(writer);
    let response = asking.await.unwrap().unwrap();
    assert_eq!(response.status(), 403);
    let id = call_of(&response);
    let (_, kind, said) = world.ended(&id).await;
    assert_eq!((kind, &said["reached"]), (OutcomeKind::Cancelled, &json!(false)));
    assert!(world.host.received().is_empty(), "the call was made without a mandate");
    assert_eq!(world.case().await.uses, [], "nothing touched the case");
}
