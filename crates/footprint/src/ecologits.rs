//! Request-level impacts of a hosted language model, by the method that EcoLogits publishes
//! (version 0.11.3, formulas as its code computes them; conformance is tested to 1e-9).
//!
//! Known limits of the method: input tokens, images, network, idle time and training are not counted,
//! and below about 33 billion parameters the figures hardly depend on the size of the model.

use serde::Serialize;

use crate::{Error, Footprint, Impacts, Method, Quality, Range, ZoneTable, electricity};

/// Identifier recorded with each figure of this method.
pub const METHOD_ID: &str = "ecologits-llm";
/// Version of the published method that is followed.
pub const METHOD_VERSION: &str = "0.11.3";

/// Energy of one GPU for one token: α·e^(β·batch)·active + γ, in Wh; fitted by the authors of the method.
const GPU_ALPHA: f64 = 1.166_527_317_045_191_4e-6;
const GPU_BETA: f64 = -0.011_205_921_025_579_175;
const GPU_GAMMA: f64 = 4.052_928_146_734_005e-5;
/// Seconds for one token when the speed of the host is unknown: a·active + b·batch + c.
const LATENCY_A: f64 = 6.785_088_094_353_663e-4;
const LATENCY_B: f64 = 3.119_310_311_688_259e-4;
const LATENCY_C: f64 = 0.019_473_717_579_473_387;
/// Memory of one GPU, GB, and the room that a model needs beyond its weights.
const GPU_MEMORY_GB: f64 = 80.0;
const MEMORY_OVERHEAD: f64 = 1.2;
/// GPUs of one server, and the power of the server without them, kW.
const SERVER_GPUS: f64 = 8.0;
const SERVER_POWER_KW: f64 = 1.2;
/// Life of the hardware: three years, in seconds.
const LIFESPAN_S: f64 = 94_608_000.0;

/// Impacts of making one thing: kgCO2eq, kgSb-eq, MJ.
struct Making {
    gwp: f64,
    adpe: f64,
    pe: f64,
}
const SERVER: Making = Making { gwp: 5700.0, adpe: 0.37, pe: 70_000.0 };
const GPU: Making = Making { gwp: 273.0, adpe: 0.008_95, pe: 3721.0 };

/// What is known of one request and of the model that served it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inputs {
    /// Parameters active for a token, in billions.
    pub active_b: Range,
    /// All parameters, in billions.
    pub total_b: Range,
    /// Tokens produced, hidden reasoning included.
    pub output_tokens: u64,
    /// Measured duration of the request, seconds; `None` when unknown.
    pub latency_s: Option<f64>,
    /// Tokens per second of this host for this model, when known.
    pub tokens_per_second: Option<f64>,
    /// Seconds before the first token, when known.
    pub time_to_first_token_s: Option<f64>,
    /// Zone of the host's electricity, ISO 3166-1 alpha-3 or `WOR`.
    pub zone: String,
    /// Power usage effectiveness of the data centre, 1 or more.
    pub pue: Range,
    /// Water used on the site, litres per kWh of IT energy.
    pub wue_l_per_kwh: Range,
    /// Requests served together; the method assumes 64.
    pub batch_size: f64,
    /// Bits of one weight; the method assumes 16.
    pub quantization_bits: f64,
}

impl Inputs {
    /// A dense or sparse model at a host, with the method's assumptions for all that is not given.
    #[must_use]
    pub fn new(active_b: impl Into<Range>, total_b: impl Into<Range>, output_tokens: u64, zone: &str) -> Self {
        Self {
            active_b: active_b.into(),
            total_b: total_b.into(),
            output_tokens,
            latency_s: None,
            tokens_per_second: None,
            time_to_first_token_s: None,
            zone: zone.to_owned(),
            pue: Range::exact(1.0),
            wue_l_per_kwh: Range::exact(0.0),
            batch_size: 64.0,
            quantization_bits: 16.0,
        }
    }
}

/// One bound of the computation.
struct Bound {
    /// IT energy, kWh.
    it_kwh: f64,
    /// Share of the life of the hardware.
    share: f64,
    gpus: f64,
}

/// Estimates a request with the factors that travel with this crate.
///
/// # Errors
/// [`Error`] naming the field that is wrong or the zone that is unknown.
pub fn estimate(inputs: &Inputs) -> Result<Footprint, Error> {
    estimate_with(inputs, &ZoneTable::embedded()?)
}

