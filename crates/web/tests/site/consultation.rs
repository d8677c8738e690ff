//! A consultation in public: anybody contributes, each contribution is moderated and answered, then it closes.

use axum::http::StatusCode;
use gouvernail_register::Event;
use jiff::SignedDuration;
use serde_json::Value;

use crate::story::{CLOSED, CONSULTATION, CONTRIBUTION, ID, Town, at};
use crate::world::World;

async fn opened(world: &World) -> Town {
    let mut town = Town::new(world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    let desk = town.claire.get(&at("consultation")).await;
    assert!(desk.says("name=\"consultation-question\"") && desk.says("name=\"elsewhere-link\""));
    let desk = town.claire.submit(&at("consultation/open"), &CONSULTATION).await;
    assert!(desk.says("15 décembre 2026") && desk.says("Voir la page publique"));
    town
}

fn public() -> String {
    format!("/consultations/{ID}")
}

#[tokio::test]
async fn anybody_contributes_and_nothing_is_shown_before_it_is_read() {
    let world = World::new().await;
    let mut town = opened(&world).await;
    assert!(town.nadia.get("/consultations").await.says("Faut-il un outil pour orienter le courrier"));
    assert!(town.nadia.get(&format!("/register/{ID}")).await.says(&format!("href=\"{}\"", public())));
    let page = town.nadia.submit(&public(), &CONTRIBUTION).await;
    assert!(page.says("Une contribution attend d’être lue") && !page.says("ma lettre"));
    let desk = town.claire.get(&at("consultation")).await;
    assert!(desk.says("ma lettre") && desk.says("nadia@courriel.example") && desk.says("À lire"));
    town.claire.submit(&at("consultation/contributions/1/publish"), &[]).await;
    let page = town.nadia.get(&public()).await;
    assert!(page.says("Oui, si une personne lit toujours ma lettre.") && page.says("Nadia F."));
    assert!(page.says("La réponse est due au plus tard le 15 janvier 2027"));
    assert!(!page.says("nadia@courriel.example"), "the address is never published");
    town.claire.submit(&at("consultation/contributions/1/aside"), &[("aside-1", "nom d’un voisin")]).await;
    let page = town.nadia.get(&public()).await;
    assert!(!page.says("ma lettre") && page.says("Contribution 1") && page.says("nom d’un voisin"), "its place stays");
    let data: Value = serde_json::from_str(&town.nadia.get("/register.json").await.body).unwrap();
    assert_eq!(data["systems"][0]["open_consultation"]["url"], format!("http://val-dormes.example{}", public()));
}

#[tokio::test]
async fn a_mistake_costs_no_text_and_programs_are_stopped() {
    let world = World::new().await;
    let mut town = opened(&world).await;
    let send = |field: &'static str, value: &'static str| {
        CONTRIBUTION.map(|(name, typed)| (name, if name == field { value } else { typed }))
    };
    let long: &'static str = Box::leak("é".repeat(5_001).into_boxed_str());
    for (field, value) in [("contribution-words", ""), ("contribution-words", long), ("website", "https://spam.example")] {
        let answer = town.nadia.post(&public(), &send(field, value)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.says(&format!("<a href=\"#{field}\">")) && answer.says("Nadia F."), "{field}");
    }
    for n in 0..30 {
        assert_eq!(town.nadia.post(&public(), &CONTRIBUTION).await.status, StatusCode::SEE_OTHER, "{n}");
    }
    let answer = town.nadia.post(&public(), &CONTRIBUTION).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.says("Trop d’envois") && answer.says("ma lettre"));
    world.later(SignedDuration::from_mins(11));
    assert_eq!(town.nadia.post(&public(), &CONTRIBUTION).await.status, StatusCode::SEE_OTHER);
    assert_eq!(town.nadia.post("/consultations/inconnu", &CONTRIBUTION).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn it_closes_once_each_contribution_has_its_answer_and_stays_readable() {
    let world = World::new().await;
    let mut town = opened(&world).await;
    town.nadia.submit(&public(), &CONTRIBUTION).await;
    town.nadia.submit(&public(), &CONTRIBUTION).await;
    let refused = town.claire.post(&at("consultation/close"), &CLOSED).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("2 contributions n’ont pas encore leur réponse") && refused.says("Oui, avec un avis humain d’abord."));
    for n in [1, 2] {
        let (show, answer) = (format!("consultation/contributions/{n}/publish"), format!("consultation/contributions/{n}/answer"));
        town.claire.submit(&at(&show), &[]).await;
        let empty = town.claire.post(&at(&answer), &[]).await;
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.says(&format!("href=\"#answer-{n}\"")));
        let field = format!("answer-{n}");
        let text = format!("Réponse numéro {n}.");
        town.claire.submit(&at(&answer), &[(field.as_str(), text.as_str())]).await;
    }
    let silent = [CLOSED[0], ("consultation-early", "")];
    let answer = town.claire.post(&at("consultation/close"), &silent).await;
    assert!(answer.says("href=\"#consultation-early\""), "closing before the announced date has a public reason");
    town.claire.submit(&at("consultation/close"), &CLOSED).await;
    let page = town.nadia.get(&public()).await;
    assert!(page.says("Réponse numéro 1.") && page.says("Réponse numéro 2.") && page.says("Oui, avec un avis humain d’abord."));
    assert!(page.says("réunion publique avancée") && !page.says("name=\"contribution-words\""));
    let late = town.nadia.post(&public(), &CONTRIBUTION).await;
    assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.says("ne prend plus") && late.says("ma lettre"));
    let data: Value = serde_json::from_str(&town.nadia.get("/register.json").await.body).unwrap();
    assert_eq!(data["systems"][0]["consultation"]["contributions"], 2);
    let page = town.claire.get(&format!("/referent/systems/{ID}")).await;
    assert!(page.says("Lire la consultation") && !page.says("La consultation des citoyens sur ce système"));
}

