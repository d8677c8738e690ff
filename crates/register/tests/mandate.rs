//! No mandate, no call: one complete dossier is allowed, and taking any one thing away refuses, in words.

use std::collections::BTreeMap;

use gouvernail_register::{
    ActRefused, Action, Automation, Call, CaseMode, Clause, Event, NoticeWords, Objective, Recorded, Register, Requirement, Risk,
    Rules, StudyKind, SystemSheet, check, sample::as_read, statement,
};
use jiff::Timestamp;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-24T10:00:00Z")
}

fn later() -> Timestamp {
    at("2027-11-24T10:00:00Z")
}

fn sheet() -> SystemSheet {
    SystemSheet {
        name: "Orientation du courrier".into(),
        purpose_fr: "Proposer le service qui traitera une demande.".into(),
        purpose_en: "Propose the service that will handle a request.".into(),
        objective: "delais".into(),
        risk: Risk::High,
        automation: Automation::Assisted,
        self_learning: false,
        sensitive_data: false,
        touches_cases: true,
        decisions: vec!["Voirie".into(), "École".into()],
        classification: Default::default(),
    }
}

fn words() -> NoticeWords {
    NoticeWords { does: vec!["Propose un service.".into()], does_not: vec!["Ne décide pas.".into()], ..NoticeWords::default() }
}

fn evaluated(passed: u32, smaller_that_pass: u32) -> Event {
    let (system, version, evaluation) = ("orientation".into(), "1".into(), "orientation-courrier 2".into());
    Event::Evaluated { system, version, evaluation, passed, total: 24, required: 21, smaller_that_pass }
}

/// Everything that the demonstration's system needs, in the order in which people would do it.
fn dossier() -> Vec<Event> {
    let system = || "orientation".to_owned();
    let version = || "1".to_owned();
    let answers = BTreeMap::from([("risques".to_owned(), "Une erreur retarde la réponse.".into())]);
    let written = |kind| Event::StudyWritten { system: system(), kind, answers: answers.clone(), contributors: Vec::new() };
    let signed = |kind| Event::StudySigned { system: system(), kind, until: later(), digest: String::new() };
    vec![
        Event::OrganisationDeclared { name: "Commune".into(), siret: "21350001800013".into(), public_log: true },
        Event::StrategyPublished {
            version: "1".into(),
            title: "Stratégie".into(),
            url: "https://commune.example/strategie".into(),
            adopted: "2026-03-12".parse().unwrap(),
            objectives: vec![Objective { id: "delais".into(), title: "Répondre plus vite".into() }],
            voted: String::new(),
            words: String::new(),
        },
        Event::ReferentAppointed { person: "referente".into() },
        Event::HostDeclared {
            host: "hote".into(),
            name: "Hôte".into(),
            embedded: false,
            base_url: "http://127.0.0.1:1/v1".into(),
            country: "FR".into(),
            traits: Default::default(),
        },
        Event::ContractSigned {
            host: "hote".into(),
            reference: "2026-17".into(),
            until: later(),
            clauses: ["environment", "social", "no-training"]
                .map(|kind| Clause { kind: kind.into(), evidence: "p. 3".into(), ..Clause::default() })
                .into(),
            terms: Default::default(),
        },
        Event::ModelDeclared {
            model: "petit".into(),
            name: "Petit".into(),
            host: "hote".into(),
            open_weights: true,
            licence: "Apache-2.0".into(),
            active_billions: 1.5,
            total_billions: 1.5,
            traits: Default::default(),
        },
        Event::SystemDeclared { system: system(), sheet: sheet() },
        Event::VersionDeclared {
            system: system(),
            version: version(),
            model: "petit".into(),
            digest: "00".into(),
            change: String::new(),
            substantial: false,
        },
        Event::OwnerNamed { system: system(), person: "responsable".into() },
        Event::OwnerAccepted { system: system() },
        written(StudyKind::Rights),
        signed(StudyKind::Rights),
        written(StudyKind::DataProtection),
        signed(StudyKind::DataProtection),
        written(StudyKind::Environment),
        signed(StudyKind::Environment),
        Event::TrainingPublished { system: system(), module: "orientation".into() },
        Event::Certified {
            system: system(),
            version: version(),
            person: "agent".into(),
            until: later(),
            means: String::new(),
            passed: None,
            evidence: String::new(),
        },
        Event::NoticePublished { system: system(), fr: words(), en: words() },
        Event::HumanChannelGiven { system: system(), telephone: "01 99 00 12 34".into(), hours: "le matin".into() },
        Event::SkillsPlanWritten {
            system: system(),
            plan: "Un jour sur cinq sans l'outil.".into(),
            skills: Vec::new(),
            quota: 0,
            continuity: String::new(),
        },
        Event::ConsultationAnswered {
            system: system(),
            question: "Faut-il un outil pour orienter le courrier ?".into(),
            contributions: 4,
            answer: "Oui, avec un avis humain d'abord.".into(),
            consultation: String::new(),
            url: String::new(),
        },
        evaluated(23, 0),
        Event::Authorised {
            system: system(),
            version: version(),
            scope: "Accueil".into(),
            from: now(),
            until: later(),
            digest: String::new(),
            experiment: false,
        },
    ]
}

