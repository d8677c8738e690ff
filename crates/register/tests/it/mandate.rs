//! No mandate, no call: dates, versions, modifications, and what may be recorded at all.

use gouvernail_register::{
    ActRefused, Action, Call, Event, Recorded, Register, Rules, StudyKind, check, sample, sample::as_read, statement,
};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::lapses::edited;
use crate::world::{AIDE, after, at, call, dossiers, drafting, missing, now, refused, start, until};

#[test]
fn a_complete_dossier_is_allowed() {
    assert_eq!(refused(dossiers(), &call(), now()), [""; 0]);
    assert_eq!(refused(dossiers(), &drafting(), now()), [""; 0]);
}

#[test]
fn an_empty_register_refuses() {
    assert!(refused(Vec::new(), &call(), now()).len() >= 25);
}

/// Strategy, referent, owner, contract, training, one page, a telephone, an evaluation: nothing else.
#[test]
fn the_short_way_stays_short() {
    let asked = Rules::shipped().unwrap().explain(&after(dossiers()), "redaction", None, now()).unwrap().unwrap();
    let asked: Vec<&str> = asked.iter().map(|asked| asked.requirement.id.as_str()).collect();
    let short = [
        "authorisation",
        "objective",
        "organisation",
        "strategy",
        "owner",
        "referent",
        "public-log",
        "human-channel",
        "training",
        "training-module",
        "smallest-model",
        "no-training-on-data",
        "study-light",
        "contract",
        "environment-clause",
        "social-clause",
    ];
    assert_eq!(asked, short);
}

#[test]
fn what_is_asked_is_told_with_what_holds() {
    let mut events = dossiers();
    events.push(Event::OwnerLeft { system: AIDE.into() });
    let (rules, register) = (Rules::shipped().unwrap(), after(events));
    let told = rules.explain(&register, AIDE, Some(sample::AGENT), now()).unwrap().unwrap();
    assert!(told.len() > 30);
    let lacking: Vec<&str> = told.iter().filter(|asked| !asked.held).map(|asked| asked.requirement.id.as_str()).collect();
    assert_eq!(lacking, ["owner"]);
    assert_eq!(rules.explain(&register, "inconnu", None, now()).unwrap(), None);
}

#[test]
fn an_unknown_caller_is_not_trained() {
    assert_eq!(refused(dossiers(), &Call { person: None, ..call() }, now()), ["training"]);
}

#[test]
fn the_right_lapses_by_itself_and_the_answer_says_when_to_ask_again() {
    let (rules, register) = (Rules::shipped().unwrap(), after(dossiers()));
    assert_eq!(rules.decide(&register, Action::Call, &call(), now()).unwrap().valid_until, Some(until()));
    let ids = missing(&rules, &register, &call(), until());
    for lapsed in ["authorisation", "training", "study-rights", "skills-study", "accessibility-study", "contract", "drill"] {
        assert!(ids.contains(&lapsed.to_owned()), "{lapsed} should have lapsed: {ids:?}");
    }
}

#[test]
fn a_duty_binds_from_its_date_of_effect_and_not_before() {
    let bare: Vec<Event> = dossiers().into_iter().filter(|event| !matches!(event, Event::ContractSigned { .. })).collect();
    let (sheet, _) = edited(|sheet| sheet.classification.eu_entry.clear());
    let register = after([bare, vec![sheet]].concat());
    let rules = Rules::shipped().unwrap();
    let binds = |id: &str, when| missing(&rules, &register, &call(), when).contains(&id.to_owned());
    for (id, eve, day) in [
        ("environment-clause", "2026-08-21T21:59:59Z", "2026-08-21T22:00:00Z"),
        ("eu-database-entry", "2027-12-01T22:59:59Z", "2027-12-01T23:00:00Z"),
    ] {
        assert!(!binds(id, at(eve)), "{id} binds too early");
        assert!(binds(id, at(day)), "{id} does not bind");
    }
}

