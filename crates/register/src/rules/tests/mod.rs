//! The fast reading of facts and rules beside a straightforward one: JSON checked against the schema, every policy in one set.

use cedar_policy::{Authorizer, Entities, EntityUid, PolicySet, Request};
use jiff::Timestamp;
use proptest::prelude::*;

mod drawn;

use super::*;
use crate::event::{Event, Risk};
use crate::facts::{CaseMode, Facts};
use crate::sample;

fn at(day: i64) -> Timestamp {
    Timestamp::from_second(1_795_600_000 + day * 86_400).unwrap()
}

/// The local packs of these tests: the example that ships beside, and rules that name who calls and what is called.
fn local() -> [PackText; 2] {
    let example = include_str!("../../../../../rules/local-example/requirements.cedar");
    let annotations = |id| {
        format!(
            "@id(\"{id}\") @proposition(\"2\") @law(\"\") @since(\"2026-01-01\") @fr(\"Non.\") @en(\"No.\") @fix(\"/referent\")"
        )
    };
    let named = format!(
        "{} forbid (principal == Caller::\"other\", action == Action::\"call\", resource);\n\
         {} forbid (principal, action in [Action::\"try\", Action::\"call\"], resource == System::\"b\") when {{ context.system.touches_cases }};",
        annotations("not-this-person"),
        annotations("not-this-system"),
    );
    [example.to_owned(), named].map(|policies| PackText { name: "local".into(), policies, examples: String::new() })
}

/// Requirements missing, the slow way.
fn straightforward(facts: &Facts, action: &str, (person, system): (&str, &str), now: Timestamp) -> Vec<String> {
    let schema = pack::schema().unwrap();
    let context = examples::fits(facts, action, now).unwrap();
    let uid = |kind: &str, id: &str| EntityUid::from_json(serde_json::json!({ "type": kind, "id": id })).unwrap();
    let request =
        Request::new(uid("Caller", person), uid("Action", action), uid("System", system), context, Some(&schema)).unwrap();
    let mut all: PolicySet = "permit (principal, action, resource);".parse().unwrap();
    for text in PackText::shipped().into_iter().chain(local()) {
        for (requirement, policy) in pack::read(&text, &schema).unwrap() {
            if requirement.in_effect(now) {
                all.add(policy).unwrap();
            }
        }
    }
    let actions: Entities = schema.action_entities().unwrap();
    let answer = Authorizer::new().is_authorized(&request, &all, &actions);
    assert_eq!(answer.diagnostics().errors().count(), 0);
    let open = "policy0";
    let mut missing: Vec<String> = answer.diagnostics().reason().map(ToString::to_string).filter(|id| id != open).collect();
    missing.sort();
    missing
}

fn dossiers() -> Vec<Event> {
    let until = at(300);
    let systems = [("a", Risk::High), ("b", Risk::Limited), ("c", Risk::Low)];
    let systems = systems.into_iter().flat_map(|(id, risk)| sample::system(id, risk, (at(0), until)));
    let mut events: Vec<Event> = sample::organisation(until).into_iter().chain(systems).collect();
    events.extend([
        Event::ConsultationOpened {
            system: "a".into(),
            consultation: "2".into(),
            question: "Et maintenant ?".into(),
            closes: at(30),
            due: at(60),
            url: String::new(),
        },
        Event::Stopped { system: "b".into(), reason: "Erreurs".into() },
        Event::OwnerLeft { system: "c".into() },
    ]);
    events
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// On registers drawn at random, at any time, the two readings find the same missing requirements.
    #[test]
    fn the_fast_answer_is_the_straightforward_one(
        kept in proptest::collection::vec(proptest::bool::weighted(0.9), dossiers().len()),
        day in -200i64..800,
        system in proptest::sample::select(vec!["a", "b", "c", "unknown"]),
        person in proptest::option::of(proptest::sample::select(vec!["agent", "other"])),
        case in proptest::sample::select(vec![None, Some(CaseMode::Assisted), Some(CaseMode::WithoutAi)]),
        (action, name) in proptest::sample::select(vec![(Action::Try, "try"), (Action::Authorise, "authorise"), (Action::Call, "call")]),
    ) {
        let events = dossiers().into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(event, _)| event);
        let register = sample::register(events, at(0));
        let call = Call { system: system.into(), model: sample::MODEL.into(), person: person.map(str::to_owned), case };
        let rules = Rules::with(&local()).unwrap();
        let decision = rules.decide(&register, action, &call, at(day)).unwrap();
        let mut fast: Vec<String> = decision.missing.iter().map(|requirement| requirement.id.clone()).collect();
        fast.sort();
        prop_assert_eq!(fast, straightforward(&Facts::of(&register, &call, at(day)), name, (person.unwrap_or("unknown"), system), at(day)));
        // And nothing changes before the instant that the answer names.
        if let Some(until) = decision.valid_until {
            let before = until - jiff::SignedDuration::from_millis(1);
            prop_assert_eq!(&rules.decide(&register, action, &call, before).unwrap().missing, &decision.missing);
        }
    }
}

#[test]
fn a_complete_dossier_of_each_risk_is_allowed() {
    let until = at(300);
    let rules = Rules::shipped().unwrap();
    for risk in [Risk::High, Risk::Limited, Risk::Low] {
        let events = sample::organisation(until).into_iter().chain(sample::system("a", risk, (at(0), until)));
        let register = sample::register(events, at(0));
        let case = (risk != Risk::Low).then_some(CaseMode::Assisted);
        let call = Call { system: "a".into(), model: sample::MODEL.into(), person: Some(sample::AGENT.into()), case };
        assert_eq!(rules.decide(&register, Action::Call, &call, at(1)).unwrap().missing, [], "{risk:?}");
    }
}

/// Otherwise each decision would be a walk through Cedar, and asked again every second.
#[test]
fn what_ships_is_read_quickly_and_changes_at_its_dates() {
    for pack in PackText::shipped().into_iter().chain(local().into_iter().take(1)) {
        for (requirement, policy) in pack::read(&pack, &pack::schema().unwrap()).unwrap() {
            let quick = quick::Quick::of(std::iter::once(&policy));
            assert!(
                quick.is_some_and(|quick| quick.changes_at_dates_only()),
                "{}: {:?}",
                requirement.id,
                policy.to_json().unwrap()
            );
        }
    }
}
