//! What is known of models by their names, and of those who host them.

use serde::{Deserialize, Serialize};

use crate::nearest::{base, nearest};
use crate::{Error, Inputs, Range};

/// One model as one provider runs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Who runs it: the name of a [`Provider`].
    pub provider: String,
    /// Name, as the provider writes it.
    pub name: String,
    /// Other names of the same model.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Parameters active for a token, in billions.
    pub active_b: Range,
    /// All parameters, in billions.
    pub total_b: Range,
    /// Tokens per second, when published or measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens_per_second: Option<f64>,
    /// Seconds before the first token, when published or measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_to_first_token_s: Option<f64>,
    /// `model-arch-not-released` when the size is a guess, `model-arch-multimodal` when images or sound are not counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Page that states the parameter counts.
    pub source: String,
}

/// Who runs models, and the data centre that is known of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Provider {
    /// Name.
    pub name: String,
    /// Zone of the electricity, unless it is said otherwise.
    pub zone: String,
    /// Power usage effectiveness, when published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pue: Option<Range>,
    /// Water used on the site, litres per kWh of IT energy, when published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wue_l_per_kwh: Option<Range>,
    /// Where this was read.
    pub source: String,
}

/// A set of models and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelTable {
    /// Version of the set.
    pub version: String,
    /// Where the figures were read.
    pub source: String,
    /// Those who run models.
    pub providers: Vec<Provider>,
    /// The models.
    pub models: Vec<Model>,
}

impl ModelTable {
    /// The set that travels with this crate.
    ///
    /// # Errors
    /// [`Error::BadData`] if the file is not valid (a test forbids it).
    pub fn embedded() -> Result<Self, Error> {
        Self::from_json(include_str!("../data/2026-11/models.json"))
    }

    /// Another set in the same format.
    ///
    /// # Errors
    /// [`Error::BadData`] when the text is not of that format, or an entry does not hold together.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|error| bad(error.to_string())).and_then(Self::checked)
    }

    pub(crate) fn checked(self) -> Result<Self, Error> {
        for model in &self.models {
            let Model { name, provider, active_b, total_b, .. } = model;
            if self.provider(provider).is_none() {
                return Err(bad(format!("model {name:?}: provider {provider:?} is not among the providers")));
            }
            let (active, total) = (active_b.is_sound(f64::MIN_POSITIVE), total_b.is_sound(f64::MIN_POSITIVE));
            if !active || !total || active_b.max > total_b.max {
                return Err(bad(format!("model {name:?}: give active_b and total_b in billions, above 0, active at most total")));
            }
        }
        Ok(self)
    }

    /// A provider by its name.
    #[must_use]
    pub fn provider(&self, name: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.name == name)
    }

    /// The model of this name, at `provider` when it is given. The publisher's part of a name may be left out.
    ///
    /// # Errors
    /// [`Error::UnknownModel`] with the nearest names; [`Error::AmbiguousModel`] when providers run it differently.
    pub fn find(&self, name: &str, provider: Option<&str>) -> Result<&Model, Error> {
        let here = || self.models.iter().filter(|model| provider.is_none_or(|provider| model.provider == provider));
        let exact: Vec<&Model> = here().filter(|model| model.is_called(name)).collect();
        let found = if exact.is_empty() { here().filter(|model| base(&model.name) == name).collect() } else { exact };
        let Some(first) = found.first() else {
            let at = provider.map(|provider| format!(" at {provider}")).unwrap_or_default();
            return Err(Error::UnknownModel { name: name.to_owned(), at, nearest: nearest(name, here().flat_map(Model::names)) });
        };
        if found.iter().any(|other| other.provider != first.provider) {
            let providers = found.iter().map(|model| model.provider.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Error::AmbiguousModel { name: name.to_owned(), providers });
        }
        Ok(first)
    }

    /// Inputs for a use of this model, with what is known of its provider.
    #[must_use]
    pub fn inputs(&self, model: &Model, output_tokens: u64, unknown: &Provider) -> Inputs {
        let provider = self.provider(&model.provider).unwrap_or(unknown);
        let mut inputs = Inputs::new(model.active_b, model.total_b, output_tokens, &provider.zone);
        inputs.tokens_per_second = model.tokens_per_second;
        inputs.time_to_first_token_s = model.time_to_first_token_s;
        inputs.pue = provider.pue.or(unknown.pue).unwrap_or(inputs.pue);
        inputs.wue_l_per_kwh = provider.wue_l_per_kwh.or(unknown.wue_l_per_kwh).unwrap_or(inputs.wue_l_per_kwh);
        inputs
    }
}

impl Model {
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }

    fn is_called(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }
}

impl Provider {
    /// A data centre of which nothing is known: PUE from the lowest that EcoLogits 0.11.3 gives to a provider (1.09) to the
    /// default of Green Algorithms (1.67); water on the site from the lowest to the highest that EcoLogits 0.11.3 gives.
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            name: String::new(),
            zone: crate::zones::WORLD.to_owned(),
            pue: Some(Range::new(1.09, 1.67)),
            wue_l_per_kwh: Some(Range::new(0.09, 0.999)),
            source: "bounds of EcoLogits 0.11.3 and Green Algorithms".to_owned(),
        }
    }
}

pub(crate) fn bad(reason: String) -> Error {
    Error::BadData { file: "models", reason }
}
