//! What ships: packs that read, examples that hold, words, a matrix that is not stale, tests that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gouvernail_register::{Change, PROPOSITIONS, PackText, Rules, diff, run_examples, test_name};

use crate::lapses::SHOWN;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn local_example() -> PackText {
    let folder = root().join("rules/local-example");
    let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    PackText { name: "local-example".into(), policies: read("requirements.cedar"), examples: read("examples.toml") }
}

fn pack(policies: String) -> PackText {
    PackText { name: "local".into(), policies, examples: String::new() }
}

#[test]
fn the_examples_of_every_pack_hold_and_show_each_requirement() {
    let rules = Rules::with(&[local_example()]).unwrap();
    for pack in PackText::shipped().into_iter().chain([local_example()]) {
        let run = run_examples(&pack, &rules).unwrap();
        assert_eq!(run.failures, [""; 0], "{}", pack.name);
        assert_eq!(run.never_missing, [""; 0], "{}: no example shows them missing", pack.name);
        assert!(run.ran > 0);
    }
}

#[test]
fn a_misspelt_example_is_refused_with_its_place() {
    let rules = Rules::shipped().unwrap();
    let wrong = |text: &str| {
        let pack = PackText { name: "national".into(), examples: text.into(), ..PackText::default() };
        run_examples(&pack, &rules).unwrap_err().to_string()
    };
    let example = |line: &str| format!("[[example]]\nsays = \"un essai\"\nrisk = \"low\"\nmissing = []\n{line}");
    for (line, expected) in [
        ("where = { \"system.declard\" = false }", "declard"),
        ("where = { \"sistem.declared\" = false }", "sistem.declared"),
        ("where = { \"system.declared\" = 3 }", "un essai"),
        ("action = \"callt\"", "callt"),
        ("risque = 1", "risque"),
    ] {
        let error = wrong(&example(line));
        assert!(error.contains(expected) && error.contains("national"), "{error}");
    }
}

#[test]
fn a_broken_pack_is_refused_with_its_place() {
    let words = r#"@id("x") @proposition("1") @law("") @since("2026-01-01") @fr("a.") @en("b.") @fix("/")"#;
    let rule = "forbid (principal, action in Action::\"run\", resource)";
    for (text, expected) in [
        (format!("{words}\n{rule};\n\nforbid (principal"), "line 4"),
        (format!("{words} {rule} unless {{ context.syztem.declared }};"), "schema"),
        (format!("@id(\"x\") {rule};"), "@proposition"),
        (format!("{} {rule};", words.replace("@proposition(\"1\")", "@proposition(\"16\")")), "@proposition"),
        (format!("{} {rule};", words.replace("b.", "")), "@en"),
        (format!("{} @until(\"demain\") {rule};", words), "@until"),
        (format!("{words} permit (principal, action, resource);"), "forbid"),
        (format!("{} {rule};", words.replace("\"x\"", "\"strategy\"")), "twice"),
    ] {
        let Err(error) = Rules::with(&[pack(text.clone())]) else { panic!("accepted: {text}") };
        assert!(error.to_string().contains(expected) && error.to_string().contains("local"), "{error}");
    }
}

#[test]
fn a_pack_that_cannot_be_read_leaves_the_rules_as_they_were() {
    let rules = Rules::shipped().unwrap();
    let before = rules.requirements().count();
    assert!(rules.replace(&[pack("forbid (".into())]).is_err());
    assert_eq!((rules.requirements().count(), rules.edition()), (before, 0));
    rules.replace(&[local_example()]).unwrap();
    assert_eq!((rules.requirements().count(), rules.edition()), (before + 5, 1));
    rules.replace(&[]).unwrap();
    assert_eq!((rules.requirements().count(), rules.edition()), (before, 2));
}

#[test]
fn the_words_are_sentences_that_lead_somewhere() {
    for requirement in Rules::with(&[local_example()]).unwrap().requirements() {
        for words in [&requirement.fr, &requirement.en] {
            assert!(words.ends_with('.') && words.chars().count() < 170, "{requirement:?}");
        }
        assert!(requirement.fix.starts_with('/'), "{requirement:?}");
        assert_eq!(requirement.note_fr.is_empty(), requirement.note_en.is_empty(), "{}", requirement.id);
    }
}

#[test]
fn every_proposition_has_a_requirement_and_every_requirement_its_test() {
    let rules = Rules::shipped().unwrap();
    for proposition in &PROPOSITIONS {
        assert!(!rules.carrying_out(proposition).is_empty(), "{proposition:?}");
    }
    let shown: BTreeSet<(String, String)> = SHOWN.iter().map(|(id, name)| ((*id).into(), (*name).into())).collect();
    let asked: BTreeSet<(String, String)> = rules.requirements().map(|known| (known.id.clone(), test_name(&known))).collect();
    assert_eq!(shown, asked);
}

#[test]
fn the_tests_with_real_calls_exist() {
    let folder = root().join("crates/gateway/tests");
    let mut sources = String::new();
    read_all(&folder, &mut sources);
    for proposition in &PROPOSITIONS {
        let name = proposition.call_test_name();
        assert!(sources.contains(&format!("{name}:")) || sources.contains(&format!("fn {name}(")), "{name} is in no source");
    }
}

fn read_all(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn the_matrix_is_not_stale() {
    let written = fs::read_to_string(root().join("docs/propositions.md")).unwrap_or_default();
    let fresh = Rules::shipped().unwrap().matrix();
    assert!(written == fresh, "docs/propositions.md is stale: gouvernail rules matrix > docs/propositions.md");
}

#[test]
fn what_changed_between_two_packs_is_told_in_words() {
    let rule = |id: &str, since: &str, fr: &str, when: &str| {
        format!(
            "@id(\"{id}\") @proposition(\"1\") @law(\"\") @since(\"{since}\") @fr(\"{fr}\") @en(\"b.\") @fix(\"/\")\n\
             forbid (principal, action in Action::\"run\", resource) unless {{ context.{when} }};\n"
        )
    };
    let one = [rule("a", "2026-01-01", "a.", "log.public"), rule("b", "2026-01-01", "b.", "log.public")].concat();
    let two = [rule("b", "2027-01-01", "bb.", "organisation.declared"), rule("c", "2026-01-01", "c.", "log.public")].concat();
    let (one, two) = (Rules::load(&[pack(one)]).unwrap(), Rules::load(&[pack(two)]).unwrap());
    let changes = diff(&one, &two);
    assert_eq!(diff(&one, &one), []);
    assert!(matches!(&changes[0], Change::Removed(gone) if gone.id == "a"));
    assert!(matches!(&changes[2], Change::Added(new) if new.id == "c"));
    let told = changes[1].to_string();
    for expected in ["~ b", "since: 2026-01-01", "→ 2027-01-01", "words (fr)", "log", "organisation"] {
        assert!(told.contains(expected), "{told}");
    }
}
