//! What is refused, what is lost on the way out, what is said of it.

use gouvernail_interchange::{Dialect, Format, Place, Problem, Unreadable, read, write};
use gouvernail_register::{Record, Value};
use serde_json::json;

fn record(fields: &[(&str, &str)]) -> Record {
    let fields = fields.iter().map(|(field, words)| ((*field).to_owned(), Value::Text((*words).into())));
    Record { fields: fields.collect(), ..Record::default() }
}

#[test]
fn what_is_not_a_file_of_records_says_so() {
    assert!(matches!(read(Format::Nl, b"{"), Err(Unreadable::Json(_))));
    assert!(matches!(read(Format::Nl, b"3"), Err(Unreadable::NoRecords)));
    assert!(matches!(read(Format::Atrs, b"{\"meta\": {}}"), Err(Unreadable::NoRecords)));
    let Err(Unreadable::Column { at, found, .. }) = read(Format::Us, b"Use Case Name;Agency\nA;B") else { panic!() };
    assert_eq!((at, found.as_str()), (1, "Use Case Name;Agency"));
}

#[test]
fn a_bad_record_is_named_and_the_good_ones_are_read() {
    let file = json!([{ "name": "A" }, 3, { "name": " " }, { "name": "x".repeat(101) }, { "name": "B", "status": "Gestopt" }]);
    let read = read(Format::Nl, file.to_string().as_bytes()).unwrap();
    assert_eq!((read.report.read, read.report.accepted), (5, 2));
    let rejected: Vec<_> = read.report.rejected.iter().map(|note| (note.place, note.field.as_str())).collect();
    assert_eq!(rejected, [(Place::Index(1), ""), (Place::Index(2), "name"), (Place::Index(3), "name")]);
    assert_eq!(read.report.review[0].problem, Problem::UnknownWord("Gestopt".into()));
    let said = serde_json::to_value(&read.report).unwrap();
    let reason = "101 characters are too long; shorten it to 100";
    assert_eq!(said["rejected"][2], json!({ "index": 3, "field": "name", "reason": reason }));
}

#[test]
fn a_row_is_named_by_its_line() {
    let header = String::from_utf8(write(Dialect::Us, []).unwrap().bytes).unwrap_or_default();
    // The header holds a word in Windows-1252, so it is not UTF-8.
    assert!(header.is_empty());
    let mut file = write(Dialect::Us, []).unwrap().bytes;
    file.extend_from_slice(b"\"A tool\nwith a line break\",Agency\r\nshort,row\r\n");
    let read = read(Format::Us, &file).unwrap();
    let lines: Vec<_> = read.report.rejected.iter().map(|note| (note.place, note.problem.clone())).collect();
    let columns = Problem::Columns { found: 2, wanted: 62 };
    assert_eq!(lines, [(Place::Line(2), columns.clone()), (Place::Line(4), columns)]);
}

#[test]
fn a_trial_is_said_to_be_in_use_and_the_loss_is_told() {
    let written = write(Dialect::NlApi, [&record(&[("name", "A"), ("status", "pilot")])]).unwrap();
    let keys: serde_json::Value = serde_json::from_slice(&written.bytes).unwrap();
    assert_eq!(keys[0]["status"], "In gebruik");
    let lossy: Vec<_> = written.notes.iter().filter(|note| !note.problem.breaks()).collect();
    assert_eq!((lossy.len(), lossy[0].field.as_str()), (1, "status"));
}

#[test]
fn only_public_fields_leave() {
    let kept = record(&[("name", "A"), ("security_measures", "paillasson"), ("parameters_weights", "coefficients")]);
    for dialect in Format::ALL.iter().flat_map(|format| format.dialects()) {
        let written = String::from_utf8_lossy(&write(*dialect, [&kept]).unwrap().bytes).into_owned();
        assert!(!written.contains("paillasson") && !written.contains("coefficients"), "{dialect:?}");
    }
}

#[test]
fn purpose_and_effects_are_written_together_and_read_to_look_at() {
    let ours = record(&[("name", "A"), ("purpose", "Aider."), ("impact_on_people", "Moins d’attente."), ("language", "fr")]);
    let written = write(Dialect::NlApi, [&ours]).unwrap();
    let read = read(Format::Nl, &written.bytes).unwrap();
    assert_eq!(read.records[0].1.text("purpose"), Some("Aider.\n\nMoins d’attente."));
    assert!(read.records[0].1.review.contains("purpose"));
}

#[test]
fn an_edited_field_replaces_the_words_of_the_source() {
    let source = json!({ "name": "A", "goal": "<p>Oud &amp; nieuw</p>", "lars": null, "website": "geen adres" });
    let mut read = read(Format::Nl, source.to_string().as_bytes()).unwrap().records.remove(0).1;
    assert_eq!(read.text("purpose"), Some("Oud & nieuw"));
    read.fields.insert("purpose".into(), Value::Text("Nieuw".into()));
    read.fields.insert("public_page_url".into(), Value::Text("https://a.example".into()));
    let written: serde_json::Value = serde_json::from_slice(&write(Dialect::NlApi, [&read]).unwrap().bytes).unwrap();
    assert_eq!(written[0], json!({ "name": "A", "goal": "Nieuw", "lars": null, "website": "https://a.example" }));
    read.fields.remove("purpose");
    let written: serde_json::Value = serde_json::from_slice(&write(Dialect::NlApi, [&read]).unwrap().bytes).unwrap();
    assert_eq!(written[0].get("goal"), None);
}

#[test]
fn the_annex_is_written_point_by_point() {
    let ours = record(&[("name", "A"), ("organisation", "Val-d’Ormes"), ("fria_summary", "Rien de grave.")]);
    let written = write(Dialect::EuAnnex8c, [&ours]).unwrap();
    let keys: serde_json::Value = serde_json::from_slice(&written.bytes).unwrap();
    assert_eq!(keys[0]["1_deployer"], json!({ "name": "Val-d’Ormes" }));
    assert_eq!(keys[0]["4_fundamental_rights"], json!({ "summary": "Rien de grave." }));
    let missing: Vec<&str> = written.notes.iter().map(|note| note.field.as_str()).collect();
    assert_eq!(missing, ["organisation_address", "contact", "accountable_role", "eu_db_entry_url"]);
}
