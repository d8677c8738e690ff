//! Every endpoint takes the same road: the router is walked, and no address escapes a safeguard.

use std::time::Duration;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use gouvernail_gateway::{Access, Endpoint};
use gouvernail_store::OutcomeKind;
use reqwest::RequestBuilder;
use serde_json::{Value, json};

use crate::dossier::{AGENT, MODEL, ORIENTATION};
use crate::host::{Received, stream};
use crate::world::{CITIZEN, CITIZEN_PHONE, REFERENCE, Wish, World, call_of};

/// What must not leave, in spellings that a detector of known values knows.
const SECRETS: [&str; 4] = [CITIZEN, "LEFEVRE Zoé", "06.12.34.56.78", REFERENCE];
/// Letters of those that no placeholder holds.
const TRACES: [&str; 8] = ["Zoé", "Zo\\u00e9", "ZOE", "Lef", "LEFEVRE", "12.34", "12 34", "2026-0042"];

/// A whole request of this endpoint, with every field that is usual there.
fn body(endpoint: Endpoint) -> Value {
    match endpoint {
        Endpoint::Chat => json!({ "model": MODEL, "temperature": 0.2, "stop": ["FIN"], "messages": [
            { "role": "system", "content": "Réponds." },
            { "role": "user", "name": "moi", "content": [{ "type": "text", "text": "Bonjour" }] },
            { "role": "assistant", "content": null, "tool_calls": [{ "id": "c1", "type": "function",
                "function": { "name": "chercher", "arguments": "{\"nom\":\"x\"}" } }] },
            { "role": "tool", "tool_call_id": "c1", "content": "{\"a\":\"b\"}" }],
            "tools": [{ "type": "function", "function": { "name": "chercher", "description": "Cherche",
                "parameters": { "type": "object", "properties": { "nom": { "type": "string", "description": "nom" } } } } }],
            "response_format": { "type": "json_schema", "json_schema": { "name": "n", "schema": { "title": "t" } } },
            "prediction": { "type": "content", "content": "x" }, "inconnu": { "a": ["b"] } }),
        Endpoint::Responses => json!({ "model": MODEL, "instructions": "Réponds.", "input": [
            { "role": "user", "content": [{ "type": "input_text", "text": "Bonjour" }, { "type": "input_image", "image_url": "https://exemple.fr/a.png" }] },
            { "type": "reasoning", "id": "r1", "encrypted_content": "abc", "summary": [{ "type": "summary_text", "text": "x" }] },
            { "type": "function_call", "call_id": "c1", "name": "chercher", "arguments": "{}" },
            { "type": "function_call_output", "call_id": "c1", "output": "x" },
            { "type": "item_reference", "id": "i1" }],
            "tools": [{ "type": "function", "name": "chercher", "description": "d", "parameters": { "type": "object" } },
                { "type": "file_search", "vector_store_ids": ["v"] }, { "type": "mcp", "server_label": "s", "server_url": "https://exemple.fr" }],
            "text": { "format": { "type": "text" } }, "reasoning": { "effort": "low" }, "include": ["x"], "truncation": "auto" }),
        Endpoint::Embeddings => json!({ "model": MODEL, "input": ["Bonjour", "Salut"], "encoding_format": "float", "task": "x" }),
        Endpoint::Rerank => {
            json!({ "model": MODEL, "query": "trou", "documents": ["a", { "text": "b", "title": "c" }], "rank_fields": ["text"] })
        }
        Endpoint::Transcriptions => json!({ "model": MODEL, "prompt": "Bonjour", "language": "fr", "response_format": "json",
            "timestamp_granularities[]": ["word", "segment"] }),
    }
}

