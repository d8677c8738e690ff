//! What both methods share: from energy to impacts.

use crate::{Error, Impacts, Range, ZoneFactors};

/// Impacts of `energy_kwh` in a zone.
pub(crate) fn impacts(energy_kwh: Range, zone: &ZoneFactors) -> Impacts {
    Impacts {
        gwp_kgco2eq: energy_kwh.scaled(zone.gwp),
        adpe_kgsbeq: energy_kwh.scaled(zone.adpe),
        pe_mj: energy_kwh.scaled(zone.pe),
    }
}

/// Litres for `it_kwh`: on the site, and where the electricity is made.
pub(crate) fn water(it_kwh: Range, pue: Range, on_site: Range, zone: &ZoneFactors) -> Range {
    it_kwh.times(on_site.plus(pue.scaled(zone.wue)))
}

/// One sentence for each factor that is not the zone's own.
pub(crate) fn caveats(zone: &ZoneFactors) -> Vec<String> {
    zone.world_fallback.iter().map(|factor| format!("factor {factor} of zone {} is the world average", zone.zone)).collect()
}

/// Refuses a range that is not finite, not in order or below `floor`.
pub(crate) fn require(field: &'static str, range: Range, floor: f64, rule: &'static str) -> Result<(), Error> {
    if range.is_sound(floor) {
        return Ok(());
    }
    Err(Error::BadRange { field, min: range.min, max: range.max, rule })
}