#[test]
fn the_stricter_reading_of_a_local_pack_ends_when_the_law_begins() {
    let policies = include_str!("../../../../rules/local-example/requirements.cedar").into();
    let local = gouvernail_register::PackText { name: "local".into(), policies, examples: String::new() };
    let rules = Rules::with(&[local]).unwrap();
    let (sheet, _) = edited(|sheet| sheet.classification.eu_entry.clear());
    let register = after([dossiers(), vec![sheet]].concat());
    let entry = |when: &str| -> Vec<String> {
        let ids = missing(&rules, &register, &call(), at(when));
        ids.into_iter().filter(|id| id.ends_with("eu-database-entry")).collect()
    };
    assert_eq!(entry("2026-11-25T00:00:00Z"), ["local-eu-database-entry"]);
    assert_eq!(entry("2027-12-10T00:00:00Z"), ["eu-database-entry"]);
}

#[test]
fn what_moved_since_the_mandate_is_not_covered_by_it() {
    let redo = |which: fn(&Event) -> bool| dossiers().into_iter().find(which).unwrap();
    let mut model = redo(|event| matches!(event, Event::ModelDeclared { .. }));
    if let Event::ModelDeclared { licence, .. } = &mut model {
        *licence = "fermée".into();
    }
    let mut host = redo(|event| matches!(event, Event::HostDeclared { .. }));
    if let Event::HostDeclared { base_url, .. } = &mut host {
        *base_url = "http://127.0.0.1:2/v1".into();
    }
    let (sheet, _) = edited(|sheet| sheet.purpose_fr = "Refuser plus vite.".into());
    for moved in [model, host, sheet] {
        let ids = refused([dossiers(), vec![moved]].concat(), &call(), now());
        assert!(ids.contains(&"authorisation".to_owned()), "{ids:?}");
    }
}

fn version(register: &Register, label: &str, substantial: bool) -> Event {
    let (system, version, model) = (AIDE.to_owned(), label.to_owned(), sample::MODEL.to_owned());
    let event = Event::VersionDeclared { system, version, model, digest: String::new(), change: "Barème".into(), substantial };
    as_read(register, event)
}

#[test]
fn after_a_substantial_modification_studies_and_consultation_begin_again() {
    let (rules, register) = (Rules::shipped().unwrap(), after(dossiers()));
    let mut events = dossiers();
    events.push(version(&register, "2", true));
    let ids = refused(events, &call(), now());
    for id in ["study-rights", "data-protection-study", "environment-study", "skills-study", "accessibility-study", "consultation"]
    {
        assert!(ids.contains(&id.to_owned()), "{id} still counts: {ids:?}");
    }
    for id in ["authorisation", "training", "smallest-model", "oversight-shown"] {
        assert!(ids.contains(&id.to_owned()), "{id} is of the version before: {ids:?}");
    }
    let reused = check(&register, &rules, "referente", &version(&register, "1", true), now());
    assert!(matches!(reused, Err(ActRefused::LabelTaken { .. })));
}

#[test]
fn a_change_that_weighs_on_people_is_not_passed_off_as_a_detail() {
    let (sheet, _) = edited(|sheet| sheet.sensitive_data = true);
    let register = after([dossiers(), vec![sheet]].concat());
    let rules = Rules::shipped().unwrap();
    let detail = check(&register, &rules, "referente", &version(&register, "2", false), now());
    assert!(matches!(detail, Err(ActRefused::Substantial)));
    assert!(check(&register, &rules, "referente", &version(&register, "2", true), now()).is_ok());
}

