//! "Signaler un problème": sent without an account, answered in thirty days, read with a code.

use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::Value;

use crate::story::{ID, Town};
use crate::world::World;

const WORDS: &str = "Ma demande est partie deux fois au mauvais service.";

fn code_in(page: &str) -> String {
    page.split("class=\"secret\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned()
}

#[tokio::test]
async fn a_report_is_sent_answered_and_read_with_its_code() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    let form = format!("/register/{ID}/report");
    assert!(town.nadia.get(&format!("/register/{ID}")).await.says(&format!("href=\"{form}\"")));
    let empty = town.nadia.post(&form, &[("report-words", "")]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.says("href=\"#report-words\""));
    let spam = town.nadia.post(&form, &[("report-words", WORDS), ("website", "x")]).await;
    assert!(spam.status == StatusCode::UNPROCESSABLE_ENTITY && spam.says(WORDS));
    let sent = town.nadia.post(&form, &[("report-words", WORDS), ("website", "")]).await;
    assert!(sent.status == StatusCode::OK && sent.says("24 décembre 2026"));
    let code = code_in(&sent.body);
    let mine = town.nadia.submit("/d", &[("code", &code.replace('-', " ").to_lowercase())]).await;
    assert!(mine.says(WORDS) && mine.says("La réponse est due au plus tard le 24 décembre 2026"));
    assert_eq!(town.nadia.get("/reports/AAAA-AAAA-AAAA").await.status, StatusCode::NOT_FOUND);
    assert!(!town.nadia.get(&format!("/register/{ID}")).await.says(WORDS), "the words are never published");
    world.later(SignedDuration::from_hours(24 * 31));
    let (mut claire, mut helene) = (world.signed_in("claire").await, world.signed_in("helene").await);
    let data: Value = serde_json::from_str(&town.nadia.get("/register.json").await.body).unwrap();
    assert_eq!(data["systems"][0]["reports"], serde_json::json!({ "received": 1, "open": 1, "late": 1 }));
    assert!(helene.get("/council").await.says("Un problème signalé a reçu sa réponse hors délai"));
    let desk = claire.get("/referent/reports").await;
    assert!(desk.says(WORDS) && desk.says("En retard"));
    let action = desk.body.split("action=\"/referent/reports/").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    let (address, answer) = (format!("/referent/reports/{action}/answer"), format!("answer-{action}"));
    let empty = claire.post(&address, &[]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.says(&format!("href=\"#{answer}\"")));
    let summary = format!("summary-{action}");
    let fields = [(answer.as_str(), "C’est corrigé."), (summary.as_str(), "Des demandes étaient mal orientées.")];
    let desk = claire.submit(&address, &fields).await;
    assert!(desk.says("Aucun signalement n’attend"));
    assert_eq!(claire.post(&address, &fields).await.status, StatusCode::NOT_FOUND, "an answer stays");
    assert!(town.nadia.get(&format!("/reports/{code}")).await.says("C’est corrigé."));
    let page = town.nadia.get(&format!("/register/{ID}")).await;
    assert!(page.says("Des demandes étaient mal orientées.") && page.says("C’est corrigé.") && !page.says(WORDS));
}

#[tokio::test]
async fn a_private_answer_stays_private_and_each_owner_sees_their_own() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    town.nadia.post(&format!("/register/{ID}/report"), &[("report-words", WORDS)]).await;
    assert!(!town.julien.get("/referent/reports").await.says(WORDS), "not the owner yet");
    town.claire.submit(&crate::story::at("owner"), &[("owner-person", "julien")]).await;
    let desk = town.julien.get("/referent/reports").await;
    assert!(desk.says(WORDS));
    for who in [&mut town.samir, &mut town.helene] {
        assert_eq!(who.get("/referent/reports").await.status, StatusCode::FORBIDDEN);
    }
    let id = desk.body.split("action=\"/referent/reports/").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    let answer = format!("answer-{id}");
    town.julien.submit(&format!("/referent/reports/{id}/answer"), &[(answer.as_str(), "Réponse pour elle seule.")]).await;
    let page = town.nadia.get(&format!("/register/{ID}")).await;
    assert!(page.says("Problèmes signalés") && !page.says("pour elle seule"));
}
