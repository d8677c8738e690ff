//! What runs above the repositories: the live memory, the sequencer, the tally, receipts.

use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use gouvernail_register::{ActRefused, Event, Rules};
use gouvernail_store::{
    Ambient, ApiKey, Journal, Live, Outcome, Person, Receipts, RecordError, Role, Sequencer, SequencerError, StoreError,
};
use gouvernail_tlog::checkpoint;
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::entry::Entry;
use gouvernail_tlog::note::{Note, Signer, Vkey};
use gouvernail_tlog::opening::Opening;
use gouvernail_tlog::verify::{verify_log, verify_receipt};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{World, at, case_event, intent, open_case, outcome, owed, refusal};

const ORIGIN: &str = "commune.example/journal";

/// A clock that moves when told, and bytes that never repeat soon.
fn ambient() -> (Ambient, Arc<AtomicI64>) {
    let second = Arc::new(AtomicI64::new(100));
    let (clock, drawn) = (Arc::clone(&second), AtomicU8::new(0));
    let fill = move |bytes: &mut [u8]| bytes.fill_with(|| drawn.fetch_add(37, Ordering::Relaxed));
    (Ambient::new(move || at(clock.load(Ordering::Relaxed)), fill), second)
}

fn signer() -> Signer {
    Signer::from_seed(ORIGIN, &[5; 32]).unwrap()
}

fn vkey() -> Vkey {
    signer().vkey().clone()
}

async fn sequencer(world: &World, folder: &std::path::Path, ambient: &Ambient) -> Result<Sequencer, SequencerError> {
    let log = DiskLog::open(folder.join("log")).unwrap();
    Sequencer::open(world.store.clone(), log, signer(), ambient.clone(), SignedDuration::from_secs(60)).await
}

fn person(id: &str, roles: &[Role]) -> Person {
    Person {
        id: id.to_owned(),
        name: format!("Nom de {id}"),
        email: format!("{id}@ville.example"),
        roles: roles.to_vec(),
        password_hash: String::new(),
        active: true,
    }
}

pub async fn live_follows_the_register(world: &World) {
    let (ambient, second) = ambient();
    let rules = Rules::shipped().unwrap();
    let here = Live::open(world.store.clone(), ambient.clone()).await.unwrap();
    let elsewhere = Live::open(world.store.clone(), ambient.clone()).await.unwrap();
    let mut changes = elsewhere.changes();
    changes.borrow_and_update();

    let appointed = Event::ReferentAppointed { person: "p1".to_owned() };
    assert_eq!(here.record(&rules, "maire", appointed).await.unwrap(), 1);
    assert_eq!(here.snapshot().register.referent.as_deref(), Some("p1"));
    assert_eq!(elsewhere.snapshot().register.referent, None);
    // The other node does not know yet: its act is tried again on what it then reads.
    let named = Event::OrganisationDeclared { name: "Commune".to_owned(), siret: String::new(), public_log: true };
    assert_eq!(elsewhere.record(&rules, "maire", named).await.unwrap(), 2);
    assert!(changes.has_changed().unwrap());

    let refused = here.record(&rules, "p1", Event::OwnerAccepted { system: "absent".to_owned() }).await;
    assert!(matches!(refused, Err(RecordError::Refused(ActRefused::Unknown { .. }))));
    second.fetch_add(5, Ordering::Relaxed);
    assert_eq!(here.silence(ambient.now()), SignedDuration::from_secs(5));
    here.refresh().await.unwrap();
    assert_eq!(here.silence(ambient.now()), SignedDuration::ZERO);
    let history = here.history().await.unwrap();
    assert_eq!(history.iter().map(|act| act.seq).collect::<Vec<_>>(), [1, 2]);
    assert!(world.store.owed(10).await.unwrap().iter().all(|entry| entry.kind == "statement"));
}

