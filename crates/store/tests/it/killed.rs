//! `kill -9` of a loaded journal at random moments: what was acknowledged is there, and nothing was invented.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use gouvernail_store::{Journal, Store};

use crate::world::{World, at, intent, open_case, outcome, refusal, unknown};

const DATABASE: &str = "GOUVERNAIL_TEST_LOADED";
const ROUND: &str = "GOUVERNAIL_TEST_ROUND";
const CALLERS: usize = 16;
const ROUNDS: usize = 10;

/// The program that is killed: this same test binary, started again by the tests below with this test alone.
/// Run with the others, it has nothing to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn load() {
    let (Ok(url), Ok(round)) = (std::env::var(DATABASE), std::env::var(ROUND)) else { return };
    let store = Store::connect(&url).await.unwrap();
    let journal = Journal::start(store.clone());
    let mut tasks: Vec<_> = (0..CALLERS).map(|n| tokio::spawn(call_for_ever(journal.clone(), format!("{round}-{n}")))).collect();
    tasks.push(tokio::spawn(declare_for_ever(store, round)));
    for task in tasks {
        task.await.unwrap();
    }
}

/// Says each thing on standard output once it is acknowledged, never before.
async fn call_for_ever(journal: Journal, name: String) {
    for n in 0.. {
        let id = format!("{name}-{n}");
        journal.intent(intent(&id, None)).await.unwrap();
        say("intent", &id);
        journal.outcome(outcome(&id, 1)).await.unwrap();
        say("outcome", &id);
        journal.refuse(refusal(&id, 2)).await.unwrap();
        say("refusal", &id);
    }
}

async fn declare_for_ever(store: Store, round: String) {
    for n in 0.. {
        let id = format!("{round}-{n}");
        open_case(&store, &id).await;
        say("case", &id);
    }
}

fn say(what: &str, id: &str) {
    let line = format!("acknowledged {what} {id}\n");
    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
}

/// Starts the program, kills it some time after its first acknowledgement and returns all acknowledgements.
fn run_and_kill(url: &str, round: usize) -> Vec<(String, String)> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::load", "--nocapture"])
        .env(DATABASE, url)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    // Read while it runs: a full pipe would stop the load.
    let reader = std::thread::spawn(move || output.lines().map_while(Result::ok).collect::<Vec<_>>());
    let delay = Duration::from_millis(150 + RandomState::new().build_hasher().finish() % 500);
    std::thread::sleep(delay);
    child.kill().unwrap();
    child.wait().unwrap();
    let lines = reader.join().unwrap();
    // The test harness prints its own words before the first line.
    lines.iter().filter_map(|l| l.split_once("acknowledged ")?.1.split_once(' ')).map(owned).collect()
}

fn owned((what, id): (&str, &str)) -> (String, String) {
    (what.to_owned(), id.to_owned())
}

async fn survives(url: &str) {
    let (mut intents, mut outcomes, mut refusals) = (HashSet::new(), HashSet::new(), HashSet::new());
    let mut cases = HashSet::new();
    for round in 0..ROUNDS {
        for (what, id) in run_and_kill(url, round) {
            match what.as_str() {
                "intent" => intents.insert(id),
                "outcome" => outcomes.insert(id),
                "case" => cases.insert(id),
                _ => refusals.insert(id),
            };
        }
    }
    assert!(outcomes.len() > 100, "the load was too light to prove anything: {}", outcomes.len());
    let store = Store::connect(url).await.unwrap();
    check(&store, &intents, &outcomes, &refusals).await;
    whole(&store, &cases).await;
}

/// A case is there with its opening and its declaration, or not at all.
async fn whole(store: &Store, acknowledged: &HashSet<String>) {
    let found: HashSet<String> = store.list_cases(None, i64::MAX).await.unwrap().into_iter().map(|file| file.id).collect();
    assert!(acknowledged.is_subset(&found) && acknowledged.len() > 10, "an acknowledged case is lost");
    for id in &found {
        let events = store.case_events(id).await.unwrap();
        assert_eq!(events.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["opened"]);
        let declared = store.case_declarations(&format!("2026-{id}")).await.unwrap().declarations;
        assert_eq!(declared.len(), 1);
    }
}

async fn check(store: &Store, intents: &HashSet<String>, outcomes: &HashSet<String>, refusals: &HashSet<String>) {
    let calls = store.recent_calls(i64::MAX).await.unwrap();
    let stored: HashSet<_> = calls.iter().map(|c| c.intent.id.clone()).collect();
    let ended: HashSet<_> = calls.iter().filter(|c| c.outcome.is_some()).map(|c| c.intent.id.clone()).collect();
    let entries = store.owed(i64::MAX).await.unwrap();
    let logged =
        |kind: &str| -> Vec<String> { entries.iter().filter(|e| e.kind == kind).filter_map(|e| e.subject_id.clone()).collect() };
    let refused: HashSet<_> = logged("refusal").into_iter().collect();
    assert!(intents.is_subset(&stored), "an acknowledged intent is lost");
    assert!(outcomes.is_subset(&ended), "an acknowledged outcome is lost");
    assert!(refusals.is_subset(&refused), "an acknowledged refusal is lost");
    assert!(stored.len() - intents.len() <= CALLERS * ROUNDS, "intents were invented");
    assert_eq!(logged("case_use").len(), ended.len(), "each outcome owes one entry");
    assert_eq!(logged("case_use").into_iter().collect::<HashSet<_>>(), ended);

    let open = (stored.len() - ended.len()) as u64;
    let journal = Journal::start(store.clone());
    assert_eq!(journal.recover(at(1000), |intent| Ok(unknown(intent, 1000, 3))).await.unwrap(), open);
    println!("{} intents, {} outcomes, {} open ones recovered", stored.len(), ended.len(), open);
}

#[tokio::test]
async fn sqlite_journal_survives_kill_9() {
    let world = World::sqlite().await;
    survives(&world.url).await;
}

#[tokio::test]
async fn postgres_journal_survives_kill_9() {
    let Some(world) = World::postgres("killed").await else { return };
    survives(&world.url).await;
    world.drop_schema().await;
}
