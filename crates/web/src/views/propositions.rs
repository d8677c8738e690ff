//! The propositions and the requirements that carry them out, for everybody.

use crate::layout::{Audience, Chrome, page};

/// The page.
#[derive(Debug, Clone)]
pub struct Propositions {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The fifteen, in their order.
    pub propositions: Vec<Proposition>,
}
page!(Propositions, "propositions.html");

/// One proposition.
#[derive(Debug, Clone)]
pub struct Proposition {
    /// Its number.
    pub number: u8,
    /// What it seeks.
    pub title: String,
    /// What carries it out.
    pub requirements: Vec<Carried>,
    /// The test with real calls.
    pub test: String,
}

/// One requirement.
#[derive(Debug, Clone)]
pub struct Carried {
    /// Its identifier, to which one may link.
    pub id: String,
    /// What is said when it is missing.
    pub words: String,
    /// Article of law; empty when the proposition alone asks for it.
    pub law: String,
    /// Whether the administration itself added it.
    pub own: bool,
    /// What must be known of its date; mostly empty.
    pub note: String,
    /// First day of effect.
    pub since: String,
    /// First day without effect; mostly empty.
    pub until: String,
    /// Keys of the gates where it is asked.
    pub gates: Vec<&'static str>,
    /// The test that shows it; empty for the administration's own.
    pub test: String,
}

impl Propositions {
    /// Two propositions, one with a requirement of the administration's own.
    pub fn sample() -> Propositions {
        let carried = |id: &str, words: &str, law: &str, since: &str| Carried {
            id: id.into(),
            words: words.into(),
            law: law.into(),
            own: false,
            note: String::new(),
            since: since.into(),
            until: String::new(),
            gates: vec!["gate-trial", "gate-service", "gate-call"],
            test: format!("proposition_12_{}", id.replace('-', "_")),
        };
        let contract = carried(
            "environment-clause",
            "Le contrat de l’hébergeur n’a pas de condition d’exécution environnementale.",
            "Code de la commande publique, art. L2112-2",
            "22 août 2026",
        );
        let logs = Carried {
            note: "Le règlement l’impose au 2 décembre 2027\u{a0}; demandé avant, car un contrat se négocie à la signature.".into(),
            ..carried(
                "log-access-clause",
                "Le contrat de l’hébergeur ne donne pas accès à ses journaux.",
                "Règlement (UE) 2024/1689, art. 26(6)",
                "3 juillet 2025",
            )
        };
        let own = Carried {
            own: true,
            gates: vec!["gate-call"],
            until: "2 décembre 2027".into(),
            test: String::new(),
            ..carried("local-practice", "Moins d’un dossier sur dix est fait sans le système.", "", "1er janvier 2026")
        };
        let proposition = |number, title: &str, requirements| Proposition {
            number,
            title: title.into(),
            requirements,
            test: format!("proposition_{number:02}_on_a_running_gateway"),
        };
        Propositions {
            chrome: Chrome::sample(Audience::Public),
            propositions: vec![
                proposition(12, "Des clauses environnementales et sociales dans les marchés", vec![contract, logs]),
                proposition(15, "Des savoir-faire humains préservés", vec![own]),
            ],
        }
    }
}
