//! No trace, no answer.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::IntoResponse;
use futures_util::stream::{self, StreamExt};
use gouvernail_gateway::{Access, Hosts};
use gouvernail_store::OutcomeKind;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::dossier::HOST;
use crate::host::{self, completion, pieces, speech};
use crate::world::{Wish, World, call_of, drain, message, spoken, streamed};

#[tokio::test]
async fn an_intent_that_cannot_be_written_is_not_carried_out() {
    let world = World::new().await;
    world.host.echo();
    world.meddle("alter table intent rename to elsewhere").await;
    for body in [message("bonjour"), streamed("bonjour")] {
        let response = world.ask(&body).send().await.unwrap();
        assert_eq!(response.status(), 503);
        assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "unavailable");
    }
    assert!(world.host.received().is_empty(), "a byte left without a trace");
    world.meddle("alter table elsewhere rename to intent").await;
    assert_eq!(world.ask(&message("bonjour")).send().await.unwrap().status(), 200, "it works again without a restart");
}

#[tokio::test]
async fn a_refusal_that_cannot_be_written_is_still_no_call() {
    let world = World::new().await;
    world.host.echo();
    world.stop(crate::dossier::REDACTION).await;
    world.meddle("alter table refusal rename to elsewhere").await;
    assert_eq!(world.ask(&message("bonjour")).send().await.unwrap().status(), 503);
    assert!(world.host.received().is_empty());
}

/// A host that answers once it is told to.
fn held(world: &World, answer: impl Fn() -> axum::response::Response + Clone + Send + Sync + 'static) -> Arc<Notify> {
    let go = Arc::new(Notify::new());
    let wait = Arc::clone(&go);
    world.host.answers(move |_| {
        let (wait, answer) = (Arc::clone(&wait), answer.clone());
        async move {
            wait.notified().await;
            answer()
        }
    });
    go
}

#[tokio::test]
async fn an_end_that_cannot_be_written_is_not_given_and_is_not_lost() {
    let world = World::new().await;
    let go = held(&world, || ([("content-type", "application/json")], completion("un secret", "qwen")).into_response());
    let asking = tokio::spawn(world.ask_on_case(&message("bonjour")).send());
    world.host.wait_for(1).await;
    world.meddle("alter table outcome rename to elsewhere").await;
    go.notify_one();
    let response = asking.await.unwrap().unwrap();
    assert_eq!(response.status(), 503);
    let id = call_of(&response);
    let text = response.text().await.unwrap();
    assert!(!text.contains("secret"), "{text}");
    assert_eq!(world.case().await.uses.len(), 0, "all or nothing");
    // The database comes back: what ended is recorded as it ended, without a restart.
    world.meddle("alter table elsewhere rename to outcome").await;
    let (_, kind, said) = world.ended(&id).await;
    assert_eq!((kind, &said["withheld"]), (OutcomeKind::Completed, &json!(true)));
    assert_eq!(world.case().await.uses.len(), 1);
    world.owed(&id).await;
}

/// Each end that waits holds its text: a journal that takes intents and no outcomes would fill the memory.
#[tokio::test]
async fn when_too_many_ends_cannot_be_written_nothing_begins() {
    let world = World::new().await;
    world.host.echo();
    world.meddle("alter table outcome rename to elsewhere").await;
    let ask = || async { world.ask(&message("bonjour")).send().await.unwrap() };
    let withheld: Vec<String> = stream::iter(0..256).map(|_| ask()).buffered(16).map(|response| call_of(&response)).collect().await;
    let refused = ask().await;
    assert_eq!(refused.status(), 503);
    assert!(refused.text().await.unwrap().contains("too many calls"));
    assert_eq!(world.host.received().len(), 256, "it left nevertheless");
    world.meddle("alter table elsewhere rename to outcome").await;
    for id in &withheld {
        assert_eq!(world.ended(id).await.1, OutcomeKind::Completed);
    }
    assert_eq!(ask().await.status(), 200, "it works again without a restart");
}

#[tokio::test]
async fn a_stream_whose_end_cannot_be_written_has_no_end() {
    let world = World::new().await;
    let go = Arc::new(Notify::new());
    let wait = Arc::clone(&go);
    world.host.answers(move |_| {
        let wait = Arc::clone(&wait);
        async move {
            // The text, then, once the database is broken, the end.
            let (head, tail) = (speech(&["bon", "jour"])[..3].to_vec(), speech(&[])[1..].to_vec());
            let body = futures_util::stream::unfold(0, move |step| {
                let (wait, head, tail) = (Arc::clone(&wait), head.concat(), tail.concat());
                async move {
                    match step {
                        0 => Some((Ok::<_, std::io::Error>(head), 1)),
                        1 => {
                            wait.notified().await;
                            Some((Ok(tail), 2))
                        }
                        _ => None,
                    }
                }
            });
            ([("content-type", "text/event-stream")], axum::body::Body::from_stream(body)).into_response()
        }
    });
    let mut response = world.ask(&streamed("bonjour")).send().await.unwrap();
    let id = call_of(&response);
    let first = response.chunk().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("bon"));
    world.meddle("alter table outcome rename to elsewhere").await;
    go.notify_one();
    let (text, data) = drain(response).await;
    assert!(!text.contains("[DONE]") && !text.contains("\"stop\""), "{text}");
    assert!(data.last().unwrap().contains("\"unavailable\""), "{text}");
    world.meddle("alter table elsewhere rename to outcome").await;
    assert_eq!(world.ended(&id).await.1, OutcomeKind::Completed);
}