pub async fn live_follows_keys_and_people(world: &World) {
    let (ambient, second) = ambient();
    let live = Live::open(world.store.clone(), ambient.clone()).await.unwrap();
    let (key, text) = ApiKey::mint("triage", "application", Some(at(200)), &ambient);
    assert!(!key.secret_hash.contains(&text[text.len() - 8..]), "the secret is not stored");
    world.store.create_api_key(&key).await.unwrap();
    world.store.create_person(&person("zoe", &[Role::Agent])).await.unwrap();
    world.store.create_person(&person("ali", &[Role::Agent, Role::Referent])).await.unwrap();
    assert!(live.snapshot().directory.key(&text, ambient.now()).is_none(), "not read yet");
    live.refresh().await.unwrap();
    let known = live.snapshot();
    assert_eq!(known.directory.key(&text, ambient.now()).map(|key| key.system_id.as_str()), Some("triage"));
    for wrong in ["", "gvn", "gvn--", &text[..text.len() - 1], &text.replace("gvn", "sk"), &format!("{text}0")] {
        assert!(known.directory.key(wrong, ambient.now()).is_none(), "{wrong:?}");
    }
    assert!(known.directory.key(&text, at(200)).is_none(), "it has expired");
    let (renewed, new) = key.clone().renewed(at(180), &ambient);
    assert!(world.store.renew_api_key(&renewed).await.unwrap() && !world.store.renew_api_key(&renewed).await.unwrap());
    live.refresh().await.unwrap();
    let known = live.snapshot();
    let open = |text: &str, second| known.directory.key(text, at(second)).is_some();
    assert!(open(&text, 179) && open(&new, 179), "both secrets open for a while");
    assert!(!open(&text, 180) && open(&new, 180) && !open(&new, 200), "the old one ends, the key ends as it would have");
    assert_eq!(world.store.find_api_key(&key.id).await.unwrap(), Some(renewed));
    let agents: Vec<_> = known.directory.with_role(Role::Agent).into_iter().map(|p| p.id.as_str()).collect();
    assert_eq!(agents, ["ali", "zoe"]);
    assert_eq!(known.directory.person(" ALI@ville.example").map(|p| p.id.as_str()), Some("ali"));

    world.store.revoke_api_key(&key.id, at(150)).await.unwrap();
    world.store.update_person(&Person { active: false, ..person("zoe", &[Role::Agent]) }).await.unwrap();
    second.fetch_add(1, Ordering::Relaxed);
    live.refresh().await.unwrap();
    let known = live.snapshot();
    assert!(known.directory.key(&text, ambient.now()).is_none(), "it was withdrawn");
    assert!(known.directory.person("zoe").is_none() && known.directory.name("zoe") == "Nom de zoe");
}

pub async fn an_outcome_tells_its_case(world: &World) {
    let (store, journal) = (&world.store, Journal::start(world.store.clone()));
    open_case(store, "c1").await;
    for (id, second) in [("i1", 30), ("i2", 31)] {
        journal.intent(intent(id, Some("c1"))).await.unwrap();
        let told = Some(("c1".to_owned(), case_event(second, "use_recorded")));
        journal.outcome(Outcome { case: told, ..outcome(id, 1) }).await.unwrap();
    }
    let kinds: Vec<_> = store.case_events("c1").await.unwrap().into_iter().map(|e| (e.n, e.kind)).collect();
    assert_eq!(kinds, [(1, "opened".to_owned()), (2, "use_recorded".to_owned()), (3, "use_recorded".to_owned())]);
    assert_eq!(store.find_case("c1").await.unwrap().unwrap().updated, at(31));
}