#[tokio::test]
async fn after_the_end_none_is_taken_and_a_reopened_one_lifts_the_condition_again() {
    let world = World::new().await;
    let mut town = opened(&world).await;
    world.later(SignedDuration::from_hours(24 * 22));
    let page = town.nadia.get(&public()).await;
    assert!(page.says("a pris fin le 15 décembre 2026") && !page.says("name=\"contribution-words\""));
    assert_eq!(town.nadia.post(&public(), &CONTRIBUTION).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    town.claire = world.signed_in("claire").await;
    town.claire
        .submit(&at("consultation/close"), &[("consultation-answer", "Personne n’a répondu ; nous gardons le guichet.")])
        .await;
    let fields = [("reopen-reason", "une lettre oubliée"), ("reopen-due", "2027-01-31")];
    let desk = town.claire.submit(&at("consultation/reopen"), &fields).await;
    assert!(desk.says("31 janvier 2027"));
    let page = town.nadia.submit(&public(), &CONTRIBUTION).await;
    assert!(page.says("une lettre oubliée") && page.says("Votre contribution est reçue"));
    let system = world.app.live.snapshot().register.systems[ID].clone();
    assert!(system.answered().is_none() && system.open_consultation.is_some());
}

#[tokio::test]
async fn a_process_elsewhere_stands_in_by_its_link() {
    let world = World::new().await;
    let mut town = Town::new(&world).await;
    town.organisation().await;
    town.declare("limited", "yes").await;
    let link = "https://participer.example/processes/courrier";
    let elsewhere = CONSULTATION.map(|(name, typed)| (name, if name == "consultation-url" { link } else { typed }));
    town.claire.submit(&at("consultation/open"), &elsewhere).await;
    let page = town.nadia.get(&public()).await;
    assert!(page.says(&format!("href=\"{link}\"")) && !page.says("name=\"contribution-words\""));
    assert_eq!(town.nadia.post(&public(), &CONTRIBUTION).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let outcome = [("consultation-contributions", "132"), ("consultation-link", ""), ("consultation-answer", "Oui.")];
    let unlinked = town.claire.post(&at("consultation/close"), &outcome).await;
    assert!(unlinked.status == StatusCode::UNPROCESSABLE_ENTITY && unlinked.says("href=\"#consultation-link\""));
    let outcome = outcome.map(|(name, typed)| (name, if name == "consultation-link" { link } else { typed }));
    town.claire.submit(&at("consultation/close"), &outcome).await;
    let page = town.nadia.get(&public()).await;
    assert!(page.says("132 contributions reçues") && page.says(link));
    let held = [
        ("elsewhere-question", "Et le guichet ?"),
        ("elsewhere-contributions", "12"),
        ("elsewhere-link", link),
        ("elsewhere-answer", "Il reste."),
    ];
    town.claire.submit(&at("consultation/elsewhere"), &held).await;
    let page = town.nadia.get(&public()).await;
    assert!(page.says("Et le guichet") && page.says("Consultations précédentes") && page.says("132 contributions"));
}

#[tokio::test]
async fn only_those_who_fill_in_the_dossier_moderate() {
    let world = World::new().await;
    let mut town = opened(&world).await;
    town.nadia.submit(&public(), &CONTRIBUTION).await;
    let page = town.helene.get(&at("consultation")).await;
    assert!(page.says("ma lettre") && !page.says("<form method=\"post\" action=\"/referent"), "she reads, and does nothing");
    for act in ["publish", "aside", "answer"] {
        let address = at(&format!("consultation/contributions/1/{act}"));
        assert_eq!(town.helene.post(&address, &[]).await.status, StatusCode::FORBIDDEN, "{act}");
        assert_eq!(town.samir.post(&address, &[]).await.status, StatusCode::FORBIDDEN, "{act}");
    }
    assert_eq!(town.samir.get(&at("consultation")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(town.claire.post(&at("consultation/contributions/9/publish"), &[]).await.status, StatusCode::NOT_FOUND);
    // An act recorded by another way passes through the same door.
    let open = world.app.live.snapshot().register.systems[ID].open_consultation.clone().unwrap();
    let event = Event::ConsultationAnswered {
        system: ID.into(),
        question: open.question,
        contributions: 1,
        answer: "Oui.".into(),
        consultation: open.id,
        url: String::new(),
    };
    assert!(world.app.live.record(&world.app.rules, "claire", event).await.is_err());
}
