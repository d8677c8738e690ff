//! What a piece of personal data is, and the word of its placeholder.

use serde::{Deserialize, Serialize};

/// Kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Name of a natural person.
    Person,
    /// Date of birth, or another date that identifies.
    BirthDate,
    /// Postal address.
    Address,
    /// Social security number (numéro d'inscription au répertoire).
    Nir,
    /// Bank account.
    Iban,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// Reference of a case.
    Reference,
    /// Establishment number of an organisation: recognised and kept.
    Siret,
    /// Number of an organisation: recognised and kept.
    Siren,
    /// Any other value known of the case.
    Other,
    /// Not personal: user text that looks like a placeholder, set aside so that restoration is exact.
    Literal,
}

impl Label {
    /// What may stand behind a placeholder.
    pub(crate) const HIDDEN: [Self; 10] = [
        Self::Person,
        Self::BirthDate,
        Self::Address,
        Self::Nir,
        Self::Iban,
        Self::Phone,
        Self::Email,
        Self::Reference,
        Self::Other,
        Self::Literal,
    ];

    /// The word inside the brackets of a placeholder: ASCII capitals.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "PERSONNE",
            Self::BirthDate => "DATE",
            Self::Address => "ADRESSE",
            Self::Nir => "NIR",
            Self::Iban => "IBAN",
            Self::Phone => "TELEPHONE",
            Self::Email => "COURRIEL",
            Self::Reference => "REFERENCE",
            Self::Siret => "SIRET",
            Self::Siren => "SIREN",
            Self::Other => "DONNEE",
            Self::Literal => "TEXTE",
        }
    }

    /// True for what is recognised only to be left alone: numbers of organisations are public.
    #[must_use]
    pub const fn is_kept(self) -> bool {
        matches!(self, Self::Siret | Self::Siren)
    }
}
