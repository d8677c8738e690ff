//! The road of a case, and what no sequence of commands can reach.

use gouvernail_cases::record::{self, Kind};
use gouvernail_cases::{Agent, Case, CaseError, CaseEvent, CaseUse, Channel, Lang, Outcome, SealedText, SystemFacts, code, notice};
use jiff::{Timestamp, civil::date};
use proptest::prelude::*;

const WHY: &str = "Les revenus ouvrent droit au tarif réduit.";

fn at() -> Timestamp {
    Timestamp::from_second(1_795_000_000).unwrap()
}

fn agent(n: u8) -> Agent {
    Agent::new(format!("a{n}"), ["Awa Diallo", "Łukasz Nowak", "Zoé Martin"][usize::from(n) % 3])
}

fn case_use(n: u8) -> CaseUse {
    CaseUse {
        use_id: format!("u{n}"),
        system: "tri".into(),
        version: "1".into(),
        at: at(),
        purpose: "préparer un résumé".into(),
        data_categories: vec!["revenus".into()],
        output: SealedText::new("Avis favorable"),
        proposal: Some(SealedText::new("favorable")),
        footprint: None,
    }
}

fn opened() -> (Case, Vec<CaseEvent>) {
    let event = Case::open("c1", "2026-118", "Tarif réduit de cantine", vec![], at()).unwrap();
    (Case::fold([&event]).unwrap(), vec![event])
}

fn go(case: &mut Case, history: &mut Vec<CaseEvent>, event: Result<CaseEvent, CaseError>) {
    let event = event.unwrap();
    case.apply(&event).unwrap();
    history.push(event);
}

fn decided() -> (Case, Vec<CaseEvent>) {
    let (mut case, mut history) = opened();
    let event = case.record_use(case_use(0));
    go(&mut case, &mut history, event);
    let event = case.judge("u0", agent(0), "favorable", [7; 32], at());
    go(&mut case, &mut history, event);
    let event = case.reveal("u0", agent(0), at());
    go(&mut case, &mut history, event);
    let event = case.decide(agent(0), "favorable", WHY, at());
    go(&mut case, &mut history, event);
    (case, history)
}

fn contested() -> (Case, Vec<CaseEvent>) {
    let (mut case, mut history) = decided();
    let event = case.notify("hash", "letter-1", at());
    go(&mut case, &mut history, event);
    let event = case.contest("k1", Channel::Phone, "Je ne comprends pas.", date(2027, 1, 31), at());
    go(&mut case, &mut history, event);
    (case, history)
}

#[test]
fn output_stays_closed_until_judged_and_revealed() {
    let (mut case, mut history) = opened();
    let event = case.record_use(case_use(0));
    go(&mut case, &mut history, event);
    assert!(matches!(case.output("u0", &agent(0)), Err(CaseError::NotRevealed { .. })));
    assert!(matches!(case.reveal("u0", agent(0), at()), Err(CaseError::NotJudged { .. })));
    let event = case.judge("u0", agent(0), "favorable", [1; 32], at());
    go(&mut case, &mut history, event);
    assert!(
        matches!(case.reveal("u0", agent(1), at()), Err(CaseError::NotJudged { .. })),
        "another agent's judgement opens nothing"
    );
    assert!(matches!(case.decide(agent(0), "favorable", WHY, at()), Err(CaseError::NotRevealed { .. })));
    let event = case.reveal("u0", agent(0), at());
    go(&mut case, &mut history, event);
    assert_eq!(case.output("u0", &agent(0)), Ok("Avis favorable"));
    assert!(!format!("{case:?}").contains("Avis favorable"), "debug prints must not leak the output");
    assert!(matches!(case.judge("u0", agent(0), "défavorable", [2; 32], at()), Err(CaseError::AlreadyJudged { .. })));
}

#[test]
fn a_decision_needs_a_named_human_and_a_reason() {
    let (case, _) = opened();
    assert_eq!(case.decide(Agent::new("a0", " "), "oui", WHY, at()), Err(CaseError::NoNamedHuman));
    assert_eq!(case.decide(agent(0), "oui", "RAS, conforme", at()), Err(CaseError::NoReason { min: 10 }));
    assert_eq!(case.decide(agent(0), " ", WHY, at()), Err(CaseError::Empty { field: "value" }));
    assert_eq!(case.notify("h", "l", at()), Err(CaseError::NotDecided));
}

