//! The road of a case, and what no sequence of commands can reach.

use gouvernail_cases::record::{self, Kind};
use std::sync::LazyLock;

use gouvernail_cases::notice::{DataSource, UnknownUse, answer};
use gouvernail_cases::{
    Agent, Case, CaseError, CaseEvent, CaseUse, Channel, Facts, Lang, LetterFrame, Message, Outcome, SealedText, Status, Told,
    Tool, Topic, UseFootprint, code, notice,
};
use jiff::{SignedDuration, Timestamp, civil::date};
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

/// A use that the gateway has made.
fn used(case: &Case, case_use: CaseUse) -> Result<CaseEvent, CaseError> {
    let event = CaseEvent::UseRecorded(case_use);
    case.check(&event).map(|()| event)
}

fn decided() -> (Case, Vec<CaseEvent>) {
    let (mut case, mut history) = opened();
    let event = used(&case, case_use(0));
    go(&mut case, &mut history, event);
    let event = case.judge("u0", agent(0), ("favorable", "Revenus bas"), [7; 32], at());
    go(&mut case, &mut history, event);
    let event = case.reveal("u0", agent(0), at());
    go(&mut case, &mut history, event);
    let event = case.decide(agent(0), "favorable", WHY, at());
    go(&mut case, &mut history, event);
    (case, history)
}

fn contested() -> (Case, Vec<CaseEvent>) {
    let (mut case, mut history) = decided();
    let event = case.notify("hash", "letter-1", TOLD.clone(), at());
    go(&mut case, &mut history, event);
    let event = case.contest("k1", Channel::Phone, ("Je ne comprends pas.", ""), date(2027, 1, 31), at());
    go(&mut case, &mut history, event);
    (case, history)
}

#[test]
fn output_stays_closed_until_judged_and_revealed() {
    let (mut case, mut history) = opened();
    let event = used(&case, case_use(0));
    go(&mut case, &mut history, event);
    assert!(matches!(case.output("u0", &agent(0)), Err(CaseError::NotRevealed { .. })));
    assert!(matches!(case.reveal("u0", agent(0), at()), Err(CaseError::NotJudged { .. })));
    let event = case.judge("u0", agent(0), ("favorable", "Revenus bas"), [1; 32], at());
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
    assert!(matches!(
        case.judge("u0", agent(0), ("défavorable", "Autre avis"), [2; 32], at()),
        Err(CaseError::AlreadyJudged { .. })
    ));
}

#[test]
fn a_decision_needs_a_named_human_and_a_reason() {
    let (case, _) = opened();
    assert_eq!(case.decide(Agent::new("a0", " "), "oui", WHY, at()), Err(CaseError::NoNamedHuman));
    assert_eq!(case.decide(agent(0), "oui", "RAS, conforme", at()), Err(CaseError::NoReason { min: 10 }));
    assert_eq!(case.decide(agent(0), " ", WHY, at()), Err(CaseError::Empty { field: "value" }));
    assert_eq!(case.notify("h", "l", TOLD.clone(), at()), Err(CaseError::NotDecided));
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

fn tool(id: &str) -> Tool {
    Tool {
        id: id.into(),
        name: "Tri des demandes".into(),
        purpose: "préparer un résumé de votre demande".into(),
        does: vec!["Il a lu votre demande".into()],
        does_not: vec!["Il n’a pas cherché d’autres informations sur vous".into()],
        data: vec![DataSource { label: "vos revenus".into(), source: "votre formulaire".into() }],
        counts: vec!["le quotient familial, 540 euros, compte pour la moitié".into()],
        model: "Petit 1.5B".into(),
        host: "la commune".into(),
    }
}

fn facts() -> Facts {
    Facts {
        tools: vec![tool("tri")],
        unknown: Vec::new(),
        phone: "02 00 00 00 00".into(),
        hours: "de 9 h à 17 h".into(),
        post: "Mairie, 1 place de la République, 00000 Saint-Aubin".into(),
        site: "https://ia.example.fr/d".into(),
        register: "https://ia.example.fr/register".into(),
    }
}

fn told(case: &Case) -> Told {
    let day = date(2026, 11, 24);
    let words = |lang| notice(case, &facts(), day, lang).unwrap();
    let frame = LetterFrame {
        sender: vec!["Commune de Saint-Aubin".into()],
        recipient: vec!["Mme Zoé Martin".into()],
        place: "Saint-Aubin".into(),
        date: day,
        reference: case.reference.clone(),
        site: facts().site,
        phone: facts().phone,
    };
    Told { lang: Lang::Fr, fr: words(Lang::Fr), en: words(Lang::En), frame }
}

/// All that a message says.
fn text(message: &Message) -> String {
    let blocks = message.blocks.iter().flat_map(|b| [&b.heading].into_iter().chain(&b.paragraphs).chain(&b.items));
    [&message.title, &message.intro].into_iter().chain(blocks).map(|words| plain(words) + "\n").collect()
}

/// Without the blanks that do not break.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn the_notice_says_it_all_in_plain_words() {
    let (case, _) = decided();
    for lang in [Lang::Fr, Lang::En] {
        let notice = notice(&case, &facts(), date(2026, 11, 24), lang).unwrap();
        let text = text(&notice.message);
        for wanted in ["Awa Diallo", "02 00 00 00 00", "https://ia.example.fr/d", "CADA", "540 euros", WHY, "favorable", "2027"] {
            assert!(text.contains(wanted), "{lang:?}: {wanted} missing in\n{text}");
        }
        for jargon in ["CRPA", "R311", "L311", "R*311", "algorithmique", ".."] {
            assert!(!text.contains(jargon), "{lang:?}: {jargon} in\n{text}");
        }
        assert!(notice.mention.cada.contains("CADA") && !notice.detail.parameters.is_empty());
        assert!(notice.detail.operations.iter().any(|said| said.contains("Petit 1.5B")));
    }
    let (undecided, _) = opened();
    assert_eq!(notice(&undecided, &facts(), date(2026, 11, 24), Lang::Fr), Err(CaseError::NotDecided));
}

