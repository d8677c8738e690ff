//! Electricity factors by zone, from a versioned file with source and year.

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::nearest::nearest;

/// The world average, for a country without factors of its own.
pub const WORLD: &str = "WOR";

/// What one kilowatt-hour of electricity costs in a zone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ZoneFactors {
    /// ISO 3166-1 alpha-3 code, or `WOR` for the world average.
    pub zone: String,
    /// The same country in ISO 3166-1 alpha-2, when the file says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
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
    /// [`Error::BadData`] if the file is not valid (a test forbids it).
    pub fn embedded() -> Result<Self, Error> {
        Self::from_json(include_str!("../data/2026-11/zones.json"))
    }

    /// Another set in the same format, for instance the operator's own factors.
    ///
    /// # Errors
    /// [`Error::BadData`] when the text is not of that format, or a factor is negative.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|error| bad(error.to_string())).and_then(Self::checked)
    }

    pub(crate) fn checked(self) -> Result<Self, Error> {
        for (index, zone) in self.zones.iter().enumerate() {
            if let Some(factor) = zone.unsound() {
                return Err(bad(format!("{factor} of zone {} is not a number of 0 or more", zone.zone)));
            }
            if self.zones[..index].iter().any(|other| other.zone == zone.zone) {
                return Err(bad(format!("zone {} is there twice", zone.zone)));
            }
        }
        Ok(self)
    }

    /// The factors of one zone.
    ///
    /// # Errors
    /// [`Error::UnknownZone`] with the nearest ones.
    pub fn get(&self, zone: &str) -> Result<&ZoneFactors, Error> {
        self.zones.iter().find(|factors| factors.zone == zone).ok_or_else(|| Error::UnknownZone {
            zone: zone.to_owned(),
            nearest: nearest(zone, self.zones.iter().map(|factors| factors.zone.as_str())),
        })
    }

    /// The factors of a country named by its ISO 3166-1 alpha-2 code, if the set has them.
    #[must_use]
    pub fn of_country(&self, alpha2: &str) -> Option<&ZoneFactors> {
        self.zones.iter().find(|factors| factors.country.as_deref() == Some(alpha2))
    }
}

impl ZoneFactors {
    fn unsound(&self) -> Option<&'static str> {
        let factors = [("gwp", self.gwp), ("adpe", self.adpe), ("pe", self.pe), ("wue", self.wue)];
        factors.into_iter().find(|(_, factor)| !factor.is_finite() || *factor < 0.0).map(|(name, _)| name)
    }
}

pub(crate) fn bad(reason: String) -> Error {
    Error::BadData { file: "zones", reason }
}
