//! What is taken of quotas, as calls take it and as the page tells it.

use axum::http::StatusCode;
use gouvernail_store::{Account, Claim, Intent, Journal};
use serde_json::json;

use crate::world::{SYSTEM, World};

const PAGE: &str = "/referent/quotas";

/// A call that takes so much of both quotas.
async fn call(world: &World, id: &str, euros: i64, requests: i64) {
    let intent = Intent {
        id: id.into(),
        at: world.app.now(),
        system: SYSTEM.into(),
        version: "1".into(),
        key: "k".into(),
        person: None,
        model: "petit".into(),
        host: "local".into(),
        case_id: None,
        body: json!({}),
    };
    let claim =
        |quota: &str, amount, limit| Claim { account: Account { quota: quota.into(), period: "2026-11-24".into() }, amount, limit };
    let claims = [claim("all/euros/day", euros, 12_000_000), claim("system/requests/day", requests, 2)];
    Journal::start(world.app.store.clone()).reserve(intent, claims.into()).await.unwrap();
}

#[tokio::test]
async fn what_calls_take_is_told_with_what_is_left() {
    let world = World::new().await;
    world.people().await;
    world.dossier().await;
    let mut claire = world.signed_in("claire").await;
    assert!(claire.get("/referent").await.says(&format!("href=\"{PAGE}\"")));
    let page = claire.get(PAGE).await;
    assert!(page.says("Toute l’administration") && page.says("12,00\u{a0}€ par jour") && page.says("2 appels par jour"));
    assert!(page.says("0,00\u{a0}€ (0\u{a0}%)") && page.says(&format!("href=\"/referent/systems/{SYSTEM}\"")), "{}", page.body);

    call(&world, "a", 5_000, 1).await;
    let page = claire.get(PAGE).await;
    assert!(page.says("0,01\u{a0}€ (1\u{a0}%)") && page.says("1 appel (50\u{a0}%)"), "{}", page.body);
    assert!(page.says("25 novembre 2026 à 0 h 00") && !page.says("les appels sont refusés"));

    call(&world, "b", 11_990_000, 1).await;
    let page = claire.get(PAGE).await;
    assert!(page.says("12,00\u{a0}€ (99\u{a0}%)") && page.says("2 appels (100\u{a0}%)") && page.says("les appels sont refusés"));
}

#[tokio::test]
async fn it_is_for_those_who_govern() {
    let world = World::new().await;
    world.people().await;
    assert_eq!(world.signed_in("samir").await.get(PAGE).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.signed_in("helene").await.get(PAGE).await.status, StatusCode::OK);
}
