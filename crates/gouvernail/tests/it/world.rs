//! An administration ready to call a model host: its register, its people, its keys, as if every form had been filled in.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use gouvernail_register::{Automation, Clause, Event, NoticeData, NoticeWords, Objective, Risk, Rules, StudyKind, SystemSheet};
use gouvernail_store::{Ambient, ApiKey, CaseFile, Live, NewCaseEvent, Person, Role, Store};
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use serde_json::json;

/// A system that touches files.
pub const FILES: &str = "orientation";
/// A drafting assistant that touches none.
pub const DRAFTS: &str = "brouillons";
/// Name by which applications call the model.
pub const MODEL: &str = "mock";
/// The trained agent.
pub const AGENT: &str = "samir@val-dormes.example";

/// Where a program listens.
pub struct Address(SocketAddr);

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        Self(address)
    }
}

impl From<u16> for Address {
    fn from(port: u16) -> Self {
        Self(SocketAddr::from(([127, 0, 0, 1], port)))
    }
}

/// What an application needs to call.
pub struct Prepared {
    pub database: String,
    pub files_key: String,
    /// The agent's own key for the assistant: its calls need no header.
    pub own_key: String,
    pub cases: Vec<String>,
}

#[expect(clippy::disallowed_methods, reason = "the edge of the test")]
pub fn ambient() -> Ambient {
    Ambient::new(Timestamp::now, |bytes| rand::rng().fill_bytes(bytes))
}

/// Fills a fresh SQLite database in `folder` for a model host at `upstream` (`http://…/v1`), with `cases` open cases.
pub async fn prepare(folder: &Path, upstream: &str, cases: usize) -> Prepared {
    prepare_in(format!("sqlite:{}", folder.join("gouvernail.db").display()), upstream, cases).await
}

/// The same in any fresh database.
pub async fn prepare_in(database: String, upstream: &str, cases: usize) -> Prepared {
    let ambient = ambient();
    let store = Store::connect(&database).await.unwrap();
    store.create_person(&agent()).await.unwrap();
    let live = Live::open(store.clone(), ambient.clone()).await.unwrap();
    let rules = Rules::shipped().unwrap();
    let year = ambient.now() + SignedDuration::from_hours(24 * 365);
    for (author, event) in dossier(upstream, ambient.now(), year) {
        let event = gouvernail_register::sample::as_read(&live.snapshot().register, event);
        live.record(&rules, author, event).await.unwrap();
    }
    let files_key = give_key(&store, &ambient, FILES, None).await;
    let own_key = give_key(&store, &ambient, DRAFTS, Some("samir")).await;
    let mut references = Vec::new();
    for n in 0..cases {
        references.push(open_case(&store, &ambient, n).await);
    }
    store.close().await;
    Prepared { database, files_key, own_key, cases: references }
}

/// A key of `system`: an application's, or the own one of `person`.
async fn give_key(store: &Store, ambient: &Ambient, system: &str, person: Option<&str>) -> String {
    let (key, text) = ApiKey::mint(system, "test", None, ambient);
    let key = person.map_or(key.clone(), |person| key.held_by(person));
    store.create_api_key(&key).await.unwrap();
    text
}

fn agent() -> Person {
    Person {
        id: "samir".into(),
        name: "Samir Benali".into(),
        email: AGENT.into(),
        roles: vec![Role::Agent],
        password_hash: String::new(),
        active: true,
    }
}

async fn open_case(store: &Store, ambient: &Ambient, n: usize) -> String {
    let (id, reference) = (ambient.id(), format!("AC-2026-{n:04}"));
    let known = json!([{ "label": "person", "value": "Nadia Ferrand" }, { "label": "phone", "value": "06 12 34 56 78" }]);
    let subject = json!({ "subject": "Demande à la mairie", "known": known, "recipient": ["Nadia Ferrand"] });
    let file = CaseFile {
        id: id.clone(),
        reference: reference.clone(),
        opened_by: FILES.to_owned(),
        subject,
        status: "open".into(),
        updated: ambient.now(),
        code_hash: None,
    };
    let opened = json!({
        "event": "opened", "id": id, "reference": reference, "subject": "Demande à la mairie", "known": known, "at": ambient.now(),
    });
    let event = NewCaseEvent { at: ambient.now(), author: "application".into(), kind: "opened".into(), body: opened };
    store.declare_case(&file, "k", &event).await.unwrap();
    reference
}

