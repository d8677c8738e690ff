//! Who supplies what, and what they are held to.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What makes one depend on a host, beyond where its machines are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostTraits {
    /// Legal name of the company or body.
    pub supplier: String,
    /// Country whose law binds the supplier or its parent company, ISO 3166-1 alpha-2: it may differ from that of the machines.
    pub jurisdiction: String,
    /// Qualifications held: `SecNumCloud`, `HDS`, `ISO 27001`…
    pub qualifications: Vec<String>,
    /// Energy drawn by the building for one unit used by the machines (power usage effectiveness); none when unknown.
    pub pue: Option<f64>,
}

/// What is known of weights, beyond their size and licence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModelTraits {
    /// Who trained and published them.
    pub publisher: String,
    /// Its country, ISO 3166-1 alpha-2.
    pub publisher_country: String,
    /// Revision or digest of the weights.
    pub revision: String,
    /// What is published of the training data.
    pub data: DataOpenness,
}

/// What is published of the data that weights were trained on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataOpenness {
    /// Nothing, or it is not known.
    #[default]
    Closed,
    /// A description that lets one judge.
    Described,
    /// The data themselves.
    Published,
}

/// A clause of a contract and where its evidence is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// `environment`, `environment-criterion`, `social`, `no-training`, `reversibility`, `log-access`, `explanation`, `security`…
    pub kind: String,
    /// Page or annex of the contract.
    pub evidence: String,
    /// End of what the evidence proves; the contract's own when none.
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// When it was tried for real: getting the data back, reading the logs.
    #[serde(default)]
    pub tested: Option<Date>,
}

/// What surrounds the clauses of a contract.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContractTerms {
    /// Legal name of the supplier.
    pub supplier: String,
    /// How it was bought: the procedure of the Code de la commande publique, the framework.
    pub procedure: String,
    /// Date of signature.
    pub signed: Option<Date>,
}