/// A case with these uses of `tri`, decided "favorable" by an agent who saw them all.
fn decided_after(uses: Vec<CaseUse>) -> Case {
    let (mut case, mut history) = opened();
    for one in uses {
        let id = one.use_id.clone();
        let event = used(&case, one);
        go(&mut case, &mut history, event);
        let event = case.judge(&id, agent(0), ("favorable", "Revenus bas"), [7; 32], at());
        go(&mut case, &mut history, event);
        let event = case.reveal(&id, agent(0), at());
        go(&mut case, &mut history, event);
    }
    let event = case.decide(agent(0), "favorable", WHY, at());
    go(&mut case, &mut history, event);
    case
}

fn did(case: &Case, facts: &Facts) -> String {
    let notice = notice(case, facts, date(2026, 11, 24), Lang::Fr).unwrap();
    plain(&notice.message.block(Topic::Did).unwrap().paragraphs.join(" "))
}

#[test]
fn what_is_said_of_the_tool_is_what_happened() {
    let other = |n| CaseUse { proposal: Some(SealedText::new("défavorable")), ..case_use(n) };
    let writes = |n| CaseUse { proposal: None, ..case_use(n) };
    let known = |uses| did(&decided_after(uses), &facts());
    let followed = known(vec![case_use(0)]);
    assert!(followed.contains("une fois") && followed.contains("proposé : favorable. ") && followed.contains("même sens"));
    let departed = known(vec![other(0), other(1)]);
    assert!(departed.contains("2 fois") && departed.contains("proposé : défavorable. ") && departed.contains("différente"));
    assert!(known(vec![other(0), case_use(1)]).contains("défavorable, puis favorable. L’agent"));
    assert!(known(vec![other(0), case_use(1)]).contains("rejoint une partie"));
    let text = known(vec![writes(0)]);
    assert!(text.contains("un texte, sans proposer") && !text.contains("décision est"), "{text}");

    let lost = |id: &str| UnknownUse { use_id: id.into(), system: "tri".into() };
    // One recorded with an unknown end, one that has not ended: two times, of which nothing is claimed.
    let unknown = Facts { unknown: vec![lost("u0"), lost("elsewhere")], ..facts() };
    let said = did(&decided_after(vec![writes(0)]), &unknown);
    assert!(said.contains("2 fois") && said.contains("Nous ne savons pas") && !said.contains("un texte"), "{said}");
    let partly = Facts { unknown: vec![lost("u1")], ..facts() };
    let said = did(&decided_after(vec![case_use(0), writes(1)]), &partly);
    assert!(said.contains("proposé : favorable") && said.contains("Une fois, nous ne savons pas ce qu’il a répondu"), "{said}");
}

