//! A node in small: a real database, a clock that moves when told.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use gouvernail_footprint::ZoneTable;
use gouvernail_gateway::{Gateway, Hosts, Setup};
use gouvernail_local_model::Status;
use gouvernail_register::Rules;
use gouvernail_store::{Ambient, Journal, Live, Sequencer, Store};
use gouvernail_tlog::checkpoint::Checkpoint;
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::note::Signer;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::watch;
use tower::ServiceExt;

use super::health::Health;
use super::metrics::Metrics;
use super::vitals::{Lag, Pulse, Vitals};

const ORIGIN: &str = "commune.example/journal";

struct Node {
    health: Health,
    folder: tempfile::TempDir,
    clock: Arc<AtomicI64>,
    live: Arc<Live>,
    pulse: Pulse,
    engine: watch::Sender<Status>,
    sequencer: Sequencer,
    metrics: axum::Router,
}

fn signer() -> Signer {
    Signer::from_seed(ORIGIN, &[3; 32]).unwrap()
}

impl Node {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::connect(&format!("sqlite:{}", folder.path().join("store.db").display())).await.unwrap();
        let clock = Arc::new(AtomicI64::new("2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap().as_microsecond()));
        let time = Arc::clone(&clock);
        let ambient = Ambient::new(move || Timestamp::from_microsecond(time.load(Ordering::SeqCst)).unwrap(), |b| b.fill(7));
        let live = Live::open(store.clone(), ambient.clone()).await.unwrap();
        let (rules, journal) = (Arc::new(Rules::shipped().unwrap()), Journal::start(store.clone()));
        let log = DiskLog::open(folder.path().join("log")).unwrap();
        let day = SignedDuration::from_hours(24);
        let sequencer = Sequencer::open(store.clone(), log, signer(), ambient.clone(), day).await.unwrap();
        let health = Health::default();
        let metrics = Metrics::new(&health, ambient.now());
        let gateway = Gateway::new(Setup {
            config: crate::serve::limits(&toml::from_str(crate::config::EXAMPLE).unwrap()).unwrap(),
            rules: Arc::clone(&rules),
            live: Arc::clone(&live),
            store,
            journal: journal.clone(),
            ambient: ambient.clone(),
            hosts: Hosts::new(),
            client: crate::edge::http_client().unwrap(),
            zones: ZoneTable::embedded().unwrap(),
            language: Arc::default(),
            measures: metrics.measures.clone(),
            traces: None,
        });
        let (pulse, (engine, status)) = (Pulse::default(), watch::channel(Status::Ready));
        health.started(Vitals {
            gateway,
            live: Arc::clone(&live),
            rules,
            journal,
            pulse: pulse.clone(),
            log: sequencer.health(),
            lag: Lag::default(),
            engine: Some(status),
            ambient,
        });
        Self { metrics: metrics.routes(&health), health, folder, clock, live, pulse, engine, sequencer }
    }

    fn later(&self, time: SignedDuration) {
        self.clock.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }

    async fn ready(&self) -> (StatusCode, Value) {
        ready(&self.health).await
    }
}

async fn get(routes: axum::Router, path: &str, accept: &str) -> (StatusCode, String) {
    let request = Request::get(path).header("accept", accept).body(Body::empty()).unwrap();
    let answer = routes.oneshot(request).await.unwrap();
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn ready(health: &Health) -> (StatusCode, Value) {
    let (status, body) = get(health.routes(), "/ready", "*/*").await;
    assert_eq!(get(health.routes(), "/health", "*/*").await, (StatusCode::OK, "alive\n".to_owned()), "alive always");
    (status, serde_json::from_str(&body).unwrap())
}

#[tokio::test]
async fn a_node_that_is_not_made_yet_is_starting_and_answers_nothing_else() {
    let health = Health::default();
    let (status, said) = ready(&health).await;
    assert_eq!((status, said["status"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("starting")));
    for path in ["/", "/v1/chat/completions"] {
        assert_eq!(get(health.routes_of_a_start(), path, "*/*").await.0, StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
}

#[tokio::test]
async fn a_node_is_ready_only_while_the_register_is_confirmed() {
    let node = Node::new().await;
    let (status, said) = node.ready().await;
    assert_eq!((status, said["status"].as_str()), (StatusCode::OK, Some("ready")), "{said}");
    for check in ["store", "register", "journal", "log", "rules", "engine"] {
        assert_eq!(said["checks"][check]["ok"], true, "{check}: {said}");
    }
    node.later(SignedDuration::from_secs(4));
    let (status, said) = node.ready().await;
    assert_eq!((status, said["status"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("failing")));
    assert_eq!((&said["checks"]["store"]["ok"], &said["checks"]["journal"]["ok"]), (&Value::from(false), &Value::from(true)));
    node.live.refresh().await.unwrap();
    assert_eq!(node.ready().await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_journal_that_cannot_be_written_is_not_ready_and_comes_back() {
    let node = Node::new().await;
    let now = || Timestamp::from_microsecond(node.clock.load(Ordering::SeqCst)).unwrap();
    node.pulse.beat(false, now());
    let (status, said) = node.ready().await;
    assert_eq!((status, &said["checks"]["journal"]["ok"]), (StatusCode::SERVICE_UNAVAILABLE, &Value::from(false)));
    node.pulse.beat(true, now());
    assert_eq!(node.ready().await.0, StatusCode::OK);
}

#[tokio::test]
async fn an_engine_that_fails_is_shown_and_does_not_take_the_pages_away() {
    let node = Node::new().await;
    node.engine.send_replace(Status::Failed { reason: "it died in /secret/path".into() });
    let (status, said) = node.ready().await;
    assert_eq!((status, said["status"].as_str()), (StatusCode::OK, Some("degraded")));
    assert_eq!((&said["checks"]["engine"]["ok"], &said["checks"]["engine"]["fatal"]), (&Value::from(false), &Value::from(false)));
    assert!(!said.to_string().contains("secret"), "{said}");
}

#[tokio::test]
async fn a_node_that_stops_is_not_ready_at_once() {
    let node = Node::new().await;
    node.health.stopping();
    let (status, said) = node.ready().await;
    assert_eq!((status, said["status"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("stopping")));
}

#[tokio::test]
async fn a_log_that_must_not_grow_says_so_where_operators_look() {
    let node = Node::new().await;
    // A published checkpoint that the database does not know: one of the two was restored.
    let ahead = Checkpoint::sign(10_000, [1; 32], &signer()).unwrap();
    std::fs::write(node.folder.path().join("log/checkpoint"), ahead.to_string()).unwrap();
    assert_eq!(node.ready().await.0, StatusCode::OK);
    let Node { health, sequencer, metrics, folder: _folder, .. } = node;
    tokio::time::timeout(Duration::from_secs(20), sequencer.run(Duration::ZERO)).await.expect("it stops");
    let (status, said) = ready(&health).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(said["checks"]["log"]["stopped"].as_str().unwrap().contains("restore"), "{said}");
    assert!(get(metrics, "/metrics", "*/*").await.1.contains("gouvernail_log_stopped 1"));
}

#[tokio::test]
async fn metrics_are_written_in_the_format_that_is_accepted() {
    let node = Node::new().await;
    let (_, old) = get(node.metrics.clone(), "/metrics", "text/plain").await;
    let (_, new) = get(node.metrics.clone(), "/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5").await;
    assert!(!old.contains("# EOF") && new.ends_with("# EOF\n"));
    for text in [&old, &new] {
        for series in [
            "gouvernail_build_info{version=",
            "process_cpu_seconds_total ",
            "process_resident_memory_bytes ",
            "process_start_time_seconds ",
            "process_open_fds ",
            "gouvernail_calls_in_flight 0",
            "gouvernail_journal_queue 0",
            "gouvernail_journal_commit_seconds_count 0",
            "gouvernail_register_silence_seconds 0",
            "gouvernail_log_stopped 0",
            "gouvernail_engine_ready 1",
        ] {
            assert!(text.lines().any(|line| line.starts_with(series)), "no {series} in:\n{text}");
        }
        assert!(!text.contains("gouvernail_log_owed_entries"), "what is not known yet is not shown as zero");
    }
}
