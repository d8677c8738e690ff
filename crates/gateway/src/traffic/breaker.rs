//! A host that fails again and again is left in peace for a while; then one call tries it.

use std::time::Duration;

use tokio::time::Instant;

use super::Policy;

/// What is known of the failures of a host.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    failures: u32,
    /// Until when nothing is sent to it.
    closed_until: Option<Instant>,
}

impl Breaker {
    /// Whether a call may go now, else the time left. The call that goes after a pause is a trial: the others wait one more
    /// pause for what it tells.
    pub(crate) fn pass(&mut self, policy: &Policy, now: Instant) -> Result<(), Duration> {
        let Some(until) = self.closed_until else { return Ok(()) };
        let left = until.saturating_duration_since(now);
        if !left.is_zero() {
            return Err(left);
        }
        self.closed_until = Some(now + policy.cool_down);
        Ok(())
    }

    /// The host answered, were it to say no.
    pub(crate) fn answered(&mut self) {
        *self = Self::default();
    }

    /// It failed.
    pub(crate) fn failed(&mut self, policy: &Policy, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= policy.failures {
            self.closed_until = Some(now + policy.cool_down);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_failures_in_a_row_lets_one_try_and_closes_on_success() {
        let (mut breaker, policy) = (Breaker::default(), Policy { failures: 2, ..Policy::default() });
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        breaker.failed(&policy, at(0));
        breaker.answered();
        breaker.failed(&policy, at(0));
        assert!(breaker.pass(&policy, at(0)).is_ok(), "not in a row");
        breaker.failed(&policy, at(0));
        assert_eq!(breaker.pass(&policy, at(4)), Err(Duration::from_secs(6)));
        assert!(breaker.pass(&policy, at(10)).is_ok(), "one tries");
        assert!(breaker.pass(&policy, at(11)).is_err(), "one only");
        breaker.failed(&policy, at(12));
        assert_eq!(breaker.pass(&policy, at(12)), Err(policy.cool_down));
        assert!(breaker.pass(&policy, at(22)).is_ok());
        breaker.answered();
        assert!(breaker.pass(&policy, at(22)).is_ok() && breaker.pass(&policy, at(22)).is_ok());
    }

    #[test]
    fn a_trial_that_never_comes_back_does_not_close_the_host_for_ever() {
        let (mut breaker, policy) = (Breaker::default(), Policy { failures: 1, ..Policy::default() });
        let start = Instant::now();
        breaker.failed(&policy, start);
        assert!(breaker.pass(&policy, start + policy.cool_down).is_ok());
        assert!(breaker.pass(&policy, start + policy.cool_down * 2).is_ok());
    }
}
