//! Whether the mandate still holds, for a call in flight.

use std::time::Duration;

use gouvernail_register::Call;
use tokio::sync::watch;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};

use crate::Shared;
use crate::drain::Door;
use crate::error::GatewayError;
use crate::stopwatch::Waits;

/// How often a call in flight asks again without being woken: for dates that pass, keys that are withdrawn and a database that
/// falls silent. A stop order wakes it at once.
const EVERY: Duration = Duration::from_millis(500);

/// What a call was allowed on, asked again until it ends; it also counts what is spent waiting meanwhile.
pub(crate) struct Hold {
    gateway: Shared,
    presented: String,
    call: Call,
    changes: watch::Receiver<u64>,
    door: watch::Receiver<Door>,
    tick: Interval,
    asked: Instant,
    waits: Waits,
    deadline: Deadline,
    /// How many times the host was called.
    pub(crate) attempts: u32,
}

/// When a call must be over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    pub(crate) at: Instant,
    /// How long the call was given.
    pub(crate) given: Duration,
}

impl Hold {
    /// `changes` was subscribed to before the first decision, so that no change in between is missed.
    pub(crate) fn new(gateway: Shared, presented: String, call: Call, changes: watch::Receiver<u64>, deadline: Deadline) -> Self {
        let asked = Instant::now();
        let mut tick = interval_at(asked + EVERY, EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let door = gateway.flights.door();
        Self { gateway, presented, call, changes, door, tick, asked, waits: Waits::default(), deadline, attempts: 0 }
    }

    /// Time left before the deadline.
    pub(crate) fn left(&self) -> Duration {
        self.deadline.at.saturating_duration_since(Instant::now())
    }

    /// The host was waited for since then.
    pub(crate) fn waited_for_host(&mut self, since: Instant) {
        self.waits.host += since.elapsed();
    }

    /// A caller who reads slowly was waited for since then.
    pub(crate) fn waited_for_caller(&mut self, since: Instant) {
        self.waits.caller += since.elapsed();
    }

    /// A piece of a streamed answer came.
    pub(crate) fn heard(&mut self) {
        self.waits.first.get_or_insert_with(|| self.asked.elapsed());
    }

    /// What was spent waiting for others.
    pub(crate) fn waits(&self) -> Waits {
        self.waits
    }

    /// Whether the call may still happen.
    pub(crate) fn ask(&self) -> Result<(), GatewayError> {
        let now = self.gateway.ambient.now();
        let known = self.gateway.mandate.known(now)?;
        known.directory.key(&self.presented, now).ok_or(GatewayError::UnknownKey)?;
        // A person who left is no longer trained, whatever their certificate says.
        let person = self.call.person.as_ref();
        if person.is_some_and(|person| known.directory.person(person).is_none()) {
            return self.gateway.permit(&known, &Call { person: None, ..self.call.clone() }, now);
        }
        self.gateway.permit(&known, &self.call, now)
    }

    /// Resolves when the call may no longer go on, with why. May be dropped and asked again.
    pub(crate) async fn lost(&mut self) -> GatewayError {
        loop {
            // The senders live as long as the gateway that is held here.
            tokio::select! {
                _ = self.door.wait_for(|door| *door == Door::Cut) => return GatewayError::Stopping,
                () = sleep_until(self.deadline.at) => {
                    return GatewayError::DeadlineExceeded { seconds: self.deadline.given.as_secs_f64() };
                }
                _ = self.changes.changed() => {}
                _ = self.tick.tick() => {}
            }
            if let Err(error) = self.ask() {
                return error;
            }
        }
    }
}
