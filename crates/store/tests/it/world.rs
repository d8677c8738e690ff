//! A fresh database for one test, and values to put in it.

use gouvernail_store::{
    CaseFile, Intent, NewCaseEvent, NewEvent, Outcome, OutcomeKind, OwedCommitment, Refusal, Store, StudyDraft,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};

const POSTGRES: &str = "GOUVERNAIL_TEST_POSTGRES";

pub struct World {
    pub store: Store,
    pub url: String,
    _folder: Option<tempfile::TempDir>,
    schema: Option<(String, String)>,
}

impl World {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        let store = Store::connect(&url).await.unwrap();
        Self { store, url, _folder: Some(folder), schema: None }
    }

    pub async fn postgres(test: &str) -> Option<Self> {
        let Ok(base) = std::env::var(POSTGRES) else {
            println!("skipped: set {POSTGRES} to run on PostgreSQL");
            return None;
        };
        let schema = format!("t{}_{test}", std::process::id());
        let fresh = format!("drop schema if exists {schema} cascade; create schema {schema}");
        administer(&base, fresh).await;
        let join = if base.contains('?') { '&' } else { '?' };
        let url = format!("{base}{join}options[search_path]={schema}");
        let store = Store::connect(&url).await.unwrap();
        Some(Self { store, url, _folder: None, schema: Some((base, schema)) })
    }

    pub async fn drop_schema(self) {
        self.store.close().await;
        if let Some((base, schema)) = self.schema {
            administer(&base, format!("drop schema {schema} cascade")).await;
        }
    }

    /// Runs SQL beside the store, as a later release or a hand in the database would.
    pub async fn meddle(&self, sql: &'static str) {
        if let Some(path) = self.url.strip_prefix("sqlite:") {
            let mut db = sqlx::SqliteConnection::connect(path).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
            db.close().await.unwrap();
        } else {
            let mut db = PgConnection::connect(&self.url).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
        }
    }
}

async fn administer(base: &str, sql: String) {
    let mut db = PgConnection::connect(base).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
}

pub fn at(second: i64) -> Timestamp {
    Timestamp::new(1_790_000_000 + second, 123_456_000).unwrap()
}

pub fn owed(kind: &str, mark: u8) -> OwedCommitment {
    let leaf = [&[1_u8], [mark; 32].as_slice()].concat();
    let (salt, record) = (vec![mark; 32], json!({ "mark": mark }).to_string());
    OwedCommitment { kind: kind.to_owned(), leaf, salt, record, system: None, version: None, energy_wh: None }
}

pub fn event(n: i64, statement: Option<Value>) -> NewEvent {
    NewEvent { at: at(n), author: "agnes".to_owned(), body: json!({ "n": n, "é": "œ" }), statement }
}

pub fn case(id: &str) -> CaseFile {
    CaseFile {
        id: id.to_owned(),
        reference: format!("2026-{id}"),
        opened_by: "triage".to_owned(),
        subject: json!({ "name": "Zoé Lefèvre" }),
        status: "open".to_owned(),
        updated: at(0),
        code_hash: None,
    }
}

/// Opens a case, as its application does; its history has one event then.
pub async fn open_case(store: &Store, id: &str) {
    let declared = store.declare_case(&case(id), "k1", &case_event(0, "opened")).await.unwrap();
    assert!(declared.fresh && declared.case_id == id);
}

pub fn case_event(second: i64, kind: &str) -> NewCaseEvent {
    let body = json!({ "said": "privé" });
    NewCaseEvent { at: at(second), author: "agnes".to_owned(), kind: kind.to_owned(), body }
}

pub fn draft(n: i64, author: &str) -> StudyDraft {
    let (system, kind) = ("triage".to_owned(), "rights".to_owned());
    StudyDraft { system, kind, n, at: at(n), author: author.to_owned(), body: json!({ "answers": { "usage": n } }) }
}

pub fn intent(id: &str, case_id: Option<&str>) -> Intent {
    Intent {
        id: id.to_owned(),
        at: at(10),
        system: "triage".to_owned(),
        version: "1".to_owned(),
        key: "k1".to_owned(),
        person: Some("agnes".to_owned()),
        model: "small".to_owned(),
        host: "here".to_owned(),
        case_id: case_id.map(str::to_owned),
        body: json!({ "rules": ["r1"] }),
    }
}

pub fn outcome(id: &str, mark: u8) -> Outcome {
    let body = json!({ "tokens": 12 });
    Outcome { intent_id: id.to_owned(), at: at(11), kind: OutcomeKind::Completed, body, owed: owed("case_use", mark), case: None }
}

/// What recovery writes for an intent that has no outcome.
pub fn unknown(intent: &Intent, second: i64, mark: u8) -> Outcome {
    Outcome { at: at(second), kind: OutcomeKind::Unknown, body: Value::Null, ..outcome(&intent.id, mark) }
}

pub fn refusal(id: &str, mark: u8) -> Refusal {
    let body = json!({ "reasons": ["no study"] });
    Refusal { id: id.to_owned(), at: at(12), system: None, key: None, body, owed: owed("refusal", mark) }
}
