//! The embedded model: which file, which engine, how many threads.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use gouvernail_local_model::{EngineConfig, Manifest, Supervisor};
use gouvernail_web::site::Embedded;

use crate::{config, edge};

/// Loading a gigabyte from a slow disk takes its time.
const READY: Duration = Duration::from_secs(180);

/// A model file and the name that the engine gives to it.
#[derive(Debug, Clone)]
pub struct Weights {
    /// The GGUF file.
    pub path: PathBuf,
    /// Name in the engine's interface.
    pub served: String,
}

/// Finds the weights of a model of the manifest, or of a file of the operator's choice.
///
/// # Errors
/// When the manifest cannot be read, or the file has no name.
pub fn weights(model: &str) -> Result<Weights> {
    let manifest = Manifest::builtin()?;
    if let Some(known) = manifest.model(model) {
        return Ok(Weights { path: known.path_in(&edge::cache()), served: known.served_name().to_owned() });
    }
    let path = PathBuf::from(model);
    let served = path.file_stem().and_then(|name| name.to_str()).map(str::to_owned);
    let served = served.with_context(|| format!("engine.model is {model:?}: name a model of the manifest or a GGUF file"))?;
    Ok(Weights { path, served })
}

/// What the register would say of the embedded model; none for a file of the operator's own, of which nothing is known.
///
/// # Errors
/// When the manifest cannot be read.
pub fn described(engine: &config::Engine) -> Result<Option<Embedded>> {
    let manifest = Manifest::builtin()?;
    Ok(manifest.model(&engine.model).map(|known| Embedded {
        host: engine.host.clone(),
        model: known.id.clone(),
        name: known.title.clone(),
        licence: known.licence.clone(),
        billions: known.parameters as f64 / 1e9,
    }))
}

/// Starts the engine on a free port of the loopback interface; it loads while the caller goes on.
///
/// # Errors
/// When weights or program are missing: the message says how to fetch them.
pub fn start(command: &[String], weights: &Weights, threads: usize, client: reqwest::Client) -> Result<Supervisor> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let config = EngineConfig {
        command: command.to_vec(),
        model_path: weights.path.clone(),
        host: "127.0.0.1".to_owned(),
        port: 0,
        threads: if threads == 0 { cores.saturating_sub(1).max(1) } else { threads },
        ready_timeout: READY,
    };
    Ok(Supervisor::start(config, client)?)
}
