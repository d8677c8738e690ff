//! What happens to a case outside the pages: an application declares it, the gateway records uses of the tool.

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use gouvernail_cases::record::{Kind, record};
use gouvernail_cases::{CaseEvent, CaseUse, SealedText, UseFootprint};
use gouvernail_register::Event;
use gouvernail_store::{ApiKey, Intent, Journal, NewCaseEvent, Outcome, OutcomeKind, OwedCommitment};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{Answer, Browser, SYSTEM, World};

/// A word that only the tool's answers hold.
pub const SECRET: &str = "mot-de-l-outil";
/// A reason that says something.
pub const WHY: &str = "Le trottoir est à la commune, la voirie le répare.";
pub const REFERENCE: &str = "CO-2026-0147";
pub const PAGE: &str = "/desk/cases/CO-2026-0147";

/// A town with its dossier, its people and two certified agents.
pub async fn town() -> World {
    let world = World::new().await;
    world.people().await;
    world.dossier().await;
    world
}

/// A key of [`SYSTEM`].
pub async fn key(world: &World) -> String {
    key_of(world, SYSTEM).await
}

pub async fn key_of(world: &World, system: &str) -> String {
    let (key, text) = ApiKey::mint(system, "Courrier", None, &world.app.ambient);
    world.app.store.create_api_key(&key).await.unwrap();
    world.app.live.refresh().await.unwrap();
    text
}

/// What an application says of a case.
pub fn declaration(reference: &str) -> Value {
    json!({
        "reference": reference,
        "subject": "Trottoir effondré devant l’école\n\nIl est effondré depuis dimanche. Nadia Ferrand",
        "known": [{ "label": "person", "value": "Nadia Ferrand" }, { "label": "phone", "value": "01 99 00 45 67" }],
        "recipient": ["Madame Nadia Ferrand", "12, rue des Tilleuls", "00000 Val-d’Ormes"],
    })
}

/// A call of the interface.
pub async fn call(world: &World, method: &str, path: &str, key: &str, body: &Value) -> Answer {
    let mut program = world.browser();
    let request = program.request(method, path).header(AUTHORIZATION, format!("Bearer {key}"));
    let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
    program.send(request.header(CONTENT_TYPE, "application/json").body(body).unwrap()).await
}

/// Declares a case; gives its identifier.
pub async fn declared(world: &World, reference: &str) -> String {
    let key = key(world).await;
    let answer = call(world, "POST", "/api/cases", &key, &declaration(reference)).await;
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.body);
    serde_json::from_str::<Value>(&answer.body).unwrap()["id"].as_str().unwrap().to_owned()
}

/// A call that the gateway has just let out.
pub async fn called(world: &World, case_id: &str, call: &str) -> Journal {
    let journal = Journal::start(world.app.store.clone());
    let sent = json!([
        { "role": "system", "content": "Indique le service." },
        { "role": "user", "content": format!("Il est effondré depuis dimanche. [PERSON_1] ({call})") },
    ]);
    let intent = Intent {
        id: call.to_owned(),
        at: world.app.now(),
        system: SYSTEM.to_owned(),
        version: "1".to_owned(),
        key: "k".to_owned(),
        person: Some("samir".to_owned()),
        model: "petit".to_owned(),
        host: "local".to_owned(),
        case_id: Some(case_id.to_owned()),
        body: json!({ "sent": sent }),
    };
    journal.intent(intent).await.unwrap();
    journal
}

/// Its end, as the gateway records it: with the event that the case is told, in one transaction.
pub async fn ended(world: &World, journal: &Journal, case_id: &str, call: &str, proposal: Option<&str>, kind: OutcomeKind) {
    let now = world.app.now();
    let event = CaseEvent::UseRecorded(CaseUse {
        use_id: call.to_owned(),
        system: SYSTEM.to_owned(),
        version: "1".to_owned(),
        at: now,
        purpose: "proposer le service qui traitera une demande".to_owned(),
        data_categories: vec!["le texte de votre demande".to_owned()],
        output: SealedText::new(format!("{SECRET} : {}", proposal.unwrap_or("rien"))),
        proposal: proposal.map(SealedText::new),
        footprint: Some(UseFootprint { energy_wh: 0.06, energy_wh_low: 0.02, energy_wh_high: 0.1, carbon_g: 0.003 }),
    });
    let record = record(Kind::CaseUse, case_id, json!({ "call": call }));
    let owed = OwedCommitment::new(Kind::CaseUse.as_str(), &record, world.app.ambient.bytes()).unwrap();
    let told = NewCaseEvent {
        at: now,
        author: "samir".to_owned(),
        kind: event.kind().to_owned(),
        body: serde_json::to_value(&event).unwrap(),
    };
    let outcome = Outcome {
        intent_id: call.to_owned(),
        at: now,
        kind,
        body: json!({ "reached": true }),
        owed: owed.of_system(SYSTEM, "1"),
        case: Some((case_id.to_owned(), told)),
    };
    journal.outcome(outcome).await.unwrap();
}

/// A whole call that proposes a department.
pub async fn used(world: &World, case_id: &str, call: &str, proposal: &str) {
    let journal = called(world, case_id, call).await;
    ended(world, &journal, case_id, call, Some(proposal), OutcomeKind::Completed).await;
}

/// A town where Samir has judged and decided [`REFERENCE`], against the tool; with his browser and the code of the letter.
pub async fn decided() -> (World, Browser, String) {
    let world = town().await;
    let id = declared(&world, REFERENCE).await;
    used(&world, &id, "appel-1", "École").await;
    let mut samir = world.signed_in("samir").await;
    judge_and_decide(&mut samir).await;
    let letter = samir.get(&format!("{PAGE}/letter")).await;
    let code = code_in(&letter.body);
    (world, samir, code)
}

pub async fn judge_and_decide(agent: &mut Browser) {
    judge(agent, "Voirie", "Un trottoir").await;
    agent.submit(&format!("{PAGE}/decision"), &[("outcome", "Voirie"), ("reason", WHY)]).await;
}

/// Judges the answer that the agent's page speaks of; gives the page that follows.
pub async fn judge(agent: &mut Browser, outcome: &str, reason: &str) -> Answer {
    let used = hidden(&agent.get(PAGE).await, "use");
    agent.submit(&format!("{PAGE}/judgement"), &[("use", &used), ("outcome", outcome), ("reason", reason)]).await
}

/// The value of a hidden field.
pub fn hidden(page: &Answer, name: &str) -> String {
    let value = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a hidden field");
    value.split('"').next().unwrap().to_owned()
}

/// Gives somebody the training of [`SYSTEM`] for a year.
pub async fn train(world: &World, person: &str) {
    let until = world.app.now() + SignedDuration::from_hours(24 * 365);
    let (system, version, person) = (SYSTEM.to_owned(), "1".to_owned(), person.to_owned());
    world
        .act(
            &person.clone(),
            Event::Certified { system, version, person, until, means: String::new(), passed: None, evidence: String::new() },
        )
        .await;
}

/// The code on a letter.
pub fn code_in(letter: &str) -> String {
    letter.split("class=\"code\">").nth(1).unwrap()[..14].to_owned()
}

/// A page as people read it: without the blanks that do not break.
pub fn plain(answer: &Answer) -> String {
    answer.body.replace('\u{a0}', " ")
}