/// An answer in the shape of the endpoint, that says `text`.
fn answer(endpoint: Endpoint, text: &str) -> Value {
    match endpoint {
        Endpoint::Chat => {
            json!({ "model": "m", "choices": [{ "index": 0, "finish_reason": "stop", "message": { "role": "assistant", "content": text } }],
            "usage": { "prompt_tokens": 7, "completion_tokens": 3 } })
        }
        Endpoint::Responses => json!({ "id": "r", "object": "response", "status": "completed", "error": null, "model": "m",
            "output": [{ "type": "message", "role": "assistant", "content": [{ "type": "output_text", "text": text, "annotations": [] }] }],
            "usage": { "input_tokens": 7, "output_tokens": 3, "total_tokens": 10 } }),
        Endpoint::Embeddings => json!({ "object": "list", "model": "m", "data": [{ "index": 0, "embedding": [0.5, -1e-3] }],
            "usage": { "prompt_tokens": 7, "total_tokens": 7 } }),
        Endpoint::Rerank => {
            json!({ "model": "m", "results": [{ "index": 0, "relevance_score": 0.5, "document": { "text": text } }],
            "usage": { "total_tokens": 7 } })
        }
        Endpoint::Transcriptions => json!({ "text": text, "usage": { "type": "tokens", "input_tokens": 7, "output_tokens": 3 } }),
    }
}

/// A host that answers each endpoint in its shape, with the request as it arrived.
fn parrot(world: &World) {
    world.host.answers(|received| async move {
        let endpoint = Endpoint::ALL.into_iter().find(|endpoint| received.path == format!("/v1{}", endpoint.path())).unwrap();
        let said = String::from_utf8_lossy(&received.bytes).into_owned();
        ([(CONTENT_TYPE, "application/json")], answer(endpoint, &said).to_string()).into_response()
    });
}

/// The request as a client sends it: a form when the endpoint takes a file.
fn sent(world: &World, endpoint: Endpoint, key: &str, body: &Value) -> RequestBuilder {
    let request = world.client.post(format!("{}/v1{}", world.address, endpoint.path())).bearer_auth(key);
    let request = request.header("x-gouvernail-agent", AGENT);
    if endpoint == Endpoint::Transcriptions {
        form(request, body, "reunion.mp3", b"\xff\xfb\x90\x64 son")
    } else {
        request.json(body)
    }
}

fn form(request: RequestBuilder, fields: &Value, file_name: &str, bytes: &[u8]) -> RequestBuilder {
    let mut out = Vec::new();
    for (name, value) in fields.as_object().unwrap() {
        for text in value.as_array().map_or_else(|| vec![value.clone()], Clone::clone) {
            let text = text.as_str().map_or_else(|| text.to_string(), str::to_owned);
            out.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").into_bytes());
        }
    }
    out.extend(
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\nContent-Type: audio/mpeg\r\n\r\n"
        )
        .into_bytes(),
    );
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\r\n--b--\r\n");
    request.header(CONTENT_TYPE, "multipart/form-data; boundary=b").body(out)
}

fn traces(received: &Received) -> Vec<&'static str> {
    let all = format!("{} {:?} {}", received.path, received.headers, String::from_utf8_lossy(&received.bytes));
    TRACES.into_iter().filter(|trace| all.contains(trace)).collect()
}

#[tokio::test]
async fn every_endpoint_answers_and_is_recorded() {
    let world = World::new().await;
    parrot(&world);
    for endpoint in Endpoint::ALL {
        let response = sent(&world, endpoint, &world.redaction, &body(endpoint)).send().await.unwrap();
        assert_eq!(response.status(), 200, "{endpoint:?}");
        let id = call_of(&response);
        let given: Value = response.json().await.unwrap();
        assert!(given.get("model").is_none_or(|model| model == MODEL), "{given}");
        let (call, kind, said) = world.ended(&id).await;
        assert_eq!((kind, &call.intent.body["endpoint"]), (OutcomeKind::Completed, &json!(endpoint.as_str())), "{endpoint:?}");
        assert_eq!(said["tokens"]["prompt"], 7, "{endpoint:?}");
        assert_eq!(world.owed(&id).await.kind, "invocation");
    }
}

#[tokio::test]
async fn no_endpoint_is_open_without_a_key_a_mandate_or_a_journal() {
    let world = World::new().await;
    parrot(&world);
    let status = async |endpoint, key: &str| {
        let response = sent(&world, endpoint, key, &body(endpoint)).send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap()["error"]["code"].take())
    };
    for endpoint in Endpoint::ALL {
        assert_eq!(status(endpoint, "gvn-0-0").await, (401, json!("invalid_api_key")), "{endpoint:?}");
    }
    world.meddle("create trigger no_intent before insert on intent begin select raise(abort, 'full'); end").await;
    for endpoint in Endpoint::ALL {
        assert_eq!(status(endpoint, &world.redaction).await, (503, json!("unavailable")), "{endpoint:?}");
    }
    world.stop(ORIENTATION).await;
    for endpoint in Endpoint::ALL {
        assert_eq!(status(endpoint, &world.orientation).await, (403, json!("refused_by_mandate")), "{endpoint:?}");
    }
    assert_eq!(world.host.received().len(), 0, "nothing reached the host");
    assert_eq!(world.commitments().await, Endpoint::ALL.len(), "every refusal is owed to the log");
}

