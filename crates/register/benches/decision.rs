//! How long "may this call happen, now?" takes when nothing is remembered, on a large register.
//!
//! ```sh
//! cargo bench -p gouvernail-register --bench decision
//! ```
//!
//! What counts is the slow call, so percentiles are printed rather than a mean: 1,000 systems of all risks, 50,000
//! certifications, a fact that has just changed before each call.

use std::time::{Duration, Instant};

use gouvernail_register::{Action, Call, CaseMode, Event, Recorded, Risk, Rules, sample};
use jiff::Timestamp;

const SYSTEMS: usize = 1_000;
const AGENTS: usize = 50;
const CALLS: usize = 50_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (start, now, until): (Timestamp, Timestamp, Timestamp) =
        ("2026-11-24T10:00:00Z".parse()?, "2027-12-10T10:00:00Z".parse()?, "2028-11-24T10:00:00Z".parse()?);
    let rules = Rules::shipped()?;
    let mut register = sample::register(history((start, until)), start);
    println!("{} requirements, {SYSTEMS} systems, {} certifications", rules.requirements().count(), SYSTEMS * AGENTS);

    let (mut all, mut of_high) = (Vec::with_capacity(CALLS), Vec::new());
    for turn in 0..CALLS {
        // A step that visits systems and agents in no order that a cache could like.
        let at = turn.wrapping_mul(7_919);
        let call = call(at);
        let event = Event::Certified {
            system: call.system.clone(),
            version: "1".into(),
            person: agent(at % AGENTS),
            until,
            means: "quiz".into(),
            passed: None,
            evidence: String::new(),
        };
        register.apply(&Recorded { seq: register.epoch + 1, at: now, author: "agent".into(), event });
        let asked = Instant::now();
        let decision = rules.decide(&register, Action::Call, &call, now)?;
        let took = asked.elapsed();
        assert!(decision.allowed(), "{:?}", decision.missing);
        all.push(took);
        if risk(at % SYSTEMS) == Risk::High {
            of_high.push(took);
        }
    }
    show("every call", all);
    show("calls of high-risk systems", of_high);
    Ok(())
}

fn history(span: (Timestamp, Timestamp)) -> Vec<Event> {
    let mut events = sample::organisation(span.1);
    for at in 0..SYSTEMS {
        events.extend(sample::system(&system(at), risk(at), span));
        events.extend((0..AGENTS).map(|person| Event::Certified {
            system: system(at),
            version: "1".into(),
            person: agent(person),
            until: span.1,
            means: "quiz".into(),
            passed: None,
            evidence: String::new(),
        }));
    }
    events
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

fn call(at: usize) -> Call {
    let case = (risk(at % SYSTEMS) != Risk::Low).then_some(CaseMode::Assisted);
    Call { system: system(at % SYSTEMS), model: sample::MODEL.into(), person: Some(agent(at % AGENTS)), case }
}

fn show(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() * share / 1000).min(took.len() - 1)].as_nanos() as f64 / 1000.0;
    println!("{what}: p50 {:.1} µs, p99 {:.1} µs, p99.9 {:.1} µs", at(500), at(990), at(999));
}
