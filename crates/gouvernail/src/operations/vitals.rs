//! What a node can say of itself at any moment, without asking the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use gouvernail_gateway::Gateway;
use gouvernail_local_model::Status;
use gouvernail_register::Rules;
use gouvernail_store::{Ambient, Journal, Live, LogHealth, Store};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

/// Time between two looks at what the log is owed.
const LOOK: Duration = Duration::from_secs(5);

/// The parts of a node that have something to say.
pub struct Vitals {
    /// Calls in flight.
    pub gateway: Gateway,
    /// The register in memory, and when the database last confirmed it.
    pub live: Arc<Live>,
    /// The rules in force.
    pub rules: Arc<Rules>,
    /// Acts that wait.
    pub journal: Journal,
    /// Whether the journal can be written.
    pub pulse: Pulse,
    /// Whether the log may grow.
    pub log: LogHealth,
    /// What the log is owed.
    pub lag: Lag,
    /// Where the embedded engine stands, if there is one.
    pub engine: Option<watch::Receiver<Status>>,
    /// The clock.
    pub ambient: Ambient,
}

impl Vitals {
    /// How long ago the database last confirmed the register.
    pub fn silence(&self) -> SignedDuration {
        self.live.silence(self.ambient.now())
    }

    /// The state of the embedded engine, in one word.
    pub fn engine(&self) -> Option<&'static str> {
        self.engine.as_ref().map(|status| match *status.borrow() {
            Status::Starting => "starting",
            Status::Ready => "ready",
            Status::Failed { .. } => "failed",
            Status::Stopped => "stopped",
        })
    }
}

/// When the journal could last not be written, and whether it could since. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pulse(Arc<AtomicI64>);

impl Default for Pulse {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(i64::MIN)))
    }
}

impl Pulse {
    /// How long a failure counts. A node that is taken out of service writes nothing, so it must come back by itself for the
    /// next write to tell.
    const MEMORY: SignedDuration = SignedDuration::from_secs(10);

    /// The journal tried to write.
    pub fn beat(&self, written: bool, now: Timestamp) {
        self.0.store(if written { i64::MIN } else { now.as_microsecond() }, Ordering::Release);
    }

    /// Whether the last write failed, not long ago.
    pub fn failing(&self, now: Timestamp) -> bool {
        let last = self.0.load(Ordering::Acquire);
        last != i64::MIN && now.as_microsecond().saturating_sub(last) < i64::try_from(Self::MEMORY.as_micros()).unwrap_or(i64::MAX)
    }
}

/// What the log is owed, looked at from time to time. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Lag(Arc<LagInner>);

#[derive(Debug, Default)]
struct LagInner {
    known: AtomicBool,
    entries: AtomicU64,
    /// Microseconds since the epoch; 0 when nothing is owed.
    oldest: AtomicI64,
}

impl Lag {
    /// How many entries are owed, and since when; `None` while the database cannot tell.
    pub fn get(&self) -> Option<(u64, Option<Timestamp>)> {
        let oldest = Some(self.0.oldest.load(Ordering::Acquire)).filter(|micros| *micros != 0);
        let oldest = oldest.and_then(|micros| Timestamp::from_microsecond(micros).ok());
        self.0.known.load(Ordering::Acquire).then(|| (self.0.entries.load(Ordering::Acquire), oldest))
    }

    fn set(&self, found: Option<(u64, Option<Timestamp>)>) {
        let (entries, oldest) = found.unwrap_or_default();
        self.0.entries.store(entries, Ordering::Release);
        self.0.oldest.store(oldest.map_or(0, Timestamp::as_microsecond), Ordering::Release);
        self.0.known.store(found.is_some(), Ordering::Release);
    }

    /// Looks for ever. Run it as a task of its own.
    pub async fn keep(self, store: Store) {
        loop {
            self.set(store.lag().await.ok());
            tokio::time::sleep(LOOK).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_counts_until_one_succeeds_or_time_passes() {
        let (pulse, now) = (Pulse::default(), "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap());
        assert!(!pulse.failing(now));
        pulse.beat(false, now);
        assert!(pulse.failing(now + SignedDuration::from_secs(9)));
        assert!(!pulse.failing(now + SignedDuration::from_secs(10)));
        pulse.beat(false, now);
        pulse.beat(true, now);
        assert!(!pulse.failing(now));
    }

    #[test]
    fn a_lag_that_is_not_known_is_none() {
        let (lag, since) = (Lag::default(), "2026-11-24T10:00:00Z".parse().unwrap());
        assert_eq!(lag.get(), None);
        for found in [Some((0, None)), Some((7, Some(since))), None] {
            lag.set(found);
            assert_eq!(lag.get(), found);
        }
    }
}
