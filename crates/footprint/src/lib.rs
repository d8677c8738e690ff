//! Energy, carbon and water of one use of a model, as ranges.
//!
//! Methods are never mixed: [`estimate`] for a hosted model (EcoLogits' published method), [`estimate_local`] for the embedded
//! one (processor time), [`measured`] where a meter was read. Each figure carries its method, version, factors and quality, so
//! that figures of different kinds are never added up by mistake.

pub mod comparisons;
pub mod ecologits;
mod electricity;
mod error;
pub mod local_cpu;
mod meter;
mod model;
pub mod models;
mod nearest;
mod published;
mod range;
pub mod zones;

pub use comparisons::Comparisons;
pub use ecologits::{Inputs, estimate, estimate_with};
pub use error::Error;
pub use local_cpu::{LocalInputs, estimate_local, estimate_local_with};
pub use meter::{EnergyCounter, measured};
pub use model::{Footprint, Impacts, Method, Quality};
pub use models::{ModelTable, Provider};
pub use range::Range;
pub use zones::{ZoneFactors, ZoneTable};
