//! The formats, and the dialects of each.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::table::Table;

/// A register of algorithms that we exchange with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The Dutch register, publication standard 1.0.
    Nl,
    /// The British Algorithmic Transparency Recording Standard.
    Atrs,
    /// The inventory of the federal agencies of the United States, 2024.
    Us,
    /// The inventory that the guide of Etalab proposes, 2021.
    Etalab,
    /// Regulation (EU) 2024/1689, Annex VIII, section C.
    EuAnnex8c,
    /// Our own records.
    Gouvernail,
}

/// One way to write a format: its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is described at the head of its table")]
pub enum Dialect {
    NlApi,
    NlSchema,
    NlListing,
    Atrs,
    AtrsListing,
    Us,
    Etalab,
    EuAnnex8c,
    Gouvernail,
}

macro_rules! tables {
    ($($dialect:ident $file:literal),* $(,)?) => {
        /// The tables. One that cannot be read is empty and accepts no record; a test keeps them readable.
        fn table_of(dialect: Dialect) -> &'static Table {
            match dialect {
                $(Dialect::$dialect => {
                    static TABLE: LazyLock<Table> = LazyLock::new(|| {
                        toml::from_str(include_str!(concat!("../../../record/formats/", $file))).unwrap_or_default()
                    });
                    &TABLE
                })*
                Dialect::Gouvernail => {
                    static TABLE: LazyLock<Table> = LazyLock::new(Table::default);
                    &TABLE
                }
            }
        }
    };
}
tables! {
    NlApi "nl-api.toml",
    NlSchema "nl-schema.toml",
    NlListing "nl-listing.toml",
    Atrs "atrs.toml",
    AtrsListing "atrs-listing.toml",
    Us "us.toml",
    Etalab "etalab.toml",
    EuAnnex8c "eu-annex8c.toml",
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Format; 6] = [Self::Nl, Self::Atrs, Self::Etalab, Self::Us, Self::EuAnnex8c, Self::Gouvernail];

    /// Its name, on the command line and in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::Atrs => "atrs",
            Self::Us => "us",
            Self::Etalab => "etalab",
            Self::EuAnnex8c => "eu-annex8c",
            Self::Gouvernail => "gouvernail",
        }
    }

    /// Its dialects, the one that is written unless another is asked first.
    pub const fn dialects(self) -> &'static [Dialect] {
        match self {
            Self::Nl => &[Dialect::NlApi, Dialect::NlSchema, Dialect::NlListing],
            Self::Atrs => &[Dialect::Atrs, Dialect::AtrsListing],
            Self::Us => &[Dialect::Us],
            Self::Etalab => &[Dialect::Etalab],
            Self::EuAnnex8c => &[Dialect::EuAnnex8c],
            Self::Gouvernail => &[Dialect::Gouvernail],
        }
    }

    /// A dialect by its short name (`api`, `schema`, `listing`); the usual one without a name.
    pub fn dialect(self, name: Option<&str>) -> Option<Dialect> {
        let Some(name) = name else { return self.dialects().first().copied() };
        let full = format!("{}-{name}", self.name());
        self.dialects().iter().copied().find(|dialect| dialect.id() == full)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let names: Vec<&str> = Self::ALL.iter().map(|format| format.name()).collect();
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| format!("no format {name:?}; choose one of {}", names.join(", ")))
    }
}

impl Dialect {
    /// Its name, under which a record keeps the words of its source.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NlApi => "nl-api",
            Self::NlSchema => "nl-schema",
            Self::NlListing => "nl-listing",
            Self::Atrs => "atrs",
            Self::AtrsListing => "atrs-listing",
            Self::Us => "us",
            Self::Etalab => "etalab",
            Self::EuAnnex8c => "eu-annex8c",
            Self::Gouvernail => "gouvernail",
        }
    }

    pub(crate) fn table(self) -> &'static Table {
        table_of(self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use gouvernail_register::Catalogue;

    use super::*;

    #[test]
    fn every_table_speaks_of_known_fields_once() {
        for dialect in Format::ALL.iter().flat_map(|format| format.dialects()) {
            if *dialect == Dialect::Gouvernail {
                continue;
            }
            let (table, mut fields, mut keys) = (dialect.table(), BTreeSet::new(), BTreeSet::new());
            assert!(table.row_of(table.name_key()).is_some_and(|row| row.required), "{dialect:?}: no name, or unreadable");
            for row in &table.rows {
                for field in std::iter::once(&row.field).chain(&row.also) {
                    assert!(fields.insert(field), "{dialect:?}: {field} twice");
                    let known = Catalogue::get().field(field).unwrap_or_else(|| panic!("{dialect:?}: no field {field}"));
                    assert!(known.is_public(), "{dialect:?}: {field} is not public");
                }
                assert!(row.keys.iter().all(|key| keys.insert(key)), "{dialect:?}: {:?} twice", row.keys);
                let allowed = &Catalogue::get().field(&row.field).unwrap().values;
                for (value, _) in row.values.iter().chain(&row.lossy) {
                    assert!(
                        allowed.is_empty() || allowed.iter().any(|known| known.id == *value),
                        "{dialect:?}: {} has no {value}",
                        row.field
                    );
                }
            }
        }
    }

    #[test]
    fn names_are_read() {
        assert_eq!("nl".parse(), Ok(Format::Nl));
        assert!("xx".parse::<Format>().unwrap_err().contains("atrs"));
        assert_eq!(Format::Nl.dialect(Some("schema")), Some(Dialect::NlSchema));
        assert_eq!(Format::Nl.dialect(None), Some(Dialect::NlApi));
        assert_eq!(Format::Us.dialect(Some("schema")), None);
    }
}
