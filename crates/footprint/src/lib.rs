//! Energy, carbon and water of one use of a model, as ranges.
//!
//! Two methods, never mixed: [`estimate`] for a hosted model (EcoLogits' published method) and
//! [`estimate_local`] for the embedded one (processor time). Each figure carries its method, version,
//! factors and quality, so that figures of different kinds are never added up by mistake.

pub mod ecologits;
mod electricity;
mod error;
pub mod local_cpu;
mod model;
mod range;
mod zones;

pub use ecologits::{Inputs, estimate, estimate_with};
pub use error::Error;
pub use local_cpu::{LocalInputs, estimate_local, estimate_local_with};
pub use model::{Footprint, Impacts, Method, Quality};
pub use range::Range;
pub use zones::{ZoneFactors, ZoneTable};
