//! A model host on the loopback: it remembers what it received, and answers as it is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::sleep;

/// One request, as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    pub path: String,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// Content of the last message.
    pub fn content(&self) -> String {
        self.json()["messages"].as_array().unwrap().last().unwrap()["content"].as_str().unwrap().to_owned()
    }
}

type Behaviour = Arc<dyn Fn(Received) -> BoxFuture<'static, Response> + Send + Sync>;

/// The host.
#[derive(Clone)]
pub struct Host {
    pub url: String,
    shared: Arc<Shared>,
}

struct Shared {
    received: Mutex<Vec<Received>>,
    behaviour: Mutex<Behaviour>,
    /// Answers that ended or were dropped.
    over: watch::Sender<usize>,
}

/// Counts the end of an answer, however it ends.
struct Over(Arc<Shared>);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.over.send_modify(|count| *count += 1);
    }
}

impl Host {
    pub async fn serve() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let behaviour: Behaviour = Arc::new(|_| Box::pin(async { StatusCode::NOT_IMPLEMENTED.into_response() }));
        let shared = Arc::new(Shared { received: Mutex::default(), behaviour: Mutex::new(behaviour), over: watch::Sender::new(0) });
        let app = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { url, shared }
    }

    /// What arrived so far.
    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    /// The one request that arrived.
    pub fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "requests that reached the host");
        received.into_iter().next().unwrap()
    }

    /// Waits until `count` requests arrived.
    pub async fn wait_for(&self, count: usize) {
        tokio::time::timeout(Duration::from_secs(20), async {
            while self.received().len() < count {
                sleep(Duration::from_millis(5)).await;
            }
        })
        .await
        .expect("the host was not called");
    }

    /// Waits until `count` answers have ended, or were broken off by whoever asked.
    pub async fn wait_over(&self, count: usize) {
        let mut over = self.shared.over.subscribe();
        tokio::time::timeout(Duration::from_secs(20), over.wait_for(|ended| *ended >= count))
            .await
            .expect("the answer goes on")
            .unwrap();
    }

    pub fn answers<F>(&self, behaviour: impl Fn(Received) -> F + Send + Sync + 'static)
    where
        F: Future<Output = Response> + Send + 'static,
    {
        *self.shared.behaviour.lock().unwrap() = Arc::new(move |received| Box::pin(behaviour(received)));
    }

    /// Answers this JSON.
    pub fn json(&self, body: &str) {
        self.status(StatusCode::OK, body);
    }

    pub fn status(&self, status: StatusCode, body: &str) {
        let body = body.to_owned();
        self.answers(move |_| {
            let body = body.clone();
            async move { (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response() }
        });
    }

    /// Answers in one piece with what it was sent last, placeholders and all.
    pub fn echo(&self) {
        self.answers(|received| async move {
            let completion = completion(&received.content(), received.json()["model"].as_str().unwrap());
            ([(header::CONTENT_TYPE, "application/json")], completion).into_response()
        });
    }

    /// Streams these pieces, waiting before each.
    pub fn streams(&self, pieces: Vec<Vec<u8>>, gap: Duration) {
        self.answers(move |_| {
            let pieces = pieces.clone();
            async move { stream(pieces, gap, false) }
        });
    }

    /// Streams these pieces, then breaks the connection.
    pub fn dies_after(&self, pieces: Vec<Vec<u8>>) {
        self.answers(move |_| {
            let pieces = pieces.clone();
            async move { stream(pieces, Duration::ZERO, true) }
        });
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: axum::extract::Request) -> Response {
    let over = Over(Arc::clone(&shared));
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let received = Received { path: parts.uri.path().to_owned(), headers: parts.headers, bytes };
    shared.received.lock().unwrap().push(received.clone());
    let behaviour = shared.behaviour.lock().unwrap().clone();
    let (head, body) = behaviour(received).await.into_parts();
    // The guard travels with the body, so that a connection that closes is seen.
    let body = body.into_data_stream().map(move |piece| {
        let _held = &over;
        piece
    });
    Response::from_parts(head, Body::from_stream(body))
}

pub fn stream(pieces: Vec<Vec<u8>>, gap: Duration, die: bool) -> Response {
    let pieces = pieces.into_iter().map(|piece| Ok(Bytes::from(piece)));
    let end = die.then(|| Err(std::io::Error::other("the host died")));
    let body = futures_util::stream::iter(pieces.chain(end)).then(move |piece| async move {
        match gap {
            // Lets the server write what it has, so that pieces stay apart.
            Duration::ZERO => tokio::task::yield_now().await,
            gap => sleep(gap).await,
        }
        piece
    });
    ([(header::CONTENT_TYPE, "text/event-stream"), (header::SERVER, "a model host")], Body::from_stream(body)).into_response()
}

/// A completion as a host writes it, with fields that nobody here knows.
pub fn completion(content: &str, model: &str) -> String {
    let content = Value::from(content);
    format!(
        r#"{{"id":"chatcmpl-1", "object":"chat.completion","created":1795472709,"model":"/models/{model}.gguf","choices":[{{"index":0,"message":{{"role":"assistant","content":{content}}},"logprobs":null,"finish_reason":"stop"}}],"usage":{{"prompt_tokens":36,"completion_tokens":3,"total_tokens":39}},"timings":{{"predicted_ms":413.0790}}}}"#
    )
}

/// One event of a stream: a chunk of choice 0.
pub fn chunk(delta: &Value, finish: Option<&str>) -> String {
    let finish = Value::from(finish);
    format!(
        "data: {{\"id\":\"chatcmpl-1\", \"object\":\"chat.completion.chunk\",\"created\":1795472710,\"model\":\"petit\",\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":{finish}}}]}}\n\n"
    )
}

pub fn say(text: &str) -> String {
    chunk(&json!({ "content": text }), None)
}

pub fn usage() -> String {
    "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":\"petit\",\"choices\":[],\"usage\":{\"prompt_tokens\":36,\"completion_tokens\":7,\"total_tokens\":43}}\n\n".to_owned()
}

/// A whole stream that says `texts`, with usage, as llama.cpp sends it.
pub fn speech(texts: &[&str]) -> Vec<String> {
    let mut events = vec![chunk(&json!({ "role": "assistant", "content": null }), None)];
    events.extend(texts.iter().map(|text| say(text)));
    events.extend([chunk(&json!({}), Some("stop")), usage(), "data: [DONE]\n\n".to_owned()]);
    events
}

pub fn pieces(events: &[String]) -> Vec<Vec<u8>> {
    events.iter().map(|event| event.clone().into_bytes()).collect()
}
