//! Consultations: for everybody, and for those who hold them.

use crate::layout::{Audience, Chrome, Fact, fact, page};

/// One system's consultation in the list.
#[derive(Debug, Clone)]
pub struct ConsultationRow {
    /// What is asked.
    pub question: String,
    /// The system.
    pub name: String,
    /// Its page.
    pub url: String,
    /// Last day to contribute; empty when it is closed.
    pub until: String,
}

/// Every system's consultation.
#[derive(Debug, Clone)]
pub struct Consultations {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Those under way first.
    pub rows: Vec<ConsultationRow>,
}
page!(Consultations, "consultations.html");

/// A contribution as everybody reads it.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its place.
    pub n: usize,
    /// Who says it.
    pub who: String,
    /// Day on which it came.
    pub when: String,
    /// What it says; empty when it was set aside.
    pub words: String,
    /// The sentence that says why it was set aside; empty when it was not.
    pub set_aside: String,
    /// The reasoned answer; empty while it is owed.
    pub answer: String,
    /// The sentence that says until when the answer is owed.
    pub due: String,
}

/// One consultation, from its question to its answer.
#[derive(Debug, Clone)]
pub struct HeldView {
    /// What was asked.
    pub question: String,
    /// Until when, or since when it is closed: a sentence.
    pub when: String,
    /// Address of the process elsewhere; empty when it takes place here.
    pub elsewhere: String,
    /// Whether contributions are on this page.
    pub is_here: bool,
    /// Whether it has no answer yet.
    pub is_open: bool,
    /// Why it was reopened, each time.
    pub reopened: Vec<String>,
    /// How many contributions came.
    pub received: usize,
    /// How many of them nobody has read yet.
    pub waiting: usize,
    /// Those that are shown or set aside.
    pub said: Vec<Said>,
    /// What was concluded; empty while it is open.
    pub answer: String,
}

/// The consultations of one system, the last one first. POST `{url}`: `contribution-words`, `contribution-name`,
/// `contribution-email`, and `website`, which stays empty.
#[derive(Debug, Clone)]
pub struct ConsultationPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The system.
    pub name: String,
    /// Address of this page and of its form.
    pub url: String,
    /// The system's public page.
    pub system_url: String,
    /// Whether the form is shown.
    pub takes: bool,
    /// Never empty.
    pub held: Vec<HeldView>,
    /// A person's telephone number.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
}
page!(ConsultationPage, "consultation.html");

/// Where a consultation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// None was ever opened.
    Nothing,
    /// It takes place on this site.
    Here,
    /// It takes place elsewhere.
    Elsewhere,
    /// It is closed.
    Closed,
}

/// A contribution as those who hold the consultation read it. POST `{url}/contributions/{n}/publish`; `…/aside`:
/// `aside-{n}`; `…/answer`: `answer-{n}`.
#[derive(Debug, Clone)]
pub struct DeskContribution {
    /// Its place.
    pub n: usize,
    /// Who says it.
    pub who: String,
    /// Day on which it came.
    pub when: String,
    /// Address for the answer, never published; may be empty.
    pub email: String,
    /// What it says.
    pub words: String,
    /// Whether nobody has read it yet.
    pub is_pending: bool,
    /// Why it was set aside; empty when it was not.
    pub set_aside: String,
    /// Its answer; empty while it is owed.
    pub answer: String,
}

impl DeskContribution {
    /// Class and key of its tag.
    pub fn tag(&self) -> (&'static str, &'static str) {
        match (self.is_pending, self.set_aside.is_empty(), self.answer.is_empty()) {
            (true, ..) => ("warn", "consult-tag-pending"),
            (_, false, _) => ("quiet", "consult-tag-aside"),
            (_, _, true) => ("warn", "consult-tag-answer"),
            (_, _, false) => ("ok", "consult-tag-done"),
        }
    }
}

