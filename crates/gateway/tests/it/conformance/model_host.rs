//! A model host that answers each endpoint as its kind does, and misbehaves when the last message asks for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::host::{Host, Received, chunk, completion, pieces, say, speech, stream};

/// Makes `host` answer so. The first call that asks for a breakdown gets one, the next do not.
pub fn play(host: &Host) {
    let broken = Arc::new(AtomicUsize::new(0));
    host.answers(move |received| answer(received, Arc::clone(&broken)));
}

async fn answer(received: Received, broken: Arc<AtomicUsize>) -> Response {
    match received.path.as_str() {
        "/v1/chat/completions" => chat(&received.json(), &received.content(), &broken).await,
        "/v1/embeddings" => json_of(embeddings(&received.json())),
        "/v1/responses" if received.json()["stream"] == true => events(&response_events()),
        "/v1/responses" => json_of(response("completed", &json!([message()]))),
        "/v1/audio/transcriptions" => json_of(json!({ "text": "bonjour" })),
        other => (StatusCode::NOT_FOUND, other.to_owned()).into_response(),
    }
}

async fn chat(asked: &Value, last: &str, broken: &AtomicUsize) -> Response {
    let streams = asked["stream"] == true;
    match last {
        "lent" => {
            sleep(Duration::from_secs(10)).await;
            json_of(json!({}))
        }
        "refus" => {
            let error =
                json!({ "error": { "message": "trop long", "type": "invalid_request_error", "code": "context_length_exceeded" } });
            (StatusCode::BAD_REQUEST, axum::Json(error)).into_response()
        }
        "panne sans fin" => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        "panne" if broken.fetch_add(1, Ordering::SeqCst) == 0 => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        "goutte à goutte" => stream(vec![say("goutte").into_bytes(); 500], Duration::from_millis(20), false),
        "outil" if streams => events(&tool_events()),
        "outil" => json_of(tool_call()),
        _ if streams => events(&speech(&["bon", "jour"])),
        _ if asked["n"] == 2 => json_of(two()),
        // The result of a tool.
        "ouvert" => json_text(completion("fait", "petit")),
        _ => json_text(completion("bonjour", "petit")),
    }
}

fn json_of(value: Value) -> Response {
    json_text(value.to_string())
}

fn json_text(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

fn events(events: &[String]) -> Response {
    stream(pieces(events), Duration::ZERO, false)
}

fn two() -> Value {
    let mut whole: Value = serde_json::from_str(&completion("un", "petit")).unwrap();
    let mut second = whole["choices"][0].clone();
    (second["index"], second["message"]["content"]) = (1.into(), "deux".into());
    whole["choices"].as_array_mut().unwrap().push(second);
    whole
}

fn tool_call() -> Value {
    let mut whole: Value = serde_json::from_str(&completion("", "petit")).unwrap();
    let function = json!({ "name": "orienter", "arguments": "{\"service\":\"voirie\"}" });
    let call = json!({ "id": "call_1", "type": "function", "function": function });
    whole["choices"][0]["message"] = json!({ "role": "assistant", "content": null, "tool_calls": [call] });
    whole["choices"][0]["finish_reason"] = "tool_calls".into();
    whole
}

fn tool_events() -> Vec<String> {
    let piece = |function: Value| {
        chunk(&json!({ "tool_calls": [{ "index": 0, "id": "call_1", "type": "function", "function": function }] }), None)
    };
    vec![
        piece(json!({ "name": "orienter", "arguments": "" })),
        piece(json!({ "arguments": "{\"service\":" })),
        piece(json!({ "arguments": "\"voirie\"}" })),
        chunk(&json!({}), Some("tool_calls")),
        "data: [DONE]\n\n".to_owned(),
    ]
}

/// The official clients ask for base64 by themselves.
fn embeddings(asked: &Value) -> Value {
    let vector = [0.5_f32, -1.0];
    let embedding = match asked["encoding_format"].as_str() {
        Some("base64") => json!(STANDARD.encode(vector.map(f32::to_le_bytes).concat())),
        _ => json!(vector),
    };
    let rows = 0..asked["input"].as_array().map_or(1, Vec::len);
    let rows: Vec<Value> = rows.map(|index| json!({ "object": "embedding", "index": index, "embedding": embedding })).collect();
    json!({ "object": "list", "model": "petit", "data": rows, "usage": { "prompt_tokens": 2, "total_tokens": 2 } })
}

fn message() -> Value {
    let text = json!({ "type": "output_text", "text": "bonjour", "annotations": [] });
    json!({ "type": "message", "id": "m", "status": "completed", "role": "assistant", "content": [text] })
}

fn response(status: &str, output: &Value) -> Value {
    json!({ "id": "resp_1", "object": "response", "created_at": 1, "status": status, "model": "petit", "output": output,
        "parallel_tool_calls": true, "tool_choice": "auto", "tools": [],
        "usage": { "input_tokens": 4, "output_tokens": 5, "total_tokens": 9 } })
}

fn response_events() -> Vec<String> {
    let typed = |mut event: Value, number: usize| {
        event["sequence_number"] = number.into();
        format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap())
    };
    let delta = |text: &str| json!({ "type": "response.output_text.delta", "item_id": "m", "output_index": 0, "content_index": 0, "delta": text });
    let part = json!({ "type": "output_text", "text": "", "annotations": [] });
    let item = json!({ "type": "message", "id": "m", "status": "in_progress", "role": "assistant", "content": [] });
    let all = [
        json!({ "type": "response.created", "response": response("in_progress", &json!([])) }),
        json!({ "type": "response.output_item.added", "output_index": 0, "item": item }),
        json!({ "type": "response.content_part.added", "item_id": "m", "output_index": 0, "content_index": 0, "part": part }),
        delta("bon"),
        delta("jour"),
        json!({ "type": "response.completed", "response": response("completed", &json!([message()])) }),
    ];
    all.into_iter().zip(0..).map(|(event, number)| typed(event, number)).collect()
}
