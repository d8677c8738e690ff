//! What a caller says of the passages that were given back as doubtful: the field `gouvernail` of the body, which stays here.
//!
//! ```json
//! {"gouvernail": {"mask": ["Pierre Blanche"], "send": ["12/04/2019"], "mask_doubts": false}}
//! ```

use std::collections::BTreeSet;

use gouvernail_privacy::Doubt;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::bad;
use crate::error::GatewayError;

const FIELD: &str = "gouvernail";

/// What was said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Confirmation {
    /// Passages to hide.
    pub(crate) mask: BTreeSet<String>,
    /// Passages that somebody looked at, and that may go as they are. What is surely personal is hidden all the same.
    pub(crate) send: BTreeSet<String>,
    /// Hide all that the host would be asked about.
    pub(crate) mask_doubts: bool,
}

impl Confirmation {
    /// Takes it out of the fields of a request; in a form it is written as JSON.
    pub(super) fn take(fields: &mut Map<String, Value>) -> Result<Self, GatewayError> {
        let said = match fields.shift_remove(FIELD) {
            None | Some(Value::Null) => return Ok(Self::default()),
            Some(Value::String(text)) => serde_json::from_str(&text).unwrap_or_default(),
            Some(said) => said,
        };
        let read = said.is_object().then(|| serde_json::from_value(said).ok()).flatten();
        // Without the reason of the reader: it may quote a passage.
        read.ok_or_else(|| {
            bad(Some(FIELD), "`gouvernail` takes `mask` and `send`, which are lists of passages, and `mask_doubts`, true or false")
        })
    }

    /// Whether nothing more is to be asked about this passage.
    pub(crate) fn lets_go(&self, doubt: &Doubt) -> bool {
        self.send.contains(&doubt.text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn taken(said: Value) -> Result<Confirmation, String> {
        let mut fields = Map::from_iter([(FIELD.to_owned(), said)]);
        let taken = Confirmation::take(&mut fields).map_err(|error| error.to_string());
        assert!(fields.is_empty(), "it stays here");
        taken
    }

    #[test]
    fn what_was_said_is_read_from_a_body_and_from_a_form() {
        let said = json!({ "mask": ["a"], "send": ["b", "b"], "mask_doubts": true });
        let read = taken(said.clone()).unwrap();
        assert!(read.mask.contains("a") && read.send.len() == 1 && read.mask_doubts);
        assert_eq!(taken(Value::String(said.to_string())).unwrap(), read);
        assert_eq!(taken(Value::Null).unwrap(), Confirmation::default());
    }

    #[test]
    fn a_mistake_is_told_without_being_quoted() {
        for wrong in
            [json!("Zoé"), json!({ "send": "Zoé" }), json!({ "sent": ["Zoé"] }), json!([]), json!({ "mask_doubts": "Zoé" })]
        {
            let error = taken(wrong).unwrap_err();
            assert!(error.contains("`send`") && !error.contains("Zoé"), "{error}");
        }
    }
}
