//! Each requirement by itself: what it asks for is taken away from a complete dossier, the call is refused for it; it is given
//! back, the call is allowed. The name of each test is the one that the matrix of the propositions shows.

use gouvernail_register::{
    Automation, Call, CaseMode, Clause, Event, HostTraits, Objective, Risk, Rules, StudyKind, SystemSheet, sample,
};

use crate::world::{AIDE, REDACTION, after, at, call, dossiers, drafting, missing, now, start, until};

/// How something that is asked for goes away.
enum Lapse {
    /// By acts, and comes back by others.
    Acts(Vec<Event>, Vec<Event>),
    /// It was never done, then it is.
    Never(fn(&Event) -> bool),
    /// It is the call that is otherwise.
    Otherwise(Call),
    /// For good.
    ForGood(Event),
}

fn shows(id: &str, call: &Call, lapse: Lapse) {
    let rules = Rules::shipped().unwrap();
    let refused = |events: &[Event], call: &Call| missing(&rules, &after(events.to_vec()), call, now());
    let complete = dossiers();
    assert_eq!(refused(&complete, call), [""; 0], "the dossier was complete");
    let holds = |ids: Vec<String>| assert!(ids.iter().any(|missing| missing == id), "{id} is not missed: {ids:?}");
    match lapse {
        Lapse::Acts(gone, back) => {
            holds(refused(&[complete.clone(), gone.clone()].concat(), call));
            assert_eq!(refused(&[complete, gone, back].concat(), call), [""; 0], "given back, it is allowed");
        }
        Lapse::Never(done) => {
            let (late, kept): (Vec<Event>, Vec<Event>) = complete.into_iter().partition(done);
            assert!(!late.is_empty());
            holds(refused(&kept, call));
            assert_eq!(refused(&[kept, late].concat(), call), [""; 0], "done at last, it is allowed");
        }
        Lapse::Otherwise(other) => holds(refused(&complete, &other)),
        Lapse::ForGood(event) => holds(refused(&[complete, vec![event]].concat(), call)),
    }
}

macro_rules! lapses {
    ($($name:ident: $id:literal, $call:expr, $lapse:expr;)*) => {
        $(
            #[test]
            fn $name() {
                shows($id, &$call, $lapse);
            }
        )*
        /// What is shown here, and the proposition that its name carries.
        pub const SHOWN: &[(&str, &str)] = &[$(($id, stringify!($name))),*];
    };
}

use Lapse::{Acts, ForGood, Never, Otherwise};

