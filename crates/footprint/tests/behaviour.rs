//! What holds for any input.

use gouvernail_footprint::{
    Comparisons, EnergyCounter, Error, Inputs, LocalInputs, ModelTable, Provider, Quality, Range, ZoneTable, estimate,
    estimate_local, measured,
};
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
    fn what_is_said_to_people_holds_what_was_computed(low in 1e-9_f64..1e9, more in 0.0_f64..1e9) {
        let said = Range::new(low, low + more).rounded_outward();
        prop_assert!(said.min < said.max && said.min <= low && low + more <= said.max * (1.0 + 1e-9), "{said:?}");
    }

    #[test]
    fn a_counter_that_turned_once_is_read_right(start in 0_u64..1_000_000, used in 0_u64..1_000_000) {
        let range_uj = 1_000_000;
        let (before, after) = ((start), (start + used) % range_uj);
        let at = |energy_uj| EnergyCounter { energy_uj, range_uj };
        prop_assert!((at(after).since(at(before)) - used as f64 / 3.6e12).abs() < 1e-18);
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

#[test]
fn a_meter_is_not_an_estimate() {
    let got = measured(1e-3, Range::new(1.0, 1.2), "FRA", &ZoneTable::embedded().unwrap()).unwrap();
    assert_eq!((got.quality, got.embodied), (Quality::Measured, None));
    assert_eq!(got.energy_kwh, Range::new(1e-3, 1.2e-3));
    assert!(measured(f64::NAN, Range::exact(1.0), "FRA", &ZoneTable::embedded().unwrap()).is_err());
}

#[test]
fn models_are_known_by_their_names() {
    let models = ModelTable::embedded().unwrap();
    let lucie = models.find("Lucie-7B-Instruct-v1.1", None).unwrap();
    assert_eq!(lucie.name, "OpenLLM-France/Lucie-7B-Instruct-v1.1");
    assert_eq!(models.find("qwen2.5:7b", None).unwrap().active_b, Range::exact(7.61));
    let refused = models.find("mistral-smal-latest", None).unwrap_err().to_string();
    assert!(refused.contains("mistral-small-latest"), "{refused}");
    let inputs = models.inputs(models.find("mistral-small-latest", None).unwrap(), 100, &Provider::unknown());
    assert_eq!((inputs.zone.as_str(), inputs.pue), ("SWE", Range::exact(1.16)));
}

#[test]
fn a_model_that_providers_run_differently_is_asked_for_with_its_provider() {
    let name = "meta-llama/Llama-3.1-8B-Instruct";
    let models = ModelTable::embedded().unwrap();
    assert!(matches!(models.find(name, None), Err(Error::AmbiguousModel { .. })));
    assert_eq!(models.find(name, Some("albert")).unwrap().provider, "albert");
}

#[test]
fn a_wrong_data_file_is_refused_with_its_place() {
    let twice = r#"{"version":"1","source":"s","year":2026,"zones":[{"zone":"FRA","gwp":1,"adpe":1,"pe":1,"wue":1},
        {"zone":"FRA","gwp":1,"adpe":1,"pe":1,"wue":1}]}"#;
    assert!(ZoneTable::from_json(twice).unwrap_err().to_string().contains("FRA is there twice"));
    let stranger = r#"{"version":"1","source":"s","providers":[],"models":[{"provider":"x","name":"m","active_b":1,"total_b":1,"source":"s"}]}"#;
    assert!(ModelTable::from_json(stranger).unwrap_err().to_string().contains("\"x\" is not among"));
    let zero = r#"{"version":"1","comparisons":[{"id":"led","of":"energy_kwh","one":0,"unit":"h","fr":"","en":"","source":"s","year":2026}]}"#;
    assert!(Comparisons::from_json(zero).unwrap_err().to_string().contains("led"));
}

#[test]
fn comparisons_are_ranges_with_their_source() {
    let footprint = estimate(&Inputs::new(24.0, 24.0, 400, "FRA")).unwrap();
    let said = Comparisons::embedded().unwrap().of(&footprint);
    assert!(said.len() >= 3 && said.iter().all(|said| said.times.min < said.times.max && !said.source.is_empty()), "{said:?}");
}
