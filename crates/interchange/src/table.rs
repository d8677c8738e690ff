//! The grammar of `record/formats/*.toml`: how each key of a dialect meets a field of the record.

use std::collections::BTreeMap;

use gouvernail_register::{Catalogue, Kind};
use serde::Deserialize;

/// One dialect of a format.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// Fields that every record of this dialect has, by field.
    #[serde(default)]
    pub(crate) fixed: BTreeMap<String, String>,
    /// Words that say that there is nothing to say.
    #[serde(default)]
    pub(crate) empty: Vec<String>,
    /// Objects inside the record: `group/key` is a key of one.
    #[serde(default)]
    pub(crate) groups: Vec<String>,
    /// The columns of a file of rows, in order; one whose title came before has `(column N)` after it.
    #[serde(default)]
    pub(crate) columns: Vec<String>,
    /// The keys. No two rows share a field or a key.
    #[serde(rename = "row")]
    pub(crate) rows: Vec<Row>,
}

/// One field with the key, or the keys, that say it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// The field of the record.
    pub(crate) field: String,
    /// The keys that say it; the first is the one that is written. `group/key` is a key inside one of the [`Table::groups`].
    pub(crate) keys: Vec<String>,
    /// How the key says it, when not in the usual way for the field's kind.
    #[serde(default, rename = "as")]
    shape: Option<Shape>,
    /// Other fields, written under the same key: the format does not tell them apart.
    #[serde(default)]
    pub(crate) also: Vec<String>,
    /// What somebody must always look at.
    #[serde(default)]
    pub(crate) review: Option<Review>,
    /// Without it, a record is refused.
    #[serde(default)]
    pub(crate) required: bool,
    /// The format asks for it.
    #[serde(default)]
    pub(crate) wanted: bool,
    /// Most characters that the format accepts.
    #[serde(default)]
    pub(crate) limit: Option<usize>,
    /// What is written when the field is empty and the record does not come from this dialect.
    #[serde(default)]
    pub(crate) default: Option<String>,
    /// Our values and their words, of which the first is written.
    #[serde(default)]
    pub(crate) values: Vec<(String, String)>,
    /// Our values that the format says less precisely.
    #[serde(default)]
    pub(crate) lossy: Vec<(String, String)>,
}

/// How a key says a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Shape {
    /// A string, or strings that are read as lines.
    Text,
    /// A string that may hold some HTML.
    Html,
    /// Such a string, whose items stand between commas, semicolons or line breaks.
    HtmlList,
    /// A list of strings.
    List,
    /// A word of a list.
    Word,
    /// Words of a list.
    Words,
    /// One word, for a field that could hold several.
    Single,
    /// A list of objects `title` and `link`.
    Links,
    /// An address, for a field that could hold several.
    Link,
    /// Two keys, a title and an address, for a field that could hold several.
    Pair,
    /// A date of the United States, month first; the month is kept.
    UsMonth,
    /// A number, or digits.
    Number,
    /// True or false.
    Flag,
}

/// What somebody must always look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Review {
    /// The key says several things at once.
    Merged,
    /// It was decided by other rules.
    JudgedElsewhere,
}

impl Row {
    /// How the key says the field.
    pub(crate) fn shape(&self) -> Shape {
        let usual = || match Catalogue::get().field(&self.field).map(|field| field.kind) {
            Some(Kind::List) => Shape::List,
            Some(Kind::Flag) => Shape::Flag,
            Some(Kind::Number) => Shape::Number,
            Some(Kind::Links) => Shape::Links,
            Some(Kind::Choice) => Shape::Word,
            Some(Kind::Choices) => Shape::Words,
            Some(Kind::Text | Kind::Month | Kind::Url) | None => Shape::Text,
        };
        self.shape.unwrap_or_else(usual)
    }

    /// The key that is written.
    pub(crate) fn key(&self) -> &str {
        self.keys.first().map_or("", String::as_str)
    }

    /// Our value for a word of the format, whatever its capitals.
    pub(crate) fn value_of(&self, word: &str) -> Option<&str> {
        let word = word.trim().to_lowercase();
        self.values.iter().find(|(_, known)| known.to_lowercase() == word).map(|(value, _)| value.as_str())
    }

    /// The word of the format for a value of ours, and whether it is as precise.
    pub(crate) fn word_of(&self, value: &str) -> Option<(&str, bool)> {
        let exact = self.values.iter().map(|pair| (pair, true));
        let mut all = exact.chain(self.lossy.iter().map(|pair| (pair, false)));
        all.find(|((known, _), _)| known == value).map(|((_, word), precise)| (word.as_str(), precise))
    }
}

impl Table {
    /// The row that says a key.
    pub(crate) fn row_of(&self, key: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.keys.iter().any(|known| known == key))
    }

    /// The key of the record's name, by which a record is known from what wraps it.
    pub(crate) fn name_key(&self) -> &str {
        self.rows.iter().find(|row| row.field == "name").map_or("", Row::key)
    }
}
