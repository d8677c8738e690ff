//! The strategic skills of the administration, and which systems put them at risk.

use crate::layout::{Audience, Chrome, page};

/// A system that puts a skill at risk.
#[derive(Debug, Clone)]
pub struct AtRisk {
    /// Its name.
    pub name: String,
    /// Its dossier.
    pub url: String,
    /// Share of the cases done without it, in words.
    pub quota: String,
    /// The last drill, in words.
    pub drill: String,
    /// Whether that drill no longer shows anything, or none was held.
    pub late: bool,
}

/// A skill. POST `/referent/skills/{id}`: `skill-{id}-name`, `-why`, `-holders`.
#[derive(Debug, Clone, Default)]
pub struct SkillRow {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Why it matters.
    pub why: String,
    /// How many people hold it, as typed.
    pub holders: String,
    /// How many people hold it.
    pub count: usize,
    /// Class of its tag.
    pub class: &'static str,
    /// Systems that put it at risk.
    pub systems: Vec<AtRisk>,
}

/// The page. POST `/referent/skills`: `skill-name`, `skill-why`, `skill-holders`.
#[derive(Debug, Clone)]
pub struct SkillsPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Whether the reader may write.
    pub may_write: bool,
    /// Every skill, those held by the fewest first.
    pub skills: Vec<SkillRow>,
    /// An empty form.
    pub blank: SkillRow,
}
page!(SkillsPage, "skills.html");

impl SkillsPage {
    /// Two skills, one of them rare and at risk.
    pub fn sample() -> SkillsPage {
        let risk = AtRisk {
            name: "Orientation du courrier".into(),
            url: "/referent/systems/orientation-du-courrier#skills".into(),
            quota: "20\u{a0}%".into(),
            drill: "12 octobre 2026".into(),
            late: false,
        };
        let row = |id: &str, name: &str, why: &str, count: usize, class, systems| SkillRow {
            id: id.into(),
            name: name.into(),
            why: why.into(),
            holders: count.to_string(),
            count,
            class,
            systems,
        };
        let services = "Savoir qui fait quoi, et vers qui tourner quelqu’un qui ne sait pas nommer sa demande.";
        let language = "Répondre à qui n’écrit qu’en occitan. Personne d’autre ne le ferait.";
        SkillsPage {
            chrome: Chrome::sample(Audience::Referent),
            may_write: true,
            skills: vec![
                row("occitan", "Lire et écrire l’occitan", language, 1, "warn", Vec::new()),
                row("services", "Connaître les services", services, 6, "", vec![risk]),
            ],
            blank: SkillRow::default(),
        }
    }

    /// Before the first one.
    pub fn sample_empty() -> SkillsPage {
        SkillsPage { skills: Vec::new(), ..SkillsPage::sample() }
    }
}
