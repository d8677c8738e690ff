//! Page 13: one page to print before the council.

use crate::layout::{Audience, Chrome, Figure, figure, page};

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
    pub figures: Vec<Figure>,
    /// One line a system.
    pub systems: Vec<CouncilRow>,
    /// What the council may want to ask about, sentences.
    pub points: Vec<String>,
    /// Hosts outside the administration on which the systems depend.
    pub suppliers: Vec<String>,
    /// How the figures are checked, sentences.
    pub checked: Vec<String>,
    /// The observatory that follows the log; empty when there is none.
    pub observatory: String,
}
page!(Council, "council.html");

impl Council {
    /// A quarter.
    pub fn sample() -> Council {
        Council {
            chrome: Chrome::sample(Audience::Elected),
            period: "Du 27 août au 24 novembre 2026".into(),
            figures: vec![
                figure("figure-decisions", 212, "212".into()),
                figure("figure-departed", 38, "38 sur 212".into()),
                figure("figure-contests", 9, "9".into()),
                figure("figure-late", 1, "1".into()),
                figure("figure-trained", 11, "11 sur 14".into()),
                figure("figure-energy", 2, "entre 21 et 63\u{a0}Wh".into()),
            ],
            systems: vec![CouncilRow {
                name: "Orientation du courrier".into(),
                calls: 231,
                refusals: 14,
                decisions: 212,
                energy: "entre 21 et 63\u{a0}Wh".into(),
            }],
            points: vec![
                "« Orientation du courrier » : le mandat prend fin le 12 janvier 2027.".into(),
                "Une contestation a reçu sa réponse hors délai, ou l’attend encore.".into(),
            ],
            suppliers: vec!["Coopérative numérique du Centre (FR)".into()],
            checked: vec![
                "Les appels, les refus et l’énergie sont comptés dans le journal public, qui porte 1\u{a0}204 inscriptions.".into(),
                "Les décisions et les contestations sont comptées dans les dossiers, que seule l’administration peut lire.".into(),
            ],
            observatory: "https://observatoire.example".into(),
        }
    }
}
