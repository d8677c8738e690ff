//! The shape of the house, checked: which crate may lean on which, and that the pure crates stay pure.
//!
//! ARCHITECTURE.md draws the same arrows for readers. A new arrow is a decision: change both, and say why
//! in `docs/decisions/`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Every crate of the workspace with the crates of the workspace that it may use.
const ALLOWED: &[(&str, &[&str])] = &[
    ("tlog", &[]),
    ("privacy", &[]),
    ("footprint", &[]),
    ("register", &[]),
    ("cases", &[]),
    ("letter", &[]),
    ("questionnaire", &[]),
    ("local-model", &[]),
    ("observatory", &["tlog"]),
    ("interchange", &["register"]),
    ("store", &["cases", "register", "tlog"]),
    ("gateway", &["cases", "footprint", "privacy", "register", "store"]),
    ("web", &["cases", "interchange", "letter", "privacy", "questionnaire", "register", "store"]),
];

/// Crates without input or output: a function of their arguments.
const PURE: &[&str] = &["tlog", "privacy", "footprint", "register", "cases", "interchange", "letter", "questionnaire"];

/// What would let a pure crate open a file, a socket or a database.
const INPUT_AND_OUTPUT: &[&str] = &["axum", "hyper", "reqwest", "sqlx", "tokio"];

/// Crate name (without the `gouvernail-` prefix) to the names of what it uses outside its tests.
type Uses = BTreeMap<String, BTreeSet<String>>;

fn short(name: &str) -> &str {
    name.strip_prefix("gouvernail-").unwrap_or(name)
}

/// Asks cargo, so that target-specific and renamed dependencies are seen too.
fn uses() -> Uses {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata: {said}");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    list(&metadata["packages"]).map(|package| (name(package), dependencies(package))).collect()
}

fn dependencies(package: &Value) -> BTreeSet<String> {
    list(&package["dependencies"]).filter(|dependency| dependency["kind"] != "dev").map(name).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}

fn name(value: &Value) -> String {
    short(value["name"].as_str().expect("a name")).to_owned()
}

fn names(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|&name| name.to_owned()).collect()
}

/// The arrows of `uses` that `ALLOWED` does not draw.
fn forbidden_arrows(uses: &Uses) -> Vec<String> {
    let workspace: BTreeSet<String> = uses.keys().cloned().collect();
    let mut found = Vec::new();
    for &(user, allowed) in ALLOWED {
        let inside = uses[user].intersection(&workspace).cloned();
        let extra = inside.filter(|used| !names(allowed).contains(used));
        found.extend(extra.map(|used| format!("{user} -> {used}")));
    }
    found
}

#[test]
fn arrows_only_go_down() {
    let found = forbidden_arrows(&uses());
    assert!(found.is_empty(), "not in the map: {found:?}");
}

#[test]
fn an_upward_arrow_is_seen() {
    let mut uses = uses();
    let web = uses.get_mut("web").expect("the web crate");
    web.insert("gateway".to_owned());
    assert_eq!(forbidden_arrows(&uses), ["web -> gateway"]);
}

#[test]
fn every_crate_is_on_the_map() {
    let mut drawn = names(&ALLOWED.iter().map(|(user, _)| *user).collect::<Vec<_>>());
    drawn.insert("gouvernail".to_owned());
    let present: BTreeSet<String> = uses().into_keys().collect();
    assert_eq!(present, drawn, "draw the new crate in ALLOWED and in ARCHITECTURE.md");
}

#[test]
fn pure_crates_do_no_input_or_output() {
    let uses = uses();
    for &pure in PURE {
        let found: Vec<_> = uses[pure].intersection(&names(INPUT_AND_OUTPUT)).cloned().collect();
        assert!(found.is_empty(), "{pure} is pure and may not use {found:?}");
    }
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest = include_str!("../../../Cargo.toml");
    let found = unexplained(manifest);
    assert!(found.is_empty(), "in Cargo.toml, write a comment line above: {found:?}");
}

#[test]
fn an_unexplained_dependency_is_seen() {
    let manifest = "[workspace.dependencies]\n# Numbers.\none = \"1\"\ntwo = \"2\"\n[profile]\nthree = 3\n";
    assert_eq!(unexplained(manifest), ["two"]);
}

/// Dependencies of the workspace, our own crates aside, without a comment on the line above.
fn unexplained(manifest: &str) -> Vec<&str> {
    let section =
        manifest.lines().skip_while(|line| *line != "[workspace.dependencies]").skip(1).take_while(|line| !line.starts_with('['));
    let mut above = "";
    let mut found = Vec::new();
    for line in section {
        if let Some((name, _)) = line.split_once(" = ")
            && !line.starts_with('#')
            && !name.starts_with("gouvernail-")
            && !above.starts_with('#')
        {
            found.push(name);
        }
        above = line;
    }
    found
}
