//! A log on a disk, a site that publishes it, and an observatory that reads it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use gouvernail_observatory::{Check, Clock, Config, FollowedLog, LogOverview, Observatory, Overview, What, router};
use gouvernail_tlog::checkpoint::{self, Checkpoint};
use gouvernail_tlog::cosignature::Cosigner;
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::entry::Entry;
use gouvernail_tlog::hash;
use gouvernail_tlog::note::{Signer, Vkey};
use jiff::Timestamp;
use serde_json::json;
use tempfile::TempDir;
use tokio::net::TcpListener;

/// SHA-256 of `commune.example/log`: where its checkpoint and its state are.
pub const ID: &str = "713ae77ded84cc5390f6b0a30e414bb7c78ef5621401881c54e1d7d1f31406ca";
pub const MINUTE: i64 = 60;
pub const DAY: i64 = 24 * 60 * MINUTE;

pub fn signer() -> Signer {
    Signer::from_seed("commune.example/log", &[1; 32]).unwrap()
}

pub fn witness_vkey() -> Vkey {
    Cosigner::from_seed("observatory.example", &[2; 32]).unwrap().vkey().clone()
}

/// Entry `index`: two commitments, then a statement.
pub fn entry(index: u64) -> Vec<u8> {
    let entry = match index % 3 {
        2 => Entry::Statement(json!({ "type": "test", "number": index })),
        _ => commitment(index),
    };
    entry.encode().unwrap()
}

pub fn commitment(seed: u64) -> Entry {
    Entry::Commitment(hash::leaf(&seed.to_be_bytes()))
}

pub fn open_log(dir: &Path) -> DiskLog {
    DiskLog::open(dir).unwrap()
}

/// Adds entries to a log of `from` entries and publishes.
pub fn append(log: &DiskLog, from: u64, entries: &[Vec<u8>]) {
    let growth = log.append(from, entries).unwrap();
    log.publish(&Checkpoint::sign(growth.size, growth.root, &signer()).unwrap()).unwrap();
}

pub fn grow(log: &DiskLog, from: u64, to: u64) {
    append(log, from, &(from..to).map(entry).collect::<Vec<_>>());
}

/// A log of `size` entries in a fresh folder below `dir`.
pub fn log_of(dir: &Path, size: u64) -> DiskLog {
    let log = open_log(dir);
    grow(&log, 0, size);
    log
}

/// The same origin and key, other entries from `fork` on: what an honest log never signs.
pub fn fork_of(dir: &Path, fork: u64, size: u64) -> DiskLog {
    let log = open_log(dir);
    let entries: Vec<_> = (0..size).map(|index| entry(if index < fork { index } else { index + 3_000_000 })).collect();
    append(&log, 0, &entries);
    log
}

pub fn alter(path: &Path, at: usize) -> Vec<u8> {
    let good = fs::read(path).unwrap();
    let mut bad = good.clone();
    bad[at] ^= 1;
    fs::write(path, bad).unwrap();
    good
}

/// What a site does. It serves files, unless told otherwise.
#[derive(Default)]
pub struct Served {
    pub dir: PathBuf,
    /// Takes requests and never answers them.
    pub hangs: bool,
    /// How many of those were given up by their client.
    pub given_up: usize,
    /// Answers this to everything.
    pub status: Option<StatusCode>,
    /// Answers this to the next request for that path, once.
    pub once: HashMap<String, Vec<u8>>,
    /// Adds this header to every answer.
    pub header: Option<(&'static str, &'static str)>,
    pub asked: Vec<String>,
}

/// A web server that publishes the folder of a log.
#[derive(Clone)]
pub struct Site {
    pub url: String,
    served: Arc<Mutex<Served>>,
}

impl Site {
    pub async fn serve(dir: &Path) -> Self {
        let served = Arc::new(Mutex::new(Served { dir: dir.to_owned(), ..Served::default() }));
        let url = listen(Router::new().fallback(answer).with_state(served.clone())).await;
        Self { url: url + "/log/", served }
    }

    pub fn now(&self) -> MutexGuard<'_, Served> {
        self.served.lock().unwrap()
    }

    /// What was asked for since the last call.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.now().asked)
    }
}

async fn answer(State(served): State<Arc<Mutex<Served>>>, uri: Uri) -> Response {
    let path = uri.path().strip_prefix("/log/").unwrap();
    let answer = served.lock().unwrap().answer(path);
    match answer {
        Some(answer) => answer,
        None => {
            let _hanging = Hanging(served);
            std::future::pending().await
        }
    }
}

