//! What people do before a system may run, as acts in their order.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::as_read;
use crate::event::{
    Automation, Classification, Clause, DataOpenness, Event, HostTraits, ModelTraits, NoticeWords, Objective, Recorded, Risk,
    StudyKind, SystemSheet,
};
use crate::record::{Record, Value};
use crate::state::Register;

/// The model of every sample system.
pub const MODEL: &str = "petit";
/// Its host.
pub const HOST: &str = "hote";
/// Trained for every sample system, and author of its studies.
pub const AGENT: &str = "agent";
/// Owner of every sample system, and signatory of its studies.
pub const OWNER: &str = "responsable";
/// The fields of the record that the shipped rules ask of a high risk.
pub const RECORD: [&str; 4] = ["purpose", "risks", "human_oversight", "appeals"];
/// The day of the acts that carry one.
const DAY: Date = date(2026, 11, 2);

/// The administration, its strategy, its host under contract, its model. What ends ends at `until`.
pub fn organisation(until: Timestamp) -> Vec<Event> {
    let clauses =
        ["environment", "environment-criterion", "social", "no-training", "reversibility", "log-access", "explanation", "security"];
    let clause = |kind: &str| Clause { kind: kind.into(), evidence: "p. 3".into(), until: None, tested: Some(DAY) };
    vec![
        Event::OrganisationDeclared { name: "Commune".into(), siret: "21350001800013".into(), public_log: true },
        Event::StrategyPublished {
            version: "1".into(),
            title: "Stratégie".into(),
            url: "https://commune.example/strategie".into(),
            adopted: DAY,
            objectives: vec![Objective { id: "delais".into(), title: "Répondre plus vite".into() }],
            voted: "conseil municipal, à l’unanimité".into(),
            words: "Répondre plus vite, sans jamais laisser décider une machine.".into(),
        },
        Event::ReferentAppointed { person: "referente".into() },
        Event::HostDeclared {
            host: HOST.into(),
            name: "Hôte".into(),
            embedded: false,
            base_url: "http://127.0.0.1:1/v1".into(),
            country: "FR".into(),
            traits: HostTraits { jurisdiction: "FR".into(), ..HostTraits::default() },
        },
        Event::ContractSigned {
            host: HOST.into(),
            reference: "2026-17".into(),
            until,
            clauses: clauses.map(clause).into(),
            terms: Default::default(),
        },
        Event::ModelDeclared {
            model: MODEL.into(),
            name: "Petit".into(),
            host: HOST.into(),
            open_weights: true,
            licence: "Apache-2.0".into(),
            active_billions: 1.5,
            total_billions: 1.5,
            traits: ModelTraits { data: DataOpenness::Described, ..ModelTraits::default() },
        },
    ]
}

/// The complete dossier of a system in service from `from` to `until`. It touches cases unless its risk is low; at high risk it
/// scores benefits (Annex III, 5(a)).
pub fn system(id: &str, risk: Risk, (from, until): (Timestamp, Timestamp)) -> Vec<Event> {
    let system = || id.to_owned();
    let mut events = vec![
        Event::SystemDeclared { system: system(), sheet: sheet(risk) },
        Event::VersionDeclared {
            system: system(),
            version: "1".into(),
            model: MODEL.into(),
            digest: String::new(),
            change: String::new(),
            substantial: false,
        },
        Event::OwnerNamed { system: system(), person: OWNER.into() },
        Event::OwnerAccepted { system: system() },
        Event::TrainingPublished { system: system(), module: "module".into() },
        Event::Certified {
            system: system(),
            version: "1".into(),
            person: AGENT.into(),
            until,
            means: "quiz".into(),
            passed: None,
            evidence: String::new(),
        },
        Event::HumanChannelGiven { system: system(), telephone: "01 99 00 12 34".into(), hours: "le matin".into() },
    ];
    let answers = BTreeMap::from([("risques".to_owned(), "Une erreur retarde la réponse.".into())]);
    events.extend(studies(risk).iter().flat_map(|kind| {
        let (kind, answers) = (*kind, answers.clone());
        let written = Event::StudyWritten { system: system(), kind, answers, contributors: Vec::new() };
        [written, Event::StudySigned { system: system(), kind, until, digest: String::new() }]
    }));
    if risk != Risk::Low {
        events.extend(about_citizens(id, until));
    }
    events.extend(shown(id, risk));
    if risk == Risk::High {
        events.push(record(id));
    }
    events.push(Event::Authorised {
        system: system(),
        version: "1".into(),
        scope: "Accueil".into(),
        from,
        until,
        digest: String::new(),
        experiment: false,
    });
    events
}