pub async fn whoever_watches_the_journal_is_told_of_every_write(world: &World) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watching = Arc::clone(&seen);
    let journal = Journal::watched(world.store.clone(), move |commit| watching.lock().unwrap().push(commit));
    assert_eq!(world.store.lag().await.unwrap(), (0, None));
    journal.intent(intent("i1", None)).await.unwrap();
    journal.outcome(outcome("i1", 1)).await.unwrap();
    let (owed, oldest) = world.store.lag().await.unwrap();
    assert_eq!((owed, oldest.is_some()), (1, true));
    assert_eq!(journal.waiting(), 0);
    world.meddle("alter table intent rename to elsewhere").await;
    assert!(journal.intent(intent("i2", None)).await.is_err());
    world.meddle("alter table elsewhere rename to intent").await;
    let seen: Vec<_> = seen.lock().unwrap().iter().map(|commit| (commit.acts, commit.written)).collect();
    assert_eq!(seen, [(1, true), (1, true), (1, false)]);
}

/// Statements and commitments, each with its own leaf.
async fn owe_some(world: &World, count: u8) {
    let journal = Journal::start(world.store.clone());
    for n in 0..count {
        let id = format!("s{n}");
        journal.intent(intent(&id, None)).await.unwrap();
        let mut ended = outcome(&id, n);
        ended.owed = gouvernail_store::OwedCommitment::new("case_use", &json!({ "n": n }), [n; 32]).unwrap().of_system("tri", "1");
        ended.owed.energy_wh = Some((0.25, 0.5));
        journal.outcome(ended).await.unwrap();
    }
    journal.refuse(refusal("r1", 200)).await.unwrap();
}

pub async fn what_is_owed_is_sequenced_tallied_and_proved(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let (ambient, second) = ambient();
    let sequencer = sequencer(world, folder.path(), &ambient).await.unwrap();
    let log = DiskLog::open(folder.path().join("log")).unwrap();
    assert_eq!(sequencer.step().await.unwrap(), 0);
    owe_some(world, 20).await;
    assert_eq!(sequencer.step().await.unwrap(), 21);
    let order: Vec<_> = world.store.entries(0, 21).await.unwrap().iter().map(|entry| entry.id).collect();
    assert!(!order.is_sorted(), "the order of writing must not show: {order:?}");

    second.fetch_add(61, Ordering::Relaxed);
    assert_eq!(sequencer.step().await.unwrap(), 1, "the tally");
    let mut statements = Vec::new();
    let report = verify_log(&|path: &str| log.read(path), &[vkey()], None, &mut |_, entry| {
        if let Entry::Statement(said) = entry {
            statements.push(said.clone());
        }
    });
    assert_eq!(report.unwrap().commitments, 21);
    let counts = &statements[0]["counts"];
    assert_eq!((&statements[0]["from"], &statements[0]["to"]), (&json!(0), &json!(21)));
    let of = |kind: &str| counts.as_array().unwrap().iter().find(|count| count["kind"] == kind).cloned().unwrap();
    assert_eq!(
        of("case_use"),
        json!({ "kind": "case_use", "system": "tri", "version": "1", "count": 20,
        "energy_wh": { "min": 5, "max": 10 } })
    );
    assert_eq!(of("refusal")["count"], 1);
    assert_eq!(of("refusal")["system"], Value::Null);
    assert_eq!(world.store.counts_since(at(0)).await.unwrap().iter().map(|count| count.count).sum::<u64>(), 21);

    let receipts = Receipts::of(log.clone());
    let entry = world.store.find_entry("s7", "case_use").await.unwrap().unwrap();
    let receipt = receipts.receipt(&entry).unwrap().unwrap();
    verify_receipt(&receipt.proof, &receipt.leaf, &[vkey()]).unwrap();
    let opening = Opening::parse(&receipt.record.unwrap()).unwrap();
    opening.check(&receipt.leaf).unwrap();
    assert_eq!((opening.record, receipt.cosigned), (json!({ "n": 7 }), false));
}