/// A request without an answer; it is dropped when its client goes away.
struct Hanging(Arc<Mutex<Served>>);

impl Drop for Hanging {
    fn drop(&mut self) {
        self.0.lock().unwrap().given_up += 1;
    }
}

impl Served {
    fn answer(&mut self, path: &str) -> Option<Response> {
        self.asked.push(path.to_owned());
        if self.hangs {
            return None;
        }
        if let Some(status) = self.status {
            return Some(status.into_response());
        }
        let bytes = self.once.remove(path).or_else(|| fs::read(self.dir.join(path)).ok());
        Some(match (bytes, self.header) {
            (Some(bytes), Some(header)) => ([header], bytes).into_response(),
            (Some(bytes), None) => bytes.into_response(),
            (None, _) => StatusCode::NOT_FOUND.into_response(),
        })
    }
}

async fn listen(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

/// Publishes the observatory; the page that it draws is the language and the number of entries.
pub async fn publish(observatory: Observatory) -> String {
    let page = |overview: &Overview, language: &str| match language {
        "xx" => Err("no such language"),
        language => Ok(format!("{language}: {} entries", overview.entries())),
    };
    listen(router(observatory, page)).await
}

pub fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// An observatory of one log, its folder and its clock.
pub struct Post {
    pub folder: TempDir,
    pub site: Site,
    pub seconds: Arc<AtomicI64>,
    pub observatory: Option<Observatory>,
}

impl Post {
    /// Follows `log`; nothing was read yet.
    pub async fn over(log: &DiskLog) -> Self {
        let site = Site::serve(log.dir()).await;
        let folder = tempfile::tempdir().unwrap();
        let mut post = Self { folder, site, seconds: Arc::new(AtomicI64::new(1_790_000_000)), observatory: None };
        post.restart();
        post
    }

    /// Ends the process, as far as its state is concerned, and starts another.
    pub fn restart(&mut self) {
        self.observatory = None;
        let seconds = self.seconds.clone();
        let clock: Clock = Arc::new(move || Timestamp::from_second(seconds.load(Ordering::SeqCst)).unwrap());
        let config = config(self.folder.path(), &self.site.url);
        // A connection pool lives in the runtime of its test.
        self.observatory = Some(Observatory::open(config, &client(), clock).unwrap());
    }

    pub fn the(&self) -> &Observatory {
        self.observatory.as_ref().unwrap()
    }

    pub fn later(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    /// A minute later, one round.
    pub async fn round(&self) -> LogOverview {
        self.later(MINUTE);
        self.the().round().await;
        self.log()
    }

    pub fn log(&self) -> LogOverview {
        self.the().overview().unwrap().logs.remove(0)
    }

    /// The folder of the log's state.
    pub fn state(&self) -> PathBuf {
        self.folder.path().join(ID)
    }

    pub fn evidence(&self) -> PathBuf {
        self.state().join("evidence")
    }

    /// The last cosigned checkpoint, its two signatures verified.
    pub fn cosigned(&self) -> Option<Checkpoint> {
        let note = self.the().cosigned(ID)?;
        let opened = checkpoint::open(&note, &[signer().vkey().clone(), witness_vkey()]).unwrap();
        assert_eq!(opened.witnesses.len(), 1);
        Some(opened.checkpoint)
    }
}

pub fn config(folder: &Path, url: &str) -> Config {
    let name = "Commune de Val-d’Ormes".to_owned();
    Config {
        logs: vec![FollowedLog { vkey: signer().vkey().to_string(), url: url.to_owned(), name }],
        data: folder.to_owned(),
        witness_name: "observatory.example".to_owned(),
        witness_seed: [2; 32].into(),
        interval: Duration::from_millis(20),
        silence: Duration::from_secs(DAY as u64),
        read_in_full_every: Duration::from_secs(DAY as u64),
    }
}

pub fn row(log: &LogOverview, what: What) -> Option<&Check> {
    log.checks.iter().find(|check| check.what == what)
}

/// The body of a submission of what `log` publishes.
pub fn submission(log: &DiskLog, old: u64) -> String {
    let note = log.read_checkpoint().unwrap().unwrap();
    let size = note.text.parse::<Checkpoint>().unwrap().size;
    let proof = if old <= size { log.consistency_proof(old, size).unwrap() } else { Vec::new() };
    body(old, &proof, &note.to_string())
}

pub fn body(old: u64, proof: &[hash::Hash], note: &str) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let proof: String = proof.iter().map(|hash| BASE64_STANDARD.encode(hash) + "\n").collect();
    format!("old {old}\n{proof}\n{note}")
}