#[test]
fn a_contestation_reaches_somebody_else_within_a_calendar_month() {
    let (mut case, mut history) = contested();
    assert_eq!(case.contestations[0].due, date(2027, 2, 28));
    assert!(case.contestations[0].is_late(date(2027, 3, 1)) && !case.contestations[0].is_late(date(2027, 2, 28)));
    assert_eq!(case.assign("k1", agent(0), at()), Err(CaseError::SameAgent { agent: "a0".into() }));
    assert!(matches!(case.answer("k1", agent(1), Outcome::Maintained, WHY, at()), Err(CaseError::NotAssigned { .. })));
    let event = case.assign("k1", agent(1), at());
    go(&mut case, &mut history, event);
    assert_eq!(case.answer("k1", agent(1), Outcome::Maintained, "ok", at()), Err(CaseError::NoReason { min: 10 }));
    let event = case.answer("k1", agent(1), Outcome::Changed { value: "défavorable".into() }, WHY, at());
    go(&mut case, &mut history, event);
    assert_eq!(case.assign("k1", agent(2), at()), Err(CaseError::AlreadyAnswered("k1".into())));
    assert_eq!(Case::fold(&history), Ok(case));
}

#[test]
fn events_survive_json_and_an_altered_history_does_not_load() {
    let (case, history) = contested();
    let json = serde_json::to_string(&history).unwrap();
    let back: Vec<CaseEvent> = serde_json::from_str(&json).unwrap();
    assert_eq!(Case::fold(&back), Ok(case));
    let mut altered = back.clone();
    if let CaseEvent::Judged { value, .. } = &mut altered[2] {
        *value = "défavorable".into();
    }
    assert_eq!(Case::fold(&altered), Err(CaseError::BrokenSeal("u0".into())));
    let mut cut = back;
    cut.remove(2);
    assert!(matches!(Case::fold(&cut), Err(CaseError::NotJudged { .. })));
    assert_eq!(Case::fold(&[]), Err(CaseError::NotOpened));
}

#[test]
fn acts_that_matter_owe_a_record() {
    let (case, history) = contested();
    let owed: Vec<Kind> = history.iter().filter_map(|e| record::of_event(&case, e).unwrap()).map(|(kind, _)| kind).collect();
    assert_eq!(owed, [Kind::CaseUse, Kind::Decision, Kind::Notice, Kind::Contestation]);
    let (_, value) = record::of_event(&case, &history[4]).unwrap().unwrap();
    assert_eq!(value["kind"], "decision");
    assert_eq!(value["body"]["judgements"][0]["value"], "favorable");
}

fn facts() -> SystemFacts {
    serde_json::from_value(serde_json::json!({
        "administration": "La commune de Saint-Aubin", "name": "Tri des demandes", "purpose": "préparer un résumé de votre demande",
        "operations": ["Il a lu votre demande"], "does_not": ["Il n’a pas cherché d’autres informations sur vous"],
        "data": [{"label": "vos revenus", "source": "votre formulaire"}],
        "factors": [{"name": "le quotient familial", "weight": "la moitié", "situation": "540 euros"}],
        "phone": "02 00 00 00 00", "post": "Mairie, 1 place de la République, 00000 Saint-Aubin",
        "url": "https://ia.example.fr/c", "register_url": "https://ia.example.fr/registre"
    }))
    .unwrap()
}

#[test]
fn the_notice_says_it_all_in_plain_words() {
    let (case, _) = decided();
    for lang in [Lang::Fr, Lang::En] {
        let notice = notice(&case, &facts(), date(2026, 11, 24), lang).unwrap();
        let ids: Vec<_> = notice.blocks.iter().map(|b| b.id).collect();
        assert_eq!(ids, ["did", "did_not", "data", "counted", "decided", "human", "contest", "documents"]);
        let text: String =
            notice.blocks.iter().flat_map(|b| b.paragraphs.iter().chain(&b.items)).map(|p| format!("{p}\n")).collect();
        for wanted in ["Awa Diallo", "02 00 00 00 00", "https://ia.example.fr/c", "CADA", "540 euros", WHY] {
            assert!(text.contains(wanted), "{lang:?}: {wanted} missing in\n{text}");
        }
        for jargon in ["CRPA", "R311", "L311", "R*311", "algorithmique", ".."] {
            assert!(!text.contains(jargon), "{lang:?}: {jargon} in\n{text}");
        }
        assert!(notice.mention.cada.contains("CADA") && !notice.detail.parameters.is_empty());
    }
    let (undecided, _) = opened();
    assert_eq!(notice(&undecided, &facts(), date(2026, 11, 24), Lang::Fr), Err(CaseError::NotDecided));
}