pub async fn receipts_prefer_the_cosigned_checkpoint(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let (ambient, _) = ambient();
    let sequencer = sequencer(world, folder.path(), &ambient).await.unwrap();
    owe_some(world, 3).await;
    sequencer.step().await.unwrap();
    let receipts = Receipts::of(DiskLog::open(folder.path().join("log")).unwrap());
    let witness = gouvernail_tlog::cosignature::Cosigner::from_seed("temoin.example", &[9; 32]).unwrap();
    let (mut note, size) = receipts.last().unwrap().unwrap();
    note.signatures.push(witness.cosign(&note, 1_790_000_000));
    receipts.keep_cosigned(&note).unwrap();

    world.store.append_register(0, &[crate::world::event(1, Some(json!({ "type": "x" })))]).await.unwrap();
    sequencer.step().await.unwrap();
    let entry = world.store.find_entry("s1", "case_use").await.unwrap().unwrap();
    let receipt = receipts.receipt(&entry).unwrap().unwrap();
    assert!(receipt.cosigned);
    let keys = [vkey(), witness.vkey().clone()];
    let verified = verify_receipt(&receipt.proof, &receipt.leaf, &keys).unwrap();
    assert_eq!((verified.checkpoint.size, verified.witnesses.len()), (size, 1));
    let last = world.store.find_entry("register", "statement").await.unwrap().unwrap();
    assert!(!receipts.receipt(&last).unwrap().unwrap().cosigned, "not yet covered by the witness");
}

pub async fn an_interrupted_log_is_completed(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let (ambient, _) = ambient();
    owe_some(world, 5).await;
    // The database committed places and checkpoint; the process died before a tile was written.
    let log = DiskLog::open(folder.path().join("log")).unwrap();
    let owed = world.store.owed(100).await.unwrap();
    let leaves: Vec<_> = owed.iter().map(|entry| entry.leaf.clone()).collect();
    let growth = log.plan(0, &leaves).unwrap();
    let note = checkpoint::Checkpoint::sign(growth.size, growth.root, &signer()).unwrap();
    let ids: Vec<_> = owed.iter().map(|entry| entry.id).collect();
    world.store.sequence(0, &ids, &note.to_string(), &growth.root).await.unwrap();
    assert!(log.read_checkpoint().unwrap().is_none());

    sequencer(world, folder.path(), &ambient).await.unwrap();
    let report = verify_log(&|path: &str| log.read(path), &[vkey()], None, &mut |_, _| {}).unwrap();
    assert_eq!(report.checkpoint.size, 6);

    let other = Signer::from_seed("autre.example/journal", &[6; 32]).unwrap();
    let log_again = DiskLog::open(folder.path().join("log")).unwrap();
    let opened = Sequencer::open(world.store.clone(), log_again, other, ambient.clone(), SignedDuration::ZERO).await;
    assert!(matches!(opened, Err(SequencerError::OtherKey { .. })));
}

pub async fn a_log_that_could_not_be_written_is_completed_by_the_next_step(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let (ambient, _) = ambient();
    let sequencer = sequencer(world, folder.path(), &ambient).await.unwrap();
    owe_some(world, 3).await;
    // A file where the tiles' folder should be: the database commits, the disk refuses.
    std::fs::write(folder.path().join("log/tile"), "in the way").unwrap();
    assert!(matches!(sequencer.step().await, Err(SequencerError::Disk(_))));
    assert!(sequencer.step().await.is_err(), "still in the way");
    assert_eq!(world.store.head().await.unwrap().size, 4);
    std::fs::remove_file(folder.path().join("log/tile")).unwrap();
    world.store.append_register(0, &[crate::world::event(1, Some(json!({ "type": "x" })))]).await.unwrap();
    assert_eq!(sequencer.step().await.unwrap(), 2, "the statement, and the first tally");
    let log = DiskLog::open(folder.path().join("log")).unwrap();
    assert_eq!(verify_log(&|path: &str| log.read(path), &[vkey()], None, &mut |_, _| {}).unwrap().checkpoint.size, 6);
}

