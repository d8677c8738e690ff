//! Page 6: one case. The agent's own view comes before the tool's proposal.

use crate::layout::{Audience, Chrome, Fact, fact, page};

/// What the agent thought before seeing the proposal.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The outcome they had in mind.
    pub outcome: String,
    /// Why, in their words.
    pub reason: String,
    /// When it was sealed, in words.
    pub sealed: String,
}

/// What the tool proposed, shown only once the judgement is sealed.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The text.
    pub text: String,
    /// The model, in words.
    pub model: String,
    /// From which documents of the case.
    pub sources: Vec<String>,
}

/// What was decided.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The outcome.
    pub outcome: String,
    /// Why.
    pub reason: String,
    /// By whom and when, in words.
    pub by: String,
    /// Whether it departs from the proposal.
    pub departs: bool,
    /// Address of the letter to print.
    pub letter_url: String,
    /// Address of the letter as a PDF.
    pub pdf_url: String,
}

/// Where the case stands; each state holds only what may be seen then.
#[derive(Debug, Clone)]
pub enum Step {
    /// The proposal exists and stays hidden. POST `{url}/judgement` with `outcome`, `reason`.
    Blind,
    /// Both are shown. POST `{url}/decision` with `outcome`, `reason`.
    Revealed(Judgement, Proposal),
    /// It is over, until a contestation.
    Decided(Judgement, Proposal, Decided),
}

/// The page.
#[derive(Debug, Clone)]
pub struct CasePage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The administration's reference.
    pub reference: String,
    /// What is asked.
    pub subject: String,
    /// Address of this page, prefix of its forms.
    pub url: String,
    /// What is known of the case.
    pub facts: Vec<Fact>,
    /// The outcomes that the agent may choose: value sent, words shown.
    pub outcomes: Vec<(String, String)>,
    /// The citizen's words when this is a second look; empty otherwise.
    pub contested: String,
    /// Where it stands.
    pub step: Step,
}
page!(CasePage, "case.html");

impl CasePage {
    /// Before the reveal.
    pub fn sample() -> CasePage {
        let outcome = |value: &str, words: &str| (value.into(), words.into());
        CasePage {
            chrome: Chrome::sample(Audience::Agent),
            reference: "AL-2026-0147".into(),
            subject: "Demande d’aide au dépôt de garantie".into(),
            url: "/desk/cases/AL-2026-0147".into(),
            facts: vec![
                fact("case-received", "18 novembre 2026"),
                fact("case-asked", "450 € pour un dépôt de garantie, logement de 42 m²"),
                fact("case-documents", "bail signé, avis d’imposition 2025, attestation d’employeur"),
            ],
            outcomes: vec![
                outcome("grant", "Accorder"),
                outcome("partial", "Accorder en partie"),
                outcome("refuse", "Refuser"),
                outcome("ask", "Demander une pièce"),
            ],
            contested: String::new(),
            step: Step::Blind,
        }
    }

    /// After the reveal.
    pub fn sample_revealed() -> CasePage {
        let (judgement, proposal) = sample_pair();
        CasePage { step: Step::Revealed(judgement, proposal), ..CasePage::sample() }
    }

    /// After the decision.
    pub fn sample_decided() -> CasePage {
        let (judgement, proposal) = sample_pair();
        let decided = Decided {
            outcome: "Accorder".into(),
            reason:
                "L’attestation d’employeur établit la baisse de revenus depuis septembre, que l’avis d’imposition ne montre pas."
                    .into(),
            by: "Samir Benali, le 24 novembre 2026 à 10 h 42".into(),
            departs: true,
            letter_url: "/desk/cases/AL-2026-0147/letter".into(),
            pdf_url: "/desk/cases/AL-2026-0147/letter.pdf".into(),
        };
        CasePage { step: Step::Decided(judgement, proposal, decided), ..CasePage::sample() }
    }
}

fn sample_pair() -> (Judgement, Proposal) {
    let judgement = Judgement {
        outcome: "Accorder".into(),
        reason: "Revenus sous le plafond d’après l’attestation récente.".into(),
        sealed: "24 novembre 2026 à 10 h 31".into(),
    };
    let proposal = Proposal {
        text: "Le revenu fiscal de référence dépasse le plafond de 180 €. La demande paraît à refuser, sauf changement récent de situation.".into(),
        model: "Qwen2.5-Coder 1.5B, sur le serveur de la commune".into(),
        sources: vec!["avis d’imposition 2025".into(), "bail signé".into()],
    };
    (judgement, proposal)
}
