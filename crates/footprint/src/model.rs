//! The result of an estimate, whatever the method.

use serde::{Deserialize, Serialize};

use crate::Range;

/// How a figure was obtained. Figures of different qualities or methods are never added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Computed from a model of the hardware and the request.
    Modelled,
    /// Counted by a meter of energy.
    Measured,
    /// A share of a resource that was really counted (processor time), times an assumed power.
    Attributed,
}

/// The method and the set of factors behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Method {
    /// Identifier of the method, for instance `ecologits-llm`.
    pub id: String,
    /// Version of the method's formulas and constants.
    pub version: String,
    /// Version of the electricity factors.
    pub factors: String,
}

/// Impacts, each as a range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Impacts {
    /// Global warming potential, kgCO2eq.
    pub gwp_kgco2eq: Range,
    /// Depletion of abiotic elements, kgSb-eq.
    pub adpe_kgsbeq: Range,
    /// Primary energy, MJ.
    pub pe_mj: Range,
}

impl Impacts {
    /// Sum, impact by impact.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            gwp_kgco2eq: self.gwp_kgco2eq.plus(other.gwp_kgco2eq),
            adpe_kgsbeq: self.adpe_kgsbeq.plus(other.adpe_kgsbeq),
            pe_mj: self.pe_mj.plus(other.pe_mj),
        }
    }
}

/// The footprint of one use of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Footprint {
    /// Method, version and factors.
    pub method: Method,
    /// How the figures were obtained.
    pub quality: Quality,
    /// Zone of the electricity.
    pub zone: String,
    /// Electricity, kWh, data-centre overhead included.
    pub energy_kwh: Range,
    /// Water, litres, use phase only.
    pub water_l: Range,
    /// Impacts of the electricity used.
    pub usage: Impacts,
    /// Share of the making of the hardware; absent when the method does not cover it (it is unknown, not zero).
    pub embodied: Option<Impacts>,
    /// Usage and, when known, embodied.
    pub total: Impacts,
    /// What the reader must know: factors that are world averages, parts that are not covered.
    pub caveats: Vec<String>,
}
