//! Page 7: the letter to the citizen, to print. It carries the mention of CRPA R. 311-3-1-1.

use crate::layout::{Audience, Chrome, page};

/// The letter.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Lines of the sender's address.
    pub from: Vec<String>,
    /// Lines of the citizen's address.
    pub to: Vec<String>,
    /// Place and date.
    pub dated: String,
    /// The administration's reference.
    pub reference: String,
    /// What was asked.
    pub subject: String,
    /// The decision, one sentence.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// What the tool did, one or two sentences.
    pub tool_did: String,
    /// Who decided.
    pub decided_by: String,
    /// The short code, grouped for reading aloud.
    pub code: String,
    /// The address to type with the code.
    pub site: String,
    /// The telephone number.
    pub phone: String,
    /// When the telephone is answered.
    pub hours: String,
    /// The day up to which the decision can be contested, in words.
    pub contest_until: String,
}
page!(Letter, "letter.html");

impl Letter {
    /// The letter of the sample case.
    pub fn sample() -> Letter {
        let lines = |all: &[&str]| all.iter().map(|x| (*x).to_string()).collect();
        Letter {
            chrome: Chrome::sample(Audience::Agent),
            from: lines(&["Commune de Val-d’Ormes", "Service logement", "1, place de la République", "00000 Val-d’Ormes"]),
            to: lines(&["Madame Nadia Ferrand", "12, rue des Tilleuls", "00000 Val-d’Ormes"]),
            dated: "Val-d’Ormes, le 24 novembre 2026".into(),
            reference: "AL-2026-0147".into(),
            subject: "Demande d’aide au dépôt de garantie".into(),
            decision: "Votre demande est acceptée : 450 € vous seront versés avant le 8 décembre 2026.".into(),
            reason: "Votre attestation d’employeur montre que vos revenus ont baissé depuis septembre.".into(),
            tool_did: "Un outil d’intelligence artificielle a relu vos pièces et proposé un résumé à l’agent. Il n’a rien décidé."
                .into(),
            decided_by: "Samir Benali, agent du service logement".into(),
            code: "K7QM 2XRD 9T".into(),
            site: "val-dormes.example/d".into(),
            phone: "01 99 00 12 34".into(),
            hours: "du lundi au vendredi, de 9 h à 17 h".into(),
            contest_until: "24 janvier 2027".into(),
        }
    }
}
