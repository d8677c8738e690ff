//! What whoever runs the gateway learns of one call: when, which system, which model, how long, how it ended. Never a text, a
//! person, a key or a case.

use std::time::Duration;

use axum::http::StatusCode;
use gouvernail_footprint::Footprint;
use gouvernail_store::OutcomeKind;
use jiff::Timestamp;

use crate::endpoint::Endpoint;
use crate::error::GatewayError;
use crate::hosts::Route;
use crate::stopwatch::{Lap, Step, Stopwatch, Waits};
use crate::tokens::Tokens;
use crate::trace::Trace;

/// One call, filled in as it goes along.
#[derive(Debug)]
pub struct Report {
    /// Identifier of the call.
    pub id: String,
    /// Endpoint called.
    pub endpoint: Endpoint,
    /// When it began.
    pub began: Timestamp,
    /// System of the key, once it is known.
    pub system: Option<String>,
    /// Where the call went, once that is known.
    pub target: Option<Target>,
    /// Whether the answer comes in pieces.
    pub stream: bool,
    /// HTTP status that the caller was given; none when they left before.
    pub status: Option<StatusCode>,
    /// Requirements that refused it, by identifier.
    pub refused: Vec<String>,
    /// Tokens read by the model.
    pub input_tokens: Option<u64>,
    /// Tokens that it wrote.
    pub output_tokens: Option<u64>,
    /// Energy, least and most, watt-hours.
    pub energy_wh: Option<(f64, f64)>,
    /// What was spent waiting for others.
    pub waits: Waits,
    /// Its place in a trace, where traces are kept.
    pub trace: Option<Trace>,
    /// Why the host failed or the call was cut, in a few words.
    pub why: Option<String>,
    end: Option<&'static str>,
    failed: Option<&'static str>,
    watch: Stopwatch,
}

/// Where a call went: names of the register, never of the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Identifier of the model.
    pub model: String,
    /// Identifier of its host.
    pub host: String,
}

impl Report {
    pub(crate) fn begin(id: String, endpoint: Endpoint, began: Timestamp) -> Self {
        Self {
            id,
            endpoint,
            began,
            system: None,
            target: None,
            stream: false,
            status: None,
            refused: Vec::new(),
            input_tokens: None,
            output_tokens: None,
            energy_wh: None,
            waits: Waits::default(),
            trace: None,
            why: None,
            end: None,
            failed: None,
            watch: Stopwatch::start(),
        }
    }

    /// The step is over.
    pub(crate) fn lap(&mut self, step: Step) {
        self.watch.lap(step);
    }

    /// The register says where it goes.
    pub(crate) fn goes_to(&mut self, route: &Route, model: &str, stream: bool) {
        self.target = Some(Target { model: model.to_owned(), host: route.host.clone() });
        self.stream = stream;
    }

    /// The host was called, and it is over.
    pub(crate) fn ended(&mut self, kind: OutcomeKind, why: Option<&str>, tokens: Tokens, footprint: Option<&Footprint>) {
        self.end = Some(kind.as_str());
        self.why = why.map(str::to_owned);
        (self.input_tokens, self.output_tokens) = (tokens.prompt, tokens.output);
        self.energy_wh = footprint.map(|footprint| (footprint.energy_kwh.min * 1000.0, footprint.energy_kwh.max * 1000.0));
    }

    /// The caller is given this error instead of an answer.
    pub(crate) fn failed(&mut self, error: &GatewayError) {
        self.failed = Some(error.code());
        if let GatewayError::Refused(missing) = error {
            self.refused = missing.iter().map(|requirement| requirement.id.clone()).collect();
        }
        if self.end.is_none() {
            self.watch.interrupted();
        }
    }

    /// How it ended, in one word: `completed`, `cancelled`, `upstream_error`, or the code of the error given.
    #[must_use]
    pub fn end(&self) -> &'static str {
        self.failed.or(self.end).unwrap_or("unknown")
    }

    /// The same when it is an error, as `error.type`.
    #[must_use]
    pub fn error(&self) -> Option<&'static str> {
        Some(self.end()).filter(|end| *end != OutcomeKind::Completed.as_str())
    }

    /// The steps that were taken.
    #[must_use]
    pub fn laps(&self) -> &[Lap] {
        self.watch.laps()
    }

    /// How long it took in all, until its end was durable.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.watch.elapsed()
    }

    /// How long the host took: from the request to the last of the answer. `None` when it was not called.
    #[must_use]
    pub fn upstream(&self) -> Option<Duration> {
        self.laps().iter().find(|lap| lap.step == Step::Upstream).map(|lap| lap.took)
    }

    /// What the gateway itself took: the total without waiting for the host or for a caller who reads slowly.
    #[must_use]
    pub fn overhead(&self) -> Duration {
        self.total().saturating_sub(self.waits.host).saturating_sub(self.waits.caller)
    }

    /// One line in the program's own log.
    pub(crate) fn tell_operator(&self) {
        let target = self.target.as_ref();
        tracing::info!(
            call = self.id,
            endpoint = self.endpoint.as_str(),
            system = self.system,
            model = target.map(|target| target.model.as_str()),
            host = target.map(|target| target.host.as_str()),
            stream = self.stream,
            end = self.end(),
            status = self.status.map(|status| status.as_u16()),
            why = self.why,
            requirements = (!self.refused.is_empty()).then(|| self.refused.join(" ")),
            milliseconds = millis(self.total()),
            host_milliseconds = self.upstream().map(millis),
            overhead_milliseconds = millis(self.overhead()),
            first_milliseconds = self.waits.first.map(millis),
            input_tokens = self.input_tokens,
            output_tokens = self.output_tokens,
            "a call ended"
        );
    }
}

/// Milliseconds, to the microsecond.
fn millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}
