//! What may follow what, and what follows from it.

use gouvernail_cases::notice::{answer, further};
use gouvernail_cases::record::{self, Kind};
use gouvernail_cases::{Outcome, Status, code};
use jiff::SignedDuration;

use super::*;

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

#[test]
fn a_use_after_the_letter_owes_another() {
    let (mut case, mut history) = decided();
    assert_eq!(case.status(), Status::Untold, "the first letter is still to be prepared");
    let event = case.notify("hash", "letter-1", TOLD.clone(), at());
    go(&mut case, &mut history, event);
    assert_eq!(case.status(), Status::Decided);
    assert_eq!(case.notify_further("letter-2", TOLD.clone(), at()), Err(CaseError::NothingToTell));
    let event = used(&case, CaseUse { proposal: Some(SealedText::new("défavorable")), ..case_use(1) });
    go(&mut case, &mut history, event);
    assert_eq!((case.status(), case.untold().len()), (Status::Untold, 1));
    for (lang, wanted) in [
        (
            Lang::Fr,
            [
                "notre lettre du 24 novembre 2026 ne disait pas tout",
                "une fois",
                "Il proposait : défavorable.",
                "Cette lettre ne change pas cette date.",
            ],
        ),
        (
            Lang::En,
            [
                "our letter of 24 November 2026 did not say everything",
                "once",
                "It proposed: défavorable.",
                "does not change that date.",
            ],
        ),
    ] {
        let days = Days { told_on: date(2026, 12, 1), court: date(2027, 1, 24) };
        let told = further(&case, &facts(), days, date(2026, 11, 24), "Zoé Martin", lang).unwrap();
        let text = text(&told.message);
        for wanted in wanted {
            assert!(text.contains(wanted), "{wanted} missing in {text}");
        }
        assert!(!text.contains(": favorable") && !text.contains("noté") && told.message.signed == "Zoé Martin", "{text}");
    }
    // A second look has changed the decision meanwhile: what came later may have counted in the one that stands.
    let mut changed = case.clone();
    for event in [
        changed.contest("k1", Channel::Web, ("Encore.", ""), date(2026, 11, 25), at()),
        Ok(CaseEvent::Assigned { contestation: "k1".into(), agent: agent(1), at: at() }),
    ] {
        changed.apply(&event.unwrap()).unwrap();
    }
    let outcome = Outcome::Changed { value: "défavorable".into() };
    changed.apply(&changed.answer("k1", agent(1), outcome, WHY, at()).unwrap()).unwrap();
    let days = Days { told_on: date(2026, 12, 1), court: date(2027, 1, 24) };
    let told = further(&changed, &facts(), days, date(2026, 11, 24), "Zoé Martin", Lang::Fr).unwrap();
    assert!(text(&told.message).contains("après la première décision, qui n’en a pas tenu compte"));

    let event = case.notify_further("letter-2", TOLD.clone(), at());
    go(&mut case, &mut history, event);
    assert_eq!((case.status(), case.untold().len()), (Status::Decided, 0));
    let owed = record::of_event(&case, history.last().unwrap()).unwrap().unwrap().0;
    assert_eq!((owed, Case::fold(&history)), (Kind::Notice, Ok(case)));
}

#[test]
fn who_looks_again_is_blind_or_is_said_not_to_be() {
    let (mut case, mut history) = contested();
    let said = |case: &Case| plain(&answer(case, "k1", &facts(), DAYS, Lang::Fr).unwrap().blocks[0].paragraphs.join(" "));
    // Zoé judged and saw the answer too: she may know.
    let event = case.judge("u0", agent(2), ("favorable", "Revenus bas"), [3; 32], at());
    go(&mut case, &mut history, event);
    let event = case.reveal("u0", agent(2), at());
    go(&mut case, &mut history, event);
    for (who, wanted) in [(1, "La réponse de l’outil ne lui a pas été montrée avant."), (2, "pouvait déjà connaître")] {
        let (mut case, mut history) = (case.clone(), history.clone());
        let event = case.assign("k1", agent(who), at());
        go(&mut case, &mut history, event);
        let looks = CaseError::LooksAgain(agent(who).id);
        assert_eq!(case.judge("u0", agent(who), ("favorable", "Revenus bas"), [3; 32], at()), Err(looks.clone()));
        assert_eq!(case.open_letter(agent(who), at()), Err(looks));
        let event = case.answer("k1", agent(who), Outcome::Maintained, WHY, at());
        go(&mut case, &mut history, event);
        assert!(said(&case).contains(wanted), "{}", said(&case));
    }
}

#[test]
fn who_answered_one_request_no_longer_looks_blind_at_the_next() {
    let (mut case, mut history) = contested();
    let event = case.contest("k2", Channel::Web, ("Et encore.", ""), jiff::civil::date(2026, 11, 24), at());
    go(&mut case, &mut history, event);
    for id in ["k1", "k2"] {
        let event = case.assign(id, agent(1), at());
        go(&mut case, &mut history, event);
        assert!(case.contestation(id).unwrap().blind);
    }
    let event = case.answer("k1", agent(1), Outcome::Maintained, WHY, at());
    go(&mut case, &mut history, event);
    let blind = |id| case.contestation(id).unwrap().blind;
    assert_eq!((blind("k1"), blind("k2")), (true, false), "what was answered was answered blind, and stays so");
}

