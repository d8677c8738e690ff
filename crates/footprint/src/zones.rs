//! Electricity factors by zone, from a versioned file with source and year.

use serde::{Deserialize, Serialize};

use crate::Error;

/// What one kilowatt-hour of electricity costs in a zone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ZoneFactors {
    /// ISO 3166-1 alpha-3 code, or `WOR` for the world average.
    pub zone: String,
    /// kgCO2eq per kWh.
    pub gwp: f64,
    /// kgSb-eq per kWh.
    pub adpe: f64,
    /// MJ of primary energy per kWh (non-renewable, as the method uses it).
    pub pe: f64,
    /// Litres of water per kWh, off the data centre's site.
    pub wue: f64,
    /// Factors of this zone that are the world average for want of a local one: `adpe`, `pe`, `wue`.
    #[serde(default)]
    pub world_fallback: Vec<String>,
}

/// A set of zone factors and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ZoneTable {
    /// Version of the set, recorded with each estimate.
    pub version: String,
    /// Publication that the figures were read in.
    pub source: String,
    /// Year of that publication.
    pub year: u16,
    /// The zones.
    pub zones: Vec<ZoneFactors>,
}

impl ZoneTable {
    /// The set that travels with this crate.
    ///
    /// # Errors
    /// [`Error::BadFactors`] if the file is not valid (a test forbids it).
    pub fn embedded() -> Result<Self, Error> {
        Self::from_json(include_str!("../data/zones.json"))
    }

    /// Another set in the same format, for instance the operator's own factors.
    ///
    /// # Errors
    /// [`Error::BadFactors`] when the text is not of that format or a factor is negative.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let table: Self = serde_json::from_str(text).map_err(|error| Error::BadFactors(error.to_string()))?;
        match table.zones.iter().find(|zone| !zone.is_sound()) {
            Some(zone) => Err(Error::BadFactors(format!("zone {} has a factor below zero", zone.zone))),
            None => Ok(table),
        }
    }

    /// The factors of one zone.
    ///
    /// # Errors
    /// [`Error::UnknownZone`] with the list of known ones.
    pub fn get(&self, zone: &str) -> Result<&ZoneFactors, Error> {
        self.zones.iter().find(|factors| factors.zone == zone).ok_or_else(|| Error::UnknownZone {
            zone: zone.to_owned(),
            known: self.zones.iter().map(|factors| factors.zone.as_str()).collect::<Vec<_>>().join(", "),
        })
    }
}

impl ZoneFactors {
    fn is_sound(&self) -> bool {
        [self.gwp, self.adpe, self.pe, self.wue].iter().all(|factor| factor.is_finite() && *factor >= 0.0)
    }
}
