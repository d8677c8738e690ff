//! Our own format: an object whose `fields` are those of the record.

use gouvernail_register::{BadField, Catalogue, Foreign, Misfit, Record, Value};
use serde_json::{Value as Json, json};

use crate::decode::Said;
use crate::report::Problem;

/// Name and number of this form of the data.
const FORMAT: &str = "gouvernail-record/1";

/// The record of an object; a value that does not fit is left out and spoken of.
pub(crate) fn decode(source: &Foreign) -> Result<(Record, Vec<Said>), Vec<Said>> {
    let (mut record, mut said) = (Record::default(), Vec::new());
    for (id, raw) in source.get("fields").and_then(Json::as_object).into_iter().flatten() {
        match value(id, raw) {
            Ok(value) => drop(record.fields.insert(id.clone(), value)),
            Err(BadField { field, misfit }) => said.push((field, Problem::Misfit(misfit))),
        }
    }
    if record.fields.contains_key("name") {
        return Ok((record, said));
    }
    let wrong = said.into_iter().find(|(field, _)| field == "name");
    Err(vec![wrong.unwrap_or_else(|| ("name".into(), Problem::Missing))])
}

fn value(id: &str, raw: &Json) -> Result<Value, BadField> {
    let bad = |misfit| BadField { field: id.to_owned(), misfit };
    let field = Catalogue::get().field(id).ok_or_else(|| bad(Misfit::Unknown))?;
    let wanted = Misfit::Kind { wanted: "a value of the field's kind" };
    let value: Value = serde_json::from_value(raw.clone()).map_err(|_| bad(wanted))?;
    field.fits(&value).map_err(bad)?;
    Ok(value)
}

/// The object of a record: public fields only.
pub(crate) fn encode(record: &Record) -> Foreign {
    let mut written = Foreign::new();
    written.insert("format".into(), json!(FORMAT));
    written.insert("fields".into(), json!(record.public()));
    written
}