/// Studies are written by the agent; everything else is done by the owner.
fn author(event: &Event) -> &'static str {
    if matches!(event, Event::StudyWritten { .. }) { "agent" } else { "responsable" }
}

fn register(events: Vec<Event>) -> Register {
    let mut register = Register::default();
    for (event, seq) in events.into_iter().zip(1..) {
        let event = as_read(&register, event);
        register.apply(&Recorded { seq, at: now(), author: author(&event).into(), event });
    }
    register
}

fn call() -> Call {
    Call { system: "orientation".into(), model: "petit".into(), person: Some("agent".into()), case: Some(CaseMode::Assisted) }
}

fn missing(events: Vec<Event>, call: &Call, when: Timestamp) -> Vec<Requirement> {
    Rules::shipped().unwrap().decide(&register(events), Action::Call, call, when).unwrap().missing
}

/// The dossier without the events of one kind, or with one more.
fn refused_without(keep: impl Fn(&Event) -> bool) -> Vec<String> {
    let events = dossier().into_iter().filter(|event| keep(event)).collect();
    missing(events, &call(), now()).into_iter().map(|requirement| requirement.id).collect()
}

#[test]
fn a_complete_dossier_is_allowed() {
    assert_eq!(missing(dossier(), &call(), now()), []);
}

#[test]
fn an_empty_register_refuses_in_words() {
    let missing = missing(Vec::new(), &call(), now());
    assert!(missing.len() >= 12, "{missing:#?}");
    for requirement in missing {
        assert!(requirement.fr.ends_with('.') && requirement.en.ends_with('.'), "{requirement:?}");
        assert!(requirement.fix.starts_with('/'), "{requirement:?}");
    }
}

macro_rules! refused {
    ($name:ident, $id:literal, $proposition:literal, $without:pat) => {
        #[test]
        fn $name() {
            let ids = refused_without(|event| !matches!(event, $without));
            assert!(ids.contains(&$id.to_owned()), "{ids:?}");
            let rules = Rules::shipped().unwrap();
            let found = rules.requirements().any(|r| r.id == $id && r.proposition == $proposition);
            assert!(found, "{} does not carry out proposition {}", $id, $proposition);
        }
    };
}

refused!(proposition_01_no_strategy, "strategy", "1", Event::StrategyPublished { .. });
refused!(proposition_01_no_objective, "objective", "1", Event::StrategyPublished { .. });
refused!(proposition_02_no_referent, "referent", "2", Event::ReferentAppointed { .. });
refused!(proposition_02_owner_has_not_accepted, "owner", "2", Event::OwnerAccepted { .. });
refused!(proposition_03_no_public_log, "public-log", "3", Event::OrganisationDeclared { .. });
refused!(proposition_04_no_human_channel, "human-channel", "4", Event::HumanChannelGiven { .. });
refused!(proposition_05_not_trained, "training", "5", Event::Certified { .. });
refused!(proposition_07_no_notice, "notice", "7", Event::NoticePublished { .. });
refused!(proposition_08_not_evaluated, "smallest-model", "8", Event::Evaluated { .. });
refused!(proposition_09_model_unknown, "open-model", "9", Event::ModelDeclared { .. });
refused!(proposition_10_no_clause_on_data, "no-training-on-data", "10", Event::ContractSigned { .. });
refused!(proposition_11_no_study, "study-rights", "11", Event::StudySigned { .. });
refused!(proposition_12_no_contract, "contract", "12", Event::ContractSigned { .. });
refused!(proposition_13_no_log_to_observe, "observed", "13", Event::OrganisationDeclared { .. });
refused!(proposition_14_no_consultation, "consultation", "14", Event::ConsultationAnswered { .. });
refused!(proposition_15_no_skills_plan, "skills", "15", Event::SkillsPlanWritten { .. });
refused!(proposition_01_no_organisation, "organisation", "1", Event::OrganisationDeclared { .. });
refused!(no_authorisation, "authorisation", "1", Event::Authorised { .. });

