//! Laws that hold for any tree, text or entry.

use std::cell::RefCell;
use std::collections::BTreeMap;

use gouvernail_tlog::entry::{Entry, EntryError, canonical, commit};
use gouvernail_tlog::grow::grow;
use gouvernail_tlog::hash::{self, Hash};
use gouvernail_tlog::note::Note;
use gouvernail_tlog::proof::Proof;
use gouvernail_tlog::tile::{self, Kind, Tile, TiledTree};
use gouvernail_tlog::tree;
use proptest::prelude::*;
use serde_json::{Value, json};

/// RFC 6962 §2.1, word for word, as the oracle.
fn definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => hash::empty_root(),
        [one] => *one,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            hash::node(&definition(left), &definition(right))
        }
    }
}

fn leaf(index: u64) -> Vec<u8> {
    index.to_string().into_bytes()
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|index| hash::leaf(&leaf(index))).collect()
}

fn json_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991i64..=9_007_199_254_740_991).prop_map(Value::from),
        (-9e15..9e15f64).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    scalar.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..6).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn growing_by_any_steps_gives_the_same_files_and_the_defined_root(steps in prop::collection::vec(0u64..400, 1..6)) {
        let files = RefCell::new(BTreeMap::new());
        let read = |path: &str| Ok(files.borrow().get(path).cloned());
        let mut size = 0;
        for step in &steps {
            let entries: Vec<_> = (size..size + step).map(leaf).collect();
            let growth = grow(&read, size, &entries).unwrap();
            prop_assert_eq!(growth.old_root, definition(&leaves(size)));
            size += step;
            prop_assert_eq!((growth.size, growth.root), (size, definition(&leaves(size))));
            for file in growth.files {
                let old = files.borrow_mut().insert(file.tile.to_string(), file.bytes.clone());
                prop_assert!(old.is_none_or(|old| old == file.bytes), "{} changed", file.tile);
            }
        }
        for tile in tile::all(size) {
            prop_assert!(files.borrow().contains_key(&tile.to_string()), "{} missing", tile);
        }
        let at_once = grow(&|_: &str| Ok(None), 0, &(0..size).map(leaf).collect::<Vec<_>>()).unwrap();
        for file in at_once.files {
            let grown = files.borrow().get(&file.tile.to_string()).cloned();
            prop_assert_eq!(grown, Some(file.bytes));
        }
    }

    #[test]
    fn proofs_prove_what_they_should_and_nothing_else(size in 1u64..700, a in any::<u64>(), b in any::<u64>(), flip in any::<usize>()) {
        let (index, old) = (a % size, b % (size + 1));
        let leaves = leaves(size);
        let read = |height: u32, at: u64| -> Result<Hash, ()> {
            let from = (at << height) as usize;
            Ok(definition(&leaves[from..from + (1 << height)]))
        };
        let root = definition(&leaves);
        prop_assert_eq!(tree::root(size, &read).unwrap(), root);

        let mut proof = tree::inclusion(index, size, &read).unwrap();
        let leaf = &leaves[index as usize];
        prop_assert_eq!(tree::verify_inclusion(leaf, index, size, &root, &proof), Ok(()));
        prop_assert!(tree::verify_inclusion(leaf, (index + 1) % size, size, &root, &proof).is_err() || size == 1);
        prop_assert!(tree::verify_inclusion(&[0; 32], index, size, &root, &proof).is_err());
        proof.push([0; 32]);
        prop_assert!(tree::verify_inclusion(leaf, index, size, &root, &proof).is_err());
        proof.pop();
        if !proof.is_empty() {
            let at = flip % proof.len();
            proof[at][flip % 32] ^= 1;
            prop_assert!(tree::verify_inclusion(leaf, index, size, &root, &proof).is_err());
            proof.remove(at);
            prop_assert!(tree::verify_inclusion(leaf, index, size, &root, &proof).is_err());
        }

        let old_root = definition(&leaves[..old as usize]);
        let mut proof = tree::consistency(old, size, &read).unwrap();
        prop_assert_eq!(tree::verify_consistency(old, &old_root, size, &root, &proof), Ok(()));
        prop_assert!(tree::verify_consistency(old, &[0; 32], size, &root, &proof).is_err());
        if old > 0 {
            prop_assert!(tree::verify_consistency(old, &old_root, size, &[0; 32], &proof).is_err());
        }
        proof.push([0; 32]);
        prop_assert!(tree::verify_consistency(old, &old_root, size, &root, &proof).is_err());
        proof.pop();
        if !proof.is_empty() {
            let at = flip % proof.len();
            proof[at][flip % 32] ^= 1;
            prop_assert!(tree::verify_consistency(old, &old_root, size, &root, &proof).is_err());
        }
    }

    #[test]
    fn proofs_made_by_strangers_never_panic(position in any::<u64>(), size in any::<u64>(), length in 0usize..70) {
        let proof = vec![[3; 32]; length];
        let _ = tree::verify_inclusion(&[1; 32], position, size, &[2; 32], &proof);
        let _ = tree::verify_consistency(position, &[1; 32], size, &[2; 32], &proof);
    }

    #[test]
    fn bundles_and_names_of_tiles_come_back(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..90), 0..20), index in 0u64..1 << 56, width in 1u16..=256, level in 0u8..64) {
        let bytes = tile::encode_bundle(&entries).unwrap();
        prop_assert_eq!(tile::decode_bundle(&bytes).unwrap(), entries);
        for kind in [Kind::Level(level), Kind::Entries] {
            let tile = Tile { kind, index, width };
            prop_assert_eq!(tile.to_string().parse::<Tile>().unwrap(), tile);
        }
    }

    #[test]
    fn parsers_survive_anything_and_accept_only_what_they_write(text in "(c2sp.org/tlog-proof@v1\n)?(extra [A-Za-z=]{0,8}\n)?(index [0-9]{1,3}\n)?([A-Za-z+/]{43}=\n){0,3}\n?.{0,9}\n?(— [a-z+ ]{1,4} [A-Za-z]{4,12}\n){0,3}", bytes in prop::collection::vec(any::<u8>(), 0..99)) {
        if let Ok(note) = text.parse::<Note>() {
            prop_assert_eq!(note.to_string(), text.clone());
        }
        if let Ok(proof) = text.parse::<Proof>() {
            prop_assert_eq!(proof.to_string(), text);
        }
        if let Ok(entries) = tile::decode_bundle(&bytes) {
            prop_assert_eq!(tile::encode_bundle(&entries).unwrap(), bytes.clone());
        }
        if let Ok(entry) = Entry::decode(&bytes) {
            prop_assert_eq!(entry.encode().unwrap(), bytes);
        }
    }

    #[test]
    fn receipts_come_back(extra in prop::option::of(prop::collection::vec(any::<u8>(), 0..40)), index in 0u64..1 << 63, hashes in prop::collection::vec(any::<Hash>(), 0..63)) {
        let proof = Proof { extra, index, hashes, checkpoint: "a\n1\nb\n\n— c d\n".into() };
        prop_assert_eq!(proof.to_string().parse::<Proof>().unwrap(), proof);
    }

    #[test]
    fn statements_come_back_and_have_one_spelling(value in json_value()) {
        let bytes = Entry::Statement(value).encode().unwrap();
        prop_assert_eq!(Entry::decode(&bytes).unwrap().encode().unwrap(), bytes);
    }

    #[test]
    fn fractions_come_back_to_the_last_bit(number in -9e15f64..9e15, small in -1f64..1.0) {
        for number in [number, small, small * 1e-300] {
            let bytes = Entry::Statement(json!(number)).encode().unwrap();
            prop_assert_eq!(Entry::decode(&bytes).unwrap().encode().unwrap(), bytes);
        }
    }
}