#[test]
fn the_way_to_the_court_is_kept_open_once() {
    let hour = |n: i64| at() + SignedDuration::from_hours(n);
    // The letter is of 18 November 2026, Paris time.
    let day = |at: Timestamp| at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let told = day(at());
    let months = |from: jiff::civil::Date, n: i32| from.saturating_add(jiff::Span::new().months(n));
    let ask = |case: &mut Case, id: &str, after: i64| {
        let event = case.contest(id, Channel::Web, ("Encore.", ""), day(hour(after)), hour(after)).unwrap();
        case.apply(&event).unwrap();
    };
    let answered = |case: &mut Case, id: &str, who, outcome, after: i64| {
        case.apply(&case.assign(id, agent(who), hour(after)).unwrap()).unwrap();
        case.apply(&case.answer(id, agent(who), outcome, WHY, hour(after)).unwrap()).unwrap();
    };
    let (mut case, _) = decided();
    case.apply(&case.notify("hash", "letter", TOLD.clone(), at()).unwrap()).unwrap();
    let until = |case: &Case, after: i64| case.court_until(hour(after), day).unwrap();
    assert_eq!(until(&case, 0), months(told, 2));

    // Late: it keeps nothing open, and neither does its answer.
    let mut late = case.clone();
    ask(&mut late, "k1", 24 * 80);
    answered(&mut late, "k1", 1, Outcome::Maintained, 24 * 90);
    assert_eq!(until(&late, 24 * 91), months(told, 2));

    // In time: silence, then the answer, count anew; a second request does not.
    ask(&mut case, "k1", 24 * 10);
    assert_eq!(until(&case, 24 * 11), months(day(hour(24 * 10)), 3));
    answered(&mut case, "k1", 1, Outcome::Maintained, 24 * 20);
    let after_first = months(day(hour(24 * 20)), 2);
    assert_eq!(until(&case, 24 * 21), after_first);
    ask(&mut case, "k2", 24 * 30);
    answered(&mut case, "k2", 2, Outcome::Maintained, 24 * 40);
    assert_eq!(until(&case, 24 * 41), after_first);
    // A decision that changes is another decision; an earlier day is still seen as it was then.
    ask(&mut case, "k3", 24 * 50);
    answered(&mut case, "k3", 1, Outcome::Changed { value: "défavorable".into() }, 24 * 60);
    assert_eq!(until(&case, 24 * 61), months(day(hour(24 * 60)), 2));
    assert_eq!(until(&case, 24 * 41), after_first);
}

#[test]
fn a_decision_departs_once_however_many_uses_it_saw() {
    use gouvernail_cases::indicators::{departs, trials};
    let other = |n| CaseUse { proposal: Some(SealedText::new("défavorable")), ..case_use(n) };
    let text = CaseUse { proposal: None, ..case_use(0) };
    assert_eq!(departs(&decided_after(vec![other(0), other(1)])), Some(true));
    assert_eq!(departs(&decided_after(vec![other(0), case_use(1)])), Some(false));
    assert_eq!(departs(&decided_after(vec![text])), None);
    let mut case = decided_after(vec![]);
    case.apply(&used(&case, case_use(0)).unwrap()).unwrap();
    let event = case.judge("u0", agent(0), ("favorable", "Revenus bas"), [7; 32], at()).unwrap();
    case.apply(&event).unwrap();
    assert_eq!((departs(&case), trials(&case).len()), (None, 0), "what came after the decision says nothing of it");
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
fn what_was_told_stays_closed_to_who_may_look_again() {
    let (mut case, mut history) = contested();
    assert_eq!(case.check_told(&agent(0)), Ok(()));
    assert_eq!(case.check_told(&agent(1)), Err(CaseError::StillBlind("a1".into())));
    let event = case.assign("k1", agent(1), at());
    go(&mut case, &mut history, event);
    assert!(case.check_told(&agent(1)).is_err());
    assert_eq!(answer(&case, "k1", &facts(), DAYS, Lang::Fr), Err(CaseError::NotAnswered("k1".into())));
    let event = case.answer("k1", agent(1), Outcome::Maintained, WHY, at());
    go(&mut case, &mut history, event);
    assert_eq!(case.check_told(&agent(1)), Ok(()));
    for lang in [Lang::Fr, Lang::En] {
        let text = text(&answer(&case, "k1", &facts(), DAYS, lang).unwrap());
        for wanted in ["Łukasz Nowak", "favorable", WHY, "02 00 00 00 00", "2026-118-k1"] {
            assert!(text.contains(wanted), "{wanted} missing in\n{text}");
        }
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
    let event = case.notify("hash", "letter-1", TOLD.clone(), at());
    go(&mut case, &mut history, event);
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
    let event = used(&case, case_use(1));
    go(&mut case, &mut history, event);
    for event in [
        case.notify_further("letter-2", TOLD.clone(), at()),
        case.replace_code("other", "letter-3", agent(1), at()),
        case.open_letter(agent(2), at()),
    ] {
        go(&mut case, &mut history, event);
    }
    let mut kinds: Vec<&str> = history.iter().map(CaseEvent::kind).collect();
    assert!(history.iter().all(|event| serde_json::to_value(event).unwrap()["event"] == event.kind()));
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), 14);
}

#[test]
fn a_code_is_stored_as_its_hash() {
    let code = code::from_bytes([9; 7]);
    assert_eq!(code::hash(&code).unwrap().len(), 64);
    assert_ne!(code::hash(&code), code::hash(&code::from_bytes([8; 7])));
    assert_eq!(code::hash("0"), Err(code::CodeError::Length(1)));
}
