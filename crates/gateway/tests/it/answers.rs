//! Answers in one piece, and what the record says of them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use gouvernail_gateway::{Access, CpuMeter};
use gouvernail_store::OutcomeKind;
use serde_json::{Value, json};

use crate::dossier::{AGENT, HOST, MODEL, REDACTION, host};
use crate::host::completion;
use crate::world::{CASE, CITIZEN, CITIZEN_PHONE, Wish, World, call_of, message};

#[tokio::test]
async fn an_answer_comes_back_byte_for_byte_but_for_the_model_and_is_recorded() {
    let world = World::new().await;
    world.host.json(&completion("bonjour", "qwen"));
    let mut body = message("dis bonjour");
    body["temperature"] = json!(0.2);
    body["unknown"] = json!({ "z": 1, "a": [null] });
    let response = world.ask(&body).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json; charset=utf-8", "the host's own");
    let id = call_of(&response);
    let text = response.text().await.unwrap();
    assert_eq!(text, completion("bonjour", "qwen").replace("/models/qwen.gguf", MODEL));

    let received = world.host.only();
    assert_eq!(received.json(), body, "what nobody here acts on passes");
    let (call, kind, said) = world.ended(&id).await;
    assert_eq!(kind, OutcomeKind::Completed);
    assert_eq!((call.intent.system.as_str(), call.intent.version.as_str(), call.intent.host.as_str()), (REDACTION, "1", HOST));
    assert_eq!((call.intent.person.as_deref(), call.intent.case_id), (Some(AGENT), None));
    assert!(call.intent.body.get("sent").is_none(), "the text of a call without a case is not kept");
    assert_eq!(said["tokens"], json!({ "prompt": 36, "output": 3, "estimated": false }));
    assert_eq!(said["footprint"]["method"]["id"], "ecologits-llm");
    assert_eq!(said["footprint"]["zone"], "FRA");
    let owed = world.owed(&id).await;
    assert_eq!((owed.kind.as_str(), owed.system.as_deref(), owed.version.as_deref()), ("invocation", Some(REDACTION), Some("1")));
    let (low, high) = owed.energy_wh.unwrap();
    assert!(low > 0.0 && high >= low);
    let record = owed.record.unwrap();
    assert_eq!(record["body"]["sent_sha256"], call.intent.body["sent_sha256"]);
    assert!(!record.to_string().contains("bonjour"), "a record never holds what was said");
}

#[tokio::test]
async fn nothing_to_replace_is_nothing_replaced() {
    let world = World::new().await;
    let odd = r#"{ "model":"petit" ,"choices":[{"index":0,"message":{"role":"assistant","content":"a\u00e9"} }] , "n":1.500 }"#;
    world.host.json(odd);
    assert_eq!(world.ask(&message("bonjour")).send().await.unwrap().text().await.unwrap(), odd);
    world.host.json(&odd.replace(r"a\u00e9", r"[TELEPHONE_1]"));
    let answer = world.ask(&message("Mon 06 12 34 56 78")).send().await.unwrap().text().await.unwrap();
    assert_eq!(answer, odd.replace(r"a\u00e9", "06 12 34 56 78"), "nor around what is brought back");
}

