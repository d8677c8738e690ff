//! Personal data never reach the host, in whatever corner of a request they stand, and come back in clear.

use std::time::Duration;

use axum::response::IntoResponse;
use serde_json::{Value, json};

use crate::dossier::{AGENT, MODEL};
use crate::host::{completion, pieces, say, speech, stream};
use crate::world::{CASE, CITIZEN, CITIZEN_PHONE, REFERENCE, World, call_of, drain, message, spoken};

/// Values that must not leave, in spellings that a person would use.
const SECRETS: [&str; 10] =
    ["Zoé", "Lefèvre", "LEFEVRE", "0612345678", "06 12 34 56 78", "Myosotis", "Tamaris", REFERENCE, "FR76 3000", "zoe@exemple.fr"];

fn leaks(sent: &str) -> Vec<&'static str> {
    SECRETS.into_iter().filter(|secret| sent.contains(secret)).collect()
}

#[tokio::test]
async fn nothing_personal_leaves_and_all_of_it_comes_back() {
    let world = World::new().await;
    world.host.echo();
    let text = format!(
        "Dossier {REFERENCE} : {CITIZEN} (LEFEVRE Zoé), {CITIZEN_PHONE} ou 0612345678, Villa Myosotis, \
         3 impasse des Tamaris, zoe@exemple.fr, IBAN FR76 3000 6000 0112 3456 7890 189."
    );
    let body = json!({
        "model": MODEL,
        "user": AGENT,
        "metadata": { "citoyen": CITIZEN },
        "safety_identifier": "agnes@commune.example",
        "messages": [
            { "role": "system", "content": [{ "type": "text", "text": format!("Le dossier est {REFERENCE}.") }] },
            { "role": "assistant", "content": null, "tool_calls": [{ "id": "c1", "type": "function", "function": {
                "name": "chercher", "arguments": json!({ "nom": CITIZEN }).to_string() } }] },
            { "role": "tool", "tool_call_id": "c1", "content": json!({ "telephone": CITIZEN_PHONE }).to_string() },
            { "role": "user", "name": "Zoé", "content": text },
        ],
        "tools": [{ "type": "function", "function": { "name": "chercher", "description": format!("Cherche {CITIZEN}") } }],
    });
    let response = world.ask_on_case(&body).header("x-trace", CITIZEN_PHONE).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let id = call_of(&response);
    let answer = response.json::<Value>().await.unwrap();
    assert_eq!(answer["choices"][0]["message"]["content"], text);

    let received = world.host.only();
    assert_eq!(leaks(received.text()), Vec::<&str>::new(), "{}", received.text());
    for field in ["user", "metadata", "safety_identifier"] {
        assert!(received.json().get(field).is_none(), "{field}");
    }
    let headers = format!("{:?}", received.headers);
    assert!(
        !headers.contains("agnes") && !headers.contains("gouvernail") && !headers.contains("gvn-") && !headers.contains("06 12"),
        "{headers}"
    );
    let (call, _, said) = world.ended(&id).await;
    assert_eq!(leaks(&call.intent.body.to_string()), Vec::<&str>::new());
    assert_eq!(leaks(&said.to_string()), Vec::<&str>::new());
    assert!(call.intent.body["hidden"]["person"].as_u64().unwrap() >= 3, "{}", call.intent.body["hidden"]);
}

#[tokio::test]
async fn identifiers_are_hidden_without_a_case_too() {
    let world = World::new().await;
    world.host.echo();
    let text = "Écrire à zoe@exemple.fr ou au 06 12 34 56 78.";
    let answer = world.ask(&message(text)).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(answer["choices"][0]["message"]["content"], text);
    assert_eq!(leaks(world.host.only().text()), Vec::<&str>::new());
}

#[tokio::test]
async fn one_person_keeps_one_placeholder_within_a_case() {
    let world = World::new().await;
    world.host.echo();
    world.ask_on_case(&message(&format!("Villa Myosotis, {CITIZEN}"))).send().await.unwrap();
    world.ask_on_case(&message(CITIZEN)).send().await.unwrap();
    let sent: Vec<String> = world.host.received().iter().map(|received| received.content()).collect();
    assert!(sent[0].ends_with(&sent[1]) && sent[1].starts_with("[PERSONNE_"), "{sent:?}");
}

