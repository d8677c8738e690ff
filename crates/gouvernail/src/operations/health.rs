//! Two answers for whoever keeps the service running: `GET /health`, it is alive; `GET /ready`, it takes calls, check by check.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use gouvernail_gateway::Mandate;
use serde_json::{Map, Value, json};

use super::vitals::Vitals;

/// How the node is; cheap to clone. It is known before the node is made, so that a start that takes long can say so.
#[derive(Clone, Default)]
pub struct Health(Arc<Inner>);

#[derive(Default)]
struct Inner {
    vitals: OnceLock<Vitals>,
    stopping: AtomicBool,
}

/// One check.
struct Check {
    name: &'static str,
    ok: bool,
    /// Whether the node is ready all the same.
    bearable: bool,
    said: Value,
}

impl Health {
    /// The node is made: from now on it is ready when its checks say so.
    pub fn started(&self, vitals: Vitals) {
        // There is one start in a life.
        let _ = self.0.vitals.set(vitals);
    }

    /// The node is asked to stop: from now on it is not ready.
    pub fn stopping(&self) {
        self.0.stopping.store(true, Ordering::SeqCst);
    }

    /// What the node says of itself, once it is made.
    pub fn vitals(&self) -> Option<&Vitals> {
        self.0.vitals.get()
    }

    /// GET /health, GET /ready
    pub fn routes(&self) -> Router {
        Router::new().route("/health", get(async || "alive\n")).route("/ready", get(ready)).with_state(self.clone())
    }

    /// The same, and everything else is told to come back: what is served while the node is being made.
    pub fn routes_of_a_start(&self) -> Router {
        let early = async || (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "1")], "starting\n");
        self.routes().fallback(early)
    }
}

async fn ready(State(health): State<Health>) -> Response {
    let checks = health.vitals().map(checks);
    let failing = |bearable| checks.iter().flatten().any(|check| !check.ok && check.bearable == bearable);
    let status = match &checks {
        _ if health.0.stopping.load(Ordering::SeqCst) => "stopping",
        None => "starting",
        Some(_) if failing(false) => "failing",
        Some(_) if failing(true) => "degraded",
        Some(_) => "ready",
    };
    let code = if matches!(status, "ready" | "degraded") { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let said: Map<String, Value> = checks.into_iter().flatten().map(|check| (check.name.to_owned(), check.said())).collect();
    (code, [(CACHE_CONTROL, "no-store")], Json(json!({ "status": status, "checks": said }))).into_response()
}

impl Check {
    fn new(name: &'static str, ok: bool, said: Value) -> Self {
        Self { name, ok, bearable: false, said }
    }

    fn said(mut self) -> Value {
        self.said["ok"] = self.ok.into();
        if self.bearable {
            self.said["fatal"] = false.into();
        }
        self.said
    }
}

fn checks(vitals: &Vitals) -> Vec<Check> {
    let (silence, known) = (vitals.silence(), vitals.live.snapshot());
    let fresh = silence <= Mandate::PATIENCE;
    let store = json!({ "silent_seconds": silence.as_secs_f64().max(0.0) });
    let register = json!({ "epoch": known.register.epoch, "systems": known.register.systems.len() });
    let journal = json!({ "waiting": vitals.journal.waiting() });
    let rules = json!({ "requirements": vitals.rules.requirements().count(), "edition": vitals.rules.edition() });
    let mut all = vec![
        Check::new("store", fresh, store),
        // One without an act decides nothing: every call would be refused.
        Check::new("register", true, register),
        Check::new("journal", !vitals.pulse.failing(vitals.ambient.now()), journal),
        log(vitals),
        Check::new("rules", true, rules),
    ];
    if let Some(state) = vitals.engine() {
        // The pages, and the systems of other hosts, do without it.
        all.push(Check { bearable: true, ..Check::new("engine", state == "ready", json!({ "state": state })) });
    }
    all
}

fn log(vitals: &Vitals) -> Check {
    let mut said = json!({ "owed": vitals.lag.get().map(|(owed, _)| owed) });
    let halted = vitals.log.halted();
    if let Some(why) = halted {
        said["stopped"] = why.into();
    }
    Check::new("log", halted.is_none(), said)
}