/// POST `{url}/open`: `consultation-question`, `-closes`, `-due`, `-url`. POST `{url}/close`: `consultation-answer`, `-early`
/// before the announced end; elsewhere `-contributions` and `-link`. POST `{url}/elsewhere`: `elsewhere-question`,
/// `-contributions`, `-link`, `-answer`. POST `{url}/reopen`: `reopen-reason`, `reopen-due`.
#[derive(Debug, Clone)]
pub struct ConsultationDesk {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The system.
    pub name: String,
    /// Its dossier.
    pub system_url: String,
    /// The public page.
    pub public_url: String,
    /// Prefix of the forms.
    pub url: String,
    /// Whether the reader moderates and answers.
    pub may_write: bool,
    /// Where it stands.
    pub phase: Phase,
    /// Question, dates, numbers.
    pub facts: Vec<Fact>,
    /// How many contributions still wait for something.
    pub waiting: usize,
    /// Every contribution, those that wait first.
    pub contributions: Vec<DeskContribution>,
    /// Last day announced, when closing now would be before it; empty otherwise.
    pub early_until: String,
    /// Address of the process elsewhere.
    pub link: String,
}
page!(ConsultationDesk, "consultation-desk.html");

const QUESTION: &str = "Faut-il un outil pour orienter le courrier de la mairie, et à quelles conditions\u{a0}?";

impl Consultations {
    /// One under way, one closed.
    pub fn sample() -> Consultations {
        let row = |question: &str, name: &str, url: &str, until: &str| ConsultationRow {
            question: question.into(),
            name: name.into(),
            url: url.into(),
            until: until.into(),
        };
        Consultations {
            chrome: Chrome::sample(Audience::Public),
            rows: vec![
                row(QUESTION, "Orientation du courrier", "/consultations/orientation-du-courrier", "15 décembre 2026"),
                row(
                    "Un résumé automatique des comptes rendus vous serait-il utile\u{a0}?",
                    "Résumé des conseils",
                    "/consultations/resume-des-conseils",
                    "",
                ),
            ],
        }
    }
}

fn sample_said() -> Vec<Said> {
    let said = Said {
        n: 1,
        who: "Nadia F.".into(),
        when: "25 novembre 2026".into(),
        words: "Oui, si une personne lit toujours ma lettre et si je peux savoir que l’outil a servi.".into(),
        set_aside: String::new(),
        answer: "Retenu\u{a0}: l’agent donne son avis avant de voir celui de l’outil, et chaque personne concernée est prévenue."
            .into(),
        due: String::new(),
    };
    let aside = Said {
        n: 2,
        who: "Une personne".into(),
        when: "26 novembre 2026".into(),
        words: String::new(),
        set_aside: "Cette contribution a été écartée. Raison\u{a0}: adresse d’un voisin.".into(),
        answer: String::new(),
        due: String::new(),
    };
    let waiting = Said {
        n: 3,
        who: "Conseil des aînés".into(),
        when: "27 novembre 2026".into(),
        words: "Gardez un guichet ouvert.\nTout le monde n’écrit pas.".into(),
        set_aside: String::new(),
        answer: String::new(),
        due: "La réponse est due au plus tard le 15 janvier 2027.".into(),
    };
    vec![said, aside, waiting]
}

impl ConsultationPage {
    /// Under way.
    pub fn sample() -> ConsultationPage {
        let now = HeldView {
            question: QUESTION.into(),
            when: "Vous pouvez contribuer jusqu’au 15 décembre 2026. Chaque contribution recevra sa réponse au plus tard le 15 janvier 2027.".into(),
            elsewhere: String::new(),
            is_here: true,
            is_open: true,
            reopened: Vec::new(),
            received: 5,
            waiting: 2,
            said: sample_said(),
            answer: String::new(),
        };
        ConsultationPage {
            chrome: Chrome::sample(Audience::Public),
            name: "Orientation du courrier".into(),
            url: "/consultations/orientation-du-courrier".into(),
            system_url: "/register/orientation-du-courrier".into(),
            takes: true,
            held: vec![now],
            phone: "01 99 00 12 34".into(),
            hours: "du lundi au vendredi, de 9 h à 17 h".into(),
        }
    }

