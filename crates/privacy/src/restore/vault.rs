//! The table between values and placeholders of one case.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::placeholder::Name;
use crate::{Label, StreamRestorer};

/// Placeholders of one case, stable across turns. It holds personal data in clear: keep it apart from
/// the masked text and from the model host, encrypt it at rest, delete it with the case.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "Values", into = "Values")]
pub struct Vault {
    values: Arc<Values>,
    places: HashMap<(Label, String), Place>,
}

/// By label, values in the order of their index; what is stored.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Values(BTreeMap<Label, Vec<Value>>);

/// One value.
#[derive(Clone, Serialize, Deserialize)]
struct Value {
    entity: String,
    /// In the order of their form; the first is the reference.
    spellings: Vec<String>,
}

/// Where an entity is.
#[derive(Clone)]
struct Place {
    index: usize,
    forms: HashMap<String, usize>,
}

impl Vault {
    /// An empty vault.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// True when no value was hidden yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many values have a placeholder, in any number of spellings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Puts the values back in place of live placeholders, also of those that a model changed without making
    /// them ambiguous. Anything else stays as it is.
    #[must_use]
    pub fn restore(&self, text: &str) -> String {
        let mut stream = StreamRestorer::new(self);
        let mut restored = stream.push(text);
        restored.push_str(&stream.finish());
        restored
    }

    /// The placeholder of a spelling of an entity, made on first sight. `reference` is the spelling
    /// that the bare placeholder stands for, when one is known.
    pub(crate) fn placeholder(&mut self, label: Label, entity: &str, reference: Option<&str>, spelling: &str) -> Name {
        let values = Arc::make_mut(&mut self.values).0.entry(label).or_default();
        let place = self.places.entry((label, entity.to_owned())).or_insert_with(|| {
            values.push(Value { entity: entity.to_owned(), spellings: Vec::new() });
            Place { index: values.len(), forms: HashMap::new() }
        });
        let spellings = &mut values[place.index - 1].spellings;
        let mut form = 0;
        for spelling in reference.into_iter().chain([spelling]) {
            form = *place.forms.entry(spelling.to_owned()).or_insert_with(|| {
                spellings.push(spelling.to_owned());
                spellings.len()
            });
        }
        Name { label, index: place.index, form }
    }

    pub(crate) fn values(&self) -> Arc<Values> {
        Arc::clone(&self.values)
    }
}

impl Values {
    /// What a placeholder stands for. Of a value that is live, an unknown form is its reference spelling.
    pub(crate) fn spelling(&self, name: Name) -> Option<&str> {
        let value = self.0.get(&name.label)?.get(name.index.checked_sub(1)?)?;
        value.spellings.get(name.form.saturating_sub(1)).or(value.spellings.first()).map(String::as_str)
    }

    pub(crate) fn has(&self, label: Label) -> bool {
        self.0.contains_key(&label)
    }
}

impl From<Values> for Vault {
    fn from(values: Values) -> Self {
        let mut places = HashMap::new();
        for (label, values) in &values.0 {
            for (at, Value { entity, spellings }) in values.iter().enumerate() {
                let forms = spellings.iter().cloned().zip(1..).collect();
                places.insert((*label, entity.clone()), Place { index: at + 1, forms });
            }
        }
        Self { values: Arc::new(values), places }
    }
}

impl From<Vault> for Values {
    fn from(vault: Vault) -> Self {
        Arc::unwrap_or_clone(vault.values)
    }
}

/// Without the values: what is debugged ends in logs.
impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vault of {} value(s)", self.len())
    }
}
