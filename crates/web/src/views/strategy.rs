//! What the administration seeks with AI, in plain words, and what serves it.

use crate::layout::{Audience, Chrome, page};

/// A political text.
#[derive(Debug, Clone)]
pub struct Told {
    /// Key of what it is.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Day of the vote, in words.
    pub adopted: String,
    /// Who voted it, and how; may be empty.
    pub voted: String,
    /// What it says, paragraphs; may be empty.
    pub words: Vec<String>,
    /// Where it is published.
    pub url: String,
}

/// A system that serves an objective.
#[derive(Debug, Clone)]
pub struct Serves {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Its public page.
    pub url: String,
    /// Key of where it is in its life.
    pub stage: &'static str,
}

/// An objective.
#[derive(Debug, Clone)]
pub struct Sought {
    /// What is sought.
    pub title: String,
    /// What serves it.
    pub serve: Vec<Serves>,
}

/// The page.
#[derive(Debug, Clone)]
pub struct StrategyPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Strategy, roadmap, doctrine: those that are published.
    pub texts: Vec<Told>,
    /// The objectives.
    pub sought: Vec<Sought>,
}
page!(StrategyPage, "strategy.html");

impl StrategyPage {
    /// The sample town's.
    pub fn sample() -> StrategyPage {
        let told = |kind, title: &str, words: &[&str]| Told {
            kind,
            title: title.into(),
            version: "2".into(),
            adopted: "12 mars 2026".into(),
            voted: "conseil municipal, 22 pour, 3 contre".into(),
            words: words.iter().map(|line| (*line).into()).collect(),
            url: "https://val-dormes.example/feuille-de-route".into(),
        };
        let serves = Serves {
            name: "Orientation du courrier".into(),
            purpose: "Sert à proposer le service qui traitera une demande.".into(),
            url: "/register/orientation-du-courrier".into(),
            stage: "stage-in-service",
        };
        StrategyPage {
            chrome: Chrome::sample(Audience::Public),
            texts: vec![
                told(
                    "part-strategy",
                    "Stratégie numérique 2026-2029",
                    &[
                        "Nous nous servons d’outils pour répondre plus vite. Une personne décide toujours.",
                        "Vos données restent sur les machines de la commune.",
                    ],
                ),
                told(
                    "part-doctrine",
                    "Ce que nous nous interdisons",
                    &["Aucun outil ne note les habitants. Aucun ne décide seul d’une aide."],
                ),
            ],
            sought: vec![
                Sought { title: "Répondre plus vite sans décider à la place des agents".into(), serve: vec![serves] },
                Sought { title: "Garder le savoir-faire".into(), serve: Vec::new() },
            ],
        }
    }

    /// Before anything is published.
    pub fn sample_none() -> StrategyPage {
        StrategyPage { texts: Vec::new(), sought: Vec::new(), ..StrategyPage::sample() }
    }
}