#[tokio::test]
async fn the_end_is_recorded_before_it_is_given() {
    let world = World::new().await;
    world.host.streams(pieces(&speech(&["bon", "jour"])), Duration::ZERO);
    for _ in 0..20 {
        let mut response = world.ask(&streamed("bonjour")).send().await.unwrap();
        let id = call_of(&response);
        let mut text = String::new();
        while let Some(piece) = response.chunk().await.unwrap() {
            text += std::str::from_utf8(&piece).unwrap();
            if text.contains("\"finish_reason\":\"stop\"") {
                let call = world.store.find_call(&id).await.unwrap().unwrap();
                assert!(call.outcome.is_some(), "the end was given before it was recorded");
            }
        }
        assert!(text.ends_with("data: [DONE]\n\n"));
    }
}

#[tokio::test]
async fn a_caller_who_leaves_a_stream_cancels_it_and_is_recorded() {
    let world = World::new().await;
    let endless = (0..10_000).map(|n| crate::host::say(&format!("mot {n} ")).into_bytes()).collect();
    world.host.streams(endless, Duration::from_millis(20));
    let mut response = world.ask_on_case(&streamed("bonjour")).send().await.unwrap();
    let id = call_of(&response);
    response.chunk().await.unwrap().unwrap();
    drop(response);
    world.host.wait_over(1).await;
    let (_, kind, said) = world.ended(&id).await;
    assert_eq!(
        (kind, &said["why"], &said["tokens"]["estimated"]),
        (OutcomeKind::Cancelled, &json!("the caller left"), &json!(true))
    );
    assert_eq!(world.case().await.uses.len(), 1, "the person concerned is told all the same");
}

#[tokio::test]
async fn a_caller_who_leaves_before_the_answer_cancels_it_and_is_recorded() {
    let world = World::new().await;
    world.host.answers(|_| std::future::pending());
    let asking = tokio::spawn(world.ask_on_case(&message("bonjour")).send());
    world.host.wait_for(1).await;
    asking.abort();
    world.host.wait_over(1).await;
    let call = timeout(Duration::from_secs(20), async {
        loop {
            let calls = world.store.calls_of_case(crate::world::CASE).await.unwrap();
            if calls.iter().any(|call| call.outcome.is_some()) {
                return calls.into_iter().next().unwrap();
            }
            sleep(Duration::from_millis(10)).await;
        }
    });
    let call = call.await.expect("the end is not recorded");
    assert_eq!(call.outcome.unwrap().1, OutcomeKind::Cancelled);
    assert_eq!(world.case().await.uses.len(), 1);
}

#[tokio::test]
async fn a_program_that_stops_lets_calls_end_and_takes_no_other() {
    let world = World::new().await;
    let go = held(&world, || host::stream(pieces(&speech(&["bon", "jour"])), Duration::ZERO, false));
    let asking = tokio::spawn(world.ask(&streamed("bonjour")).send());
    world.host.wait_for(1).await;
    world.gateway.close();
    assert!(timeout(Duration::from_millis(50), world.gateway.drained()).await.is_err(), "a call is in flight");
    let late = world.ask(&message("bonjour")).send().await.unwrap();
    assert_eq!(late.status(), 503);
    go.notify_one();
    let response = asking.await.unwrap().unwrap();
    let id = call_of(&response);
    let (_, data) = drain(response).await;
    assert_eq!((spoken(&data).as_str(), data.last().unwrap().as_str()), ("bonjour", "[DONE]"));
    timeout(Duration::from_secs(20), world.gateway.drained()).await.expect("nothing is in flight");
    assert!(world.store.find_call(&id).await.unwrap().unwrap().outcome.is_some());
    assert_eq!(world.host.received().len(), 1);
}

#[tokio::test]
async fn a_program_that_cannot_wait_cuts_what_is_in_flight_and_records_it() {
    let world = World::new().await;
    // One whose answer has begun, one whose answer has not.
    world.host.answers(async |_| {
        let first = stream::once(async { Ok::<_, Infallible>(speech(&["bon"])[0].clone()) });
        ([("content-type", "text/event-stream")], Body::from_stream(first.chain(stream::pending()))).into_response()
    });
    let mut begun = world.ask(&streamed("bonjour")).send().await.unwrap();
    begun.chunk().await.unwrap();
    world.host.answers(|_| std::future::pending::<axum::response::Response>());
    let waiting = tokio::spawn(world.ask(&message("bonjour")).send());
    world.host.wait_for(2).await;
    world.gateway.close();
    world.gateway.cut();
    timeout(Duration::from_secs(20), world.gateway.drained()).await.expect("nothing is in flight");
    let id = call_of(&begun);
    let (_, data) = drain(begun).await;
    assert!(data.last().unwrap().contains("\"stopping\""), "the end of the stream says why: {data:?}");
    let waited = waiting.await.unwrap().unwrap();
    assert_eq!(waited.status(), 503);
    for id in [id, call_of(&waited)] {
        let (_, kind, said) = world.ended(&id).await;
        assert_eq!((kind, said["why"].as_str()), (OutcomeKind::Cancelled, Some("stopping")));
    }
}

#[tokio::test]
async fn what_an_operator_changes_holds_from_the_next_call_on() {
    let world = World::new().await;
    world.host.echo();
    world.ask(&message("bonjour")).send().await.unwrap();
    let Wish { mut config, .. } = Wish::default();
    config.max_body = 100;
    let access = Access { api_key: Some("nouvelle-cle".into()), ..Access::default() };
    world.gateway.reload(config, Hosts::from([(HOST.to_owned(), access)]));
    world.ask(&message("court")).send().await.unwrap();
    let received = world.host.received();
    assert_eq!(received[0].headers.get("authorization"), None);
    assert_eq!(received[1].headers["authorization"], "Bearer nouvelle-cle");
    assert_eq!(world.ask(&message(&"long ".repeat(30))).send().await.unwrap().status(), 413);
}
