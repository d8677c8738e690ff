//! `gouvernail footprint`, as somebody types it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn run(args: &[&str]) -> (bool, String, String) {
    // An empty cache: what was fetched on this machine must not change what is tested.
    let cache = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_gouvernail"))
        .arg("footprint")
        .args(args)
        .env("GOUVERNAIL_CACHE", cache.path())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

fn estimate(args: &[&str]) -> Value {
    let (well, printed, said) = run(&[&["estimate"], args].concat());
    assert!(well, "{args:?}: {said}");
    serde_json::from_str(&printed).unwrap()
}

fn published() -> Option<PathBuf> {
    let shared = std::env::var_os("GOUVERNAIL_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("data/ecologits");
    folder.is_dir().then_some(folder)
}

fn bounds(value: &Value) -> (f64, f64) {
    value.as_f64().map_or_else(|| (value["min"].as_f64().unwrap(), value["max"].as_f64().unwrap()), |exact| (exact, exact))
}

fn written(value: &Value) -> String {
    let (min, max) = bounds(value);
    format!("{min}..{max}")
}

fn compare(what: &str, got: &Value, want: &Value) {
    for (name, want) in want.as_object().unwrap() {
        if want.get("gwp_kgco2eq").is_some() {
            compare(&format!("{what} {name}"), &got[name], want);
            continue;
        }
        let (got, want) = (bounds(&got[name]), bounds(want));
        let near = |got: f64, want: f64| (got - want).abs() <= 1e-9 * want.abs();
        assert!(near(got.0, want.0) && near(got.1, want.1), "{what} {name}: {got:?} is not {want:?}");
    }
}

/// Arguments of a case of the conformance file: by the name of the model, or by its parameters.
fn arguments(case: &Value, by_name: bool) -> Vec<String> {
    let inputs = &case["inputs"];
    let mut args = vec![format!("--output-tokens={}", case["output_tokens"])];
    let mut give = |name: &str, value: &Value| {
        if !value.is_null() {
            args.push(format!("--{name}={}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        }
    };
    give("latency", &case["request_latency_s"]);
    if by_name {
        give("provider", &case["provider"]);
        give("model", &case["model"]);
        give("zone", &case["zone_requested"]);
        return args;
    }
    give("zone", &case["zone_used"]);
    give("tps", &inputs["tps"]);
    give("ttft", &inputs["ttft"]);
    give("batch-size", &case["overrides"]["batch_size"]);
    give("quantization-bits", &case["overrides"]["model_quantization_bits"]);
    for (name, field) in [("active-params", "active_b"), ("total-params", "total_b"), ("pue", "pue"), ("wue", "wue_l_per_kwh")] {
        args.push(format!("--{name}={}", written(&inputs[field])));
    }
    args
}

#[test]
fn the_command_gives_what_ecologits_gives_by_name_and_by_parameters() {
    let Some(folder) = published() else {
        println!("skipped: no ../shared/data/ecologits (set GOUVERNAIL_SHARED)");
        return;
    };
    let data = format!("--data={}", folder.display());
    let fixture: Value = serde_json::from_str(&fs::read_to_string(folder.join("ecologits_conformance.json")).unwrap()).unwrap();
    let mut compared = 0;
    for case in fixture["cases"].as_array().unwrap() {
        let named = case["kind"] == "named";
        for by_name in [true, false].into_iter().filter(|by_name| named || !by_name) {
            let refused = case["expect"].is_null();
            if refused && !by_name {
                continue;
            }
            let args = arguments(case, by_name);
            let args: Vec<&str> = std::iter::once(data.as_str()).chain(args.iter().map(String::as_str)).collect();
            if refused {
                let (well, _, said) = run(&[&["estimate"], args.as_slice()].concat());
                assert!(!well && said.contains("nearest"), "{args:?}: {said}");
            } else {
                compare(&format!("{args:?}"), &estimate(&args), &case["expect"]);
            }
            compared += 1;
        }
    }
    assert!(compared >= 40, "only {compared} cases were compared");
}

#[test]
fn an_estimate_says_its_method_its_inputs_and_what_is_not_known() {
    let got = estimate(&["--model", "mistral-small-latest", "--output-tokens", "400", "--zone", "FRA"]);
    assert_eq!((&got["method"]["id"], &got["zone"]), (&"ecologits-llm".into(), &"FRA".into()));
    assert_eq!(got["inputs"]["output_tokens"], 400);
    assert!(got["comparisons"].as_array().is_some_and(|all| all.len() >= 3));
    let guessed = estimate(&["--active-params", "8..28", "--output-tokens", "400"]).to_string();
    assert!(guessed.contains("world average is used") && guessed.contains("PUE"), "{guessed}");
}

#[test]
fn what_is_unknown_is_refused_with_what_is_near() {
    for (args, expected) in [
        (["--model", "mistral-smal-latest", "--zone", "FRA"], "mistral-small-latest"),
        (["--active-params", "8", "--zone", "FRX"], "FRA"),
        (["--active-params", "28..8", "--zone", "FRA"], "neither a number nor two in order"),
        (["--active-params", "8", "--pue", "0.5"], "pue is 0.5..0.5"),
    ] {
        let (well, _, said) = run(&[&["estimate", "--output-tokens", "10"], args.as_slice()].concat());
        assert!(!well && said.contains(expected), "{args:?}: {said}");
    }
}

#[test]
fn an_operator_brings_their_own_factors() {
    let folder = tempfile::tempdir().unwrap();
    let zones =
        r#"{"version":"mine","source":"our supplier","year":2026,"zones":[{"zone":"CLO","gwp":0.01,"adpe":0,"pe":1,"wue":0}]}"#;
    fs::write(folder.path().join("zones.json"), zones).unwrap();
    let data = folder.path().to_str().unwrap();
    let got = estimate(&["--data", data, "--active-params", "8", "--output-tokens", "10", "--zone", "CLO"]);
    assert_eq!(got["method"]["factors"], "mine");
    fs::write(folder.path().join("zones.json"), zones.replace("0.01", "-1")).unwrap();
    let (well, _, said) = run(&["zones", "--data", data]);
    assert!(!well && said.contains("zones.json") && said.contains("gwp of zone CLO"), "{said}");
}

#[test]
fn a_meter_is_read_around_a_command() {
    let powercap = tempfile::tempdir().unwrap();
    let counter = |name: &str, part: &str, energy: &str| {
        let folder = powercap.path().join(name);
        fs::create_dir(&folder).unwrap();
        for (file, text) in [("name", part), ("energy_uj", energy), ("max_energy_range_uj", "1000000")] {
            fs::write(folder.join(file), format!("{text}\n")).unwrap();
        }
        folder.join("energy_uj")
    };
    let package = counter("intel-rapl:0", "package-0", "900000");
    counter("intel-rapl:0:0", "core", "5");
    let turn = format!("echo 260000 > {}", package.display());
    let measure = |powercap: &Path, script: &str| {
        run(&["measure", "--zone", "FRA", "--powercap", powercap.to_str().unwrap(), "--", "sh", "-c", script])
    };
    let (well, printed, said) = measure(powercap.path(), &turn);
    assert!(well, "{said}");
    let got: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!((&got["quality"], &got["embodied"]), (&"measured".into(), &Value::Null));
    assert!((bounds(&got["energy_kwh"]).0 - 360_000.0 / 3.6e12).abs() < 1e-18, "the counter turned once: {got}");
    let (well, _, said) = measure(powercap.path(), "exit 3");
    assert!(!well && said.contains("failed"), "{said}");
    let (well, _, said) = measure(&powercap.path().join("none"), "true");
    assert!(!well && said.contains("no energy counters"), "{said}");
}
