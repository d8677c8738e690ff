//! Pages 11 and 12: the public register, and one system in it.

use super::record::ToldRecord;
use super::workspace::Standing;
use crate::i18n::{Lang, Locale};
use crate::layout::{Audience, Choice, Chrome, Fact, fact, page};

/// One system in the public list.
#[derive(Debug, Clone)]
pub struct PublicRow {
    /// Name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Its public page.
    pub url: String,
    /// Where it stands.
    pub standing: Standing,
    /// How often it worked in a file this year.
    pub touched: usize,
}

/// The public register.
#[derive(Debug, Clone)]
pub struct Register {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Every system, also the refused and the retired; those that were looked for, when some were.
    pub systems: Vec<PublicRow>,
    /// What is looked for; empty when the whole is read.
    pub sought: String,
    /// Address of the open data.
    pub data_url: String,
    /// The same in the formats of other registers: address and name.
    pub exports: Vec<Choice>,
}
page!(Register, "register.html");

/// What the public says of a system, and how to say more.
#[derive(Debug, Clone, Default)]
pub struct Voice {
    /// What the last consultation asks; empty when there was none.
    pub question: String,
    /// Its page; empty when there was none.
    pub consultation_url: String,
    /// Where a problem is reported.
    pub report_url: String,
    /// How many problems were reported, and how many wait, in words; empty when there was none.
    pub figures: String,
    /// Those that are published: day, problem, answer.
    pub reports: Vec<(String, String, String)>,
}

/// One system, for everybody.
#[derive(Debug, Clone)]
pub struct PublicSystem {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Name.
    pub name: String,
    /// What it is for, a sentence.
    pub purpose: String,
    /// Where it stands.
    pub standing: Standing,
    /// Why it was stopped; empty when it is not.
    pub stopped: String,
    /// What it does in a file.
    pub does: Vec<String>,
    /// What it does not do.
    pub does_not: Vec<String>,
    /// Which data it reads: what, and where they come from.
    pub data: Vec<(String, String)>,
    /// Owner, who decides, model, host, study, authorisation …
    pub facts: Vec<Fact>,
    /// What its record says.
    pub record: ToldRecord,
    /// What happened to it, the latest first: when, what.
    pub history: Vec<(String, String)>,
    /// What the public says of it.
    pub voice: Voice,
    /// Address of the open data.
    pub data_url: String,
    /// The telephone number for a problem with it.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
    /// Where to write.
    pub post: String,
}
page!(PublicSystem, "public-system.html");

impl Register {
    /// The demonstration's system.
    pub fn sample() -> Register {
        let row = PublicRow {
            name: "Orientation du courrier".into(),
            purpose: "Sert à proposer le service qui traitera une demande.".into(),
            url: "/register/orientation-du-courrier".into(),
            standing: Standing::Allowed,
            touched: 212,
        };
        let locale = Locale::of(Lang::Fr);
        Register {
            chrome: Chrome::sample(Audience::Public),
            systems: vec![row],
            sought: String::new(),
            data_url: "/register.json".into(),
            exports: crate::site::exports(locale),
        }
    }
}

impl PublicSystem {
    /// The demonstration's system, in service.
    pub fn sample() -> PublicSystem {
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        PublicSystem {
            chrome: Chrome::sample(Audience::Public),
            name: "Orientation du courrier".into(),
            purpose: "Sert à proposer le service qui traitera une demande.".into(),
            standing: Standing::Allowed,
            stopped: String::new(),
            does: vec!["L’outil lit votre demande et propose le service qui devrait y répondre.".into()],
            does_not: vec![
                "Il ne décide pas.".into(),
                "Il ne connaît ni votre nom ni votre adresse\u{a0}: ils sont masqués.".into(),
            ],
            data: vec![pair("le texte de votre demande", "votre message")],
            facts: vec![
                fact("public-owner", "Julien Morel, responsable du système"),
                fact("public-decides", "Un agent, qui donne son avis avant de voir la proposition de l’outil."),
                fact("fact-model", "Qwen2.5-Coder 1.5B, poids ouverts, licence Apache-2.0"),
                fact("fact-host", "La commune elle-même (FR)"),
                fact("fact-result", "23 réponses justes sur 24, pour un seuil de 21"),
                fact("public-study", "24 novembre 2027"),
                fact("public-until", "24 novembre 2027"),
            ],
            record: ToldRecord::sample(),
            history: vec![
                pair("24 novembre 2026", "Mandat donné jusqu’au 24 novembre 2027, pour\u{a0}: Accueil."),
                pair("21 novembre 2026", "Étude d’impact signée, valable jusqu’au 21 novembre 2027."),
                pair("2 novembre 2026", "Inscription au registre."),
            ],
            voice: Voice {
                question: "Faut-il un outil pour orienter le courrier de la mairie, et à quelles conditions\u{a0}?".into(),
                consultation_url: "/consultations/orientation-du-courrier".into(),
                report_url: "/register/orientation-du-courrier/report".into(),
                figures: "Problèmes signalés\u{a0}: 3. En attente d’une réponse\u{a0}: 1.".into(),
                reports: vec![(
                    "2 décembre 2026".into(),
                    "Les demandes en occitan partaient toujours au mauvais service.".into(),
                    "C’était vrai. Ces demandes sont maintenant lues par un agent, sans l’outil.".into(),
                )],
            },
            data_url: "/register.json".into(),
            phone: "01 99 00 12 34".into(),
            hours: "du lundi au vendredi, de 9 h à 17 h".into(),
            post: "Mairie, 1 place de la République, 00000 Val-d’Ormes".into(),
        }
    }
}
