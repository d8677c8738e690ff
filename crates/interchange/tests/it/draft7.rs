//! As much of JSON Schema (draft 7) as the Dutch publication standard uses; any other keyword fails the test.

use serde_json::Value as Json;

/// Words about a key that do not bind it.
const NOTES: [&str; 9] = ["$id", "$schema", "title", "description", "community", "name", "category", "display", "instructions"];

/// The keys of `record` that `schema` refuses, each with the keyword that does.
pub fn refusals(schema: &Json, record: &Json) -> Vec<String> {
    assert_eq!(schema["type"], "object");
    let mut refused = Vec::new();
    for key in schema["required"].as_array().unwrap() {
        if record.get(key.as_str().unwrap()).is_none() {
            refused.push(format!("{key}: required"));
        }
    }
    for (key, rules) in schema["properties"].as_object().unwrap() {
        let Some(value) = record.get(key) else { continue };
        for (keyword, rule) in rules.as_object().unwrap() {
            if !holds(keyword, rule, value) {
                refused.push(format!("{key}: {keyword} {rule}"));
            }
        }
    }
    refused
}

fn holds(keyword: &str, rule: &Json, value: &Json) -> bool {
    let text = value.as_str();
    match keyword {
        "type" if rule == "array" => value.is_array(),
        "type" => rule == "string" && value.is_string(),
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| holds("type", &rule["type"], item))),
        "maxLength" => text.is_none_or(|text| text.chars().count() as u64 <= rule.as_u64().unwrap()),
        "enum" => rule.as_array().unwrap().contains(value),
        "const" => rule == value,
        "pattern" => {
            assert_eq!(rule, "^[0-9]{4}-[0-9]{2}$");
            text.is_none_or(|text| text.len() == 7 && text.as_bytes()[4] == b'-' && text.replace('-', "").len() == 6)
        }
        "format" => rule == "uri" && text.is_none_or(|text| text.starts_with("http")),
        note => {
            assert!(NOTES.contains(&note) || note == "example", "the keyword {note} is not understood");
            true
        }
    }
}