pub async fn a_log_ahead_of_its_database_is_not_continued(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let (ambient, _) = ambient();
    let log = DiskLog::open(folder.path().join("log")).unwrap();
    let growth = log.append(0, &[[&[1_u8], [3; 32].as_slice()].concat()]).unwrap();
    let note: Note = checkpoint::Checkpoint::sign(growth.size, growth.root, &signer()).unwrap();
    log.publish(&note).unwrap();
    let opened = sequencer(world, folder.path(), &ambient).await;
    assert!(matches!(opened, Err(SequencerError::RolledBack { published: 1, known: 0 })));
}

pub async fn a_second_history_is_never_signed(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let (ambient, _) = ambient();
    let first = sequencer(world, folder.path(), &ambient).await.unwrap();
    owe_some(world, 2).await;
    assert_eq!(first.step().await.unwrap(), 3);
    let health = first.health();
    // The same number of entries, of another history: a folder restored from elsewhere.
    let log = DiskLog::open(folder.path().join("log")).unwrap();
    std::fs::remove_dir_all(folder.path().join("log")).unwrap();
    DiskLog::open(folder.path().join("log")).unwrap();
    let other: Vec<_> = (0..3).map(|n| [&[1_u8], [n; 32].as_slice()].concat()).collect();
    let growth = log.append(0, &other).unwrap();
    log.publish(&checkpoint::Checkpoint::sign(growth.size, growth.root, &signer()).unwrap()).unwrap();
    owe_more(world).await;
    // A tally may be written meanwhile: it is owed, like the rest.
    let signed = async || world.store.head().await.map(|head| (head.size, head.root, head.note)).unwrap();
    let before = signed().await;
    let refused = first.step().await;
    assert!(matches!(refused, Err(SequencerError::Forked { size: 3, .. })), "{refused:?}");
    assert_eq!(signed().await, before, "nothing was signed");
    assert_eq!(health.halted(), None);
    tokio::time::timeout(std::time::Duration::from_secs(20), first.run(std::time::Duration::ZERO)).await.expect("it stops");
    assert!(health.halted().unwrap().contains("nothing is signed any more"));
    let opened = sequencer(world, folder.path(), &ambient).await;
    assert!(matches!(opened, Err(SequencerError::Forked { .. })), "nor at the next start");

    // The checkpoint is right and the tiles are not.
    std::fs::write(folder.path().join("log/checkpoint"), &before.2).unwrap();
    let tiles = sequencer(world, folder.path(), &ambient).await.unwrap();
    let refused = tiles.step().await;
    assert!(matches!(refused, Err(SequencerError::Forked { size: 3, .. })), "{refused:?}");
    assert_eq!(signed().await, before);
}

/// A statement to place.
async fn owe_more(world: &World) {
    world.store.append_register(0, &[crate::world::event(1, Some(json!({ "type": "x" })))]).await.unwrap();
}

pub async fn one_program_writes_the_log(world: &World) {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (ambient, _) = ambient();
    let one = sequencer(world, first.path(), &ambient).await.unwrap();
    let two = sequencer(world, second.path(), &ambient).await;
    let Err(SequencerError::Store(taken @ StoreError::LogTaken)) = two else { panic!("two programs write one log") };
    assert!(taken.to_string().contains("stop it first"));
    drop(one);
    sequencer(world, first.path(), &ambient).await.unwrap();
}

/// Owes a commitment of a system with this name.
async fn owe_of(world: &World, name: &str, n: u32) {
    let journal = Journal::start(world.store.clone());
    let id = format!("s{n}");
    let mut salt = [0; 32];
    salt[..4].copy_from_slice(&n.to_be_bytes());
    journal.intent(intent(&id, None)).await.unwrap();
    let owed = gouvernail_store::OwedCommitment::new("invocation", &json!({ "n": n }), salt).unwrap().of_system(name, "1");
    journal.outcome(Outcome { owed, ..outcome(&id, 1) }).await.unwrap();
}

