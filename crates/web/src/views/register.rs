//! Pages 11 and 12: the public register, and one system in it.

use super::workspace::Standing;
use crate::layout::{Audience, Chrome, Fact, fact, page};

/// One system in the public list.
#[derive(Debug, Clone)]
pub struct PublicRow {
    /// Name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Its public page.
    pub url: String,
    /// Where it stands.
    pub standing: Standing,
    /// Decisions it touched this year.
    pub touched: usize,
}

/// The public register.
#[derive(Debug, Clone)]
pub struct Register {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Every system, also the refused and the retired.
    pub systems: Vec<PublicRow>,
    /// Address of the open data.
    pub data_url: String,
}
page!(Register, "register.html");

/// One system, for everybody.
#[derive(Debug, Clone)]
pub struct PublicSystem {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Where it stands.
    pub standing: Standing,
    /// Owner, model, host, data, legal basis …
    pub facts: Vec<Fact>,
    /// What happened to it: when, what.
    pub history: Vec<(String, String)>,
    /// Address of the open data.
    pub data_url: String,
    /// Where a problem with it is reported.
    pub report_url: String,
}
page!(PublicSystem, "public-system.html");

impl Register {
    /// Three systems.
    pub fn sample() -> Register {
        let row = |name: &str, purpose: &str, id: &str, standing, touched| PublicRow {
            name: name.into(),
            purpose: purpose.into(),
            url: format!("/register/{id}"),
            standing,
            touched,
        };
        Register {
            chrome: Chrome::sample(Audience::Public),
            systems: vec![
                row(
                    "Aide au logement",
                    "Résume les demandes d’aide au logement pour l’agent qui les instruit.",
                    "aide-logement",
                    Standing::Allowed,
                    41,
                ),
                row(
                    "Réponses aux courriels",
                    "Propose un brouillon de réponse aux questions posées à l’accueil.",
                    "courriels",
                    Standing::Stopped,
                    212,
                ),
                row(
                    "Notation des demandes de crèche",
                    "Attribuait des points selon le barème voté en 2023.",
                    "creche",
                    Standing::Refused,
                    0,
                ),
            ],
            data_url: "/register.json".into(),
        }
    }
}

impl PublicSystem {
    /// The sample system.
    pub fn sample() -> PublicSystem {
        let event = |when: &str, what: &str| (when.to_string(), what.to_string());
        PublicSystem {
            chrome: Chrome::sample(Audience::Public),
            name: "Aide au logement".into(),
            purpose: "Résume les demandes d’aide au logement pour l’agent qui les instruit.".into(),
            standing: Standing::Allowed,
            facts: vec![
                fact("public-owner", "Julien Morel, chef du service logement"),
                fact("public-decides", "un agent du service logement, qui donne son avis avant de voir la proposition"),
                fact("fact-model", "Qwen2.5-Coder 1.5B, poids ouverts, Apache 2.0"),
                fact("fact-host", "la commune elle-même, à Val-d’Ormes"),
                fact("public-data", "bail, avis d’imposition, attestation d’employeur ; nom et adresse masqués"),
                fact("fact-result", "19 réponses justes sur 20, pour un seuil de 18"),
                fact("public-energy", "entre 0,1 et 0,3 Wh par demande"),
                fact("fact-until", "24 novembre 2027"),
            ],
            history: vec![
                event("24 novembre 2026", "Mandat donné par le conseil municipal."),
                event("21 novembre 2026", "Étude d’impact signée."),
                event("2 novembre 2026", "Inscription au registre."),
            ],
            data_url: "/register/aide-logement.json".into(),
            report_url: "/register/aide-logement/report".into(),
        }
    }
}