#[test]
fn energy_is_summed_as_a_range_and_what_is_not_measured_is_said() {
    let metered = |n, energy_wh_low, energy_wh_high| CaseUse {
        footprint: Some(UseFootprint { energy_wh: 0.0, energy_wh_low, energy_wh_high, carbon_g: 0.0 }),
        ..case_use(n)
    };
    let energy = |uses| {
        let notice = notice(&decided_after(uses), &facts(), date(2026, 11, 24), Lang::Fr).unwrap();
        plain(&notice.message.block(Topic::Energy).unwrap().paragraphs.join(" "))
    };
    assert_eq!(
        energy(vec![metered(0, 0.01, 0.06), metered(1, 0.01, 0.04)]),
        "Entre 0,02 et 0,1 Wh : une ampoule LED allumée pendant 9 à 45 secondes."
    );
    assert!(energy(vec![metered(0, 0.01, 0.06), case_use(1)]).ends_with("Une partie n’a pas pu être mesurée."));
    assert!(energy(vec![case_use(0)]).contains("n’a pas pu être mesurée"));
}

#[test]
fn what_was_told_survives_and_gives_the_letter() {
    let (case, _) = contested();
    let told = &case.notification.as_ref().unwrap().told;
    let letter = told.letter("7K3M-QX9P-2HTW");
    assert_eq!(letter.url, "https://ia.example.fr/d/7K3M-QX9P-2HTW");
    assert_eq!(letter.sections, told.fr.message.blocks);
    assert!(plain(&letter.subject).starts_with("votre dossier 2026-118 : notre décision"), "{}", letter.subject);
    assert!(!serde_json::to_string(told).unwrap().contains("7K3M"), "the code is stored nowhere");
}

#[test]
fn what_was_told_stays_closed_to_who_may_look_again() {
    let (mut case, mut history) = contested();
    assert_eq!(case.check_told(&agent(0)), Ok(()));
    assert_eq!(case.check_told(&agent(1)), Err(CaseError::StillBlind("a1".into())));
    let event = case.assign("k1", agent(1), at());
    go(&mut case, &mut history, event);
    assert!(case.check_told(&agent(1)).is_err());
    assert_eq!(answer(&case, "k1", &facts(), date(2027, 2, 1), Lang::Fr), Err(CaseError::NotAnswered("k1".into())));
    let event = case.answer("k1", agent(1), Outcome::Maintained, WHY, at());
    go(&mut case, &mut history, event);
    assert_eq!(case.check_told(&agent(1)), Ok(()));
    for lang in [Lang::Fr, Lang::En] {
        let text = text(&answer(&case, "k1", &facts(), date(2027, 2, 1), lang).unwrap());
        for wanted in ["Łukasz Nowak", "favorable", WHY, "02 00 00 00 00", "2026-118-k1"] {
            assert!(text.contains(wanted), "{wanted} missing in\n{text}");
        }
    }
}

#[test]
fn the_decision_that_stands_is_the_last_of_the_history_even_when_a_clock_goes_back() {
    let (mut case, mut history) = contested();
    let hours = |n| at() + SignedDuration::from_hours(n);
    let event = case.contest("k2", Channel::Web, ("Encore.", ""), date(2027, 3, 1), hours(1));
    go(&mut case, &mut history, event);
    // The second contestation is answered first, by a clock that is then set back before the decision itself.
    for (contestation, who, value, when) in [("k2", 1, "défavorable", 9), ("k1", 2, "partiel", -9)] {
        let event = case.assign(contestation, agent(who), hours(2));
        go(&mut case, &mut history, event);
        let event = case.answer(contestation, agent(who), Outcome::Changed { value: value.into() }, WHY, hours(when));
        go(&mut case, &mut history, event);
    }
    for case in [case, Case::fold(&history).unwrap()] {
        assert_eq!(case.standing().unwrap().value, "partiel");
        assert_eq!(case.stood_before("k2").unwrap().value, "favorable");
        assert_eq!(case.stood_before("k1").unwrap().value, "défavorable");
    }
}

