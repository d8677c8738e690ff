//! Streams of typed events (responses, transcriptions): what ends in `.delta` is a piece of a text, and what ends in `.done`
//! closes it and says it whole.
//!
//! Source: OpenAI API reference, "Streaming events" of the Responses API.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::answer::AnswerForm;
use crate::{StreamRestorer, Vault};

/// Fields that tell one text of an answer from another.
const PLACE: [&str; 4] = ["item_id", "output_index", "content_index", "summary_index"];

/// Restores the events of one answer, in the order in which they arrive.
///
/// What may still become a placeholder is held back until its text goes on or closes: then it goes out in an event before
/// the one that closes it, and the events after that one are numbered on.
pub struct EventRestorer {
    vault: Vault,
    form: AnswerForm,
    texts: BTreeMap<String, Text>,
    /// Events of ours so far.
    added: u64,
}

/// A text that is being said.
struct Text {
    stream: StreamRestorer,
    /// Its last piece, for one of ours.
    last: Value,
}

/// What becomes of an event.
#[derive(Debug, Default, PartialEq)]
pub struct Restored {
    /// An event to give before it.
    pub before: Option<Value>,
    /// Whether it changed. When not, and nothing comes before it, its bytes may go on as they came.
    pub changed: bool,
}

impl EventRestorer {
    /// For one answer, in the form that its request asked for. Placeholders made later are not seen.
    #[must_use]
    pub fn new(vault: &Vault, form: AnswerForm) -> Self {
        Self { vault: vault.clone(), form, texts: BTreeMap::new(), added: 0 }
    }

    /// Restores one event in place.
    pub fn event(&mut self, event: &mut Value) -> Restored {
        let kind = event["type"].as_str().unwrap_or_default().to_owned();
        if let (Some(base), Some(piece)) = (kind.strip_suffix(".delta"), event["delta"].as_str()) {
            let (base, piece) = (base.to_owned(), piece.to_owned());
            let changed = self.piece(&base, &piece, event);
            return Restored { before: None, changed: self.number(event) | changed };
        }
        let number = event["sequence_number"].as_u64();
        let before = kind.strip_suffix(".done").and_then(|base| self.close(&name(base, event), number));
        let changed = self.vault.restore_answer(self.form, event);
        Restored { before, changed: self.number(event) | changed }
    }

    /// The stream ended: what texts that were not closed still hold, each as an event.
    #[must_use]
    pub fn finish(mut self) -> Vec<Value> {
        let open: Vec<String> = self.texts.keys().cloned().collect();
        open.iter().filter_map(|name| self.close(name, None)).collect()
    }

    fn piece(&mut self, base: &str, piece: &str, event: &mut Value) -> bool {
        let form = self.form_of(base);
        let new = || Text { stream: form.restorer(&self.vault), last: Value::Null };
        let text = self.texts.entry(name(base, event)).or_insert_with(new);
        let restored = text.stream.push(piece);
        let changed = restored != piece;
        event["delta"] = restored.into();
        if text.stream.is_holding() {
            text.last = event.clone();
        }
        changed
    }

    /// How the texts of this kind are written: arguments of tools are JSON.
    fn form_of(&self, base: &str) -> AnswerForm {
        match base.rsplit('.').next() {
            Some("output_text") => self.form,
            Some(kind) if kind.ends_with("arguments") => AnswerForm::Json,
            _ => AnswerForm::Text,
        }
    }

    /// What a text still holds, as an event that takes the place, hence the number, of the one that closes it.
    fn close(&mut self, name: &str, number: Option<u64>) -> Option<Value> {
        let mut text = self.texts.remove(name).filter(|text| text.stream.is_holding())?;
        let mut event = text.last.take();
        event["delta"] = text.stream.finish().into();
        if let Some(number) = number {
            event["sequence_number"] = number.saturating_add(self.added).into();
        }
        self.added += 1;
        Some(event)
    }

    /// Numbers an event after those of ours.
    fn number(&self, event: &mut Value) -> bool {
        let Some(number) = event["sequence_number"].as_u64().filter(|_| self.added > 0) else { return false };
        event["sequence_number"] = number.saturating_add(self.added).into();
        true
    }
}

/// The name of a text: its kind and its place in the answer.
fn name(base: &str, event: &Value) -> String {
    PLACE.iter().filter_map(|field| event.get(*field)).fold(base.to_owned(), |name, place| format!("{name} {place}"))
}

/// Without the text: what is debugged ends in logs.
impl fmt::Debug for EventRestorer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventRestorer of {} text(s)", self.texts.len())
    }
}
