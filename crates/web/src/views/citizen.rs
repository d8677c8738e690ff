//! Pages 8 to 10: the code, the case behind it, the contestation received.

use crate::layout::{Audience, Chrome, Fact, FieldError, fact, page};

/// Enter the code of the letter. POST `/d` with `code`.
#[derive(Debug, Clone)]
pub struct EnterCode {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// What was typed before, if it was not known.
    pub code: String,
    /// The telephone number for those who would rather call.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
}
page!(EnterCode, "enter-code.html");

/// The citizen's case. POST `{url}/contest` with `words`, `reach`; POST `{url}/human` with
/// `reach` (a telephone number or an address).
#[derive(Debug, Clone)]
pub struct CitizenCase {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Address of this page, prefix of its forms.
    pub url: String,
    /// The administration's reference.
    pub reference: String,
    /// What was asked.
    pub subject: String,
    /// The decision; empty while there is none.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// Who decided, and when, in words.
    pub decided_by: String,
    /// What the tool did.
    pub did: Vec<String>,
    /// What it did not do.
    pub did_not: Vec<String>,
    /// Which data it used, and where they come from.
    pub data: Vec<Fact>,
    /// The energy of it, in words and by comparison.
    pub footprint: String,
    /// What happened: when, what.
    pub history: Vec<(String, String)>,
    /// Where the receipt is downloaded.
    pub receipt_url: String,
    /// The day up to which one can contest, in words.
    pub contest_until: String,
    /// A person's telephone number.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
}
page!(CitizenCase, "citizen-case.html");

/// A contestation has been received.
#[derive(Debug, Clone)]
pub struct Received {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Its number.
    pub number: String,
    /// When, in words.
    pub received: String,
    /// When an answer is due, in words.
    pub due: String,
    /// Back to the case.
    pub case_url: String,
    /// Where the receipt is downloaded.
    pub receipt_url: String,
    /// A person's telephone number.
    pub phone: String,
}
page!(Received, "received.html");

const PHONE: &str = "01 99 00 12 34";
const HOURS: &str = "du lundi au vendredi, de 9 h à 17 h";

impl EnterCode {
    /// An empty form.
    pub fn sample() -> EnterCode {
        EnterCode { chrome: Chrome::sample(Audience::Public), code: String::new(), phone: PHONE.into(), hours: HOURS.into() }
    }

    /// A code that nobody knows.
    pub fn sample_unknown() -> EnterCode {
        let mut page = EnterCode { code: "K7QM 2XRD 90".into(), ..EnterCode::sample() };
        page.chrome.errors.push(FieldError {
            field: "code".into(),
            message: "Ce code ne correspond à aucun courrier. Comparez chaque caractère avec celui du courrier, ou appelez-nous."
                .into(),
        });
        page
    }
}

impl CitizenCase {
    /// The sample case, decided.
    pub fn sample() -> CitizenCase {
        let lines = |all: &[&str]| all.iter().map(|x| (*x).to_string()).collect();
        let event = |when: &str, what: &str| (when.to_string(), what.to_string());
        CitizenCase {
            chrome: Chrome::sample(Audience::Public),
            url: "/d/K7QM2XRD9T".into(),
            reference: "AL-2026-0147".into(),
            subject: "Demande d’aide au dépôt de garantie".into(),
            decision: "Votre demande est acceptée : 450 € vous seront versés avant le 8 décembre 2026.".into(),
            reason: "Votre attestation d’employeur montre que vos revenus ont baissé depuis septembre.".into(),
            decided_by: "Samir Benali, agent du service logement, le 24 novembre 2026".into(),
            did: lines(&["Il a relu vos trois pièces.", "Il en a proposé un résumé à l’agent, qui avait déjà donné son avis."]),
            did_not: lines(&[
                "Il n’a pas décidé.",
                "Il n’a pas vu votre nom, votre adresse ni votre numéro de téléphone : ils ont été masqués.",
                "Il n’a rien appris de votre dossier.",
            ]),
            data: vec![
                fact("data-income", "votre avis d’imposition 2025"),
                fact("data-housing", "votre bail"),
                fact("data-work", "votre attestation d’employeur"),
            ],
            footprint: "environ 0,2 wattheure : une ampoule LED allumée pendant une à deux minutes.".into(),
            history: vec![
                event("18 novembre 2026", "Votre demande est arrivée."),
                event("24 novembre 2026, 10 h 31", "L’agent a donné son avis, avant de voir la proposition de l’outil."),
                event("24 novembre 2026, 10 h 42", "L’agent a décidé. Il s’est écarté de la proposition."),
            ],
            receipt_url: "/d/K7QM2XRD9T/receipt.tlog-proof".into(),
            contest_until: "24 janvier 2027".into(),
            phone: PHONE.into(),
            hours: HOURS.into(),
        }
    }
}

impl Received {
    /// The sample case, contested.
    pub fn sample() -> Received {
        Received {
            chrome: Chrome::sample(Audience::Public),
            number: "C-2026-0009".into(),
            received: "25 novembre 2026 à 20 h 14".into(),
            due: "25 janvier 2027".into(),
            case_url: "/d/K7QM2XRD9T".into(),
            receipt_url: "/d/K7QM2XRD9T/contest.tlog-proof".into(),
            phone: PHONE.into(),
        }
    }
}
