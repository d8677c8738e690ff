//! How much the road costs: calls a second and events a second through the gateway, and the same without it.
//!
//! `cargo run --release -p gouvernail-gateway --example load [CALLERS] [SECONDS]`
//!
//! Host, gateway and callers share this machine and this process: the ratio is worth more than the figures.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::RequestBuilder;
use tokio::time::timeout;

#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../tests/it/dossier.rs"]
mod dossier;
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../tests/it/host.rs"]
mod host;
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../../store/tests/it/proxy.rs"]
mod proxy;
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../tests/it/world.rs"]
mod world;

use host::{completion, pieces, speech};
use world::{World, message, streamed};

/// Words of a streamed answer.
const WORDS: usize = 50;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let callers = arguments.next().unwrap_or(16);
    let duration = Duration::from_secs(arguments.next().unwrap_or(5));
    let world = Arc::new(World::new().await);
    let direct = |world: &World, body| world.client.post(format!("{}/chat/completions", world.host.url)).json(body);

    world.host.json(&completion(&"mot ".repeat(100), "qwen"));
    let body = message("Bonjour, la route devant le 06 12 34 56 78 est abîmée.");
    for (name, request) in
        [("without", direct(&world, &body)), ("through", world.ask(&body)), ("on a case", world.ask_on_case(&body))]
    {
        report("answer", name, &request, callers, duration, 1).await;
    }
    world.host.streams(pieces(&speech(&["mot "; WORDS])), Duration::ZERO);
    let body = streamed("Bonjour, la route devant le 06 12 34 56 78 est abîmée.");
    for (name, request) in
        [("without", direct(&world, &body)), ("through", world.ask(&body)), ("on a case", world.ask_on_case(&body))]
    {
        report("stream", name, &request, callers, duration, WORDS as u64).await;
    }
}

async fn report(what: &str, name: &str, request: &RequestBuilder, callers: u64, duration: Duration, events: u64) {
    let done = Arc::new(AtomicU64::new(0));
    let before = Instant::now();
    let tasks = (0..callers).map(|_| {
        let (request, done) = (request.try_clone().expect("a body in memory"), Arc::clone(&done));
        tokio::spawn(timeout(duration, async move {
            loop {
                let response = request.try_clone().expect("a body in memory").send().await.expect("an answer");
                assert_eq!(response.status(), 200);
                response.bytes().await.expect("a whole answer");
                done.fetch_add(1, Ordering::Relaxed);
            }
        }))
    });
    for task in tasks.collect::<Vec<_>>() {
        let _ = task.await.expect("no panic");
    }
    let rate = done.load(Ordering::Relaxed) as f64 / before.elapsed().as_secs_f64();
    println!("{what:7} {name:10} {rate:9.0} /s {:9.0} events/s, {callers} callers", rate * events as f64);
}
