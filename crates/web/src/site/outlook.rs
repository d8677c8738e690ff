//! What the rules ask of a system and what is missing of it: one answer for those who govern it and for everybody.

use std::sync::Arc;

use gouvernail_register::{Action, Call, Clause, Contract, ContractTerms, Requirement, Stage, System, missing_to_authorise};
use gouvernail_store::Snapshot;
use jiff::Timestamp;

use super::app::App;
use super::error::WebError;
use crate::i18n::Locale;
use crate::views::system::{Part, State};
use crate::views::workspace::{Missing, Standing};

/// Requirements of the administration point here.
const ORGANISATION: &str = "/referent/organisation";
/// Requirements of a system point here, `{system}` standing for its identifier.
const SYSTEM: &str = "/referent/systems/{system}#";

/// Requirements of its public record point here.
const RECORD: &str = "/record";

/// Where a system stands before the rules.
pub struct Outlook {
    /// Whether it may run.
    pub standing: Standing,
    /// Where it is in its life.
    pub stage: Stage,
    /// What does not hold, in the order of the work.
    pub missing: Vec<Arc<Requirement>>,
    /// What the rules ask of it and holds.
    held: Vec<Arc<Requirement>>,
}

impl Outlook {
    /// Asks the rules about the system `id`, now, for a trained agent if there is one.
    pub fn of(app: &App, known: &Snapshot, id: &str, now: Timestamp) -> Result<Self, WebError> {
        let system = known.register.systems.get(id).ok_or(WebError::NotFound)?;
        let person = certified(known, system, now).next().map(|(person, _)| person);
        let explained = app.rules.explain(&known.register, id, person, now).map_err(unreadable)?.ok_or(WebError::NotFound)?;
        let (held, lacking): (Vec<_>, Vec<_>) = explained.into_iter().partition(|asked| asked.held);
        let [held, missing] = [held, lacking].map(|some| some.into_iter().map(|asked| asked.requirement).collect::<Vec<_>>());
        let experiment = system.authorisation.as_ref().is_some_and(|held| held.experiment);
        let before = missing_to_authorise(&known.register, &app.rules, id, experiment, now).map_err(unreadable)?;
        let stage = system.stage(before.is_empty(), now);
        Ok(Self { standing: standing(system, missing.is_empty()), stage, missing: in_order(missing), held })
    }

    /// Whether the requirement with this identifier is asked of the system.
    pub fn asks(&self, requirement: &str) -> bool {
        self.held.iter().chain(&self.missing).any(|asked| asked.id == requirement)
    }

    /// What is missing in one part.
    pub fn lacks(&self, part: Part) -> impl Iterator<Item = &Arc<Requirement>> {
        self.missing.iter().filter(move |requirement| part_of(requirement) == Some(part))
    }

    /// Whether a part holds; `begun` says that something is recorded in it.
    pub fn state(&self, part: Part, begun: bool) -> State {
        if self.lacks(part).next().is_some() {
            return if begun { State::Begun } else { State::Absent };
        }
        if self.held.iter().any(|asked| part_of(asked) == Some(part)) { State::Held } else { State::NotAsked }
    }
}

/// Whether a system may run, for a trained agent if there is one: all that a list of systems needs.
pub fn standing_of(app: &App, known: &Snapshot, id: &str, system: &System, now: Timestamp) -> Result<Standing, WebError> {
    let decision = app.rules.decide(&known.register, Action::Call, &likely_call(known, id, system, now), now);
    Ok(standing(system, decision.map_err(unreadable)?.allowed()))
}

fn standing(system: &System, allowed: bool) -> Standing {
    match (&system.stopped, allowed) {
        (Some(_), _) => Standing::Stopped,
        (None, true) => Standing::Allowed,
        (None, false) => Standing::Refused,
    }
}

fn likely_call(known: &Snapshot, id: &str, system: &System, now: Timestamp) -> Call {
    Call::ordinary(id, system, certified(known, system, now).next().map(|(person, _)| person))
}

fn unreadable(error: impl std::fmt::Display) -> WebError {
    WebError::Internal(error.to_string())
}

/// Active people who hold a valid attestation for the version in force, and until when.
pub fn certified<'a>(known: &'a Snapshot, system: &'a System, now: Timestamp) -> impl Iterator<Item = (&'a str, Timestamp)> {
    let version = system.version.as_ref().map(|version| version.label.as_str());
    let held = system.certifications.iter().filter(move |((_, label), until)| Some(label.as_str()) == version && now < **until);
    held.map(|((person, _), until)| (person.as_str(), *until)).filter(|(person, _)| known.directory.person(person).is_some())
}

