//! What people do before a system may run: the events of a register, in order.

use std::collections::BTreeMap;

use gouvernail_register::{Automation, Event, HostTraits, NoticeData, NoticeWords, Risk, StudyKind, SystemSheet, sample};
use jiff::Timestamp;

/// Proposes a service for a citizen's request.
pub const ORIENTATION: &str = "orientation";
/// Helps to write; touches no file.
pub const REDACTION: &str = "redaction";
/// The model of both.
pub const MODEL: &str = "petit";
pub const HOST: &str = "hote";
/// Trained for both.
pub const AGENT: &str = "agent";
pub const OWNER: &str = "responsable";

pub fn start() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

pub fn later() -> Timestamp {
    "2027-11-24T10:00:00Z".parse().unwrap()
}

/// Studies are written by the agent; everything else is done by the owner.
pub fn author(event: &Event) -> &'static str {
    if matches!(event, Event::StudyWritten { .. }) { AGENT } else { OWNER }
}

pub fn host(base_url: &str, embedded: bool, country: &str) -> Event {
    let traits = HostTraits { jurisdiction: country.to_owned(), ..HostTraits::default() };
    let (host, name, country) = (HOST.to_owned(), "Hôte".to_owned(), country.to_owned());
    Event::HostDeclared { host, name, embedded, base_url: base_url.to_owned(), country, traits }
}

/// The organisation, its host at this address, and its model.
pub fn organisation(base_url: &str) -> Vec<Event> {
    let here = |event| if matches!(event, Event::HostDeclared { .. }) { host(base_url, false, "FR") } else { event };
    sample::organisation(later()).into_iter().map(here).collect()
}

fn words(data: &[&str]) -> NoticeWords {
    let data = data.iter().map(|label| NoticeData { label: (*label).into(), source: "la demande".into() }).collect();
    NoticeWords { does: vec!["Propose.".into()], does_not: vec!["Ne décide pas.".into()], data, counts: Vec::new() }
}

/// The complete dossier of a system.
pub fn system(id: &'static str, touches_cases: bool) -> Vec<Event> {
    let system = || id.to_owned();
    let sheet = SystemSheet {
        name: "Un système".into(),
        purpose_fr: "Proposer le service qui traitera une demande.".into(),
        purpose_en: "Propose the service that will handle a request.".into(),
        objective: "delais".into(),
        risk: if touches_cases { Risk::High } else { Risk::Low },
        automation: Automation::Assisted,
        self_learning: false,
        sensitive_data: false,
        touches_cases,
        decisions: if touches_cases { vec!["Voirie".into(), "École".into()] } else { Vec::new() },
        classification: Default::default(),
    };
    let answers = BTreeMap::from([("risques".to_owned(), "Une erreur retarde la réponse.".into())]);
    let studies = StudyKind::ALL.into_iter().flat_map(|kind| {
        let written = Event::StudyWritten { system: system(), kind, answers: answers.clone(), contributors: Vec::new() };
        [written, Event::StudySigned { system: system(), kind, until: later(), digest: String::new() }]
    });
    let mut events = vec![
        Event::SystemDeclared { system: system(), sheet },
        declared(id, "1"),
        Event::OwnerNamed { system: system(), person: OWNER.into() },
        Event::OwnerAccepted { system: system() },
    ];
    events.extend(studies);
    events.extend([
        sample::record(id),
        Event::TrainingPublished { system: system(), module: "module".into() },
        Event::NoticePublished { system: system(), fr: words(&["l'objet de la demande"]), en: words(&["the request"]) },
        Event::HumanChannelGiven { system: system(), telephone: "01 99 00 12 34".into(), hours: "le matin".into() },
        Event::SkillsPlanWritten {
            system: system(),
            plan: "Un jour sur cinq sans l'outil.".into(),
            skills: Vec::new(),
            quota: 20,
            continuity: "L'accueil reprend la file à la main.".into(),
        },
        Event::DrillHeld {
            system: system(),
            on: "2026-11-02".parse().unwrap(),
            result: "Fait en une matinée.".into(),
            until: later(),
        },
        Event::ConsultationAnswered {
            system: system(),
            question: "Faut-il un outil ?".into(),
            contributions: 4,
            answer: "Oui, avec un avis humain d'abord.".into(),
            consultation: String::new(),
            url: String::new(),
        },
    ]);
    events.extend(entitled(id, "1"));
    events
}

/// Another version of a system that ran, and all that it needs to run again.
pub fn again(id: &'static str) -> Vec<Event> {
    [declared(id, "2")].into_iter().chain(entitled(id, "2")).collect()
}

fn declared(id: &str, version: &str) -> Event {
    Event::VersionDeclared {
        system: id.to_owned(),
        version: version.to_owned(),
        model: MODEL.into(),
        digest: String::new(),
        change: String::new(),
        substantial: false,
    }
}

/// The agent passed the training.
pub fn certified(id: &str, version: String) -> Event {
    let (system, person) = (id.to_owned(), AGENT.to_owned());
    Event::Certified { system, version, person, until: later(), means: String::new(), passed: None, evidence: String::new() }
}

/// What is given to one version: certification, evaluation, what its trial showed, mandate.
fn entitled(id: &str, version: &str) -> [Event; 4] {
    let (system, version) = (|| id.to_owned(), || version.to_owned());
    [
        certified(id, version()),
        Event::Evaluated {
            system: system(),
            version: version(),
            evaluation: "orientation-courrier 2".into(),
            passed: 23,
            total: 24,
            required: 21,
            smaller_that_pass: 0,
        },
        Event::OversightShown {
            system: system(),
            version: version(),
            judged_first: 60,
            wrong: 9,
            caught: 8,
            without: 40,
            findings: "Les erreurs sont vues.".into(),
        },
        Event::Authorised {
            system: system(),
            version: version(),
            scope: "Accueil".into(),
            from: start(),
            until: later(),
            digest: String::new(),
            experiment: false,
        },
    ]
}
