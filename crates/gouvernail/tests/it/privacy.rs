//! `gouvernail privacy` in a pipeline, as an operator uses it.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const LETTER: &str = "Mme LE GOFF, née le 7 mars 1985, 12 rue des Lilas, 29000 Quimper.\r\nTél. : 06 12 34 56 78 [PERSONNE_1]";

fn privacy(args: &[&str], input: &[u8]) -> Output {
    let mut run = Command::new(env!("CARGO_BIN_EXE_gouvernail"));
    run.arg("privacy").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = run.spawn().unwrap();
    // A command that refuses its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

fn documents() -> String {
    let known = json!({ "first": "Hélène", "last": "Le Goff", "birth_name": null, "birth_date": "1985-03-07", "nir": "285032900112345",
        "address": { "number": "12", "street": "rue des Lilas", "postcode": "29000", "city": "Quimper" } });
    let first = json!({ "id": "a", "noise": "clean", "text": LETTER, "known": known });
    let second = json!({ "id": "b", "text": "Rien ici.", "known": null });
    format!("{first}\n\n{second}\n")
}

fn mode(file: &Path) -> u32 {
    file.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn spans_are_in_code_points_and_bad_lines_do_not_stop_the_others() {
    let mut input = documents().into_bytes();
    input.extend_from_slice(b"{\"id\":\"c\"}\n\"\xff\"\n{\"id\":\"d\",\"text\":\"06 12 34 56 78\"}");
    let output = privacy(&["scan", "--jsonl"], &input);
    let found = lines(&output);
    assert_eq!(found.iter().map(|line| line["id"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "b", "d"]);
    let letter: Vec<char> = LETTER.chars().collect();
    let of = |span: &Value| {
        letter[span["start"].as_u64().unwrap() as usize..span["end"].as_u64().unwrap() as usize].iter().collect::<String>()
    };
    let spans: Vec<(String, &str)> =
        found[0]["spans"].as_array().unwrap().iter().map(|span| (of(span), span["label"].as_str().unwrap())).collect();
    assert!(spans.contains(&("LE GOFF".to_owned(), "PERSON")), "{spans:?}");
    assert!(
        spans.contains(&("7 mars 1985".to_owned(), "BIRTH_DATE")) && spans.contains(&("06 12 34 56 78".to_owned(), "PHONE")),
        "{spans:?}"
    );
    assert_eq!(found[0]["spans"][0]["source"], "known");

    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("line 4, field text: it is missing") && said.contains("line 5, field .: UTF-8"), "{said}");
    assert!(said.contains("2 of 5 line(s) refused"), "{said}");

    let alone = privacy(&["scan", "--jsonl", "--no-known"], documents().as_bytes());
    assert!(alone.status.success() && lines(&alone)[0]["spans"].as_array().unwrap().iter().all(|span| span["source"] != "known"));
}

#[test]
fn documents_come_back_from_a_file_of_vaults_that_only_its_owner_reads() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vaults.jsonl");
    let vault = file.to_str().unwrap();
    let masked = privacy(&["mask", "--jsonl", "--vault", vault], documents().as_bytes());
    assert!(masked.status.success(), "{masked:?}");
    let text = String::from_utf8(masked.stdout.clone()).unwrap();
    assert!(!text.contains("GOFF") && !text.contains("1985") && !text.contains("Lilas") && !text.contains("vault"), "{text}");
    assert_eq!(mode(&file), 0o600);

    let restored = privacy(&["restore", "--jsonl", "--vault", vault], &masked.stdout);
    assert_eq!(lines(&restored), [json!({ "id": "a", "text": LETTER }), json!({ "id": "b", "text": "Rien ici." })]);

    // The next text of the same document goes on with the same placeholders.
    let before = text.split_once("née le ").and_then(|(_, rest)| rest.split_once(',')).unwrap().0.to_owned();
    let next = json!({ "id": "a", "text": "Née le 7 mars 1985." }).to_string();
    let masked = privacy(&["mask", "--jsonl", "--vault", vault], next.as_bytes());
    assert_eq!(lines(&masked)[0]["text"], format!("Née le {before}."));

    let unknown = privacy(&["restore", "--jsonl", "--vault", vault], br#"{"id":"z","text":"[DATE_1]"}"#);
    assert!(!unknown.status.success() && unknown.stdout.is_empty());

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let open = privacy(&["restore", "--jsonl", "--vault", vault], &masked.stdout);
    assert!(!open.status.success() && String::from_utf8(open.stderr).unwrap().contains("chmod 600"));
}

#[test]
fn vaults_travel_with_texts_only_when_it_is_asked_for() {
    let refused = privacy(&["mask", "--jsonl"], documents().as_bytes());
    assert!(!refused.status.success() && String::from_utf8(refused.stderr).unwrap().contains("--vault"));
    let masked = privacy(&["mask", "--jsonl", "--with-vault"], documents().as_bytes());
    assert!(lines(&masked)[0]["vault"].is_object());
    let restored = privacy(&["restore", "--jsonl"], &masked.stdout);
    assert_eq!(lines(&restored)[0], json!({ "id": "a", "text": LETTER }));
}

#[test]
fn a_plain_text_comes_back_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let vault = folder.path().join("vault.jsonl");
    let vault = vault.to_str().unwrap();
    let masked = privacy(&["mask", "--vault", vault], LETTER.as_bytes());
    assert!(masked.status.success() && !String::from_utf8_lossy(&masked.stdout).contains("1985"));
    assert_eq!(privacy(&["restore", "--vault", vault], &masked.stdout).stdout, LETTER.as_bytes());
    assert_eq!(lines(&privacy(&["scan"], LETTER.as_bytes()))[0]["id"], "");
    let wrong = privacy(&["scan"], b"\xff");
    assert!(!wrong.status.success() && String::from_utf8(wrong.stderr).unwrap().contains("UTF-8"));
}

/// Another program may ask line by line.
#[test]
fn a_line_is_answered_before_the_next_one_comes() {
    let mut asked = Command::new(env!("CARGO_BIN_EXE_gouvernail"));
    asked.args(["privacy", "scan", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut program = asked.spawn().unwrap();
    let (mut to, from) = (program.stdin.take().unwrap(), program.stdout.take().unwrap());
    let mut answers = BufReader::new(from).lines();
    for id in ["a", "b"] {
        // The beginning of a line that is not whole keeps no answer back.
        write!(to, "{{\"id\":\"{id}\",\"text\":\"né le 07/03/1985\"}}\n{{\"id\"").unwrap();
        to.flush().unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!((&answer["id"], answer["spans"].as_array().unwrap().len()), (&json!(id), 1));
        writeln!(to, ":\"rest\",\"text\":\"\"}}").unwrap();
        assert!(answers.next().unwrap().unwrap().contains("rest"));
    }
    drop(to);
    assert!(program.wait().unwrap().success());
}
