//! Where the time of one call goes: each step of the walk, and what was spent waiting for others.

use std::time::Duration;

use tokio::time::Instant;

/// A step of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The body is parsed, and the case that it touches is read.
    Read,
    /// Who calls?
    Auth,
    /// May this happen, now?
    Mandate,
    /// Personal data is hidden.
    Hide,
    /// The host is known, and the request is written for it.
    Write,
    /// The intent becomes durable.
    Intent,
    /// The host is called, and its answer relayed.
    Upstream,
    /// The outcome, or the refusal, becomes durable.
    Outcome,
}

impl Step {
    /// In the order in which they are taken.
    pub const ALL: [Self; 8] =
        [Self::Read, Self::Auth, Self::Mandate, Self::Hide, Self::Write, Self::Intent, Self::Upstream, Self::Outcome];

    /// Its name in metrics, traces and logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Auth => "auth",
            Self::Mandate => "mandate",
            Self::Hide => "hide",
            Self::Write => "write",
            Self::Intent => "intent",
            Self::Upstream => "upstream",
            Self::Outcome => "outcome",
        }
    }
}

/// One step that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lap {
    /// Which.
    pub step: Step,
    /// Since the beginning of the call.
    pub from: Duration,
    /// How long it took.
    pub took: Duration,
}

/// Runs from the beginning of a call.
#[derive(Debug)]
pub(crate) struct Stopwatch {
    began: Instant,
    elapsed: Duration,
    laps: Vec<Lap>,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { began: Instant::now(), elapsed: Duration::ZERO, laps: Vec::with_capacity(Step::ALL.len()) }
    }

    /// The step is over; the next one begins.
    pub(crate) fn lap(&mut self, step: Step) {
        self.lap_at(step, self.began.elapsed());
    }

    fn lap_at(&mut self, step: Step, now: Duration) {
        let from = self.elapsed;
        self.laps.push(Lap { step, from, took: now.saturating_sub(from) });
        self.elapsed = now;
    }

    /// The call ends before its last step: what was under way is over.
    pub(crate) fn interrupted(&mut self) {
        self.interrupted_at(self.began.elapsed());
    }

    fn interrupted_at(&mut self, now: Duration) {
        let next = self.laps.last().and_then(|lap| Step::ALL.iter().skip_while(|step| **step != lap.step).nth(1));
        match (next, self.laps.is_empty()) {
            (Some(step), _) => self.lap_at(*step, now),
            (None, true) => self.lap_at(Step::Read, now),
            (None, false) => {}
        }
    }

    /// Until the end of the last step.
    pub(crate) fn elapsed(&self) -> Duration {
        self.elapsed
    }

    pub(crate) fn laps(&self) -> &[Lap] {
        &self.laps
    }
}

/// What a call spent waiting for others, while it was at the host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waits {
    /// For the model host.
    pub host: Duration,
    /// For a caller who reads slowly.
    pub caller: Duration,
    /// Until the first piece of a streamed answer.
    pub first: Option<Duration>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_follow_each_other_without_a_gap() {
        let mut watch = Stopwatch::start();
        for (step, seconds) in [(Step::Read, 1), (Step::Auth, 3), (Step::Mandate, 3)] {
            watch.lap_at(step, Duration::from_secs(seconds));
        }
        watch.interrupted_at(Duration::from_secs(7));
        let laps: Vec<_> = watch.laps().iter().map(|lap| (lap.step, lap.from.as_secs(), lap.took.as_secs())).collect();
        assert_eq!(laps, [(Step::Read, 0, 1), (Step::Auth, 1, 2), (Step::Mandate, 3, 0), (Step::Hide, 3, 4)]);
        assert_eq!(watch.elapsed(), Duration::from_secs(7));
    }

    #[test]
    fn a_call_interrupted_at_once_was_being_read_and_one_that_is_over_is_over() {
        let mut watch = Stopwatch::start();
        watch.interrupted();
        assert_eq!(watch.laps()[0].step, Step::Read);
        watch.lap(Step::Outcome);
        watch.interrupted();
        assert_eq!(watch.laps().len(), 2);
    }
}
