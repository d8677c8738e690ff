//! Page 5: the agent's list of cases.

use crate::layout::{Audience, Chrome, page};

/// What the agent has to do next on a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Give one's own view first.
    ToJudge,
    /// The proposal is revealed: decide.
    ToDecide,
    /// The citizen asked for a second look.
    Contested,
    /// Decided.
    Decided,
}

impl Stage {
    /// Key of the words of its tag.
    pub fn key(self) -> &'static str {
        match self {
            Stage::ToJudge => "stage-judge",
            Stage::ToDecide => "stage-decide",
            Stage::Contested => "stage-contested",
            Stage::Decided => "stage-decided",
        }
    }

    /// Class of its tag.
    pub fn class(self) -> &'static str {
        match self {
            Stage::ToJudge | Stage::ToDecide => "",
            Stage::Contested => "warn",
            Stage::Decided => "ok",
        }
    }
}

/// One case in the list.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The administration's reference.
    pub reference: String,
    /// What is asked.
    pub subject: String,
    /// Its page.
    pub url: String,
    /// What to do next.
    pub stage: Stage,
    /// The day before which an answer is due, in words.
    pub due: String,
}

/// The agent's desk.
#[derive(Debug, Clone)]
pub struct Desk {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Why the tool is closed to this agent, and what to do; empty when it is open.
    pub closed: String,
    /// The cases, the most urgent first.
    pub cases: Vec<CaseRow>,
}
page!(Desk, "desk.html");

impl Desk {
    /// Four cases.
    pub fn sample() -> Desk {
        let row = |reference: &str, subject: &str, stage, due: &str| CaseRow {
            reference: reference.into(),
            subject: subject.into(),
            url: format!("/desk/cases/{reference}"),
            stage,
            due: due.into(),
        };
        Desk {
            chrome: Chrome::sample(Audience::Agent),
            closed: String::new(),
            cases: vec![
                row("AL-2026-0131", "Demande d’aide au premier loyer", Stage::Contested, "26 novembre 2026"),
                row("AL-2026-0147", "Demande d’aide au dépôt de garantie", Stage::ToJudge, "3 décembre 2026"),
                row("AL-2026-0149", "Demande d’aide aux impayés d’énergie", Stage::ToDecide, "8 décembre 2026"),
                row("AL-2026-0122", "Demande d’aide au déménagement", Stage::Decided, "répondu le 16 novembre 2026"),
            ],
        }
    }
}