fn dossier(upstream: &str, now: Timestamp, year: Timestamp) -> Vec<(&'static str, Event)> {
    let clauses = ["environment", "social", "no-training"].map(|kind| Clause {
        kind: kind.into(),
        evidence: "art. 3".into(),
        ..Clause::default()
    });
    let mut events = vec![
        ("claire", Event::OrganisationDeclared { name: "Commune".into(), siret: "21350001800013".into(), public_log: true }),
        (
            "claire",
            Event::StrategyPublished {
                version: "1".into(),
                title: "Feuille de route".into(),
                url: "https://commune.example/route".into(),
                adopted: "2026-03-12".parse().unwrap(),
                objectives: vec![Objective { id: "delais".into(), title: "Répondre plus vite".into() }],
                voted: String::new(),
                words: String::new(),
            },
        ),
        ("claire", Event::ReferentAppointed { person: "claire".into() }),
        (
            "claire",
            Event::HostDeclared {
                host: "hote".into(),
                name: "Hôte".into(),
                embedded: false,
                base_url: upstream.into(),
                country: "FR".into(),
                traits: Default::default(),
            },
        ),
        (
            "claire",
            Event::ContractSigned {
                host: "hote".into(),
                reference: "M-1".into(),
                until: year,
                clauses: clauses.into(),
                terms: Default::default(),
            },
        ),
        (
            "claire",
            Event::ModelDeclared {
                model: MODEL.into(),
                name: "Mock".into(),
                host: "hote".into(),
                open_weights: true,
                licence: "MIT".into(),
                active_billions: 1.5,
                total_billions: 1.5,
                traits: Default::default(),
            },
        ),
    ];
    events.extend(system(FILES, true, now, year));
    events.extend(system(DRAFTS, false, now, year));
    events
}

/// What one system needs: the long way when it touches files, the short one otherwise.
fn system(id: &str, touches_cases: bool, now: Timestamp, year: Timestamp) -> Vec<(&'static str, Event)> {
    let (system, version) = (|| id.to_owned(), || "1".to_owned());
    let kind = if touches_cases { StudyKind::Rights } else { StudyKind::Light };
    let sheet = SystemSheet {
        name: id.to_owned(),
        purpose_fr: "proposer un service".into(),
        purpose_en: "propose a department".into(),
        objective: "delais".into(),
        risk: if touches_cases { Risk::Limited } else { Risk::Low },
        automation: Automation::Assisted,
        self_learning: false,
        sensitive_data: false,
        touches_cases,
        decisions: if touches_cases { vec!["Voirie".into(), "École".into()] } else { Vec::new() },
        classification: Default::default(),
    };
    let words = || NoticeWords {
        does: vec!["Il propose un service.".into()],
        does_not: vec!["Il ne décide pas.".into()],
        data: vec![NoticeData { label: "votre demande".into(), source: "votre message".into() }],
        counts: Vec::new(),
    };
    let answers = BTreeMap::from([("risques".to_owned(), "Une erreur.".into())]);
    vec![
        ("claire", Event::SystemDeclared { system: system(), sheet }),
        (
            "claire",
            Event::VersionDeclared {
                system: system(),
                version: version(),
                model: MODEL.into(),
                digest: "00".into(),
                change: String::new(),
                substantial: false,
            },
        ),
        ("claire", Event::OwnerNamed { system: system(), person: "julien".into() }),
        ("julien", Event::OwnerAccepted { system: system() }),
        ("claire", Event::StudyWritten { system: system(), kind, answers, contributors: Vec::new() }),
        ("julien", Event::StudySigned { system: system(), kind, until: year, digest: String::new() }),
        ("claire", Event::TrainingPublished { system: system(), module: "module".into() }),
        (
            "samir",
            Event::Certified {
                system: system(),
                version: version(),
                person: "samir".into(),
                until: year,
                means: String::new(),
                passed: None,
                evidence: String::new(),
            },
        ),
        ("claire", Event::NoticePublished { system: system(), fr: words(), en: words() }),
        ("claire", Event::HumanChannelGiven { system: system(), telephone: "01 99 00 12 34".into(), hours: "le matin".into() }),
        (
            "claire",
            Event::SkillsPlanWritten {
                system: system(),
                plan: "Un jour sans outil.".into(),
                skills: Vec::new(),
                quota: 0,
                continuity: String::new(),
            },
        ),
        (
            "claire",
            Event::ConsultationAnswered {
                system: system(),
                question: "?".into(),
                contributions: 1,
                answer: "Oui.".into(),
                consultation: String::new(),
                url: String::new(),
            },
        ),
        (
            "claire",
            Event::Evaluated {
                system: system(),
                version: version(),
                evaluation: "essai 1".into(),
                passed: 9,
                total: 10,
                required: 8,
                smaller_that_pass: 0,
            },
        ),
        (
            "helene",
            Event::Authorised {
                system: system(),
                version: version(),
                scope: "Tout".into(),
                from: now,
                until: year,
                digest: String::new(),
                experiment: false,
            },
        ),
    ]
}

/// A configuration file in `folder` for `gouvernail serve` at `address`, a whole one or a port of the loopback interface. Names
/// are looked for by the words around them, whatever was fetched on this machine.
pub fn configure(folder: &Path, address: impl Into<Address>) -> std::path::PathBuf {
    let Address(address) = address.into();
    let file = folder.join("gouvernail.toml");
    let example = include_str!("../../gouvernail.example.toml")
        .replace("data = \"gouvernail-data\"", "data = \".\"")
        .replace("listen = \"127.0.0.1:8300\"", &format!("listen = \"{address}\""))
        .replace("public_url = \"https://ia.commune.example\"", &format!("public_url = \"http://{address}\""))
        .replace("# origin = \"ia.commune.example/journal\"", "origin = \"essai.example/journal\"\nevery_ms = 50");
    let example = example.replace("# [privacy]\n# names = \"recogniser\"", "[privacy]\nnames = \"none\"");
    std::fs::write(&file, example).unwrap();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    file
}
