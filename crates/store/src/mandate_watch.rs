//! Says in public that a mandate in force no longer holds, or holds again.
//!
//! The gateway never waits for it: it decides each call from the register itself. This is for those who read the log.
//! Every node watches, and the register keeps one note of each change: an act that would say what it already says is refused,
//! and acts follow each other one by one.

use std::sync::Arc;
use std::time::Duration;

use gouvernail_register::{ActRefused, PROGRAM, Rules, mandate_holds, to_note};
use jiff::Timestamp;

use crate::{Ambient, Live, RecordError};

/// Longest time between two rounds, so that a clock that was set is seen.
const LONGEST: Duration = Duration::from_secs(60);
/// Time before another attempt when a round failed.
const AGAIN: Duration = Duration::from_secs(5);

/// The watch of one node.
#[derive(Clone)]
pub struct MandateWatch {
    live: Arc<Live>,
    rules: Arc<Rules>,
    ambient: Ambient,
}

impl MandateWatch {
    /// A watch over this node's memory.
    #[must_use]
    pub fn new(live: Arc<Live>, rules: Arc<Rules>, ambient: Ambient) -> Self {
        Self { live, rules, ambient }
    }

    /// Notes every change that is not noted yet, and says when a date will pass that could bring another.
    ///
    /// # Errors
    /// When the rules cannot be evaluated or the note cannot be stored; what was noted before stays.
    pub async fn round(&self, now: Timestamp) -> Result<Option<Timestamp>, RecordError> {
        let known = self.live.snapshot();
        let mut next: Option<Timestamp> = None;
        for (id, system) in &known.register.systems {
            // A mandate that is still to begin will have to be looked at then.
            let begins = system.authorisation.as_ref().map(|held| held.from).filter(|from| now < *from);
            let holds = mandate_holds(&known.register, &self.rules, id, now).map_err(ActRefused::from)?;
            let until = holds.as_ref().and_then(|holds| holds.valid_until);
            next = next.into_iter().chain(begins).chain(until).min();
            if let Some(note) = holds.and_then(|holds| to_note(id, system, &holds)) {
                match self.live.record(&self.rules, PROGRAM, note).await {
                    // Another node was faster, or the system was closed meanwhile.
                    Ok(_) | Err(RecordError::Refused(ActRefused::Unchanged | ActRefused::Closed)) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(next)
    }

    /// Watches for ever: a round at each change of the register, and at each date that passes. Run it as a task of its own.
    pub async fn run(self) {
        let mut changes = self.live.changes();
        loop {
            let now = self.ambient.now();
            let wait = match self.round(now).await {
                Ok(next) => next.map_or(LONGEST, |next| until(now, next)),
                Err(error) => {
                    tracing::warn!(%error, "suspended mandates could not be noted; tried again in a moment");
                    AGAIN
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                changed = changes.changed() => if changed.is_err() { return },
            }
        }
    }
}

fn until(now: Timestamp, next: Timestamp) -> Duration {
    Duration::try_from(next.duration_since(now)).unwrap_or_default().min(LONGEST)
}
