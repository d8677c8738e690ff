//! The spellings under which a known value may be written, folded and without separators.

use std::ops::RangeInclusive;

use crate::dates::Date;
use crate::fold::folded;
use crate::identifiers::checksum;
use crate::known::names;
use crate::{Label, entity};

/// Folded spellings shorter than this, in bytes, must stand in one piece: "le a" is not "Léa".
pub(crate) const SHORT: usize = 5;

/// One folded spelling and how it may lie in a text.
#[derive(Debug, Clone)]
pub(crate) struct Spelling {
    pub folded: String,
    /// In how many pieces separators may cut it.
    pub pieces: RangeInclusive<usize>,
    /// It stands for the whole value: another value that merely has it as a part yields.
    pub whole: bool,
}

impl Spelling {
    /// A spelling of the whole value.
    pub(crate) fn whole(folded: String) -> Self {
        let most = if folded.len() < SHORT { 1 } else { usize::MAX };
        Self { folded, pieces: 1..=most, whole: true }
    }

    /// A spelling of the whole value that counts only when it is cut into exactly so many pieces.
    pub(crate) fn in_pieces(folded: String, pieces: usize) -> Self {
        Self { folded, pieces: pieces..=pieces, whole: true }
    }

    /// A spelling of a part of the value, which others may share.
    pub(crate) fn part(folded: String) -> Self {
        Self { whole: false, ..Self::whole(folded) }
    }
}

/// All spellings of a value. One letter or digit alone is not a value: it would hide the language itself.
pub(crate) fn of(label: Label, value: &str) -> Vec<Spelling> {
    let mut spellings = match label {
        Label::Person => names::spellings(value),
        Label::BirthDate => Date::parse(value).map(Date::spellings).unwrap_or_default(),
        Label::Nir => nir(value),
        Label::Phone => phone(value),
        Label::Address => address(value),
        _ => Vec::new(),
    };
    spellings.push(Spelling::whole(folded(value)));
    spellings.retain(|spelling| spelling.folded.len() > 1);
    spellings
}

/// With its key, with a wrong one, and without.
fn nir(value: &str) -> Vec<Spelling> {
    let number = entity::key(Label::Nir, value);
    let keys = checksum::nir_key(&number).map(|_| 0..100).unwrap_or_default();
    keys.map(|key| format!("{number}{key:02}")).chain([number.clone()]).map(Spelling::whole).collect()
}

/// National, international, and without its 0, as a spreadsheet leaves it.
fn phone(value: &str) -> Vec<Spelling> {
    let national = entity::phone(value);
    let mut forms = match national.strip_prefix('0').filter(|rest| rest.len() == 9) {
        Some(rest) => {
            let codes = entity::FRENCH_CODES.iter();
            let mut forms: Vec<String> = codes.flat_map(|code| [[code, rest].concat(), [code, "0", rest].concat()]).collect();
            forms.push(rest.to_owned());
            forms
        }
        None => vec![national.clone()],
    };
    forms.extend(forms.clone().iter().map(|form| ["00", form].concat()));
    forms.push(national);
    forms.into_iter().map(Spelling::whole).collect()
}

/// The lines of an address: the street without the town, "35000 Rennes" without the street.
fn address(value: &str) -> Vec<Spelling> {
    let lines = value.split([',', ';', '\n']).filter(|line| line.contains(|c: char| c.is_ascii_digit()));
    lines.map(folded).filter(|line| line.len() > SHORT).map(Spelling::part).collect()
}
