//! Each proposition on a running gateway: something that it asks for is taken away, the next call is refused for it and reaches
//! nobody; it is given back, and the next call is answered. The names are those of the matrix in `docs/propositions.md`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use gouvernail_register::{Clause, Event, HostTraits, StudyKind, sample::as_read};
use gouvernail_store::Live;
use serde_json::Value;

use crate::dossier::{self, AGENT, HOST, ORIENTATION, later};
use crate::world::{World, message};

/// What is taken away, given what was done: the acts that undo, and those that do it again.
type Undone = fn(&Done) -> (Vec<Event>, Vec<Event>);

/// Every act that was done before the system could run.
struct Done(Vec<Event>);

impl Done {
    fn find(&self, which: fn(&Event) -> bool) -> Vec<Event> {
        self.0.iter().filter(|event| which(event)).cloned().collect()
    }
}

async fn shows(number: u64, requirement: &str, undone: Undone) {
    let world = World::new().await;
    world.host.json("{}");
    let of_it = |event: &Event| event.system().is_none_or(|system| system == ORIENTATION);
    let done = dossier::organisation(&world.host.url).into_iter().chain(dossier::system(ORIENTATION, true)).filter(of_it);
    let (undo, redo) = undone(&Done(done.collect()));
    assert_eq!(world.ask_on_case(&message("bonjour")).send().await.unwrap().status(), 200, "nothing is missing");
    for act in undo {
        world.record(act).await;
    }
    let response = world.ask_on_case(&message("bonjour")).send().await.unwrap();
    assert_eq!(response.status(), 403);
    let error = response.json::<Value>().await.unwrap()["error"].take();
    let reason = error["reasons"].as_array().unwrap().iter().find(|reason| reason["requirement"] == requirement);
    assert_eq!(reason.unwrap_or_else(|| panic!("{requirement} is not said: {error}"))["proposition"], number);
    assert_eq!(world.host.received().len(), 1, "a refused call reached the host");
    for act in redo {
        world.record(act).await;
    }
    assert_eq!(world.ask_on_case(&message("bonjour")).send().await.unwrap().status(), 200, "given back, it is enough");
}

macro_rules! propositions {
    ($($name:ident: $number:literal, $requirement:literal, $undone:expr;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                shows($number, $requirement, $undone).await;
            }
        )*
    };
}

