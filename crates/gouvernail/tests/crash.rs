//! `kill -9` of the whole program at random moments of a loaded run: the two promises hold.
//!
//! *No mandate, no call*, so no byte at the model host without a durable intent. *No trace, no answer*, so no complete answer
//! in a client's hands without a durable outcome. And the log that comes out verifies to its last byte.

mod common;

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use common::{AGENT, MODEL, Prepared};
use futures_util::StreamExt;
use gouvernail_store::{OutcomeKind, Store};
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::verify::verify_log;
use serde_json::{Value, json};

const ROUNDS: usize = 50;
const CLIENTS: usize = 8;

/// What was seen from outside the program.
#[derive(Default)]
struct Seen {
    /// Marks in the requests that reached the model host.
    upstream: Mutex<HashSet<String>>,
    /// Calls whose whole answer a client received.
    delivered: Mutex<HashSet<String>>,
}

/// A model host that notes what it receives, then answers at once or in a stream of some pieces.
async fn host(seen: Arc<Seen>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().route("/v1/chat/completions", post(complete)).with_state(seen);
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/v1")
}

async fn complete(State(seen): State<Arc<Seen>>, body: Bytes) -> Response {
    let request: Value = serde_json::from_slice(&body).unwrap();
    let asked = request["messages"][0]["content"].as_str().unwrap().to_owned();
    let mark = asked.split_whitespace().next().unwrap().to_owned();
    seen.upstream.lock().unwrap().insert(mark);
    let usage = json!({ "prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13 });
    if request["stream"] != true {
        let message = json!({ "role": "assistant", "content": format!("Voirie. {asked}") });
        let answer = json!({ "id": "c", "object": "chat.completion", "created": 1, "model": "m", "usage": usage,
            "choices": [{ "index": 0, "message": message, "finish_reason": "stop" }] });
        return axum::Json(answer).into_response();
    }
    let chunk = |delta: Value, end: Option<&str>| {
        let choice = json!({ "index": 0, "delta": delta, "finish_reason": end });
        let chunk = json!({ "id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice] });
        format!("data: {chunk}\n\n")
    };
    let mut events: Vec<String> = asked.split_inclusive(' ').map(|word| chunk(json!({ "content": word }), None)).collect();
    events.push(chunk(json!({}), Some("stop")));
    events.push("data: [DONE]\n\n".to_owned());
    let paced = futures_util::stream::iter(events).then(async |event| {
        tokio::time::sleep(Duration::from_millis(2)).await;
        Ok::<_, std::convert::Infallible>(Bytes::from(event))
    });
    ([(CONTENT_TYPE, "text/event-stream")], axum::body::Body::from_stream(paced)).into_response()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn start(config: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_gouvernail"))
        .args(["serve", "--config"])
        .arg(config)
        .env("GOUVERNAIL_LOG", "error")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

async fn ready(client: &reqwest::Client, base: &str) {
    for _ in 0..600 {
        if client.get(format!("{base}/ready")).send().await.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the program did not become ready");
}

/// One application: it calls until the program is gone, on a case or not, streamed or not.
async fn call_until_gone(client: reqwest::Client, base: String, prepared: Arc<Prepared>, seen: Arc<Seen>, name: String) {
    for n in 0.. {
        let mark = format!("{name}-{n}");
        let (stream, on_case) = (n % 2 == 0, n % 3 != 0);
        let text = format!("{mark} Nadia Ferrand demande quel service répond au 06 12 34 56 78 ?");
        let body = json!({ "model": MODEL, "stream": stream, "messages": [{ "role": "user", "content": text }] });
        let key = if on_case { &prepared.files_key } else { &prepared.drafts_key };
        let request = client.post(format!("{base}/v1/chat/completions")).bearer_auth(key).header("x-gouvernail-agent", AGENT);
        let case = &prepared.cases[n % prepared.cases.len()];
        let request = if on_case { request.header("x-gouvernail-case", case) } else { request };
        let Ok(answer) = request.json(&body).send().await else { return };
        assert!(answer.status().is_success(), "{}", answer.status());
        let id = answer.headers()["x-gouvernail-call"].to_str().unwrap().to_owned();
        let Ok(text) = answer.text().await else { return };
        let whole = if stream { text.contains("data: [DONE]") } else { serde_json::from_str::<Value>(&text).is_ok() };
        if whole {
            assert!(text.contains("Nadia"), "restored: {text}");
            seen.delivered.lock().unwrap().insert(id);
        }
    }
}

fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_lose_nothing_and_invent_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let seen = Arc::new(Seen::default());
    let upstream = host(Arc::clone(&seen)).await;
    let prepared = Arc::new(common::prepare(folder.path(), &upstream, 20).await);
    let port = free_port();
    let (config, base) = (common::configure(folder.path(), port), format!("http://127.0.0.1:{port}"));
    for round in 0..ROUNDS {
        let client = http();
        let mut program = start(&config);
        ready(&client, &base).await;
        let calls: Vec<_> = (0..CLIENTS)
            .map(|n| {
                let (client, base, prepared, seen) = (client.clone(), base.clone(), Arc::clone(&prepared), Arc::clone(&seen));
                tokio::spawn(call_until_gone(client, base, prepared, seen, format!("m{round}-{n}")))
            })
            .collect();
        let delay = 100 + RandomState::new().build_hasher().finish() % 400;
        tokio::time::sleep(Duration::from_millis(delay)).await;
        program.kill().unwrap();
        program.wait().unwrap();
        for call in calls {
            call.await.unwrap();
        }
    }
    stop_well(&config, &base).await;
    check(folder.path(), &prepared, &seen).await;
}

/// One more start, which recovers, then a stop that ends what is under way.
async fn stop_well(config: &Path, base: &str) {
    let mut program = start(config);
    ready(&http(), base).await;
    // The sequencer works every 50 ms: what recovery owes is placed.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let asked = Command::new("kill").arg(program.id().to_string()).status().unwrap();
    assert!(asked.success());
    assert!(program.wait().unwrap().success(), "the program must stop cleanly when asked");
}

async fn check(folder: &Path, prepared: &Prepared, seen: &Seen) {
    let store = Store::connect(&prepared.database).await.unwrap();
    let calls = store.recent_calls(i64::MAX).await.unwrap();
    let delivered = seen.delivered.lock().unwrap().clone();
    assert!(delivered.len() > 200, "the load was too light to prove anything: {}", delivered.len());

    let open: Vec<_> = calls.iter().filter(|call| call.outcome.is_none()).map(|call| &call.intent.id).collect();
    assert!(open.is_empty(), "intents without a record of how they ended: {open:?}");
    let completed: HashSet<&String> = calls
        .iter()
        .filter(|call| matches!(call.outcome, Some((_, OutcomeKind::Completed, _))))
        .map(|call| &call.intent.id)
        .collect();
    let untraced: Vec<_> = delivered.iter().filter(|id| !completed.contains(id)).collect();
    assert!(untraced.is_empty(), "answers delivered without an outcome: {untraced:?}");

    // Only calls on a case keep what was sent; the marks of the others cannot be found again.
    let sent: HashSet<String> = calls.iter().flat_map(|call| marks(&call.intent.body["sent"])).collect();
    let on_a_case = |mark: &&String| mark.rsplit('-').next().and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n % 3 != 0);
    let upstream = seen.upstream.lock().unwrap().clone();
    let unannounced: Vec<_> = upstream.iter().filter(on_a_case).filter(|mark| !sent.contains(*mark)).collect();
    assert!(unannounced.is_empty(), "bytes reached the model host without an intent: {unannounced:?}");

    assert!(store.owed(10).await.unwrap().is_empty(), "entries are still owed to the log");
    let log = DiskLog::open(folder.join("log")).unwrap();
    let vkey = std::fs::read_to_string(folder.join("log.vkey")).unwrap().parse().unwrap();
    let report = verify_log(&|path: &str| log.read(path), &[vkey], None, &mut |_, _| {}).unwrap();
    assert_eq!(report.commitments, calls.len() as u64, "one commitment a call");
    let unknown = calls.iter().filter(|call| matches!(call.outcome, Some((_, OutcomeKind::Unknown, _)))).count();
    println!(
        "{ROUNDS} kills: {} intents, {} delivered answers, {unknown} unknown outcomes, {} log entries verified",
        calls.len(),
        delivered.len(),
        report.checkpoint.size
    );
}

fn marks(sent: &Value) -> Vec<String> {
    let messages = sent.as_array().map(Vec::as_slice).unwrap_or_default();
    let texts = messages.iter().filter_map(|message| message["content"].as_str());
    texts.filter_map(|text| text.split_whitespace().next()).map(str::to_owned).collect()
}
