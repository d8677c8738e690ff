//! Which requirements are in effect from which instant on.

use std::sync::Arc;

use cedar_policy::{Policy, PolicyId, PolicySet};
use jiff::Timestamp;
use jiff::civil::Date;

use super::pack::{Asked, PackError, schema_error};
use super::quick::Quick;
use super::{Action, Requirement};

/// The policy that permits what no requirement forbids; a requirement cannot have this name, for it comes from a pack.
const OPEN: &str = " open";

/// The policies in effect from one instant on, those of each action apart: a call does not walk through what is not asked of it.
pub(super) struct Period {
    pub(super) from: Timestamp,
    to_try: Policies,
    to_authorise: Policies,
    to_call: Policies,
}

impl Period {
    pub(super) fn of(&self, action: Action) -> &Policies {
        match action {
            Action::Try => &self.to_try,
            Action::Authorise => &self.to_authorise,
            Action::Call => &self.to_call,
        }
    }
}

/// The same requirements twice.
pub(super) struct Policies {
    /// Answers that nothing is missing, which is nearly always so; absent when a requirement is written as it cannot read.
    pub(super) quick: Option<Quick>,
    /// Answers what is missing. Beside the prohibitions, everything is permitted.
    pub(super) cedar: PolicySet,
}

impl Policies {
    fn of(asked: &[&Policy]) -> Result<Self, PackError> {
        let unreadable = |error: &dyn std::fmt::Display| schema_error("all", error);
        let open = Policy::parse(Some(PolicyId::new(OPEN)), "permit (principal, action, resource);");
        let open = open.map_err(|error| unreadable(&error))?;
        let all = std::iter::once(&open).chain(asked.iter().copied()).cloned();
        let cedar = PolicySet::from_policies(all).map_err(|error| unreadable(&error))?;
        Ok(Self { quick: Quick::of(asked.iter().copied()), cedar })
    }

    /// What cannot be read here may change at any time.
    pub(super) fn change_at_dates_only(&self) -> bool {
        self.quick.as_ref().is_some_and(Quick::changes_at_dates_only)
    }
}

/// A day begins at midnight in Paris, where the law takes effect; without time zone data, at midnight UTC, an hour or two later.
pub(super) fn start(day: Date) -> Timestamp {
    day.in_tz("Europe/Paris").or_else(|_| day.in_tz("UTC")).map_or(Timestamp::MIN, |midnight| midnight.timestamp())
}

/// One period for each day on which a requirement begins or ends.
pub(super) fn periods(dated: &[(Arc<Requirement>, Policy)]) -> Result<Vec<Period>, PackError> {
    let ends = dated.iter().filter_map(|(requirement, _)| requirement.until);
    let mut days: Vec<Timestamp> = dated.iter().map(|(requirement, _)| requirement.since).chain(ends).map(start).collect();
    days.sort_unstable();
    days.dedup();
    let set = |from: Timestamp, asks: fn(&Asked) -> bool| {
        let asked = dated.iter().filter(|(requirement, _)| asks(&requirement.asked) && requirement.in_effect(from));
        let asked: Vec<&Policy> = asked.map(|(_, policy)| policy).collect();
        Policies::of(&asked)
    };
    let period = |from| {
        Ok(Period {
            from,
            to_try: set(from, |asked| asked.to_try)?,
            to_authorise: set(from, |asked| asked.to_authorise)?,
            to_call: set(from, |asked| asked.to_call)?,
        })
    };
    days.into_iter().map(period).collect()
}
