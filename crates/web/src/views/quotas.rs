//! What each quota allows, and what was taken of it.

use crate::layout::{Audience, Chrome, page};

/// A quota in the period under way, in words.
#[derive(Debug, Clone)]
pub struct QuotaRow {
    /// Whose calls it counts.
    pub whose: String,
    /// Identifier of the system, when it is one of the register.
    pub system: Option<String>,
    /// How much there is, and how often.
    pub allowed: String,
    /// How much was taken.
    pub taken: String,
    /// Its share of what there is, in words: all of it only when nothing is left.
    pub percent: String,
    /// How much is left.
    pub left: String,
    /// Nothing is left: calls are refused.
    pub exhausted: bool,
    /// When it begins again.
    pub renewed: String,
}

/// The page.
#[derive(Debug, Clone)]
pub struct QuotasPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// One a quota, in the order of the configuration.
    pub rows: Vec<QuotaRow>,
}
page!(QuotasPage, "quotas.html");

impl QuotasPage {
    /// Before any quota is set.
    pub fn sample_none() -> QuotasPage {
        QuotasPage { chrome: Chrome::sample(Audience::Referent), rows: Vec::new() }
    }

    /// One that is hardly begun, and one that is exhausted.
    pub fn sample() -> QuotasPage {
        let row = |whose: &str, system: Option<&str>, allowed: &str, taken: &str, share: u8, left: &str| QuotaRow {
            whose: whose.into(),
            system: system.map(Into::into),
            allowed: allowed.into(),
            taken: taken.into(),
            percent: format!("{share}\u{a0}%"),
            left: left.into(),
            exhausted: share == 100,
            renewed: "1er décembre 2026 à 0 h 00".into(),
        };
        let rows = vec![
            row("Toute l’administration", None, "12,00\u{a0}€ par mois", "1,27\u{a0}€", 11, "10,73\u{a0}€"),
            row("Orientation du courrier", Some("courrier"), "500 appels par jour", "500 appels", 100, "0 appel"),
        ];
        QuotasPage { rows, ..QuotasPage::sample_none() }
    }
}