#[tokio::test]
async fn what_masking_cannot_reach_is_not_sent() {
    let world = World::new().await;
    world.host.echo();
    let mut body = message("bonjour");
    body["tools"] = json!([{ "type": "function", "function": { "name": "Zoé Lefèvre" } }]);
    let response = world.ask_on_case(&body).send().await.unwrap();
    assert_eq!(response.status(), 422);
    let error = response.text().await.unwrap();
    assert!(error.contains("personal_data_not_hidden") && !error.contains("Zoé"), "{error}");
    assert!(world.host.received().is_empty());
    assert_eq!(world.store.calls_of_case(CASE).await.unwrap(), []);
}

#[tokio::test]
async fn a_stream_is_restored_wherever_it_is_cut() {
    let world = World::new().await;
    // The host says back what it heard, one character an event, in pieces of the size that the request names.
    world.host.answers(|received| async move {
        let heard = received.content();
        let size: usize = received.json()["size"].as_u64().unwrap().try_into().unwrap();
        let letters: Vec<String> = heard.chars().map(String::from).collect();
        let events = speech(&letters.iter().map(String::as_str).collect::<Vec<_>>()).concat().into_bytes();
        stream(events.chunks(size).map(<[u8]>::to_vec).collect(), Duration::ZERO, false)
    });
    let text = format!("[{CITIZEN}] à [x_1] {CITIZEN_PHONE}");
    for size in [1, 2, 3, 7, 64, 150, 1000, 100_000] {
        let mut body = message(&text);
        body["stream"] = true.into();
        body["size"] = size.into();
        let (_, data) = drain(world.ask_on_case(&body).send().await.unwrap()).await;
        assert_eq!(spoken(&data), text, "pieces of {size} bytes");
        assert_eq!(data.last().unwrap(), "[DONE]");
        assert!(!data.iter().any(|data| data.contains("\"usage\"")), "nobody asked for usage");
    }
    for received in world.host.received() {
        assert_eq!(leaks(received.text()), Vec::<&str>::new());
    }
    let outputs: Vec<_> = world.case().await.uses.into_iter().map(|used| used.output).collect();
    assert_eq!(outputs, vec![gouvernail_cases::SealedText::new(text); 8]);
}

#[tokio::test]
async fn a_placeholder_in_halves_in_a_tool_call_and_at_the_very_end() {
    let world = World::new().await;
    world.host.answers(|received| async move {
        let placeholder = received.content();
        let (head, tail) = placeholder.split_at(5);
        let mut events = vec![say("Pour "), say(head), say(tail), say(" et [PERS")];
        for arguments in ["{\"nom\":\"", head, tail, "\"}"] {
            events.push(crate::host::chunk(
                &json!({ "tool_calls": [{ "index": 0, "function": { "name": "", "arguments": arguments } }] }),
                None,
            ));
        }
        events.push("data: [DONE]\n\n".to_owned());
        stream(pieces(&events), Duration::ZERO, false)
    });
    let mut body = message(CITIZEN);
    body["stream"] = true.into();
    let (text, data) = drain(world.ask_on_case(&body).send().await.unwrap()).await;
    assert_eq!(spoken(&data), format!("Pour {CITIZEN} et [PERS"), "{text}");
    let chunks = data.iter().filter_map(|data| serde_json::from_str::<Value>(data).ok());
    let arguments: String = chunks
        .filter_map(|chunk| chunk["choices"][0]["delta"]["tool_calls"][0]["function"]["arguments"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(serde_json::from_str::<Value>(&arguments).unwrap(), json!({ "nom": CITIZEN }));
}

#[tokio::test]
async fn json_that_was_asked_for_stays_json() {
    let world = World::new().await;
    world.host.answers(|received| async move {
        let said = format!("{{\"qui\":\"{}\"}}", received.content());
        ([("content-type", "application/json")], completion(&said, "qwen")).into_response()
    });
    let mut body = message("zoe@exemple.fr");
    body["response_format"] = json!({ "type": "json_object" });
    let answer = world.ask(&body).send().await.unwrap().json::<Value>().await.unwrap();
    let content = answer["choices"][0]["message"]["content"].as_str().unwrap();
    assert_eq!(serde_json::from_str::<Value>(content).unwrap(), json!({ "qui": "zoe@exemple.fr" }));
}
