//! The interface for applications: a case is declared once, and its mistakes are told one by one.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use gouvernail_register::Event;
use gouvernail_store::OutcomeKind;
use serde_json::{Value, json};

use crate::life::{
    PAGE, REFERENCE, SECRET, call, called, decided, declaration, declared, ended, judge_and_decide, key, key_of, town, used,
};
use crate::world::{Answer, SYSTEM, World};

fn body(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// It is a problem document of this kind that says how to mend it.
fn problem(answer: &Answer, status: StatusCode, name: &str) -> Value {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.content_type, "application/problem+json");
    let problem = body(answer);
    assert_eq!((&problem["type"], &problem["status"]), (&json!(format!("urn:gouvernail:problem:{name}")), &json!(status.as_u16())));
    assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()));
    assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
    problem
}

#[tokio::test]
async fn a_case_is_declared_once() {
    let world = town().await;
    let key = key(&world).await;
    let first = call(&world, "POST", "/api/cases", &key, &declaration(REFERENCE)).await;
    assert_eq!((first.status, first.location.as_str()), (StatusCode::CREATED, "/api/cases/CO-2026-0147"));
    let said = body(&first);
    assert_eq!((&said["reference"], &said["url"]), (&json!(REFERENCE), &json!(format!("http://val-dormes.example{PAGE}"))));

    let again = call(&world, "POST", "/api/cases", &key, &declaration(REFERENCE)).await;
    assert_eq!((again.status, body(&again)["id"].clone()), (StatusCode::OK, said["id"].clone()));
    let mut other = declaration(REFERENCE);
    other["subject"] = json!("Autre chose");
    problem(&call(&world, "POST", "/api/cases", &key, &other).await, StatusCode::CONFLICT, "other-content");

    let events = world.app.store.case_events(said["id"].as_str().unwrap()).await.unwrap();
    assert_eq!(events.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["opened"]);
    let file = world.app.store.find_case_by_reference(REFERENCE).await.unwrap().unwrap();
    assert_eq!(file.subject["known"][0], json!({ "label": "person", "value": "Nadia Ferrand" }));
    assert_eq!((&file.subject["subject"], file.opened_by.as_str()), (&declaration(REFERENCE)["subject"], SYSTEM));
    assert_eq!(file.subject["recipient"][1], "12, rue des Tilleuls");
}

/// One more system with words to decide with; gives a key of it.
async fn another_system(world: &World) -> String {
    let sheet = world.app.live.snapshot().register.systems[SYSTEM].sheet.clone();
    world.act("claire", Event::SystemDeclared { system: "resume".into(), sheet }).await;
    key_of(world, "resume").await
}

#[tokio::test]
async fn a_case_belongs_to_the_system_that_opened_it() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    let (own, other) = (key(&world).await, another_system(&world).await);
    let place = "/api/cases/CO-2026-0147";
    for method in ["GET", "DELETE"] {
        let unknown = call(&world, method, place, &other, &Value::Null).await;
        let absent = call(&world, method, "/api/cases/absent", &other, &Value::Null).await;
        assert_eq!(unknown.body, absent.body, "to another system it does not exist");
        problem(&unknown, StatusCode::NOT_FOUND, "not-found");
    }
    // It declares what it knows itself, which is not compared with what the first one said.
    let mut said = declaration(REFERENCE);
    said["subject"] = json!("Résumer la demande");
    said["known"] = json!([]);
    let joined = call(&world, "POST", "/api/cases", &other, &said).await;
    assert_eq!((joined.status, body(&joined)["id"].as_str()), (StatusCode::CREATED, Some(id.as_str())));
    assert_eq!(call(&world, "POST", "/api/cases", &other, &said).await.status, StatusCode::OK);
    problem(&call(&world, "POST", "/api/cases", &other, &declaration(REFERENCE)).await, StatusCode::CONFLICT, "other-content");
    let file = world.app.store.find_case(&id).await.unwrap().unwrap();
    assert_eq!((file.opened_by.as_str(), &file.subject["subject"]), (SYSTEM, &declaration(REFERENCE)["subject"]));

    used(&world, &id, "appel-1", "École").await;
    judge_and_decide(&mut world.signed_in("samir").await).await;
    let seen = body(&call(&world, "GET", place, &other, &Value::Null).await);
    assert_eq!(seen["uses"], 0, "its own uses");
    for field in ["status", "decision", "decided_at", "notified_at"] {
        assert!(seen.get(field).is_none(), "{field} is for the system that opened the case");
    }
    problem(&call(&world, "DELETE", place, &other, &Value::Null).await, StatusCode::FORBIDDEN, "not-opened-by");
    assert_eq!(body(&call(&world, "GET", place, &own, &Value::Null).await)["decision"], "Voirie");
}

