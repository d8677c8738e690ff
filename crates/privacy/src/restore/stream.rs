//! Restoration of an answer that arrives in pieces.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::placeholder::{Found, Search};
use super::vault::Values;
use crate::Vault;

/// Restores one stream of text. It holds back only what may still become a placeholder of the vault:
/// less than fifty characters.
#[derive(Clone)]
pub struct StreamRestorer {
    values: Arc<Values>,
    held: String,
    /// Last character before what is held.
    before: Option<char>,
    in_json: bool,
}

impl StreamRestorer {
    /// For plain text.
    #[must_use]
    pub fn new(vault: &Vault) -> Self {
        Self { values: vault.values(), held: String::new(), before: None, in_json: false }
    }

    /// For text that is itself JSON, such as `function.arguments`: values are escaped as JSON strings need.
    #[must_use]
    pub fn in_json(vault: &Vault) -> Self {
        Self { in_json: true, ..Self::new(vault) }
    }

    /// Takes a piece, gives what is certain.
    pub fn push(&mut self, piece: &str) -> String {
        self.held.push_str(piece);
        self.restore(false)
    }

    /// The stream ended: gives what was held back, restored when it is a placeholder after all.
    pub fn finish(&mut self) -> String {
        self.restore(true)
    }

    /// True when the end of what was pushed is not given yet.
    #[must_use]
    pub fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }

    /// One pass: what a value contains is never restored again.
    fn restore(&mut self, ended: bool) -> String {
        let text = std::mem::take(&mut self.held);
        let mut search = Search { text: &text, at: 0, before: self.before, ended, labels: |label| self.values.has(label) };
        let mut out = String::with_capacity(text.len());
        let (mut done, mut end) = (0, text.len());
        while let Some(found) = search.next() {
            match found {
                Found::Whole(range, name) => {
                    let Some(spelling) = self.values.spelling(name) else { continue };
                    out.push_str(&text[done..range.start]);
                    out.push_str(&if self.in_json { escaped(spelling) } else { Cow::Borrowed(spelling) });
                    done = range.end;
                }
                Found::Begun(start) => {
                    end = start;
                    break;
                }
            }
        }
        out.push_str(&text[done..end]);
        self.before = text[..end].chars().next_back().or(self.before);
        self.held = text[end..].to_owned();
        out
    }
}

/// The inside of a JSON string.
fn escaped(value: &str) -> Cow<'_, str> {
    let quoted = serde_json::Value::from(value).to_string();
    Cow::Owned(quoted[1..quoted.len() - 1].to_owned())
}

/// Without the text: what is debugged ends in logs.
impl fmt::Debug for StreamRestorer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamRestorer").field("holding", &self.held.len()).field("in_json", &self.in_json).finish_non_exhaustive()
    }
}
