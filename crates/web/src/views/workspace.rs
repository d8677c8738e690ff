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
    /// Which of the 15 propositions asks for it; 0 when none does.
    pub proposition: usize,
    /// The law that asks for it; empty when only the proposition does.
    pub law: String,
    /// Where to mend it.
    pub fix_url: String,
    /// Key of what to do there, a few words.
    pub fix: &'static str,
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
    /// Key of where it is in its life.
    pub stage: &'static str,
    /// What is missing in its own dossier; the first is the next step.
    pub missing: Vec<Missing>,
    /// Last day of its authorisation, in words; empty when none is in force.
    pub until: String,
    /// Calls that passed this month.
    pub calls: usize,
    /// Calls refused this month.
    pub refusals: usize,
}

/// Calls refused because what they asked for is in no register.
#[derive(Debug, Clone)]
pub struct Undeclared {
    /// The system or the model that was asked for.
    pub what: String,
    /// Key of which of the two it is.
    pub kind: &'static str,
    /// How often in the last thirty days.
    pub times: usize,
    /// Name of the key that called.
    pub key: String,
    /// Its identifier.
    pub key_id: String,
    /// The last time, in words.
    pub last: String,
    /// Where it is declared, with what is known already filled in.
    pub declare_url: String,
}

/// The workspace. POST `/referent/keys/{id}/close` closes the key of an undeclared use. POST `/referent/systems` with `name`, `purpose`, `touches` (`yes`, `no`), `risk` (`low`, `limited`, `high`)
/// registers a system.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// What the administration itself lacks, before any system.
    pub needs: Vec<Missing>,
    /// Every system, those that need work first.
    pub systems: Vec<SystemRow>,
    /// Uses that nobody declared, the last seen first; for the référent alone.
    pub undeclared: Vec<Undeclared>,
    /// Whether the reader may register a system.
    pub may_declare: bool,
}
page!(Workspace, "workspace.html");

const SAMPLE: &str = "/referent/systems/orientation-du-courrier";

fn missing(words: &str, proposition: usize, law: &str, fix_url: &str, fix: &'static str) -> Missing {
    Missing { words: words.into(), proposition, law: law.into(), fix_url: fix_url.into(), fix }
}

pub(crate) fn sample_missing() -> Vec<Missing> {
    vec![
        missing(
            "L’étude d’impact sur les droits n’est pas signée par une autre personne que son auteur, ou n’est plus valable.",
            11,
            "Règlement (UE) 2024/1689, art. 27",
            &format!("{SAMPLE}#study"),
            "fix-study",
        ),
        missing(
            "Aucun agent n’est encore formé à cette version.",
            5,
            "Règlement (UE) 2024/1689, art. 4",
            &format!("{SAMPLE}#training"),
            "fix-training",
        ),
        missing(
            "Aucun mandat en cours n’autorise cette version du système.",
            1,
            "",
            &format!("{SAMPLE}#authorisation"),
            "fix-authorisation",
        ),
    ]
}

impl Workspace {
    /// One system to complete.
    pub fn sample() -> Workspace {
        let row = SystemRow {
            name: "Orientation du courrier".into(),
            purpose: "Sert à proposer le service qui traitera une demande.".into(),
            url: SAMPLE.into(),
            standing: Standing::Refused,
            stage: "stage-under-study",
            missing: sample_missing(),
            until: String::new(),
            calls: 0,
            refusals: 14,
        };
        let undeclared = Undeclared {
            what: "mistral-large".into(),
            kind: "undeclared-model",
            times: 23,
            key: "Logiciel d’accueil".into(),
            key_id: "3f9a0c51d2e4".into(),
            last: "24 novembre 2026 à 10 h 42".into(),
            declare_url: format!("{SAMPLE}/supply#model"),
        };
        Workspace {
            chrome: Chrome::sample(Audience::Referent),
            needs: Vec::new(),
            systems: vec![row],
            undeclared: vec![undeclared],
            may_declare: true,
        }
    }

    /// The first day: nothing is registered yet.
    pub fn sample_first_day() -> Workspace {
        let strategy = "L’administration n’a pas publié de stratégie d’intelligence artificielle.";
        let page = |anchor: &str| format!("/referent/organisation#{anchor}");
        Workspace {
            needs: vec![
                missing("La fiche de l’administration n’est pas remplie.", 0, "", &page("organisation"), "fix-organisation"),
                missing(strategy, 1, "", &page("strategy"), "fix-strategy"),
                missing("Aucun référent de l’intelligence artificielle n’est en poste.", 2, "", &page("referent"), "fix-referent"),
            ],
            systems: Vec::new(),
            undeclared: Vec::new(),
            ..Workspace::sample()
        }
    }
}
