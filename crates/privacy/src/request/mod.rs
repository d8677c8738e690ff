//! Requests of every endpoint that takes JSON: masked in place, then looked at a last time.

mod body;
mod embedded;
mod file;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::known::Joined;
use crate::{Detector, Label, Span, Vault};
use body::Kind;

/// What was hidden in a request: kinds and numbers, to be recorded. Never values.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Hidden {
    /// How many times a value of each kind was replaced. Numbers of organisations are kept and text that looks
    /// like a placeholder is not personal: neither is counted.
    pub labels: BTreeMap<Label, usize>,
    /// Parts of messages that this crate cannot read: pictures, sounds, documents. They go out as they are.
    pub unread: usize,
    /// What may be personal data and was left: it holds texts of the caller, for the caller alone.
    #[serde(skip)]
    pub doubts: Vec<Doubt>,
}

/// A passage that may be personal data, and that was left as it is.
#[derive(Clone, PartialEq, Serialize)]
pub struct Doubt {
    /// The string that holds it: a JSON Pointer (RFC 6901) in the body.
    pub pointer: String,
    /// Where it begins, in code points of that string; of the string inside it, when it is itself JSON.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it may be.
    pub label: Label,
    /// How likely, from 0 to 1: see [`Span::score`].
    pub score: f32,
    /// The passage.
    pub text: String,
}

/// Without the passage: what is debugged ends in logs.
impl fmt::Debug for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer: _, start, end, label, score, text: _ } = self;
        write!(f, "Doubt({label:?} {start}..{end} {score})")
    }
}

/// A known value is still in what was about to leave. Nothing may be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a known value of the case ({label:?}) is still in {place}: do not send; it stands where masking changes nothing (names of fields and functions, identifiers, large numbers), take it out there"
)]
pub struct Residual {
    /// Kind of the value. The value itself is never in an error.
    pub label: Label,
    /// The field of the body and the place in its list, such as `messages[2]`.
    pub place: String,
}

/// A number with fewer digits than this is a setting or a small quantity, not an identifier.
const IDENTIFYING_DIGITS: usize = 8;

/// What an error calls a field whose name it does not repeat.
const UNUSUAL: &str = "a field with an unusual name";

impl Detector {
    /// Masks a request in place, of chat completions, responses, embeddings or rerank: messages with their names and the arguments of their tool calls,
    /// descriptions of tools, and every other text that the body holds. Names of fields, functions and the model, roles,
    /// identifiers and files stay; [`Detector::residual`] looks at them afterwards.
    ///
    /// A text that is JSON is masked string by string, so that escapes hide nothing and stay valid. `user`, `metadata` and
    /// the like say who asks: the caller removes them before, whatever they hold.
    pub fn mask_request(&self, vault: &mut Vault, request: &mut Value) -> Hidden {
        let mut masking = Masking { detector: self, vault, pointer: String::new(), hidden: Hidden::default() };
        masking.walk(request, "", "");
        masking.hidden
    }

    /// Last look at a body that is about to leave: all its strings, whatever their escapes, its names of fields and its
    /// large numbers, and the files that are plain text. Only the name of the model and the bytes of other files are left out.
    ///
    /// # Errors
    /// [`Residual`] when a known value of the case is still there.
    pub fn residual(&self, outgoing: &Value) -> Result<(), Residual> {
        match outgoing {
            Value::Object(fields) => fields.iter().try_for_each(|(key, field)| self.residual_field(key, field)),
            other => self.refuse(self.left(other, "", ""), "the body"),
        }
    }

    fn residual_field(&self, key: &str, field: &Value) -> Result<(), Residual> {
        self.refuse(self.known_left(key, Joined::All), UNUSUAL)?;
        // Fields of the protocol are named so; another name might itself be about a person.
        let place = if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') { key } else { UNUSUAL };
        match field {
            Value::Array(items) => {
                let mut items = items.iter().enumerate();
                items.try_for_each(|(at, item)| self.refuse(self.left(item, "", key), &format!("{place}[{at}]")))
            }
            other => self.refuse(self.left(other, "", key), place),
        }
    }

