//! Streams of chat-completion chunks.

use gouvernail_privacy::{AnswerForm, ChunkRestorer, StreamRestorer, Vault};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::case;

fn vault() -> Vault {
    let mut vault = Vault::new();
    case().mask(&mut vault, "Jean-Pierre Dupont, 12 rue des Lilas\n35000 Rennes");
    vault
}

fn restorer() -> ChunkRestorer {
    ChunkRestorer::new(&vault(), AnswerForm::Text)
}

fn delta(choice: u64, delta: Value) -> Value {
    json!({ "id": "c", "object": "chat.completion.chunk", "choices": [{ "index": choice, "delta": delta, "finish_reason": null }] })
}

fn content(choice: u64, text: &str) -> Value {
    delta(choice, json!({ "content": text }))
}

fn finish(choice: u64, reason: &str) -> Value {
    json!({ "id": "c", "choices": [{ "index": choice, "delta": {}, "finish_reason": reason }] })
}

fn call(index: u64, arguments: &str) -> Value {
    delta(0, json!({ "tool_calls": [{ "index": index, "function": { "arguments": arguments } }] }))
}

/// Restores chunks; checks that a chunk is reported as changed exactly when it changed.
fn restore(restorer: &mut ChunkRestorer, chunks: &[Value]) -> Vec<Value> {
    let mut restored = chunks.to_vec();
    for (chunk, original) in restored.iter_mut().zip(chunks) {
        assert_eq!(restorer.chunk(chunk), chunk != original);
    }
    restored
}

/// All text of a choice at a place of its deltas.
fn joined(chunks: &[Value], choice: u64, place: &str) -> String {
    let choices = chunks.iter().flat_map(|chunk| chunk["choices"].as_array().into_iter().flatten());
    choices.filter(|given| given["index"] == choice).filter_map(|given| given["delta"].pointer(place)?.as_str()).collect()
}

#[test]
fn chunks_without_placeholders_are_untouched() {
    let chunks = [
        delta(0, json!({ "role": "assistant", "content": "" })),
        content(0, "Bonjour [note 1], DIRE"),
        json!({ "choices": [], "usage": { "total_tokens": 3 } }),
        json!({ "error": { "message": "x" } }),
        finish(0, "stop"),
    ];
    let mut restorer = restorer();
    assert_eq!(restore(&mut restorer, &chunks), chunks);
    assert!(restorer.finish().is_none());
}

#[test]
fn choices_and_fields_are_streams_of_their_own() {
    let mut restorer = restorer();
    let restored = restore(
        &mut restorer,
        &[
            content(0, "0 [PERSON"),
            content(1, "1 [PERS"),
            content(0, "NE_1] "),
            delta(1, json!({ "content": "ONNE_1]", "refusal": "[PERSONNE_1.2" })),
            finish(1, "stop"),
            content(0, "x"),
        ],
    );
    assert_eq!(joined(&restored, 0, "/content"), "0 Jean-Pierre Dupont x");
    assert_eq!(joined(&restored, 1, "/content"), "1 Jean-Pierre Dupont");
    assert_eq!(joined(&restored, 1, "/refusal"), "[PERSONNE_1.2".replace("PERSONNE_1.2", "Jean-Pierre Dupont"));
    assert!(restorer.finish().is_none());
}

#[test]
fn what_is_held_leaves_with_the_end_of_its_choice_and_not_after() {
    let mut restorer = restorer();
    let restored =
        restore(&mut restorer, &[content(0, "Vu par PERSONNE_1"), finish(0, "stop"), json!({ "choices": [], "usage": {} })]);
    assert_eq!(restored[0]["choices"][0]["delta"]["content"], "Vu par ");
    assert_eq!(restored[1]["choices"][0]["delta"]["content"], "Jean-Pierre Dupont");
    assert_eq!(restored[1]["choices"][0]["finish_reason"], "stop");
    assert!(restorer.finish().is_none());

    // The chunk that ends the choice brings text of its own, or no delta at all.
    let mut last = json!({ "choices": [{ "index": 0, "delta": { "content": "SONNE_1" }, "finish_reason": "length" }] });
    let mut restorer = self::restorer();
    restorer.chunk(&mut content(0, "[PER"));
    assert!(restorer.chunk(&mut last));
    assert_eq!(last["choices"][0]["delta"]["content"], "[Jean-Pierre Dupont");
    let mut bare = json!({ "choices": [{ "finish_reason": "stop" }] });
    restorer.chunk(&mut content(0, "[PER"));
    assert!(restorer.chunk(&mut bare));
    assert_eq!(bare["choices"][0]["delta"]["content"], "[PER");
}

#[test]
fn a_stream_that_breaks_off_gives_a_last_chunk() {
    let mut restorer = restorer();
    restore(&mut restorer, &[call(2, "{\"a\":\"[PERS"), content(0, "a [PERSONNE_1"), content(1, "b")]);
    let last = restorer.finish().expect("something was held");
    assert_eq!(
        last,
        json!({ "id": "c", "object": "chat.completion.chunk", "choices": [{ "index": 0, "finish_reason": null, "delta": {
            "content": "[Jean-Pierre Dupont", "tool_calls": [{ "index": 2, "function": { "arguments": "[PERS" } }] } }] })
    );
}

