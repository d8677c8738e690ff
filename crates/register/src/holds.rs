//! Whether the mandate in force still holds while everything that it rests on moves, and what the program notes of it.

use jiff::Timestamp;

use crate::event::Event;
use crate::facts::Call;
use crate::rules::{Action, Rules, RulesUnreadable};
use crate::state::{Register, System};

/// Author of what nobody decided: the program noted it.
pub const PROGRAM: &str = "gouvernail";

/// Where the mandate of a system stands at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holds {
    /// Identifiers of the requirements that do not hold, in order; empty when all do.
    pub missing: Vec<String>,
    /// When it must be asked again, for a date passes.
    pub valid_until: Option<Timestamp>,
}

/// Whether everything holds that the mandate in force of this system rests on; `None` when no mandate is in force, for then
/// nothing can be suspended. A stop order is an act of its own, and a person's certification is that of a call: neither counts.
///
/// # Errors
/// [`RulesUnreadable`]: nothing can be said.
pub fn mandate_holds(register: &Register, rules: &Rules, id: &str, now: Timestamp) -> Result<Option<Holds>, RulesUnreadable> {
    let Some(system) = register.systems.get(id).map(AsRef::as_ref) else { return Ok(None) };
    let Some(held) = system.authorisation.as_ref().filter(|held| held.from <= now && now < held.until) else { return Ok(None) };
    let action = if held.experiment { Action::Try } else { Action::Authorise };
    let model = system.version.as_ref().map(|version| version.model.clone()).unwrap_or_default();
    let decision = rules.decide(register, action, &Call { system: id.into(), model, person: None, case: None }, now)?;
    let mut missing: Vec<String> = decision.missing.into_iter().map(|requirement| requirement.id.clone()).collect();
    if !system.covers(now) {
        missing.push("authorisation".to_owned());
    }
    missing.sort();
    Ok(Some(Holds { missing, valid_until: decision.valid_until.into_iter().chain([held.until]).min() }))
}

/// What the program has to note: the mandate stopped holding, for these reasons, or holds again. `None` when that is known.
pub fn to_note(id: &str, system: &System, holds: &Holds) -> Option<Event> {
    let id = id.to_owned();
    match &system.suspended {
        Some(_) if holds.missing.is_empty() => Some(Event::Reinstated { system: id }),
        Some(known) if *known == holds.missing => None,
        None if holds.missing.is_empty() => None,
        _ => Some(Event::Suspended { system: id, missing: holds.missing.clone() }),
    }
}
