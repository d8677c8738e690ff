//! Streamed answers in clear again, whichever of the two shapes they come in: chunks of choices, or typed events.

use gouvernail_privacy::{AnswerForm, ChunkRestorer, EventRestorer, Vault};
use serde_json::Value;

/// Undoes the masking in one streamed answer.
pub(crate) struct Restoring {
    chunks: ChunkRestorer,
    events: EventRestorer,
}

impl Restoring {
    pub(crate) fn new(vault: &Vault, form: AnswerForm) -> Self {
        Self { chunks: ChunkRestorer::new(vault, form), events: EventRestorer::new(vault, form) }
    }

    /// One chunk or event, and whether it changed; an event of ours that goes before it comes first.
    pub(crate) fn restore(&mut self, mut value: Value) -> (Option<Value>, Option<Value>) {
        if value.get("choices").is_none() && value["type"].is_string() {
            let restored = self.events.event(&mut value);
            return (restored.before, restored.changed.then_some(value));
        }
        let changed = self.chunks.chunk(&mut value);
        (None, changed.then_some(value))
    }

    /// What was still held when the stream ended.
    pub(crate) fn finish(self) -> Vec<Value> {
        let mut rest = self.events.finish();
        rest.extend(self.chunks.finish());
        rest
    }
}
