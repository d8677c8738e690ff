//! Traces, sent to a collector by OTLP over HTTP as JSON, off the road of the calls: a collector that is slow or down costs
//! spans, which are counted, and never a call.

use std::time::Duration;

use gouvernail_gateway::{Report, Traces};
use gouvernail_store::Ambient;
use prometheus_client::metrics::counter::Counter;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::spans;
use crate::config::Telemetry;

/// Calls that may wait to be sent; past it, they are dropped.
const QUEUE: usize = 2048;
/// Calls sent together.
const BATCH: usize = 256;
/// How long calls are gathered.
const GATHER: Duration = Duration::from_secs(1);
/// How long a collector may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a collector that failed is left alone.
const REST: Duration = Duration::from_secs(5);

/// Calls whose spans were sent, and those whose were not. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Sent.
    pub sent: Counter,
    /// Dropped.
    pub dropped: Counter,
}

/// The task that sends.
pub struct Exporter {
    task: JoinHandle<()>,
    stop: oneshot::Sender<()>,
}

impl Exporter {
    /// Starts sending, when the configuration names a collector.
    pub fn start(config: &Telemetry, client: reqwest::Client, ambient: Ambient, counts: Counts) -> Option<(Self, Traces)> {
        if config.otlp_endpoint.is_empty() {
            return None;
        }
        let (queue, calls) = mpsc::channel(QUEUE);
        let dropped = counts.dropped.clone();
        let url = format!("{}/v1/traces", config.otlp_endpoint.trim_end_matches('/'));
        let sender = Sender { url, client, ambient, counts, failing: false };
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(sender.run(calls, stopped));
        Some((Self { task, stop }, Traces { queue, dropped, to_hosts: config.traceparent_to_hosts, share: config.trace_share }))
    }

    /// Sends what is left, for a moment.
    pub async fn stop(self) {
        // An error means that the task has already ended.
        let _ = self.stop.send(());
        let _ = timeout(PATIENCE, self.task).await;
    }
}

struct Sender {
    url: String,
    client: reqwest::Client,
    ambient: Ambient,
    counts: Counts,
    failing: bool,
}

impl Sender {
    async fn run(mut self, mut calls: mpsc::Receiver<Report>, mut stopped: oneshot::Receiver<()>) {
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let stopping = tokio::select! {
                () = gather(&mut calls, &mut batch) => false,
                _ = &mut stopped => true,
            };
            while stopping && batch.len() < QUEUE {
                let Ok(call) = calls.try_recv() else { break };
                batch.push(call);
            }
            if !batch.is_empty() {
                self.send(&batch).await;
                batch.clear();
            }
            if stopping {
                return;
            }
            if self.failing {
                tokio::select! {
                    () = sleep(REST) => {}
                    _ = &mut stopped => {
                        self.counts.dropped.inc_by(calls.len() as u64);
                        return;
                    }
                }
            }
        }
    }

    async fn send(&mut self, batch: &[Report]) {
        let calls = batch.len() as u64;
        let request = self.client.post(&self.url).timeout(PATIENCE).json(&spans::request(batch, &self.ambient));
        let failed = match request.send().await {
            Ok(answer) if answer.status().is_success() => None,
            Ok(answer) => Some(format!("it answered HTTP {}", answer.status().as_u16())),
            // Without its address, which may hold a password.
            Err(error) => Some(error.without_url().to_string()),
        };
        match &failed {
            None => self.counts.sent.inc_by(calls),
            Some(_) => self.counts.dropped.inc_by(calls),
        };
        if let (Some(why), false) = (&failed, self.failing) {
            tracing::warn!(why, "the collector of traces does not take them; they are dropped until it does");
        }
        self.failing = failed.is_some();
    }
}

/// Waits for a call, then a moment more for others. What it took is in `batch` even when it is not waited for to the end.
async fn gather(calls: &mut mpsc::Receiver<Report>, batch: &mut Vec<Report>) {
    match calls.recv().await {
        Some(first) => batch.push(first),
        // The gateway is gone: the word to stop comes next.
        None => std::future::pending().await,
    }
    sleep(GATHER).await;
    while batch.len() < BATCH {
        let Ok(call) = calls.try_recv() else { break };
        batch.push(call);
    }
}