#[test]
fn a_commitment_depends_on_its_domain_its_salt_and_every_field() {
    let record = json!({ "case": "2026-17", "b": 1, "a": [true, null] });
    let base = commit("decision", &[1; 32], &record).unwrap();
    assert_eq!(base, commit("decision", &[1; 32], &json!({ "a": [true, null], "b": 1.0, "case": "2026-17" })).unwrap());
    assert_ne!(base, commit("refusal", &[1; 32], &record).unwrap());
    assert_ne!(base, commit("decision", &[2; 32], &record).unwrap());
    assert_ne!(base, commit("decision", &[1; 32], &json!({ "case": "2026-18", "b": 1, "a": [true, null] })).unwrap());
    // The framing, spelled out: another program can recompute it from this line.
    let mut framed = b"gouvernail/commitment/v1\ndecision\n".to_vec();
    framed.extend([1; 32]);
    framed.extend(br#"{"a":[true,null],"b":1,"case":"2026-17"}"#);
    use sha2::Digest;
    assert_eq!(base.as_slice(), sha2::Sha256::digest(framed).as_slice());
    assert!(commit("two\nlines", &[1; 32], &record).is_err());
    assert!(commit("", &[1; 32], &record).is_err());
}

#[test]
fn entries_that_must_not_be_in_a_log() {
    let commitment = Entry::Commitment([5; 32]).encode().unwrap();
    assert_eq!((commitment.len(), commitment[0]), (33, 1));
    let beside = [commitment, b"!".to_vec()].concat();
    assert_eq!(Entry::decode(&beside), Err(EntryError::Length(34)));
    assert_eq!(Entry::decode(b""), Err(EntryError::Kind(None)));
    assert_eq!(Entry::decode(b"\x03x"), Err(EntryError::Kind(Some(3))));
    for other in ["{\"b\":1,\"a\":2}", "{\"a\": 2}", "{\"a\":1,\"a\":1}", "{\"a\":1.0}", "{", "{}x"] {
        let bytes = [b"\x02", other.as_bytes()].concat();
        assert!(matches!(Entry::decode(&bytes), Err(EntryError::NotCanonical(_))), "{other}");
    }
    assert!(matches!(canonical(&json!({ "n": 9_007_199_254_740_993u64 })), Err(EntryError::Number(_))));
    assert!(matches!(canonical(&json!([1e16])), Err(EntryError::Number(_))));
    assert!(matches!(Entry::Statement(json!("é".repeat(40_000))).encode(), Err(EntryError::TooLong(80_003))));
    assert!(grow(&|_: &str| Ok(None), 0, &[vec![0; 65_536]]).is_err());
}

#[test]
fn a_tree_over_tiles_reads_each_tile_once() {
    let entries: Vec<_> = (0..70_000).map(leaf).collect();
    let growth = grow(&|_: &str| Ok(None), 0, &entries).unwrap();
    let files: BTreeMap<_, _> = growth.files.into_iter().map(|file| (file.tile.to_string(), file.bytes)).collect();
    let reads = RefCell::new(BTreeMap::new());
    let read = |path: &str| {
        *reads.borrow_mut().entry(path.to_owned()).or_insert(0) += 1;
        Ok(files.get(path).cloned())
    };
    let tiles = TiledTree::new(&read, 70_000);
    let subtree = |height, at| tiles.subtree(height, at);
    let proof = tree::inclusion(12_345, 70_000, &subtree).unwrap();
    tree::verify_inclusion(&hash::leaf(&entries[12_345]), 12_345, 70_000, &growth.root, &proof).unwrap();
    assert!(reads.borrow().values().all(|count| *count == 1));
    assert!(reads.borrow().len() <= 5, "{reads:?}");
}
