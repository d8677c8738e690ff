//! Page 13: one page to print before the council.

use crate::layout::{Audience, Chrome, Fact, fact, page};

/// One line of the table of systems.
#[derive(Debug, Clone)]
pub struct CouncilRow {
    /// Name.
    pub name: String,
    /// Calls.
    pub calls: usize,
    /// Refusals.
    pub refusals: usize,
    /// Decisions touched.
    pub decisions: usize,
    /// Energy, with its unit.
    pub energy: String,
}

/// The page.
#[derive(Debug, Clone)]
pub struct Council {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The period, in words.
    pub period: String,
    /// The figures that matter, each with its label.
    pub figures: Vec<Fact>,
    /// One line a system.
    pub systems: Vec<CouncilRow>,
    /// What the council may want to ask about, sentences.
    pub points: Vec<String>,
    /// How the figures are checked, one sentence.
    pub checked: String,
}
page!(Council, "council.html");

impl Council {
    /// A quarter.
    pub fn sample() -> Council {
        let row = |name: &str, calls, refusals, decisions, energy: &str| CouncilRow {
            name: name.into(),
            calls,
            refusals,
            decisions,
            energy: energy.into(),
        };
        Council {
            chrome: Chrome::sample(Audience::Elected),
            period: "1er septembre au 24 novembre 2026".into(),
            figures: vec![
                fact("figure-decisions", "253"),
                fact("figure-departed", "38 sur 253"),
                fact("figure-contests", "9"),
                fact("figure-late", "1"),
                fact("figure-trained", "11 sur 14"),
                fact("figure-energy", "0,4 à 0,9 kWh"),
                fact("figure-cost", "310 €"),
                fact("figure-suppliers", "1"),
            ],
            systems: vec![
                row("Aide au logement", 41, 14, 41, "0,01 kWh"),
                row("Réponses aux courriels", 212, 31, 212, "0,1 kWh"),
                row("Tri des signalements", 1840, 3, 0, "0,5 kWh"),
            ],
            points: vec![
                "« Réponses aux courriels » est arrêté depuis le 17 novembre : le motif reste à examiner.".into(),
                "Une contestation a reçu sa réponse avec quatre jours de retard.".into(),
            ],
            checked: "Chiffres recalculés par l’observatoire le 24 novembre 2026 à 8 h 00, sans écart.".into(),
        }
    }
}
