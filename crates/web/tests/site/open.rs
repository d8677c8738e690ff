//! What anybody reads: the first page, the register and its data, the log, the probes.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use gouvernail_tlog::note::Vkey;
use gouvernail_tlog::{checkpoint, tile, verify::verify_log};
use serde_json::Value;

use crate::story::{ID, Town, at};
use crate::world::{SYSTEM, World};

#[tokio::test]
async fn the_first_page_has_three_doors_and_every_footer_link_leads_somewhere() {
    let world = World::new().await;
    world.people().await;
    let mut browser = world.browser();
    let home = browser.get("/").await;
    assert_eq!(home.status, StatusCode::OK);
    for door in ["href=\"/d\"", "href=\"/register\"", "href=\"/login\"", "href=\"/accessibility\""] {
        assert!(home.says(door), "{door}");
    }
    for page in ["/register", "/accessibility", "/login", "/d"] {
        assert_eq!(browser.get(page).await.status, StatusCode::OK, "{page}");
    }
    assert!(browser.get("/accessibility").await.says("non conforme"));
    let mut claire = world.signed_in("claire").await;
    let home = claire.get("/").await;
    assert!(home.says("href=\"/referent\"") && home.says("Claire Vasseur"));
}

#[tokio::test]
async fn the_register_shows_every_system_also_refused_and_stopped_and_who_answers() {
    let world = World::new().await;
    world.people().await;
    let mut browser = world.browser();
    assert!(browser.get("/register").await.says("Aucun outil"));
    world.dossier().await;
    let list = browser.get("/register").await;
    assert!(list.says("Orientation du courrier") && list.says("Autorisé"));
    let page = browser.get(&format!("/register/{SYSTEM}")).await;
    for told in [
        "Sert à proposer le service qui traitera une demande.",
        "L’outil propose un service.",
        "Il ne décide pas.",
        "Julien Morel, responsable du système",
        "Un agent. Il note son avis avant",
        "Qwen2.5-Coder 1.5B, poids ouverts, licence Apache-2.0",
        "La commune elle-même (FR)",
        "23 sur 24",
        "01 99 00 12 34",
        "Mandat donné jusqu’au",
        "Inscription au registre.",
    ] {
        assert!(page.says(told), "{told}");
    }
    for hidden in ["Claire Vasseur", "Samir Benali", "Hélène Marchand"] {
        assert!(!page.says(hidden), "{hidden} is not public");
    }
    let english = browser.get(&format!("/register/{SYSTEM}?lang=en")).await;
    assert!(english.says("It serves to propose the department") && english.says("The tool proposes a department."));
    assert_eq!(browser.get("/register/inconnu").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_history_tells_public_acts_in_order_and_no_certification() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.fill().await;
    town.authorise().await;
    town.claire.submit(&at("stop"), &[("stop-reason", "Contrôle")]).await;
    let page = world.browser().get(&format!("/register/{ID}")).await;
    let history = page.body.split("<ol class=\"time\">").nth(1).unwrap().split("</ol>").next().unwrap();
    let lines = history.matches("<li>").count();
    assert_eq!(lines, 11, "{history}");
    let place = |text: &str| history.find(text).unwrap_or_else(|| panic!("{text} in {history}"));
    assert!(place("Arrêt") < place("Mandat donné") && place("Mandat donné") < place("Inscription au registre."));
    assert!(place("La fiche est modifiée.") < place("Inscription au registre."));
}

#[tokio::test]
async fn the_open_data_has_its_keys_and_names_nobody_but_the_owner() {
    let world = World::new().await;
    world.people().await;
    world.dossier().await;
    let answer = world.browser().get("/register.json").await;
    assert!(answer.content_type.starts_with("application/json"));
    let data: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(data["format"], "gouvernail-register/1");
    assert_eq!(data["siret"], "21310000100014");
    assert_eq!(data["log"]["url"], "http://val-dormes.example/log");
    assert_eq!(data["strategy"]["objectives"][0], "Répondre plus vite");
    let system = &data["systems"][0];
    for (key, value) in [("id", SYSTEM), ("standing", "allowed"), ("risk", "limited"), ("automation", "assisted")] {
        assert_eq!(system[key], value, "{key}");
    }
    assert_eq!(system["owner"], serde_json::json!({ "name": "Julien Morel", "role": "owner" }));
    assert_eq!(system["version"]["model"]["host"]["country"], "FR");
    assert_eq!(system["version"]["evaluation"]["passed"], 23);
    assert_eq!(system["notice"]["fr"]["does_not"][0], "Il ne décide pas.");
    assert_eq!(system["missing"], serde_json::json!([]));
    assert_eq!(system["studies"][0]["kind"], "rights");
    for hidden in ["Claire", "Samir", "samir", "Hélène", "helene", "claire"] {
        assert!(!answer.says(hidden), "{hidden} is not public");
    }
    world.act("claire", gouvernail_register::Event::Stopped { system: SYSTEM.into(), reason: "Contrôle".into() }).await;
    let data: Value = serde_json::from_str(&world.browser().get("/register.json").await.body).unwrap();
    assert_eq!((&data["systems"][0]["standing"], &data["systems"][0]["stopped"]), (&"stopped".into(), &"Contrôle".into()));
}

#[tokio::test]
async fn the_log_is_verified_from_what_the_site_serves() {
    let world = World::new().await;
    world.people().await;
    world.dossier().await;
    let mut browser = world.browser();
    assert_eq!(browser.get("/log/checkpoint").await.status, StatusCode::NOT_FOUND, "nothing is published yet");
    while world.sequencer.step().await.unwrap() > 0 {}
    let vkey: Vkey = browser.get("/log/vkey").await.body.trim().parse().unwrap();
    let answer = browser.get("/log/checkpoint").await;
    assert_eq!(answer.content_type, "text/plain; charset=utf-8");
    let size = checkpoint::open(&answer.body, std::slice::from_ref(&vkey)).unwrap().checkpoint.size;
    let mut files = BTreeMap::from([("checkpoint".to_owned(), answer.bytes)]);
    for tile in tile::all(size) {
        let answer = browser.get(&format!("/log/{tile}")).await;
        assert_eq!((answer.status, answer.content_type.as_str()), (StatusCode::OK, "application/octet-stream"), "{tile}");
        files.insert(tile.to_string(), answer.bytes);
    }
    let mut statements = 0;
    let report = verify_log(&|path| Ok(files.get(path).cloned()), &[vkey], None, &mut |_, _| statements += 1).unwrap();
    assert!(report.statements >= 10 && statements == size);
}

#[tokio::test]
async fn nothing_beside_the_log_can_be_read() {
    let world = World::new().await;
    let mut browser = world.browser();
    for path in [
        "/log/tile/../store.db",
        "/log/tile/..%2f..%2fstore.db",
        "/log/tile/0/..%2f..%2f..%2fstore.db",
        "/log/tile/%2fetc%2fpasswd",
        "/log/tile/0/000",
        "/log/checkpoint.cosigned",
        "/log/tile/",
    ] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_register_is_searched_by_words_accents_aside() {
    let world = World::new().await;
    world.people().await;
    world.dossier().await;
    let mut anybody = world.browser();
    for (sought, found) in
        [("ORIENTATION", true), ("courrier%20traitera", true), ("d%C3%A9mande", true), ("lune", false), ("", true)]
    {
        let page = anybody.get(&format!("/register?q={sought}")).await;
        assert!(page.says(&format!("/register/{SYSTEM}\"")) == found, "{sought}: {}", page.body);
    }
    assert!(anybody.get("/register?q=%22%3E%3Cscript").await.says("Aucun outil ne répond"));
}