#[test]
fn a_trial_comes_before_what_it_shows() {
    let shown = |event: &Event| matches!(event, Event::OversightShown { .. } | Event::DrillHeld { .. } | Event::Authorised { .. });
    let register = after(dossiers().into_iter().filter(|event| !shown(event)).collect());
    let rules = Rules::shipped().unwrap();
    let authorised = |experiment, until| {
        let (system, version, scope) = (AIDE.into(), "1".into(), "Essai".into());
        as_read(&register, Event::Authorised { system, version, scope, from: start(), until, digest: String::new(), experiment })
    };
    let year = at("2027-11-01T00:00:00Z");
    let refused = check(&register, &rules, "elue", &authorised(false, year), start()).unwrap_err();
    let ActRefused::Missing(missing_then) = refused else { panic!("{refused}") };
    assert_eq!(missing_then.iter().map(|known| known.id.as_str()).collect::<Vec<_>>(), ["oversight-shown", "drill"]);
    assert!(matches!(check(&register, &rules, "elue", &authorised(true, year), start()), Err(ActRefused::TrialTooLong)));
    let trial = authorised(true, at("2027-05-01T00:00:00Z"));
    check(&register, &rules, "elue", &trial, start()).unwrap();
    let mut tried = register.clone();
    tried.apply(&Recorded { seq: register.epoch + 1, at: start(), author: "elue".into(), event: trial });
    assert_eq!(missing(&rules, &tried, &call(), at("2027-04-30T00:00:00Z")), [""; 0]);
    assert!(missing(&rules, &tried, &call(), at("2027-05-01T00:00:00Z")).contains(&"authorisation".to_owned()));
}

#[test]
fn nobody_signs_their_own_study_nor_accepts_for_another() {
    let (rules, register) = (Rules::shipped().unwrap(), after(dossiers()));
    let signed = |kind| as_read(&register, Event::StudySigned { system: AIDE.into(), kind, until: until(), digest: String::new() });
    let rights = signed(StudyKind::Rights);
    assert!(matches!(check(&register, &rules, sample::AGENT, &rights, now()), Err(ActRefused::OwnStudy)));
    assert!(matches!(check(&register, &rules, "elue", &signed(StudyKind::Light), now()), Err(ActRefused::NoStudy)));
    assert!(check(&register, &rules, "elue", &rights, now()).is_ok());
    let accept = Event::OwnerAccepted { system: AIDE.into() };
    assert!(check(&register, &rules, sample::AGENT, &accept, now()).is_err());
    assert!(check(&register, &rules, sample::OWNER, &accept, now()).is_ok());
}

/// The register after every act that `check` lets through.
fn recorded(acts: impl IntoIterator<Item = Event>, rules: &Rules, when: Timestamp) -> Register {
    let mut register = Register::default();
    for event in acts {
        let event = as_read(&register, event);
        let author = if matches!(event, Event::StudyWritten { .. }) { sample::AGENT } else { sample::OWNER };
        if check(&register, rules, author, &event, when).is_ok() {
            register.apply(&Recorded { seq: register.epoch + 1, at: when, author: author.into(), event });
        }
    }
    register
}

proptest! {
    /// Whatever acts are recorded through `check`, in whatever order: as long as one thing is missing, there is no call.
    #[test]
    fn no_order_of_acts_starts_a_system_while_something_is_missing(
        order in Just((0..dossiers().len()).collect::<Vec<_>>()).prop_shuffle(),
        left_out in proptest::sample::select(
            dossiers().iter().enumerate().filter(|(_, event)| event.system() != Some("redaction")).map(|(at, _)| at).collect::<Vec<_>>(),
        ),
    ) {
        let (rules, acts) = (Rules::shipped().unwrap(), dossiers());
        let kept = order.into_iter().filter(|index| *index != left_out).map(|index| acts[index].clone());
        let register = recorded(kept, &rules, start());
        prop_assert!(!rules.decide(&register, Action::Call, &call(), now()).unwrap().allowed());
    }
}

#[test]
fn what_is_said_in_clear_names_nobody() {
    let mut events = dossiers();
    events.push(Event::Stopped { system: AIDE.into(), reason: "Erreurs répétées".into() });
    let said: Vec<_> = events.iter().filter_map(|event| statement(event, now())).collect();
    for kind in ["strategy", "version", "owner_accepted", "study_signed", "consultation_answered", "authorised", "stopped"] {
        assert!(said.iter().any(|statement| statement["type"] == kind), "{kind}");
    }
    let text = serde_json::to_string(&said).unwrap();
    for person in ["responsable", "referente", "agent", "elue"] {
        assert!(!text.contains(&format!("\"{person}\"")), "{person} is named: {text}");
    }
}
