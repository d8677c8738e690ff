//! The OpenAI-compatible data plane: the road of one request.
//!
//! ```text
//! call ── 1 auth ── 2 mandate ── 3 hosts ── 4 hide ── 5 journal ── 6 upstream, answer | stream, meter ── 7 journal
//! ```
//!
//! `call` walks the seven steps of the design; the other modules are what it walks over. Two promises hold on it. *No mandate,
//! no call*: what cannot be known or recorded is not called. *No trace, no answer*: the intent is durable before a byte leaves
//! for the model host, and the outcome before the last byte reaches the caller.

mod answer;
mod auth;
mod call;
mod cpu;
mod drain;
mod ended;
mod endpoint;
mod error;
#[cfg(fuzzing)]
pub mod fuzz;
mod hide;
mod hold;
mod hosts;
mod impact;
mod mandate;
mod measures;
mod meter;
mod owed;
mod proposal;
mod quotas;
mod record;
mod recover;
mod relay;
mod report;
mod request;
mod restoring;
mod said;
mod spelling;
mod sse;
mod stopwatch;
mod stream;
mod tokens;
mod told;
mod touched;
mod trace;
mod traffic;
mod upstream;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any, get, post};
use axum::{Extension, Json, Router, middleware};
use gouvernail_footprint::ZoneTable;
use gouvernail_privacy::Language;
use gouvernail_register::{Call, Rules};
use gouvernail_store::{Ambient, Journal, Live, Snapshot, Store};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

pub use auth::{BadToken, SignedIdentity};
pub use cpu::{CpuMeter, CpuShare};
pub use endpoint::Endpoint;
pub use error::GatewayError;
pub use hosts::{Access, Hosts};
pub use mandate::Mandate;
pub use measures::Measures;
pub use quotas::{Exhausted, Period, Price, Quota, Standing, Unit, Whose};
pub use recover::recover;
pub use report::{Report, Target};
pub use stopwatch::{Lap, Step, Waits};
pub use trace::{Trace, Traces};
pub use traffic::Policy;

use crate::auth::Presented;
use crate::call::Asked;
use crate::drain::Flights;
use crate::hide::Masks;
use crate::owed::Owed;
use crate::traffic::Traffic;

/// What an operator sets.
#[derive(Debug, Clone)]
pub struct Config {
    /// Public address of this Gouvernail, for the links of a refusal.
    pub public_url: String,
    /// Largest request, bytes.
    pub max_body: usize,
    /// Largest request with a file, bytes.
    pub max_file: usize,
    /// Largest answer of a model host, bytes.
    pub max_answer: usize,
    /// Whether a system's own model answers to whatever name an application gives it, for applications that cannot be told one.
    pub any_model_name: bool,
    /// Longest silence of a model host: before its answer begins, and between two pieces of it.
    pub upstream_timeout: Duration,
    /// Longest call from end to end, waiting and attempts included. A caller may ask for less (`X-Gouvernail-Timeout`, seconds).
    pub deadline: Duration,
    /// Whether answers say in their `usage` what they cost and took.
    pub usage_footprint: bool,
    /// How much may be taken.
    pub quotas: Vec<Quota>,
    /// Where the days and months of quotas begin.
    pub time_zone: TimeZone,
    /// How applications sign who is behind their calls; none of them speaks for a system of another.
    pub identities: Vec<SignedIdentity>,
}

/// What a gateway is made of.
pub struct Setup {
    /// What an operator sets.
    pub config: Config,
    /// The requirements.
    pub rules: Arc<Rules>,
    /// The register and the directory, in memory.
    pub live: Arc<Live>,
    /// Where cases are read.
    pub store: Store,
    /// Where calls are written.
    pub journal: Journal,
    /// Time and randomness.
    pub ambient: Ambient,
    /// Access to the model hosts.
    pub hosts: Hosts,
    /// The one HTTP client, without proxy and without redirects; it sets how long connecting may take.
    pub client: reqwest::Client,
    /// Electricity factors.
    pub zones: ZoneTable,
    /// What helps to find the persons that no case knows. Without lists, more is hidden: see [`Strictness`](gouvernail_privacy::Strictness).
    pub language: Arc<Language>,
    /// What is counted of the calls.
    pub measures: Measures,
    /// Where their traces go, if anywhere.
    pub traces: Option<Traces>,
}

/// The gateway; cheap to clone.
#[derive(Clone)]
pub struct Gateway(Arc<Inner>);

/// The gateway, inside it.
pub(crate) type Shared = Arc<Inner>;

/// What every request shares.
pub(crate) struct Inner {
    config: ArcSwap<Config>,
    pub(crate) mandate: Mandate,
    pub(crate) store: Store,
    pub(crate) journal: Journal,
    pub(crate) ambient: Ambient,
    hosts: ArcSwap<Hosts>,
    pub(crate) client: reqwest::Client,
    pub(crate) zones: ZoneTable,
    pub(crate) measures: Measures,
    pub(crate) traces: Option<Traces>,
    pub(crate) masks: Arc<Masks>,
    pub(crate) traffic: Traffic,
    pub(crate) flights: Flights,
    pub(crate) owed: Owed,
}

