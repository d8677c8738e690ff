//! Behind the code of the letter: what happened, what one may ask for, and a receipt that anyone can verify.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use gouvernail_store::OutcomeKind;
use gouvernail_tlog::opening::Opening;
use gouvernail_tlog::verify::verify_receipt;
use jiff::SignedDuration;

use crate::life::{PAGE, REFERENCE, SECRET, WHY, called, decided, ended, plain};
use crate::world::{Answer, Browser, World};

#[tokio::test]
async fn a_code_opens_in_any_spelling_and_a_wrong_one_says_why() {
    let (world, _, code) = decided().await;
    let mut citizen = world.browser();
    let form = citizen.get("/d").await;
    assert!(form.says("Douze lettres et chiffres") && form.says("01 99 00 12 34"));
    let spelled = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    for typed in [&code, &spelled, &format!("  {} ", code.replace('-', "")), &code.replace('-', ".")] {
        let answer = citizen.post("/d", &[("code", typed)]).await;
        assert_eq!((answer.status, answer.location), (StatusCode::SEE_OTHER, format!("/d/{code}")), "{typed}");
    }
    assert_eq!(citizen.get(&format!("/d/{}", code.to_lowercase())).await.status, StatusCode::OK);

    let other = if code.ends_with('0') { '1' } else { '0' };
    let mistyped = format!("{}{other}", &code[..13]);
    for (typed, why) in [
        ("", "Ce champ est vide"),
        ("ABC", "celui-ci en a 3"),
        ("????-0000-0000", "« ? » n’est dans aucun code"),
        (&mistyped, "Un des caractères n’est pas le bon"),
        ("0000-0000-0000", "n’ouvre aucun dossier"),
    ] {
        let answer = citizen.post("/d", &[("code", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let said = plain(&answer);
        assert!(
            said.contains(why) && said.contains(&format!("value=\"{typed}\"")) && said.contains("01 99 00 12 34"),
            "{typed}: {said}"
        );
    }
    let direct = citizen.get("/d/0000-0000-0000").await;
    assert!(direct.status == StatusCode::NOT_FOUND && direct.says("n’ouvre aucun dossier") && direct.says("name=\"code\""));
}

async fn guess(browser: &mut Browser, from: &str, code: &str) -> Answer {
    let request = browser.request("POST", "/d").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let mut request = request.body(Body::from(format!("code={code}"))).unwrap();
    request.extensions_mut().insert(ConnectInfo::<SocketAddr>(from.parse().unwrap()));
    browser.send(request).await
}

#[tokio::test]
async fn guessing_is_slowed_down_by_address_and_typing_mistakes_are_not() {
    let (world, _, code) = decided().await;
    let mut browser = world.browser();
    let (here, there) = ("192.0.2.1:5000", "192.0.2.2:5000");
    for _ in 0..20 {
        assert_eq!(guess(&mut browser, here, "0000-0000-0001").await.status, StatusCode::UNPROCESSABLE_ENTITY, "mistyped");
    }
    for _ in 0..10 {
        assert_eq!(guess(&mut browser, here, "0000-0000-0000").await.status, StatusCode::UNPROCESSABLE_ENTITY, "well formed");
    }
    let closed = guess(&mut browser, here, &code).await;
    assert_eq!(closed.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(closed.says("Vous pouvez aussi nous téléphoner"));
    assert_eq!(guess(&mut browser, there, &code).await.status, StatusCode::SEE_OTHER, "somebody else is not concerned");
    world.later(SignedDuration::from_mins(11));
    assert_eq!(guess(&mut browser, here, &code).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_page_says_what_happened_in_the_readers_language() {
    let (world, _, code) = decided().await;
    let mut citizen = world.browser();
    let page = plain(&citizen.get(&format!("/d/{code}")).await);
    for wanted in [
        "Décision : Voirie",
        WHY,
        "Décidé par Samir Benali, 24 novembre 2026 à 10 h 00",
        "Nous avons utilisé l’outil « Orientation du courrier » une fois",
        "il a proposé : École. L’agent a d’abord noté son avis, puis a ouvert cette réponse. Sa décision est différente.",
        "Le texte de votre demande (origine : votre message).",
        "Entre 0,02 et 0,1 Wh : une ampoule LED allumée pendant 9 à 45 secondes.",
        "Samir Benali a noté son avis, avant d’ouvrir la réponse de l’outil.",
        "Demandez-le avant le 24 janvier 2027",
        "01 99 00 12 34",
        "gouvernail receipt verify recu-CO-2026-0147.tlog-proof --vkey val-dormes.example/journal+",
    ] {
        assert!(page.contains(wanted), "{wanted} missing in {page}");
    }
    let english = citizen.get(&format!("/d/{code}?lang=en")).await;
    for wanted in [
        "We used the tool “Orientation du courrier” once",
        "it proposed: École.",
        "Their decision is different.",
        "The tool proposes a department.",
    ] {
        assert!(english.says(wanted), "{wanted} missing in {}", english.body);
    }
    world.later(SignedDuration::from_hours(24 * 70));
    assert!(plain(&citizen.get(&format!("/d/{code}?lang=fr")).await).contains("a pu finir le 24 janvier 2027"));
}

#[tokio::test]
async fn the_detail_holds_what_was_sent_and_what_was_answered() {
    let (world, _, code) = decided().await;
    let id = world.app.store.find_case_by_reference(REFERENCE).await.unwrap().unwrap().id;
    let journal = called(&world, &id, "appel-2").await;
    let mut citizen = world.browser();
    let page = plain(&citizen.get(&format!("/d/{code}/detail")).await);
    for wanted in [
        "L’outil a servi ; il n’a pas décidé. Samir Benali a noté son propre avis",
        "Le texte de votre demande (origine : votre message).",
        "il a proposé : École.",
        "s’appuie sur le modèle Qwen2.5-Coder 1.5B, exploité par « La commune elle-même ».",
        "[PERSON_1] (appel-1)",
        SECRET,
        "entre 0,02 et 0,1 Wh",
        "Cet appel n’a pas encore de fin connue.",
        "CADA",
    ] {
        assert!(page.contains(wanted), "{wanted} missing in {page}");
    }
    ended(&world, &journal, &id, "appel-2", Some("Voirie"), OutcomeKind::Completed).await;
    assert!(!citizen.get(&format!("/d/{code}/detail")).await.says("n’a pas encore de fin connue"));
}

#[tokio::test]
async fn a_second_look_is_asked_followed_and_answered() {
    let (world, _, code) = decided().await;
    let mut citizen = world.browser();
    let page = format!("/d/{code}");
    let empty = citizen.post(&format!("{page}/contest"), &[("words", "  "), ("reach", "01 99")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.says("href=\"#words\"") && empty.says("value=\"01 99\"") && empty.says("Décision"));
    assert_eq!(citizen.get(&format!("{page}/contest")).await.location, page);

    let asked = citizen.post(&format!("{page}/contest"), &[("words", "Personne <b>ne</b> vient."), ("reach", "")]).await;
    assert_eq!(asked.location, format!("{page}/contestations/C1"));
    let twice = citizen.post(&format!("{page}/contest"), &[("words", "Personne <b>ne</b> vient. ")]).await;
    assert_eq!(twice.location, asked.location, "a second click is not a second request");
    let received = citizen.get(&asked.location).await;
    for wanted in [
        "CO-2026-0147-C1",
        "24 novembre 2026",
        "24 décembre 2026",
        "01 99 00 12 34",
        "/receipt.tlog-proof",
        "Personne &#60;b&#62;ne",
    ] {
        assert!(received.says(wanted), "{wanted} missing in {}", received.body);
    }
    assert!(plain(&citizen.get(&page).await).contains("Réponse au plus tard le 24 décembre 2026."));
    assert_eq!(citizen.get(&format!("{page}/contestations/C2")).await.status, StatusCode::NOT_FOUND);

    world.later(SignedDuration::from_hours(24 * 32));
    assert!(citizen.get(&page).await.says("La réponse était due le 24 décembre 2026."));
    let mut ines = world.signed_in("ines").await;
    let answer = [("outcome", "École"), ("reason", "Le mur qui soutient le trottoir est à l’école.")];
    ines.submit(&format!("{PAGE}/contestations/C1/answer"), &answer).await;
    let page = plain(&citizen.get(&page).await);
    for wanted in [
        "La décision a changé : École",
        "Décidé par Inès Carpentier",
        "Inès Carpentier a changé la décision : École.",
        "avant le 26 février 2027",
    ] {
        assert!(page.contains(wanted), "{wanted} missing in {page}");
    }
    assert!(citizen.get(&asked.location).await.says("Votre second regard a sa réponse"));
}

#[tokio::test]
async fn a_call_is_asked_for_and_said_back() {
    let (world, _, code) = decided().await;
    let mut citizen = world.browser();
    let human = format!("/d/{code}/human");
    assert!(citizen.post(&human, &[("reach-human", "")]).await.says("href=\"#reach-human\""));
    assert!(citizen.post(&human, &[("reach-human", &"9".repeat(300))]).await.says("trop long"));
    for _ in 0..2 {
        let page = citizen.submit(&human, &[("reach-human", "01 99 00 45 67")]).await;
        assert!(page.says("Nous vous rappelons.") && plain(&page).contains("Nous devons vous rappeler : 01 99 00 45 67."));
    }
    for n in 0..8 {
        citizen.submit(&human, &[("reach-human", &format!("numéro {n}"))]).await;
    }
    assert_eq!(citizen.post(&human, &[("reach-human", "encore")]).await.status, StatusCode::TOO_MANY_REQUESTS);
}

/// A receipt that verifies and opens; gives the record in it.
async fn verified(world: &World, citizen: &mut Browser, path: &str, kind: &str) -> serde_json::Value {
    let receipt = citizen.get(path).await;
    assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.body);
    let leaf = citizen.get(&path.replace(".tlog-proof", ".leaf")).await.bytes;
    let key = world.app.identity.log_vkey.parse().unwrap();
    verify_receipt(&receipt.body, &leaf, &[key]).unwrap();
    let opening = Opening::parse(&citizen.get(&path.replace(".tlog-proof", ".json")).await.bytes).unwrap();
    opening.check(&leaf).unwrap();
    assert_eq!(opening.domain, kind);
    opening.record
}

#[tokio::test]
async fn the_receipt_verifies_and_holds_what_was_told() {
    let (world, _, code) = decided().await;
    let mut citizen = world.browser();
    citizen.post(&format!("/d/{code}/contest"), &[("words", "Personne ne vient.")]).await;
    let path = format!("/d/{code}/receipt.tlog-proof");
    let soon = citizen.get(&path).await;
    assert_eq!(soon.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(soon.says("Votre reçu arrive dans un instant") && soon.says(&path));
    world.sequencer.step().await.unwrap();

    let record = verified(&world, &mut citizen, &path, "notice").await;
    let told = &record["body"]["told"];
    assert_eq!(told["fr"]["message"]["blocks"][0]["paragraphs"][0], "Décision\u{a0}: Voirie.");
    assert!(!record.to_string().contains(&code), "the code itself is in no record");
    assert!(!citizen.get(&path).await.says("Voirie"), "the proof may be shown without the letter");
    assert_eq!(citizen.get(&format!("/d/{code}/receipt.exe")).await.status, StatusCode::NOT_FOUND);

    let record = verified(&world, &mut citizen, &format!("/d/{code}/contestations/C1/receipt.tlog-proof"), "contestation").await;
    assert_eq!((&record["body"]["event"], &record["body"]["text"]), (&"contested".into(), &"Personne ne vient.".into()));
    assert_eq!(citizen.get(&format!("/d/{code}/contestations/C2/receipt.tlog-proof")).await.status, StatusCode::NOT_FOUND);
}
