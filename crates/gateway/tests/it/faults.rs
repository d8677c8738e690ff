//! A model host that misbehaves in every way it can: the caller reads what happened, the account is right, and the journal has
//! an intent and an outcome.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gouvernail_gateway::{Access, Policy};
use gouvernail_store::OutcomeKind;
use reqwest::Response;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::dossier::HOST;
use crate::host::{completion, say};
use crate::world::{Wish, World, call_of, drain, message, spoken};

/// What the host does with one connection, once it has read the request.
#[derive(Clone)]
enum Act {
    /// Writes this and closes.
    Says(String),
    /// Says nothing, for ever.
    Waits,
    /// Writes this, then says nothing more.
    Stalls(String),
}

/// A host that does these things, one a connection, the last one again and again.
struct Scripted {
    url: String,
    calls: Arc<AtomicUsize>,
}

async fn scripted(acts: Vec<Act>) -> Scripted {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let act = acts[counted.fetch_add(1, Ordering::SeqCst).min(acts.len() - 1)].clone();
            tokio::spawn(async move {
                read(&mut connection).await;
                let (bytes, goes_on) = match act {
                    Act::Says(bytes) => (bytes, false),
                    Act::Waits => (String::new(), true),
                    Act::Stalls(bytes) => (bytes, true),
                };
                let _ = connection.write_all(bytes.as_bytes()).await;
                if goes_on {
                    sleep(Duration::from_secs(60)).await;
                }
            });
        }
    });
    Scripted { url, calls }
}

/// Reads a request to its end.
async fn read(connection: &mut TcpStream) {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let count = connection.read(&mut piece).await.unwrap_or_default();
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return;
            }
        }
        if count == 0 {
            return;
        }
    }
}

fn answer(status: &str, headers: &str, body: &str) -> Act {
    let length = body.len();
    Act::Says(format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
    ))
}

fn good() -> Act {
    answer("200 OK", "", &completion("bonjour", "qwen"))
}

/// The head of a stream in chunks and these events, without its end.
fn begun(events: &str) -> String {
    let length = events.len();
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n{length:x}\r\n{events}\r\n")
}

/// A whole stream.
fn streamed(events: &str) -> Act {
    Act::Says(begun(events) + "0\r\n\r\n")
}

fn finish(usage: &str) -> String {
    let usage = if usage.is_empty() { String::new() } else { format!(",\"usage\":{usage}") };
    format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{}},\"finish_reason\":\"stop\"}}]{usage}}}\n\ndata: [DONE]\n\n")
}

struct Tried {
    world: World,
    host: Scripted,
}

impl Tried {
    async fn new(acts: Vec<Act>) -> Self {
        Self::with(acts, Policy::default(), |_| {}).await
    }

    async fn with(acts: Vec<Act>, traffic: Policy, change: impl FnOnce(&mut Wish)) -> Self {
        let host = scripted(acts).await;
        let mut wish = Wish::host(Access { base_url: Some(host.url.clone()), traffic, ..Access::default() });
        wish.config.upstream_timeout = Duration::from_millis(400);
        change(&mut wish);
        Self { world: World::with(wish).await, host }
    }

    fn calls(&self) -> usize {
        self.host.calls.load(Ordering::SeqCst)
    }

    async fn ask(&self) -> Response {
        self.world.ask(&message("bonjour")).send().await.unwrap()
    }

    async fn stream(&self) -> Response {
        let mut body = message("bonjour");
        body["stream"] = true.into();
        self.world.ask(&body).send().await.unwrap()
    }

    /// Status and code of the error, and what the journal says of the end.
    async fn failed(&self, response: Response) -> (u16, String, OutcomeKind, Value) {
        let (id, status) = (call_of(&response), response.status().as_u16());
        let error = response.json::<Value>().await.unwrap();
        let (call, kind, said) = self.world.ended(&id).await;
        assert_eq!(call.intent.host, HOST, "the intent is there");
        (status, error["error"]["code"].as_str().unwrap_or_default().to_owned(), kind, said)
    }

