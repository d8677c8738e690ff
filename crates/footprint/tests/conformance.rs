//! Our restatement against values computed by EcoLogits itself, to 1e-9.

use std::path::PathBuf;

use gouvernail_footprint::{Error, Impacts, Inputs, Range, ZoneFactors, ZoneTable, estimate_with};
use serde_json::{Value, json};

fn fixture() -> Option<Value> {
    let shared = std::env::var_os("GOUVERNAIL_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let text = std::fs::read_to_string(shared.join("data/ecologits/ecologits_conformance.json")).ok()?;
    Some(serde_json::from_str(&text).expect("the fixture is JSON"))
}

fn range(value: &Value) -> Range {
    match value.as_f64() {
        Some(number) => Range::exact(number),
        None => Range::new(value["min"].as_f64().expect("min"), value["max"].as_f64().expect("max")),
    }
}

fn table(mix: &Value) -> ZoneTable {
    let text = json!({ "version": "fixture", "source": "fixture", "year": 2026, "zones": [{
        "zone": mix["zone"], "gwp": mix["gwp_kgco2eq_per_kwh"], "adpe": mix["adpe_kgsbeq_per_kwh"],
        "pe": mix["pe_mj_per_kwh"], "wue": mix["wue_l_per_kwh"],
    }]});
    ZoneTable::from_json(&text.to_string()).expect("valid factors")
}

fn inputs(case: &Value) -> Inputs {
    let given = &case["inputs"];
    let tokens = case["output_tokens"].as_u64().expect("tokens");
    let zone = case["zone_used"].as_str().expect("zone");
    let mut inputs = Inputs::new(range(&given["active_b"]), range(&given["total_b"]), tokens, zone);
    inputs.latency_s = case["request_latency_s"].as_f64();
    inputs.tokens_per_second = given["tps"].as_f64();
    inputs.time_to_first_token_s = given["ttft"].as_f64();
    inputs.pue = range(&given["pue"]);
    inputs.wue_l_per_kwh = range(&given["wue_l_per_kwh"]);
    inputs.batch_size = case["overrides"]["batch_size"].as_f64().unwrap_or(inputs.batch_size);
    inputs.quantization_bits = case["overrides"]["model_quantization_bits"].as_f64().unwrap_or(inputs.quantization_bits);
    inputs
}

fn close(what: &str, got: Range, want: &Value) {
    let want = range(want);
    for (got, want) in [(got.min, want.min), (got.max, want.max)] {
        assert!((got - want).abs() <= 1e-9 * want.abs(), "{what}: {got} is not {want}");
    }
}

fn compare(what: &str, got: Impacts, want: &Value) {
    close(&format!("{what} gwp"), got.gwp_kgco2eq, &want["gwp_kgco2eq"]);
    close(&format!("{what} adpe"), got.adpe_kgsbeq, &want["adpe_kgsbeq"]);
    close(&format!("{what} pe"), got.pe_mj, &want["pe_mj"]);
}

#[test]
fn agrees_with_ecologits_on_every_case() {
    let Some(fixture) = fixture() else {
        println!("skipped: no ../shared/data/ecologits/ecologits_conformance.json (set GOUVERNAIL_SHARED)");
        return;
    };
    let mut compared = 0;
    for (index, case) in fixture["cases"].as_array().expect("cases").iter().enumerate() {
        let want = &case["expect"];
        if want.is_null() {
            continue;
        }
        let what = format!("case {index} {}", case["model"]);
        let got = estimate_with(&inputs(case), &table(&case["inputs"]["mix"])).expect("a valid case");
        close(&format!("{what} energy"), got.energy_kwh, &want["energy_kwh"]);
        close(&format!("{what} water"), got.water_l, &want["wcf_l"]);
        compare(&format!("{what} usage"), got.usage, &want["usage"]);
        compare(&format!("{what} embodied"), got.embodied.expect("covered"), &want["embodied"]);
        compare(&format!("{what} total"), got.total, want);
        compared += 1;
    }
    assert!(compared >= 25, "only {compared} cases were compared");
}

#[test]
fn embedded_factors_are_those_of_the_fixture() {
    let Some(fixture) = fixture() else {
        println!("skipped: no ../shared/data/ecologits/ecologits_conformance.json (set GOUVERNAIL_SHARED)");
        return;
    };
    let embedded = ZoneTable::embedded().expect("valid file");
    for case in fixture["cases"].as_array().expect("cases") {
        let mix = &case["inputs"]["mix"];
        let Some(zone) = mix["zone"].as_str() else { continue };
        let ours = embedded.get(zone).expect("a zone that the file holds");
        let theirs = ZoneFactors { country: ours.country.clone(), ..table(mix).zones[0].clone() };
        assert_eq!(ours, &theirs);
    }
}

#[test]
fn unknown_zone_is_refused_like_upstream() {
    let refused = estimate_with(&Inputs::new(8.0, 8.0, 10, "ZZZ"), &ZoneTable::embedded().expect("valid file"));
    assert!(matches!(refused, Err(Error::UnknownZone { .. })));
}
