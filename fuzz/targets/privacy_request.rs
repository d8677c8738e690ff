//! Any JSON as the body of a request and as an answer: nothing known is left in what goes, and nothing panics on what comes.

#![no_main]

use gouvernail_privacy::{AnswerForm, ChunkRestorer, Detector, EventRestorer, KnownValue, Label, Vault};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|text: &str| {
    let Ok(given) = serde_json::from_str::<Value>(text) else { return };
    let known = [KnownValue::new(Label::Person, "Hélène Le Goff"), KnownValue::new(Label::BirthDate, "1985-03-07")];
    let (detector, mut vault) = (Detector::new(&known), Vault::new());
    for mut body in [given.clone(), json!({ "messages": [{ "role": "user", "content": given }] }), json!({ "input": given })] {
        detector.mask_request(&mut vault, &mut body);
        // What may not be replaced is told, and the gateway then sends nothing.
        let _ = detector.residual(&body);
        vault.restore_answer(AnswerForm::of_request(&body), &mut body);
    }
    let (mut chunks, mut events) = (ChunkRestorer::new(&vault, AnswerForm::Json), EventRestorer::new(&vault, AnswerForm::Text));
    for mut piece in [given.clone(), json!({ "choices": [{ "delta": given }] })] {
        chunks.chunk(&mut piece);
        events.event(&mut piece);
    }
    let _ = (chunks.finish(), events.finish());
});
