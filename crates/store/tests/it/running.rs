//! What runs above the repositories: the live memory, the sequencer, the tally, receipts.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

use gouvernail_register::{ActRefused, Event, Rules};
use gouvernail_store::{Ambient, ApiKey, Journal, Live, Outcome, Person, Receipts, RecordError, Role, Sequencer, SequencerError};
use gouvernail_tlog::checkpoint;
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::entry::Entry;
use gouvernail_tlog::note::{Note, Signer, Vkey};
use gouvernail_tlog::opening::Opening;
use gouvernail_tlog::verify::{verify_log, verify_receipt};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{World, at, case, case_event, intent, outcome, owed, refusal};

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
    store.create_case(&case("c1")).await.unwrap();
    store.append_case_event("c1", 0, &case_event(1, "opened"), "open", None).await.unwrap();
    for (id, second) in [("i1", 30), ("i2", 31)] {
        journal.intent(intent(id, Some("c1"))).await.unwrap();
        let told = Some(("c1".to_owned(), case_event(second, "use_recorded")));
        journal.outcome(Outcome { case: told, ..outcome(id, 1) }).await.unwrap();
    }
    let kinds: Vec<_> = store.case_events("c1").await.unwrap().into_iter().map(|e| (e.n, e.kind)).collect();
    assert_eq!(kinds, [(1, "opened".to_owned()), (2, "use_recorded".to_owned()), (3, "use_recorded".to_owned())]);
    assert_eq!(store.find_case("c1").await.unwrap().unwrap().updated, at(31));

    journal.intent(intent("i3", Some("c1"))).await.unwrap();
    let told = Some(("erased".to_owned(), case_event(40, "use_recorded")));
    journal.outcome(Outcome { case: told, ..outcome("i3", 1) }).await.unwrap();
    assert!(store.find_call("i3").await.unwrap().unwrap().outcome.is_some(), "a case that is gone stops no record");
}

/// Statements and commitments, each with its own leaf.
async fn owe_some(world: &World, count: u8) {
    let journal = Journal::start(world.store.clone());
    for n in 0..count {
        let id = format!("s{n}");
        journal.intent(intent(&id, None)).await.unwrap();
        let mut ended = outcome(&id, n);
        ended.owed = gouvernail_store::OwedCommitment::new("case_use", json!({ "n": n }), [n; 32]).unwrap().of_system("tri", "1");
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

pub async fn a_commitment_is_to_its_record(_: &World) {
    let made = gouvernail_store::OwedCommitment::new("decision", json!({ "a": 1 }), [7; 32]).unwrap();
    let opening = Opening { domain: "decision".to_owned(), salt: [7; 32], record: json!({ "a": 1 }) };
    assert_eq!((made.leaf.len(), made.leaf.clone()), (33, opening.leaf().unwrap()));
    assert_ne!(made.leaf, owed("decision", 7).leaf);
    let rounded = gouvernail_store::OwedCommitment::new("decision", json!({ "n": 9_007_199_254_740_993_u64 }), [7; 32]);
    assert!(rounded.is_err(), "a number that canonical JSON would round is not committed to");
}
