//! `GET /metrics`, on a listener of its own: who reads it sees which systems call and how much, so it is not for the public.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::Router;
use axum::extract::State;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use gouvernail_gateway::Measures;
use gouvernail_store::Commit;
use jiff::Timestamp;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric, prometheus_text, text};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use tokio::net::TcpListener;

use super::health::Health;
use super::process::Own;
use super::traces::Counts;
use super::vitals::Vitals;

/// Content type of the OpenMetrics text format.
const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Seconds: a commit waits for the disk.
const COMMIT: [f64; 12] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
/// Acts written together.
const BATCH: [f64; 10] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];

/// Every metric of a node.
pub struct Metrics {
    registry: Registry,
    /// Those of the gateway.
    pub measures: Measures,
    /// Those of the journal.
    pub commits: Commits,
    /// Those of the traces.
    pub traces: Counts,
}

impl Metrics {
    /// Metrics of a node that began at `began` and tells how it is by `health`.
    pub fn new(health: &Health, began: Timestamp) -> Self {
        let mut registry = Registry::default();
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("gouvernail_build", "The program", version);
        let measures = Measures::register(&mut registry);
        let commits = Commits::register(&mut registry);
        let traces = Counts::default();
        registry.register("gouvernail_traces_sent", "Calls whose spans a collector took", traces.sent.clone());
        registry.register("gouvernail_traces_dropped", "Calls whose spans no collector took", traces.dropped.clone());
        registry.register_collector(Box::new(Node { health: health.clone(), began }));
        Self { registry, measures, commits, traces }
    }

    /// GET /metrics, and the probes. A scraper that accepts OpenMetrics gets it, another the older text format.
    pub fn routes(self, health: &Health) -> Router {
        let state = Arc::new(self.registry);
        Router::new().route("/metrics", get(show)).with_state(state).merge(health.routes())
    }
}

/// Serves metrics for as long as the program lives.
pub fn serve(listener: TcpListener, routes: Router) {
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, routes).await {
            tracing::error!(%error, "metrics are not served any more");
        }
    });
}

async fn show(State(registry): State<Arc<Registry>>, headers: HeaderMap) -> Response {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let modern = accepted.contains("application/openmetrics-text");
    let mut written = String::new();
    let (kind, result) = match modern {
        true => (OPENMETRICS, text::encode(&mut written, &registry)),
        false => (prometheus_text::CONTENT_TYPE, prometheus_text::encode(&mut written, &registry)),
    };
    match result {
        Ok(()) => ([(CONTENT_TYPE, kind)], written).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("the metrics cannot be written: {error}\n")).into_response(),
    }
}

/// Metrics of the journal; cheap to clone.
#[derive(Clone)]
pub struct Commits {
    took: Histogram,
    acts: Histogram,
    failed: Counter,
}

impl Commits {
    fn register(registry: &mut Registry) -> Self {
        let (took, acts, failed) = (Histogram::new(COMMIT), Histogram::new(BATCH), Counter::default());
        let help = "What the database took to make a batch of the journal durable";
        registry.register_with_unit("gouvernail_journal_commit", help, Unit::Seconds, took.clone());
        registry.register("gouvernail_journal_batch", "Acts written together", acts.clone());
        registry.register("gouvernail_journal_failures", "Batches that the database could not write", failed.clone());
        Self { took, acts, failed }
    }

    /// The journal tried to write.
    pub fn take(&self, commit: Commit) {
        self.took.observe(commit.took.as_secs_f64());
        self.acts.observe(commit.acts as f64);
        if !commit.written {
            self.failed.inc();
        }
    }
}

/// What is read at the moment of the scrape.
struct Node {
    health: Health,
    began: Timestamp,
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Node")
    }
}

impl Collector for Node {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        self.process(&mut encoder)?;
        match self.health.vitals() {
            Some(vitals) => node(vitals, &mut encoder),
            None => Ok(()),
        }
    }
}

impl Node {
    fn process(&self, encoder: &mut DescriptorEncoder) -> fmt::Result {
        let (own, seconds) = (Own::read(), Some(&Unit::Seconds));
        let began = Duration::from_micros(self.began.as_microsecond().unsigned_abs()).as_secs_f64();
        gauge(encoder, "process_start_time", "When this process began, since 1970", seconds, began)?;
        if let Some(cpu) = own.cpu_seconds {
            let help = "Processor time of this process";
            write(encoder, "process_cpu", help, seconds, &ConstCounter::new(cpu))?;
        }
        if let Some(bytes) = own.resident_bytes {
            gauge(encoder, "process_resident_memory", "Memory of this process", Some(&Unit::Bytes), bytes as f64)?;
        }
        if let Some(files) = own.open_files {
            gauge(encoder, "process_open_fds", "Open files and sockets of this process", None, files as f64)?;
        }
        Ok(())
    }
}

fn node(vitals: &Vitals, encoder: &mut DescriptorEncoder) -> fmt::Result {
    let (seconds, now) = (Some(&Unit::Seconds), vitals.ambient.now());
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    gauge(encoder, "gouvernail_calls_in_flight", "Calls under way", None, vitals.gateway.in_flight() as f64)?;
    let waiting = vitals.journal.waiting() as f64;
    gauge(encoder, "gouvernail_journal_queue", "Acts that wait to be written", None, waiting)?;
    let silence = vitals.silence().as_secs_f64().max(0.0);
    gauge(encoder, "gouvernail_register_silence", "Since the database last confirmed the register", seconds, silence)?;
    let epoch = vitals.live.snapshot().register.epoch as f64;
    gauge(encoder, "gouvernail_register_epoch", "Number of the last act of the register", None, epoch)?;
    gauge(encoder, "gouvernail_log_stopped", "1 when the public log stopped for good", None, flag(vitals.log.halted().is_some()))?;
    if let Some((owed, oldest)) = vitals.lag.get() {
        let lag = oldest.map_or(0.0, |since| now.duration_since(since).as_secs_f64().max(0.0));
        gauge(encoder, "gouvernail_log_owed_entries", "Entries that the public log does not hold yet", None, owed as f64)?;
        gauge(encoder, "gouvernail_log_lag", "Since the oldest of them was owed", seconds, lag)?;
    }
    match vitals.engine() {
        Some(state) => {
            gauge(encoder, "gouvernail_engine_ready", "1 when the embedded engine answers", None, flag(state == "ready"))
        }
        None => Ok(()),
    }
}

fn gauge(encoder: &mut DescriptorEncoder, name: &str, help: &str, unit: Option<&Unit>, value: f64) -> fmt::Result {
    write(encoder, name, help, unit, &ConstGauge::new(value))
}

fn write(encoder: &mut DescriptorEncoder, name: &str, help: &str, unit: Option<&Unit>, metric: &impl EncodeMetric) -> fmt::Result {
    metric.encode(encoder.encode_descriptor(name, help, unit, metric.metric_type())?)
}

/// Listens for scrapers at the address of the configuration.
///
/// # Errors
/// Says who else may be there.
pub async fn listen(address: std::net::SocketAddr) -> Result<TcpListener> {
    if !address.ip().is_loopback() {
        tracing::warn!(%address, "metrics are readable from other machines: let only your own scraper through");
    }
    crate::listen::bind(address).await
}
