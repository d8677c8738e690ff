//! `kill -9` of the whole program at random moments of a loaded run: the two promises hold.
//!
//! *No mandate, no call*, so no byte at the model host without a durable intent. *No trace, no answer*, so no complete answer
//! in a client's hands without a durable outcome. And the log that comes out verifies to its last byte.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::program::{Received, announced, free_port, host, http, ready, start};
use crate::world;
use crate::world::{AGENT, MODEL, Prepared};
use gouvernail_store::{OutcomeKind, Store};
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::verify::verify_log;
use serde_json::{Value, json};

/// How many times the program is killed, unless `GOUVERNAIL_KILLS` says otherwise.
const KILLS: usize = 50;
const CLIENTS: usize = 8;

/// What was seen from outside the program.
#[derive(Default)]
struct Seen {
    /// The requests that reached the model host.
    upstream: Received,
    /// Calls whose whole answer a client received.
    delivered: Mutex<HashSet<String>>,
}

/// One application: it calls until the program is gone, on a case or not, streamed or not.
async fn call_until_gone(client: reqwest::Client, base: String, prepared: Arc<Prepared>, seen: Arc<Seen>, name: String) {
    for n in 0.. {
        let mark = format!("{name}-{n}");
        let (stream, on_case) = (n % 2 == 0, n % 3 != 0);
        let text = format!("{mark} Nadia Ferrand demande quel service répond au 06 12 34 56 78 ?");
        let body = json!({ "model": MODEL, "stream": stream, "messages": [{ "role": "user", "content": text }] });
        let key = if on_case { &prepared.files_key } else { &prepared.own_key };
        let request = client.post(format!("{base}/v1/chat/completions")).bearer_auth(key);
        let case = &prepared.cases[n % prepared.cases.len()];
        let request = if on_case { request.header("x-gouvernail-case", case).header("x-gouvernail-agent", AGENT) } else { request };
        let Ok(answer) = request.json(&body).send().await else { return };
        assert!(answer.status().is_success(), "{}", answer.status());
        let id = answer.headers()["x-gouvernail-call"].to_str().unwrap().to_owned();
        let Ok(text) = answer.text().await else { return };
        let whole = if stream { text.contains("data: [DONE]") } else { serde_json::from_str::<Value>(&text).is_ok() };
        if whole {
            assert!(text.contains("Nadia"), "restored: {text}");
            seen.delivered.lock().unwrap().insert(id);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_lose_nothing_and_invent_nothing() {
    let kills = std::env::var("GOUVERNAIL_KILLS").map_or(KILLS, |kills| kills.parse().expect("GOUVERNAIL_KILLS is a number"));
    let folder = tempfile::tempdir().unwrap();
    let seen = Arc::new(Seen::default());
    let upstream = host(&seen.upstream).await;
    let prepared = Arc::new(world::prepare(folder.path(), &upstream, 20).await);
    let port = free_port();
    let (config, base) = (world::configure(folder.path(), port), format!("http://127.0.0.1:{port}"));
    for round in 0..kills {
        let client = http();
        let mut program = start(&config);
        ready(&client, &base).await;
        let calls: Vec<_> = (0..CLIENTS)
            .map(|n| {
                let (client, base, prepared, seen) = (client.clone(), base.clone(), Arc::clone(&prepared), Arc::clone(&seen));
                tokio::spawn(call_until_gone(client, base, prepared, seen, format!("m{round}-{n}")))
            })
            .collect();
        let delay = 100 + RandomState::new().build_hasher().finish() % 400;
        tokio::time::sleep(Duration::from_millis(delay)).await;
        program.kill().unwrap();
        program.wait().unwrap();
        for call in calls {
            call.await.unwrap();
        }
    }
    stop_well(&config, &base).await;
    println!("{kills} kills: {}", check(folder.path(), &prepared, &seen).await);
}

/// One more start, which recovers, then a stop that ends what is under way.
async fn stop_well(config: &Path, base: &str) {
    let program = start(config);
    ready(&http(), base).await;
    // The sequencer works every 50 ms: what recovery owes is placed.
    tokio::time::sleep(Duration::from_secs(1)).await;
    crate::program::stop(program);
}

/// Checks what is left against what was seen from outside; gives the figures.
async fn check(folder: &Path, prepared: &Prepared, seen: &Seen) -> String {
    let store = Store::connect(&prepared.database).await.unwrap();
    let calls = store.recent_calls(i64::MAX).await.unwrap();
    let delivered = seen.delivered.lock().unwrap().clone();
    assert!(delivered.len() > 200, "the load was too light to prove anything: {}", delivered.len());

    let open: Vec<_> = calls.iter().filter(|call| call.outcome.is_none()).map(|call| &call.intent.id).collect();
    assert!(open.is_empty(), "intents without a record of how they ended: {open:?}");
    let ended = |end| calls.iter().filter(move |call| call.outcome.as_ref().is_some_and(|(_, kind, _)| *kind == end));
    let completed: HashSet<&String> = ended(OutcomeKind::Completed).map(|call| &call.intent.id).collect();
    let untraced: Vec<_> = delivered.iter().filter(|id| !completed.contains(id)).collect();
    assert!(untraced.is_empty(), "answers delivered without an outcome: {untraced:?}");

    let upstream = seen.upstream.lock().unwrap().clone();
    let announced_to: HashSet<String> = calls.iter().map(announced).collect();
    let unannounced: Vec<_> = upstream.difference(&announced_to).collect();
    assert!(unannounced.is_empty(), "bytes reached the model host without an intent: {unannounced:?}");
    let invented: Vec<_> = ended(OutcomeKind::Completed).filter(|call| !upstream.contains(&announced(call))).collect();
    assert!(invented.is_empty(), "answers are recorded that no host gave: {invented:?}");

    assert!(store.owed(10).await.unwrap().is_empty(), "entries are still owed to the log");
    let log = DiskLog::open(folder.join("log")).unwrap();
    let vkey = std::fs::read_to_string(folder.join("log.vkey")).unwrap().parse().unwrap();
    let report = verify_log(&|path: &str| log.read(path), &[vkey], None, &mut |_, _| {}).unwrap();
    assert_eq!(report.commitments, calls.len() as u64, "one commitment a call");
    format!(
        "{} intents, {} requests at the host, {} delivered answers, {} unknown outcomes, {} log entries verified",
        calls.len(),
        upstream.len(),
        delivered.len(),
        ended(OutcomeKind::Unknown).count(),
        report.checkpoint.size
    )
}