    /// What came of a stream, its last data, and what the journal says of the end.
    async fn cut(&self, response: Response) -> (String, String, OutcomeKind, Value) {
        let id = call_of(&response);
        let (_, data) = drain(response).await;
        let (_, kind, said) = self.world.ended(&id).await;
        (spoken(&data), data.last().cloned().unwrap_or_default(), kind, said)
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_then_told() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let access = Access { base_url: Some(format!("http://{closed}/v1")), ..Access::default() };
    let world = World::with(Wish::host(access)).await;
    let response = world.ask(&message("bonjour")).send().await.unwrap();
    assert_eq!(response.status(), 502);
    let (_, kind, said) = world.ended(&call_of(&response)).await;
    assert_eq!((kind, &said["reached"], &said["attempts"]), (OutcomeKind::UpstreamError, &json!(false), &json!(3)));
    assert!(response.text().await.unwrap().contains("cannot be reached"));
}

#[tokio::test]
async fn headers_that_do_not_come_are_given_up_and_not_asked_for_twice() {
    let tried = Tried::new(vec![Act::Waits]).await;
    let (status, code, kind, said) = tried.failed(tried.ask().await).await;
    assert_eq!((status, code.as_str(), kind), (504, "upstream_timeout", OutcomeKind::UpstreamError));
    assert_eq!((&said["reached"], &said["attempts"]), (&json!(true), &json!(1)));
    assert_eq!(tried.calls(), 1);
}

#[tokio::test]
async fn a_stream_that_stalls_ends_in_an_error_and_what_was_said_is_accounted() {
    let tried = Tried::new(vec![Act::Stalls(begun(&say("Bon")))]).await;
    let (text, last, kind, said) = tried.cut(tried.stream().await).await;
    assert_eq!(text, "Bon");
    assert!(last.contains("upstream_timeout"), "{last}");
    assert_eq!(kind, OutcomeKind::UpstreamError);
    assert_eq!((&said["tokens"]["estimated"], said["tokens"]["output"].as_u64() >= Some(1)), (&json!(true), true), "{said}");
}

#[tokio::test]
async fn a_stream_that_breaks_inside_an_event_is_an_error_and_no_end() {
    let tried = Tried::new(vec![Act::Says(begun(&(say("Bon") + "data: {\"choices\":[{\"ind")))]).await;
    let (text, last, kind, said) = tried.cut(tried.stream().await).await;
    assert_eq!(text, "Bon");
    assert!(last.contains("upstream_error"), "{last}");
    assert_eq!(
        (kind, &said["attempts"]),
        (OutcomeKind::UpstreamError, &json!(1)),
        "nothing is tried again once an answer has begun"
    );
}

#[tokio::test]
async fn events_that_are_no_json_pass_and_are_recorded() {
    let tried = Tried::new(vec![streamed(&(say("Bon") + "data: pas du JSON\n\n: silence\n\n" + &finish("")))]).await;
    let response = tried.stream().await;
    let id = call_of(&response);
    let (text, data) = drain(response).await;
    assert!(text.contains("pas du JSON") && data.last().unwrap() == "[DONE]");
    assert_eq!(tried.world.ended(&id).await.1, OutcomeKind::Completed);
}

#[tokio::test]
async fn too_many_requests_are_made_again_when_the_host_says() {
    let busy = || answer("429 Too Many Requests", "retry-after: 1\r\n", "{\"error\":{\"message\":\"doucement\"}}");
    let tried = Tried::new(vec![busy(), good()]).await;
    let response = tried.ask().await;
    assert_eq!(response.status(), 200);
    let (_, kind, said) = tried.world.ended(&call_of(&response)).await;
    assert_eq!((kind, &said["attempts"]), (OutcomeKind::Completed, &json!(2)));

    let hours = answer("429 Too Many Requests", "retry-after: 3600\r\n", "{\"error\":{\"message\":\"demain\"}}");
    let tried = Tried::new(vec![hours]).await;
    let response = tried.ask().await;
    assert_eq!((response.status().as_u16(), response.headers()["retry-after"].to_str().unwrap()), (429, "3600"));
    assert!(response.text().await.unwrap().contains("demain"));
    assert_eq!(tried.calls(), 1);
}

#[tokio::test]
async fn a_host_that_fails_then_answers_is_an_answer() {
    let tried = Tried::new(vec![answer("503 Service Unavailable", "", "{}"), answer("502 Bad Gateway", "", ""), good()]).await;
    let response = tried.ask().await;
    assert_eq!(response.status(), 200);
    let (_, kind, said) = tried.world.ended(&call_of(&response)).await;
    assert_eq!((kind, &said["attempts"], &said["tokens"]["estimated"]), (OutcomeKind::Completed, &json!(3), &json!(false)));
}

#[tokio::test]
async fn an_event_of_ten_megabytes_passes_or_is_refused_by_its_size() {
    let long = "é".repeat(5 << 20);
    let tried = Tried::with(vec![streamed(&(say(&long) + &finish("")))], Policy::default(), |wish| {
        wish.config.max_answer = 32 << 20;
    });
    let tried = tried.await;
    let (text, last, kind, _) = tried.cut(tried.stream().await).await;
    assert_eq!((text.len(), last.as_str(), kind), (long.len(), "[DONE]", OutcomeKind::Completed));

    let tried = Tried::new(vec![streamed(&(say(&long) + &finish("")))]).await;
    let (text, last, kind, _) = tried.cut(tried.stream().await).await;
    assert_eq!((text.as_str(), kind), ("", OutcomeKind::UpstreamError));
    assert!(last.contains("upstream_error"), "{last}");
}

#[tokio::test]
async fn a_wrong_usage_does_not_reach_the_account() {
    for usage in [
        "{\"prompt_tokens\":-5,\"completion_tokens\":-1}",
        "{\"prompt_tokens\":\"beaucoup\"}",
        "[]",
        "null",
        "{\"completion_tokens\":1e300}",
    ] {
        let tried = Tried::new(vec![streamed(&(say("Bonjour à vous") + &finish(usage)))]).await;
        let (text, _, kind, said) = tried.cut(tried.stream().await).await;
        assert_eq!((text.as_str(), kind), ("Bonjour à vous", OutcomeKind::Completed), "{usage}");
        let output = said["tokens"]["output"].as_u64().unwrap();
        assert!((1..100).contains(&output) && said["tokens"]["estimated"] == true, "{usage}: {said}");
    }
}

#[tokio::test]
async fn no_usage_is_an_estimate_that_says_so() {
    let tried = Tried::new(vec![streamed(&(say("Bonjour à vous") + &finish("")))]).await;
    let (_, _, _, said) = tried.cut(tried.stream().await).await;
    assert_eq!(said["tokens"]["estimated"], true);
    assert!(said["tokens"]["output"].as_u64().unwrap() >= 1);
}

#[tokio::test]
async fn a_host_that_fails_again_and_again_is_left_in_peace() {
    let policy = Policy { attempts: 1, failures: 2, ..Policy::default() };
    let tried = Tried::with(vec![answer("500 Internal Server Error", "", "{}")], policy, |_| {}).await;
    for _ in 0..2 {
        assert_eq!(tried.ask().await.status(), 502);
    }
    let response = tried.ask().await;
    assert!(response.headers().contains_key("retry-after"));
    let (status, code, kind, said) = tried.failed(response).await;
    assert_eq!(
        (status, code.as_str(), kind, &said["reached"]),
        (503, "host_unavailable", OutcomeKind::UpstreamError, &json!(false))
    );
    assert_eq!(tried.calls(), 2);
}

#[tokio::test]
async fn calls_wait_for_their_turn_and_no_more_than_may() {
    let policy = Policy { concurrent: 1, waiting: 1, ..Policy::default() };
    let tried = Tried::with(vec![Act::Waits], policy, |wish| wish.config.upstream_timeout = Duration::from_secs(30)).await;
    let ask = || tokio::spawn(tried.world.ask(&message("bonjour")).send());
    let first = ask();
    while tried.calls() == 0 {
        sleep(Duration::from_millis(5)).await;
    }
    let (second, third) = (ask(), ask());
    // One of both waits, the other finds the queue full.
    let (full, waiting) = tokio::select! {
        full = second => (full, None),
        full = third => (full, None::<()>),
    };
    assert!(waiting.is_none());
    let (status, code, _, said) = tried.failed(full.unwrap().unwrap()).await;
    assert_eq!((status, code.as_str(), &said["attempts"]), (503, "host_busy", &json!(0)));
    assert_eq!(tried.calls(), 1);
    first.abort();
}

#[tokio::test]
async fn a_call_is_over_at_its_deadline_whatever_it_waits_for() {
    let tried =
        Tried::with(vec![Act::Waits], Policy::default(), |wish| wish.config.upstream_timeout = Duration::from_secs(30)).await;
    let response = tried.world.ask(&message("bonjour")).header("x-gouvernail-timeout", "0.3").send().await.unwrap();
    let (status, code, kind, _) = tried.failed(response).await;
    assert_eq!((status, code.as_str(), kind), (504, "deadline_exceeded", OutcomeKind::Cancelled));
    let wrong = tried.world.ask(&message("bonjour")).header("x-gouvernail-timeout", "bientôt").send().await.unwrap();
    assert_eq!(wrong.status(), 400);
}

#[tokio::test]
async fn a_stop_order_ends_the_wait_between_two_attempts() {
    let busy = answer("429 Too Many Requests", "retry-after: 15\r\n", "{}");
    let tried = Tried::new(vec![busy]).await;
    let asked = tokio::spawn(tried.world.ask(&message("bonjour")).send());
    while tried.calls() == 0 {
        sleep(Duration::from_millis(5)).await;
    }
    tried.world.stop(crate::dossier::REDACTION).await;
    let (status, code, kind, said) = tried.failed(asked.await.unwrap().unwrap()).await;
    assert_eq!((status, code.as_str(), kind), (403, "refused_by_mandate", OutcomeKind::Cancelled));
    assert_eq!((&said["reached"], tried.calls()), (&json!(true), 1));
}
