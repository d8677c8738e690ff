//! On whom the systems depend: one page that an elected official can read aloud.

use crate::layout::{Audience, Chrome, page};

/// A supplier.
#[derive(Debug, Clone)]
pub struct SupplierRow {
    /// Its name; the administration's own when it runs the model itself.
    pub name: String,
    /// Where the machines are, whose law binds it, its qualifications.
    pub place: String,
    /// Systems whose version in force it serves.
    pub systems: Vec<String>,
    /// Calls of the last twelve months.
    pub calls: String,
    /// Their share, in words.
    pub share: String,
}

/// What becomes of a system the day its supplier stops.
#[derive(Debug, Clone)]
pub struct IfItStops {
    /// The system.
    pub name: String,
    /// Who serves it.
    pub supplier: String,
    /// How the service goes on; empty when nothing is written.
    pub continuity: String,
    /// The last day worked without it, in words.
    pub drill: String,
}

/// The page.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Calls of the last twelve months.
    pub calls: usize,
    /// Share of the largest supplier outside the administration; empty without calls.
    pub largest: String,
    /// Its name; empty when there is none.
    pub largest_name: String,
    /// Share of the calls that left the law of the Union; empty without calls.
    pub outside: String,
    /// The suppliers, the largest first.
    pub suppliers: Vec<SupplierRow>,
    /// Share of each country: name or code, share, in words.
    pub countries: Vec<(String, String)>,
    /// Every system that runs.
    pub stops: Vec<IfItStops>,
}
page!(Dependency, "dependency.html");

impl Dependency {
    /// Two suppliers, one of them the town itself.
    pub fn sample() -> Dependency {
        let row = |name: &str, place: &str, system: &str, calls: &str, share: &str| SupplierRow {
            name: name.into(),
            place: place.into(),
            systems: vec![system.into()],
            calls: calls.into(),
            share: share.into(),
        };
        Dependency {
            chrome: Chrome::sample(Audience::Elected),
            calls: 1204,
            largest: "30\u{a0}%".into(),
            largest_name: "Coopérative numérique du Centre".into(),
            outside: "0\u{a0}%".into(),
            suppliers: vec![
                row("Nous-mêmes", "Machines\u{a0}: FR", "Orientation du courrier", "843", "70\u{a0}%"),
                row(
                    "Coopérative numérique du Centre",
                    "Machines\u{a0}: FR. Droit\u{a0}: FR. SecNumCloud",
                    "Résumé des conseils",
                    "361",
                    "30\u{a0}%",
                ),
            ],
            countries: vec![("FR".into(), "100\u{a0}%".into())],
            stops: vec![
                IfItStops {
                    name: "Orientation du courrier".into(),
                    supplier: "Nous-mêmes".into(),
                    continuity: "L’accueil oriente à la main, comme un jour sur cinq.".into(),
                    drill: "12 octobre 2026".into(),
                },
                IfItStops {
                    name: "Résumé des conseils".into(),
                    supplier: "Coopérative numérique du Centre".into(),
                    continuity: String::new(),
                    drill: "jamais".into(),
                },
            ],
        }
    }
}
