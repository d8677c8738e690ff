//! "May this call happen, now?", answered from memory.
//!
//! Answers are remembered for one epoch of the register under one edition of the rules, each until the first date in its facts
//! passes. When the database has
//! not confirmed the register for [`Mandate::PATIENCE`], nothing can be known, so nothing is allowed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use gouvernail_register::{Action, Call, Decision, Register, Rules};
use gouvernail_store::{Live, Snapshot};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::error::GatewayError;

/// Most answers remembered in one epoch; past it, answers are computed afresh.
const REMEMBERED: usize = 10_000;

/// The rules, and the register that they are asked about.
pub struct Mandate {
    rules: Arc<Rules>,
    live: Arc<Live>,
    answers: Mutex<Answers>,
}

#[derive(Default)]
struct Answers {
    /// Epoch of the register, edition of the rules.
    asked: (u64, u64),
    known: HashMap<Call, Decision>,
}

impl Mandate {
    /// How long the register may stay unconfirmed before every call is refused.
    pub const PATIENCE: SignedDuration = SignedDuration::from_secs(3);

    /// A mandate over this node's memory.
    #[must_use]
    pub fn new(rules: Arc<Rules>, live: Arc<Live>) -> Self {
        Self { rules, live, answers: Mutex::default() }
    }

    /// What is known, if it is fresh enough to decide on.
    ///
    /// # Errors
    /// [`GatewayError::Unavailable`] when the database has been silent for too long.
    pub fn known(&self, now: Timestamp) -> Result<Arc<Snapshot>, GatewayError> {
        let silence = self.live.silence(now);
        if silence <= Self::PATIENCE {
            return Ok(self.live.snapshot());
        }
        Err(GatewayError::Unavailable(format!("the register cannot be read since {} s, so no call is allowed", silence.as_secs())))
    }

    /// Wakes when the register changes, so that a call in flight asks again.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.live.changes()
    }

    /// What is missing for this call, now.
    ///
    /// # Errors
    /// [`GatewayError::Unavailable`] when the rules cannot answer: nothing may be called.
    pub fn decide(&self, register: &Register, call: &Call, now: Timestamp) -> Result<Decision, GatewayError> {
        let asked = (register.epoch, self.rules.edition());
        if let Some(answer) = self.remembered(asked, call, now) {
            return Ok(answer);
        }
        let decision =
            self.rules.decide(register, Action::Call, call, now).map_err(|error| GatewayError::Unavailable(error.to_string()))?;
        if declared(register, call) {
            let mut answers = lock(&self.answers);
            if answers.asked == asked && answers.known.len() < REMEMBERED {
                answers.known.insert(call.clone(), decision.clone());
            }
        }
        Ok(decision)
    }

    fn remembered(&self, asked: (u64, u64), call: &Call, now: Timestamp) -> Option<Decision> {
        let mut answers = lock(&self.answers);
        if answers.asked.0 < asked.0 || answers.asked.1 < asked.1 {
            *answers = Answers { asked, ..Answers::default() };
        }
        // A call that read the register before it moved on is answered on what it read, and not remembered.
        let answer = answers.known.get(call).filter(|_| answers.asked == asked)?;
        answer.valid_until.is_none_or(|until| now < until).then(|| answer.clone())
    }
}

/// Whether the call names what the register knows: a name that a caller invents takes no memory.
fn declared(register: &Register, call: &Call) -> bool {
    let version = register.systems.get(&call.system).and_then(|system| system.version.as_ref());
    version.is_some_and(|version| version.model == call.model)
}

/// A panic while the map was held cannot leave it half-written: insertions are whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