/// Estimates a request with given electricity factors.
///
/// # Errors
/// [`Error`] naming the field that is wrong or the zone that is unknown.
pub fn estimate_with(inputs: &Inputs, table: &ZoneTable) -> Result<Footprint, Error> {
    check(inputs)?;
    let zone = table.get(&inputs.zone)?;
    let low = bound(inputs, inputs.active_b.min, inputs.total_b.min);
    let high = bound(inputs, inputs.active_b.max, inputs.total_b.max);
    let it_kwh = Range::new(low.it_kwh, high.it_kwh);
    let energy_kwh = inputs.pue.times(it_kwh);
    let usage = electricity::impacts(energy_kwh, zone);
    let embodied = Impacts {
        gwp_kgco2eq: Range::new(low.making(SERVER.gwp, GPU.gwp), high.making(SERVER.gwp, GPU.gwp)),
        adpe_kgsbeq: Range::new(low.making(SERVER.adpe, GPU.adpe), high.making(SERVER.adpe, GPU.adpe)),
        pe_mj: Range::new(low.making(SERVER.pe, GPU.pe), high.making(SERVER.pe, GPU.pe)),
    };
    let mut caveats = electricity::caveats(zone);
    caveats.push("input tokens, network, idle time and training are not counted".to_owned());
    Ok(Footprint {
        method: Method { id: METHOD_ID.into(), version: METHOD_VERSION.into(), factors: table.version.clone() },
        quality: Quality::Modelled,
        zone: zone.zone.clone(),
        energy_kwh,
        water_l: electricity::water(it_kwh, inputs.pue, inputs.wue_l_per_kwh, zone),
        usage,
        embodied: Some(embodied),
        total: usage.plus(embodied),
        caveats,
    })
}

impl Bound {
    /// Share of the making of the server and its GPUs.
    fn making(&self, server: f64, gpu: f64) -> f64 {
        self.share * (self.gpus / SERVER_GPUS * server + self.gpus * gpu)
    }
}

#[allow(clippy::cast_precision_loss, reason = "token counts stay far below 2^52")]
fn bound(inputs: &Inputs, active_b: f64, total_b: f64) -> Bound {
    let tokens = inputs.output_tokens as f64;
    let gpu_kwh = tokens * (GPU_ALPHA * (GPU_BETA * inputs.batch_size).exp() * active_b + GPU_GAMMA) / 1000.0;
    let per_token_s = match inputs.tokens_per_second {
        Some(speed) => 1.0 / speed,
        None => LATENCY_A * active_b + LATENCY_B * inputs.batch_size + LATENCY_C,
    };
    let modelled_s = tokens * per_token_s + inputs.time_to_first_token_s.unwrap_or(0.0);
    let seconds = modelled_s.min(inputs.latency_s.unwrap_or(f64::INFINITY));
    let memory_gb = MEMORY_OVERHEAD * total_b * inputs.quantization_bits / 8.0;
    // A host gives a model 1, 2, 4, 8 … GPUs, never 3.
    let gpus = (memory_gb / GPU_MEMORY_GB).ceil().log2().ceil().exp2();
    let server_kwh = seconds / 3600.0 * SERVER_POWER_KW * gpus / SERVER_GPUS / inputs.batch_size;
    Bound { it_kwh: server_kwh + gpus * gpu_kwh, share: seconds / (LIFESPAN_S * inputs.batch_size), gpus }
}

fn check(inputs: &Inputs) -> Result<(), Error> {
    let optional = |value: Option<f64>| Range::exact(value.unwrap_or(1.0));
    let rules = [
        ("active_b", inputs.active_b, f64::MIN_POSITIVE, "in billions, above 0"),
        ("total_b", inputs.total_b, f64::MIN_POSITIVE, "in billions, above 0"),
        ("latency_s", optional(inputs.latency_s), 0.0, "in seconds, 0 or more"),
        ("tokens_per_second", optional(inputs.tokens_per_second), 1e-6, "above 0"),
        ("time_to_first_token_s", optional(inputs.time_to_first_token_s), 0.0, "in seconds, 0 or more"),
        ("pue", inputs.pue, 1.0, "1 or more"),
        ("wue_l_per_kwh", inputs.wue_l_per_kwh, 0.0, "in litres per kWh, 0 or more"),
        ("batch_size", Range::exact(inputs.batch_size), 1.0, "1 or more"),
        ("quantization_bits", Range::exact(inputs.quantization_bits), 1.0, "1 or more"),
    ];
    rules.iter().try_for_each(|&(field, range, floor, rule)| electricity::require(field, range, floor, rule))
}
