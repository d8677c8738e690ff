//! The program as an operator runs it, and a model host before it.

use std::collections::HashSet;
use std::convert::Infallible;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use futures_util::StreamExt;
use gouvernail_store::Call;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// SHA-256 of each request body that reached the model host, in hexadecimal: what an intent says of what it announces.
pub type Received = Arc<Mutex<HashSet<String>>>;

/// A model host that notes what it receives, then answers at once or in a stream of some pieces.
pub async fn host(received: &Received) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().route("/v1/chat/completions", post(complete)).with_state(Arc::clone(received));
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/v1")
}

async fn complete(State(received): State<Received>, body: Bytes) -> Response {
    let request: Value = serde_json::from_slice(&body).unwrap();
    let asked = request["messages"][0]["content"].as_str().unwrap().to_owned();
    received.lock().unwrap().insert(hex::encode(Sha256::digest(&body)));
    let usage = json!({ "prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13 });
    if request["stream"] != true {
        let message = json!({ "role": "assistant", "content": format!("Voirie. {asked}") });
        let answer = json!({ "id": "c", "object": "chat.completion", "created": 1, "model": "m", "usage": usage,
            "choices": [{ "index": 0, "message": message, "finish_reason": "stop" }] });
        return axum::Json(answer).into_response();
    }
    let mut events: Vec<String> = asked.split_inclusive(' ').map(|word| chunk(&json!({ "content": word }), None)).collect();
    events.push(chunk(&json!({}), Some("stop")));
    events.push("data: [DONE]\n\n".to_owned());
    let paced = futures_util::stream::iter(events).then(async |event| {
        tokio::time::sleep(Duration::from_millis(2)).await;
        Ok::<_, Infallible>(Bytes::from(event))
    });
    ([(CONTENT_TYPE, "text/event-stream")], Body::from_stream(paced)).into_response()
}

fn chunk(delta: &Value, end: Option<&str>) -> String {
    let choice = json!({ "index": 0, "delta": delta, "finish_reason": end });
    let chunk = json!({ "id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice] });
    format!("data: {chunk}\n\n")
}

/// The request body that the intent of a call announced, as [`Received`] notes it.
pub fn announced(call: &Call) -> String {
    call.intent.body["sent_sha256"].as_str().unwrap().to_owned()
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Starts `gouvernail serve`; what it says on standard error can be read.
pub fn start(config: &Path) -> Child {
    start_saying("error", config)
}

/// The same at another level of the log; none leaves it to the configuration.
pub fn start_saying(level: &str, config: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_gouvernail"))
        .args(["serve", "--config"])
        .arg(config)
        .env("GOUVERNAIL_LOG", level)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

pub async fn ready(client: &reqwest::Client, base: &str) {
    for _ in 0..600 {
        if client.get(format!("{base}/ready")).send().await.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the program did not become ready");
}

/// Sends the program a signal.
pub fn signal(program: &Child, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &program.id().to_string()]).status().unwrap().success());
}

/// Asks the program to stop, and checks that it does so cleanly.
pub fn stop(mut program: Child) {
    signal(&program, "TERM");
    assert!(program.wait().unwrap().success(), "the program must stop cleanly when asked");
}

pub fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}
