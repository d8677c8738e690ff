//! What no honest client sends: each is told what is wrong, nothing of it reaches a model host, nothing of it is recorded.

use std::time::Duration;

use reqwest::Response;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::host::completion;
use crate::world::{Wish, World, message};

/// The code and the message of an error in OpenAI's shape.
async fn told(response: Response) -> (u16, String, String) {
    let status = response.status().as_u16();
    let error = response.json::<Value>().await.expect("JSON")["error"].take();
    let text = |field: &str| error[field].as_str().expect(field).to_owned();
    (status, text("code"), text("message"))
}

async fn nothing_happened(world: &World) {
    assert!(world.host.received().is_empty(), "nothing reached the host");
    assert_eq!(world.commitments().await, 0, "nothing is recorded");
    assert!(world.store.recent_calls(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_body_that_is_no_request_is_named() {
    let world = World::new().await;
    let nested = |open: &str, close: &str| {
        format!(r#"{{"model":"petit","messages":[],"x":{}{}}}"#, open.repeat(100_000), close.repeat(100_000))
    };
    let whole = message("bonjour").to_string();
    let mut utf8 = whole.clone().into_bytes();
    utf8.insert(whole.find("bonjour").unwrap(), 0xff);
    let utf16: Vec<u8> = whole.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "send it whole"),
        ("cut", whole.as_bytes()[..whole.len() / 2].to_vec(), "send it whole"),
        ("two", [whole.as_bytes(), whole.as_bytes()].concat(), "trailing characters"),
        ("arrays", nested("[", "]").into_bytes(), "flatten it"),
        ("objects", nested("{\"a\":", "}").into_bytes(), "flatten it"),
        ("not UTF-8", utf8, "write it in UTF-8"),
        ("UTF-16", utf16, "send one JSON object"),
        ("half a surrogate", whole.replace("bonjour", "\\ud800").into_bytes(), "hex escape"),
        ("a number without end", br#"{"model":"petit","messages":[],"temperature":1e999}"#.to_vec(), "write a smaller one"),
        ("a string", b"\"bonjour\"".to_vec(), "JSON object"),
        ("a form", b"model=petit&messages=bonjour".to_vec(), "send one JSON object"),
        ("half an answer", whole.replacen('{', "{\"n\":0.5,", 1).into_bytes(), "from 1 to 128"),
        ("a million answers", whole.replacen('{', "{\"n\":1000000,", 1).into_bytes(), "from 1 to 128"),
        ("an absurd bound", whole.replacen('{', "{\"max_tokens\":1e300,", 1).into_bytes(), "`max_tokens` must be a whole number"),
        ("no messages", br#"{"model":"petit"}"#.to_vec(), "`messages`"),
        ("messages of another kind", br#"{"model":"petit","messages":{"role":"user"}}"#.to_vec(), "`messages`"),
    ];
    for (name, body, expected) in cases {
        let response = world.post(&world.redaction).header("content-type", "application/json").body(body).send().await.unwrap();
        let (status, code, said) = told(response).await;
        assert_eq!((status, code.as_str()), (400, "invalid_request"), "{name}: {said}");
        assert!(said.contains(expected), "{name}: {said}");
    }
    let form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\npetit\r\n--b--\r\n";
    let form = world.post(&world.redaction).header("content-type", "multipart/form-data; boundary=b").body(form);
    let (status, _, said) = told(form.send().await.unwrap()).await;
    assert!(status == 400 && said.contains("send one JSON object"), "{said}");
    let sound = world.client.post(format!("{}/v1/audio/transcriptions", world.address)).bearer_auth(&world.redaction);
    let (status, _, said) = told(sound.json(&message("bonjour")).send().await.unwrap()).await;
    assert!(status == 400 && said.contains("multipart/form-data"), "{said}");
    let packed = world.post(&world.redaction).header("content-encoding", "gzip").body(vec![0x1f, 0x8b]);
    let (status, _, said) = told(packed.send().await.unwrap()).await;
    assert!(status == 400 && said.contains("Content-Encoding"), "{said}");
    nothing_happened(&world).await;
}

#[tokio::test]
async fn an_unknown_model_is_refused_with_what_to_ask_instead() {
    let world = World::new().await;
    let mut body = message("bonjour");
    for model in ["gpt-9", "../petit", "petit\u{0}"] {
        body["model"] = model.into();
        let (status, code, _) = told(world.ask(&body).send().await.unwrap()).await;
        assert_eq!((status, code.as_str()), (403, "refused_by_mandate"), "{model:?}");
    }
    assert!(world.host.received().is_empty());
}

#[tokio::test]
async fn what_is_too_large_is_told_even_to_who_sends_it_all_first() {
    let world = World::new().await;
    for (name, announced) in [("announced", true), ("in pieces", false)] {
        let piece = vec![b' '; 1 << 20];
        let body = if announced {
            reqwest::Body::from(vec![b' '; 8 << 20])
        } else {
            reqwest::Body::wrap_stream(futures_util::stream::iter((0..8).map(move |_| Ok::<_, std::io::Error>(piece.clone()))))
        };
        let (status, code, said) = told(world.post(&world.redaction).body(body).send().await.unwrap()).await;
        assert_eq!((status, code.as_str()), (413, "body_too_large"), "{name}");
        assert!(said.contains("1048576 bytes"), "{said}");
    }
    // Who asks before sending is told before sending.
    let head = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Length: 209715200\r\nExpect: 100-continue\r\n\r\n",
        world.redaction
    );
    assert!(raw(&world, head.as_bytes()).await.starts_with("HTTP/1.1 413"));
    nothing_happened(&world).await;
}

#[tokio::test]
async fn what_is_said_twice_is_not_believed_once() {
    let world = World::new().await;
    world.host.json(&completion("bonjour", "qwen"));
    let key = format!("Bearer {}", world.redaction);
    for (name, value) in [
        ("authorization", key.as_str()),
        ("x-gouvernail-agent", "autre@commune.example"),
        ("x-gouvernail-timeout", "5"),
        ("content-type", "text/plain"),
    ] {
        let twice = world.ask(&message("bonjour")).header(name, value).header(name, value);
        let (status, _, said) = told(twice.send().await.unwrap()).await;
        assert!(status == 400 && said.contains(name), "{name}: {said}");
    }
    nothing_happened(&world).await;
    // In JSON the last one counts, for what is judged and for what is sent: the host reads one of each.
    let body = r#"{"model":"autre","model":"petit","messages":[{"role":"user","content":"a"}],"messages":[{"role":"user","content":"b"}]}"#;
    let response = world.post(&world.redaction).header("content-type", "application/json").body(body).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let sent = world.host.only();
    assert_eq!((sent.text().matches("\"messages\"").count(), sent.content().as_str()), (1, "b"));
}

/// What the gateway answers to these bytes, until it closes or is silent for a second.
async fn raw(world: &World, bytes: &[u8]) -> String {
    let mut wire = TcpStream::connect(world.address.strip_prefix("http://").unwrap()).await.unwrap();
    wire.write_all(bytes).await.unwrap();
    let (mut answer, mut piece) = (Vec::new(), [0; 4096]);
    while let Ok(Ok(read @ 1..)) = tokio::time::timeout(Duration::from_secs(1), wire.read(&mut piece)).await {
        answer.extend_from_slice(&piece[..read]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_request_inside_a_request_is_not_carried_out() {
    let world = World::new().await;
    world.host.json(&completion("bonjour", "qwen"));
    let body = message("clandestin").to_string();
    let inner = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nX-Gouvernail-Agent: agnes@commune.example\r\nContent-Length: {}\r\n\r\n{body}",
        world.redaction,
        body.len()
    );
    let head = format!("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n", world.redaction);
    for (name, outer) in [
        ("two lengths", format!("{head}Content-Length: 0\r\nContent-Length: {}\r\n\r\n", inner.len())),
        ("a list of lengths", format!("{head}Content-Length: 0, {}\r\n\r\n", inner.len())),
        ("a signed length", format!("{head}Content-Length: +0\r\n\r\n")),
        ("a space before the colon", format!("{head}Content-Length : 0\r\n\r\n")),
        ("a folded line", format!("{head}X-A: b\r\n Content-Length: 0\r\n\r\n")),
        ("a NUL", format!("{head}X-A: b\0c\r\nContent-Length: 0\r\n\r\n")),
        ("a bare CR", format!("{head}X-A: b\rContent-Length: 0\r\n\r\n")),
        ("chunked twice over", format!("{head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")),
        ("a chunk that lies", format!("{head}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n")),
        ("HTTP/1.0 in chunks", format!("{head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").replace("HTTP/1.1", "HTTP/1.0")),
    ] {
        let answer = raw(&world, format!("{outer}{inner}").as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 400") || answer.starts_with("HTTP/1.0 400") || answer.is_empty(), "{name}: {answer}");
        assert!(!answer.contains("bonjour"), "{name}: {answer}");
    }
    nothing_happened(&world).await;
}

/// A chat whose lines end with `end`.
fn request(world: &World, end: &str, content_type: &str) -> String {
    let body = message("bonjour").to_string();
    let (key, length) = (&world.redaction, body.len());
    let lines = [
        "POST /v1/chat/completions HTTP/1.1".to_owned(),
        "Host: x".to_owned(),
        format!("Authorization: Bearer {key}"),
        "X-Gouvernail-Agent: agnes@commune.example".to_owned(),
        format!("Content-Type: {content_type}"),
        "Connection: close".to_owned(),
        format!("Content-Length: {length}"),
    ];
    format!("{}{end}{end}{body}", lines.join(end))
}

#[tokio::test]
async fn a_bare_line_feed_ends_a_line_and_a_type_that_lies_changes_nothing() {
    let world = World::new().await;
    world.host.json(&completion("bonjour", "qwen"));
    // RFC 9112 §2.2 lets a line feed alone end a line: the same request, read once. curl's own type is a form's.
    for (end, content_type) in
        [("\n", "application/json"), ("\r\n", "application/x-www-form-urlencoded"), ("\r\n", "text/xml; charset=utf-16")]
    {
        let answer = raw(&world, request(&world, end, content_type).as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.matches("HTTP/1.1 ").count() == 1, "{content_type}: {answer}");
    }
    let received = world.host.received();
    assert_eq!(received.len(), 3);
    for received in received {
        assert_eq!(
            (received.content().as_str(), received.headers["content-type"].as_bytes()),
            ("bonjour", &b"application/json"[..])
        );
    }
}

#[tokio::test]
async fn a_body_that_never_ends_is_not_waited_for_longer_than_a_call() {
    let mut wish = Wish::default();
    wish.config.deadline = Duration::from_millis(300);
    let world = World::with(wish).await;
    let whole = request(&world, "\r\n", "application/json");
    let mut wire = TcpStream::connect(world.address.strip_prefix("http://").unwrap()).await.unwrap();
    wire.write_all(&whole.as_bytes()[..whole.len() - 5]).await.unwrap();
    let mut answer = String::new();
    wire.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 504") && answer.contains("deadline_exceeded"), "{answer}");
    nothing_happened(&world).await;
}

#[tokio::test]
async fn a_length_beside_chunks_leads_to_one_reading() {
    let world = World::new().await;
    world.host.json(&completion("bonjour", "qwen"));
    let body = message("bonjour").to_string();
    let request = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nX-Gouvernail-Agent: agnes@commune.example\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        world.redaction,
        body.len()
    );
    let answer = raw(&world, request.as_bytes()).await;
    // RFC 9112 §6.3: the chunks count, or the request is refused. It is never read as two.
    assert!(answer.starts_with("HTTP/1.1 400") || answer.matches("HTTP/1.1 ").count() == 1, "{answer}");
    let sent: Vec<_> = world.host.received().iter().map(|received| received.json()["messages"].clone()).collect();
    assert!(sent.is_empty() || sent == [json!([{ "role": "user", "content": "bonjour" }])], "{sent:?}");
}
