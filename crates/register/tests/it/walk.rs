//! Random walks: acts of every kind, valid and not, repeated, withdrawn, by anybody, while time passes. What the rules allow is
//! compared at each step with what must hold, written here once more, straight from the state.

use std::collections::BTreeSet;

use gouvernail_register::{
    Action, Automation, Event, HostTraits, Proposal, Record, Recorded, Register, Risk, Rules, Source, StudyKind, Value, check,
    sample, sample::as_read,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::lapses::edited;
use crate::world::{AIDE, at, call, dossiers, start, until};

/// What somebody wrote or accepted in the record, from the history alone: a proposal by itself never is.
fn answered_for(history: &[Event]) -> BTreeSet<String> {
    let mut answered = BTreeSet::new();
    for event in history {
        match event {
            Event::RecordWritten { record, .. } => answered = record.fields.keys().cloned().collect(),
            Event::ProposalsSettled { accepted, .. } => answered.extend(accepted.iter().cloned()),
            _ => {}
        }
    }
    answered
}

/// Whether everything that must hold for an agent's call on a benefit-scoring system holds.
fn must_hold(register: &Register, history: &[Event], now: Timestamp) -> Result<(), &'static str> {
    let holds = |what: &'static str, held: bool| if held { Ok(()) } else { Err(what) };
    let organisation = register.organisation.as_ref().ok_or("organisation")?;
    let strategy = register.strategy.as_ref().ok_or("strategy")?;
    let system = register.systems.get(AIDE).ok_or("system")?;
    let version = system.version.as_ref().ok_or("version")?;
    holds("log", organisation.public_log)?;
    holds("referent", register.referent.is_some())?;
    holds("objective", strategy.objectives.iter().any(|known| known.id == system.sheet.objective))?;
    holds("owner", system.owner.as_ref().is_some_and(|owner| owner.accepted))?;
    holds("ended or stopped", system.refused.is_none() && system.retired.is_none() && system.stopped.is_none())?;

    let mandate = system.authorisation.as_ref().ok_or("mandate")?;
    holds("mandate of this version", mandate.version == version.label && version.intact)?;
    holds("mandate in time", mandate.from <= now && now < mandate.until)?;
    let certified = system.certifications.get(&(sample::AGENT.to_owned(), version.label.clone()));
    holds("trained", certified.is_some_and(|until| now < *until) && system.training.is_some())?;

    let sheet = &system.sheet;
    let class = &sheet.classification;
    holds("weighed", sheet.risk == Risk::High && !class.prohibited)?;
    holds("alone", sheet.automation == Automation::Assisted || !(sheet.self_learning || sheet.sensitive_data))?;
    holds("profiling", class.annex_iii.is_empty() || class.exception.is_empty() || !class.profiling)?;
    holds("entry", class.annex_iii.is_empty() || !class.eu_entry.is_empty() || now < at("2027-12-01T23:00:00Z"))?;
    holds("case", sheet.touches_cases)?;

    let answered = answered_for(history);
    holds("public record", sample::RECORD.iter().all(|field| answered.contains(*field)))?;

    let studies =
        [StudyKind::Rights, StudyKind::DataProtection, StudyKind::Environment, StudyKind::Skills, StudyKind::Accessibility];
    holds(
        "studies",
        studies.iter().all(|kind| {
            let study = system.studies.get(kind).filter(|study| study.modification == system.modification);
            study.and_then(|study| study.signature.as_ref()).is_some_and(|signed| now < signed.until)
        }),
    )?;
    let consulted = system.consultation.as_ref().is_some_and(|held| held.modification == system.modification);
    holds("consultation", consulted && system.open_consultation.as_ref().is_none_or(|open| now < open.due))?;
    holds("citizens", system.notice.is_some() && system.human_channel.is_some())?;
    let plan = system.skills_plan.as_ref().ok_or("skills")?;
    holds("continuity", !plan.continuity.is_empty())?;
    let evaluated = system
        .evaluation
        .as_ref()
        .is_some_and(|known| known.version == version.label && known.passed >= known.required && known.smaller_that_pass == 0);
    holds("evaluated", evaluated)?;
    let shown = system.oversight.as_ref().is_some_and(|known| known.version == version.label);
    let drilled = system.drill.as_ref().is_some_and(|drill| now < drill.until);
    holds("shown", mandate.experiment || (shown && drilled))?;

    let model = register.models.get(&version.model).filter(|_| version.model == sample::MODEL).ok_or("model")?;
    let host = register.hosts.get(&model.host).ok_or("host")?;
    holds("open", model.open_weights)?;
    if host.embedded {
        return Ok(());
    }
    let contract = host.contract.as_ref().ok_or("contract")?;
    holds("host", host.country == "FR" && host.traits.jurisdiction == "FR" && now < contract.until)?;
    let clauses =
        ["environment", "environment-criterion", "social", "no-training", "reversibility", "log-access", "explanation", "security"];
    holds(
        "clauses",
        clauses.iter().all(|kind| {
            contract.clauses.iter().any(|clause| {
                clause.kind == *kind
                    && clause.until.is_none_or(|until| now < until)
                    && (*kind != "reversibility" || clause.tested.is_some())
            })
        }),
    )
}

