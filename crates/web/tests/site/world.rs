//! A site over a real store, a clock that the test holds, and browsers that keep their cookies.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{Request, StatusCode};
use gouvernail_register::{Automation, Clause, Event, NoticeData, NoticeWords, Objective, Risk, Rules, StudyKind, SystemSheet};
use gouvernail_store::{Account, Ambient, Live, Person, Receipts, Role, Sequencer, Store};
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::note::Signer;
use gouvernail_web::badge::BadgeKey;
use gouvernail_web::library::Library;
use gouvernail_web::password;
use gouvernail_web::site::{App, Embedded, Identity, Parts, Privacy, Quota, QuotaOf, QuotaPeriod, QuotaUnit, Throttle, router};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tower::ServiceExt;

pub const PASSWORD: &str = "quatre mots bien choisis";
pub const SYSTEM: &str = "orientation-du-courrier";

pub struct World {
    pub app: App,
    pub site: Router,
    pub sequencer: Sequencer,
    clock: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

/// A clock that stands still until moved, and bytes that do not repeat.
fn ambient() -> (Ambient, Arc<AtomicI64>) {
    let start: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let clock = Arc::new(AtomicI64::new(start.as_microsecond()));
    let (now, drawn) = (Arc::clone(&clock), AtomicU64::new(1));
    let fill = move |bytes: &mut [u8]| {
        for byte in bytes {
            let next = drawn.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
            *byte = (next >> 56) as u8;
        }
    };
    (Ambient::new(move || Timestamp::from_microsecond(now.load(Ordering::Relaxed)).unwrap(), fill), clock)
}

/// Two quotas of today, the second of a system.
fn quotas(now: Timestamp) -> Vec<Quota> {
    let day = now.to_zoned_datetime(TimeZone::UTC).date();
    let quota = |of, unit, id: &str, limit, parts| Quota {
        of,
        unit,
        every: QuotaPeriod::Day,
        limit,
        parts,
        account: Account { quota: id.into(), period: day.to_string() },
        renewed: "2026-11-24T23:00:00Z".parse().unwrap(),
    };
    vec![
        quota(QuotaOf::Everybody, QuotaUnit::Euros, "all/euros/day", 12_000_000, 1e6),
        quota(QuotaOf::System(SYSTEM.into()), QuotaUnit::Requests, "system/requests/day", 2, 1.0),
    ]
}

impl World {
    pub async fn new() -> Self {
        Self::reading(Privacy::default()).await
    }

