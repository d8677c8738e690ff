//! Page 14: what the observatory checked.

use crate::layout::{Audience, Chrome, page};

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It held.
    Held,
    /// It did not: the public must know.
    Broken,
    /// Nothing was heard: a silence is shown as a silence.
    Silent,
}

impl Outcome {
    /// Key of the words of its tag.
    pub fn key(self) -> &'static str {
        match self {
            Outcome::Held => "outcome-held",
            Outcome::Broken => "outcome-broken",
            Outcome::Silent => "outcome-silent",
        }
    }

    /// Class of its tag.
    pub fn class(self) -> &'static str {
        match self {
            Outcome::Held => "ok",
            Outcome::Broken => "stop",
            Outcome::Silent => "warn",
        }
    }
}

/// One check of one log.
#[derive(Debug, Clone)]
pub struct Check {
    /// Which administration's log.
    pub log: String,
    /// What was checked, one sentence.
    pub what: String,
    /// When, in words.
    pub when: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What was found, one sentence.
    pub finding: String,
}

/// The page.
#[derive(Debug, Clone)]
pub struct Observatory {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Logs followed.
    pub logs: usize,
    /// Entries verified, all logs together.
    pub entries: usize,
    /// The checks, the worst first.
    pub checks: Vec<Check>,
    /// The observatory's verifier key (C2SP signed-note).
    pub vkey: String,
    /// Address of the open data.
    pub data_url: String,
}
page!(Observatory, "observatory.html");

impl Observatory {
    /// One of each outcome.
    pub fn sample() -> Observatory {
        let check = |log: &str, what: &str, when: &str, outcome, finding: &str| Check {
            log: log.into(),
            what: what.into(),
            when: when.into(),
            outcome,
            finding: finding.into(),
        };
        Observatory {
            chrome: Chrome::new("Observatoire des algorithmes publics", Audience::Observatory, ""),
            logs: 2,
            entries: 4182,
            checks: vec![
                check(
                    "Commune de Rive-Haute",
                    "Nouvelles du journal",
                    "24 novembre 2026, 8 h 00",
                    Outcome::Silent,
                    "Aucun point de contrôle depuis le 20 novembre.",
                ),
                check(
                    "Commune de Val-d’Ormes",
                    "Aucune inscription retirée ni changée",
                    "24 novembre 2026, 8 h 00",
                    Outcome::Held,
                    "3 907 inscriptions, la suite prolonge la précédente.",
                ),
                check(
                    "Commune de Val-d’Ormes",
                    "Totaux publiés égaux aux inscriptions",
                    "24 novembre 2026, 8 h 00",
                    Outcome::Held,
                    "Quatre totaux recalculés, aucun écart.",
                ),
            ],
            vkey: "observatoire.example+3f6a91c2+BKqk0Yy0bM6yY8tP3b1XhVg0d5o3r9WcFQe7yq0Zb1aU".into(),
            data_url: "/observatory.json".into(),
        }
    }
}
