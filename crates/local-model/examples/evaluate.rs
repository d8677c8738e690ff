//! Measures one model of the manifest on an evaluation set: score, processor time, memory.
//!
//! `cargo run -p gouvernail-local-model --example evaluate -- qwen15b evaluations/orientation-courrier.toml`
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gouvernail_local_model::evaluation::Evaluation;
use gouvernail_local_model::{EngineConfig, Manifest, ProcessUsage, Supervisor};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let id = arguments.next().ok_or("name a model of the manifest")?;
    let set = arguments.next().ok_or("name an evaluation file")?;
    let home = std::env::var("HOME")?;
    let cache = std::env::var("GOUVERNAIL_CACHE").unwrap_or(format!("{home}/.cache/gouvernail"));
    let manifest = Manifest::builtin()?;
    let model = manifest.model(&id).ok_or("no such model in the manifest")?;
    let evaluation = Evaluation::load(Path::new(&set))?;

    // Another provider may already be in place; any one will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build()?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/engine");
    let config = EngineConfig {
        command: vec![script.display().to_string()],
        model_path: model.path_in(&PathBuf::from(cache)),
        host: "127.0.0.1".to_owned(),
        port: 0,
        threads: std::thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1)),
        ready_timeout: Duration::from_secs(120),
    };
    let begun = Instant::now();
    let engine = Supervisor::start(config, client.clone())?;
    engine.ready().await?;
    let usage = || engine.process().and_then(ProcessUsage::of).ok_or("the engine is gone");
    let (loaded, before) = (begun.elapsed(), usage()?);
    let report = evaluation.run(engine.base_url(), model.served_name(), &client).await?;
    let after = usage()?;
    for item in &report.items {
        let mark = if item.passed { "ok " } else { "BAD" };
        println!("{mark} {}: expected {}, answered {}", item.id, item.expected, item.answer.as_deref().unwrap_or("-"));
    }
    let per_request = (after.cpu_seconds - before.cpu_seconds) / f64::from(u32::try_from(report.total)?);
    println!(
        "{}: {} of {} ({:.0} %), {}; {per_request:.2} CPU-s a request, peak memory {} MiB, ready in {:.1} s",
        model.title,
        report.passed,
        report.total,
        report.score() * 100.0,
        if report.passes() { "passes" } else { "does not pass" },
        after.peak_memory_bytes >> 20,
        loaded.as_secs_f64(),
    );
    engine.stop().await;
    Ok(())
}