#[tokio::test]
async fn no_endpoint_answers_what_it_could_not_record() {
    let world = World::new().await;
    parrot(&world);
    world.meddle("create trigger no_outcome before insert on outcome begin select raise(abort, 'full'); end").await;
    for endpoint in Endpoint::ALL {
        let response = sent(&world, endpoint, &world.redaction, &body(endpoint)).send().await.unwrap();
        assert_eq!(response.status(), 503, "{endpoint:?}");
    }
    assert_eq!(world.host.received().len(), Endpoint::ALL.len());
}

/// Places of a JSON value that may hold a text: its strings, its names of fields, and one more field.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::String(_) => out.push(at.to_owned()),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| places(item, &format!("{at}/{index}"), out)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| places(field, &format!("{at}/{name}"), out));
            out.push(format!("{at}/+"));
        }
        _ => {}
    }
}

/// The body with a secret at one place; at `/+` it is both a new field's name and its value.
fn with_secret(body: &Value, place: &str, secret: &str) -> Value {
    let mut body = body.clone();
    match place.strip_suffix("/+") {
        Some(parent) => {
            let fields = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            fields.insert("note".to_owned(), format!("Voir {secret}.").into());
        }
        None => *body.pointer_mut(place).unwrap() = secret.into(),
    }
    body
}

#[tokio::test]
async fn a_known_value_reaches_the_host_through_no_field_of_any_endpoint() {
    let world = World::with(Wish::host(Access { takes_files: true, ..Access::default() })).await;
    parrot(&world);
    let mut tried = 0;
    for endpoint in Endpoint::ALL {
        let whole = body(endpoint);
        let mut all = Vec::new();
        places(&whole, "", &mut all);
        for place in all.iter().filter(|place| *place != "/model") {
            for secret in SECRETS {
                tried += 1;
                let request = sent(&world, endpoint, &world.orientation, &with_secret(&whole, place, secret));
                let response = request.header("x-gouvernail-case", REFERENCE.as_bytes()).send().await.unwrap();
                let status = response.status();
                let text = response.text().await.unwrap();
                assert!(matches!(status.as_u16(), 200 | 400 | 422), "{endpoint:?} {place} {secret}: {status} {text}");
                if status == 422 {
                    assert!(text.contains("personal_data_not_hidden"), "{text}");
                    assert!(!text.contains("Zoé") && !text.contains("12.34"), "an error quotes nothing: {text}");
                }
            }
        }
    }
    for received in world.host.received() {
        assert_eq!(traces(&received), Vec::<&str>::new(), "{} {}", received.path, String::from_utf8_lossy(&received.bytes));
    }
    assert!(tried > 200 && world.host.received().len() > tried / 2, "{tried} tried, {} sent", world.host.received().len());
}

#[tokio::test]
async fn names_of_fields_and_of_files_hide_nothing() {
    let world = World::new().await;
    parrot(&world);
    for endpoint in Endpoint::ALL {
        let mut named = body(endpoint);
        named[CITIZEN] = "x".into();
        let response =
            sent(&world, endpoint, &world.orientation, &named).header("x-gouvernail-case", REFERENCE).send().await.unwrap();
        assert_eq!(response.status(), 422, "{endpoint:?}");
    }
    assert!(world.host.received().is_empty());
    let request = world.client.post(format!("{}/v1/audio/transcriptions", world.address)).bearer_auth(&world.redaction);
    let request = request.header("x-gouvernail-agent", AGENT);
    let response = form(request, &json!({ "model": MODEL }), "Zoé Lefèvre 06 12 34.mp3", b"\xff\xfb").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(traces(&world.host.only()), Vec::<&str>::new());
    assert!(String::from_utf8_lossy(&world.host.only().bytes).contains("filename=\"audio.mp3\""));
}

