//! Streams: what passes untouched, what is hidden again, how they end.

use std::time::Duration;

use gouvernail_gateway::Access;
use gouvernail_store::OutcomeKind;
use serde_json::{Value, json};

use crate::host::{chunk, pieces, say, speech, usage};
use crate::world::{Wish, World, call_of, drain, message, spoken, streamed};

#[tokio::test]
async fn events_pass_byte_for_byte() {
    let world = World::new().await;
    let odd = [
        ": alive\n\n",
        "data: {\"model\":\"petit\", \"choices\" : [{\"index\":0,\"delta\":{\"content\":\"a\\u00e9\"},\"x\":1.50}]}\n\n",
        "id: 7\r\nevent: message\r\ndata: {\"choices\":[]}\r\n\r\n",
        "data: not json\n\n",
        &chunk(&json!({ "reasoning_content": "je pense" }), None),
        &chunk(&json!({}), Some("stop")),
        "data: [DONE]\n\n",
    ]
    .concat();
    world.host.streams(odd.as_bytes().chunks(11).map(<[u8]>::to_vec).collect(), Duration::ZERO);
    let response = world.ask(&streamed("bonjour")).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["x-accel-buffering"], "no");
    assert!(response.headers().get("server").is_none(), "the host's own affairs stay there");
    assert_eq!(response.text().await.unwrap(), odd);
}

#[tokio::test]
async fn usage_is_asked_for_counted_and_given_only_to_who_wanted_it() {
    let world = World::new().await;
    let events = speech(&["bon", "jour"]);
    world.host.streams(pieces(&events), Duration::ZERO);
    let response = world.ask(&streamed("bonjour")).send().await.unwrap();
    let id = call_of(&response);
    assert_eq!(response.text().await.unwrap(), events.concat().replace(&usage(), ""));
    assert_eq!(world.ended(&id).await.2["tokens"], json!({ "prompt": 36, "output": 7, "estimated": false }));
    assert_eq!(world.host.only().json()["stream_options"], json!({ "include_usage": true }));

    let mut body = streamed("bonjour");
    body["stream_options"] = json!({ "include_usage": true, "other": 1 });
    assert_eq!(world.ask(&body).send().await.unwrap().text().await.unwrap(), events.concat());
    assert_eq!(world.host.received()[1].json()["stream_options"], json!({ "include_usage": true, "other": 1 }));
    body["stream_options"] = json!({ "include_usage": false });
    assert_eq!(world.ask(&body).send().await.unwrap().text().await.unwrap(), events.concat().replace(&usage(), ""));
}

#[tokio::test]
async fn a_host_that_refuses_stream_options_is_not_sent_any() {
    let world = World::with(Wish::host(Access { stream_usage: false, ..Access::default() })).await;
    let events = speech(&["bonjour"]);
    world.host.streams(pieces(&events), Duration::ZERO);
    let mut body = streamed("bonjour");
    body["stream_options"] = json!({ "include_usage": true });
    assert_eq!(world.ask(&body).send().await.unwrap().text().await.unwrap(), events.concat());
    assert!(world.host.only().json().get("stream_options").is_none());
}

#[tokio::test]
async fn tokens_that_the_host_does_not_count_are_estimated() {
    let world = World::new().await;
    let events: Vec<String> = ["un", " deux", " trois"].map(say).into_iter().chain(["data: [DONE]\n\n".to_owned()]).collect();
    world.host.streams(pieces(&events), Duration::ZERO);
    let response = world.ask(&streamed("bonjour")).send().await.unwrap();
    let (_, _, said) = world.ended(&call_of(&response)).await;
    assert_eq!(said["tokens"], json!({ "prompt": null, "output": 4, "estimated": true }));
    assert!(said["footprint"]["caveats"].to_string().contains("estimated"));
}

#[tokio::test]
async fn an_answer_in_one_piece_to_a_request_for_a_stream_is_given_as_it_is() {
    let world = World::new().await;
    world.host.json(&crate::host::completion("bonjour", "qwen"));
    let answer = world.ask(&streamed("bonjour")).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(answer["choices"][0]["message"]["content"], "bonjour");
}

#[tokio::test]
async fn two_answers_end_when_both_have() {
    let world = World::new().await;
    let of = |index: u32, text: &str, finish: Option<&str>| {
        format!("data: {}\n\n", json!({ "choices": [{ "index": index, "delta": { "content": text }, "finish_reason": finish }] }))
    };
    let events = [of(0, "a", Some("stop")), of(1, "b", None), of(1, "c", Some("stop"))];
    world.host.streams(pieces(&events), Duration::ZERO);
    let mut body = streamed("bonjour");
    body["n"] = 2.into();
    let response = world.ask(&body).send().await.unwrap();
    let id = call_of(&response);
    assert_eq!(response.text().await.unwrap(), events.concat(), "no [DONE] is made up for a host that sends none");
    assert_eq!(world.ended(&id).await.1, OutcomeKind::Completed);
}

/// How a stream ended that the host did not finish: last data line, kind of end.
async fn broken(world: &World) -> (Vec<String>, OutcomeKind) {
    let response = world.ask_on_case(&streamed("bonjour")).send().await.unwrap();
    let id = call_of(&response);
    let (text, data) = drain(response).await;
    assert!(!text.contains("[DONE]"), "{text}");
    (data, world.ended(&id).await.1)
}

#[tokio::test]
async fn a_host_that_dies_in_the_middle_is_an_error_and_never_an_end() {
    let world = World::new().await;
    world.host.dies_after(pieces(&[say("voi"), say("rie")]));
    let (data, kind) = broken(&world).await;
    assert_eq!((spoken(&data).as_str(), kind), ("voirie", OutcomeKind::UpstreamError));
    assert_eq!(world.case().await.uses[0].proposal, None, "half an answer concludes nothing");
    assert!(data.last().unwrap().contains("upstream_error"), "{data:?}");
    // A stream that closes politely in the middle is no better.
    world.host.streams(pieces(&[say("bon")]), Duration::ZERO);
    let (data, kind) = broken(&world).await;
    assert_eq!(kind, OutcomeKind::UpstreamError);
    assert!(data.last().unwrap().contains("upstream_error"), "{data:?}");
    // And one that says itself what failed is quoted.
    let told = "data: {\"error\":{\"message\":\"plus de mémoire\"}}\n\n".to_owned();
    world.host.streams(pieces(&[say("bon"), told]), Duration::ZERO);
    let (data, kind) = broken(&world).await;
    assert_eq!(kind, OutcomeKind::UpstreamError);
    assert!(data.last().unwrap().contains("plus de mémoire"), "{data:?}");
    let outputs: Vec<String> = world.case().await.uses.iter().map(|used| serde_json::to_string(&used.output).unwrap()).collect();
    assert_eq!(outputs.len(), 3);
    assert!(outputs.iter().all(|output| output.contains("Réponse incomplète")), "{outputs:?}");
}

#[tokio::test]
async fn a_stream_without_end_is_bounded() {
    let world = World::new().await;
    let long = say(&"x".repeat(200_000));
    world.host.streams(pieces(&vec![long; 8]), Duration::ZERO);
    let (text, _) = drain(world.ask(&message_streamed()).send().await.unwrap()).await;
    assert!(text.ends_with("\n\n") && text.contains("upstream_error") && text.len() < 1_300_000, "{}", text.len());
}

fn message_streamed() -> Value {
    let mut body = message("bonjour");
    body["stream"] = true.into();
    body
}
