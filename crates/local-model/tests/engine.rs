//! The supervisor with programs that fail, and with the real engine and a real model.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use gouvernail_local_model::evaluation::Evaluation;
use gouvernail_local_model::{EngineConfig, EngineError, Manifest, ProcessUsage, Status, Supervisor};
use tokio::time::timeout;

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

fn config(command: &[&str], model_path: &Path) -> EngineConfig {
    EngineConfig {
        command: command.iter().map(ToString::to_string).collect(),
        model_path: model_path.to_owned(),
        host: "127.0.0.1".to_owned(),
        port: 0,
        threads: 1,
        ready_timeout: Duration::from_secs(60),
    }
}

/// Stands for weights where the engine never reads them.
fn some_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models.toml")
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The real engine with the smallest model, when the cache has both.
fn real(test: &str) -> Option<EngineConfig> {
    let cache = std::env::var_os("GOUVERNAIL_CACHE").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/gouvernail")))?;
    let weights = Manifest::builtin().unwrap().model("smollm2").unwrap().path_in(&cache);
    if !weights.is_file() || !cache.join("engine/bin/python").exists() {
        println!("skipped: {test}: run scripts/fetch-engine and scripts/fetch-model smollm2");
        return None;
    }
    Some(config(&[root("scripts/engine").to_str().unwrap()], &weights))
}

#[tokio::test]
async fn what_is_missing_is_said_at_once() {
    let start = |config| Supervisor::start(config, client()).unwrap_err();
    let missing = start(config(&["true"], Path::new("no-such.gguf")));
    assert!(missing.to_string().contains("no-such.gguf") && missing.to_string().contains("fetch-model"));
    assert!(matches!(start(config(&[], &some_file())), EngineError::NoCommand));
    let command = start(config(&["no-such-engine"], &some_file())).to_string();
    assert!(command.contains("no-such-engine") && command.contains("fetch-engine"), "{command}");

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let address = start(EngineConfig { port, ..config(&["true"], &some_file()) }).to_string();
    assert!(address.contains(&port.to_string()) && address.contains("another"), "{address}");
}

#[tokio::test]
async fn an_engine_that_dies_tells_why_and_is_tried_again() {
    let words = ["sh", "-c", "echo out of luck >&2; exit 3"];
    let engine = Supervisor::start(config(&words, &some_file()), client()).unwrap();
    let error = engine.ready().await.unwrap_err().to_string();
    assert!(error.contains("exit status: 3") && error.contains("out of luck"), "{error}");
    let mut status = engine.status();
    timeout(Duration::from_secs(5), status.wait_for(|s| *s == Status::Starting)).await.unwrap().unwrap();
    engine.stop().await;
    assert_eq!(*status.borrow(), Status::Stopped);
}

#[tokio::test]
async fn an_engine_that_never_answers_is_given_up() {
    let slow = EngineConfig { ready_timeout: Duration::from_millis(300), ..config(&["sh", "-c", "exec sleep 60"], &some_file()) };
    let engine = Supervisor::start(slow, client()).unwrap();
    let process = engine.process().unwrap();
    let error = engine.ready().await.unwrap_err().to_string();
    assert!(error.contains("300ms"), "{error}");
    assert_eq!(ProcessUsage::of(process), None, "the slow process was left running");
}

#[tokio::test]
async fn the_real_engine_answers_and_comes_back_after_kill_9() {
    let Some(config) = real("the real engine") else { return };
    let client = client();
    let engine = Supervisor::start(config, client.clone()).unwrap();
    engine.ready().await.unwrap();

    let evaluation = Evaluation::load(&root("evaluations/orientation-courrier.toml")).unwrap();
    let first = Evaluation { requests: evaluation.requests[..2].to_vec(), ..evaluation };
    let report = first.run(engine.base_url(), "smollm2", &client).await.unwrap();
    assert_eq!(report.total, 2);
    assert!(report.items.iter().all(|item| item.answer.is_some()), "the schema was not applied: {report:?}");

    let process = engine.process().unwrap();
    assert!(ProcessUsage::of(process).unwrap().cpu_seconds > 0.0);
    let mut status = engine.status();
    assert!(Command::new("kill").args(["-9", &process.to_string()]).status().unwrap().success());
    let failed = timeout(Duration::from_secs(5), status.wait_for(|s| matches!(s, Status::Failed { .. }))).await;
    assert!(format!("{:?}", *failed.unwrap().unwrap()).contains("signal: 9"));
    timeout(Duration::from_secs(30), status.wait_for(|s| *s == Status::Ready)).await.unwrap().unwrap();
    assert_ne!(engine.process(), Some(process));
    first.run(engine.base_url(), "smollm2", &client).await.unwrap();

    let last = engine.process().unwrap();
    engine.stop().await;
    assert_eq!(ProcessUsage::of(last), None, "the engine outlived its supervisor");
}
