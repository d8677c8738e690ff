//! A register as large as a ministry's, for what is measured rather than tested.

use jiff::Timestamp;

use crate::event::{Event, Risk};
use crate::facts::{Call, CaseMode};

/// Systems of all risks.
pub const SYSTEMS: usize = 1_000;
/// People certified for each of them.
pub const AGENTS: usize = 50;

/// Every system is authorised, and every person certified, for this span.
pub fn large(span: (Timestamp, Timestamp)) -> Vec<Event> {
    let mut events = super::organisation(span.1);
    for at in 0..SYSTEMS {
        events.extend(super::system(&system(at), risk(at), span));
        events.extend((0..AGENTS).map(|person| certified(&system(at), &agent(person), span.1)));
    }
    events
}

/// The certification of a person for a system, until then.
pub fn certified(system: &str, person: &str, until: Timestamp) -> Event {
    Event::Certified {
        system: system.to_owned(),
        version: "1".into(),
        person: person.to_owned(),
        until,
        means: "quiz".into(),
        passed: None,
        evidence: String::new(),
    }
}

/// An allowed call; successive numbers go to systems and people in no order that a cache could like.
pub fn large_call(number: usize) -> Call {
    let at = number.wrapping_mul(7_919);
    let case = (risk(at % SYSTEMS) != Risk::Low).then_some(CaseMode::Assisted);
    Call { system: system(at % SYSTEMS), model: super::MODEL.into(), person: Some(agent(at % AGENTS)), case }
}

fn system(at: usize) -> String {
    format!("systeme-{at:04}")
}

fn agent(at: usize) -> String {
    format!("agent-{at:02}")
}

fn risk(at: usize) -> Risk {
    [Risk::Low, Risk::Limited, Risk::High][at % 3]
}
