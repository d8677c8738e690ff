//! What the tests of this crate share.
#![allow(dead_code)]

use std::path::Path;

use gouvernail_tlog::checkpoint::Checkpoint;
use gouvernail_tlog::cosignature::Cosigner;
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::entry::Entry;
use gouvernail_tlog::grow::Growth;
use gouvernail_tlog::note::{Signer, Vkey};
use serde_json::json;

/// Keys drawn from fixed seeds.
pub struct Keys;
pub const KEYS: Keys = Keys;

impl Keys {
    pub fn log(&self) -> Signer {
        Signer::from_seed("commune.example/log", &[1; 32]).unwrap()
    }

    pub fn witness(&self) -> Cosigner {
        Cosigner::from_seed("observatory.example", &[2; 32]).unwrap()
    }

    pub fn vkeys(&self) -> Vec<Vkey> {
        vec![self.log().vkey().clone(), self.witness().vkey().clone()]
    }
}

/// Leaf number `index` of the tests' logs: two commitments, then a statement.
pub fn leaf(index: u64) -> Vec<u8> {
    let entry = match index % 3 {
        2 => Entry::Statement(json!({ "type": "test", "number": index })),
        _ => Entry::Commitment(gouvernail_tlog::hash::leaf(&index.to_be_bytes())),
    };
    entry.encode().unwrap()
}

/// A published log of `size` entries.
pub fn log_of(dir: &Path, size: u64) -> DiskLog {
    let log = DiskLog::open(dir).unwrap();
    let growth = log.append(0, &(0..size).map(leaf).collect::<Vec<_>>()).unwrap();
    publish(&log, &growth);
    log
}

/// Signs and publishes what `growth` led to.
pub fn publish(log: &DiskLog, growth: &Growth) {
    log.publish(&Checkpoint::sign(growth.size, growth.root, &KEYS.log()).unwrap()).unwrap();
}
