//! Page 5: the agent's list of cases.

use crate::layout::{Audience, Chrome, page};

/// What the agent has to do next on a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The citizen asked for a second look, and this agent gives it.
    Contested,
    /// The citizen asked for a second look, and nobody gives it yet.
    ToTake,
    /// The citizen asked for a second look, nobody gives it, and this agent may not.
    Nobody,
    /// The citizen has still to be told of a use.
    ToTell,
    /// The citizen waits for a call.
    CallBack,
    /// Give one's own view first.
    ToJudge,
    /// Everything is seen: decide.
    ToDecide,
    /// Decided.
    Decided,
}

impl Stage {
    /// Key of the words of its tag.
    pub fn key(self) -> &'static str {
        match self {
            Stage::Contested => "stage-contested",
            Stage::ToTake => "stage-take",
            Stage::Nobody => "stage-nobody",
            Stage::ToTell => "stage-tell",
            Stage::CallBack => "stage-call-back",
            Stage::ToJudge => "stage-judge",
            Stage::ToDecide => "stage-decide",
            Stage::Decided => "stage-decided",
        }
    }

    /// Class of its tag.
    pub fn class(self) -> &'static str {
        match self {
            Stage::ToJudge | Stage::ToDecide => "",
            Stage::Contested | Stage::ToTake | Stage::Nobody | Stage::ToTell | Stage::CallBack => "warn",
            Stage::Decided => "ok",
        }
    }
}

/// One case in the list.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The administration's reference.
    pub reference: String,
    /// What is asked, in one line.
    pub title: String,
    /// Its page.
    pub url: String,
    /// What to do next.
    pub stage: Stage,
    /// The date that counts, in words.
    pub when: String,
    /// Whether it is past.
    pub late: bool,
}

/// A tool that this agent may not use now.
#[derive(Debug, Clone)]
pub struct Closed {
    /// Its name.
    pub tool: String,
    /// Why, sentences.
    pub reasons: Vec<String>,
    /// The training that would open it; empty when training is not what is missing.
    pub training_url: String,
}

/// The agent's desk. GET `/desk/find` with `find`: a reference or the code of a letter.
#[derive(Debug, Clone)]
pub struct Desk {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Tools closed to this agent.
    pub closed: Vec<Closed>,
    /// The cases, the most urgent first.
    pub cases: Vec<CaseRow>,
    /// How many more wait than are shown.
    pub more: usize,
}
page!(Desk, "desk.html");

impl Desk {
    /// Six cases.
    pub fn sample() -> Desk {
        let row = |reference: &str, title: &str, stage, when: &str| CaseRow {
            reference: reference.into(),
            title: title.into(),
            url: format!("/desk/cases/{reference}"),
            stage,
            when: when.into(),
            late: false,
        };
        let mut cases = vec![
            row(
                "CO-2026-0122",
                "Ma demande de place en crèche est partie à l’état civil",
                Stage::Contested,
                "Réponse due le 26 novembre 2026",
            ),
            row("CO-2026-0119", "Arbre tombé rue du Moulin", Stage::ToTell, "Outil utilisé le 23 novembre 2026"),
            row("CO-2026-0131", "Lampadaire éteint rue des Tilleuls", Stage::CallBack, "Demandé le 24 novembre 2026"),
            row("CO-2026-0147", "Le trottoir devant l’école Jean-Macé est effondré", Stage::ToJudge, "Reçu le 23 novembre 2026"),
            row("CO-2026-0149", "Puis-je fermer ma véranda sans permis ?", Stage::ToDecide, "Reçu le 24 novembre 2026"),
            row("CO-2026-0118", "Copie de mon acte de naissance", Stage::Decided, "Décidé le 20 novembre 2026"),
        ];
        cases[0].late = true;
        Desk { chrome: Chrome::sample(Audience::Agent), closed: Vec::new(), cases, more: 0 }
    }

    /// An agent who has not been trained yet.
    pub fn sample_closed() -> Desk {
        let closed = Closed {
            tool: "Orientation du courrier".into(),
            reasons: vec!["L’agent n’a pas d’attestation de formation en cours de validité pour cette version du système.".into()],
            training_url: "/training/orientation-du-courrier".into(),
        };
        Desk { closed: vec![closed], cases: Vec::new(), ..Desk::sample() }
    }
}