#[test]
fn proposition_06_deciding_alone_and_learning_alone_is_never_authorised() {
    let mut events = dossier();
    let alone = SystemSheet { automation: Automation::Full, self_learning: true, ..sheet() };
    events.push(Event::SystemDeclared { system: "orientation".into(), sheet: alone });
    let ids: Vec<String> = missing(events, &call(), now()).into_iter().map(|r| r.id).collect();
    assert!(ids.iter().any(|id| id == "human-decision"), "{ids:?}");
}

#[test]
fn proposition_08_a_smaller_model_passes() {
    let mut events = dossier();
    events.push(evaluated(24, 1));
    assert_eq!(missing(events, &call(), now())[0].id, "smallest-model");
}

#[test]
fn proposition_15_a_case_drawn_to_be_done_without_ai() {
    let call = Call { case: Some(CaseMode::WithoutAi), ..call() };
    assert_eq!(missing(dossier(), &call, now())[0].id, "case-without-ai");
}

#[test]
fn proposition_07_a_call_says_which_file_it_touches() {
    let unsaid = Call { case: None, ..call() };
    assert_eq!(missing(dossier(), &unsaid, now())[0].id, "case-named");
    let mut events = dossier();
    events.push(Event::SystemDeclared { system: "orientation".into(), sheet: SystemSheet { touches_cases: false, ..sheet() } });
    let ids = |call: &Call| missing(events.clone(), call, now()).into_iter().map(|r| r.id).collect::<Vec<_>>();
    assert!(!ids(&unsaid).contains(&"case-named".to_owned()));
    assert!(ids(&call()).contains(&"case-undeclared".to_owned()));
}

#[test]
fn a_stop_order_refuses_until_it_is_lifted() {
    let mut events = dossier();
    events.push(Event::Stopped { system: "orientation".into(), reason: "Erreurs répétées".into() });
    assert_eq!(missing(events.clone(), &call(), now())[0].id, "stop-order");
    events.push(Event::Resumed { system: "orientation".into(), reason: "Corrigé".into() });
    assert_eq!(missing(events, &call(), now()), []);
}

#[test]
fn an_unknown_caller_is_not_trained() {
    let call = Call { person: None, ..call() };
    assert_eq!(missing(dossier(), &call, now())[0].id, "training");
}

#[test]
fn another_model_than_the_declared_one_is_refused() {
    let call = Call { model: "autre".into(), ..call() };
    assert!(missing(dossier(), &call, now()).iter().any(|r| r.id == "open-model"));
}

#[test]
fn the_right_lapses_by_itself_and_the_answer_says_when_to_ask_again() {
    let rules = Rules::shipped().unwrap();
    let register = register(dossier());
    let answer = rules.decide(&register, Action::Call, &call(), now()).unwrap();
    assert_eq!(answer.valid_until, Some(later()));
    let ids: Vec<String> =
        rules.decide(&register, Action::Call, &call(), later()).unwrap().missing.into_iter().map(|r| r.id).collect();
    for lapsed in ["authorisation", "training", "study-rights", "data-protection-study", "environment-study", "contract"] {
        assert!(ids.contains(&lapsed.to_owned()), "{lapsed} should have lapsed: {ids:?}");
    }
}