#[tokio::test]
async fn what_is_asked_leaves_as_it_is_written_but_for_what_stays_here_and_what_is_hidden() {
    let world = World::new().await;
    world.host.json(&completion("bonjour", "qwen"));
    let plain = r#" { "model" : "petit","temperature":1.50, "x-unknown":[1e2 ,{"a\/b":null}],"messages": [{"content":"Comment \u00e7a va\u202f?","role":"user"}]}"#;
    let personal = plain.replace("Comment", "Mon 06 12 34 56 78, comment").replace("{ \"model\"", r#"{"user":"agnes", "model""#);
    let hidden = plain.replace(r"Comment \u00e7a va\u202f", "Mon [TELEPHONE_1], comment ça va\u{202f}");
    for (asked, sent) in [(plain, plain), (&personal, &hidden)] {
        let post = world.post(&world.redaction).header("content-type", "application/json");
        assert_eq!(post.body(asked.to_owned()).send().await.unwrap().status(), 200);
        assert_eq!(world.host.received().last().unwrap().text(), sent);
    }
}

#[tokio::test]
async fn the_host_is_reached_as_it_must_be() {
    let access = Access {
        api_key: Some("cle-de-l-hebergeur".into()),
        served: HashMap::from([(MODEL.to_owned(), "qwen2.5-1.5b".to_owned())]),
        ..Access::default()
    };
    let world = World::with(Wish::host(access)).await;
    world.host.echo();
    let answer = world.ask(&message("bonjour")).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(answer["model"], MODEL, "the caller's name of it");
    let received = world.host.only();
    assert_eq!(received.path, "/v1/chat/completions");
    assert_eq!(received.json()["model"], "qwen2.5-1.5b");
    assert_eq!(received.headers["authorization"], "Bearer cle-de-l-hebergeur");
}

#[tokio::test]
async fn the_address_of_an_embedded_engine_replaces_the_registers_and_its_processor_is_counted() {
    // A counter that moves by one second at each look.
    let looks = AtomicU32::new(0);
    let cpu = CpuMeter::new(move || Some(f64::from(looks.fetch_add(1, Ordering::Relaxed))));
    let real = crate::host::Host::serve().await;
    let access = Access { base_url: Some(real.url.clone()), cpu: Some(cpu), ..Access::default() };
    let world = World::with(Wish::host(access)).await;
    world.moved(host("", true, "FR")).await;
    real.json(&completion("bonjour", "qwen"));
    let response = world.ask(&message("bonjour")).send().await.unwrap();
    let (_, _, said) = world.ended(&call_of(&response)).await;
    assert_eq!(real.received().len(), 1);
    assert_eq!(
        (&said["footprint"]["method"]["id"], &said["footprint"]["quality"]),
        (&json!("gouvernail-local-cpu"), &json!("attributed"))
    );
}

#[tokio::test]
async fn what_cannot_be_metered_is_absent() {
    let real = crate::host::Host::serve().await;
    let world = World::with(Wish::host(Access { base_url: Some(real.url.clone()), ..Access::default() })).await;
    world.moved(host("", true, "FR")).await;
    real.json(&completion("bonjour", "qwen"));
    let response = world.ask(&message("bonjour")).send().await.unwrap();
    let id = call_of(&response);
    assert_eq!(world.ended(&id).await.2["footprint"], Value::Null);
    assert_eq!(world.owed(&id).await.energy_wh, None);
}

#[tokio::test]
async fn a_use_is_told_to_its_case_sealed_and_with_its_proposal() {
    let world = World::new().await;
    world.host.answers(|received| async move {
        let heard = received.content();
        let said = format!("{{\"service\":\"voirie\",\"motif\":\"{}\"}}", heard.split_whitespace().next().unwrap());
        ([("content-type", "application/json")], completion(&said, "qwen")).into_response()
    });
    let response = world.ask_on_case(&message(&format!("{CITIZEN} signale un trou"))).send().await.unwrap();
    let id = call_of(&response);
    let answer = response.json::<Value>().await.unwrap();
    let content = answer["choices"][0]["message"]["content"].as_str().unwrap();
    assert_eq!(content, format!("{{\"service\":\"voirie\",\"motif\":\"{CITIZEN}\"}}"));

    let (call, _, _) = world.ended(&id).await;
    assert_eq!(call.intent.case_id.as_deref(), Some(CASE));
    let sent = call.intent.body["sent"].to_string();
    assert!(sent.contains("signale un trou") && !sent.contains("Zoé") && !sent.contains("Lefèvre"), "{sent}");
    assert_eq!(call.intent.body["hidden"], json!({ "person": 1 }));
    let event = world.store.case_events(CASE).await.unwrap().pop().unwrap();
    assert_eq!((event.kind.as_str(), event.author.as_str()), ("use_recorded", AGENT));
    let case = world.case().await;
    let used = case.use_of(&id).unwrap();
    assert_eq!(used.purpose, "Proposer le service qui traitera une demande.");
    assert_eq!(used.data_categories, ["l'objet de la demande"]);
    assert_eq!(used.output, gouvernail_cases::SealedText::new(content));
    assert_eq!(used.proposal, Some(gouvernail_cases::SealedText::new("Voirie")), "in the spelling of the register");
    assert!(used.footprint.unwrap().energy_wh > 0.0);
    let owed = world.owed(&id).await;
    let record = owed.record.unwrap();
    assert_eq!((owed.kind.as_str(), &record["subject"]), ("case_use", &json!(CASE)));
    for text in ["Zoé", "voirie", CITIZEN_PHONE, "trou"] {
        assert!(!record.to_string().contains(text), "{text} is in the record");
    }
}

#[tokio::test]
async fn a_host_that_declines_is_quoted_in_clear() {
    let world = World::new().await;
    world.host.answers(|received| async move {
        let message = format!("too long: {}", received.content());
        let body = json!({ "error": { "message": message, "code": 400 } }).to_string();
        (StatusCode::UNPROCESSABLE_ENTITY, [("content-type", "application/json"), ("x-request-id", "r1")], body).into_response()
    });
    let response = world.ask_on_case(&message(&format!("{CITIZEN} \"habite\" ici"))).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.headers()["x-request-id"].to_str().unwrap()), (422, "r1"));
    let id = call_of(&response);
    let error = response.json::<Value>().await.unwrap();
    assert_eq!(error["error"]["message"], format!("too long: {CITIZEN} \"habite\" ici"));
    assert_eq!(world.ended(&id).await.1, OutcomeKind::UpstreamError);
    assert_eq!(world.case().await.uses.len(), 1, "the data left, so the person concerned is told");
}

