//! A model run on the administration's own processor: counted processor time times an assumed power.
//!
//! Another method than [`crate::ecologits`], with other limits: the two are never added up or compared.

use crate::{Error, Footprint, Method, Quality, Range, ZoneTable, electricity};

/// Identifier recorded with each figure of this method.
pub const METHOD_ID: &str = "gouvernail-local-cpu";
/// Version of the formula below.
pub const METHOD_VERSION: &str = "1";

const SECONDS_PER_HOUR: f64 = 3600.0;
const WATTS_PER_KILOWATT: f64 = 1000.0;

/// What is known of one request served by the embedded model.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalInputs {
    /// Processor time of the request, seconds summed over threads.
    pub cpu_seconds: f64,
    /// True when the operating system counted that time; false when it was guessed from tokens.
    pub counted: bool,
    /// Power of one busy thread, watts.
    pub watts_per_thread: Range,
    /// Power usage effectiveness of the room, 1 or more.
    pub pue: Range,
    /// Zone of the electricity, ISO 3166-1 alpha-3 or `WOR`.
    pub zone: String,
}

impl LocalInputs {
    /// Counted processor time, with wide assumptions: 2 to 12 W a thread (between a laptop core and the
    /// 12 W a core of Green Algorithms; CodeCarbon assumes 4 W), PUE 1.0 (a desk) to 1.67 (Green Algorithms' default).
    #[must_use]
    pub fn counted(cpu_seconds: f64, zone: &str) -> Self {
        Self {
            cpu_seconds,
            counted: true,
            watts_per_thread: Range::new(2.0, 12.0),
            pue: Range::new(1.0, 1.67),
            zone: zone.to_owned(),
        }
    }
}

/// Estimates a local request with the factors that travel with this crate.
///
/// # Errors
/// [`Error`] naming the field that is wrong or the zone that is unknown.
pub fn estimate_local(inputs: &LocalInputs) -> Result<Footprint, Error> {
    estimate_local_with(inputs, &ZoneTable::embedded()?)
}

/// Estimates a local request with given electricity factors.
///
/// # Errors
/// [`Error`] naming the field that is wrong or the zone that is unknown.
pub fn estimate_local_with(inputs: &LocalInputs, table: &ZoneTable) -> Result<Footprint, Error> {
    electricity::require("cpu_seconds", Range::exact(inputs.cpu_seconds), 0.0, "in seconds, 0 or more")?;
    electricity::require("watts_per_thread", inputs.watts_per_thread, 0.0, "in watts, 0 or more")?;
    electricity::require("pue", inputs.pue, 1.0, "1 or more")?;
    let zone = table.get(&inputs.zone)?;
    let it_kwh = inputs.watts_per_thread.scaled(inputs.cpu_seconds / SECONDS_PER_HOUR / WATTS_PER_KILOWATT);
    let energy_kwh = inputs.pue.times(it_kwh);
    let usage = electricity::impacts(energy_kwh, zone);
    let mut caveats = electricity::caveats(zone);
    caveats.push("the making of the computer, its memory, its idle time and the network are not counted".to_owned());
    Ok(Footprint {
        method: Method { id: METHOD_ID.into(), version: METHOD_VERSION.into(), factors: table.version.clone() },
        quality: if inputs.counted { Quality::Attributed } else { Quality::Modelled },
        zone: zone.zone.clone(),
        energy_kwh,
        water_l: electricity::water(it_kwh, inputs.pue, Range::exact(0.0), zone),
        usage,
        embodied: None,
        total: usage,
        caveats,
    })
}