#[test]
fn a_duty_binds_from_its_date_of_effect_and_not_before() {
    let rules = Rules::shipped().unwrap();
    let events = dossier().into_iter().filter(|e| !matches!(e, Event::ContractSigned { .. })).collect();
    let register = register(events);
    let ids = |when| -> Vec<String> {
        rules.decide(&register, Action::Call, &call(), when).unwrap().missing.into_iter().map(|r| r.id).collect()
    };
    assert!(!ids(at("2026-08-21T21:59:59Z")).contains(&"contract".to_owned()));
    assert!(ids(at("2026-08-21T22:00:00Z")).contains(&"contract".to_owned()));
}

#[test]
fn every_proposition_has_a_requirement() {
    let rules = Rules::shipped().unwrap();
    let mut numbers: Vec<u8> = rules.requirements().filter_map(|r| r.proposition.parse().ok()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers, (1..=15).collect::<Vec<u8>>());
}

#[test]
fn a_broken_pack_is_refused_with_its_place() {
    let words = r#"@id("x") @proposition("1") @law("") @since("2026-01-01") @fr("a.") @en("b.") @fix("/")"#;
    for (text, expected) in [
        ("forbid (principal".to_owned(), "cannot be read"),
        (
            format!("{words} forbid (principal, action in Action::\"run\", resource) unless {{ context.syztem.declared }};"),
            "schema",
        ),
        ("@id(\"x\") forbid (principal, action in Action::\"run\", resource);".to_owned(), "@since"),
    ] {
        let Err(error) = Rules::load(&[("local", &text)]) else { panic!("accepted: {text}") };
        assert!(error.to_string().contains(expected) && error.to_string().contains("local"), "{error}");
    }
}

#[test]
fn nobody_signs_their_own_study_nor_accepts_for_another() {
    let rules = Rules::shipped().unwrap();
    let register = register(dossier());
    let signed =
        |kind| as_read(&register, Event::StudySigned { system: "orientation".into(), kind, until: later(), digest: String::new() });
    assert!(matches!(check(&register, &rules, "agent", &signed(StudyKind::Rights), now()), Err(ActRefused::OwnStudy)));
    assert!(matches!(check(&register, &rules, "elue", &signed(StudyKind::Light), now()), Err(ActRefused::NoStudy)));
    assert!(check(&register, &rules, "elue", &signed(StudyKind::Rights), now()).is_ok());
    let accept = Event::OwnerAccepted { system: "orientation".into() };
    assert!(check(&register, &rules, "agent", &accept, now()).is_err());
    assert!(check(&register, &rules, "responsable", &accept, now()).is_ok());
}

proptest! {
    /// Whatever acts are recorded through `check`, in whatever order: as long as one thing is missing, there is no call.
    #[test]
    fn no_order_of_acts_starts_a_system_while_something_is_missing(
        order in Just((0..dossier().len()).collect::<Vec<_>>()).prop_shuffle(),
        left_out in 0..dossier().len(),
    ) {
        let rules = Rules::shipped().unwrap();
        let acts = dossier();
        let mut register = Register::default();
        for index in order.into_iter().filter(|index| *index != left_out) {
            let event = as_read(&register, acts[index].clone());
            let author = author(&event);
            if check(&register, &rules, author, &event, now()).is_ok() {
                let seq = register.epoch + 1;
                register.apply(&Recorded { seq, at: now(), author: author.into(), event });
            }
        }
        let optional = matches!(acts[left_out], Event::TrainingPublished { .. });
        let answer = rules.decide(&register, Action::Call, &call(), now()).unwrap();
        prop_assert!(optional || !answer.allowed());
    }
}

#[test]
fn what_is_said_in_clear_names_nobody() {
    let mut events = dossier();
    events.push(Event::Stopped { system: "orientation".into(), reason: "Erreurs répétées".into() });
    let said: Vec<_> = events.iter().filter_map(|event| statement(event, now())).collect();
    for kind in ["strategy", "version", "owner_accepted", "study_signed", "consultation_answered", "authorised", "stopped"] {
        assert!(said.iter().any(|statement| statement["type"] == kind), "{kind}");
    }
    let text = serde_json::to_string(&said).unwrap();
    for person in ["responsable", "referente", "agent", "elue"] {
        assert!(!text.contains(&format!("\"{person}\"")), "{person} is named: {text}");
    }
}
