//! The record of a system: what a register of algorithms says of it, in the fields of `record/fields.toml`.
//!
//! It holds more than the rules need: what citizens, other registers and inspectors read. A record that comes from another
//! register keeps, word for word, what has no field here or does not fit one, so that going back loses nothing.

mod catalogue;
mod proposal;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::event::Event;

pub use catalogue::{Allowed, Block, Catalogue, Field, Kind, Visibility};
pub use proposal::{Acceptance, Proposal, Proposals, Source, digest_of};
pub use value::{Link, Misfit, Value};

/// Keys of a source, word for word.
pub type Foreign = serde_json::Map<String, serde_json::Value>;

/// What is said of a system.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Values by field.
    pub fields: BTreeMap<String, Value>,
    /// By format of a register that this comes from, its keys that `fields` does not say in the same words. An entry, even an
    /// empty one, says that the record comes from there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub foreign: BTreeMap<String, Foreign>,
    /// Fields that somebody must look at: their source said several things at once, or something else.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub review: BTreeSet<String>,
}

/// A value that may not be recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("field {field:?} of the record: {misfit}")]
pub struct BadField {
    /// Identifier of the field.
    pub field: String,
    /// What is wrong.
    pub misfit: Misfit,
}

impl Record {
    /// Whether every value fits its field, and every field to look at exists.
    ///
    /// # Errors
    /// The first field that does not, and why.
    pub fn check(&self) -> Result<(), BadField> {
        let fields = self.fields.iter().map(|(id, value)| (id, Some(value)));
        for (id, value) in fields.chain(self.review.iter().map(|id| (id, None))) {
            let bad = |misfit| BadField { field: id.clone(), misfit };
            let field = Catalogue::get().field(id).ok_or_else(|| bad(Misfit::Unknown))?;
            value.map_or(Ok(()), |value| field.fits(value)).map_err(bad)?;
        }
        Ok(())
    }

    /// What everybody may read, by field.
    pub fn public(&self) -> BTreeMap<&str, &Value> {
        let public = |id: &str| Catalogue::get().field(id).is_some_and(Field::is_public);
        self.fields.iter().filter(|(id, _)| public(id)).map(|(id, value)| (id.as_str(), value)).collect()
    }

    /// The public fields whose value differs from that of `before`.
    pub fn changed_since(&self, before: Option<&Record>) -> Vec<String> {
        let (now, before) = (self.public(), before.map(Record::public).unwrap_or_default());
        let fields: BTreeSet<&str> = now.keys().chain(before.keys()).copied().collect();
        fields.into_iter().filter(|id| now.get(id) != before.get(id)).map(str::to_owned).collect()
    }

    /// The act that writes this record for `system`, in place of `before`.
    pub fn act(self, system: &str, before: Option<&Record>) -> Event {
        Event::RecordWritten { system: system.to_owned(), changed: self.changed_since(before), record: self }
    }

    /// The fields that somebody answers for: those that must still be looked at are not among them.
    pub fn settled(&self) -> impl Iterator<Item = &String> {
        self.fields.keys().filter(|field| !self.review.contains(*field))
    }

    /// A field that holds a text.
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.fields.get(field) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}