#[tokio::test]
async fn an_application_erases_its_case_once_everybody_knows_of_the_tool() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    let (key, place) = (key(&world).await, "/api/cases/CO-2026-0147");
    let erase = async || call(&world, "DELETE", place, &key, &Value::Null).await;
    used(&world, &id, "appel-1", "École").await;
    problem(&erase().await, StatusCode::CONFLICT, "notice-owed");
    let mut samir = world.signed_in("samir").await;
    judge_and_decide(&mut samir).await;
    let journal = called(&world, &id, "appel-2").await;
    problem(&erase().await, StatusCode::CONFLICT, "in-use");
    ended(&world, &journal, &id, "appel-2", None, OutcomeKind::Completed).await;
    problem(&erase().await, StatusCode::CONFLICT, "notice-owed");
    samir.submit(&format!("{PAGE}/notice"), &[]).await;
    assert_eq!(erase().await.status, StatusCode::NO_CONTENT);
    problem(&erase().await, StatusCode::NOT_FOUND, "not-found");
    assert_eq!(samir.get(PAGE).await.status, StatusCode::NOT_FOUND);
    let entries = world.app.store.owed(100).await.unwrap();
    let private: Vec<_> = entries.iter().filter(|entry| entry.kind != "statement").collect();
    assert!(private.len() >= 3 && private.iter().all(|entry| entry.record.is_none() && entry.salt.is_none()));

    // A case that no tool touched owes nothing to anybody.
    declared(&world, "B").await;
    assert_eq!(call(&world, "DELETE", "/api/cases/B", &key, &Value::Null).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn an_application_follows_its_case_and_never_reads_the_tool() {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    let key = key(&world).await;
    let state = async || call(&world, "GET", "/api/cases/CO-2026-0147", &key, &Value::Null).await;
    let open = body(&state().await);
    assert_eq!((&open["status"], &open["uses"], &open["decision"]), (&json!("open"), &json!(0), &Value::Null));
    used(&world, &id, "appel-1", "École").await;
    judge_and_decide(&mut world.signed_in("samir").await).await;
    let decided = state().await;
    assert!(!decided.says(SECRET) && !decided.says("École"));
    let decided = body(&decided);
    assert_eq!((&decided["status"], &decided["uses"], &decided["decision"]), (&json!("decided"), &json!(1), &json!("Voirie")));
    assert_eq!(decided["decided_at"], decided["notified_at"]);

    let stranger = key_of(&world, "autre-systeme").await;
    problem(&call(&world, "GET", "/api/cases/CO-2026-0147", &stranger, &Value::Null).await, StatusCode::NOT_FOUND, "not-found");
    problem(&call(&world, "GET", "/api/cases/absent", &key, &Value::Null).await, StatusCode::NOT_FOUND, "not-found");
}

#[tokio::test]
async fn a_contested_case_says_so_and_an_erased_one_is_gone() {
    let (world, _, code) = decided().await;
    let mut citizen = world.browser();
    citizen.post(&format!("/d/{code}/contest"), &[("words", "Personne ne vient.")]).await;
    let key = key(&world).await;
    let contested = call(&world, "GET", "/api/cases/CO-2026-0147", &key, &Value::Null).await;
    assert_eq!(body(&contested)["status"], "contested");
    let id = body(&contested)["id"].as_str().unwrap().to_owned();
    assert!(world.app.store.erase_case(&id).await.unwrap());
    assert_eq!(call(&world, "GET", "/api/cases/CO-2026-0147", &key, &Value::Null).await.status, StatusCode::NOT_FOUND);
    assert_eq!(citizen.get(&format!("/d/{code}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(citizen.get(&format!("/d/{code}/receipt.tlog-proof")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_a_key_in_force_nothing_is_done() {
    let world = town().await;
    let key = key(&world).await;
    for wrong in ["", "gvn-0-0", &key[..key.len() - 1]] {
        problem(&call(&world, "POST", "/api/cases", wrong, &declaration("A")).await, StatusCode::UNAUTHORIZED, "key");
    }
    let id = key.split('-').nth(1).unwrap();
    world.app.store.revoke_api_key(id, world.app.now()).await.unwrap();
    world.app.live.refresh().await.unwrap();
    problem(&call(&world, "POST", "/api/cases", &key, &declaration("A")).await, StatusCode::UNAUTHORIZED, "key");
    assert!(world.app.store.find_case_by_reference("A").await.unwrap().is_none());
}

#[tokio::test]
async fn every_mistake_is_named_with_its_place() {
    let world = town().await;
    let key = key(&world).await;
    let sent = json!({
        "reference": " ", "subject": "", "recipient": [],
        "known": [{ "label": "nom", "value": "Zoé" }, { "label": "person", "value": " " }],
    });
    let said = problem(&call(&world, "POST", "/api/cases", &key, &sent).await, StatusCode::UNPROCESSABLE_ENTITY, "fields");
    let places: Vec<_> = said["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert_eq!(places, ["/reference", "/subject", "/known/1/value", "/known/0/label", "/recipient"]);
    assert!(said["errors"][3]["detail"].as_str().unwrap().contains("birth_date"));

    for (field, value) in [("recipient", json!(["山田太郎"])), ("reference", json!("🙂")), ("reference", json!(".."))] {
        let mut sent = declaration("A");
        sent[field] = value;
        let said = problem(&call(&world, "POST", "/api/cases", &key, &sent).await, StatusCode::UNPROCESSABLE_ENTITY, "fields");
        assert_eq!(said["errors"][0]["pointer"], format!("/{field}"));
    }
    for (field, value) in [("subject", Value::Null), ("lang", json!("de")), ("extra", json!(1)), ("known", json!("x"))] {
        let mut sent = declaration("A");
        sent[field] = value;
        let said = problem(&call(&world, "POST", "/api/cases", &key, &sent).await, StatusCode::BAD_REQUEST, "json");
        assert!(said["detail"].as_str().unwrap().contains("line 1"), "{said}");
    }
}

#[tokio::test]
async fn what_the_layers_around_refuse_is_a_problem_too() {
    let world = town().await;
    let key = key(&world).await;
    let huge = json!({ "subject": "x".repeat(300 * 1024) });
    problem(&call(&world, "POST", "/api/cases", &key, &huge).await, StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    problem(&call(&world, "PUT", "/api/cases", &key, &Value::Null).await, StatusCode::METHOD_NOT_ALLOWED, "method");
    problem(&call(&world, "GET", "/api/nothing", &key, &Value::Null).await, StatusCode::NOT_FOUND, "not-found");
    let mut program = world.browser();
    let request = program.request("POST", "/api/cases").header(AUTHORIZATION, format!("Bearer {key}"));
    let request = request.header(CONTENT_TYPE, "application/json").header("origin", "https://ailleurs.example");
    let answer = program.send(request.body(Body::from(declaration("A").to_string())).unwrap()).await;
    problem(&answer, StatusCode::FORBIDDEN, "forbidden");
}

#[tokio::test]
async fn a_case_needs_words_to_be_decided_with() {
    let world = town().await;
    let key = key_of(&world, "sans-fiche").await;
    let said = problem(&call(&world, "POST", "/api/cases", &key, &declaration("A")).await, StatusCode::CONFLICT, "no-decisions");
    assert!(said["detail"].as_str().unwrap().contains("sans-fiche"));
}

#[tokio::test]
async fn a_reference_may_hold_signs_that_addresses_do_not() {
    let world = town().await;
    let key = key(&world).await;
    let answer = call(&world, "POST", "/api/cases", &key, &declaration("2026/118 é")).await;
    assert_eq!(answer.location, "/api/cases/2026%2F118%20%C3%A9");
    assert_eq!(call(&world, "GET", &answer.location, &key, &Value::Null).await.status, StatusCode::OK);
    let mut samir = world.signed_in("samir").await;
    assert!(samir.get("/desk").await.says("/desk/cases/2026%2F118%20%C3%A9"));
    let page = samir
        .submit("/desk/cases/2026%2F118%20%C3%A9/decision", &[("outcome", "Voirie"), ("reason", "Un trottoir à refaire")])
        .await;
    assert!(page.status.is_success() && page.says("2026/118 é"));
}
