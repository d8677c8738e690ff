//! The same road over PostgreSQL, when `GOUVERNAIL_TEST_POSTGRES` is its address.

use std::time::Duration;

use axum::response::IntoResponse;
use gouvernail_gateway::recover;
use gouvernail_store::OutcomeKind;
use jiff::Timestamp;
use serde_json::Value;

use crate::dossier::ORIENTATION;
use crate::host::{completion, pieces, speech};
use crate::world::{CITIZEN, World, call_of, drain, message, spoken, streamed};

#[tokio::test]
async fn the_road_on_postgresql() {
    let Some(world) = World::postgres("road").await else { return };
    world.host.echo();
    let response = world.ask_on_case(&message(&format!("{CITIZEN} demande"))).send().await.unwrap();
    let id = call_of(&response);
    assert_eq!(response.json::<Value>().await.unwrap()["choices"][0]["message"]["content"], format!("{CITIZEN} demande"));
    assert!(!world.host.only().text().contains("Lefèvre"));
    assert_eq!(world.ended(&id).await.1, OutcomeKind::Completed);
    assert_eq!(world.case().await.uses.len(), 1);
    world.owed(&id).await;

    world.host.streams(pieces(&speech(&["bon", "jour"])), Duration::ZERO);
    let (_, data) = drain(world.ask_on_case(&streamed("bonjour")).send().await.unwrap()).await;
    assert_eq!((spoken(&data).as_str(), data.last().unwrap().as_str()), ("bonjour", "[DONE]"));
    assert_eq!(world.case().await.uses.len(), 2);

    world.meddle("alter table outcome rename to elsewhere").await;
    let response = world.ask(&message("bonjour")).send().await.unwrap();
    assert_eq!(response.status(), 503);
    let id = call_of(&response);
    world.meddle("alter table elsewhere rename to outcome").await;
    world.ended(&id).await;
    world.stop(ORIENTATION).await;
    assert_eq!(world.ask_on_case(&message("bonjour")).send().await.unwrap().status(), 403);
    assert_eq!(recover(&world.journal, &world.live, &world.ambient, world.ambient.now()).await.unwrap(), 0);
    world.drop_schema().await;
}

#[tokio::test]
async fn an_intent_that_was_not_confirmed_is_recorded_as_not_carried_out() {
    let Some((world, wire)) = World::behind_a_wire("unconfirmed").await else { return };
    world.host.echo();
    wire.lose_the_next_acknowledgement();
    let response = world.ask_on_case(&message(CITIZEN)).send().await.unwrap();
    assert_eq!(response.status(), 503);
    let id = call_of(&response);
    assert!(wire.is_frozen(), "the intent was committed");
    wire.thaw();
    let (_, kind, said) = world.ended(&id).await;
    assert_eq!((kind, &said["reached"]), (OutcomeKind::Cancelled, &Value::Bool(false)));
    assert!(world.host.received().is_empty());
    assert_eq!(world.case().await.uses.len(), 0, "nobody is told that a tool read their file");
    assert_eq!(recover(&world.journal, &world.live, &world.ambient, Timestamp::MAX).await.unwrap(), 0);
    assert_eq!(world.commitments().await, 1);
    world.drop_schema().await;
}

#[tokio::test]
async fn an_end_that_was_not_confirmed_is_recorded_once() {
    let Some((world, wire)) = World::behind_a_wire("unconfirmed_end").await else { return };
    let lost = wire.clone();
    world.host.answers(move |_| {
        lost.lose_the_next_acknowledgement();
        async { ([("content-type", "application/json")], completion("un secret", "qwen")).into_response() }
    });
    let response = world.ask_on_case(&message(CITIZEN)).send().await.unwrap();
    assert_eq!(response.status(), 503);
    let id = call_of(&response);
    assert!(!response.text().await.unwrap().contains("secret"));
    // Far longer than any patience: it is still tried.
    tokio::time::sleep(Duration::from_secs(5)).await;
    wire.thaw();
    world.ended(&id).await;
    world.gateway.close();
    world.gateway.drained().await;
    assert_eq!((world.ended(&id).await.1, world.case().await.uses.len()), (OutcomeKind::Completed, 1));
    assert_eq!(world.commitments().await, 1);
    world.drop_schema().await;
}