/// Every act of the dossier, and the acts that undo.
fn acts() -> Vec<Event> {
    let reason = || "Un motif".to_owned();
    let system = || AIDE.to_owned();
    let version = |label: &str, substantial| Event::VersionDeclared {
        system: system(),
        version: label.into(),
        model: sample::MODEL.into(),
        digest: String::new(),
        change: "Barème".into(),
        substantial,
    };
    let of_version = |label: &str| {
        let (certified, evaluation) = (label.to_owned(), "courrier 2".to_owned());
        [
            Event::Certified {
                system: system(),
                version: certified.clone(),
                person: sample::AGENT.into(),
                until: until(),
                means: "quiz".into(),
                passed: None,
                evidence: String::new(),
            },
            Event::Evaluated {
                system: system(),
                version: certified.clone(),
                evaluation,
                passed: 23,
                total: 24,
                required: 21,
                smaller_that_pass: 0,
            },
            Event::OversightShown {
                system: system(),
                version: certified,
                judged_first: 9,
                wrong: 3,
                caught: 3,
                without: 9,
                findings: reason(),
            },
        ]
    };
    let authorised = |label: &str, until, experiment| Event::Authorised {
        system: system(),
        version: label.into(),
        scope: "Accueil".into(),
        from: start(),
        until,
        digest: String::new(),
        experiment,
    };
    let mut acts: Vec<Event> = dossiers().into_iter().filter(|event| event.system() != Some("redaction")).collect();
    let signed: Vec<Event> = acts.iter().filter(|event| matches!(event, Event::StudySigned { .. })).cloned().collect();
    acts.extend(signed.iter().filter_map(|event| match event {
        Event::StudySigned { system, kind, .. } => {
            Some(Event::StudyReturned { system: system.clone(), kind: *kind, reason: reason() })
        }
        _ => None,
    }));
    acts.extend(of_version("2"));
    acts.extend([version("2", false), version("2", true), version("3", true)]);
    acts.extend([authorised("2", until(), false), authorised("2", at("2027-04-01T00:00:00Z"), true)]);
    acts.extend([
        Event::StrategyWithdrawn { reason: reason() },
        Event::ReferentLeft,
        Event::OwnerLeft { system: system() },
        Event::CertificationWithdrawn { system: system(), version: "1".into(), person: sample::AGENT.into(), reason: reason() },
        Event::NoticeWithdrawn { system: system(), reason: reason() },
        Event::ConsultationOpened {
            system: system(),
            consultation: "2".into(),
            question: "Et maintenant ?".into(),
            closes: at("2027-02-01T00:00:00Z"),
            due: at("2027-03-01T00:00:00Z"),
            url: String::new(),
        },
        Event::ConsultationReopened { system: system(), reason: reason(), due: at("2027-06-01T00:00:00Z") },
        Event::AuthorisationEnded { system: system(), reason: reason() },
        Event::Stopped { system: system(), reason: reason() },
        Event::Resumed { system: system(), reason: reason() },
        Event::ContractEnded { host: sample::HOST.into(), reason: reason() },
        Event::HostDeclared {
            host: sample::HOST.into(),
            name: "Hôte".into(),
            embedded: false,
            base_url: "http://127.0.0.1:1/v1".into(),
            country: "FR".into(),
            traits: HostTraits { jurisdiction: "US".into(), ..HostTraits::default() },
        },
        Event::OrganisationDeclared { name: "Commune".into(), siret: "21350001800013".into(), public_log: false },
    ]);
    acts.extend([
        edited(|sheet| sheet.classification.exception = "Tâche étroite".into()).0,
        edited(|sheet| sheet.classification.eu_entry.clear()).0,
        edited(|sheet| (sheet.automation, sheet.self_learning) = (Automation::Full, true)).0,
        edited(|sheet| sheet.sensitive_data = true).0,
    ]);
    acts.extend(record_acts());
    acts
}

