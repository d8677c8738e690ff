//! Documents, one on each line of JSON: `{"id", "text", "known"?}` to scan or to mask, `{"id", "text", "vault"?}` to restore.

mod known;
mod masked;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::error::Category;

use crate::{Detector, KnownValue, Source, Span, Vault};
pub use masked::{MaskedDocument, VaultOf};

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
        let mut fields = Fields::<Value>::parse(line, json)?;
        let known = match &fields.of.known {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Object(known)) => known::values(known).map_err(|(field, problem)| fields.error(&field, problem))?,
            Some(_) => return Err(fields.error("known", "an object is expected, or null")),
        };
        Ok(Self { id: fields.id()?, text: fields.text()?, known })
    }

    /// The same as if nothing were known of its person: what the line says of them is passed over.
    ///
    /// # Errors
    /// As [`Document::parse`].
    pub fn parse_alone(line: usize, json: &str) -> Result<Self, LineError> {
        let mut fields = Fields::<IgnoredAny>::parse(line, json)?;
        Ok(Self { id: fields.id()?, text: fields.text()?, known: Vec::new() })
    }

    /// What a detector made for its known values finds in it.
    #[must_use]
    pub fn scan(&self, detector: &Detector) -> Scanned<'_> {
        let spans = detector.hidden(&self.text);
        Scanned { id: &self.id, spans: points(&self.text, &spans) }
    }

    /// The document with placeholders of this vault, which is not part of it.
    #[must_use]
    pub fn mask(&self, detector: &Detector, vault: &mut Vault) -> MaskedDocument {
        MaskedDocument { id: self.id.clone(), text: detector.mask(vault, &self.text).text, vault: None }
    }
}

/// The fields of a line, and its number.
struct Fields<K> {
    line: usize,
    of: Named<K>,
}

/// Those that some line may have; others are passed over without being kept.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Named<K> {
    id: Option<Value>,
    text: Option<Value>,
    known: Option<K>,
    vault: Option<Value>,
}

impl<K: Default + DeserializeOwned> Fields<K> {
    fn parse(line: usize, json: &str) -> Result<Self, LineError> {
        // A list would be read as the values of the fields, in order.
        if json.trim_start().starts_with('[') {
            return Err(LineError::whole(line, EXPECTED));
        }
        let of = serde_json::from_str(json).map_err(|wrong| match wrong.classify() {
            Category::Data => LineError::whole(line, format!("{EXPECTED} ({wrong})")),
            _ => LineError::whole(line, format!("this is no JSON ({wrong})")),
        })?;
        Ok(Self { line, of })
    }

    fn error(&self, field: &str, problem: impl Into<String>) -> LineError {
        LineError { line: self.line, field: field.to_owned(), problem: problem.into() }
    }

    fn id(&mut self) -> Result<String, LineError> {
        let id = self.of.id.take();
        self.string("id", id)
    }

    fn text(&mut self) -> Result<String, LineError> {
        let text = self.of.text.take();
        self.string("text", text)
    }

    fn string(&self, field: &str, value: Option<Value>) -> Result<String, LineError> {
        match value {
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(self.error(field, "a text in quotes is expected")),
            None => Err(self.error(field, "it is missing")),
        }
    }
}

const EXPECTED: &str = "an object {\"id\", \"text\"} is expected";

impl LineError {
    /// An error about a whole line.
    pub fn whole(line: usize, problem: impl Into<String>) -> Self {
        Self { line, field: ".".to_owned(), problem: problem.into() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_and_answered_in_code_points() {
        let line = r#"{"id":"a","text":"Hé é, Mme LE GOFF, né le 07/03/1985","known":{"first":"Hélène","last":"Le Goff","birth_name":null,"caf":"1234567",
            "address":{"number":"12","street":"rue des Lilas","postcode":"35000","city":"Rennes"}}}"#;
        let document = Document::parse(1, &line.replace('\n', " ")).expect("a document");
        assert_eq!(document.known.len(), 4);
        let alone = Document::parse_alone(1, &line.replace('\n', " ")).expect("a document");
        assert_eq!((alone.known.len(), &alone.text), (0, &document.text));
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
            ("3", "."),
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