/// Which of these clauses the rules ask of the contract that covers the system: those whose absence alone makes a requirement fail.
pub fn asked_clauses(app: &App, known: &Snapshot, id: &str, kinds: &[&str], now: Timestamp) -> Result<Vec<String>, WebError> {
    let system = known.register.systems.get(id).ok_or(WebError::NotFound)?;
    let call = likely_call(known, id, system, now);
    let host = known.register.models.get(&call.model).map(|model| model.host.clone()).unwrap_or_default();
    let missing = |held: &[&str]| -> Result<usize, WebError> {
        let mut register = known.register.clone();
        register.hosts.entry(host.clone()).and_modify(|host| host.contract = Some(proven(held, now)));
        let decision = app.rules.decide(&register, Action::Call, &call, now);
        Ok(decision.map_err(unreadable)?.missing.len())
    };
    let least = missing(kinds)?;
    let mut asked = Vec::new();
    for kind in kinds {
        let others: Vec<&str> = kinds.iter().copied().filter(|other| other != kind).collect();
        if missing(&others)? > least {
            asked.push((*kind).to_owned());
        }
    }
    Ok(asked)
}

/// A contract in force with these clauses, each tried.
fn proven(kinds: &[&str], now: Timestamp) -> Contract {
    let tested = Some(now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date());
    let clause = |kind: &&str| Clause { kind: (*kind).to_owned(), evidence: "1".into(), until: None, tested };
    let until = now + jiff::SignedDuration::from_hours(24);
    Contract { reference: "1".into(), until, clauses: kinds.iter().map(clause).collect(), terms: ContractTerms::default() }
}

/// The part of the dossier that a requirement points to.
fn part_of(requirement: &Requirement) -> Option<Part> {
    if requirement.fix.starts_with("/training/") {
        return Some(Part::Training);
    }
    requirement.fix.strip_prefix(SYSTEM).and_then(Part::of_slug)
}

/// Whether the administration itself must mend it.
pub fn is_of_organisation(requirement: &Requirement) -> bool {
    requirement.fix.starts_with(ORGANISATION)
}

/// A stop order first, then the administration, then the parts in the order of the work.
fn rank(requirement: &Requirement) -> (u8, Option<Part>) {
    match part_of(requirement) {
        Some(Part::Stop) => (0, None),
        // The public record is written when the rest of the dossier can fill it in.
        None if requirement.fix.ends_with(RECORD) => (2, Some(Part::Keys)),
        part => (if is_of_organisation(requirement) { 1 } else { 2 }, part),
    }
}

/// Requirements in the order of the work.
pub fn in_order(mut missing: Vec<Arc<Requirement>>) -> Vec<Arc<Requirement>> {
    missing.sort_by_key(|requirement| rank(requirement));
    missing
}

/// Whether the requirement comes before this part in the order of the work.
pub fn comes_before(requirement: &Requirement, part: Part) -> bool {
    rank(requirement) < (2, Some(part))
}

/// A requirement of the system `id` as people read it.
pub fn in_words(requirement: &Requirement, id: &str, locale: &Locale) -> Missing {
    let part = part_of(requirement);
    Missing {
        words: words_of(requirement, locale),
        proposition: requirement.proposition.parse().unwrap_or_default(),
        law: curly(&requirement.law),
        fix_url: match part {
            // Whatever the requirement, a part has one place. An anchor within a part stays.
            Some(part @ (Part::Training | Part::Model | Part::Contract)) => part.address(&format!("/referent/systems/{id}")),
            _ => requirement.fix.replace("{system}", id),
        },
        fix: part.map_or_else(|| fix_elsewhere(&requirement.fix), Part::fix),
    }
}

/// The pack speaks of the agent who calls; here, no agent in particular does.
fn words_of(requirement: &Requirement, locale: &Locale) -> String {
    match requirement.id.as_str() {
        "training" => locale.t("lack-training"),
        _ if locale.is_fr() => curly(&requirement.fr),
        _ => requirement.en.clone(),
    }
}

fn fix_elsewhere(fix: &str) -> &'static str {
    if fix.ends_with(RECORD) {
        return "fix-record";
    }
    match fix.split_once('#').map(|(_, anchor)| anchor) {
        Some("organisation") => "fix-organisation",
        Some("log") => "fix-log",
        Some("strategy") => "fix-strategy",
        Some("referent") => "fix-referent",
        _ => "fix-open",
    }
}

/// The apostrophe of print.
pub fn curly(text: &str) -> String {
    text.replace('\'', "’")
}