/// What is prefilled, field by field and all at once, and what somebody makes of it.
fn record_acts() -> Vec<Event> {
    let system = || AIDE.to_owned();
    let proposal = |field: &str| {
        let value = Value::Text("Selon le fournisseur.".into());
        (field.to_owned(), Proposal { value, source: Source::Text, quote: "Risques : …".into() })
    };
    let proposed = |fields: &[&str]| Event::RecordProposed {
        system: system(),
        proposals: fields.iter().map(|field| proposal(field)).collect(),
    };
    let settled = |accepted: &[&str], set_aside: &[&str]| {
        let [accepted, set_aside] = [accepted, set_aside].map(|fields| fields.iter().map(|field| (*field).to_owned()).collect());
        Event::ProposalsSettled { system: system(), accepted, set_aside, digest: String::new() }
    };
    let written = |fields: &[&str]| {
        let fields = fields.iter().map(|field| ((*field).to_owned(), Value::Text("Écrit ici.".into())));
        Record { fields: fields.collect(), ..Record::default() }.act(AIDE, None)
    };
    let mut acts = vec![
        proposed(&sample::RECORD),
        proposed(&["risks", "appeals"]),
        settled(&sample::RECORD, &[]),
        settled(&["risks", "appeals"], &[]),
        settled(&["risks"], &["appeals"]),
        settled(&[], &sample::RECORD),
        written(&[]),
        written(&["purpose", "human_oversight"]),
        written(&sample::RECORD),
    ];
    acts.extend(sample::RECORD.iter().map(|field| settled(&[field], &[])));
    acts
}

/// Acts that end everything, drawn seldom, so that walks go on.
fn endings() -> [Event; 2] {
    let (system, reason) = (|| AIDE.to_owned(), || "Fin".to_owned());
    [
        Event::Refused { system: system(), reason: reason() },
        Event::Retired { system: system(), reason: reason(), records: "Versés".into() },
    ]
}

#[derive(Debug, Clone)]
enum Step {
    Act(usize, &'static str),
    Whole,
    End(usize),
    Days(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let author = proptest::sample::select(vec![sample::AGENT, sample::OWNER, "referente"]);
    prop_oneof![
        12 => (0..acts().len(), author).prop_map(|(act, author)| Step::Act(act, author)),
        2 => Just(Step::Whole),
        1 => (0i64..60).prop_map(Step::Days),
        1 => (0usize..40).prop_map(Step::End),
    ]
}

fn record(register: &mut Register, history: &mut Vec<Event>, rules: &Rules, (author, event): (&str, &Event), now: Timestamp) {
    let event = as_read(register, event.clone());
    if check(register, rules, author, &event, now).is_ok() {
        history.push(event.clone());
        register.apply(&Recorded { seq: register.epoch + 1, at: now, author: author.into(), event });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_path_leads_to_a_call_while_something_is_missing(steps in proptest::collection::vec(step(), 1..60)) {
        let rules = Rules::shipped().unwrap();
        let (acts, mut register, mut history, mut now) = (acts(), Register::default(), Vec::new(), start());
        for step in steps {
            match step {
                Step::Act(act, author) => record(&mut register, &mut history, &rules, (author, &acts[act]), now),
                Step::Whole => for event in dossiers() {
                    let author = if matches!(event, Event::StudyWritten { .. }) { sample::AGENT } else { sample::OWNER };
                    record(&mut register, &mut history, &rules, (author, &event), now);
                },
                Step::End(which) => if let Some(end) = endings().get(which) {
                    record(&mut register, &mut history, &rules, ("referente", end), now);
                },
                Step::Days(days) => now += SignedDuration::from_hours(24 * days),
            }
            let allowed = rules.decide(&register, Action::Call, &call(), now).unwrap();
            let expected = must_hold(&register, &history, now);
            prop_assert_eq!(allowed.allowed(), expected.is_ok(), "rules: {:?}; by hand: {:?}", allowed.missing, expected);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// From a complete dossier whose record was emptied: nothing but an act of somebody on each field makes it run again.
    #[test]
    fn what_is_prefilled_is_missing_until_somebody_accepts_it(steps in proptest::collection::vec(0..record_acts().len(), 1..12)) {
        let rules = Rules::shipped().unwrap();
        let (mut register, mut history) = (Register::default(), Vec::new());
        for event in dossiers() {
            let author = if matches!(event, Event::StudyWritten { .. }) { sample::AGENT } else { sample::OWNER };
            record(&mut register, &mut history, &rules, (author, &event), start());
        }
        for step in steps {
            record(&mut register, &mut history, &rules, (sample::OWNER, &record_acts()[step]), start());
            let system = &register.systems[AIDE];
            let recorded = system.record.as_ref().unwrap();
            prop_assert!(system.proposed.keys().all(|field| !recorded.fields.contains_key(field)), "proposed or recorded, not both");
            prop_assert!(system.accepted.iter().all(|(field, kept)| recorded.fields[field] == kept.proposal.value));
            let missing = rules.decide(&register, Action::Call, &call(), start()).unwrap().missing;
            let complete = sample::RECORD.iter().all(|field| answered_for(&history).contains(*field));
            prop_assert_eq!(missing.is_empty(), complete, "{:?}", missing);
        }
    }
}
