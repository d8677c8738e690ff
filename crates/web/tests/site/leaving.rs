//! What of a text would leave, shown to those who govern and kept nowhere.

use std::sync::Arc;

use axum::http::StatusCode;
use gouvernail_privacy::{Language, Lists, Strictness};
use gouvernail_web::site::Privacy;

use crate::world::World;

const PAGE: &str = "/referent/leaving";
const TEXT: &str = "Je suis Nadia Ferrand, 06 12 34 56 78. Au dos, 12/04/1931.";

fn form<'a>(host: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("leaving-text", text),
        ("leaving-host", host),
        ("leaving-name", "FERRAND Nadia"),
        ("leaving-birth", ""),
        ("leaving-other", ""),
    ]
}

async fn world(privacy: Privacy) -> World {
    let world = World::reading(privacy).await;
    world.people().await;
    world.dossier().await;
    world
}

#[tokio::test]
async fn a_text_is_shown_as_it_would_leave() {
    let world = world(Privacy::default()).await;
    let mut claire = world.signed_in("claire").await;
    assert!(claire.get("/referent").await.says(&format!("href=\"{PAGE}\"")));
    let page = claire.get(PAGE).await;
    assert!(page.says("La commune elle-même") && page.says("listes de noms ne sont pas installées"));
    let read = claire.post(PAGE, &form("local", TEXT)).await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(read.says("Je suis [PERSONNE_1"), "{}", read.body);
    assert!(read.says("3 passages seraient cachés") && read.says("l’application le sait") && read.says("<mark>Nadia Ferrand"));
    assert!(read.says("Au dos, [DATE_1]."), "without lists, what is in doubt is hidden");
}

#[tokio::test]
async fn what_is_in_doubt_is_said_to_wait_for_somebody() {
    let lists = Lists { first_names: "Nadia\n".as_bytes(), ..Lists::default() };
    let language = Arc::new(Language::new(lists, None).unwrap());
    let hosts = [("local".to_owned(), Strictness { hide_from: 0.5, ask_from: 0.3 })].into();
    let world = world(Privacy { language, hosts }).await;
    let mut claire = world.signed_in("claire").await;
    let read = claire.post(PAGE, &form("local", TEXT)).await;
    assert!(read.says("Un passage est douteux") && read.says("<mark class=\"asked\">12/04/1931"), "{}", read.body);
    assert!(!read.says("listes de noms ne sont pas installées"));
}

#[tokio::test]
async fn a_mistake_is_shown_and_markup_stays_text() {
    let world = world(Privacy::default()).await;
    let mut claire = world.signed_in("claire").await;
    let empty = claire.post(PAGE, &form("local", "")).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.says("href=\"#leaving-text\""));
    let nowhere = claire.post(PAGE, &form("ailleurs", TEXT)).await;
    assert!(nowhere.status == StatusCode::UNPROCESSABLE_ENTITY && nowhere.says("href=\"#leaving-host\""));
    let long = "x".repeat(30_001);
    assert_eq!(claire.post(PAGE, &form("local", &long)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let markup = claire.post(PAGE, &form("local", "<script>alert(1)</script>")).await;
    assert!(markup.status == StatusCode::OK && !markup.says("<script>alert"));
}

#[tokio::test]
async fn it_is_for_those_who_govern() {
    let world = world(Privacy::default()).await;
    assert_eq!(world.signed_in("samir").await.get(PAGE).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.signed_in("helene").await.get(PAGE).await.status, StatusCode::OK);
}
