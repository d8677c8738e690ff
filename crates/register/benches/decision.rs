//! How long "may this call happen, now?" takes when nothing is remembered, on a large register.
//!
//! ```sh
//! cargo bench -p gouvernail-register --bench decision
//! ```
//!
//! What counts is the slow call, so percentiles are printed rather than a mean: 1,000 systems of all risks, 50,000
//! certifications, a fact that the answer depends on has just changed before each call.

use std::time::{Duration, Instant};

use gouvernail_register::{Action, Recorded, Risk, Rules, sample};
use jiff::Timestamp;

const CALLS: usize = 50_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (start, now, until): (Timestamp, Timestamp, Timestamp) =
        ("2026-11-24T10:00:00Z".parse()?, "2027-12-10T10:00:00Z".parse()?, "2028-11-24T10:00:00Z".parse()?);
    let rules = Rules::shipped()?;
    let mut register = sample::register(sample::large((start, until)), start);
    println!(
        "{} requirements, {} systems, {} certifications",
        rules.requirements().count(),
        sample::SYSTEMS,
        sample::SYSTEMS * sample::AGENTS
    );

    let (mut all, mut of_high) = (Vec::with_capacity(CALLS), Vec::new());
    for turn in 0..CALLS {
        let call = sample::large_call(turn);
        // Renewed: a date that the decision looks at is another one than before.
        let renewed = until + jiff::SignedDuration::from_secs(i64::try_from(turn)?);
        let event = sample::certified(&call.system, call.person.as_deref().unwrap_or_default(), renewed);
        register.apply(&Recorded { seq: register.epoch + 1, at: now, author: "agent".into(), event });
        let asked = Instant::now();
        let decision = rules.decide(&register, Action::Call, &call, now)?;
        let took = asked.elapsed();
        assert!(decision.allowed(), "{:?}", decision.missing);
        all.push(took);
        if register.systems[&call.system].sheet.risk == Risk::High {
            of_high.push(took);
        }
    }
    show("every call", all);
    show("calls of high-risk systems", of_high);
    Ok(())
}

fn show(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() * share / 1000).min(took.len() - 1)].as_nanos() as f64 / 1000.0;
    println!("{what}: p50 {:.1} µs, p99 {:.1} µs, p99.9 {:.1} µs", at(500), at(990), at(999));
}