lapses! {
    proposition_01_organisation: "organisation", call(), Never(|event| matches!(event, Event::OrganisationDeclared { .. }));
    proposition_01_system: "system", call(), Otherwise(Call { system: "inconnu".into(), ..call() });
    proposition_01_strategy: "strategy", call(), Acts(vec![Event::StrategyWithdrawn { reason: "Vote".into() }], again(strategy));
    proposition_01_objective: "objective", call(), Acts(vec![other_objective()], again(strategy));
    proposition_01_authorisation: "authorisation", call(), Acts(vec![ended()], of_system(|event| matches!(event, Event::Authorised { .. })));
    proposition_01_refused: "refused", call(), ForGood(Event::Refused { system: AIDE.into(), reason: "Vote".into() });
    proposition_01_retired: "retired", call(), ForGood(Event::Retired { system: AIDE.into(), reason: "Fin".into(), records: "Versés".into() });
    proposition_02_referent: "referent", call(), Acts(vec![Event::ReferentLeft], again(|event| matches!(event, Event::ReferentAppointed { .. })));
    proposition_02_owner: "owner", call(), Acts(vec![Event::OwnerLeft { system: AIDE.into() }], of_system(owner));
    proposition_03_public_log: "public-log", call(), Acts(vec![no_log()], again(|event| matches!(event, Event::OrganisationDeclared { .. })));
    proposition_04_human_channel: "human-channel", call(), Never(|event| matches!(event, Event::HumanChannelGiven { .. }));
    proposition_04_accessibility_study: "accessibility-study", call(), study(StudyKind::Accessibility);
    proposition_05_training: "training", call(), Acts(vec![uncertified()], of_system(|event| matches!(event, Event::Certified { .. })));
    proposition_05_training_module: "training-module", call(), Never(|event| matches!(event, Event::TrainingPublished { .. }));
    proposition_06_stop_order: "stop-order", call(), Acts(vec![Event::Stopped { system: AIDE.into(), reason: "Erreurs".into() }], vec![Event::Resumed { system: AIDE.into(), reason: "Corrigé".into() }]);
    proposition_06_prohibited_practice: "prohibited-practice", call(), sheet(|sheet| sheet.classification.prohibited = true);
    proposition_06_alone_and_learning: "alone-and-learning", call(), sheet(|sheet| (sheet.automation, sheet.self_learning) = (Automation::Full, true));
    proposition_06_oversight_shown: "oversight-shown", call(), Never(|event| matches!(event, Event::OversightShown { .. }));
    proposition_06_fallback: "fallback", call(), Acts(vec![plan_without_continuity()], of_system(|event| matches!(event, Event::SkillsPlanWritten { .. })));
    proposition_07_notice: "notice", call(), Acts(vec![no_notice()], of_system(|event| matches!(event, Event::NoticePublished { .. })));
    proposition_07_alone_without_notice: "alone-without-notice", call(), alone_without_notice();
    proposition_07_eu_database_entry: "eu-database-entry", call(), sheet(|sheet| sheet.classification.eu_entry.clear());
    proposition_07_explanation_clause: "explanation-clause", call(), clause("explanation");
    proposition_07_case_named: "case-named", call(), Otherwise(Call { case: None, ..call() });
    proposition_07_case_undeclared: "case-undeclared", drafting(), Otherwise(Call { case: Some(CaseMode::Assisted), ..drafting() });
    proposition_07_register_record: "register-record", call(), Never(|event| matches!(event, Event::RecordWritten { .. }));
    proposition_08_smallest_model: "smallest-model", call(), Acts(vec![a_smaller_one_passes()], of_system(|event| matches!(event, Event::Evaluated { .. })));
    proposition_09_open_model: "open-model", call(), Otherwise(Call { model: "autre".into(), ..call() });
    proposition_09_union_law: "union-law", call(), Acts(vec![host_of("US")], vec![host_of("FR")]);
    proposition_09_reversibility_clause: "reversibility-clause", call(), clause("reversibility");
    proposition_10_no_training_on_data: "no-training-on-data", call(), clause("no-training");
    proposition_10_security_clause: "security-clause", call(), clause("security");
    proposition_10_alone_on_sensitive_data: "alone-on-sensitive-data", call(), sheet(|sheet| (sheet.automation, sheet.sensitive_data) = (Automation::Full, true));
    proposition_11_classification: "classification", call(), sheet(|sheet| sheet.risk = Risk::Unassessed);
    proposition_11_annex_iii_is_high: "annex-iii-is-high", call(), sheet(|sheet| sheet.risk = Risk::Limited);
    proposition_11_no_exception_for_profiling: "no-exception-for-profiling", call(), sheet(|sheet| sheet.classification.exception = "Tâche étroite".into());
    proposition_11_study_light: "study-light", drafting(), Acts(vec![returned(REDACTION, StudyKind::Light)], signed(REDACTION, StudyKind::Light));
    proposition_11_study_rights: "study-rights", call(), study(StudyKind::Rights);
    proposition_11_data_protection_study: "data-protection-study", call(), study(StudyKind::DataProtection);
    proposition_11_environment_study: "environment-study", call(), study(StudyKind::Environment);
    proposition_12_contract: "contract", call(), Acts(vec![Event::ContractEnded { host: sample::HOST.into(), reason: "Résilié".into() }], again(contract));
    proposition_12_environment_clause: "environment-clause", call(), clause("environment");
    proposition_12_social_clause: "social-clause", call(), clause("social");
    proposition_12_environment_criterion: "environment-criterion", call(), clause("environment-criterion");
    proposition_12_log_access_clause: "log-access-clause", call(), clause("log-access");
    proposition_13_observed: "observed", call(), Acts(vec![no_log()], again(|event| matches!(event, Event::OrganisationDeclared { .. })));
    proposition_14_consultation: "consultation", call(), Acts(vec![reopened()], of_system(answered));
    proposition_14_consultation_answers: "consultation-answers", call(), Acts(vec![overdue()], of_system(answered));
    proposition_15_skills: "skills", call(), Never(|event| matches!(event, Event::SkillsPlanWritten { .. }));
    proposition_15_skills_study: "skills-study", call(), study(StudyKind::Skills);
    proposition_15_drill: "drill", call(), Acts(vec![old_drill()], of_system(|event| matches!(event, Event::DrillHeld { .. })));
    proposition_15_case_without_ai: "case-without-ai", call(), Otherwise(Call { case: Some(CaseMode::WithoutAi), ..call() });
}

/// Acts of the complete dossier, done again.
fn again(which: fn(&Event) -> bool) -> Vec<Event> {
    dossiers().into_iter().filter(which).collect()
}

