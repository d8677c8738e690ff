//! The administration itself: its sheet, its strategy, its referent.

use super::workspace::Missing;
use crate::layout::{Audience, Choice, Chrome, Fact, fact, page};

/// One of the three parts of the page.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// What is missing in it.
    pub lacks: Vec<Missing>,
    /// What is recorded.
    pub facts: Vec<Fact>,
    /// Whether its form is shown open.
    pub open: bool,
    /// One sentence that confirms what has just been done here; empty when there is none.
    pub done: String,
}

/// A political text beside the strategy.
#[derive(Debug, Clone, Default)]
pub struct TextFields {
    /// `roadmap` or `doctrine`.
    pub slug: &'static str,
    /// Keys of its name, and of why it is asked.
    pub keys: (&'static str, &'static str),
    /// What is recorded.
    pub section: Section,
    /// Its title.
    pub title: String,
    /// Where it is published.
    pub url: String,
    /// Day of the vote, `2026-03-12`.
    pub adopted: String,
    /// Who voted it, and how.
    pub voted: String,
    /// What it says to citizens.
    pub words: String,
}

impl TextFields {
    /// Name of one of its fields.
    pub fn field(&self, name: &str) -> String {
        format!("{}-{name}", self.slug)
    }
}

/// The page. POST `/referent/organisation/sheet`: `organisation-name`, `organisation-siret`, `log`.
/// POST `/referent/organisation/strategy`: `strategy-title`, `strategy-url`, `strategy-adopted`, `strategy-objectives`.
/// The same with `strategy-voted` and `strategy-words`; POST `/referent/organisation/strategy/withdraw`: `strategy-reason`.
/// POST `/referent/organisation/{roadmap,doctrine}`: `{slug}-title`, `-url`, `-adopted`, `-voted`, `-words`.
/// POST `/referent/organisation/referent`: `referent-person`. POST `/referent/organisation/referent/left`.
#[derive(Debug, Clone)]
pub struct OrganisationPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Whether the reader may change it, and see the people.
    pub may_write: bool,
    /// The sheet.
    pub sheet: Section,
    /// Name.
    pub name: String,
    /// SIRET number.
    pub siret: String,
    /// Whether the public log is kept: `yes`, `no`, or empty before the first sheet.
    pub log: &'static str,
    /// The strategy.
    pub strategy: Section,
    /// Its title.
    pub title: String,
    /// Where it is published.
    pub url: String,
    /// Day of the vote, `2026-03-12`.
    pub adopted: String,
    /// Objectives, one a line.
    pub objectives: String,
    /// Who voted it, and how.
    pub voted: String,
    /// What it says to citizens.
    pub words: String,
    /// The roadmap and the doctrine.
    pub texts: Vec<TextFields>,
    /// The referent.
    pub referent: Section,
    /// Who may be.
    pub people: Vec<Choice>,
    /// Who is; empty when nobody is.
    pub person: String,
}
page!(OrganisationPage, "organisation.html");

impl OrganisationPage {
    /// Whom the form proposes: who holds the post, or the only person who can.
    pub fn proposed(&self) -> &str {
        match self.people.as_slice() {
            [only] if self.person.is_empty() => &only.value,
            _ => &self.person,
        }
    }

    /// A complete administration.
    pub fn sample() -> OrganisationPage {
        let section = |facts: Vec<Fact>| Section { facts, ..Section::default() };
        OrganisationPage {
            chrome: Chrome::sample(Audience::Referent),
            may_write: true,
            sheet: section(vec![
                fact("field-name", "Commune de Val-d’Ormes"),
                fact("field-siret", "213 100 001 00014"),
                fact("fact-log", "oui"),
            ]),
            name: "Commune de Val-d’Ormes".into(),
            siret: "21310000100014".into(),
            log: "yes",
            strategy: section(vec![
                fact("fact-title", "Feuille de route numérique 2026-2029"),
                fact("field-adopted", "12 mars 2026"),
                fact("field-url", "https://val-dormes.example/feuille-de-route"),
                fact("field-objectives", "Répondre plus vite sans décider à la place des agents"),
            ]),
            title: "Feuille de route numérique 2026-2029".into(),
            url: "https://val-dormes.example/feuille-de-route".into(),
            adopted: "2026-03-12".into(),
            objectives: "Répondre plus vite sans décider à la place des agents".into(),
            voted: "conseil municipal, 22 pour, 3 contre".into(),
            words: "L’outil prépare, une personne décide. Aucune donnée ne quitte la commune.".into(),
            texts: vec![
                TextFields { slug: "roadmap", keys: ("part-roadmap", "why-roadmap"), ..TextFields::default() },
                TextFields { slug: "doctrine", keys: ("part-doctrine", "why-doctrine"), ..TextFields::default() },
            ],
            referent: section(vec![fact("fact-person", "Claire Vasseur")]),
            people: vec![Choice::new("claire", "Claire Vasseur")],
            person: "claire".into(),
        }
    }
}
