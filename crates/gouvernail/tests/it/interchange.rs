//! Records through the command line: what would be read, what is recorded, what is written again.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use gouvernail_store::Store;
use serde_json::{Value, json};

use crate::referent::{REFERENT, referent};
use crate::world;

const SHEETS: &str = r#"[
  { "name": "Tekstanalyse", "goal": "<p>Zoeken</p>", "source_id": "1", "status": "In gebruik", "lars": null },
  { "name": "Anonimiseren", "goal": "Lakken", "source_id": "2" },
  { "name": "" }
]"#;

fn register(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gouvernail")).arg("register").args(arguments).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_dry_run_needs_nothing_but_the_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("sheets.json"), SHEETS).unwrap();
    let output = register(folder.path(), &["import", "--format", "nl", "--dry-run", "sheets.json"]);
    assert!(output.status.success(), "{}", said(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["read"], &report["accepted"]), (&json!(3), &json!(2)));
    assert_eq!(report["rejected"][0]["index"], 2);
    assert_eq!(report["rejected"][0]["field"], "name");
    let wrong = register(folder.path(), &["import", "--format", "nl", "--dry-run", "absent.json"]);
    assert!(!wrong.status.success() && said(&wrong).contains("absent.json"));
}

#[tokio::test]
async fn records_are_imported_once_and_exported_as_they_came() {
    let folder = tempfile::tempdir().unwrap();
    let prepared = world::prepare(folder.path(), "http://127.0.0.1:9/v1", 0).await;
    let config = world::configure(folder.path(), 1_u16);
    let store = Store::connect(&prepared.database).await.unwrap();
    store.create_person(&referent()).await.unwrap();
    store.close().await;
    let file = folder.path().join("sheets.json");
    fs::write(&file, SHEETS).unwrap();
    let (config, file) = (config.to_str().unwrap(), file.to_str().unwrap());
    let import = |more: &[&str]| {
        let usual = ["import", "--config", config, "--format", "nl", file];
        register(folder.path(), &[&usual, more].concat())
    };
    let half = import(&["--author", REFERENT]);
    assert!(!half.status.success() && said(&half).contains("1 of 3 records are refused"), "{}", said(&half));
    let agent = import(&["--keep-good", "--author", world::AGENT]);
    assert!(!agent.status.success() && said(&agent).contains("no référent"), "{}", said(&agent));
    let done = import(&["--keep-good", "--author", REFERENT]);
    assert!(said(&done).contains("2 systems declared, 0 brought up to date, 0 already"), "{}", said(&done));
    let again = import(&["--keep-good", "--author", REFERENT]);
    assert!(said(&again).contains("0 systems declared, 0 brought up to date, 2 already"), "{}", said(&again));
    let written = register(folder.path(), &["export", "--config", config, "--format", "nl"]);
    let written: Vec<Value> = serde_json::from_slice(&written.stdout).unwrap();
    let source: Vec<Value> = serde_json::from_str(SHEETS).unwrap();
    assert_eq!(written, [source[1].clone(), source[0].clone()], "by identifier");
    let schema =
        register(folder.path(), &["export", "--config", config, "--format", "nl", "--dialect", "schema", "--out", "nl.json"]);
    assert!(schema.status.success() && said(&schema).contains("the format asks for it"), "{}", said(&schema));
    let schema: Value = serde_json::from_slice(&fs::read(folder.path().join("nl.json")).unwrap()).unwrap();
    assert_eq!(schema[1]["purpose_and_impact"], "Zoeken");
    let wrong = register(folder.path(), &["export", "--config", config, "--format", "us", "--dialect", "x"]);
    assert!(said(&wrong).contains("us has no such dialect"), "{}", said(&wrong));
}
