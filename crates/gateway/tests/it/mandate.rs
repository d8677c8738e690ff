//! No mandate, no call.

use gouvernail_register::Event;
use gouvernail_store::Person;
use jiff::SignedDuration;
use reqwest::Response;
use serde_json::{Value, json};

use crate::dossier::{AGENT, MODEL, ORIENTATION, REDACTION, later};
use crate::world::{CITIZEN, REFERENCE, Wish, World, call_of, declare, message, open_case};

/// Reasons of a refusal that is recorded, and that nothing reached the host.
async fn refused(world: &World, response: Response) -> Vec<String> {
    assert_eq!(response.status(), 403);
    let id = call_of(&response);
    let error = response.json::<Value>().await.unwrap()["error"].take();
    assert_eq!((&error["code"], &error["type"]), (&json!("refused_by_mandate"), &json!("permission_error")));
    let reasons: Vec<String> =
        error["reasons"].as_array().unwrap().iter().map(|reason| reason["requirement"].as_str().unwrap().to_owned()).collect();
    for reason in error["reasons"].as_array().unwrap() {
        assert!(error["message"].as_str().unwrap().contains(reason["fr"].as_str().unwrap()), "{error}");
        let fix = reason["fix"].as_str().unwrap();
        assert!(fix.starts_with("https://ia.commune.example/") && !fix.contains('{'), "{fix}");
    }
    let owed = world.owed(&id).await;
    assert_eq!(owed.kind, "refusal");
    assert_eq!(owed.record.unwrap()["body"]["because"]["reasons"], json!(reasons));
    assert!(world.host.received().is_empty(), "a refused call reached the host");
    reasons
}

#[tokio::test]
async fn a_refusal_says_why_is_recorded_and_reaches_nobody() {
    let world = World::new().await;
    world.host.json("{}");
    world.stop(REDACTION).await;
    let response = world.ask(&message("bonjour")).send().await.unwrap();
    assert_eq!(refused(&world, response).await, ["stop-order"]);
    world.record(Event::Resumed { system: REDACTION.into(), reason: "Corrigé".into() }).await;
    assert_eq!(world.ask(&message("bonjour")).send().await.unwrap().status(), 200, "allowed again without a restart");
}

#[tokio::test]
async fn who_is_behind_the_call_decides() {
    let world = World::new().await;
    world.host.json("{}");
    let ask = |agent: Option<&str>, user: Option<&str>| {
        let mut body = message("bonjour");
        if let Some(user) = user {
            body["user"] = user.into();
        }
        let request = world.client.post(format!("{}/v1/chat/completions", world.address)).bearer_auth(&world.redaction).json(&body);
        agent.map_or(request.try_clone().unwrap(), |agent| request.header("x-gouvernail-agent", agent)).send()
    };
    for (agent, user) in [(None, None), (Some("inconnue@commune.example"), Some(AGENT)), (Some("noe@commune.example"), None)] {
        let response = ask(agent, user).await.unwrap();
        assert_eq!(refused(&world, response).await, ["training"], "{agent:?} {user:?}");
    }
    for (agent, user) in [
        (Some("AGNES@commune.example"), None),
        (Some(AGENT), None),
        (None, Some("agnes@commune.example")),
        (Some(" "), Some(AGENT)),
    ] {
        assert_eq!(ask(agent, user).await.unwrap().status(), 200, "{agent:?} {user:?}");
    }
    let gone = Person { active: false, ..world.store.find_person(AGENT).await.unwrap().unwrap() };
    world.store.update_person(&gone).await.unwrap();
    world.live.refresh().await.unwrap();
    assert_eq!(ask(Some(AGENT), None).await.unwrap().status(), 403, "who left is no longer trained");
}

#[tokio::test]
async fn a_persons_own_key_speaks_for_them_and_nobody_else() {
    let world = World::new().await;
    world.host.json("{}");
    let ask = async |key: &str, agent: Option<&str>| {
        let address = format!("{}/v1/chat/completions", world.address);
        let request = world.client.post(address).bearer_auth(key).json(&message("bonjour"));
        agent.map_or(request.try_clone().unwrap(), |agent| request.header("x-gouvernail-agent", agent)).send().await.unwrap()
    };
    let (trained, untrained) = (world.own_key(AGENT).await, world.own_key("nouveau").await);
    for named in [None, Some("noe@commune.example")] {
        let response = ask(&trained, named).await;
        assert_eq!(response.status(), 200, "{named:?}");
        let (call, ..) = world.ended(&call_of(&response)).await;
        assert_eq!(call.intent.person.as_deref(), Some(AGENT));
    }
    let borrowed = ask(&untrained, Some(AGENT)).await;
    assert_eq!(borrowed.status(), 403, "a certificate is not borrowed");
}

