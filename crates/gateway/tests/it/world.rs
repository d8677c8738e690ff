//! One administration for one test: a real database, a real register, a gateway that listens, a model host to call.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use gouvernail_cases::{Case, CaseEvent, Declared, KnownValue, Lang};
use gouvernail_footprint::ZoneTable;
use gouvernail_gateway::{Access, Config, Gateway, Hosts, Measures, Setup, router};
use gouvernail_privacy::Language;
use gouvernail_register::{Event, Rules};
use gouvernail_store::{
    Ambient, ApiKey, Call, CaseFile, Journal, Live, LogEntry, NewCaseEvent, OutcomeKind, PATIENCE, Person, Role, Store,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use prometheus_client::registry::Registry;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection, SqliteConnection};
use tokio::net::TcpListener;

use crate::dossier::{self, AGENT, MODEL, ORIENTATION, REDACTION, author, start};
use crate::host::Host;
use crate::proxy::Proxy;

const POSTGRES: &str = "GOUVERNAIL_TEST_POSTGRES";
/// Reference and identifier of the case that exists.
pub const REFERENCE: &str = "DEM-2026-0042";
pub const CASE: &str = "case-1";
/// Who it is about.
pub const CITIZEN: &str = "Zoé Lefèvre";
pub const CITIZEN_PHONE: &str = "06 12 34 56 78";

pub struct World {
    pub store: Store,
    pub live: Arc<Live>,
    pub journal: Journal,
    pub ambient: Ambient,
    pub rules: Arc<Rules>,
    pub gateway: Gateway,
    pub host: Host,
    pub client: reqwest::Client,
    pub address: String,
    /// What is counted.
    pub registry: Registry,
    /// Keys of both systems.
    pub orientation: String,
    pub redaction: String,
    clock: Arc<AtomicI64>,
    url: String,
    _folder: Option<tempfile::TempDir>,
    schema: Option<(String, String)>,
}

/// What a test wants otherwise than usual.
pub struct Wish {
    pub hosts: Hosts,
    pub config: Config,
    /// Lists of names.
    pub language: Language,
    /// Longest wait for the database in one operation.
    pub patience: Duration,
}

impl Default for Wish {
    fn default() -> Self {
        let config = Config {
            public_url: "https://ia.commune.example".into(),
            max_body: 1 << 20,
            max_file: 2 << 20,
            max_answer: 1 << 20,
            any_model_name: false,
            upstream_timeout: Duration::from_secs(20),
            deadline: Duration::from_secs(60),
            usage_footprint: false,
            quotas: Vec::new(),
            time_zone: TimeZone::UTC,
            identities: Vec::new(),
        };
        Self { hosts: Hosts::new(), config, language: Language::default(), patience: PATIENCE }
    }
}

impl Wish {
    pub fn host(access: Access) -> Self {
        Self { hosts: Hosts::from([(dossier::HOST.to_owned(), access)]), ..Self::default() }
    }
}

impl World {
    pub async fn new() -> Self {
        Self::with(Wish::default()).await
    }