    /// A site that looks for personal data so.
    pub async fn reading(privacy: Privacy) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ambient, clock) = ambient();
        let store = Store::connect(&format!("sqlite:{}", folder.path().join("store.db").display())).await.unwrap();
        let live = Live::open(store.clone(), ambient.clone()).await.unwrap();
        let log = DiskLog::open(folder.path().join("log")).unwrap();
        let signer = Signer::from_seed("val-dormes.example/journal", &[3; 32]).unwrap();
        let log_vkey = signer.vkey().to_string();
        let every = SignedDuration::from_hours(24);
        let sequencer = Sequencer::open(store.clone(), log.clone(), signer, ambient.clone(), every).await.unwrap();
        let app = App::new(Parts {
            store,
            live,
            rules: Arc::new(Rules::shipped().unwrap()),
            ambient,
            receipts: Receipts::of(log),
            library: Library::shipped().unwrap(),
            identity: identity(log_vkey),
            secret: [9; 32],
            badges: BadgeKey::from_seed(&[5; 32]),
            throttle: Throttle::default(),
            embedded: Some(embedded()),
            privacy,
            quotas: Box::new(quotas),
        });
        Self { site: router(app.clone()), app, sequencer, clock, _folder: folder }
    }

    /// Time passes.
    pub fn later(&self, by: SignedDuration) {
        self.clock.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::Relaxed);
    }

    pub async fn person(&self, id: &str, name: &str, roles: &[Role]) -> Person {
        let person = Person {
            id: id.to_owned(),
            name: name.to_owned(),
            email: format!("{id}@val-dormes.example"),
            roles: roles.to_vec(),
            password_hash: password::hash(PASSWORD, &self.app.ambient).unwrap(),
            active: true,
        };
        self.app.store.create_person(&person).await.unwrap();
        self.app.live.refresh().await.unwrap();
        person
    }

    /// The people of the town: référente, owner, two agents, mayor.
    pub async fn people(&self) {
        self.person("claire", "Claire Vasseur", &[Role::Referent]).await;
        self.person("julien", "Julien Morel", &[Role::Owner]).await;
        self.person("samir", "Samir Benali", &[Role::Agent]).await;
        self.person("ines", "Inès Carpentier", &[Role::Agent]).await;
        self.person("helene", "Hélène Marchand", &[Role::Elected]).await;
    }

    pub async fn act(&self, author: &str, event: Event) {
        let event = gouvernail_register::sample::as_read(&self.app.live.snapshot().register, event);
        self.app.live.record(&self.app.rules, author, event).await.unwrap();
    }

    /// A complete dossier for [`SYSTEM`], as if every form had been filled in; authorised for a year.
    pub async fn dossier(&self) {
        let (now, year) = (self.app.now(), self.app.now() + SignedDuration::from_hours(24 * 365));
        for (author, event) in dossier(now, year) {
            self.act(author, event).await;
        }
    }

    pub fn browser(&self) -> Browser {
        Browser { site: self.site.clone(), cookies: BTreeMap::new(), language: "fr".to_owned() }
    }

    pub async fn signed_in(&self, id: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.post("/login", &[("email", &format!("{id}@val-dormes.example")), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }
}

/// The model of this machine.
fn embedded() -> Embedded {
    Embedded { host: "ici".into(), model: "essai".into(), name: "Essai 135M".into(), licence: "Apache-2.0".into(), billions: 0.135 }
}

fn identity(log_vkey: String) -> Identity {
    Identity {
        organisation: "Commune de Val-d’Ormes".to_owned(),
        public_url: "http://val-dormes.example".to_owned(),
        sender: vec!["Commune de Val-d’Ormes".to_owned(), "1, place de la République".to_owned(), "00000 Val-d’Ormes".to_owned()],
        place: "Val-d’Ormes".to_owned(),
        post: "Mairie, 1 place de la République, 00000 Val-d’Ormes".to_owned(),
        phone: "01 99 00 12 34".to_owned(),
        hours: "du lundi au vendredi, de 9 h à 17 h".to_owned(),
        time_zone: TimeZone::get("Europe/Paris").unwrap(),
        observatory: "http://observatoire.example".to_owned(),
        log_vkey,
    }
}

fn words(does: &str, does_not: &str, label: &str, source: &str) -> NoticeWords {
    let data = vec![NoticeData { label: label.to_owned(), source: source.to_owned() }];
    NoticeWords { does: vec![does.to_owned()], does_not: vec![does_not.to_owned()], data, counts: Vec::new() }
}

fn dossier(now: Timestamp, year: Timestamp) -> Vec<(&'static str, Event)> {
    let (system, version) = (|| SYSTEM.to_owned(), || "1".to_owned());
    let clauses = ["environment", "social", "no-training"].map(|kind| Clause {
        kind: kind.into(),
        evidence: "p. 3".into(),
        ..Clause::default()
    });
    let answers = BTreeMap::from([("risques".to_owned(), "Une erreur retarde la réponse.".into())]);
    let objectives = vec![Objective { id: "delais".into(), title: "Répondre plus vite".into() }];
    let sheet = SystemSheet {
        name: "Orientation du courrier".into(),
        purpose_fr: "proposer le service qui traitera une demande".into(),
        purpose_en: "propose the department that will handle a request".into(),
        objective: "delais".into(),
        risk: Risk::Limited,
        automation: Automation::Assisted,
        self_learning: false,
        sensitive_data: false,
        touches_cases: true,
        decisions: ["État civil", "Urbanisme", "École", "Aide sociale", "Voirie"].map(str::to_owned).into(),
        classification: Default::default(),
    };
    vec![
        (
            "claire",
            Event::OrganisationDeclared {
                name: "Commune de Val-d’Ormes".into(), siret: "21310000100014".into(), public_log: true
            },
        ),
        (
            "claire",
            Event::StrategyPublished {
                version: "1".into(),
                title: "Feuille de route numérique".into(),
                url: "https://val-dormes.example/feuille-de-route".into(),
                adopted: "2026-03-12".parse().unwrap(),
                objectives,
                voted: String::new(),
                words: String::new(),
            },
        ),
        ("claire", Event::ReferentAppointed { person: "claire".into() }),
        (
            "claire",
            Event::HostDeclared {
                host: "local".into(),
                name: "La commune elle-même".into(),
                embedded: true,
                base_url: String::new(),
                country: "FR".into(),
                traits: Default::default(),
            },
        ),
        (
            "claire",
            Event::ContractSigned {
                host: "local".into(),
                reference: "2026-17".into(),
                until: year,
                clauses: clauses.into(),
                terms: Default::default(),
            },
        ),
        (
            "claire",
            Event::ModelDeclared {
                model: "petit".into(),
                name: "Qwen2.5-Coder 1.5B".into(),
                host: "local".into(),
                open_weights: true,
                licence: "Apache-2.0".into(),
                active_billions: 1.5,
                total_billions: 1.5,
                traits: Default::default(),
            },
        ),
        ("claire", Event::SystemDeclared { system: system(), sheet }),
        (
            "claire",
            Event::VersionDeclared {
                system: system(),
                version: version(),
                model: "petit".into(),
                digest: "00".into(),
                change: String::new(),
                substantial: false,
            },
        ),
        ("claire", Event::OwnerNamed { system: system(), person: "julien".into() }),
        ("julien", Event::OwnerAccepted { system: system() }),
        ("claire", Event::StudyWritten { system: system(), kind: StudyKind::Rights, answers, contributors: Vec::new() }),
        ("helene", Event::StudySigned { system: system(), kind: StudyKind::Rights, until: year, digest: String::new() }),
        ("claire", Event::TrainingPublished { system: system(), module: "orientation-courrier".into() }),
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
        (
            "claire",
            Event::NoticePublished {
                system: system(),
                fr: words("L’outil propose un service.", "Il ne décide pas.", "le texte de votre demande", "votre message"),
                en: words("The tool proposes a department.", "It does not decide.", "the text of your request", "your message"),
            },
        ),
        (
            "claire",
            Event::HumanChannelGiven {
                system: system(),
                telephone: "01 99 00 12 34".into(),
                hours: "du lundi au vendredi, de 9 h à 17 h".into(),
            },
        ),
        (
            "claire",
            Event::SkillsPlanWritten {
                system: system(),
                plan: "Un jour sur cinq sans l’outil.".into(),
                skills: Vec::new(),
                quota: 0,
                continuity: String::new(),
            },
        ),
        (
            "claire",
            Event::ConsultationAnswered {
                system: system(),
                question: "Faut-il un outil pour orienter le courrier ?".into(),
                contributions: 4,
                answer: "Oui, avec un avis humain d’abord.".into(),
                consultation: String::new(),
                url: String::new(),
            },
        ),
        (
            "claire",
            Event::Evaluated {
                system: system(),
                version: version(),
                evaluation: "orientation-courrier 2".into(),
                passed: 23,
                total: 24,
                required: 21,
                smaller_that_pass: 0,
            },
        ),
        (
            "helene",
            Event::Authorised {
                system: system(),
                version: version(),
                scope: "Accueil".into(),
                from: now,
                until: year,
                digest: String::new(),
                experiment: false,
            },
        ),
    ]
}

/// What a browser received.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub content_type: String,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The page says this.
    pub fn says(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

/// Somebody's browser: it keeps cookies and follows nothing by itself.
#[derive(Clone)]
pub struct Browser {
    site: Router,
    cookies: BTreeMap<String, String>,
    pub language: String,
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&");
        let request = self.request("POST", path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Posts a form, then opens the page that it leads to.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
        let target = answer.location.split('#').next().unwrap().to_owned();
        self.get(&target).await
    }

    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let request = Request::builder().method(method).uri(path).header(HOST, "val-dormes.example");
        request.header(COOKIE, cookies).header("accept-language", &self.language)
    }

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.site.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let (status, location, content_type) = (response.status(), header(LOCATION), header(CONTENT_TYPE));
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Answer { status, location, content_type, body: String::from_utf8_lossy(&bytes).into_owned(), bytes }
    }
}

/// A form value in percent-encoding (WHATWG URL, application/x-www-form-urlencoded).
fn encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._*".contains(byte);
    text.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