#[test]
fn who_changed_the_decision_does_not_judge_their_own() {
    let (mut case, mut history) = contested();
    let (later, changed) = (at() + SignedDuration::from_hours(1), Outcome::Changed { value: "défavorable".into() });
    let event = case.assign("k1", agent(1), at());
    go(&mut case, &mut history, event);
    let same = Outcome::Changed { value: "favorable".into() };
    assert_eq!(case.answer("k1", agent(1), same, WHY, later), Err(CaseError::SameDecision("favorable".into())));
    let event = case.answer("k1", agent(1), changed, WHY, later);
    go(&mut case, &mut history, event);
    let standing = case.standing().unwrap();
    assert_eq!((standing.value, standing.agent.id.as_str()), ("défavorable", "a1"));
    assert_eq!((case.stood_before("k1").unwrap().value, case.status()), ("favorable", Status::Decided));

    let event = case.contest("k2", Channel::Web, ("Encore.", "06"), date(2027, 3, 1), later);
    go(&mut case, &mut history, event);
    assert_eq!(case.status(), Status::Contested);
    for who in [0, 1] {
        assert!(matches!(case.assign("k2", agent(who), later), Err(CaseError::SameAgent { .. })));
    }
    case.assign("k2", agent(2), later).unwrap();
}

#[test]
fn a_call_back_is_asked_once_and_served_once() {
    let (mut case, mut history) = decided();
    assert_eq!(case.call_back(agent(0), at()), Err(CaseError::NoCallback));
    let event = case.ask_callback(" 06 00 00 00 00 ", at());
    go(&mut case, &mut history, event);
    assert!(matches!(case.ask_callback("06 00 00 00 00", at()), Err(CaseError::CallbackAlreadyAsked(_))));
    let event = case.ask_callback("le soir", at());
    go(&mut case, &mut history, event);
    assert_eq!(case.status(), Status::Callback);
    let event = case.call_back(agent(1), at());
    go(&mut case, &mut history, event);
    assert_eq!((case.status(), case.open_callbacks().count(), case.callbacks.len()), (Status::Decided, 0, 2));
    assert_eq!(case.ask_callback(" ", at()), Err(CaseError::Empty { field: "reach" }));
}

#[test]
fn the_name_of_an_event_is_the_one_in_its_json() {
    let (mut case, mut history) = contested();
    for event in [case.assign("k1", agent(1), at()), case.ask_callback("06", at())] {
        go(&mut case, &mut history, event);
    }
    let event = case.answer("k1", agent(1), Outcome::Maintained, WHY, at());
    go(&mut case, &mut history, event);
    let event = case.call_back(agent(1), at());
    go(&mut case, &mut history, event);
    let mut kinds: Vec<&str> = history.iter().map(CaseEvent::kind).collect();
    assert!(history.iter().all(|event| serde_json::to_value(event).unwrap()["event"] == event.kind()));
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), 11);
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
    Answer(u8, u8, bool),
}

static TOLD: LazyLock<Told> = LazyLock::new(|| told(&decided().0));

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
            (u, a, any::<bool>()).prop_map(|(u, a, changed)| Act::Answer(u, a, changed)),
        ],
        0..60,
    )
}

fn play(case: &Case, act: &Act) -> Result<CaseEvent, CaseError> {
    match act {
        Act::Use(u) => used(case, case_use(*u)),
        Act::Judge(u, a) => case.judge(&format!("u{u}"), agent(*a), ("favorable", "Revenus bas"), [*u; 32], at()),
        Act::Reveal(u, a) => case.reveal(&format!("u{u}"), agent(*a), at()),
        Act::Decide(a, why) => case.decide(agent(*a), "favorable", if *why { WHY } else { "ok" }, at()),
        Act::Notify => case.notify("hash", "letter", TOLD.clone(), at()),
        Act::Contest(k) => case.contest(&format!("k{k}"), Channel::Web, ("Regardez encore.", ""), date(2026, 11, 24), at()),
        Act::Assign(k, a) => case.assign(&format!("k{k}"), agent(*a), at()),
        Act::Answer(k, a, changed) => {
            let changed = changed.then(|| Outcome::Changed { value: format!("autre {k}") });
            case.answer(&format!("k{k}"), agent(*a), changed.unwrap_or(Outcome::Maintained), WHY, at())
        }
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
            CaseEvent::Assigned { agent, .. } => {
                let changed = before.iter().any(
                    |e| matches!(e, CaseEvent::Answered { agent: a, outcome: Outcome::Changed { .. }, .. } if a.id == agent.id),
                );
                prop_assert!(decider != Some(&agent.id) && !changed, "one's own decision again");
            }
            CaseEvent::Answered { agent, .. } => prop_assert!(decider != Some(&agent.id)),
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
