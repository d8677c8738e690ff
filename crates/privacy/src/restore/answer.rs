//! Answers in one piece: restored in place.

use serde_json::Value;

use crate::{StreamRestorer, Vault};

/// How the model was asked to write its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerForm {
    /// Prose.
    Text,
    /// JSON: values are escaped as its strings need.
    Json,
}

impl AnswerForm {
    /// The form that a request asks for with `response_format`, or with the `text.format` of a response.
    #[must_use]
    pub fn of_request(request: &Value) -> Self {
        let asked = [&request["response_format"]["type"], &request["text"]["format"]["type"]];
        let json = asked.iter().any(|kind| matches!(kind.as_str(), Some("json_object" | "json_schema")));
        if json { Self::Json } else { Self::Text }
    }

    pub(crate) fn restorer(self, vault: &Vault) -> StreamRestorer {
        match self {
            Self::Text => StreamRestorer::new(vault),
            Self::Json => StreamRestorer::in_json(vault),
        }
    }
}

/// What stays as the host gave it: it is about the tokens of the model, or sealed by the host for itself.
const KEPT: [&str; 2] = ["logprobs", "encrypted_content"];

impl Vault {
    /// Restores an answer of any endpoint in place; false when there was nothing to restore, and the bytes of the answer may
    /// go on as they came.
    pub fn restore_answer(&self, form: AnswerForm, answer: &mut Value) -> bool {
        self.restore_under(form, answer, "")
    }

    fn restore_under(&self, form: AnswerForm, value: &mut Value, key: &str) -> bool {
        match value {
            Value::String(text) => {
                let form = match key {
                    "content" | "text" => form,
                    "arguments" => AnswerForm::Json,
                    _ => AnswerForm::Text,
                };
                let mut restorer = form.restorer(self);
                let restored = restorer.push(text) + &restorer.finish();
                let changed = restored != *text;
                *text = restored;
                changed
            }
            Value::Array(items) => items.iter_mut().fold(false, |changed, item| self.restore_under(form, item, key) | changed),
            Value::Object(fields) => {
                let fields = fields.iter_mut().filter(|(name, _)| !KEPT.contains(&name.as_str()));
                fields.fold(false, |changed, (name, field)| self.restore_under(form, field, name) | changed)
            }
            _ => false,
        }
    }
}
