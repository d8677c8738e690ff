//! What an observatory is told: which logs, where to keep its state, with which key, how often.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use gouvernail_tlog::cosignature::Cosigner;
use gouvernail_tlog::note::{Algorithm, Vkey};
use jiff::Timestamp;
use reqwest::Url;
use zeroize::Zeroizing;

use crate::error::ConfigError;

/// Tells what time it is: the edges give the machine's clock, tests give theirs.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A log to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedLog {
    /// Its verifier key (`name+hash+key`, Ed25519); the name is the origin.
    pub vkey: String,
    /// Base address: `/checkpoint` and `/tile/…` are below it.
    pub url: String,
    /// Name to show, for example that of the administration.
    pub name: String,
}

/// The configuration. It has no `Debug`, because it holds a secret.
pub struct Config {
    /// Logs to follow, each by another origin.
    pub logs: Vec<FollowedLog>,
    /// Folder of its state; it is created if it does not exist, and one process at a time may use it.
    pub data: PathBuf,
    /// Name of its key.
    pub witness_name: String,
    /// Secret seed of its key, drawn once from the system's randomness and never shared with a log.
    pub witness_seed: Zeroizing<[u8; 32]>,
    /// Time between two rounds.
    pub interval: Duration,
    /// How long a checkpoint may stay the same before it is a silence.
    pub silence: Duration,
    /// How often everything is read again: what only follows the growth never sees damage behind it.
    pub read_in_full_every: Duration,
}

/// A configuration that makes sense.
pub(crate) struct Checked {
    pub(crate) logs: Vec<CheckedLog>,
    pub(crate) cosigner: Cosigner,
}

pub(crate) struct CheckedLog {
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) vkey: Vkey,
}

impl Config {
    pub(crate) fn check(&self) -> Result<Checked, ConfigError> {
        if self.interval.is_zero() || self.silence < self.interval {
            return Err(ConfigError::Pace { interval: self.interval, silence: self.silence });
        }
        let cosigner = Cosigner::from_seed(&self.witness_name, &self.witness_seed).map_err(ConfigError::Witness)?;
        let logs = self.logs.iter().map(FollowedLog::check).collect::<Result<Vec<_>, _>>()?;
        let mut origins = BTreeSet::new();
        match logs.iter().find(|log| !origins.insert(log.vkey.name())) {
            Some(twice) => Err(ConfigError::Twice { origin: twice.vkey.name().to_owned() }),
            None => Ok(Checked { logs, cosigner }),
        }
    }
}

impl FollowedLog {
    fn check(&self) -> Result<CheckedLog, ConfigError> {
        let log = || self.name.clone();
        let vkey: Vkey = self.vkey.parse().map_err(|source| ConfigError::Vkey { log: log(), source })?;
        if vkey.algorithm() != Algorithm::Ed25519 {
            return Err(ConfigError::NotALog { log: log() });
        }
        let bad = |reason: String| ConfigError::Url { log: log(), url: self.url.clone(), reason };
        let url = Url::parse(&self.url).map_err(|error| bad(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") || url.query().is_some() || url.fragment().is_some() {
            return Err(bad("neither http nor https, or something after the path".to_owned()));
        }
        Ok(CheckedLog { name: self.name.clone(), url: self.url.trim_end_matches('/').to_owned(), vkey })
    }
}