propositions! {
    proposition_01_on_a_running_gateway: 1, "strategy", |done| {
        (vec![Event::StrategyWithdrawn { reason: why() }], done.find(|event| matches!(event, Event::StrategyPublished { .. })))
    };
    proposition_02_on_a_running_gateway: 2, "owner", |done| {
        let again = done.find(|event| matches!(event, Event::OwnerNamed { .. } | Event::OwnerAccepted { .. }));
        (vec![Event::OwnerLeft { system: ORIENTATION.into() }], again)
    };
    proposition_03_on_a_running_gateway: 3, "public-log", |done| (vec![no_log()], done.find(is_organisation));
    proposition_04_on_a_running_gateway: 4, "accessibility-study", |_| study(StudyKind::Accessibility);
    proposition_05_on_a_running_gateway: 5, "training", |done| {
        let gone = Event::CertificationWithdrawn { system: ORIENTATION.into(), version: "1".into(), person: AGENT.into(), reason: why() };
        (vec![gone], done.find(|event| matches!(event, Event::Certified { .. })))
    };
    proposition_06_on_a_running_gateway: 6, "stop-order", |_| {
        let resumed = Event::Resumed { system: ORIENTATION.into(), reason: why() };
        (vec![Event::Stopped { system: ORIENTATION.into(), reason: why() }], vec![resumed])
    };
    proposition_07_on_a_running_gateway: 7, "notice", |done| {
        let gone = Event::NoticeWithdrawn { system: ORIENTATION.into(), reason: why() };
        (vec![gone], done.find(|event| matches!(event, Event::NoticePublished { .. })))
    };
    proposition_08_on_a_running_gateway: 8, "smallest-model", |done| {
        let evaluated = done.find(|event| matches!(event, Event::Evaluated { .. }));
        let mut smaller = evaluated.clone();
        if let Event::Evaluated { smaller_that_pass, .. } = &mut smaller[0] {
            *smaller_that_pass = 1;
        }
        (smaller, evaluated)
    };
    proposition_09_on_a_running_gateway: 9, "union-law", |done| {
        let host = done.find(|event| matches!(event, Event::HostDeclared { .. }));
        let mut bought = host.clone();
        if let Event::HostDeclared { traits, .. } = &mut bought[0] {
            *traits = HostTraits { jurisdiction: "US".into(), ..HostTraits::default() };
        }
        (bought, host)
    };
    proposition_10_on_a_running_gateway: 10, "no-training-on-data", |done| {
        let contract = done.find(is_contract);
        let mut without = contract.clone();
        if let Event::ContractSigned { clauses, .. } = &mut without[0] {
            clauses.retain(|clause: &Clause| clause.kind != "no-training");
        }
        (without, contract)
    };
    proposition_11_on_a_running_gateway: 11, "study-rights", |_| study(StudyKind::Rights);
    proposition_12_on_a_running_gateway: 12, "contract", |done| {
        (vec![Event::ContractEnded { host: HOST.into(), reason: why() }], done.find(is_contract))
    };
    proposition_13_on_a_running_gateway: 13, "observed", |done| (vec![no_log()], done.find(is_organisation));
    proposition_14_on_a_running_gateway: 14, "consultation", |done| {
        let reopened = Event::ConsultationReopened { system: ORIENTATION.into(), reason: why(), due: later() };
        (vec![reopened], done.find(|event| matches!(event, Event::ConsultationAnswered { .. })))
    };
    proposition_15_on_a_running_gateway: 15, "skills-study", |_| study(StudyKind::Skills);
}

fn why() -> String {
    "Un motif".into()
}

fn is_organisation(event: &Event) -> bool {
    matches!(event, Event::OrganisationDeclared { .. })
}

fn is_contract(event: &Event) -> bool {
    matches!(event, Event::ContractSigned { .. })
}

fn no_log() -> Event {
    Event::OrganisationDeclared { name: "Commune".into(), siret: "21350001800013".into(), public_log: false }
}

fn study(kind: StudyKind) -> (Vec<Event>, Vec<Event>) {
    let system = || ORIENTATION.to_owned();
    let signed = Event::StudySigned { system: system(), kind, until: later(), digest: String::new() };
    (vec![Event::StudyReturned { system: system(), kind, reason: why() }], vec![signed])
}

#[tokio::test]
async fn what_another_node_records_refuses_calls_here_within_a_second() {
    let world = World::new().await;
    world.host.json("{}");
    tokio::spawn(Arc::clone(&world.live).keep());
    let elsewhere = Live::open(world.store.clone(), world.ambient.clone()).await.unwrap();
    assert_eq!(world.ask_on_case(&message("bonjour")).send().await.unwrap().status(), 200);
    let left = as_read(&elsewhere.snapshot().register, Event::OwnerLeft { system: ORIENTATION.into() });
    elsewhere.record(&world.rules, "referente", left).await.unwrap();
    let since = Instant::now();
    while world.ask_on_case(&message("bonjour")).send().await.unwrap().status() != 403 {
        assert!(since.elapsed() < Duration::from_secs(1), "still answered after a second");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn new_rules_bind_the_next_call() {
    let world = World::new().await;
    world.host.json("{}");
    let status = || async { world.ask_on_case(&message("bonjour")).send().await.unwrap().status().as_u16() };
    assert_eq!(status().await, 200);
    let policies = include_str!("../../../../rules/local-example/requirements.cedar").into();
    let local = gouvernail_register::PackText { name: "local".into(), policies, examples: String::new() };
    world.rules.replace(&[local]).unwrap();
    assert_eq!(status().await, 403, "no doctrine is published");
    world.rules.replace(&[]).unwrap();
    assert_eq!(status().await, 200);
}
