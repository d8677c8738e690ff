//! The propositions, the requirements that carry them out, where each is asked, and the test that shows it.

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Asked, Requirement, Rules};

/// One of the propositions of "Le service public à l'épreuve de l'intelligence artificielle" (2025), in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposition {
    /// Its number, from 1 to 15.
    pub number: u8,
    /// In French.
    pub fr: &'static str,
    /// In English.
    pub en: &'static str,
}

/// The fifteen, in their order. The wording is ours; that of 12 to 15 is rebuilt from what was published about them.
pub const PROPOSITIONS: [Proposition; 15] = [
    told(1, "Des stratégies politiques et des doctrines claires", "Clear political strategies and doctrines"),
    told(2, "Des entités référentes qui pilotent", "Named bodies that steer"),
    told(3, "Une recherche publique pour l’intérêt général", "Public research for the general interest"),
    told(4, "Des outils qui n’excluent personne", "Tools that exclude nobody"),
    told(5, "Des agents et des élus formés avant d’utiliser", "Agents and elected officials trained before use"),
    told(6, "Une supervision humaine effective", "Effective human oversight"),
    told(7, "Des citoyens informés de chaque usage", "Citizens told of every use"),
    told(8, "Des modèles frugaux et petits", "Frugal, small models"),
    told(9, "Des modèles souverains et ouverts", "Sovereign, open models"),
    told(10, "Des données publiques strictement protégées", "Public data strictly protected"),
    told(11, "Des études d’impact avant tout déploiement", "Impact studies before any deployment"),
    told(12, "Des clauses environnementales et sociales dans les marchés", "Environmental and social clauses in contracts"),
    told(13, "Un observatoire public indépendant", "An independent public observatory"),
    told(14, "Une participation durable des citoyens", "Lasting participation of citizens"),
    told(15, "Des savoir-faire humains préservés", "Human know-how preserved"),
];

const fn told(number: u8, fr: &'static str, en: &'static str) -> Proposition {
    Proposition { number, fr, en }
}

/// The name of the test that takes away what the requirement asks for, sees a refusal, and gives it back.
pub fn test_name(requirement: &Requirement) -> String {
    let number: u8 = requirement.proposition.parse().unwrap_or_default();
    format!("proposition_{number:02}_{}", requirement.id.replace('-', "_"))
}

impl Proposition {
    /// The name of the test that does it with real calls, on a running gateway.
    pub fn call_test_name(&self) -> String {
        format!("proposition_{:02}_on_a_running_gateway", self.number)
    }
}

impl Rules {
    /// The requirements that carry out a proposition, in the order of their identifiers.
    pub fn carrying_out(&self, proposition: &Proposition) -> Vec<Arc<Requirement>> {
        self.requirements().filter(|known| known.proposition.parse() == Ok(proposition.number)).collect()
    }

    /// The matrix as Markdown.
    pub fn matrix(&self) -> String {
        let mut text = String::from(HEAD);
        for proposition in &PROPOSITIONS {
            let test = proposition.call_test_name();
            // Writing to a string cannot fail.
            let _ = write!(text, "\n## {}. {}\n\nWith real calls: `{test}`.\n\n{COLUMNS}", proposition.number, proposition.en);
            for requirement in self.carrying_out(proposition) {
                text.push_str(&row(&requirement));
            }
        }
        text
    }
}

const HEAD: &str = "# The propositions, and what carries them out

Written by `gouvernail rules matrix` from the packs in `rules/`; a test fails when it is stale. The same table, in French and in English, is a public page of every Gouvernail: `/propositions`.

A requirement is one Cedar policy. While it is not met, what it is asked of is refused: the *trial* (a bounded authorisation), the *service* (an authorisation), or each *call*. It is asked of the systems that its condition names, and its test takes away what it asks for, sees the refusal, and gives it back (`crates/register/tests`); the tests with real calls do it on a running gateway (`crates/gateway/tests`). Where a proposition is also carried out by something that is not a condition of running (the case desk, the letter, the exports, the observatory), [ARCHITECTURE.md](../ARCHITECTURE.md) says where.
";

const COLUMNS: &str =
    "| Requirement | What is said when it is missing | Source | Since | Asked before | Test |\n|---|---|---|---|---|---|\n";

fn row(requirement: &Requirement) -> String {
    let source = if requirement.law.is_empty() { "The proposition" } else { &requirement.law };
    let note = if requirement.note_en.is_empty() { String::new() } else { format!(" *{}*", requirement.note_en) };
    let until = requirement.until.map(|day| format!(" until {day}")).unwrap_or_default();
    let (id, said, since, gates) = (&requirement.id, &requirement.en, requirement.since, requirement.asked.in_words());
    format!("| `{id}` | {said} | {source}.{note} | {since}{until} | {gates} | `{}` |\n", test_name(requirement))
}

impl Asked {
    /// The gates, in English words.
    pub fn in_words(self) -> String {
        let gates = [(self.to_try, "trial"), (self.to_authorise, "service"), (self.to_call, "call")];
        gates.into_iter().filter(|(asked, _)| *asked).map(|(_, name)| name).collect::<Vec<_>>().join(", ")
    }
}