#[tokio::test]
async fn what_cannot_be_looked_into_does_not_leave_with_a_case() {
    let world = World::new().await;
    parrot(&world);
    let picture = json!({ "model": MODEL, "messages": [{ "role": "user", "content": [
        { "type": "image_url", "image_url": { "url": "data:image/png;base64,iVBORw0KGgo=" } }] }] });
    let on_case = |request: RequestBuilder| request.header("x-gouvernail-case", REFERENCE);
    for request in [
        sent(&world, Endpoint::Chat, &world.orientation, &picture),
        sent(&world, Endpoint::Transcriptions, &world.orientation, &body(Endpoint::Transcriptions)),
    ] {
        let response = on_case(request).send().await.unwrap();
        assert_eq!(response.status(), 422);
        assert!(response.text().await.unwrap().contains("takes_files"));
    }
    assert!(world.host.received().is_empty());
    // Without a case it leaves, and the record says that nobody could look.
    let response = sent(&world, Endpoint::Chat, &world.redaction, &picture).send().await.unwrap();
    assert_eq!(world.ended(&call_of(&response)).await.0.intent.body["unread"], 1);
}

fn typed(event: &Value) -> String {
    format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap())
}

/// The events of a response that says `text`, in pieces of `size` characters.
fn response_events(text: &str, size: usize) -> String {
    let place = json!({ "item_id": "m1", "output_index": 0, "content_index": 0 });
    let letters: Vec<char> = text.chars().collect();
    let mut events =
        vec![json!({ "type": "response.created", "response": { "id": "r1", "model": "m", "output": [], "usage": null } })];
    for piece in letters.chunks(size) {
        let mut event = place.clone();
        event["type"] = "response.output_text.delta".into();
        event["delta"] = piece.iter().collect::<String>().into();
        events.push(event);
    }
    events
        .push(json!({ "type": "response.output_text.done", "item_id": "m1", "output_index": 0, "content_index": 0, "text": text }));
    events.push(json!({ "type": "response.completed", "response": answer(Endpoint::Responses, text) }));
    events
        .iter()
        .zip(0..)
        .map(|(event, number)| {
            let mut event = event.clone();
            event["sequence_number"] = json!(number);
            typed(&event)
        })
        .collect()
}

#[tokio::test]
async fn a_streamed_response_is_restored_wherever_it_is_cut() {
    let world = World::new().await;
    world.host.answers(|received| async move {
        let request = received.json();
        let events = response_events(request["input"].as_str().unwrap(), request["taille"].as_u64().unwrap() as usize).into_bytes();
        stream(events.chunks(7).map(<[u8]>::to_vec).collect(), Duration::ZERO, false)
    });
    let text = format!("Madame {CITIZEN}, au {CITIZEN_PHONE} [x]");
    for size in [1, 3, 8, 100] {
        let asked = json!({ "model": MODEL, "stream": true, "input": text, "taille": size, "store": true });
        let request = sent(&world, Endpoint::Responses, &world.orientation, &asked).header("x-gouvernail-case", REFERENCE);
        let response = request.send().await.unwrap();
        let id = call_of(&response);
        let whole = response.text().await.unwrap();
        let events: Vec<Value> =
            whole.lines().filter_map(|line| line.strip_prefix("data: ")).map(|data| serde_json::from_str(data).unwrap()).collect();
        let said: String = events.iter().filter_map(|event| event["delta"].as_str()).collect();
        assert_eq!(said, text, "pieces of {size}");
        let last = events.last().unwrap();
        assert_eq!((&last["type"], &last["response"]["model"]), (&json!("response.completed"), &json!(MODEL)));
        assert_eq!(last["response"]["output"][0]["content"][0]["text"], text);
        let numbers: Vec<u64> = events.iter().map(|event| event["sequence_number"].as_u64().unwrap()).collect();
        assert_eq!(numbers, (0..events.len() as u64).collect::<Vec<_>>());
        assert_eq!(whole.matches("event: response.").count(), events.len(), "each event is named");
        let (_, kind, body) = world.ended(&id).await;
        assert_eq!((kind, &body["tokens"]), (OutcomeKind::Completed, &json!({ "prompt": 7, "output": 3, "estimated": false })));
    }
    for received in world.host.received() {
        assert_eq!(traces(&received), Vec::<&str>::new());
        assert_eq!(received.json()["store"], false, "the host keeps nothing");
    }
    let outputs = world.case().await.uses.into_iter().map(|used| used.output).collect::<Vec<_>>();
    assert_eq!(outputs, vec![gouvernail_cases::SealedText::new(text); 4]);
}

