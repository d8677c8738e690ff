//! What can be wrong with the inputs of an estimate.

/// Why an estimate was refused. An unknown quantity is never replaced by zero.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The zone is not in the factor file.
    #[error(
        "no electricity factors for zone {zone:?}: use one of {known}, or add the zone with its source and year to data/zones.json"
    )]
    UnknownZone {
        /// The zone that was asked for.
        zone: String,
        /// The zones of the file, separated by commas.
        known: String,
    },
    /// A quantity is negative, absurdly large, not a number, or its bounds are inverted.
    #[error("{field} is {min}..{max}: give bounds in order, {rule}, at most 1e12")]
    BadRange {
        /// Field of the inputs.
        field: &'static str,
        /// Lower bound received.
        min: f64,
        /// Upper bound received.
        max: f64,
        /// What the field accepts.
        rule: &'static str,
    },
    /// The factor file cannot be read.
    #[error("electricity factors are not readable: {0}; restore data/zones.json or mend the file that replaces it")]
    BadFactors(String),
}