fn of_system(which: fn(&Event) -> bool) -> Vec<Event> {
    again(which).into_iter().filter(|event| event.system() == Some(AIDE)).collect()
}

fn strategy(event: &Event) -> bool {
    matches!(event, Event::StrategyPublished { .. })
}

fn contract(event: &Event) -> bool {
    matches!(event, Event::ContractSigned { .. })
}

fn owner(event: &Event) -> bool {
    matches!(event, Event::OwnerNamed { .. } | Event::OwnerAccepted { .. })
}

fn answered(event: &Event) -> bool {
    matches!(event, Event::ConsultationAnswered { .. })
}

fn other_objective() -> Event {
    let mut event = again(strategy).remove(0);
    if let Event::StrategyPublished { objectives, .. } = &mut event {
        *objectives = vec![Objective { id: "accueil".into(), title: "Mieux accueillir".into() }];
    }
    event
}

fn ended() -> Event {
    Event::AuthorisationEnded { system: AIDE.into(), reason: "Fin".into() }
}

fn no_log() -> Event {
    Event::OrganisationDeclared { name: "Commune".into(), siret: "21350001800013".into(), public_log: false }
}

fn uncertified() -> Event {
    let (system, version, person) = (AIDE.into(), "1".into(), sample::AGENT.into());
    Event::CertificationWithdrawn { system, version, person, reason: "Erreur".into() }
}

/// The sheet as it is, and something else in it.
pub fn edited(edit: fn(&mut SystemSheet)) -> (Event, Event) {
    let before = of_system(|event| matches!(event, Event::SystemDeclared { .. })).remove(0);
    let mut after = before.clone();
    if let Event::SystemDeclared { sheet, .. } = &mut after {
        edit(sheet);
    }
    (after, before)
}

fn sheet(edit: fn(&mut SystemSheet)) -> Lapse {
    let (after, before) = edited(edit);
    Acts(vec![after], vec![before])
}

fn alone_without_notice() -> Lapse {
    let (after, before) = edited(|sheet| sheet.automation = Automation::Full);
    let mut back = of_system(|event| matches!(event, Event::NoticePublished { .. }));
    back.push(before);
    Acts(vec![after, no_notice()], back)
}

fn no_notice() -> Event {
    Event::NoticeWithdrawn { system: AIDE.into(), reason: "Fausse".into() }
}

fn returned(system: &str, kind: StudyKind) -> Event {
    Event::StudyReturned { system: system.into(), kind, reason: "À revoir".into() }
}

fn signed(system: &str, kind: StudyKind) -> Vec<Event> {
    vec![Event::StudySigned { system: system.into(), kind, until: until(), digest: String::new() }]
}

fn study(kind: StudyKind) -> Lapse {
    Acts(vec![returned(AIDE, kind)], signed(AIDE, kind))
}

fn clause(gone: &str) -> Lapse {
    let mut without = again(contract);
    if let Event::ContractSigned { clauses, .. } = &mut without[0] {
        clauses.retain(|clause: &Clause| clause.kind != gone);
    }
    Acts(without, again(contract))
}

fn host_of(jurisdiction: &str) -> Event {
    let mut event = again(|event| matches!(event, Event::HostDeclared { .. })).remove(0);
    if let Event::HostDeclared { traits, .. } = &mut event {
        *traits = HostTraits { jurisdiction: jurisdiction.into(), ..HostTraits::default() };
    }
    event
}

fn plan_without_continuity() -> Event {
    let (system, plan) = (AIDE.into(), "Un jour sur cinq.".into());
    Event::SkillsPlanWritten { system, plan, skills: Vec::new(), quota: 20, continuity: String::new() }
}

fn a_smaller_one_passes() -> Event {
    let (system, version, evaluation) = (AIDE.into(), "1".into(), "courrier 3".into());
    Event::Evaluated { system, version, evaluation, passed: 24, total: 24, required: 21, smaller_that_pass: 1 }
}

fn reopened() -> Event {
    Event::ConsultationReopened { system: AIDE.into(), reason: "Une contribution oubliée".into(), due: until() }
}

fn overdue() -> Event {
    let (system, consultation, question) = (AIDE.into(), "2".into(), "Et maintenant ?".into());
    Event::ConsultationOpened {
        system,
        consultation,
        question,
        closes: start(),
        due: at("2027-12-10T09:59:59Z"),
        url: String::new(),
    }
}

fn old_drill() -> Event {
    let on = "2026-01-05".parse().unwrap();
    Event::DrillHeld { system: AIDE.into(), on, result: "Fait.".into(), until: at("2027-01-05T00:00:00Z") }
}
