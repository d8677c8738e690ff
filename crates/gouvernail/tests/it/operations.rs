//! The program as whoever keeps it running sees it: probes, metrics, stops, reloads, logs.

use std::fs;
use std::path::PathBuf;
use std::process::Child;

use serde_json::{Value, json};

use crate::program::{Received, free_port, host, http, ready, start, stop};
use crate::world::{self, AGENT, MODEL, Prepared};

/// A program that serves, and what it takes to call it.
struct Running {
    folder: tempfile::TempDir,
    prepared: Prepared,
    config: PathBuf,
    base: String,
    metrics: String,
    client: reqwest::Client,
    received: Received,
    program: Option<Child>,
}

impl Running {
    async fn new() -> Self {
        let (folder, received) = (tempfile::tempdir().unwrap(), Received::default());
        let prepared = world::prepare(folder.path(), &host(&received).await, 1).await;
        let (port, metrics) = (free_port(), free_port());
        let config = world::configure(folder.path(), port);
        let text = fs::read_to_string(&config).unwrap();
        let on = text.replace("# metrics_listen = \"127.0.0.1:8301\"", &format!("metrics_listen = \"127.0.0.1:{metrics}\""));
        fs::write(&config, on).unwrap();
        let (base, metrics) = (format!("http://127.0.0.1:{port}"), format!("http://127.0.0.1:{metrics}"));
        let program = Some(start(&config));
        let running = Self { folder, prepared, config, base, metrics, client: http(), received, program };
        ready(&running.client, &running.base).await;
        running
    }

    /// One call on the case; status and body.
    async fn ask(&self, text: &str) -> (u16, Value) {
        let body = json!({ "model": MODEL, "messages": [{ "role": "user", "content": text }] });
        let request = self.client.post(format!("{}/v1/chat/completions", self.base)).bearer_auth(&self.prepared.files_key);
        let request = request.header("x-gouvernail-agent", AGENT).header("x-gouvernail-case", &self.prepared.cases[0]);
        let answer = request.json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn text(&self, url: String) -> (u16, String) {
        let answer = self.client.get(url).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    fn stop(mut self) {
        stop(self.program.take().unwrap());
    }
}

/// The value of a series, once it is there.
async fn series(running: &Running, wanted: &str) -> String {
    for _ in 0..600 {
        let (_, text) = running.text(format!("{}/metrics", running.metrics)).await;
        let found = text.lines().find_map(|line| line.strip_prefix(wanted)?.strip_prefix(' ').map(str::to_owned));
        if let Some(value) = found {
            return value;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no {wanted}");
}

#[tokio::test]
async fn metrics_are_read_on_their_own_port_and_never_on_the_public_one() {
    let running = Running::new().await;
    assert_eq!(running.ask("m1 bonjour").await.0, 200);
    let calls = format!("gouvernail_calls_total{{endpoint=\"chat\",system=\"{}\",outcome=\"completed\"}}", world::FILES);
    assert_eq!(series(&running, &calls).await, "1");
    assert_eq!(series(&running, "gouvernail_journal_batch_sum").await, "2.0");
    series(&running, "gouvernail_log_owed_entries").await;
    assert_eq!(running.text(format!("{}/metrics", running.base)).await.0, 404);
    let (status, said) = running.text(format!("{}/ready", running.base)).await;
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((status, said["status"].as_str()), (200, Some("ready")));
    assert_eq!(running.text(format!("{}/ready", running.metrics)).await.0, 200, "probes may stay off the public port");
    assert!(running.folder.path().exists() && running.config.exists() && running.received.lock().unwrap().contains("m1"));
    running.stop();
}
