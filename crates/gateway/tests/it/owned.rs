//! A case is known to the systems that declared it, each by what it said; an erased one to nobody.

use std::sync::Arc;

use axum::response::IntoResponse;
use gouvernail_store::StoreError;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::host::completion;
use crate::world::{CASE, CITIZEN, REFERENCE, World, call_of, declare, message};

const RESUME: &str = "resume";

async fn on_case(world: &World, key: &str, reference: &str, text: &str) -> (u16, Value) {
    let answer = world.post(key).header("x-gouvernail-case", reference).json(&message(text)).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn to_another_systems_key_a_case_does_not_exist() {
    let world = World::new().await;
    world.host.echo();
    let stranger = world.another_system(RESUME).await;
    world.ask_on_case(&message(CITIZEN)).send().await.unwrap();
    let (status, refused) = on_case(&world, &stranger, REFERENCE, "[PERSONNE_1] ?").await;
    assert_eq!((status, &refused["error"]["code"]), (400, &json!("unknown_case")));
    assert_eq!(on_case(&world, &stranger, "absent", "[PERSONNE_1] ?").await, (status, refused), "the very same answer");
    assert_eq!(world.host.received().len(), 1);
    assert_eq!(world.store.calls_of_case(CASE).await.unwrap().len(), 1, "the case is not touched");
}

#[tokio::test]
async fn two_systems_share_a_case_and_not_what_they_know_of_it() {
    let world = World::new().await;
    world.host.echo();
    let resume = world.another_system(RESUME).await;
    declare(&world.store, RESUME, "unused", REFERENCE, "Ali Ben Salah", false).await;
    world.ask_on_case(&message(&format!("{CITIZEN} et Zoé Lefèvre"))).send().await.unwrap();
    // The second system learns nothing of the first one's values, neither through what is hidden nor through what comes back.
    let (status, answer) = on_case(&world, &resume, REFERENCE, "Ali Ben Salah, Zoé Lefèvre, [PERSONNE_1]").await;
    assert_eq!(status, 200);
    let said = answer["choices"][0]["message"]["content"].as_str().unwrap();
    assert_eq!(said.matches("Zoé").count(), 1, "{said}");
    let sent: Vec<String> = world.host.received().iter().map(|received| received.content()).collect();
    assert!(!sent[0].contains("Zoé") && !sent[1].contains("Ali"), "{sent:?}");
    let uses: Vec<String> = world.case().await.uses.into_iter().map(|used| used.system).collect();
    assert_eq!(uses, ["orientation", RESUME], "one case, one history");
}

#[tokio::test]
async fn what_one_system_keeps_for_humans_no_other_may_touch() {
    let world = World::new().await;
    world.host.echo();
    let resume = world.another_system(RESUME).await;
    crate::world::open_case(&world.store, "alone", "DEM-ALONE", true).await;
    declare(&world.store, RESUME, "unused", "DEM-ALONE", CITIZEN, false).await;
    assert_eq!(on_case(&world, &resume, "DEM-ALONE", "bonjour").await.0, 403);
    assert!(world.host.received().is_empty());
}

#[tokio::test]
async fn an_erasure_waits_for_the_call_then_leaves_nothing() {
    let world = World::new().await;
    let go = Arc::new(Notify::new());
    let wait = Arc::clone(&go);
    world.host.answers(move |_| {
        let wait = Arc::clone(&wait);
        async move {
            wait.notified().await;
            ([("content-type", "application/json")], completion("Voirie", "qwen")).into_response()
        }
    });
    let asking = tokio::spawn(world.ask_on_case(&message(CITIZEN)).send());
    world.host.wait_for(1).await;
    assert!(matches!(world.store.erase_case(CASE).await, Err(StoreError::InUse(_))));
    go.notify_one();
    let response = asking.await.unwrap().unwrap();
    assert_eq!(response.status(), 200);
    let id = call_of(&response);
    assert!(world.store.erase_case(CASE).await.unwrap());
    let refused = world.ask_on_case(&message(CITIZEN)).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(refused["error"]["code"], "unknown_case");
    let (call, _, said) = world.ended(&id).await;
    assert_eq!((call.intent.case_id, call.intent.body, said), (None, json!(null), json!(null)));
    let entries = world.store.owed(1000).await.unwrap();
    let kept: Vec<_> = entries.iter().filter(|entry| entry.kind == "case_use").collect();
    assert!(kept.len() == 1 && kept[0].salt.is_none() && kept[0].record.is_none() && kept[0].subject_id.is_none());
}

/// The case is removed by a hand in the database under a call: what came of it is not given.
#[tokio::test]
async fn a_call_that_has_no_case_any_more_gives_no_answer() {
    let world = World::new().await;
    let go = Arc::new(Notify::new());
    let wait = Arc::clone(&go);
    world.host.answers(move |_| {
        let wait = Arc::clone(&wait);
        async move {
            wait.notified().await;
            ([("content-type", "application/json")], completion("un secret", "qwen")).into_response()
        }
    });
    let asking = tokio::spawn(world.ask_on_case(&message(CITIZEN)).send());
    world.host.wait_for(1).await;
    world.meddle("delete from case_event; delete from case_declaration; delete from case_file").await;
    go.notify_one();
    let response = asking.await.unwrap().unwrap();
    let (status, id) = (response.status().as_u16(), call_of(&response));
    let text = response.text().await.unwrap();
    assert!(status == 400 && text.contains("unknown_case") && !text.contains("secret"), "{status} {text}");
    assert_eq!(world.ended(&id).await.2, json!(null), "recorded, as erasure leaves it");
}
