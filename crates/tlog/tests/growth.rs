//! Growing a log on a disk: every size that is a corner of the format, replays, and wrong files.

mod common;

use common::{KEYS, leaf, log_of, publish};
use gouvernail_tlog::disk::{DiskError, DiskLog};
use gouvernail_tlog::tile::{Kind, Tile};
use gouvernail_tlog::verify::{VerifyError, verify_log, verify_receipt};
use gouvernail_tlog::{checkpoint::Checkpoint, hash, proof::Proof, tree};
use std::fs;

const SIZES: [u64; 10] = [0, 1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 70_000];

fn check(log: &DiskLog, old: Option<&str>) -> Result<gouvernail_tlog::verify::Report, VerifyError> {
    verify_log(&|path: &str| log.read(path), &KEYS.vkeys(), old, &mut |_, _| {})
}

#[test]
fn grows_through_every_corner_of_the_format() {
    let dir = tempfile::tempdir().unwrap();
    let log = DiskLog::open(dir.path().join("log")).unwrap();
    let mut old = None;
    let mut from = 0;
    for size in SIZES {
        let entries: Vec<_> = (from..size).map(leaf).collect();
        let growth = log.append(from, &entries).unwrap();
        assert_eq!(growth.size, size);
        publish(&log, &growth);
        let report = check(&log, old.as_deref()).unwrap();
        assert_eq!((report.checkpoint.size, report.commitments + report.statements), (size, size));
        let note = log.read_checkpoint().unwrap().unwrap().to_string();
        for index in [0, 1, from, size / 2, size.saturating_sub(1)].into_iter().filter(|index| *index < size) {
            let hashes = log.inclusion_proof(index, size).unwrap();
            let proof = Proof { extra: None, index, hashes, checkpoint: note.clone() }.to_string();
            assert_eq!(log.read_leaf(index, size).unwrap(), leaf(index));
            assert_eq!(verify_receipt(&proof, &leaf(index), &KEYS.vkeys()).unwrap().index, index);
            assert!(verify_receipt(&proof, &leaf(index + 1), &KEYS.vkeys()).is_err());
        }
        let proof = log.consistency_proof(from, size).unwrap();
        tree::verify_consistency(from, &growth.old_root, size, &growth.root, &proof).unwrap();
        (old, from) = (Some(note), size);
    }
}

#[test]
fn seventy_thousand_entries_are_277_tiles() {
    let tiles: Vec<_> = gouvernail_tlog::tile::all(70_000).filter(|tile| tile.kind != Kind::Entries).collect();
    let of = |level| tiles.iter().filter(|tile| tile.kind == Kind::Level(level)).count();
    assert_eq!((tiles.len(), of(0), of(1), of(2)), (277, 274, 2, 1));
    let widths: Vec<_> = tiles.iter().map(|tile| tile.width).filter(|width| *width < 256).collect();
    assert_eq!(widths, [112, 17, 1]);
}

#[test]
fn a_bundle_completed_by_a_batch_keeps_its_first_entries() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(dir.path(), 100);
    let growth = log.append(100, &(100..300).map(leaf).collect::<Vec<_>>()).unwrap();
    publish(&log, &growth);
    assert_eq!(log.read_leaf(7, 300).unwrap(), leaf(7));
    assert_eq!(check(&log, None).unwrap().checkpoint.size, 300);
    // Once the full tile is there the partial one may go: nothing needs it, a replay included.
    fs::remove_dir_all(log.dir().join("tile/0/000.p")).unwrap();
    fs::remove_dir_all(log.dir().join("tile/entries/000.p")).unwrap();
    assert_eq!(log.append(100, &(100..300).map(leaf).collect::<Vec<_>>()).unwrap(), growth);
    assert_eq!(log.read_leaf(7, 100).unwrap(), leaf(7));
}

#[test]
fn append_is_done_again_from_any_partly_written_state() {
    let dir = tempfile::tempdir().unwrap();
    let reference = log_of(&dir.path().join("reference"), 250);
    let entries: Vec<_> = (250..1_000).map(leaf).collect();
    let whole = reference.plan(250, &entries).unwrap();
    for written in 0..=whole.files.len() {
        let log = log_of(&dir.path().join(written.to_string()), 250);
        let mut part = whole.clone();
        part.files.truncate(written);
        log.write(&part).unwrap();
        fs::write(log.dir().join("tile/0/.writing"), b"torn").unwrap();
        assert_eq!(log.append(250, &entries).unwrap(), whole);
        publish(&log, &whole);
        assert_eq!(check(&log, None).unwrap().checkpoint.size, 1_000);
    }
}

#[test]
fn an_existing_tile_with_other_bytes_is_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(dir.path(), 300);
    let other: Vec<_> = (1..301).map(leaf).collect();
    assert!(matches!(log.append(0, &other), Err(DiskError::Conflict { .. })));
    assert_eq!(check(&log, None).unwrap().checkpoint.size, 300);
}

#[test]
fn a_checkpoint_is_published_only_forwards_and_over_its_own_tiles() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(dir.path(), 300);
    let sign = |size, root| Checkpoint::sign(size, root, &KEYS.log()).unwrap();
    let older = log.plan(0, &(0..200).map(leaf).collect::<Vec<_>>()).unwrap();
    assert!(matches!(log.publish(&sign(200, older.root)), Err(DiskError::Rollback { published: 300, size: 200 })));
    assert!(matches!(log.publish(&sign(300, [7; 32])), Err(DiskError::Rollback { .. })));
    let newer = log.plan(300, &[leaf(300)]).unwrap();
    assert!(log.publish(&sign(301, newer.root)).is_err());
    log.write(&newer).unwrap();
    assert!(matches!(log.publish(&sign(301, [7; 32])), Err(DiskError::Root { size: 301 })));
    publish(&log, &newer);
}

#[test]
fn any_changed_byte_of_any_file_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(dir.path(), 600);
    for tile in gouvernail_tlog::tile::all(600) {
        let path = log.dir().join(tile.to_string());
        let good = fs::read(&path).unwrap();
        for at in [0, good.len() / 2, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::write(&path, bad).unwrap();
            assert!(check(&log, None).is_err(), "{tile}, byte {at}");
        }
        fs::write(&path, &good[..good.len() - 1]).unwrap();
        assert!(check(&log, None).is_err(), "{tile} cut");
        fs::write(&path, good).unwrap();
    }
    assert!(check(&log, None).is_ok());
}

#[test]
fn a_rewritten_history_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let first = log_of(&dir.path().join("a"), 10).read_checkpoint().unwrap().unwrap().to_string();
    let other = DiskLog::open(dir.path().join("b")).unwrap();
    publish(&other, &other.append(0, &(1..21).map(leaf).collect::<Vec<_>>()).unwrap());
    assert_eq!(check(&other, Some(&first)), Err(VerifyError::Rewritten { old: 10 }));
}

#[test]
fn errors_name_the_missing_file() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(dir.path(), 3);
    fs::remove_file(log.dir().join("tile/entries/000.p/3")).unwrap();
    assert!(check(&log, None).unwrap_err().to_string().contains("tile/entries/000.p/3 is missing"));
    assert!(log.inclusion_proof(3, 3).is_err());
    let empty = DiskLog::open(dir.path().join("empty")).unwrap();
    assert_eq!(check(&empty, None), Err(VerifyError::NoCheckpoint));
    let tile = Tile { kind: Kind::Level(0), index: 0, width: 3 };
    assert_eq!(tile.read_hashes(&|path: &str| log.read(path)).unwrap()[0], hash::leaf(&leaf(0)));
}