#[tokio::test]
async fn a_model_answers_to_any_name_where_the_operator_says_so() {
    let mut wish = Wish::default();
    wish.config.any_model_name = true;
    let world = World::with(wish).await;
    world.host.json(r#"{"model":"at-the-host"}"#);
    let body = json!({ "model": "gpt-whatever", "messages": [] });
    let response = world.ask(&body).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let (call, ..) = world.ended(&call_of(&response)).await;
    assert_eq!(call.intent.model, MODEL, "what is recorded is the model of the mandate");
    assert_eq!(response.json::<Value>().await.unwrap()["model"], "gpt-whatever");
    assert_eq!(world.host.only().json()["model"], MODEL);
    world.stop(REDACTION).await;
    assert_eq!(world.ask(&body).send().await.unwrap().status(), 403, "another name is no way round");
}

#[tokio::test]
async fn the_case_is_named_known_and_not_set_aside_for_humans() {
    let world = World::new().await;
    world.host.json("{}");
    let unnamed = world.post(&world.orientation).json(&message("bonjour")).send().await.unwrap();
    assert_eq!(refused(&world, unnamed).await, ["case-named"]);
    declare(&world.store, REDACTION, "unused", REFERENCE, CITIZEN, false).await;
    let undeclared = world.ask(&message("bonjour")).header("x-gouvernail-case", REFERENCE).send().await.unwrap();
    assert_eq!(refused(&world, undeclared).await, ["case-undeclared"]);
    open_case(&world.store, "case-2", "DEM-É-0043", true).await;
    let drawn = world.post(&world.orientation).header("x-gouvernail-case", "DEM-É-0043").json(&message("bonjour"));
    assert_eq!(refused(&world, drawn.send().await.unwrap()).await, ["case-without-ai"]);

    let before = world.commitments().await;
    let unknown =
        world.post(&world.orientation).header("x-gouvernail-case", "DEM-0").json(&message("bonjour")).send().await.unwrap();
    assert_eq!(unknown.status(), 400);
    let error = unknown.json::<Value>().await.unwrap()["error"].take();
    assert_eq!(error["code"], "unknown_case");
    assert!(error["message"].as_str().unwrap().contains("POST /api/cases"), "{error}");
    assert_eq!(world.commitments().await, before);
    assert!(world.host.received().is_empty());
}

#[tokio::test]
async fn the_model_is_the_declared_one() {
    let world = World::new().await;
    world.host.json("{}");
    let mut body = message("bonjour");
    body["model"] = "autre".into();
    let response = world.ask(&body).send().await.unwrap();
    assert!(refused(&world, response).await.contains(&"no-training-on-data".to_owned()));
}

#[tokio::test]
async fn the_right_lapses_by_itself() {
    let world = World::new().await;
    world.host.json("{}");
    assert_eq!(world.ask(&message("bonjour")).send().await.unwrap().status(), 200);
    world.pass(later().duration_since(crate::dossier::start()));
    world.live.refresh().await.unwrap();
    let response = world.ask(&message("bonjour")).send().await.unwrap();
    assert_eq!(response.status(), 403);
    assert!(response.text().await.unwrap().contains("\"authorisation\""));
}

#[tokio::test]
async fn a_silent_database_allows_nothing_and_its_return_is_enough() {
    let world = World::new().await;
    world.host.json("{}");
    world.pass(SignedDuration::from_secs(3));
    assert_eq!(world.ask(&message("bonjour")).send().await.unwrap().status(), 200, "three seconds are borne");
    world.pass(SignedDuration::from_millis(1));
    let response = world.ask(&message("bonjour")).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.headers()["retry-after"].to_str().unwrap()), (503, "1"));
    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "unavailable");
    assert_eq!(world.host.received().len(), 1);
    world.live.refresh().await.unwrap();
    assert_eq!(world.ask(&message("bonjour")).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_case_that_cannot_be_read_stops_the_call() {
    let world = World::new().await;
    world.host.json("{}");
    world.meddle("alter table case_file rename to elsewhere").await;
    let response = world.ask_on_case(&message("bonjour")).send().await.unwrap();
    assert_eq!(response.status(), 503);
    world.meddle("alter table elsewhere rename to case_file").await;
    assert_eq!(world.ask_on_case(&message("bonjour")).send().await.unwrap().status(), 200);
    assert_eq!(world.host.received().len(), 1);
}

#[tokio::test]
async fn another_version_needs_its_own_mandate() {
    let world = World::new().await;
    world.host.json("{}");
    let version = Event::VersionDeclared {
        system: ORIENTATION.into(),
        version: "2".into(),
        model: MODEL.into(),
        digest: "01".into(),
        change: String::new(),
        substantial: false,
    };
    world.record(version).await;
    let response = world.ask_on_case(&message("bonjour")).send().await.unwrap();
    let reasons = refused(&world, response).await;
    assert!(reasons.contains(&"authorisation".to_owned()) && reasons.contains(&"training".to_owned()), "{reasons:?}");
}
