//! A benefit-scoring system (Annex III, 5(a)) of which nothing is missing, and a drafting assistant.

use gouvernail_register::{Action, Call, CaseMode, Event, Register, Risk, Rules, sample};
use jiff::Timestamp;

/// Scores benefits: the highest risk.
pub const AIDE: &str = "aide";
/// Helps to write: the lowest.
pub const REDACTION: &str = "redaction";

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn start() -> Timestamp {
    at("2026-11-24T10:00:00Z")
}

/// When every requirement that ships is in effect.
pub fn now() -> Timestamp {
    at("2027-12-10T10:00:00Z")
}

pub fn until() -> Timestamp {
    at("2028-11-24T10:00:00Z")
}

pub fn dossiers() -> Vec<Event> {
    let system = |id, risk| sample::system(id, risk, (start(), until()));
    let systems = [system(AIDE, Risk::High), system(REDACTION, Risk::Low)].concat();
    sample::organisation(until()).into_iter().chain(systems).collect()
}

pub fn call() -> Call {
    let person = Some(sample::AGENT.into());
    Call { system: AIDE.into(), model: sample::MODEL.into(), person, case: Some(CaseMode::Assisted) }
}

pub fn drafting() -> Call {
    Call { system: REDACTION.into(), case: None, ..call() }
}

pub fn after(events: Vec<Event>) -> Register {
    sample::register(events, start())
}

/// Identifiers of what is missing.
pub fn missing(rules: &Rules, register: &Register, call: &Call, when: Timestamp) -> Vec<String> {
    let decision = rules.decide(register, Action::Call, call, when).unwrap();
    decision.missing.iter().map(|requirement| requirement.id.clone()).collect()
}

pub fn refused(events: Vec<Event>, call: &Call, when: Timestamp) -> Vec<String> {
    missing(&Rules::shipped().unwrap(), &after(events), call, when)
}
