//! `gouvernail study`: an operator checks and scores questionnaires without a server.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn studies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies")
}

fn study(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gouvernail")).arg("study").args(args).output().unwrap()
}

#[test]
fn what_ships_is_checked_and_a_lender_beside_it_is_found() {
    let output = study(&["check", studies().join("droits.toml").to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.contains("\"rights\" holds together"), "{said}");
}

#[test]
fn a_file_that_does_not_hold_is_refused_with_every_problem() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    let text = std::fs::read_to_string(studies().join("une-page.toml")).unwrap();
    std::fs::write(&file, text.replace("is = \"visibles\"", "is = \"nothing\"").replace("up_to = 0\n", "")).unwrap();
    let output = study(&["check", file.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(said.contains("question \"protection\"") && said.contains("levels must rise"), "{said}");
}

#[test]
fn answers_are_scored_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let answers = folder.path().join("answers.json");
    std::fs::write(&answers, json!({ "decision": true, "apport": "Moins d’attente", "publication": "maybe" }).to_string()).unwrap();
    let file = studies().join("une-page.toml");
    let output = study(&["score", file.to_str().unwrap(), "--answers", answers.to_str().unwrap()]);
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["score"]["total"]["level"], "insuffisante");
    assert_eq!(said["complete"], false);
    assert_eq!(said["missing"], json!(["donnees", "risques", "mesures", "publication"]));
    assert!(said["not_counted"][0].as_str().unwrap().starts_with("publication: "));
}

#[test]
fn the_canadian_assessment_is_scored_from_its_own_files() {
    let shared = std::env::var_os("GOUVERNAIL_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let survey = shared.join("data/canada-aia/survey-enfr.json");
    if !survey.is_file() {
        println!("skipped: no ../shared/data/canada-aia/survey-enfr.json (set GOUVERNAIL_SHARED)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let answers = folder.path().join("saved.json");
    std::fs::write(&answers, json!({ "version": "v1.0.1", "data": { "riskProfile1": "item1-3" } }).to_string()).unwrap();
    let args = ["score", survey.to_str().unwrap(), "--answers", answers.to_str().unwrap(), "--format", "surveyjs"];
    let said: Value = serde_json::from_slice(&study(&args).stdout).unwrap();
    assert_eq!(said["score"]["total"], json!({ "before": 3, "points": 3, "maximum": 167, "lowered": false, "level": "I" }));
}
