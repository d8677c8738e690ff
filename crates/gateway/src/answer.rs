//! An answer in one piece: restored, under the caller's name of the model, otherwise byte for byte.

use axum::response::IntoResponse;
use bytes::Bytes;
use gouvernail_privacy::{StreamRestorer, Vault};
use gouvernail_store::OutcomeKind;
use serde_json::Value;

use crate::ended::{Ended, Last, Stop};
use crate::endpoint::Endpoint;
use crate::said::Said;
use crate::spelling;
use crate::upstream::{Outgoing, json};
use crate::wire::{self, Peek};

/// A whole answer of the host. A transcription may be nothing but text.
pub(crate) fn completed(bytes: Bytes, is_json: bool, outgoing: &Outgoing) -> Result<Ended, Stop> {
    if outgoing.endpoint == Endpoint::Transcriptions && !is_json {
        return text(&bytes, outgoing).ok_or_else(|| Stop::Broken("its answer is not text in UTF-8".to_owned()));
    }
    let (bytes, said, failed) = restored(bytes, outgoing).ok_or_else(|| Stop::Broken("its answer is not JSON".to_owned()))?;
    let (kind, why) = match failed {
        true => (OutcomeKind::UpstreamError, Some("the host reported a failure in its answer".to_owned())),
        false => (OutcomeKind::Completed, None),
    };
    Ok(Ended { kind, reached: true, why, said, last: Last::Whole(json(), bytes) })
}

fn text(bytes: &Bytes, outgoing: &Outgoing) -> Option<Ended> {
    let restored = outgoing.vault.restore(std::str::from_utf8(bytes).ok()?);
    let mut said = Said::default();
    said.hear_text(&restored);
    let last = Last::Answer(restored.into_response());
    Some(Ended { kind: OutcomeKind::Completed, reached: true, why: None, said, last })
}

/// Vectors hold nothing to restore, and are many.
fn may_quote(outgoing: &Outgoing) -> bool {
    !outgoing.vault.is_empty() && outgoing.endpoint != Endpoint::Embeddings
}

fn restored(bytes: Bytes, outgoing: &Outgoing) -> Option<(Bytes, Said, bool)> {
    let spelled = if may_quote(outgoing) {
        let mut answer: Value = serde_json::from_slice(&bytes).ok()?;
        if outgoing.vault.restore_answer(outgoing.form, &mut answer) { spelling::written(&bytes, &answer) } else { bytes }
    } else {
        bytes
    };
    let text = std::str::from_utf8(&spelled).ok()?;
    let peek: Peek = serde_json::from_str(text).ok()?;
    let mut said = Said::default();
    said.hear(&peek);
    let quoted = Value::from(outgoing.model.as_str()).to_string();
    let renamed = wire::renamed(text, peek.model(), &quoted);
    let failed = peek.failed();
    Some((renamed.map_or_else(|| spelled.clone(), Bytes::from), said, failed))
}

/// Restores whatever stands in the strings of a JSON text, for answers that are no chat completions.
pub(crate) fn restored_json_text(text: &str, vault: &Vault) -> String {
    let mut restorer = StreamRestorer::in_json(vault);
    restorer.push(text) + &restorer.finish()
}
