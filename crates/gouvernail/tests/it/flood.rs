//! Requests that are far too large: they are refused, and the program does not grow.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::program::{Received, free_port, host, http, ready, start};
use crate::world::{MODEL, configure, prepare};

/// What is sent at once, and the most that the program may grow by, whatever is sent, bytes. It keeps up to 4 MiB of a body, in
/// buffers that double as they fill.
const FLOOD: usize = 200 << 20;
const GROWTH: u64 = 64 << 20;

/// The most memory that a process has had so far, bytes.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() * 1024
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_megabytes_are_refused_in_flat_memory() {
    let folder = tempfile::tempdir().unwrap();
    let received = Received::default();
    let upstream = host(&received).await;
    let prepared = prepare(folder.path(), &upstream, 0).await;
    let port = free_port();
    let (config, base) = (configure(folder.path(), port), format!("http://127.0.0.1:{port}"));
    let client = http();
    let mut program = start(&config);
    ready(&client, &base).await;
    let send = async |body: reqwest::Body| {
        let request = client.post(format!("{base}/v1/chat/completions")).bearer_auth(&prepared.own_key).body(body);
        let answer = request.timeout(Duration::from_secs(60)).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap()["error"]["code"].take())
    };
    let honest = json!({ "model": MODEL, "messages": [{ "role": "user", "content": "bonjour" }] }).to_string();
    assert_eq!(send(honest.clone().into()).await.0, 200);
    let before = peak(program.id());
    let pieces = (0..FLOOD >> 16).map(|_| Ok::<_, std::io::Error>(vec![b'['; 1 << 16]));
    let flood = reqwest::Body::wrap_stream(futures_util::stream::iter(pieces));
    assert_eq!(send(flood).await, (413, json!("body_too_large")));
    for _ in 0..20 {
        assert_eq!(send("[".repeat(4 << 20).into()).await.0, 400, "as deep as it is long");
    }
    let grown = peak(program.id()) - before;
    assert_eq!(send(honest.into()).await.0, 200, "it still answers");
    assert!(grown < GROWTH, "it grew by {} MiB", grown >> 20);
    program.kill().unwrap();
    program.wait().unwrap();
}