#[tokio::test]
async fn a_response_that_stops_short_or_fails_is_no_answer() {
    let world = World::new().await;
    let whole = response_events("bonjour", 3);
    let short = &whole[..whole.find("event: response.output_text.done").unwrap()];
    let failed = typed(
        &json!({ "type": "response.failed", "response": { "status": "failed", "error": { "code": "server_error", "message": "x" } } }),
    );
    let asked = json!({ "model": MODEL, "stream": true, "input": "x" });
    for (events, said) in [(short.to_owned(), "upstream_error"), (short.to_owned() + &failed, "server_error")] {
        world.host.streams(vec![events.into_bytes()], Duration::ZERO);
        let response = sent(&world, Endpoint::Responses, &world.redaction, &asked).send().await.unwrap();
        let id = call_of(&response);
        let text = response.text().await.unwrap();
        assert!(text.contains(said) && !text.contains("completed"), "{text}");
        assert_eq!(world.ended(&id).await.1, OutcomeKind::UpstreamError);
    }
}

#[tokio::test]
async fn untouched_answers_of_every_endpoint_pass_byte_for_byte() {
    let world = World::new().await;
    for endpoint in Endpoint::ALL {
        let mut odd = answer(endpoint, "a\u{e9}");
        if odd.get("model").is_some() {
            odd["model"] = MODEL.into();
        }
        let odd = format!(" {} ", odd.to_string().replace("0.5", "0.500"));
        world.host.json(&odd);
        let response = sent(&world, endpoint, &world.redaction, &body(endpoint)).send().await.unwrap();
        assert_eq!(response.text().await.unwrap(), odd, "{endpoint:?}");
    }
    let events = response_events("bonjour", 2).replace("\"model\":\"m\"", &format!("\"model\":\"{MODEL}\""));
    world.host.streams(events.clone().into_bytes().chunks(11).map(<[u8]>::to_vec).collect(), Duration::ZERO);
    let asked = json!({ "model": MODEL, "stream": true, "input": "x" });
    let response = sent(&world, Endpoint::Responses, &world.redaction, &asked).send().await.unwrap();
    assert_eq!(response.text().await.unwrap(), events);
}

#[tokio::test]
async fn a_transcription_is_text_when_text_was_asked_for() {
    let world = World::new().await;
    world.host.answers(|_| async { ([(CONTENT_TYPE, "text/plain; charset=utf-8")], "Bonjour à tous\n").into_response() });
    let asked = json!({ "model": MODEL, "response_format": "text", "stream": "false" });
    let response = sent(&world, Endpoint::Transcriptions, &world.redaction, &asked).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    let id = call_of(&response);
    assert_eq!(response.text().await.unwrap(), "Bonjour à tous\n");
    assert_eq!(world.ended(&id).await.2["tokens"]["estimated"], true);
    let sent = String::from_utf8_lossy(&world.host.only().bytes).into_owned();
    assert!(sent.contains("name=\"response_format\"\r\n\r\ntext\r\n") && sent.contains("\u{fffd}"), "{sent}");
}

#[tokio::test]
async fn a_call_that_writes_nothing_says_so_in_the_case() {
    let world = World::new().await;
    parrot(&world);
    let asked = json!({ "model": MODEL, "input": CITIZEN });
    let request = sent(&world, Endpoint::Embeddings, &world.orientation, &asked).header("x-gouvernail-case", REFERENCE);
    assert_eq!(request.send().await.unwrap().status(), 200);
    let output = serde_json::to_string(&world.case().await.uses[0].output).unwrap();
    assert!(output.contains("vecteurs"), "{output}");
}

#[tokio::test]
async fn a_model_is_described_by_its_name() {
    let world = World::new().await;
    let get = |name: &str| world.client.get(format!("{}/v1/models/{name}", world.address)).bearer_auth(&world.redaction).send();
    assert_eq!(get(MODEL).await.unwrap().json::<Value>().await.unwrap()["id"], MODEL);
    let response = get("un/autre").await.unwrap();
    assert_eq!(response.status(), 404);
    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "model_not_found");
}
