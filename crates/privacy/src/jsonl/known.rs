//! What a line says of the person of its case.

use serde_json::{Map, Value};

use crate::{KnownValue, Label};

/// The field, and what is wrong with it.
pub(super) type Problem = (String, String);

/// What `known` says of one person: `first`, `last`, `birth_name`, `birth_date`, `nir`, `phone`, `email`, `caf`,
/// `address` with `number`, `street`, `postcode` and `city`; any other field is a value to hide.
pub(super) fn values(known: &Map<String, Value>) -> Result<Vec<KnownValue>, Problem> {
    let mut values = Vec::new();
    let first = text_in(known, "known", "first")?.unwrap_or_default();
    for field in ["last", "birth_name"] {
        if let Some(last) = text_in(known, "known", field)? {
            values.push(KnownValue::new(Label::Person, format!("{first} {last}")));
        }
    }
    if values.is_empty() && !first.is_empty() {
        values.push(KnownValue::new(Label::Person, first));
    }
    for field in known.keys().filter(|field| !["first", "last", "birth_name", "address"].contains(&field.as_str())) {
        if let Some(value) = text_in(known, "known", field)? {
            values.push(KnownValue::new(label(field), value));
        }
    }
    match known.get("address") {
        None | Some(Value::Null) => {}
        Some(Value::String(address)) => values.push(KnownValue::new(Label::Address, address.clone())),
        Some(Value::Object(address)) => values.extend(address_values(address)?),
        Some(_) => return Err(("known.address".to_owned(), "an object or a text is expected".to_owned())),
    }
    Ok(values)
}

fn address_values(address: &Map<String, Value>) -> Result<Vec<KnownValue>, Problem> {
    let part = |field| text_in(address, "known.address", field);
    let pair = |first: Option<&str>, second: Option<&str>| Some(format!("{} {}", first.unwrap_or_default(), second?));
    let lines =
        [(Label::Address, pair(part("number")?, part("street")?)), (Label::PostalCity, pair(part("postcode")?, part("city")?))];
    Ok(lines.into_iter().filter_map(|(label, line)| Some(KnownValue::new(label, line?.trim().to_owned()))).collect())
}

/// A text, a number, or nothing.
fn text_in<'m>(fields: &'m Map<String, Value>, parent: &str, field: &str) -> Result<Option<&'m str>, Problem> {
    match fields.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
        Some(_) => Err((format!("{parent}.{field}"), "a text in quotes is expected".to_owned())),
    }
}

/// The label of a field of `known`: its own name, or that of a code in small letters.
fn label(field: &str) -> Label {
    match field {
        "caf" => Label::CafNumber,
        "france_travail" | "ft" => Label::JobSeekerNumber,
        "reference" => Label::Reference,
        _ => Label::HIDDEN.into_iter().find(|label| label.code().eq_ignore_ascii_case(field)).unwrap_or(Label::Other),
    }
}