#[test]
fn a_thought_ends_where_the_answer_begins() {
    let mut restorer = restorer();
    let restored = restore(
        &mut restorer,
        &[delta(0, json!({ "reasoning_content": "C'est PERSONNE_1" })), content(0, "Bonjour"), finish(0, "stop")],
    );
    assert_eq!(restored[1]["choices"][0]["delta"], json!({ "reasoning_content": "Jean-Pierre Dupont", "content": "Bonjour" }));
}

#[test]
fn arguments_stay_json_and_calls_do_not_mix() {
    let mut restorer = restorer();
    let restored = restore(
        &mut restorer,
        &[
            call(0, "{\"a\":\"[ADRES"),
            call(1, "{\"n\":\"[PERSONNE"),
            call(0, "SE_1.2]\"}"),
            call(1, "_1]\"}"),
            finish(0, "tool_calls"),
        ],
    );
    let arguments = |index: usize| -> String {
        let calls = restored.iter().flat_map(|chunk| chunk["choices"][0]["delta"]["tool_calls"].as_array().into_iter().flatten());
        calls.filter(|call| call["index"] == index).filter_map(|call| call["function"]["arguments"].as_str()).collect()
    };
    assert_eq!(arguments(0), r#"{"a":"12 rue des Lilas\n35000 Rennes"}"#);
    assert_eq!(arguments(1), r#"{"n":"Jean-Pierre Dupont"}"#);
    let mut old = [delta(0, json!({ "function_call": { "arguments": "{\"n\":\"[PERSO" } })), finish(0, "function_call")];
    let mut restorer = self::restorer();
    assert!(old.iter_mut().all(|chunk| restorer.chunk(chunk)));
    assert_eq!(old[1]["choices"][0]["delta"]["function_call"]["arguments"], "[PERSO");
}

#[test]
fn content_asked_for_in_json_stays_json() {
    let mut restorer = ChunkRestorer::new(&vault(), AnswerForm::Json);
    let restored = restore(&mut restorer, &[content(0, "{\"a\":\"[ADRESSE_"), content(0, "1.2]\"}")]);
    assert_eq!(joined(&restored, 0, "/content"), r#"{"a":"12 rue des Lilas\n35000 Rennes"}"#);
}

#[test]
fn a_host_that_sends_nonsense_breaks_nothing() {
    let mut restorer = restorer();
    for nonsense in [
        json!(null),
        json!([1]),
        json!({ "choices": {} }),
        json!({ "choices": [null, 1, { "delta": 3, "finish_reason": 1 }] }),
        call(0, "[PERS"),
        json!({ "choices": [{ "index": 0, "delta": { "tool_calls": [5], "content": 7, "function_call": "x" }, "finish_reason": "stop" }] }),
        delta(0, json!({ "function_call": { "arguments": "[PERS" } })),
        json!({ "choices": [{ "index": 0, "delta": { "tool_calls": "x", "function_call": [] }, "finish_reason": {} }] }),
        json!({ "choices": [{ "index": -1, "delta": { "tool_calls": [{ "index": "x", "function": 3 }, { "function": { "arguments": "[PERS" } }] } }] }),
    ] {
        restorer.chunk(&mut nonsense.clone());
    }
    assert!(restorer.finish().is_some());
}

proptest! {
    #[test]
    fn no_text_is_lost_however_it_is_cut(
        pieces in proptest::collection::vec((0_u64..3, 0_usize..3, r"(\[PERSONNE_1\]|PERSONNE_1|\[PERS|ONNE_1|\]|\[|1|\.2|é|P| )"), 0..40),
        ends in any::<bool>(),
    ) {
        let names = ["content", "reasoning", "refusal"];
        let mut chunks: Vec<Value> = pieces.iter().map(|(choice, field, text)| delta(*choice, json!({ names[*field]: text }))).collect();
        if ends {
            chunks.extend((0..3).map(|choice| finish(choice, "stop")));
        }
        let mut restorer = restorer();
        let mut restored = restore(&mut restorer, &chunks);
        let last = restorer.finish();
        prop_assert!(!ends || last.is_none());
        restored.extend(last);
        for choice in 0..3 {
            for (field, name) in names.iter().enumerate() {
                // What is held leaves where another field begins.
                let mut stream = StreamRestorer::new(&vault());
                let own = pieces.iter().filter(|piece| piece.0 == choice);
                let mut expected: String =
                    own.map(|(_, given, text)| if *given == field { stream.push(text) } else { stream.finish() }).collect();
                expected.push_str(&stream.finish());
                prop_assert_eq!(joined(&restored, choice, &format!("/{name}")), expected);
            }
        }
    }
}