    /// Closed, with an earlier one that took place elsewhere.
    pub fn sample_closed() -> ConsultationPage {
        let mut page = ConsultationPage { takes: false, ..ConsultationPage::sample() };
        let first = HeldView {
            question: "Quels outils numériques pour la mairie\u{a0}?".into(),
            when: "Close le 3 juin 2026.".into(),
            elsewhere: "https://participer.val-dormes.example/processes/outils".into(),
            is_here: false,
            is_open: false,
            received: 132,
            waiting: 0,
            said: Vec::new(),
            answer: "Commencer par le courrier, avec un agent qui décide.".into(),
            ..page.held[0].clone()
        };
        let last = &mut page.held[0];
        last.said.truncate(2);
        (last.when, last.waiting, last.received, last.is_open) = ("Close le 12 janvier 2027.".into(), 0, 2, false);
        last.answer = "Oui, à deux conditions retenues\u{a0}: un avis humain d’abord, et un modèle qui reste à la commune.".into();
        last.reopened = vec!["une contribution envoyée par courrier avait été oubliée".into()];
        page.held.push(first);
        page
    }
}

impl ConsultationDesk {
    /// Nothing was opened yet.
    pub fn sample() -> ConsultationDesk {
        ConsultationDesk {
            chrome: Chrome::sample(Audience::Referent),
            name: "Orientation du courrier".into(),
            system_url: "/referent/systems/orientation-du-courrier".into(),
            public_url: "/consultations/orientation-du-courrier".into(),
            url: "/referent/systems/orientation-du-courrier/consultation".into(),
            may_write: true,
            phase: Phase::Nothing,
            facts: Vec::new(),
            waiting: 0,
            contributions: Vec::new(),
            early_until: String::new(),
            link: String::new(),
        }
    }

    /// Under way.
    pub fn sample_open() -> ConsultationDesk {
        let one = |n: usize, words: &str, is_pending: bool, set_aside: &str, answer: &str| DeskContribution {
            n,
            who: if n == 1 { "Nadia F.".into() } else { "Une personne".into() },
            when: "25 novembre 2026".into(),
            email: if n == 1 { "nadia@courriel.example".into() } else { String::new() },
            words: words.into(),
            is_pending,
            set_aside: set_aside.into(),
            answer: answer.into(),
        };
        ConsultationDesk {
            phase: Phase::Here,
            facts: vec![
                fact("field-question", QUESTION),
                fact("fact-closes", "15 décembre 2026"),
                fact("fact-due", "15 janvier 2027"),
                fact("fact-received", "4"),
                fact("fact-waiting", "2"),
            ],
            waiting: 2,
            contributions: vec![
                one(3, "Gardez un guichet ouvert.", true, "", ""),
                one(4, "Et si l’outil se trompe\u{a0}?", false, "", ""),
                one(1, "Oui, si une personne lit toujours ma lettre.", false, "", "Retenu\u{a0}: l’agent décide."),
                one(2, "Mon voisin du 12…", false, "adresse d’un voisin", ""),
            ],
            early_until: "15 décembre 2026".into(),
            ..ConsultationDesk::sample()
        }
    }

    /// Every contribution answered: it can be closed.
    pub fn sample_to_close() -> ConsultationDesk {
        let mut page = ConsultationDesk::sample_open();
        page.contributions.drain(..2);
        page.facts.truncate(3);
        page.facts.extend([fact("fact-received", "2"), fact("fact-waiting", "0")]);
        page.waiting = 0;
        page
    }

    /// Closed.
    pub fn sample_closed() -> ConsultationDesk {
        ConsultationDesk { phase: Phase::Closed, early_until: String::new(), ..ConsultationDesk::sample_to_close() }
    }
}
