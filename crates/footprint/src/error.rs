//! What can be wrong with the inputs of an estimate, or with the data behind it.

/// Why an estimate was refused. An unknown quantity is never replaced by zero.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The zone is not in the factors.
    #[error(
        "no electricity factors for zone {zone:?}; nearest: {nearest}. Give an ISO 3166-1 alpha-3 code or WOR, or add the zone with its source to the file of zones"
    )]
    UnknownZone {
        /// The zone that was asked for.
        zone: String,
        /// The zones whose code is nearest, separated by commas.
        nearest: String,
    },
    /// The model is not in the table.
    #[error(
        "no model {name:?}{at}; nearest: {nearest}. Give one of these, or the parameter counts, or add the model with its source to the file of models"
    )]
    UnknownModel {
        /// The name that was asked for.
        name: String,
        /// ` at PROVIDER`, or nothing.
        at: String,
        /// The nearest names, separated by commas.
        nearest: String,
    },
    /// Several providers have a model of this name, with different figures.
    #[error("model {name:?} differs by provider ({providers}): say which")]
    AmbiguousModel {
        /// The name that was asked for.
        name: String,
        /// The providers, separated by commas.
        providers: String,
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
    /// A text is not a range.
    #[error("{text:?} is neither a number nor two in order, as 8..28")]
    NotARange {
        /// The text.
        text: String,
    },
    /// A data file cannot be used.
    #[error("the file of {file} cannot be used: {reason}")]
    BadData {
        /// What the file holds: zones, models or comparisons.
        file: &'static str,
        /// What is wrong, and where.
        reason: String,
    },
}
