//! The text of a supplier's sheet, before anything of it is proposed.

use crate::layout::{Audience, Chrome, page};

/// The page. POST `{url}/text`: `text`, `act` (`check` or `propose`).
#[derive(Debug, Clone)]
pub struct SheetTextPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Name of the system.
    pub name: String,
    /// Address of its record.
    pub url: String,
    /// The dossier.
    pub system_url: String,
    /// What was found in the text, once it was read.
    pub found: Option<Found>,
}
page!(SheetTextPage, "sheet_text.html");

/// What is in a text.
#[derive(Debug, Clone)]
pub struct Found {
    /// Fields that are empty, and would be prefilled.
    pub new: Vec<Quoted>,
    /// Fields that are filled in already: what the text says of them changes nothing.
    pub known: Vec<Quoted>,
    /// Passages that were not understood.
    pub left: Vec<String>,
}

/// A field with the passage that speaks of it.
#[derive(Debug, Clone)]
pub struct Quoted {
    /// Its label.
    pub label: String,
    /// What would be written, ready to read.
    pub value: String,
    /// The passage, word for word.
    pub quote: String,
}

impl SheetTextPage {
    /// A text that was read.
    pub fn sample() -> SheetTextPage {
        let mut page = SheetTextPage::sample_empty();
        let quoted =
            |label: &str, value: &str, quote: &str| Quoted { label: label.into(), value: value.into(), quote: quote.into() };
        page.chrome.typed.insert(
            "text".into(),
            "Éditeur : Plume & Cie SAS\nModèle utilisé : Mistral Small 3.2\nLicence du modèle : Apache 2.0\n\nLIMITES\nLe modèle peut inventer un fait.\n\nTarif public : 9 € par agent et par mois".into(),
        );
        page.found = Some(Found {
            new: vec![
                quoted(
                    "Modèles",
                    "Mistral Small 3.2\nApache 2.0",
                    "Modèle utilisé : Mistral Small 3.2\nLicence du modèle : Apache 2.0",
                ),
                quoted("Risques", "Le modèle peut inventer un fait.", "LIMITES\nLe modèle peut inventer un fait."),
            ],
            known: vec![quoted("Fournisseur", "Plume & Cie SAS", "Éditeur : Plume & Cie SAS")],
            left: vec!["Tarif public : 9 € par agent et par mois".into()],
        });
        page
    }

    /// Before anything is given.
    pub fn sample_empty() -> SheetTextPage {
        SheetTextPage {
            chrome: Chrome::sample(Audience::Referent),
            name: "Orientation du courrier".into(),
            url: "/referent/systems/orientation-du-courrier/record".into(),
            system_url: "/referent/systems/orientation-du-courrier".into(),
            found: None,
        }
    }
}
