//! What is held until a date, on a running gateway: half a second before, the call is answered; half a second after, it is
//! refused for that and reaches nobody; given again, it is answered. Nobody acts in between: time alone passes.

use gouvernail_register::{Event, StudyKind};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::dossier::{self, AGENT, HOST, MODEL, ORIENTATION, later, start};
use crate::world::{World, message};

/// The acts that are held until an instant.
type Until = fn(Timestamp) -> Vec<Event>;

fn lapse() -> Timestamp {
    start() + SignedDuration::from_hours(1)
}

async fn lapses(requirement: &str, until: Until, again: Until) {
    let world = World::new().await;
    world.host.json("{}");
    for act in until(lapse()) {
        world.record(act).await;
    }
    let half_a_second = SignedDuration::from_millis(500);
    pass(&world, SignedDuration::from_hours(1) - half_a_second).await;
    assert_eq!(world.ask_on_case(&message("bonjour")).send().await.unwrap().status(), 200, "half a second before");
    pass(&world, half_a_second + half_a_second).await;
    let response = world.ask_on_case(&message("bonjour")).send().await.unwrap();
    assert_eq!(response.status(), 403, "half a second after");
    let error = response.json::<Value>().await.unwrap()["error"].take();
    let said: Vec<&str> = error["reasons"].as_array().unwrap().iter().filter_map(|reason| reason["requirement"].as_str()).collect();
    assert_eq!(said, [requirement]);
    assert_eq!(world.host.received().len(), 1, "a refused call reached the host");
    for act in again(later()) {
        world.record(act).await;
    }
    assert_eq!(world.ask_on_case(&message("bonjour")).send().await.unwrap().status(), 200, "given again, it is enough");
}

/// Time passes, and the database says that nothing else did.
async fn pass(world: &World, time: SignedDuration) {
    world.pass(time);
    world.live.refresh().await.unwrap();
}

macro_rules! held_until {
    ($($name:ident: $requirement:literal, $until:expr, $again:expr;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                lapses($requirement, $until, $again).await;
            }
        )*
    };
}

held_until! {
    a_certification: "training", |until| vec![certified(until)], |until| vec![certified(until)];
    a_study: "study-rights", |until| signed(StudyKind::Rights, until), |until| signed(StudyKind::Rights, until);
    the_data_protection_study: "data-protection-study", |until| signed(StudyKind::DataProtection, until), |until| signed(StudyKind::DataProtection, until);
    the_environment_study: "environment-study", |until| signed(StudyKind::Environment, until), |until| signed(StudyKind::Environment, until);
    the_accessibility_study: "accessibility-study", |until| signed(StudyKind::Accessibility, until), |until| signed(StudyKind::Accessibility, until);
    the_skills_study: "skills-study", |until| signed(StudyKind::Skills, until), |until| signed(StudyKind::Skills, until);
    a_contract: "contract", |until| vec![contract(until)], |until| vec![contract(until)];
    the_evidence_of_a_clause: "security-clause", |until| vec![proven(until)], |until| vec![proven(until)];
    a_day_without_the_system: "drill", |until| vec![drill(until)], |until| vec![drill(until)];
    the_mandate: "authorisation", |until| vec![authorised(start(), until)], |until| vec![authorised(start(), until)];
    // The answer is owed by a day, and late is as good as never.
    the_answer_to_a_consultation: "consultation-answers", |due| vec![asked(due)], |_| vec![answered()];
}

fn certified(until: Timestamp) -> Event {
    let mut event = dossier::certified(ORIENTATION, "1".into());
    if let Event::Certified { until: held, person, .. } = &mut event {
        (*held, *person) = (until, AGENT.into());
    }
    event
}

fn signed(kind: StudyKind, until: Timestamp) -> Vec<Event> {
    vec![Event::StudySigned { system: ORIENTATION.into(), kind, until, digest: String::new() }]
}

/// The contract of the complete dossier, edited.
fn contract_with(edit: impl FnOnce(&mut Event)) -> Event {
    let mut known = dossier::organisation(MODEL);
    known.retain(|event| matches!(event, Event::ContractSigned { host, .. } if host == HOST));
    let mut event = known.remove(0);
    edit(&mut event);
    event
}

fn contract(until: Timestamp) -> Event {
    contract_with(|event| {
        if let Event::ContractSigned { until: held, .. } = event {
            *held = until;
        }
    })
}

fn proven(until: Timestamp) -> Event {
    contract_with(|event| {
        if let Event::ContractSigned { clauses, .. } = event {
            clauses.iter_mut().filter(|clause| clause.kind == "security").for_each(|clause| clause.until = Some(until));
        }
    })
}

fn drill(until: Timestamp) -> Event {
    let (system, on, result) = (ORIENTATION.into(), "2026-11-03".parse().unwrap(), "Fait.".into());
    Event::DrillHeld { system, on, result, until }
}

fn authorised(from: Timestamp, until: Timestamp) -> Event {
    let (system, version, scope) = (ORIENTATION.into(), "1".into(), "Accueil".into());
    Event::Authorised { system, version, scope, from, until, digest: String::new(), experiment: false }
}

fn asked(due: Timestamp) -> Event {
    Event::ConsultationOpened {
        system: ORIENTATION.into(),
        consultation: "2".into(),
        question: "Et maintenant ?".into(),
        closes: start() + SignedDuration::from_mins(30),
        due,
        url: String::new(),
    }
}

fn answered() -> Event {
    Event::ConsultationAnswered {
        system: ORIENTATION.into(),
        question: "Et maintenant ?".into(),
        contributions: 0,
        answer: "Personne n'a écrit ; l'outil reste tel qu'il est.".into(),
        consultation: "2".into(),
        url: String::new(),
    }
}
