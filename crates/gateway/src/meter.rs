//! Energy and carbon of one call, by the method that its host allows. What cannot be known is absent, never zero.

use gouvernail_footprint::zones::WORLD;
use gouvernail_footprint::{Footprint, Inputs, LocalInputs, ZoneTable, estimate_local_with, estimate_with};
use jiff::Timestamp;

use crate::cpu::CpuShare;
use crate::hosts::Route;
use crate::tokens::Tokens;

/// Runs from the intent to the end of a call.
pub(crate) struct Meter {
    started: Timestamp,
    cpu: Option<CpuShare>,
}

impl Meter {
    pub(crate) fn start(route: &Route, now: Timestamp) -> Self {
        Self { started: now, cpu: route.cpu.as_ref().filter(|_| route.embedded).map(|meter| meter.begin()) }
    }

    /// Footprint of the call, if it can be known.
    pub(crate) fn stop(self, route: &Route, tokens: Tokens, zones: &ZoneTable, now: Timestamp) -> Option<Footprint> {
        let (zone, known) = zone(&route.country, zones);
        let mut footprint = if route.embedded {
            estimate_local_with(&LocalInputs::counted(self.cpu?.end()?, zone), zones)
        } else {
            let seconds = now.duration_since(self.started).as_secs_f64();
            let mut inputs = Inputs::new(route.active_billions, route.total_billions, tokens.output?, zone);
            inputs.latency_s = Some(seconds).filter(|seconds| *seconds >= 0.0);
            estimate_with(&inputs, zones)
        }
        .inspect_err(|error| tracing::warn!(%error, host = route.host, "the footprint of a call is unknown"))
        .ok()?;
        if !known {
            footprint.caveats.push(format!("no electricity factors for country {:?}: the world average is used", route.country));
        }
        if tokens.estimated && !route.embedded {
            footprint
                .caveats
                .push("the host did not count the tokens of the answer: they are estimated from its length".to_owned());
        }
        Some(footprint)
    }
}

/// The most electricity that an answer of `output` tokens is expected to take, in kilowatt-hours, where it can be modelled.
pub(crate) fn expected(route: &Route, output: u64, zones: &ZoneTable) -> Option<f64> {
    if route.embedded {
        return None;
    }
    let (zone, _) = zone(&route.country, zones);
    let inputs = Inputs::new(route.active_billions, route.total_billions, output, zone);
    estimate_with(&inputs, zones).ok().map(|footprint| footprint.energy_kwh.max)
}

/// Zone of a country, and whether it is the country's own.
fn zone<'a>(country: &str, table: &'a ZoneTable) -> (&'a str, bool) {
    table.of_country(country).map_or((WORLD, false), |own| (own.zone.as_str(), true))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::cpu::CpuMeter;
    use gouvernail_privacy::Strictness;

    fn route(country: &str, embedded: bool, cpu: Option<Arc<CpuMeter>>) -> Route {
        Route {
            host: "hote".into(),
            version: "1".into(),
            url: String::new(),
            served: String::new(),
            api_key: None,
            stream_usage: true,
            takes_files: true,
            strictness: Strictness::of(embedded),
            traffic: crate::Policy::default(),
            price: None,
            embedded,
            country: country.into(),
            active_billions: 7.0,
            total_billions: 7.0,
            cpu,
        }
    }

    fn measure(route: &Route, output: Option<u64>) -> Option<Footprint> {
        let now = "2026-11-24T10:00:00Z".parse().unwrap();
        let tokens = Tokens { prompt: None, output, estimated: true };
        Meter::start(route, now).stop(route, tokens, &ZoneTable::embedded().unwrap(), now + jiff::SignedDuration::from_secs(2))
    }

    #[test]
    fn every_zone_of_the_table_is_reached_from_a_country() {
        let table = ZoneTable::embedded().unwrap();
        for factors in table.zones.iter().filter(|factors| factors.zone != WORLD) {
            assert!(factors.country.as_deref().is_some_and(|country| zone(country, &table).1), "{}", factors.zone);
        }
        assert_eq!(zone("FR", &table), ("FRA", true));
        assert_eq!(zone("TV", &table), (WORLD, false));
    }

    #[test]
    fn a_hosted_call_is_modelled_and_says_what_it_assumes() {
        let footprint = measure(&route("TV", false, None), Some(100)).unwrap();
        assert!(footprint.energy_kwh.min > 0.0);
        assert!(footprint.caveats.iter().any(|caveat| caveat.contains("TV")), "{:?}", footprint.caveats);
        assert!(footprint.caveats.iter().any(|caveat| caveat.contains("estimated")), "{:?}", footprint.caveats);
        assert_eq!(measure(&route("FR", false, None), None), None, "unknown tokens, unknown energy");
    }

    #[test]
    fn an_embedded_call_is_counted_in_processor_time() {
        let reads = AtomicU64::new(0);
        let meter = CpuMeter::new(move || Some(reads.fetch_add(1, Ordering::Relaxed) as f64));
        let footprint = measure(&route("FR", true, Some(meter)), None).unwrap();
        assert_eq!(footprint.method.id, gouvernail_footprint::local_cpu::METHOD_ID);
        // One second at 2 to 12 W.
        assert!((footprint.energy_kwh.min - 2.0 / 3_600_000.0).abs() < 1e-12, "{:?}", footprint.energy_kwh);
        assert_eq!(measure(&route("FR", true, None), Some(5)), None, "no counter, no figure of another method");
    }
}
