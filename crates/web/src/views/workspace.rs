//! Page 2: the référent's workspace; the next step comes first.

use crate::layout::{Audience, Chrome, page};

/// Where a system stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Every requirement holds: calls pass.
    Allowed,
    /// Something is missing: calls are refused.
    Refused,
    /// A stop order is in force.
    Stopped,
}

impl Standing {
    /// Key of the words of its tag.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Allowed => "standing-allowed",
            Standing::Refused => "standing-refused",
            Standing::Stopped => "standing-stopped",
        }
    }

    /// Class of its tag.
    pub fn class(self) -> &'static str {
        match self {
            Standing::Allowed => "ok",
            Standing::Refused => "warn",
            Standing::Stopped => "stop",
        }
    }
}

/// A requirement that does not hold, in words.
#[derive(Debug, Clone)]
pub struct Missing {
    /// What is missing, one sentence.
    pub words: String,
    /// Which of the 15 propositions asks for it.
    pub proposition: usize,
    /// The law that asks for it; empty when only the proposition does.
    pub law: String,
    /// Where to mend it.
    pub fix_url: String,
    /// What to do there, a few words.
    pub fix: String,
}

/// One system in the list.
#[derive(Debug, Clone)]
pub struct SystemRow {
    /// Its name.
    pub name: String,
    /// What it is for, one sentence.
    pub purpose: String,
    /// Its page.
    pub url: String,
    /// Where it stands.
    pub standing: Standing,
    /// What is missing; the first is the next step.
    pub missing: Vec<Missing>,
    /// Calls that passed this month.
    pub calls: usize,
    /// Calls refused this month.
    pub refusals: usize,
}

/// The workspace. POST `/referent/systems` with `name`, `purpose` adds a system.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Every system, those that need work first.
    pub systems: Vec<SystemRow>,
}
page!(Workspace, "workspace.html");

pub(crate) fn missing(words: &str, proposition: usize, law: &str, anchor: &str, fix: &str) -> Missing {
    Missing {
        words: words.into(),
        proposition,
        law: law.into(),
        fix_url: format!("/referent/systems/aide-logement#{anchor}"),
        fix: fix.into(),
    }
}

pub(crate) fn sample_missing() -> Vec<Missing> {
    vec![
        missing(
            "L’étude d’impact n’est pas signée par une personne autre que son auteur.",
            11,
            "RGPD, article 35",
            "study",
            "Faire signer l’étude",
        ),
        missing(
            "Le marché ne contient pas la clause qui interdit d’entraîner un modèle sur les données confiées.",
            12,
            "CRPA, article L. 300-2",
            "contract",
            "Vérifier les clauses",
        ),
        missing(
            "Aucun agent n’a d’attestation de formation valide pour cette version.",
            5,
            "Règlement (UE) 2024/1689, article 4",
            "training",
            "Ouvrir la formation",
        ),
    ]
}

impl Workspace {
    /// Three systems, one of each standing.
    pub fn sample() -> Workspace {
        let row = |name: &str, purpose: &str, id: &str, standing, missing, calls, refusals| SystemRow {
            name: name.into(),
            purpose: purpose.into(),
            url: format!("/referent/systems/{id}"),
            standing,
            missing,
            calls,
            refusals,
        };
        Workspace {
            chrome: Chrome::sample(Audience::Referent),
            systems: vec![
                row(
                    "Aide au logement",
                    "Résume les demandes d’aide au logement pour l’agent qui les instruit.",
                    "aide-logement",
                    Standing::Refused,
                    sample_missing(),
                    0,
                    14,
                ),
                row(
                    "Réponses aux courriels",
                    "Propose un brouillon de réponse aux questions posées à l’accueil.",
                    "courriels",
                    Standing::Stopped,
                    vec![missing(
                        "Un ordre d’arrêt est en vigueur depuis le 17 novembre 2026 à 9 h 12.",
                        6,
                        "Règlement (UE) 2024/1689, article 26",
                        "stop",
                        "Examiner l’arrêt",
                    )],
                    212,
                    31,
                ),
                row(
                    "Tri des signalements de voirie",
                    "Classe les signalements par type pour les adresser au bon service.",
                    "voirie",
                    Standing::Allowed,
                    vec![],
                    1840,
                    3,
                ),
            ],
        }
    }
}