    fn refuse(&self, left: Option<Label>, place: &str) -> Result<(), Residual> {
        left.map_or(Ok(()), |label| Err(Residual { label, place: place.to_owned() }))
    }

    /// Label of the first known value under `value`.
    fn left(&self, value: &Value, parent: &str, key: &str) -> Option<Label> {
        match value {
            Value::String(text) if !body::is_model(parent, key) => self.left_in(body::kind(parent, key, text), text),
            Value::Number(number) => {
                let digits = number.to_string();
                if digits.len() < IDENTIFYING_DIGITS { None } else { self.known_left(&digits, Joined::All) }
            }
            Value::Array(items) => items.iter().find_map(|item| self.left(item, parent, key)),
            Value::Object(fields) => {
                fields.iter().find_map(|(name, field)| self.known_left(name, Joined::All).or_else(|| self.left(field, key, name)))
            }
            _ => None,
        }
    }

    fn left_in(&self, kind: Kind, text: &str) -> Option<Label> {
        let joined = match kind {
            Kind::Text => Joined::All,
            Kind::Protocol => Joined::Long,
            Kind::File => return file::text(text).and_then(|inside| self.known_left(&inside, Joined::All)),
        };
        let mut left = None;
        embedded::edit(text, &mut |part| {
            left = left.or_else(|| self.known_left(part, joined));
            part.to_owned()
        });
        left
    }
}

struct Masking<'a> {
    detector: &'a Detector,
    vault: &'a mut Vault,
    /// Where the walk is.
    pointer: String,
    hidden: Hidden,
}

impl Masking<'_> {
    /// Masks what is under `value`, which its parent holds as `key` and its grandparent as `parent`.
    fn walk(&mut self, value: &mut Value, parent: &str, key: &str) {
        match value {
            Value::String(text) if !body::is_model(parent, key) && body::kind(parent, key, text) == Kind::Text => {
                *text = embedded::edit(text, &mut |part| self.mask(part));
            }
            Value::Array(items) => {
                for (at, item) in items.iter_mut().enumerate() {
                    self.under(&at.to_string(), |masking| masking.walk(item, parent, key));
                }
            }
            Value::Object(fields) => {
                self.hidden.unread += usize::from(body::is_unreadable(parent, key, fields));
                for (name, field) in fields.iter_mut() {
                    self.under(name, |masking| masking.walk(field, key, name));
                }
            }
            _ => {}
        }
    }

    /// Takes one step down, and comes back.
    fn under(&mut self, step: &str, walk: impl FnOnce(&mut Self)) {
        let above = self.pointer.len();
        self.pointer.push('/');
        for c in step.chars() {
            match c {
                '~' => self.pointer.push_str("~0"),
                '/' => self.pointer.push_str("~1"),
                c => self.pointer.push(c),
            }
        }
        walk(self);
        self.pointer.truncate(above);
    }

    fn mask(&mut self, text: &str) -> String {
        let masked = self.detector.mask(self.vault, text);
        let hidden = masked.spans.iter().map(|span| span.label).filter(|label| !label.is_kept() && *label != Label::Literal);
        hidden.for_each(|label| *self.hidden.labels.entry(label).or_default() += 1);
        self.hidden.doubts.extend(masked.doubtful.iter().map(|span| doubt(&self.pointer, text, span)));
        masked.text
    }
}

fn doubt(pointer: &str, text: &str, span: &Span) -> Doubt {
    let points = |bytes: usize| text[..bytes].chars().count();
    Doubt {
        pointer: pointer.to_owned(),
        start: points(span.range.start),
        end: points(span.range.end),
        label: span.label,
        score: span.score,
        text: text[span.range.clone()].to_owned(),
    }
}
