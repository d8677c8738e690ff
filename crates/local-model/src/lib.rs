//! The embedded local model: weights pinned by hash, a supervised engine.
//!
//! This crate owns files and a process, nothing of the road of a request: the
//! gateway speaks OpenAI's HTTP to the engine as to any other model host.
//!
//! - [`Manifest`] lists the models that can be fetched, [`verify_weights`] checks a file.
//! - [`Supervisor`] runs an engine (llama.cpp's server, or any program that takes
//!   its options) in a child process and brings it back when it dies.
//! - [`evaluation`] asks a model the questions of an evaluation set and counts.
//! - [`ProcessUsage`] reads what the engine has consumed so far.

pub mod evaluation;
mod manifest;
mod supervisor;
mod usage;
mod weights;

pub use manifest::{Manifest, ManifestError, Model, Source};
pub use supervisor::{EngineConfig, EngineError, Status, Supervisor};
pub use usage::ProcessUsage;
pub use weights::{WeightsError, verify_weights};
