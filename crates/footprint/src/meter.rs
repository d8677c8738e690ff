//! Energy that a meter counted: a processor's own counter, or an engine that reports what it used.
//!
//! Source of the counter: Linux, Documentation/power/powercap/powercap.rst. `energy_uj` counts microjoules and starts again
//! from zero after `max_energy_range_uj`.

use crate::{Error, Footprint, Method, Quality, Range, ZoneTable, electricity};

/// Identifier recorded with each measured figure.
pub const METHOD_ID: &str = "gouvernail-meter";
/// Version of the formula below.
pub const METHOD_VERSION: &str = "1";

const MICROJOULES_PER_KWH: f64 = 3.6e12;

/// One reading of a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnergyCounter {
    /// Microjoules since the counter last started from zero (`energy_uj`).
    pub energy_uj: u64,
    /// Where it starts again (`max_energy_range_uj`).
    pub range_uj: u64,
}

impl EnergyCounter {
    /// Kilowatt-hours between an earlier reading and this one. One turn of the counter is understood, two cannot be seen:
    /// read it more often than it turns (about a minute at 4 kW, hours on a server).
    #[must_use]
    pub fn since(self, earlier: Self) -> f64 {
        let microjoules = if self.energy_uj >= earlier.energy_uj {
            self.energy_uj - earlier.energy_uj
        } else {
            self.range_uj.saturating_sub(earlier.energy_uj).saturating_add(self.energy_uj)
        };
        #[allow(clippy::cast_precision_loss, reason = "microjoules of one use stay far below 2^52")]
        let microjoules = microjoules as f64;
        microjoules / MICROJOULES_PER_KWH
    }
}

/// Impacts of energy that a meter counted. What the meter does not see, and the room, are a range of the caller's: `pue`.
///
/// # Errors
/// [`Error`] naming the field that is wrong or the zone that is unknown.
pub fn measured(it_kwh: f64, pue: Range, zone: &str, table: &ZoneTable) -> Result<Footprint, Error> {
    electricity::require("it_kwh", Range::exact(it_kwh), 0.0, "in kWh, 0 or more")?;
    electricity::require("pue", pue, 1.0, "1 or more")?;
    let zone = table.get(zone)?;
    let it_kwh = Range::exact(it_kwh);
    let energy_kwh = pue.times(it_kwh);
    let usage = electricity::impacts(energy_kwh, zone);
    let mut caveats = electricity::caveats(zone);
    caveats
        .push("what the meter does not see, the making of the computer, its idle time and the network are not counted".to_owned());
    Ok(Footprint {
        method: Method { id: METHOD_ID.into(), version: METHOD_VERSION.into(), factors: table.version.clone() },
        quality: Quality::Measured,
        zone: zone.zone.clone(),
        energy_kwh,
        water_l: electricity::water(it_kwh, pue, Range::exact(0.0), zone),
        usage,
        embodied: None,
        total: usage,
        caveats,
    })
}
