//! The real records of other registers: read, counted, written again word for word.
//!
//! They stand in `shared/data` beside the repository; without them, each test says so and passes.

use std::fs;
use std::path::{Path, PathBuf};

use gouvernail_interchange::{Dialect, Format, Place, Problem, Read, read, write};
use gouvernail_register::{Record, Value};
use serde_json::Value as Json;

fn data(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn bytes(path: &str) -> Option<Vec<u8>> {
    data(path).map(|path| fs::read(path).unwrap())
}

fn files(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let Some(folder) = data(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

fn json(bytes: &[u8]) -> Vec<Json> {
    match serde_json::from_slice(bytes).unwrap() {
        Json::Array(list) => list,
        object => vec![object],
    }
}

fn records(read: &Read) -> Vec<Record> {
    read.records.iter().map(|(_, record)| record.clone()).collect()
}

/// Every accepted record is valid, is written as it stood in the source, and is read again as the same record.
fn comes_back(format: Format, dialect: Dialect, read: &Read, source: &[Json]) {
    let records = records(read);
    for record in &records {
        assert_eq!(record.check(), Ok(()));
    }
    let written = write(dialect, &records).unwrap();
    assert_eq!(json(&written.bytes), source);
    let again = gouvernail_interchange::read(format, &written.bytes).unwrap();
    assert_eq!(self::records(&again), records);
}

#[test]
fn the_whole_dutch_list() {
    let Some(bytes) = bytes("nl-algoritmeregister-records/algoritmes.json") else { return };
    let read = read(Format::Nl, &bytes).unwrap();
    assert_eq!((read.report.read, read.report.accepted, read.report.rejected.len()), (1530, 1530, 0));
    let status = |status: &str| read.records.iter().filter(|(_, record)| record.text("status") == Some(status)).count();
    assert_eq!((status("in-use"), status("development"), status("retired")), (1392, 73, 65));
    // The purpose says purpose and effects at once: to look at, in each of those that say something.
    let merged = read.report.review.iter().filter(|note| note.field == "purpose" && note.problem == Problem::Merged);
    assert_eq!((merged.count(), read.report.review.len()), (1522, 1522));
    let source: Json = serde_json::from_slice(&bytes).unwrap();
    comes_back(Format::Nl, Dialect::NlListing, &read, source["algoritmes"].as_array().unwrap());
}

#[test]
fn dutch_records_pass_from_one_dialect_to_another() {
    let Some(bytes) = bytes("nl-algoritmeregister-records/algoritmes.json") else { return };
    let listed = records(&read(Format::Nl, &bytes).unwrap());
    for dialect in [Dialect::NlApi, Dialect::NlSchema] {
        let written = write(dialect, &listed).unwrap();
        let again = records(&read(Format::Nl, &written.bytes).unwrap());
        assert_eq!(again.len(), listed.len());
        for (again, listed) in again.iter().zip(&listed) {
            for (field, value) in &listed.fields {
                // The date of publication has no key in the schema.
                if again.fields.get(field) != Some(value) {
                    assert_eq!((dialect, field.as_str()), (Dialect::NlSchema, "published_at"));
                }
            }
        }
    }
}

#[test]
fn the_sheets_of_suppliers() {
    let files = files("nl-algoritmeregister/templates-1.0");
    let mut count = 0;
    for (path, bytes) in &files {
        let read = read(Format::Nl, bytes).unwrap();
        assert!(read.report.rejected.is_empty(), "{}: {:?}", path.display(), read.report.rejected);
        comes_back(Format::Nl, Dialect::NlApi, &read, &json(bytes));
        count += read.report.accepted;
        for (_, record) in &read.records {
            for value in record.fields.values() {
                let Value::Text(text) = value else { continue };
                assert!(!text.contains("<p>") && !text.contains("</li>"), "{}: {text}", path.display());
            }
        }
    }
    assert!(files.is_empty() || (files.len() == 17 && count == 27), "{count} sheets in {} files", files.len());
}

#[test]
fn the_fixtures_of_the_dutch_register() {
    for (path, bytes) in files("nl-algoritmeregister/fixtures") {
        let read = read(Format::Nl, &bytes).unwrap();
        let translation = path.ends_with("translation_v1_0.json");
        // The second of the translations has no name yet.
        assert_eq!(read.report.rejected.len(), usize::from(translation), "{}", path.display());
        let source: Vec<Json> = json(&bytes).into_iter().filter(|record| !record["name"].is_null()).collect();
        comes_back(Format::Nl, Dialect::NlApi, &read, &source);
        let looked_at: Vec<&str> = read.report.review.iter().map(|note| note.field.as_str()).collect();
        assert!(looked_at.contains(&"start_date"), "{}: no month is no month", path.display());
    }
}

/// What `write` says that the format misses is what the JSON Schema of the Dutch register refuses, record by record.
#[test]
fn what_the_dutch_schema_refuses_was_announced() {
    let Some(schema) = bytes("nl-algorithm-register-schema/schema.json") else { return };
    let schema: Json = serde_json::from_slice(&schema).unwrap();
    let mut all = records(&read(Format::Nl, &bytes("nl-algoritmeregister-records/algoritmes.json").unwrap()).unwrap());
    for (_, bytes) in files("nl-algoritmeregister/templates-1.0") {
        all.extend(records(&read(Format::Nl, &bytes).unwrap()));
    }
    all.push(whole());
    let written = write(Dialect::NlSchema, &all).unwrap();
    let mut valid = Vec::new();
    for (index, record) in json(&written.bytes).iter().enumerate() {
        let refused = crate::draft7::refusals(&schema, record);
        let announced = written.notes.iter().filter(|note| note.place == Place::Index(index) && note.problem.breaks()).count();
        assert_eq!(refused.len(), announced, "record {index}: {refused:?}");
        valid.extend(refused.is_empty().then_some(index));
    }
    // Real records say ten keys, or lack an organisation: only the one that is complete passes.
    assert_eq!(valid, [all.len() - 1]);
}

/// A record in which everything that the Dutch register asks for is said.
fn whole() -> Record {
    let text = |words: &str| Value::Text(words.into());
    let mut record = Record::default();
    for (field, words) in [
        ("name", "Verkeer regelen"),
        ("summary", "Regelt de verkeerslichten."),
        ("organisation", "Gemeente Noorderhaaks"),
        ("status", "pilot"),
        ("start_date", "2026-03"),
        ("contact", "info@example.nl"),
        ("risk_category", "minimal"),
        ("purpose", "Doorstroming."),
        ("impact_on_people", "Kortere wachttijd."),
        ("proportionality", "Beter dan een vaste volgorde."),
        ("human_oversight", "Een medewerker kijkt mee."),
        ("risks", "Een sensor kan stuk gaan."),
        ("impact_assessments", "DPIA"),
        ("data_items", "Aantallen auto’s"),
        ("operations", "Regels"),
        ("supplier", "Gemeente"),
        ("language", "nl"),
    ] {
        record.fields.insert(field.into(), text(words));
    }
    record.fields.insert("policy_area".into(), Value::List(vec!["transport".into()]));
    record
}

#[test]
fn the_british_records() {
    let Some(bytes) = bytes("uk-atrs/atrs_records.json") else { return };
    let read = read(Format::Atrs, &bytes).unwrap();
    assert_eq!((read.report.read, read.report.accepted, read.report.review.len()), (136, 136, 0));
    let source: Json = serde_json::from_slice(&bytes).unwrap();
    comes_back(Format::Atrs, Dialect::AtrsListing, &read, source["records"].as_array().unwrap());
    // With the attributes of the standard, the same is said.
    let written = write(Dialect::Atrs, &records(&read)).unwrap();
    let again = gouvernail_interchange::read(Format::Atrs, &written.bytes).unwrap();
    for ((_, again), (_, record)) in again.records.iter().zip(&read.records) {
        for field in ["name", "summary", "organisation", "published_at"] {
            assert_eq!(again.text(field), record.text(field));
        }
    }
}

#[test]
fn every_british_attribute_has_a_field() {
    let Some(bytes) = bytes("uk-atrs/Algorithmic_transparency_data_standard_v1.1.csv") else { return };
    let mut rows = csv::Reader::from_reader(bytes.as_slice());
    let attributes: Vec<String> = rows.records().map(|row| row.unwrap()[1].trim_end_matches('*').to_owned()).collect();
    assert_eq!(attributes.len(), 37);
    let filled = attributes.iter().map(|attribute| {
        let value = match attribute.as_str() {
            "phase" => "beta-pilot".to_owned(),
            url if url.ends_with("url") || url == "website" => "https://example.org/tool".to_owned(),
            other => format!("What {other} says"),
        };
        (attribute.clone(), Json::String(value))
    });
    let source = Json::Object(filled.collect());
    let read = read(Format::Atrs, source.to_string().as_bytes()).unwrap();
    assert_eq!(read.report.accepted, 1);
    let looked_at: Vec<&str> = read.report.review.iter().map(|note| note.field.as_str()).collect();
    assert_eq!(looked_at, ["purpose"], "only the scope is merged; every other attribute fits");
    // Nothing was left without a field: what is kept beside are rows of several attributes.
    comes_back(Format::Atrs, Dialect::Atrs, &read, &[source]);
    let unmapped: Vec<&String> = read.records[0].1.foreign["atrs"].keys().collect();
    let several = [
        "data_name",
        "data_description",
        "assessment_name",
        "assessment_description",
        "assessment_date",
        "risk_name",
        "risk_description",
    ];
    assert!(unmapped.iter().all(|key| several.iter().any(|part| key.contains(part))), "{unmapped:?}");
    assert_eq!(read.records[0].1.text("status"), Some("pilot"));
}

#[test]
fn the_american_inventory() {
    let Some(bytes) = bytes("us-ai-inventory-2024/2024_consolidated_ai_inventory_raw_v2.csv") else { return };
    let read = read(Format::Us, &bytes).unwrap();
    let report = &read.report;
    let refused = |field: &str, missing: bool| {
        report.rejected.iter().filter(|note| note.field == field && (note.problem == Problem::Missing) == missing).count()
    };
    assert_eq!(report.read, 2133);
    // Names too long for a notice to citizens, and blanks where the data dictionary asks for words.
    assert_eq!(refused("name", false), 71);
    assert_eq!((refused("purpose", true), refused("provided_information", true)), US_BLANKS);
    assert_eq!((refused("status", true), refused("risk_category", true)), (4, 39));
    assert_eq!(report.accepted, US_ACCEPTED);
    // Line numbers are those of the file: the first refused row can be found in an editor.
    assert!(report.rejected.iter().all(|note| matches!(note.place, Place::Line(line) if (2..=4653).contains(&line))));
    for (_, record) in &read.records {
        // Their law is not ours: the risk is to assess, and somebody must look at it.
        assert_eq!(record.text("risk_category"), Some("to-assess"));
        assert!(record.review.contains("risk_category"));
        assert_eq!(record.check(), Ok(()));
    }
    let records = records(&read);
    let again = gouvernail_interchange::read(Format::Us, &write(Dialect::Us, &records).unwrap().bytes).unwrap();
    for (again, record) in self::records(&again).iter().zip(&records) {
        assert_eq!(again, record, "the rows come back, cell by cell");
    }
    assert_eq!(again.records.len(), records.len());
}

/// Rows with a blank purpose, and with blank outputs ("N/A" counts as blank).
const US_BLANKS: (usize, usize) = (11, 47);
/// Rows without any of these.
const US_ACCEPTED: usize = 1972;