impl Gateway {
    /// A gateway that takes calls at once. Run [`recover`] first.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let Setup { config, rules, live, store, journal, ambient, hosts, client, zones, language, measures, traces } = setup;
        let (config, hosts) = (ArcSwap::from_pointee(config), ArcSwap::from_pointee(hosts));
        let (mandate, masks, flights) = (Mandate::new(rules, live), Arc::new(Masks::new(language)), Flights::new());
        let traffic = Traffic::default();
        Self(Arc::new(Inner {
            config,
            mandate,
            store,
            journal,
            ambient,
            hosts,
            client,
            zones,
            measures,
            traces,
            masks,
            traffic,
            flights,
            owed: Owed::default(),
        }))
    }

    /// Takes what an operator changed: calls that begin from now on go by it, those in flight end as they began, save for the
    /// limits that they meet from now on.
    pub fn reload(&self, config: Config, hosts: Hosts) {
        self.0.config.store(Arc::new(config));
        self.0.hosts.store(Arc::new(hosts));
    }

    /// Access to the model hosts, as it is now.
    #[must_use]
    pub fn hosts(&self) -> Arc<Hosts> {
        self.0.hosts.load_full()
    }

    /// The quotas that calls meet from now on, each in the period that `now` is in.
    #[must_use]
    pub fn quotas(&self, now: Timestamp) -> Vec<Standing> {
        let config = self.0.config();
        config.quotas.iter().map(|quota| quota.standing(now, &config.time_zone)).collect()
    }

    /// From now on new calls are told to try elsewhere or later; those in flight go on.
    pub fn close(&self) {
        self.0.flights.close();
    }

    /// Ends the calls that are in flight: each is recorded as cancelled, and its caller told. Close first.
    pub fn cut(&self) {
        self.0.flights.cut();
    }

    /// How many calls are in flight.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.0.flights.count()
    }

    /// Resolves when no call is in flight and the end of each is recorded. A program that stops closes the gateway, then waits
    /// for this.
    pub async fn drained(&self) {
        self.0.flights.drained().await;
    }
}

impl Inner {
    /// What an operator sets, as it is now.
    pub(crate) fn config(&self) -> Arc<Config> {
        self.config.load_full()
    }

    /// Access to the model hosts, as it is now.
    pub(crate) fn hosts(&self) -> Arc<Hosts> {
        self.hosts.load_full()
    }

    /// Whether this call may happen, now; else why not, with links to where it is mended.
    pub(crate) fn permit(&self, known: &Snapshot, call: &Call, now: Timestamp) -> Result<(), GatewayError> {
        let decision = self.mandate.decide(&known.register, call, now)?;
        if decision.allowed() {
            return Ok(());
        }
        Err(GatewayError::refused(&decision.missing, &self.config().public_url, &call.system))
    }
}

/// The routes, all of which ask for a key:
///
/// | Request | Answer |
/// |---|---|
/// | `POST /v1` and the path of an [`Endpoint`] | what the host answers: each takes the same road |
/// | `GET /v1/models`, `GET /v1/models/NAME` | the model that the key's system may use |
/// | anything else under `/v1` | 404 or 405 in OpenAI's error shape |
pub fn router(gateway: Gateway) -> Router {
    let Gateway(gateway) = gateway;
    let layer = middleware::from_fn_with_state(Arc::clone(&gateway), auth::require_key);
    let keyed = |route: MethodRouter<Shared>| route.layer(layer.clone());
    let only = |allowed| async move || GatewayError::WrongMethod { allowed };
    let endpoints = Endpoint::ALL.into_iter().fold(Router::new(), |router, endpoint| {
        let take = move |gateway, presented, headers, body| take(endpoint, gateway, presented, headers, body);
        router.route(&format!("/v1{}", endpoint.path()), keyed(post(take).fallback(only("POST"))))
    });
    endpoints
        .route("/v1/models", keyed(get(models).fallback(only("GET"))))
        .route("/v1/models/{*name}", keyed(get(model).fallback(only("GET"))))
        .route("/v1", keyed(any(unknown)))
        .route("/v1/", keyed(any(unknown)))
        .route("/v1/{*rest}", keyed(any(unknown)))
        .with_state(gateway)
}

async fn take(
    endpoint: Endpoint,
    State(gateway): State<Shared>,
    Extension(presented): Extension<Presented>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let config = gateway.config();
    let limit = if endpoint.takes_file() { config.max_file } else { config.max_body };
    match request::read(&headers, body, limit, config.deadline).await {
        Ok(body) => call::begin(gateway, Asked { endpoint, presented, headers, body }).await,
        Err(error) => {
            gateway.measures.turned_away(Some(endpoint), error.code());
            error.into_response()
        }
    }
}

async fn models(State(gateway): State<Shared>, Extension(presented): Extension<Presented>) -> Result<Json<Value>, GatewayError> {
    let data = Vec::from_iter(described(&gateway, &presented)?);
    Ok(Json(json!({ "object": "list", "data": data })))
}

async fn model(
    State(gateway): State<Shared>,
    Extension(presented): Extension<Presented>,
    Path(name): Path<String>,
) -> Result<Json<Value>, GatewayError> {
    let own = described(&gateway, &presented)?.filter(|model| model["id"] == *name);
    own.map(Json).ok_or(GatewayError::UnknownModel { model: name })
}

/// The model of the key's system, as lists of models describe it.
fn described(gateway: &Shared, presented: &Presented) -> Result<Option<Value>, GatewayError> {
    let now = gateway.ambient.now();
    let known = gateway.mandate.known(now)?;
    let key = known.directory.key(&presented.0, now).ok_or(GatewayError::UnknownKey)?;
    let system = known.register.systems.get(&key.system_id);
    let name = system.and_then(|system| Some(&system.version.as_ref()?.model));
    let model = name.and_then(|name| Some((name, known.register.models.get(name)?)));
    let created = system.and_then(|system| system.authorisation.as_ref()).map_or(0, |given| given.from.as_second());
    Ok(model.map(|(name, model)| json!({ "id": name, "object": "model", "created": created, "owned_by": model.host })))
}

async fn unknown(uri: Uri) -> GatewayError {
    GatewayError::UnknownRoute { path: uri.path().to_owned() }
}
