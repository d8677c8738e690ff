//! The fields of a record, from `record/fields.toml`: their block, kind, visibility and words.

use std::sync::LazyLock;

use serde::Deserialize;

/// What the file says, read once. A file that cannot be read leaves an empty catalogue, which refuses every record; a test
/// keeps the file readable.
static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../record/fields.toml")).unwrap_or_default());

/// Most characters of an address.
pub(super) const ADDRESS: usize = 500;

/// Every block and field, in the order in which they are shown.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The blocks.
    #[serde(rename = "block")]
    pub blocks: Vec<Block>,
    /// The fields.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// A group of fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Its identifier.
    pub id: String,
    /// Its title in French.
    pub fr: String,
    /// Its title in English.
    pub en: String,
}

/// One field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its identifier, also in the register's open data.
    pub id: String,
    /// Identifier of its block.
    pub block: String,
    /// What it holds.
    pub kind: Kind,
    /// Longest text accepted, characters; for a list, of each line.
    #[serde(default)]
    pub max: Option<usize>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Its label in French.
    pub fr: String,
    /// Its label in English.
    pub en: String,
    /// What a good answer says, in French.
    pub hint_fr: String,
    /// What a good answer says, in English.
    pub hint_en: String,
    /// The articles and standards that it comes from.
    pub source: String,
    /// What may be chosen, for a field of choices.
    #[serde(default)]
    pub values: Vec<Allowed>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Sentences.
    Text,
    /// Short texts.
    List,
    /// Yes or no.
    Flag,
    /// A year and a month, `2026-03`.
    Month,
    /// A whole number.
    Number,
    /// A web address.
    Url,
    /// Titles with their addresses.
    Links,
    /// One of [`Field::values`].
    Choice,
    /// Some of [`Field::values`].
    Choices,
}

/// Who may read a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Who asks for it (CRPA R311-3-1-2).
    Request,
    /// Those who govern the system.
    Internal,
}

/// Something that may be chosen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// What is recorded.
    pub id: String,
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Catalogue {
    /// The catalogue of this release.
    pub fn get() -> &'static Catalogue {
        &CATALOGUE
    }

    /// A field by its identifier.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The fields of a block, in order.
    pub fn in_block<'a>(&'a self, block: &'a str) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| field.block == block)
    }
}

impl Field {
    /// Whether everybody may read it.
    pub fn is_public(&self) -> bool {
        self.visibility == Visibility::Public
    }
}