pub async fn a_tally_that_fails_keeps_nothing_out_of_the_log(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let (ambient, second) = ambient();
    let sequencer = sequencer(world, folder.path(), &ambient).await.unwrap();
    // No entry of a log can say a name this long.
    owe_of(world, &"x".repeat(70_000), 0).await;
    assert_eq!(sequencer.step().await.unwrap(), 1);
    second.fetch_add(61, Ordering::Relaxed);
    for _ in 0..2 {
        assert_eq!(sequencer.step().await.unwrap(), 0);
    }
    owe_more(world).await;
    assert_eq!(sequencer.step().await.unwrap(), 1, "entries go on being placed");
}

pub async fn a_long_tally_is_split(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let (ambient, second) = ambient();
    let sequencer = sequencer(world, folder.path(), &ambient).await.unwrap();
    for n in 0..40 {
        owe_of(world, &format!("{n}{}", "x".repeat(4000)), n).await;
    }
    assert_eq!(sequencer.step().await.unwrap(), 40);
    second.fetch_add(61, Ordering::Relaxed);
    let tallies = sequencer.step().await.unwrap();
    assert!(tallies > 2, "{tallies}");
    let log = DiskLog::open(folder.path().join("log")).unwrap();
    let (mut next, mut counted) = (0, 0);
    let mut see = |_, entry: &Entry| {
        let Entry::Statement(said) = entry else { return };
        assert_eq!(said["from"].as_u64().unwrap(), next, "each begins where the one before ended");
        next = said["to"].as_u64().unwrap();
        counted += said["counts"].as_array().unwrap().iter().map(|count| count["count"].as_u64().unwrap()).sum::<u64>();
    };
    verify_log(&|path: &str| log.read(path), &[vkey()], None, &mut see).unwrap();
    assert_eq!((next, counted), (40, 40));
}

pub async fn a_restored_register_is_not_believed(world: &World) {
    let (ambient, second) = ambient();
    let rules = Rules::shipped().unwrap();
    let live = Live::open(world.store.clone(), ambient.clone()).await.unwrap();
    live.record(&rules, "maire", Event::ReferentAppointed { person: "p1".to_owned() }).await.unwrap();
    world.meddle("delete from register_event").await;
    second.fetch_add(5, Ordering::Relaxed);
    let refused = live.refresh().await;
    assert!(matches!(refused, Err(StoreError::WentBack { known: 1, found: 0, .. })), "{refused:?}");
    assert_eq!(live.silence(ambient.now()), SignedDuration::from_secs(5), "so calls are refused");
    world.meddle("update directory_epoch set n = n - 1").await;
    assert!(live.refresh().await.is_err());
}

pub async fn what_was_recorded_is_not_said_to_have_failed(world: &World) {
    let (ambient, _) = ambient();
    let rules = Rules::shipped().unwrap();
    let live = Live::open(world.store.clone(), ambient.clone()).await.unwrap();
    world.meddle("alter table directory_epoch rename to elsewhere").await;
    let appointed = Event::ReferentAppointed { person: "p1".to_owned() };
    assert_eq!(live.record(&rules, "maire", appointed).await.unwrap(), 1);
    assert_eq!(world.store.register_epoch().await.unwrap(), 1);
    world.meddle("alter table elsewhere rename to directory_epoch").await;
    live.refresh().await.unwrap();
    assert_eq!(live.snapshot().register.referent.as_deref(), Some("p1"));
}

pub async fn a_commitment_is_to_its_record(_: &World) {
    let made = gouvernail_store::OwedCommitment::new("decision", &json!({ "a": 1 }), [7; 32]).unwrap();
    let opening = Opening { domain: "decision".to_owned(), salt: [7; 32], record: json!({ "a": 1 }) };
    assert_eq!((made.leaf.len(), made.leaf.clone()), (33, opening.leaf().unwrap()));
    assert_ne!(made.leaf, owed("decision", 7).leaf);
    let rounded = gouvernail_store::OwedCommitment::new("decision", &json!({ "n": 9_007_199_254_740_993_u64 }), [7; 32]);
    assert!(rounded.is_err(), "a number that canonical JSON would round is not committed to");
}
