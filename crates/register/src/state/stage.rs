//! Where a system stands in its life: read from the dossier, never written.

use jiff::Timestamp;
use serde::Serialize;

use super::System;

/// The stages of a system's life, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Named, and nothing more.
    Idea,
    /// An owner accepted it.
    Registered,
    /// A study is begun.
    UnderStudy,
    /// The public is asked.
    Consultation,
    /// Nothing is missing but the signature.
    Ready,
    /// A bounded trial.
    Experiment,
    /// It runs.
    InService,
    /// It runs, under closer watch.
    UnderWatch,
    /// It held a mandate, and may not run: a condition lapsed, or it was stopped.
    Suspended,
    /// It ended.
    Retired,
    /// The administration decided not to use it.
    Refused,
}

impl System {
    /// The stage, knowing whether everything that comes before an authorisation holds (`complete`) at `now`.
    pub fn stage(&self, complete: bool, now: Timestamp) -> Stage {
        if self.retired.is_some() {
            return Stage::Retired;
        }
        if self.refused.is_some() {
            return Stage::Refused;
        }
        match &self.authorisation {
            Some(held) if now < held.until || !complete => self.running(complete && self.covers(now), held.experiment),
            _ => self.before_service(complete),
        }
    }

    /// Whether a mandate in force covers the version as it is.
    pub fn covers(&self, now: Timestamp) -> bool {
        self.authorisation.as_ref().is_some_and(|held| {
            let matches = self.version.as_ref().is_some_and(|version| version.label == held.version && version.intact);
            matches && held.from <= now && now < held.until
        })
    }

    fn running(&self, allowed: bool, experiment: bool) -> Stage {
        match (self.stopped.is_some() || !allowed, experiment, self.watched.is_some()) {
            (true, ..) => Stage::Suspended,
            (false, true, _) => Stage::Experiment,
            (false, false, true) => Stage::UnderWatch,
            (false, false, false) => Stage::InService,
        }
    }

    fn before_service(&self, complete: bool) -> Stage {
        if complete {
            Stage::Ready
        } else if self.open_consultation.is_some() {
            Stage::Consultation
        } else if !self.studies.is_empty() {
            Stage::UnderStudy
        } else if self.owner.as_ref().is_some_and(|owner| owner.accepted) {
            Stage::Registered
        } else {
            Stage::Idea
        }
    }
}