#[derive(Debug, Clone)]
enum Act {
    Use(u8),
    Judge(u8, u8),
    Reveal(u8, u8),
    Decide(u8, bool),
    Notify,
    Contest(u8),
    Assign(u8, u8),
    Answer(u8, u8),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let (u, a) = (0..3_u8, 0..3_u8);
    proptest::collection::vec(
        prop_oneof![
            u.clone().prop_map(Act::Use),
            (u.clone(), a.clone()).prop_map(|(u, a)| Act::Judge(u, a)),
            (u.clone(), a.clone()).prop_map(|(u, a)| Act::Reveal(u, a)),
            (a.clone(), any::<bool>()).prop_map(|(a, why)| Act::Decide(a, why)),
            Just(Act::Notify),
            u.clone().prop_map(Act::Contest),
            (u.clone(), a.clone()).prop_map(|(u, a)| Act::Assign(u, a)),
            (u, a).prop_map(|(u, a)| Act::Answer(u, a)),
        ],
        0..60,
    )
}

fn play(case: &Case, act: &Act) -> Result<CaseEvent, CaseError> {
    match act {
        Act::Use(u) => case.record_use(case_use(*u)),
        Act::Judge(u, a) => case.judge(&format!("u{u}"), agent(*a), "favorable", [*u; 32], at()),
        Act::Reveal(u, a) => case.reveal(&format!("u{u}"), agent(*a), at()),
        Act::Decide(a, why) => case.decide(agent(*a), "favorable", if *why { WHY } else { "ok" }, at()),
        Act::Notify => case.notify("hash", "letter", at()),
        Act::Contest(k) => case.contest(&format!("k{k}"), Channel::Web, "Regardez encore.", date(2026, 11, 24), at()),
        Act::Assign(k, a) => case.assign(&format!("k{k}"), agent(*a), at()),
        Act::Answer(k, a) => case.answer(&format!("k{k}"), agent(*a), Outcome::Maintained, WHY, at()),
    }
}

// Written over the bare list of events, without the crate's own checks.
fn hold(history: &[CaseEvent]) -> Result<(), TestCaseError> {
    for (place, event) in history.iter().enumerate() {
        let before = &history[..place];
        let decider = before.iter().find_map(|e| if let CaseEvent::Decided { agent, .. } = e { Some(&agent.id) } else { None });
        match event {
            CaseEvent::Revealed { use_id, agent, .. } => prop_assert!(
                before
                    .iter()
                    .any(|e| matches!(e, CaseEvent::Judged { use_id: u, agent: a, .. } if u == use_id && a.id == agent.id)),
                "revealed before judged"
            ),
            CaseEvent::Decided { agent, reason, .. } => {
                prop_assert!(decider.is_none() && reason.chars().count() >= 10);
                for used in before.iter().filter_map(|e| if let CaseEvent::UseRecorded(u) = e { Some(&u.use_id) } else { None }) {
                    prop_assert!(
                        before.iter().any(
                            |e| matches!(e, CaseEvent::Revealed { use_id, agent: a, .. } if use_id == used && a.id == agent.id)
                        ),
                        "decided unseen"
                    );
                }
            }
            CaseEvent::Notified { .. } => prop_assert!(decider.is_some()),
            CaseEvent::Assigned { agent, .. } | CaseEvent::Answered { agent, .. } => prop_assert!(decider != Some(&agent.id)),
            _ => {}
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_sequence_breaks_the_order(acts in acts()) {
        let (mut case, mut history) = opened();
        for act in &acts {
            if let Ok(event) = play(&case, act) {
                case.apply(&event).unwrap();
                history.push(event);
            }
        }
        hold(&history)?;
        prop_assert_eq!(Case::fold(&history), Ok(case));
    }

    #[test]
    fn no_shuffled_history_loads_out_of_order(seed in Just(contested().1).prop_shuffle()) {
        if Case::fold(&seed).is_ok() {
            hold(&seed)?;
        }
    }
}

#[test]
fn a_code_is_stored_as_its_hash() {
    let code = code::from_bytes([9; 7]);
    assert_eq!(code::hash(&code).unwrap().len(), 64);
    assert_ne!(code::hash(&code), code::hash(&code::from_bytes([8; 7])));
    assert_eq!(code::hash("0"), Err(code::CodeError::Length(1)));
}
