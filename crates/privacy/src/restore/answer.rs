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
    /// The form that a request asks for with `response_format`.
    #[must_use]
    pub fn of_request(request: &Value) -> Self {
        match request["response_format"]["type"].as_str() {
            Some("json_object" | "json_schema") => Self::Json,
            _ => Self::Text,
        }
    }

    pub(crate) fn restorer(self, vault: &Vault) -> StreamRestorer {
        match self {
            Self::Text => StreamRestorer::new(vault),
            Self::Json => StreamRestorer::in_json(vault),
        }
    }
}

impl Vault {
    /// Restores the choices of a chat completion in place; false when there was nothing to restore, and the bytes of the
    /// answer may go on as they came. `logprobs` keep placeholders: they are about the tokens of the model.
    pub fn restore_answer(&self, form: AnswerForm, answer: &mut Value) -> bool {
        answer.get_mut("choices").is_some_and(|choices| self.restore_under(form, choices, "choices"))
    }

    fn restore_under(&self, form: AnswerForm, value: &mut Value, key: &str) -> bool {
        match value {
            Value::String(text) => {
                let form = match key {
                    "content" => form,
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
                let fields = fields.iter_mut().filter(|(name, _)| *name != "logprobs");
                fields.fold(false, |changed, (name, field)| self.restore_under(form, field, name) | changed)
            }
            _ => false,
        }
    }
}
