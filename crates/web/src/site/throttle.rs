//! Slows down who guesses passwords or letter codes: a few mistakes for each key (an address, a client) in a moving window.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Mistakes accepted in one window.
const MISTAKES: u32 = 10;
/// Length of a window.
const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// Keys remembered; past it, the windows that have ended are forgotten.
const REMEMBERED: usize = 10_000;

/// Mistakes by key.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, (Timestamp, u32)>>);

impl Throttle {
    /// Whether `key` may try at `now`.
    pub fn allows(&self, key: &str, now: Timestamp) -> bool {
        self.allows_at_most(MISTAKES, key, now)
    }

    /// The same with another limit, for what is counted and is no mistake: what somebody sends without an account.
    pub fn allows_at_most(&self, most: u32, key: &str, now: Timestamp) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(key).is_none_or(|(since, mistakes)| *mistakes < most || ended(*since, now))
    }

    /// One more mistake of `key`.
    pub fn mistake(&self, key: &str, now: Timestamp) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.retain(|_, (since, _)| !ended(*since, now));
        }
        let entry = known.entry(key.to_owned()).or_insert((now, 0));
        if ended(entry.0, now) {
            *entry = (now, 0);
        }
        entry.1 += 1;
    }

    /// `key` got it right.
    pub fn forget(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

fn ended(since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(since) > WINDOW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_mistakes_close_the_door_for_ten_minutes_and_only_for_that_key() {
        let throttle = Throttle::default();
        let start: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        for _ in 0..MISTAKES {
            assert!(throttle.allows("a", start));
            throttle.mistake("a", start);
        }
        assert!(!throttle.allows("a", start));
        assert!(throttle.allows("b", start));
        assert!(throttle.allows("a", start + WINDOW + SignedDuration::from_secs(1)));
        throttle.forget("a");
        assert!(throttle.allows("a", start));
    }
}
