//! What the entries say: the counts, and what is wrong with single entries.

use gouvernail_observatory::{EnergyWh, Finding, Outcome, TallyFault, What};
use gouvernail_tlog::entry::Entry;
use serde_json::{Value, json};

use crate::common::{Post, append, commitment, open_log, row};

fn statement(value: Value) -> Vec<u8> {
    Entry::Statement(value).encode().unwrap()
}

fn tally(from: u64, to: u64, count: u64) -> Vec<u8> {
    let count = json!({ "kind": "decision", "system": "s", "version": "1", "count": count });
    let energy = json!({ "min": 0.25, "max": 1.5 });
    statement(json!({ "type": "tally", "from": from, "to": to, "counts": [count], "energy_wh": energy, "signed": true }))
}

fn commitments(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|seed| commitment(seed).encode().unwrap()).collect()
}

#[tokio::test]
async fn tallies_are_redone_across_rounds_and_restarts() {
    let dir = tempfile::tempdir().unwrap();
    let log = open_log(&dir.path().join("log"));
    let mut post = Post::over(&log).await;
    append(&log, 0, &[commitments(400), vec![statement(json!({ "type": "authorisation" }))]].concat());
    assert!(row(&post.round().await, What::Tallies).is_none(), "nothing to say about tallies yet");
    append(&log, 401, &[tally(0, 300, 300)]);
    assert_eq!(row(&post.round().await, What::Tallies).unwrap().outcome, Outcome::Held);
    post.restart();
    append(&log, 402, &[commitments(5), vec![tally(300, 405, 103)]].concat());
    let seen = post.round().await;
    assert_eq!((seen.outcome, seen.counts.tallies, seen.counts.tallied), (Some(Outcome::Held), 2, 403));
    assert_eq!(seen.counts.energy_wh, Some(EnergyWh { min: 0.5, max: 3.0 }));
    assert_eq!((seen.counts.commitments, seen.counts.statements["tally"], seen.counts.statements["authorisation"]), (405, 2, 1));

    append(&log, 408, &[tally(405, 408, 3)]);
    let finding = Finding::Tally { index: 408, fault: TallyFault::Sum { stated: 3, held: 2 } };
    let seen = post.round().await;
    let check = row(&seen, What::Tallies).unwrap();
    assert_eq!((check.outcome, check.finding.as_ref(), seen.counts.tallies), (Outcome::Broken, Some(&finding), 2));
    // The log only grew, which is what a cosignature says; what it says wrongly is said aloud, for ever.
    assert_eq!((seen.cosigned.unwrap().size, row(&seen, What::History).unwrap().outcome), (409, Outcome::Held));
    append(&log, 409, &[tally(408, 409, 0)]);
    post.restart();
    let seen = post.round().await;
    assert_eq!((seen.outcome, seen.counts.findings, seen.counts.tallies), (Some(Outcome::Broken), vec![finding], 3));
}

#[tokio::test]
async fn entries_of_unknown_form_are_findings() {
    let dir = tempfile::tempdir().unwrap();
    let log = open_log(&dir.path().join("log"));
    let beside = [commitments(1).remove(0), b"Jeanne".to_vec()].concat();
    append(&log, 0, &[commitments(1), vec![b"\x03new".to_vec(), beside, b"\x02{ }".to_vec(), Vec::new()]].concat());
    let post = Post::over(&log).await;
    let seen = post.round().await;
    let indexes = seen.counts.findings.iter().map(|finding| match finding {
        Finding::Form { index, .. } => *index,
        other => panic!("{other:?}"),
    });
    assert_eq!((indexes.collect::<Vec<_>>(), seen.counts.found, seen.counts.commitments), (vec![1, 2, 3, 4], 4, 1));
    assert_eq!((row(&seen, What::Forms).unwrap().outcome, row(&seen, What::Tallies)), (Outcome::Broken, None));
    assert_eq!((seen.cosigned.unwrap().size, seen.verified.unwrap().size), (5, 5));
}
