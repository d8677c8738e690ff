//! How many calls a model host gets at once, in which order, how often, and when it is left in peace.
//!
//! Each host has a lane: a [`turn`] to wait for, a [`breaker`] that opens when the host fails again and again, and a number of
//! attempts ([`retry`]). All of it is in memory and of this node: a decision here never waits for a database.

mod breaker;
mod retry;
mod turn;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::HeaderMap;
use reqwest::Url;

use crate::endpoint::Endpoint;
use crate::mandate::lock;
pub(crate) use breaker::Breaker;
pub(crate) use retry::{Failure, wait};
pub(crate) use turn::{Full, Turnstile};

/// What an operator sets for one host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Calls at once; streams count until their end.
    pub concurrent: usize,
    /// Calls that may wait for their turn; one more is told to come back later.
    pub waiting: usize,
    /// Attempts of one call, the first included.
    pub attempts: u32,
    /// Failures in a row after which the host is left in peace.
    pub failures: u32,
    /// How long it is, before one call tries again.
    pub cool_down: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self { concurrent: 256, waiting: 1024, attempts: 3, failures: 8, cool_down: Duration::from_secs(10) }
    }
}

/// Who waits: the lower goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    /// Somebody in front of a screen.
    Person,
    /// Work that nobody watches.
    Batch,
}

impl Priority {
    /// By the header `X-Gouvernail-Priority` (`person` or `batch`), else by the endpoint: indexes are made in batches.
    pub(crate) fn of(endpoint: Endpoint, headers: &HeaderMap) -> Self {
        match headers.get("x-gouvernail-priority").map(|said| said.as_bytes()) {
            Some(b"batch") => Self::Batch,
            Some(b"person") => Self::Person,
            _ if endpoint == Endpoint::Embeddings => Self::Batch,
            _ => Self::Person,
        }
    }
}

/// The lanes of this node.
#[derive(Default)]
pub(crate) struct Traffic(Mutex<HashMap<String, Arc<Lane>>>);

/// The way to one host.
#[derive(Default)]
pub(crate) struct Lane {
    pub(crate) turns: Turnstile,
    pub(crate) breaker: Mutex<Breaker>,
    /// Addresses there, read once: one for each endpoint.
    addresses: Mutex<HashMap<String, Url>>,
}

impl Lane {
    /// What an address of the register or of the configuration is, if it is one.
    pub(crate) fn address(&self, text: &str) -> Option<Url> {
        let mut addresses = lock(&self.addresses);
        if let Some(address) = addresses.get(text) {
            return Some(address.clone());
        }
        let address = Url::parse(text).ok()?;
        addresses.insert(text.to_owned(), address.clone());
        Some(address)
    }
}

impl Traffic {
    /// The lane of a host of the register.
    pub(crate) fn lane(&self, host: &str) -> Arc<Lane> {
        let mut lanes = lock(&self.0);
        match lanes.get(host) {
            Some(lane) => Arc::clone(lane),
            None => Arc::clone(lanes.entry(host.to_owned()).or_default()),
        }
    }
}
