//! Figures said with things that people know. Always two bounds, never one precise-looking number.

use serde::{Deserialize, Serialize};

use crate::{Error, Footprint, Range};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Electricity, kWh.
    EnergyKwh,
    /// Carbon, kgCO2eq.
    GwpKgco2eq,
    /// Water, litres.
    WaterL,
}

/// One thing that people know, and what it costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Identifier.
    pub id: String,
    /// What is compared.
    pub of: Quantity,
    /// What one unit of the thing costs, in the unit of `of`.
    pub one: f64,
    /// Unit of the thing.
    pub unit: String,
    /// What follows the unit, in French.
    pub fr: String,
    /// What follows the unit, in English.
    pub en: String,
    /// Where `one` was read.
    pub source: String,
    /// Year of that source.
    pub year: u16,
}

/// A footprint said with one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// Identifier of the comparison.
    pub id: String,
    /// Number of units, to two digits, bounds rounded away from each other.
    pub times: Range,
    /// Unit.
    pub unit: String,
    /// What follows the unit, in French.
    pub fr: String,
    /// What follows the unit, in English.
    pub en: String,
    /// Source of the comparison.
    pub source: String,
}

/// A set of comparisons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparisons {
    /// Version of the set.
    pub version: String,
    /// The things.
    pub comparisons: Vec<Comparison>,
}

impl Comparisons {
    /// The set that travels with this crate.
    ///
    /// # Errors
    /// [`Error::BadData`] if the file is not valid (a test forbids it).
    pub fn embedded() -> Result<Self, Error> {
        Self::from_json(include_str!("../data/2026-11/comparisons.json"))
    }

    /// Another set in the same format.
    ///
    /// # Errors
    /// [`Error::BadData`] when the text is not of that format, or one unit costs nothing.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let bad = |reason: String| Error::BadData { file: "comparisons", reason };
        let read: Self = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
        match read.comparisons.iter().find(|known| !known.one.is_normal() || known.one <= 0.0) {
            Some(wrong) => Err(bad(format!("{:?}: one must be above 0", wrong.id))),
            None => Ok(read),
        }
    }

    /// A footprint said with each thing.
    #[must_use]
    pub fn of(&self, footprint: &Footprint) -> Vec<Said> {
        let said = |known: &Comparison| Said {
            id: known.id.clone(),
            times: known.of.in_footprint(footprint).scaled(1.0 / known.one).rounded_outward(),
            unit: known.unit.clone(),
            fr: known.fr.clone(),
            en: known.en.clone(),
            source: known.source.clone(),
        };
        self.comparisons.iter().map(said).collect()
    }
}

impl Quantity {
    fn in_footprint(self, footprint: &Footprint) -> Range {
        match self {
            Self::EnergyKwh => footprint.energy_kwh,
            Self::GwpKgco2eq => footprint.total.gwp_kgco2eq,
            Self::WaterL => footprint.water_l,
        }
    }
}
