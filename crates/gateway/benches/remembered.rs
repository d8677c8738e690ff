//! How long "may this call happen, now?" takes when nothing changed since the last time, on a large register.
//!
//! ```sh
//! cargo bench -p gouvernail-gateway --bench remembered
//! ```

use std::sync::Arc;
use std::time::{Duration, Instant};

use gouvernail_gateway::Mandate;
use gouvernail_register::{Call, Rules, sample};
use gouvernail_store::{Ambient, Live, Store};
use jiff::Timestamp;

/// As many different calls as are remembered at once.
const CALLERS: usize = 10_000;
/// Calls timed together: one takes less than the clock can tell.
const TOGETHER: usize = 20;
const ROUNDS: usize = 50_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (start, now, until): (Timestamp, Timestamp, Timestamp) =
        ("2026-11-24T10:00:00Z".parse()?, "2027-12-10T10:00:00Z".parse()?, "2028-11-24T10:00:00Z".parse()?);
    let register = sample::register(sample::large((start, until)), start);
    let mandate = mandate(now)?;
    let calls: Vec<Call> = (0..CALLERS).map(sample::large_call).collect();
    for call in &calls {
        assert!(mandate.decide(&register, call, now)?.allowed());
    }
    let mut took = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let asked = Instant::now();
        for turn in 0..TOGETHER {
            let call = &calls[(round * TOGETHER + turn).wrapping_mul(104_729) % CALLERS];
            assert!(mandate.decide(&register, call, now)?.allowed());
        }
        took.push(asked.elapsed() / TOGETHER as u32);
    }
    show("remembered", took);
    Ok(())
}

/// The gateway's own memory of answers, over a store that is empty: the register is given.
fn mandate(now: Timestamp) -> Result<Mandate, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite://{}", folder.path().join("bench.db").display());
    let runtime = tokio::runtime::Runtime::new()?;
    let live = runtime.block_on(async {
        let store = Store::connect(&url).await?;
        Live::open(store, Ambient::new(move || now, |bytes| bytes.fill(7))).await
    })?;
    Ok(Mandate::new(Arc::new(Rules::shipped()?), live))
}

fn show(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() * share / 1000).min(took.len() - 1)].as_nanos() as f64 / 1000.0;
    println!("{what}: p50 {:.2} µs, p99 {:.2} µs, p99.9 {:.2} µs", at(500), at(990), at(999));
}
