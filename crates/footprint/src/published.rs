//! The data files of EcoLogits, as it publishes them, read into our tables.
//!
//! Format: `ecologits/data/electricity_mixes.json` and `ecologits/data/models.json` of the wheel on PyPI (MPL-2.0).

use serde::Deserialize;

use crate::models::{self, Model, ModelTable};
use crate::zones::{self, ZoneFactors, ZoneTable};
use crate::{Error, Range};

#[derive(Deserialize)]
struct Mixes {
    electricity_mixes: Vec<Mix>,
}

#[derive(Deserialize)]
struct Mix {
    name: String,
    adpe: f64,
    pe: f64,
    gwp: f64,
    wue: f64,
    #[serde(default)]
    warnings: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Published {
    aliases: Vec<Alias>,
    models: Vec<Entry>,
}

#[derive(Deserialize)]
struct Alias {
    provider: String,
    name: String,
    alias: String,
}

#[derive(Deserialize)]
struct Entry {
    provider: String,
    name: String,
    architecture: Architecture,
    #[serde(default)]
    warnings: Option<Vec<String>>,
    #[serde(default)]
    sources: Option<Vec<String>>,
    #[serde(default)]
    deployment: Option<Deployment>,
}

#[derive(Deserialize)]
struct Architecture {
    parameters: Parameters,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Parameters {
    Sparse { total: Range, active: Range },
    Dense(Range),
}

#[derive(Deserialize, Default)]
struct Deployment {
    tps: Option<f64>,
    ttft: Option<f64>,
}

impl ZoneTable {
    /// The factors of EcoLogits' own file. Countries keep the alpha-2 codes that this crate knows.
    ///
    /// # Errors
    /// [`Error::BadData`] when the text is not of that format.
    pub fn from_ecologits(text: &str, version: &str) -> Result<Self, Error> {
        let published: Mixes = serde_json::from_str(text).map_err(|error| zones::bad(error.to_string()))?;
        let known = Self::embedded()?;
        let zones = published.electricity_mixes.into_iter().map(|mix| ZoneFactors {
            country: known.get(&mix.name).ok().and_then(|zone| zone.country.clone()),
            world_fallback: fallbacks(mix.warnings.as_deref().unwrap_or_default()),
            zone: mix.name,
            gwp: mix.gwp,
            adpe: mix.adpe,
            pe: mix.pe,
            wue: mix.wue,
        });
        let source = format!("EcoLogits {version}, data/electricity_mixes.json (MPL-2.0)");
        Self { version: format!("ecologits-{version}"), source, year: known.year, zones: zones.collect() }.checked()
    }
}

/// `electricity-mix-wue-world` says that `wue` is the world average.
fn fallbacks(warnings: &[String]) -> Vec<String> {
    let factor = |warning: &String| Some(warning.strip_prefix("electricity-mix-")?.strip_suffix("-world")?.to_owned());
    warnings.iter().filter_map(factor).collect()
}

impl ModelTable {
    /// The models of EcoLogits' own file, at the providers that this crate knows.
    ///
    /// # Errors
    /// [`Error::BadData`] when the text is not of that format.
    pub fn from_ecologits(text: &str, version: &str) -> Result<Self, Error> {
        let Published { aliases, models } = serde_json::from_str(text).map_err(|error| models::bad(error.to_string()))?;
        let models = models.into_iter().map(|entry| {
            let names = aliases.iter().filter(|alias| alias.provider == entry.provider && alias.alias == entry.name);
            let names = names.map(|alias| alias.name.clone()).collect();
            entry.model(names, version)
        });
        let source = format!("EcoLogits {version}, data/models.json (MPL-2.0)");
        Self { version: format!("ecologits-{version}"), source, providers: Self::embedded()?.providers, models: models.collect() }
            .checked()
    }
}

impl Entry {
    fn model(self, aliases: Vec<String>, version: &str) -> Model {
        let (active_b, total_b) = match self.architecture.parameters {
            Parameters::Dense(all) => (all, all),
            Parameters::Sparse { total, active } => (active, total),
        };
        let deployment = self.deployment.unwrap_or_default();
        Model {
            provider: self.provider,
            name: self.name,
            aliases,
            active_b,
            total_b,
            tokens_per_second: deployment.tps,
            time_to_first_token_s: deployment.ttft,
            warnings: self.warnings.unwrap_or_default(),
            source: self.sources.and_then(|all| all.into_iter().next()).unwrap_or_else(|| format!("EcoLogits {version}")),
        }
    }
}
