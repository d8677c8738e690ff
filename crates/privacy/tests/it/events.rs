//! Streams of typed events: responses and transcriptions.

use gouvernail_privacy::{AnswerForm, EventRestorer, Vault};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::case;

const SAID: &str = "Cher Jean-Pierre Dupont, 12 rue des Lilas\n35000 Rennes, [note] PERSONNE";

fn vault() -> Vault {
    let mut vault = Vault::new();
    case().mask(&mut vault, "Jean-Pierre Dupont, 12 rue des Lilas\n35000 Rennes");
    vault
}

fn masked() -> String {
    case().mask(&mut vault(), SAID).text
}

fn numbered(events: Vec<Value>) -> Vec<Value> {
    let number = |(mut event, number): (Value, u64)| {
        event["sequence_number"] = number.into();
        event
    };
    events.into_iter().zip(0..).map(number).collect()
}

/// A response that says `pieces` and ends, in the kind of text that `base` names.
fn spoken(base: &str, whole: &str, pieces: &[String]) -> Vec<Value> {
    let place = json!({ "item_id": "i1", "output_index": 0, "content_index": 0 });
    let with = |kind: &str, field: &str, text: &str| {
        let mut event = place.clone();
        event["type"] = format!("{base}.{kind}").into();
        event[field] = text.into();
        event
    };
    let done = if base.ends_with("arguments") { "arguments" } else { "text" };
    let mut events = vec![json!({ "type": "response.created", "response": { "id": "r", "output": [] } })];
    events.extend(pieces.iter().map(|piece| with("delta", "delta", piece)));
    events.push(with("done", done, whole));
    let said = json!([{ "type": "message", "content": [{ "type": "output_text", "text": whole }] }]);
    events
        .push(json!({ "type": "response.completed", "response": { "id": "r", "output": said, "usage": { "output_tokens": 3 } } }));
    numbered(events)
}

/// What comes out, with the events added.
fn restored(form: AnswerForm, events: &[Value]) -> Vec<Value> {
    let mut restorer = EventRestorer::new(&vault(), form);
    let mut out = Vec::new();
    for original in events {
        let mut event = original.clone();
        let done = restorer.event(&mut event);
        assert_eq!(done.changed, event != *original, "{original}");
        out.extend(done.before);
        out.push(event);
    }
    out.extend(restorer.finish());
    out
}

fn deltas(events: &[Value]) -> String {
    events.iter().filter_map(|event| event["delta"].as_str()).collect()
}

fn letters(text: &str, size: usize) -> Vec<String> {
    text.chars().collect::<Vec<_>>().chunks(size).map(|piece| piece.iter().collect()).collect()
}

#[test]
fn events_without_placeholders_are_untouched() {
    let events = spoken("response.output_text", "Bonjour [1]", &letters("Bonjour [1]", 4));
    assert_eq!(restored(AnswerForm::Text, &events), events);
    let odd = [json!(null), json!([]), json!({ "type": 3 }), json!({ "type": "x.delta", "delta": {} }), json!({ "type": ".done" })];
    assert_eq!(restored(AnswerForm::Text, &odd), odd);
}

#[test]
fn arguments_of_tools_stay_json() {
    let whole = json!({ "adresse": masked() }).to_string();
    let out = restored(AnswerForm::Text, &spoken("response.function_call_arguments", &whole, &letters(&whole, 5)));
    let said: Value = serde_json::from_str(&deltas(&out)).unwrap();
    assert_eq!(said["adresse"], SAID);
    let done = out.iter().find(|event| event["type"] == "response.function_call_arguments.done").unwrap();
    assert_eq!(serde_json::from_str::<Value>(done["arguments"].as_str().unwrap()).unwrap()["adresse"], SAID);
}

#[test]
fn a_text_that_is_never_closed_comes_out_at_the_end() {
    let events = [json!({ "type": "transcript.text.delta", "delta": "Bonjour [PERSONNE" })];
    let out = restored(AnswerForm::Text, &events);
    assert_eq!((out.len(), deltas(&out).as_str()), (2, "Bonjour [PERSONNE"));
}

#[test]
fn two_texts_at_once_are_not_mixed() {
    let piece = |item: &str, text: &str| json!({ "type": "response.output_text.delta", "item_id": item, "delta": text });
    let events = [piece("a", "[PERS"), piece("b", "[ADRESSE_1"), piece("a", "ONNE_1]"), piece("b", "]")];
    let out = restored(AnswerForm::Text, &events);
    let of = |item: &str| deltas(&out.iter().filter(|event| event["item_id"] == item).cloned().collect::<Vec<_>>());
    assert_eq!(of("a"), "Jean-Pierre Dupont");
    assert!(of("b").starts_with("12 rue des Lilas"), "{}", of("b"));
}

proptest! {
    #[test]
    fn what_was_hidden_comes_back_however_it_is_cut(size in 1usize..40) {
        let whole = masked();
        let out = restored(AnswerForm::Text, &spoken("response.output_text", &whole, &letters(&whole, size)));
        prop_assert_eq!(deltas(&out), SAID);
        for (place, field) in [("response.output_text.done", "/text"), ("response.completed", "/response/output/0/content/0/text")] {
            let event = out.iter().find(|event| event["type"] == place).unwrap();
            prop_assert_eq!(event.pointer(field).unwrap(), SAID);
        }
        let numbers: Vec<u64> = out.iter().map(|event| event["sequence_number"].as_u64().unwrap()).collect();
        prop_assert_eq!(numbers, (0..out.len() as u64).collect::<Vec<_>>());
    }
}
