//! What is said of a file that was read or written.

use std::fmt;

use gouvernail_register::{Misfit, Record};
use serde::{Serialize, Serializer};

/// A file that was read.
#[derive(Debug)]
pub struct Read {
    /// The records that were accepted, each with its place in the file.
    pub records: Vec<(Place, Record)>,
    /// What is said of the file.
    pub report: Report,
}

/// What was refused, and what somebody must look at.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Records found in the file.
    pub read: usize,
    /// Records that can be recorded.
    pub accepted: usize,
    /// Why the others cannot; several lines may speak of one record.
    pub rejected: Vec<Note>,
    /// What to look at in those that can.
    pub review: Vec<Note>,
}

/// Something about one field of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Which record.
    #[serde(flatten)]
    pub place: Place,
    /// Its field here; the key of the other format when there is none; empty when it is the whole record.
    pub field: String,
    /// What is wrong.
    #[serde(rename = "reason")]
    pub problem: Problem,
}

/// Where a record stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Its position in a list, from 0.
    Index(usize),
    /// The line where it begins, from 1.
    Line(u64),
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Without it, there is no record.
    Missing,
    /// The record is not an object with keys.
    NotARecord,
    /// A row has another number of columns.
    Columns {
        /// Columns of the row.
        found: usize,
        /// Columns of the format.
        wanted: usize,
    },
    /// The value does not fit the field; it is kept as it stood, and the field stays empty.
    Misfit(Misfit),
    /// A word that has no equivalent here; it is kept as it stood.
    UnknownWord(String),
    /// The source says several things in one field.
    Merged,
    /// The source decided it by other rules than ours.
    JudgedElsewhere,
    /// The other format asks for this key and the record does not say it.
    Wanted,
    /// The other format accepts fewer characters.
    TooLong {
        /// Longest that it accepts.
        max: usize,
    },
    /// The other format has no word for this value, and a less precise one was written.
    LessPrecise {
        /// The word that was written.
        written: String,
    },
    /// The other format asks for an address and this is none.
    NotAnAddress,
    /// The other format holds only the first of several.
    OnlyFirst,
    /// The other format has no word for this value: it was left out.
    NoWord,
}

impl Problem {
    /// Whether what was written does not meet the rules of the other format.
    pub fn breaks(&self) -> bool {
        matches!(self, Self::Wanted | Self::TooLong { .. } | Self::NotAnAddress)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("it is missing, and there is no record without it: write it"),
            Self::NotARecord => f.write_str("a record is an object with keys"),
            Self::Columns { found, wanted } => write!(f, "the row has {found} columns instead of {wanted}: correct the file"),
            Self::Misfit(misfit) => write!(f, "{misfit}"),
            Self::UnknownWord(word) => write!(f, "{word:?} has no equivalent here: choose a value"),
            Self::Merged => f.write_str("the source says several things here: keep what belongs in this field"),
            Self::JudgedElsewhere => f.write_str("the source decided this by other rules: decide it by ours"),
            Self::Wanted => f.write_str("the format asks for it and the record does not say it"),
            Self::TooLong { max } => write!(f, "the format accepts {max} characters at most: shorten it"),
            Self::LessPrecise { written } => write!(f, "the format has no word for it; {written:?} is written, less precise"),
            Self::NotAnAddress => f.write_str("the format asks for an address that begins with https:// or http://"),
            Self::OnlyFirst => f.write_str("the format holds one only: the first is written"),
            Self::NoWord => f.write_str("the format has no word for it: it is left out"),
        }
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
