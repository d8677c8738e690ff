//! What holds for any input.

use gouvernail_footprint::{Error, Inputs, LocalInputs, Quality, Range, estimate, estimate_local};
use proptest::prelude::*;

fn ordered(range: Range) -> bool {
    range.min.is_finite() && 0.0 <= range.min && range.min <= range.max
}

proptest! {
    #[test]
    fn bounds_stay_in_order(low in 0.1_f64..500.0, more in 0.0_f64..500.0, tokens in 0_u64..1_000_000) {
        let mut inputs = Inputs::new(Range::new(low, low + more), Range::new(low, low + more), tokens, "FRA");
        inputs.pue = Range::new(1.1, 1.4);
        let got = estimate(&inputs).expect("valid inputs");
        for range in [got.energy_kwh, got.water_l, got.total.gwp_kgco2eq, got.total.adpe_kgsbeq, got.total.pe_mj] {
            prop_assert!(ordered(range));
        }
    }

    #[test]
    fn more_tokens_never_cost_less(tokens in 0_u64..100_000, more in 0_u64..100_000) {
        let of = |count| estimate(&Inputs::new(24.0, 24.0, count, "REU")).expect("valid inputs").energy_kwh.min;
        prop_assert!(of(tokens) <= of(tokens + more));
    }

    #[test]
    fn any_number_is_estimated_or_refused_never_infinite(active in any::<f64>(), pue in any::<f64>()) {
        let mut inputs = Inputs::new(active, active, 10, "FRA");
        inputs.pue = pue.into();
        match estimate(&inputs) {
            Ok(got) => prop_assert!(active > 0.0 && pue >= 1.0 && ordered(got.total.gwp_kgco2eq)),
            Err(error) => prop_assert!(error.to_string().contains("give bounds in order"), "{error}"),
        }
    }

    #[test]
    fn local_energy_is_time_times_power(seconds in 0.0_f64..10_000.0, watts in 0.1_f64..50.0) {
        let mut inputs = LocalInputs::counted(seconds, "FRA");
        inputs.watts_per_thread = watts.into();
        inputs.pue = 1.0.into();
        let got = estimate_local(&inputs).expect("valid inputs");
        prop_assert!((got.energy_kwh.min - seconds * watts / 3.6e6).abs() <= 1e-12);
    }
}

#[test]
fn local_figures_say_what_they_are() {
    let counted = estimate_local(&LocalInputs::counted(2.3, "FRA")).expect("valid inputs");
    assert_eq!(counted.quality, Quality::Attributed);
    assert_eq!(counted.embodied, None, "unknown is absent, not zero");
    let guessed = LocalInputs { counted: false, ..LocalInputs::counted(2.3, "FRA") };
    assert_eq!(estimate_local(&guessed).expect("valid inputs").quality, Quality::Modelled);
    let hosted = estimate(&Inputs::new(8.0, 8.0, 10, "FRA")).expect("valid inputs");
    assert_ne!(hosted.method.id, counted.method.id);
}

#[test]
fn overseas_zones_say_that_some_factors_are_not_theirs() {
    let got = estimate(&Inputs::new(8.0, 8.0, 10, "REU")).expect("valid inputs");
    assert!(got.caveats.iter().any(|caveat| caveat.contains("world average")));
    let refused = estimate(&Inputs::new(8.0, 8.0, 10, "MYT"));
    assert!(matches!(refused, Err(Error::UnknownZone { .. })), "Mayotte has no published factor: {refused:?}");
}

#[test]
fn a_speed_of_zero_is_refused() {
    let mut inputs = Inputs::new(8.0, 8.0, 10, "FRA");
    inputs.tokens_per_second = Some(0.0);
    let error = estimate(&inputs).expect_err("no token ever comes");
    assert!(error.to_string().starts_with("tokens_per_second is 0..0"), "{error}");
}