/// What the public record of a high risk must say.
pub fn record(id: &str) -> Event {
    let fields = RECORD.map(|field| (field.to_owned(), Value::Text("Dit en clair.".into())));
    Record { fields: fields.into(), ..Record::default() }.act(id, None)
}

/// Studies that a system of this risk owes.
fn studies(risk: Risk) -> &'static [StudyKind] {
    match risk {
        Risk::Low => &[StudyKind::Light],
        Risk::Limited => &[StudyKind::Rights],
        Risk::High | Risk::Unassessed => {
            &[StudyKind::Rights, StudyKind::DataProtection, StudyKind::Environment, StudyKind::Skills, StudyKind::Accessibility]
        }
    }
}

fn sheet(risk: Risk) -> SystemSheet {
    let touches_cases = risk != Risk::Low;
    let classification = if risk == Risk::High {
        Classification {
            annex_iii: "5(a)".into(),
            eu_entry: "https://ec.europa.eu/ai-database/0000".into(),
            profiling: true,
            reasons: "Pèse sur l’accès à une aide.".into(),
            ..Classification::default()
        }
    } else {
        Classification::default()
    };
    SystemSheet {
        name: "Un système".into(),
        purpose_fr: "Proposer une réponse à une demande.".into(),
        purpose_en: "Propose an answer to a request.".into(),
        objective: "delais".into(),
        risk,
        automation: Automation::Assisted,
        self_learning: false,
        sensitive_data: false,
        touches_cases,
        decisions: if touches_cases { vec!["Accorder".into(), "Refuser".into()] } else { Vec::new() },
        classification,
    }
}

/// Notice, know-how, consultation: what a system that touches files owes to those outside, and to those who did without it.
fn about_citizens(id: &str, until: Timestamp) -> [Event; 4] {
    let system = || id.to_owned();
    let words = |does: &str, does_not: &str| NoticeWords {
        does: vec![does.into()],
        does_not: vec![does_not.into()],
        ..NoticeWords::default()
    };
    [
        Event::NoticePublished {
            system: system(),
            fr: words("Propose.", "Ne décide pas."),
            en: words("Proposes.", "Does not decide."),
        },
        Event::SkillsPlanWritten {
            system: system(),
            plan: "Un jour sur cinq sans l’outil.".into(),
            skills: Vec::new(),
            quota: 20,
            continuity: "L’accueil reprend la file à la main.".into(),
        },
        Event::DrillHeld { system: system(), on: DAY, result: "Fait en une matinée.".into(), until },
        Event::ConsultationAnswered {
            system: system(),
            question: "Faut-il un outil ?".into(),
            contributions: 4,
            answer: "Oui, avec un avis humain d’abord.".into(),
            consultation: String::new(),
            url: String::new(),
        },
    ]
}

/// What was measured on the version.
fn shown(id: &str, risk: Risk) -> Vec<Event> {
    let mut events = vec![Event::Evaluated {
        system: id.to_owned(),
        version: "1".into(),
        evaluation: "courrier 2".into(),
        passed: 23,
        total: 24,
        required: 21,
        smaller_that_pass: 0,
    }];
    if risk == Risk::High {
        events.push(Event::OversightShown {
            system: id.to_owned(),
            version: "1".into(),
            judged_first: 60,
            wrong: 9,
            caught: 8,
            without: 40,
            findings: "Les erreurs de montant sont vues.".into(),
        });
    }
    events
}

/// The register after these acts, recorded at `at` as if read just before; studies are written by [`AGENT`], the rest is done by
/// [`OWNER`].
pub fn register(events: impl IntoIterator<Item = Event>, at: Timestamp) -> Register {
    let mut register = Register::default();
    for event in events {
        let event = as_read(&register, event);
        let author = if matches!(event, Event::StudyWritten { .. }) { AGENT } else { OWNER }.to_owned();
        register.apply(&Recorded { seq: register.epoch + 1, at, author, event });
    }
    register
}
