//! A register of others, before it is recorded in ours.

use crate::layout::{Audience, Choice, Chrome, page};

/// The page. POST `/referent/import`: `format`, `text`, `act` (`check`, `record` or `record-good`).
#[derive(Debug, Clone)]
pub struct ImportPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The formats.
    pub formats: Vec<Choice>,
    /// What was found in the text, once it was checked.
    pub found: Option<Found>,
    /// What was just recorded; empty before.
    pub recorded: String,
}
page!(ImportPage, "import.html");

/// What is in a text and what recording it would do.
#[derive(Debug, Clone)]
pub struct Found {
    /// Records found.
    pub read: usize,
    /// Records that can be recorded.
    pub accepted: usize,
    /// Systems that would be declared.
    pub declared: usize,
    /// Systems whose record would change.
    pub updated: usize,
    /// Systems that are already as the text says.
    pub unchanged: usize,
    /// Why the others cannot: place, field, reason.
    pub rejected: Vec<[String; 3]>,
    /// Reasons that are not shown.
    pub more: usize,
    /// What will have to be looked at: field, reason, in how many records.
    pub review: Vec<(String, String, usize)>,
}

impl ImportPage {
    /// A text that was checked, with a refused record.
    pub fn sample() -> ImportPage {
        let mut chrome = Chrome::sample(Audience::Referent);
        chrome.typed.insert("format".into(), "nl".into());
        chrome.typed.insert("text".into(), "[{ \"name\": \"Tekstanalyse\" }, { \"name\": \"\" }]".into());
        let words = |words: &str| words.to_owned();
        ImportPage {
            chrome,
            formats: crate::site::formats(crate::i18n::Locale::of(crate::i18n::Lang::Fr)),
            found: Some(Found {
                read: 14,
                accepted: 13,
                declared: 11,
                updated: 1,
                unchanged: 1,
                rejected: vec![["fiche 2".into(), words("Nom du système"), words("Il manque, et il n’y a pas de fiche sans lui.")]],
                more: 0,
                review: vec![
                    (words("À quoi il sert"), words("La source dit plusieurs choses ici."), 13),
                    (words("Catégorie de risque"), words("La source a décidé selon d’autres règles."), 12),
                ],
            }),
            recorded: String::new(),
        }
    }

    /// Before anything is given.
    pub fn sample_empty() -> ImportPage {
        ImportPage { chrome: Chrome::sample(Audience::Referent), found: None, ..ImportPage::sample() }
    }
}
