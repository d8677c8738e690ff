//! What no sequence of commands can reach.

use gouvernail_cases::Outcome;
use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Act {
    Use(u8),
    Judge(u8, u8),
    Reveal(u8, u8),
    Decide(u8, bool),
    Notify,
    Further,
    OpenLetter(u8),
    Contest(u8),
    Assign(u8, u8),
    Answer(u8, u8, bool),
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
            Just(Act::Further),
            a.clone().prop_map(Act::OpenLetter),
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
        Act::Further => case.notify_further("letter", TOLD.clone(), at()),
        Act::OpenLetter(a) => case.open_letter(agent(*a), at()),
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
            CaseEvent::FurtherNotified { .. } => {
                let told = |e: &&CaseEvent| matches!(e, CaseEvent::Notified { .. } | CaseEvent::FurtherNotified { .. });
                let since = before.iter().rev().take_while(|e| !told(e));
                prop_assert!(since.clone().count() < before.len(), "nothing was told before");
                prop_assert!(since.clone().any(|e| matches!(e, CaseEvent::UseRecorded(_))), "nothing to tell");
            }
            CaseEvent::Assigned { agent, .. } => {
                let changed = before.iter().any(
                    |e| matches!(e, CaseEvent::Answered { agent: a, outcome: Outcome::Changed { .. }, .. } if a.id == agent.id),
                );
                prop_assert!(decider != Some(&agent.id) && !changed, "one's own decision again");
            }
            CaseEvent::Answered { contestation, agent, .. } => {
                prop_assert!(decider != Some(&agent.id));
                let given = before
                    .iter()
                    .rposition(|e| matches!(e, CaseEvent::Assigned { contestation: c, .. } if c == contestation))
                    .unwrap_or(place);
                let learnt = |e: &CaseEvent| matches!(e, CaseEvent::Revealed { agent: a, .. } | CaseEvent::LetterOpened { agent: a, .. } if a.id == agent.id);
                prop_assert!(!before[given..].iter().any(learnt), "learnt the tool's answer while looking again");
                let known = before.iter().any(learnt)
                    || before.iter().any(|e| matches!(e, CaseEvent::Answered { agent: a, .. } if a.id == agent.id));
                let case = Case::fold(before).unwrap();
                prop_assert_eq!(case.contestation(contestation).unwrap().blind, !known);
            }
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