    pub async fn with(wish: Wish) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        Self::over(url, Some(folder), None, wish).await
    }

    pub async fn postgres(test: &str) -> Option<Self> {
        let (url, place) = schema(test).await?;
        Some(Self::over(url, None, Some(place), Wish::default()).await)
    }

    /// The same, behind a wire that can be frozen, for a program that waits two seconds.
    pub async fn behind_a_wire(test: &str) -> Option<(Self, Proxy)> {
        let (url, place) = schema(test).await?;
        let (proxy, url) = Proxy::before(&url).await;
        let wish = Wish { patience: Duration::from_secs(2), ..Wish::default() };
        Some((Self::over(url, None, Some(place), wish).await, proxy))
    }

    async fn over(url: String, folder: Option<tempfile::TempDir>, schema: Option<(String, String)>, wish: Wish) -> Self {
        let store = Store::connect_within(&url, wish.patience).await.unwrap();
        let (ambient, clock) = ambient();
        let host = Host::serve().await;
        let (orientation, redaction) = keys(&store, &ambient).await;
        people(&store).await;
        open_case(&store, CASE, REFERENCE, false).await;
        let live = Live::open(store.clone(), ambient.clone()).await.unwrap();
        let rules = Arc::new(Rules::shipped().unwrap());
        let journal = Journal::start(store.clone());
        let client = client();
        let mut registry = Registry::default();
        let gateway = Gateway::new(Setup {
            config: wish.config,
            rules: Arc::clone(&rules),
            live: Arc::clone(&live),
            store: store.clone(),
            journal: journal.clone(),
            ambient: ambient.clone(),
            hosts: wish.hosts,
            client: client.clone(),
            zones: ZoneTable::embedded().unwrap(),
            language: Arc::new(wish.language),
            measures: Measures::register(&mut registry),
            traces: None,
        });
        let address = serve(&gateway).await;
        let world = Self {
            store,
            live,
            journal,
            ambient,
            rules,
            gateway,
            host,
            client,
            address,
            registry,
            orientation,
            redaction,
            clock,
            url,
            _folder: folder,
            schema,
        };
        for event in dossier::organisation(&world.host.url) {
            world.record(event).await;
        }
        for event in dossier::system(ORIENTATION, true).into_iter().chain(dossier::system(REDACTION, false)) {
            world.record(event).await;
        }
        world
    }

    /// Records an act; the node knows it at once.
    /// The host changes, and what ran on it is declared, tried and authorised again.
    pub async fn moved(&self, host: Event) {
        self.record(host).await;
        for event in dossier::again(ORIENTATION).into_iter().chain(dossier::again(REDACTION)) {
            self.record(event).await;
        }
    }

    pub async fn record(&self, event: Event) {
        let event = gouvernail_register::sample::as_read(&self.live.snapshot().register, event);
        self.live.record(&self.rules, author(&event), event.clone()).await.unwrap_or_else(|error| panic!("{event:?}: {error}"));
    }

    pub async fn stop(&self, system: &str) {
        self.record(Event::Stopped { system: system.into(), reason: "Erreurs répétées".into() }).await;
    }

    /// Moves the clock; nothing confirms the register meanwhile.
    pub fn pass(&self, time: SignedDuration) {
        self.clock.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }

    /// A request with the key of the system that touches no case, from the trained agent.
    pub fn ask(&self, body: &Value) -> RequestBuilder {
        self.post(&self.redaction).json(body)
    }

    /// One more system that touches cases, with its dossier; gives its key.
    pub async fn another_system(&self, system: &'static str) -> String {
        for event in dossier::system(system, true) {
            self.record(event).await;
        }
        let (key, text) = ApiKey::mint(system, "autre", None, &self.ambient);
        self.store.create_api_key(&key).await.unwrap();
        self.live.refresh().await.unwrap();
        text
    }

    /// The own key of a person, for the system that touches no case.
    pub async fn own_key(&self, person: &str) -> String {
        let (key, text) = ApiKey::mint(REDACTION, "personnelle", None, &self.ambient);
        self.store.create_api_key(&key.held_by(person)).await.unwrap();
        self.live.refresh().await.unwrap();
        text
    }

    /// A request on the case, with the key of the system that touches cases, from the trained agent.
    pub fn ask_on_case(&self, body: &Value) -> RequestBuilder {
        self.post(&self.orientation).header("x-gouvernail-case", REFERENCE).json(body)
    }

    pub fn post(&self, key: &str) -> RequestBuilder {
        let address = format!("{}/v1/chat/completions", self.address);
        self.client.post(address).bearer_auth(key).header("x-gouvernail-agent", "Agnes@commune.example")
    }

    /// The call of an answer, once its end is recorded.
    pub async fn ended(&self, id: &str) -> (Call, OutcomeKind, Value) {
        tokio::time::timeout(Duration::from_secs(20), async {
            loop {
                if let Some(call) = self.store.find_call(id).await.unwrap()
                    && let Some((_, kind, body)) = call.outcome.clone()
                {
                    return (call, kind, body);
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        })
        .await
        .expect("the end of the call is not recorded")
    }

    /// The entry that the log owes for an act.
    pub async fn owed(&self, subject: &str) -> LogEntry {
        let owed = self.store.owed(1000).await.unwrap().into_iter().filter(|entry| entry.subject_id.as_deref() == Some(subject));
        let owed: Vec<_> = owed.collect();
        assert_eq!(owed.len(), 1, "commitments of {subject}");
        let entry = owed.into_iter().next().unwrap();
        assert_eq!(entry.opening().unwrap().leaf().unwrap(), entry.leaf, "the commitment is to the record");
        entry
    }

    /// How many commitments are owed.
    pub async fn commitments(&self) -> usize {
        self.store.owed(1000).await.unwrap().iter().filter(|entry| entry.kind != "statement").count()
    }

    /// The case as its events make it.
    pub async fn case(&self) -> Case {
        let events = self.store.case_events(CASE).await.unwrap();
        let events: Vec<CaseEvent> = events.into_iter().map(|event| serde_json::from_value(event.body).unwrap()).collect();
        Case::fold(&events).unwrap()
    }

    /// Runs SQL beside the store.
    pub async fn meddle(&self, sql: &'static str) {
        if let Some(path) = self.url.strip_prefix("sqlite:") {
            let mut db = SqliteConnection::connect(path).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
            db.close().await.unwrap();
        } else {
            let mut db = PgConnection::connect(&self.url).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
        }
    }

    /// Takes the write lock of SQLite until what is returned is dropped.
    pub async fn occupied(&self) -> SqliteConnection {
        let mut db = SqliteConnection::connect(self.url.strip_prefix("sqlite:").unwrap()).await.unwrap();
        sqlx::raw_sql("begin immediate").execute(&mut db).await.unwrap();
        db
    }

    pub async fn drop_schema(self) {
        self.gateway.close();
        self.gateway.drained().await;
        self.store.close().await;
        if let Some((base, schema)) = self.schema {
            administer(&base, format!("drop schema {schema} cascade")).await;
        }
    }
}

/// A clock that stands still until it is moved, and bytes that never repeat.
fn ambient() -> (Ambient, Arc<AtomicI64>) {
    let clock = Arc::new(AtomicI64::new(start().as_microsecond()));
    let (time, drawn) = (Arc::clone(&clock), AtomicU64::new(1));
    let fill = move |bytes: &mut [u8]| {
        for piece in bytes.chunks_mut(8) {
            // Each step of this odd multiplier visits every number once.
            let next = drawn.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            piece.copy_from_slice(&next.to_be_bytes()[..piece.len()]);
        }
    };
    (Ambient::new(move || Timestamp::from_microsecond(time.load(Ordering::SeqCst)).unwrap(), fill), clock)
}

async fn keys(store: &Store, ambient: &Ambient) -> (String, String) {
    let (orientation, first) = ApiKey::mint(ORIENTATION, "application", None, ambient);
    let (redaction, second) = ApiKey::mint(REDACTION, "bureautique", None, ambient);
    store.create_api_key(&orientation).await.unwrap();
    store.create_api_key(&redaction).await.unwrap();
    (first, second)
}

async fn people(store: &Store) {
    for (id, name, email) in [(AGENT, "Agnès Martin", "agnes@commune.example"), ("nouveau", "Noé Petit", "noe@commune.example")] {
        let (name, email, roles) = (name.to_owned(), email.to_owned(), vec![Role::Agent]);
        let person = Person { id: id.to_owned(), name, email, roles, password_hash: String::new(), active: true };
        store.create_person(&person).await.unwrap();
    }
}

pub async fn open_case(store: &Store, id: &str, reference: &str, without_ai: bool) {
    declare(store, ORIENTATION, id, reference, CITIZEN, without_ai).await;
}

/// A system says who a case is about; the first one opens it.
pub async fn declare(store: &Store, system: &str, id: &str, reference: &str, citizen: &str, without_ai: bool) {
    let known = vec![
        KnownValue { label: "person".into(), value: citizen.into() },
        KnownValue { label: "phone".into(), value: CITIZEN_PHONE.into() },
        KnownValue { label: "inconnu".into(), value: "Villa Myosotis".into() },
    ];
    let declared = Declared {
        subject: "Un trou dans la rue".into(),
        known: known.clone(),
        recipient: [&format!("Madame {citizen}"), "3 impasse des Tamaris", "21000 Dijon", "France"].map(str::to_owned).into(),
        lang: Lang::Fr,
        without_ai,
    };
    let opened = Case::open(id, reference, &declared.subject, known, start()).unwrap();
    let case = CaseFile {
        id: id.into(),
        reference: reference.into(),
        opened_by: system.into(),
        subject: serde_json::to_value(declared).unwrap(),
        status: "open".into(),
        updated: start(),
        code_hash: None,
    };
    let body = serde_json::to_value(opened).unwrap();
    let event = NewCaseEvent { at: start(), author: "application".into(), kind: "opened".into(), body };
    store.declare_case(&case, "application", &event).await.unwrap();
}

pub fn client() -> reqwest::Client {
    // An error means that another test of this process installed it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

async fn serve(gateway: &Gateway) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let app = router(gateway.clone());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    address
}

/// A fresh schema: its address, and what it takes to remove it.
async fn schema(test: &str) -> Option<(String, (String, String))> {
    let Ok(base) = std::env::var(POSTGRES) else {
        println!("skipped: set {POSTGRES} to run on PostgreSQL");
        return None;
    };
    let schema = format!("g{}_{test}", std::process::id());
    administer(&base, format!("drop schema if exists {schema} cascade; create schema {schema}")).await;
    let join = if base.contains('?') { '&' } else { '?' };
    Some((format!("{base}{join}options[search_path]={schema}"), (base, schema)))
}

async fn administer(base: &str, sql: String) {
    let mut db = PgConnection::connect(base).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
}

/// A chat request of one message.
pub fn message(text: &str) -> Value {
    json!({ "model": MODEL, "messages": [{ "role": "user", "content": text }] })
}

/// The same, streamed.
pub fn streamed(text: &str) -> Value {
    json!({ "model": MODEL, "messages": [{ "role": "user", "content": text }], "stream": true })
}

/// Identifier of the call that an answer is of.
pub fn call_of(response: &Response) -> String {
    response.headers()["x-gouvernail-call"].to_str().unwrap().to_owned()
}

/// Everything that a stream says, and its data lines.
pub async fn drain(response: Response) -> (String, Vec<String>) {
    let text = response.text().await.unwrap();
    let data = text.lines().filter_map(|line| line.strip_prefix("data: ")).map(str::to_owned).collect();
    (text, data)
}

/// The text of choice 0 in the data of a stream.
pub fn spoken(data: &[String]) -> String {
    let chunks = data.iter().filter_map(|data| serde_json::from_str::<Value>(data).ok());
    chunks.filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str().map(str::to_owned)).collect()
}
