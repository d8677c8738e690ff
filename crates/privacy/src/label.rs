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
    /// Town or country of birth.
    BirthPlace,
    /// Postal address: number, street, building, floor.
    Address,
    /// Postcode and town.
    PostalCity,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// Social security number (numéro d'inscription au répertoire).
    Nir,
    /// Tax number of a person (numéro fiscal, SPI).
    TaxNumber,
    /// Number of a beneficiary of the Caf.
    CafNumber,
    /// Identifier at France Travail.
    JobSeekerNumber,
    /// National number of a pupil or student (INE).
    StudentNumber,
    /// Number of a foreign national (AGDREF).
    ForeignerNumber,
    /// Number of an identity card.
    IdentityCard,
    /// Number of a passport.
    Passport,
    /// Number of a driving licence.
    DrivingLicence,
    /// Registration plate of a vehicle.
    Plate,
    /// Number of a health professional in the RPPS.
    Rpps,
    /// Number of a health professional in ADELI.
    Adeli,
    /// Bank account.
    Iban,
    /// Payment card.
    PaymentCard,
    /// Internet address of a machine.
    IpAddress,
    /// Web address that opens something for whoever holds it.
    SecretUrl,
    /// Geographic coordinates.
    Coordinates,
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
    pub(crate) const HIDDEN: [Self; 27] = [
        Self::Person,
        Self::BirthDate,
        Self::BirthPlace,
        Self::Address,
        Self::PostalCity,
        Self::Phone,
        Self::Email,
        Self::Nir,
        Self::TaxNumber,
        Self::CafNumber,
        Self::JobSeekerNumber,
        Self::StudentNumber,
        Self::ForeignerNumber,
        Self::IdentityCard,
        Self::Passport,
        Self::DrivingLicence,
        Self::Plate,
        Self::Rpps,
        Self::Adeli,
        Self::Iban,
        Self::PaymentCard,
        Self::IpAddress,
        Self::SecretUrl,
        Self::Coordinates,
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
            Self::BirthPlace => "LIEU",
            Self::Address => "ADRESSE",
            Self::PostalCity => "COMMUNE",
            Self::Phone => "TELEPHONE",
            Self::Email => "COURRIEL",
            Self::Nir => "NIR",
            Self::TaxNumber => "FISCAL",
            Self::CafNumber => "CAF",
            Self::JobSeekerNumber => "EMPLOI",
            Self::StudentNumber => "INE",
            Self::ForeignerNumber => "ETRANGER",
            Self::IdentityCard => "CNI",
            Self::Passport => "PASSEPORT",
            Self::DrivingLicence => "PERMIS",
            Self::Plate => "PLAQUE",
            Self::Rpps => "RPPS",
            Self::Adeli => "ADELI",
            Self::Iban => "IBAN",
            Self::PaymentCard => "CARTE",
            Self::IpAddress => "IP",
            Self::SecretUrl => "LIEN",
            Self::Coordinates => "GPS",
            Self::Reference => "REFERENCE",
            Self::Siret => "SIRET",
            Self::Siren => "SIREN",
            Self::Other => "DONNEE",
            Self::Literal => "TEXTE",
        }
    }

    /// The name under which sets of annotated documents write it: ASCII capitals.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::BirthDate => "BIRTH_DATE",
            Self::BirthPlace => "BIRTH_PLACE",
            Self::Address => "ADDRESS",
            Self::PostalCity => "POSTAL_CITY",
            Self::Phone => "PHONE",
            Self::Email => "EMAIL",
            Self::Nir => "NIR",
            Self::TaxNumber => "SPI",
            Self::CafNumber => "CAF_NUM",
            Self::JobSeekerNumber => "FT_NUM",
            Self::StudentNumber => "INE",
            Self::ForeignerNumber => "AGDREF",
            Self::IdentityCard => "CNI",
            Self::Passport => "PASSPORT",
            Self::DrivingLicence => "LICENCE",
            Self::Plate => "PLATE",
            Self::Rpps => "RPPS",
            Self::Adeli => "ADELI",
            Self::Iban => "IBAN",
            Self::PaymentCard => "CARD",
            Self::IpAddress => "IP",
            Self::SecretUrl => "URL_TOKEN",
            Self::Coordinates => "GPS",
            Self::Reference => "CASE_REF",
            Self::Siret => "SIRET",
            Self::Siren => "SIREN",
            Self::Other => "OTHER",
            Self::Literal => "LITERAL",
        }
    }

    /// True for what is recognised only to be left alone: numbers of organisations are public.
    #[must_use]
    pub const fn is_kept(self) -> bool {
        matches!(self, Self::Siret | Self::Siren)
    }
}