#[tokio::test]
async fn a_host_that_fails_is_a_bad_gateway_whatever_its_fault() {
    let wish = Wish::default();
    let limit = wish.config.max_answer;
    let world = World::with(wish).await;
    let long = format!("\"{}\"", "x".repeat(limit));
    for (status, body) in [
        (StatusCode::INTERNAL_SERVER_ERROR, "{\"detail\":\"adresse interne\"}"),
        (StatusCode::UNAUTHORIZED, "{\"error\":\"cle-de-l-hebergeur\"}"),
        (StatusCode::FORBIDDEN, "{}"),
        (StatusCode::FOUND, "{}"),
        (StatusCode::OK, "<html>"),
        (StatusCode::OK, &long),
    ] {
        world.host.status(status, body);
        let response = world.ask(&message("bonjour")).send().await.unwrap();
        assert_eq!(response.status(), 502, "{status}");
        let id = call_of(&response);
        let text = response.text().await.unwrap();
        assert!(text.contains("upstream_error") && !text.contains("interne") && !text.contains("cle-de"), "{text}");
        let (_, kind, said) = world.ended(&id).await;
        assert_eq!((kind, &said["reached"], &said["tokens"]["output"]), (OutcomeKind::UpstreamError, &json!(true), &Value::Null));
    }
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_touched_no_case() {
    let world = World::new().await;
    world.moved(host("http://127.0.0.1:1/v1", false, "FR")).await;
    let response = world.ask_on_case(&message("bonjour")).send().await.unwrap();
    assert_eq!(response.status(), 502);
    let id = call_of(&response);
    assert_eq!(world.ended(&id).await.1, OutcomeKind::UpstreamError);
    assert_eq!(world.case().await.uses, []);
    assert_eq!(world.owed(&id).await.kind, "invocation");
}

#[tokio::test]
async fn a_host_that_is_silent_is_given_up() {
    let mut wish = Wish::default();
    wish.config.upstream_timeout = Duration::from_millis(200);
    let world = World::with(wish).await;
    world.host.answers(|_| std::future::pending());
    let response = world.ask(&message("bonjour")).send().await.unwrap();
    assert_eq!(response.status(), 504);
    world.host.wait_over(1).await;
    assert_eq!(world.ended(&call_of(&response)).await.1, OutcomeKind::UpstreamError);
}
