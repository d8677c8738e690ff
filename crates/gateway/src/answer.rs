//! An answer in one piece: restored, under the caller's name of the model, otherwise byte for byte.

use bytes::Bytes;
use gouvernail_privacy::{StreamRestorer, Vault};
use gouvernail_store::OutcomeKind;
use serde_json::Value;

use crate::ended::{Ended, Last, Stop};
use crate::said::Said;
use crate::upstream::{Outgoing, json};
use crate::wire::{self, Peek};

/// A whole answer of the host.
pub(crate) fn completed(bytes: Bytes, outgoing: &Outgoing) -> Result<Ended, Stop> {
    let (bytes, said) = restored(bytes, outgoing).ok_or_else(|| Stop::Broken("its answer is not JSON".to_owned()))?;
    Ok(Ended { kind: OutcomeKind::Completed, reached: true, why: None, said, last: Last::Answer(json(bytes)) })
}

fn restored(bytes: Bytes, outgoing: &Outgoing) -> Option<(Bytes, Said)> {
    let text = std::str::from_utf8(&bytes).ok()?;
    let changed = if outgoing.vault.is_empty() {
        None
    } else {
        let mut answer: Value = serde_json::from_str(text).ok()?;
        outgoing.vault.restore_answer(outgoing.form, &mut answer).then(|| answer.to_string())
    };
    let current = changed.as_deref().unwrap_or(text);
    let peek: Peek = serde_json::from_str(current).ok()?;
    let mut said = Said::default();
    said.hear(&peek);
    let quoted = Value::from(outgoing.model.as_str()).to_string();
    let renamed = wire::renamed(current, peek.model, &quoted);
    match renamed.or(changed) {
        Some(text) => Some((text.into(), said)),
        None => Some((bytes.clone(), said)),
    }
}

/// Restores whatever stands in the strings of a JSON text, for answers that are no chat completions.
pub(crate) fn restored_json_text(text: &str, vault: &Vault) -> String {
    let mut restorer = StreamRestorer::in_json(vault);
    restorer.push(text) + &restorer.finish()
}
