//! Documents to scan, one on each line of JSON: `{"id", "text", "known"?}` in, `{"id", "spans"}` out.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{Detector, KnownValue, Label, Source, Span};

/// One document of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its name, repeated in the line that answers it.
    pub id: String,
    /// What to look at.
    pub text: String,
    /// What the case holds about its person; empty when the line has no `known`, or null.
    pub known: Vec<KnownValue>,
}

/// A line that is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, field {field}: {problem}")]
pub struct LineError {
    /// Number of the line, from 1.
    pub line: usize,
    /// The field, such as `known.address`; `.` for the whole line.
    pub field: String,
    /// What is wrong, and what is expected.
    pub problem: String,
}

/// The answer to one document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scanned<'d> {
    /// That of the document.
    pub id: &'d str,
    /// What is to be hidden, in order.
    pub spans: Vec<ScannedSpan>,
}

/// One span of an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScannedSpan {
    /// Offset of the first character, in Unicode code points.
    pub start: usize,
    /// Offset after the last one.
    pub end: usize,
    /// The code of the label: `PERSON`, `BIRTH_DATE` …
    pub label: &'static str,
    /// See [`Span::score`].
    pub score: f32,
    /// Which layer found it.
    pub source: Source,
}

impl Document {
    /// Reads one line of a file; `line` is its number, for errors.
    ///
    /// # Errors
    /// [`LineError`] when it is no JSON object, or a field is missing or of another kind.
    pub fn parse(line: usize, json: &str) -> Result<Self, LineError> {
        let error = |field: &str, problem: String| LineError { line, field: field.to_owned(), problem };
        let read: Value = serde_json::from_str(json).map_err(|wrong| error(".", format!("this is no JSON ({wrong})")))?;
        let fields = read.as_object().ok_or_else(|| error(".", "an object {\"id\", \"text\"} is expected".to_owned()))?;
        let text_of = |field: &str| match fields.get(field) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(_) => Err(error(field, "a text in quotes is expected".to_owned())),
            None => Err(error(field, "it is missing".to_owned())),
        };
        let known = match fields.get("known") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Object(known)) => known_values(known).map_err(|(field, problem)| error(&field, problem))?,
            Some(_) => return Err(error("known", "an object is expected, or null".to_owned())),
        };
        Ok(Self { id: text_of("id")?, text: text_of("text")?, known })
    }

    /// What a detector made for its known values finds in it.
    #[must_use]
    pub fn scan(&self, detector: &Detector) -> Scanned<'_> {
        let spans = detector.hidden(&self.text);
        Scanned { id: &self.id, spans: points(&self.text, &spans) }
    }
}

/// Spans by code points instead of bytes.
fn points(text: &str, spans: &[Span]) -> Vec<ScannedSpan> {
    let (mut byte, mut point) = (0, 0);
    let mut to = |end: usize| {
        point += text[byte..end].chars().count();
        byte = end;
        point
    };
    spans
        .iter()
        .map(|span| {
            let (start, end) = (to(span.range.start), to(span.range.end));
            ScannedSpan { start, end, label: span.label.code(), score: span.score, source: span.source }
        })
        .collect()
}

type Problem = (String, String);

/// What `known` says of one person: `first`, `last`, `birth_name`, `birth_date`, `nir`, `phone`, `email`, `caf`,
/// `address` with `number`, `street`, `postcode` and `city`; any other field is a value to hide.
fn known_values(known: &Map<String, Value>) -> Result<Vec<KnownValue>, Problem> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_and_answered_in_code_points() {
        let line = r#"{"id":"a","text":"Hé é, Mme LE GOFF, né le 07/03/1985","known":{"first":"Hélène","last":"Le Goff","birth_name":null,"caf":"1234567",
            "address":{"number":"12","street":"rue des Lilas","postcode":"35000","city":"Rennes"}}}"#;
        let document = Document::parse(1, &line.replace('\n', " ")).expect("a document");
        assert_eq!(document.known.len(), 4);
        let detector = Detector::new(&document.known);
        let answer = serde_json::to_value(document.scan(&detector)).expect("serialisable");
        assert_eq!(answer["id"], "a");
        let found: Vec<_> = document.scan(&detector).spans.iter().map(|span| (span.start, span.end, span.label)).collect();
        assert_eq!(found, [(10, 17, "PERSON"), (25, 35, "BIRTH_DATE")]);
        assert_eq!(answer["spans"][1]["source"], "context");
    }

    #[test]
    fn errors_say_the_line_and_the_field() {
        for (line, field) in [
            ("{", "."),
            ("[]", "."),
            (r#"{"text":""}"#, "id"),
            (r#"{"id":"a","text":3}"#, "text"),
            (r#"{"id":"a","text":"","known":[]}"#, "known"),
            (r#"{"id":"a","text":"","known":{"nir":1}}"#, "known.nir"),
            (r#"{"id":"a","text":"","known":{"address":{"city":[]}}}"#, "known.address.city"),
        ] {
            let error = Document::parse(7, line).expect_err(line);
            assert_eq!((error.line, error.field.as_str()), (7, field), "{line}");
        }
    }
}
