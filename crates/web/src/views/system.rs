//! Page 3: one system for the référent, its whole dossier and the stop order.

use super::workspace::{Missing, Standing, sample_missing};
use crate::layout::{Audience, Chrome, Fact, fact, page};

/// A part of the dossier; its name is the anchor and the last word of its form's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The published political document (proposition 1).
    Strategy,
    /// Who steers AI here (proposition 2).
    Referent,
    /// Who answers for the system, with their acceptance (proposition 2).
    Owner,
    /// The impact study (proposition 11).
    Study,
    /// The training before first use (proposition 5).
    Training,
    /// The contract and its clauses (proposition 12).
    Contract,
    /// The model and who runs it (propositions 8 to 10).
    Model,
    /// The system's own evaluation (proposition 8).
    Evaluation,
    /// The right to run (gate G5).
    Authorisation,
}

impl Part {
    /// Every part, in the order of the work.
    pub const ALL: [Part; 9] = [
        Part::Strategy,
        Part::Referent,
        Part::Owner,
        Part::Study,
        Part::Training,
        Part::Contract,
        Part::Model,
        Part::Evaluation,
        Part::Authorisation,
    ];

    /// Anchor in the page and last segment of the form's address.
    pub fn slug(self) -> &'static str {
        match self {
            Part::Strategy => "strategy",
            Part::Referent => "referent",
            Part::Owner => "owner",
            Part::Study => "study",
            Part::Training => "training",
            Part::Contract => "contract",
            Part::Model => "model",
            Part::Evaluation => "evaluation",
            Part::Authorisation => "authorisation",
        }
    }

    /// Key of its title.
    pub fn key(self) -> &'static str {
        match self {
            Part::Strategy => "part-strategy",
            Part::Referent => "part-referent",
            Part::Owner => "part-owner",
            Part::Study => "part-study",
            Part::Training => "part-training",
            Part::Contract => "part-contract",
            Part::Model => "part-model",
            Part::Evaluation => "part-evaluation",
            Part::Authorisation => "part-authorisation",
        }
    }

    /// Key of the sentence that says why it is asked.
    pub fn why(self) -> &'static str {
        match self {
            Part::Strategy => "why-strategy",
            Part::Referent => "why-referent",
            Part::Owner => "why-owner",
            Part::Study => "why-study",
            Part::Training => "why-training",
            Part::Contract => "why-contract",
            Part::Model => "why-model",
            Part::Evaluation => "why-evaluation",
            Part::Authorisation => "why-authorisation",
        }
    }
}

/// Whether a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It holds now.
    Held,
    /// It was begun.
    Begun,
    /// Nothing yet, or no longer valid.
    Absent,
}

impl State {
    /// Key of the words of its tag.
    pub fn key(self) -> &'static str {
        match self {
            State::Held => "state-held",
            State::Begun => "state-begun",
            State::Absent => "state-absent",
        }
    }

    /// Class of its tag.
    pub fn class(self) -> &'static str {
        match self {
            State::Held => "ok",
            State::Begun => "warn",
            State::Absent => "stop",
        }
    }
}

/// One part of the dossier with what is known of it.
#[derive(Debug, Clone)]
pub struct Section {
    /// Which part.
    pub part: Part,
    /// Whether it holds.
    pub state: State,
    /// What is recorded.
    pub facts: Vec<Fact>,
}

/// A clause of the contract. Verified with POST `…/clause`, `clause` = `id`, `evidence`.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Identifier in the form.
    pub id: String,
    /// What the supplier is held to.
    pub words: String,
    /// Where it is in the contract; empty while nobody has checked.
    pub evidence: String,
}

/// The page. Each form is POST `{url}/{slug of the part}`; the stop is POST `{url}/stop` with
/// `reason`, its lifting POST `{url}/resume` with `reason`.
#[derive(Debug, Clone)]
pub struct SystemPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Version in words.
    pub version: String,
    /// Address of this page, prefix of the forms.
    pub url: String,
    /// Address of its training.
    pub training_url: String,
    /// Where it stands.
    pub standing: Standing,
    /// What is missing.
    pub missing: Vec<Missing>,
    /// The dossier.
    pub sections: Vec<Section>,
    /// Clauses of the contract.
    pub clauses: Vec<Clause>,
    /// Whether the person reading is the owner, who alone may accept.
    pub may_accept: bool,
}
page!(SystemPage, "system.html");

impl SystemPage {
    /// A dossier half done.
    pub fn sample() -> SystemPage {
        let section = |part, state, facts| Section { part, state, facts };
        let clause =
            |id: &str, words: &str, evidence: &str| Clause { id: id.into(), words: words.into(), evidence: evidence.into() };
        SystemPage {
            chrome: Chrome::sample(Audience::Referent),
            name: "Aide au logement".into(),
            purpose: "Résume les demandes d’aide au logement pour l’agent qui les instruit.".into(),
            version: "1.2".into(),
            url: "/referent/systems/aide-logement".into(),
            training_url: "/training/aide-logement".into(),
            standing: Standing::Refused,
            missing: sample_missing(),
            sections: vec![
                section(
                    Part::Strategy,
                    State::Held,
                    vec![
                        fact("fact-title", "Feuille de route numérique 2026-2029"),
                        fact("fact-adopted", "délibération du 12 mars 2026"),
                        fact("fact-objective", "Répondre plus vite sans décider à la place des agents"),
                    ],
                ),
                section(
                    Part::Referent,
                    State::Held,
                    vec![fact("fact-person", "Claire Vasseur, direction des services numériques")],
                ),
                section(
                    Part::Owner,
                    State::Held,
                    vec![
                        fact("fact-person", "Julien Morel, chef du service logement"),
                        fact("fact-accepted", "le 2 novembre 2026"),
                    ],
                ),
                section(
                    Part::Study,
                    State::Begun,
                    vec![
                        fact("fact-author", "Claire Vasseur"),
                        fact("fact-signed", "pas encore signée"),
                        fact("fact-until", "2 novembre 2027"),
                    ],
                ),
                section(Part::Training, State::Absent, vec![fact("fact-certified", "aucun agent sur 3")]),
                section(
                    Part::Contract,
                    State::Begun,
                    vec![
                        fact("fact-supplier", "Coopérative Numérique du Centre"),
                        fact("fact-reference", "2026-MP-018"),
                        fact("fact-until", "30 juin 2028"),
                    ],
                ),
                section(
                    Part::Model,
                    State::Held,
                    vec![
                        fact("fact-model", "Qwen2.5-Coder 1.5B, poids ouverts, Apache 2.0"),
                        fact("fact-host", "la commune elle-même, à Val-d’Ormes"),
                    ],
                ),
                section(Part::Evaluation, State::Held, vec![fact("fact-result", "19 réponses justes sur 20, pour un seuil de 18")]),
                section(Part::Authorisation, State::Absent, vec![]),
            ],
            clauses: vec![
                clause("no-training", "Aucun entraînement sur les données confiées", ""),
                clause("location", "Données traitées dans l’Union européenne", "CCAP, article 7.2"),
                clause("exit", "Réversibilité et effacement en fin de marché", "CCAP, article 21"),
            ],
            may_accept: false,
        }
    }
}
