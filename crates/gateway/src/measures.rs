//! Metrics of the gateway, in the OpenMetrics data model. Labels are names of the register, of the rule packs and of this code:
//! what a caller writes never becomes one.
//!
//! Where OpenTelemetry has a name and bucket boundaries for it, they are used (semantic conventions for generative AI, status
//! "development", <https://github.com/open-telemetry/semantic-conventions-genai>), written as its rules of compatibility with
//! Prometheus write them; what is ours begins with `gouvernail_`.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::endpoint::Endpoint;
use crate::report::Report;

/// Seconds; the boundaries that the conventions ask for.
const OPERATION: [f64; 14] = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
/// Seconds; the same.
const FIRST: [f64; 16] = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
/// Tokens; the same.
const TOKENS: [f64; 14] = [
    1.0,
    4.0,
    16.0,
    64.0,
    256.0,
    1024.0,
    4096.0,
    16384.0,
    65536.0,
    262_144.0,
    1_048_576.0,
    4_194_304.0,
    16_777_216.0,
    67_108_864.0,
];
/// Seconds: from fifty microseconds, for what should take less than a millisecond.
const OURS: [f64; 14] = [0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0];

/// The metrics; cheap to clone.
#[derive(Clone, Default)]
pub struct Measures(Arc<Families>);

struct Families {
    calls: Family<CallLabels, Counter>,
    refusals: Family<RefusalLabels, Counter>,
    energy: Family<EnergyLabels, Counter<f64, AtomicU64>>,
    duration: Family<OperationLabels, Histogram>,
    first: Family<OperationLabels, Histogram>,
    tokens: Family<TokenLabels, Histogram>,
    overhead: Family<OverheadLabels, Histogram>,
    steps: Family<StepLabels, Histogram>,
}

impl Default for Families {
    fn default() -> Self {
        Self {
            calls: Family::default(),
            refusals: Family::default(),
            energy: Family::default(),
            duration: Family::new_with_constructor(|| Histogram::new(OPERATION)),
            first: Family::new_with_constructor(|| Histogram::new(FIRST)),
            tokens: Family::new_with_constructor(|| Histogram::new(TOKENS)),
            overhead: Family::new_with_constructor(|| Histogram::new(OURS)),
            steps: Family::new_with_constructor(|| Histogram::new(OURS)),
        }
    }
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct CallLabels {
    endpoint: &'static str,
    system: String,
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RefusalLabels {
    system: String,
    requirement: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct EnergyLabels {
    system: String,
    bound: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OperationLabels {
    gen_ai_operation_name: &'static str,
    gen_ai_provider_name: String,
    gen_ai_request_model: String,
    /// Empty, which is the same as absent, when it ended well.
    error_type: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct TokenLabels {
    gen_ai_operation_name: &'static str,
    gen_ai_provider_name: String,
    gen_ai_request_model: String,
    gen_ai_token_type: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OverheadLabels {
    endpoint: &'static str,
    stream: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct StepLabels {
    step: &'static str,
}

impl Measures {
    /// Metrics that `registry` shows from now on.
    #[must_use]
    pub fn register(registry: &mut Registry) -> Self {
        let own = Self::default();
        let all = &own.0;
        registry.register("gouvernail_calls", "Calls that ended, and requests turned away before one", all.calls.clone());
        registry.register("gouvernail_refusals", "Requirements that refused a call", all.refusals.clone());
        let energy = "Energy of the calls, the least and the most that it may be";
        registry.register("gouvernail_energy_watt_hours", energy, all.energy.clone());
        registry.register("gen_ai_client_token_usage", "Tokens of a call", all.tokens.clone());
        let duration = "What the model host took, from the request to the last of its answer";
        registry.register_with_unit("gen_ai_client_operation_duration", duration, Unit::Seconds, all.duration.clone());
        let first = "From the request to the first piece of a streamed answer";
        registry.register_with_unit("gen_ai_client_operation_time_to_first_chunk", first, Unit::Seconds, all.first.clone());
        let overhead = "What a call took apart from waiting for the model host or for a slow caller";
        registry.register_with_unit("gouvernail_overhead", overhead, Unit::Seconds, all.overhead.clone());
        registry.register_with_unit("gouvernail_step_duration", "What each step of a call took", Unit::Seconds, all.steps.clone());
        own
    }

    /// A request that was turned away before it was a call, with the code of the error.
    pub(crate) fn turned_away(&self, endpoint: Option<Endpoint>, outcome: &'static str) {
        let endpoint = endpoint.map_or("", Endpoint::as_str);
        self.0.calls.get_or_create(&CallLabels { endpoint, system: String::new(), outcome }).inc();
    }

    /// A call that ended.
    pub(crate) fn take(&self, report: &Report) {
        let all = &self.0;
        let (endpoint, system) = (report.endpoint.as_str(), report.system.clone().unwrap_or_default());
        for requirement in &report.refused {
            all.refusals.get_or_create(&RefusalLabels { system: system.clone(), requirement: requirement.clone() }).inc();
        }
        if let Some((least, most)) = report.energy_wh {
            for (bound, energy) in [("low", least), ("high", most)] {
                all.energy.get_or_create(&EnergyLabels { system: system.clone(), bound }).inc_by(energy);
            }
        }
        all.calls.get_or_create(&CallLabels { endpoint, system, outcome: report.end() }).inc();
        for lap in report.laps() {
            all.steps.get_or_create(&StepLabels { step: lap.step.as_str() }).observe(lap.took.as_secs_f64());
        }
        self.take_operation(report);
    }

    /// What the host did for it, if it was called.
    fn take_operation(&self, report: &Report) {
        let (Some(target), Some(took)) = (&report.target, report.upstream()) else { return };
        let all = &self.0;
        let stream = if report.stream { "true" } else { "false" };
        let overhead = all.overhead.get_or_create_owned(&OverheadLabels { endpoint: report.endpoint.as_str(), stream });
        overhead.observe(report.overhead().as_secs_f64());
        let labels = OperationLabels {
            gen_ai_operation_name: report.endpoint.operation(),
            gen_ai_provider_name: target.host.clone(),
            gen_ai_request_model: target.model.clone(),
            error_type: report.error().unwrap_or_default(),
        };
        all.duration.get_or_create(&labels).observe(took.as_secs_f64());
        if let Some(first) = report.waits.first {
            all.first.get_or_create(&labels).observe(first.as_secs_f64());
        }
        for (gen_ai_token_type, count) in [("input", report.input_tokens), ("output", report.output_tokens)] {
            let Some(count) = count else { continue };
            let OperationLabels { gen_ai_operation_name, gen_ai_provider_name, gen_ai_request_model, .. } = labels.clone();
            let labels = TokenLabels { gen_ai_operation_name, gen_ai_provider_name, gen_ai_request_model, gen_ai_token_type };
            all.tokens.get_or_create(&labels).observe(count as f64);
        }
    }
}
