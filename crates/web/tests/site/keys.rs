//! Keys of applications: what they open, and how they are renewed without an outage.

use axum::http::StatusCode;
use gouvernail_store::{ApiKey, Scope, Scopes};
use jiff::SignedDuration;

use crate::life::{declaration, key};
use crate::world::{Answer, SYSTEM, World};

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn at(form: &str) -> String {
    format!("/referent/systems/{SYSTEM}/{form}")
}

/// The text that a page shows this once.
fn shown(page: &Answer) -> String {
    let rest = page.body.split("<code class=\"secret\">").nth(1).expect("no key is shown");
    rest.split('<').next().unwrap().to_owned()
}

async fn world() -> World {
    let world = World::new().await;
    world.people().await;
    world.dossier().await;
    world
}

async fn only_key(world: &World) -> ApiKey {
    let keys = world.app.store.list_api_keys(Some(SYSTEM)).await.unwrap();
    assert_eq!(keys.len(), 1);
    keys.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_key_opens_what_its_boxes_say() {
    let world = world().await;
    let mut claire = world.signed_in("claire").await;
    let wanted = [("key-label", "Recherche"), ("key-opens", "yes")];
    let refused = claire.post(&at("keys"), &wanted).await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says("key-opens"),
        "a key that opens nothing is a mistake"
    );
    let boxes = [wanted[0], wanted[1], ("key-opens-embeddings", "yes"), ("key-opens-chat", "yes")];
    let page = claire.post(&at("keys"), &boxes).await;
    assert!(page.says("n’ouvre que ceci\u{a0}: conversations, vecteurs pour la recherche"));
    assert_eq!(only_key(&world).await.scopes, Scopes::Only([Scope::Chat, Scope::Embeddings].into()));

    let text = shown(&page);
    let request = world.browser().request("POST", "/api/cases").header("authorization", format!("Bearer {text}"));
    let request = request.header("content-type", "application/json");
    let body = axum::body::Body::from(declaration("CO-2026-0001").to_string());
    let answer = world.browser().send(request.body(body).unwrap()).await;
    assert!(answer.status == StatusCode::FORBIDDEN && answer.says("does not open files"), "{}", answer.body);
}

#[tokio::test]
async fn every_box_checked_is_everything() {
    let world = world().await;
    let mut claire = world.signed_in("claire").await;
    let mut boxes = vec![("key-label".to_owned(), "Courrier"), ("key-opens".to_owned(), "yes")];
    boxes.extend(Scope::ALL.map(|scope| (format!("key-opens-{}", scope.as_str()), "yes")));
    let boxes: Vec<_> = boxes.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let page = claire.post(&at("keys"), &boxes).await;
    assert!(!page.says("n’ouvre que ceci"));
    assert_eq!(only_key(&world).await.scopes, Scopes::All);
}

#[tokio::test]
async fn a_key_is_renewed_and_the_old_one_opens_for_some_days() {
    let world = world().await;
    let old = key(&world).await;
    let renew = at(&format!("keys/{}/renew", old.split('-').nth(1).unwrap()));
    let field = format!("renew-{}", old.split('-').nth(1).unwrap());
    let refused = world.signed_in("julien").await.post(&renew, &[(&field, "7")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let mut claire = world.signed_in("claire").await;
    assert_eq!(claire.post(&renew, &[(&field, "91")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = claire.post(&renew, &[(&field, "7")]).await;
    let new = shown(&page);
    assert!(page.says("l’ancienne clé fonctionne encore jusqu’au"));
    let opens = |text: &str| world.app.live.snapshot().directory.key(text, world.app.now()).is_some();
    assert!(opens(&old) && opens(&new) && old != new);
    world.later(DAY * 7);
    assert!(!opens(&old) && opens(&new));
    assert!(!world.signed_in("claire").await.get(&format!("/referent/systems/{SYSTEM}")).await.says("fonctionne encore jusqu’au"));

    // Renewed at once: the one before is over, whatever was said of it.
    let page = world.signed_in("claire").await.post(&renew, &[(&field, "0")]).await;
    let last = shown(&page);
    assert!(!opens(&new) && opens(&last));
    let other = at("keys/000000000000/renew");
    assert_eq!(world.signed_in("claire").await.post(&other, &[("renew-000000000000", "7")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn two_who_renew_at_once_do_not_both_get_a_key() {
    let world = world().await;
    key(&world).await;
    let known = only_key(&world).await;
    let [(first, _), (second, _)] = [(), ()].map(|()| known.clone().renewed(world.app.now() + DAY, &world.app.ambient));
    assert!(world.app.store.renew_api_key(&first).await.unwrap());
    assert!(!world.app.store.renew_api_key(&second).await.unwrap(), "its text would open nothing");
}
