//! Page 6: one case. The agent's own view comes before the tool's answer.

use crate::layout::{Audience, Chrome, Fact, FieldError, fact, page};

/// What the agent thought before seeing the answer.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The outcome they had in mind.
    pub outcome: String,
    /// Why, in their words.
    pub reason: String,
    /// When it was sealed, in words.
    pub sealed: String,
}

/// What the tool answered, shown only to who has sealed a judgement.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// What it proposed, in the words of decisions; empty when it proposed none.
    pub outcome: String,
    /// The text.
    pub text: String,
    /// The tool, its model and who runs it, in words.
    pub tool: String,
}

/// One use of a tool, judged and seen.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Before.
    pub judgement: Judgement,
    /// After.
    pub proposal: Proposal,
}

/// What left for the model of one use.
#[derive(Debug, Clone)]
pub struct Sent {
    /// When, and to which model, in words.
    pub when: String,
    /// What was done to personal data before, in words.
    pub protection: String,
    /// The text as it left, personal data replaced.
    pub text: String,
}

/// The decision that stands.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The outcome.
    pub outcome: String,
    /// Why.
    pub reason: String,
    /// By whom and when, in words.
    pub by: String,
    /// Whether it is what the tool proposed; `None` for a reader who must not know, or when there is nothing to compare.
    pub follows: Option<bool>,
    /// Address of the letter, when this reader may print it; empty otherwise.
    pub letter_url: String,
    /// Letters that told of later uses: label and address, when this reader may print them.
    pub further: Vec<(String, String)>,
    /// Whether the letter has still to be prepared: POST `{url}/notice`.
    pub owes_letter: bool,
    /// Uses of which no letter speaks yet, once the first one is prepared: POST `{url}/notice`.
    pub untold: usize,
    /// Whether this reader may open the letter for good: POST `{url}/letter/open`.
    pub may_open: bool,
    /// How many codes of the letter were closed, once there is one: POST `{url}/code` with `closed`.
    pub closed: Option<usize>,
}

/// What this reader has to do.
#[derive(Debug, Clone)]
pub enum Step {
    /// The reader lacks the training that the tool asks for.
    Train {
        /// Name of the tool.
        tool: String,
        /// Where the training is; empty while none is published.
        url: String,
    },
    /// An answer exists and stays hidden. POST `{url}/judgement` with `use`, `outcome`, `reason`.
    Blind {
        /// The use that is judged.
        used: String,
        /// Which answer, from 1.
        number: usize,
        /// Out of how many.
        total: usize,
    },
    /// The judgement is sealed and the answer not yet shown: an interruption. POST `{url}/judgement` with `use`.
    Sealed {
        /// The use that was judged.
        used: String,
    },
    /// Everything is seen. POST `{url}/decision` with `outcome`, `reason`; both start from the last judgement.
    Decide {
        /// Its outcome; empty when there is none.
        outcome: String,
        /// Its reason.
        reason: String,
    },
    /// It is decided.
    Decided(Decided),
}

/// A request for a second look.
#[derive(Debug, Clone)]
pub struct SecondLook {
    /// Identifier in the case.
    pub id: String,
    /// Number for the person concerned.
    pub number: String,
    /// The person's words.
    pub words: String,
    /// Where to reach them; may be empty.
    pub reach: String,
    /// When and how it came, in words.
    pub received: String,
    /// Last day to answer, in words.
    pub due: String,
    /// Whether that day is past.
    pub late: bool,
    /// Who looks again; empty when nobody does yet.
    pub assigned: String,
    /// Whether this reader is to answer. POST `{url}/contestations/{id}/answer` with `outcome`, `reason`.
    pub mine: bool,
    /// Whether who looks again could know nothing of what the tool answered.
    pub blind: bool,
    /// Whether whoever was given it has left.
    pub left: bool,
    /// Whether this reader may print the answer.
    pub letter: bool,
    /// Whether this reader may take it. POST `{url}/contestations/{id}/take`.
    pub may_take: bool,
    /// The answer and its reason, in words; empty while there is none.
    pub answer: Vec<String>,
}

/// The page.
#[derive(Debug, Clone)]
pub struct CasePage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The administration's reference.
    pub reference: String,
    /// What is asked, in one line.
    pub title: String,
    /// The whole request, when one line does not hold it.
    pub request: String,
    /// Address of this page, prefix of its forms.
    pub url: String,
    /// What is known of the case.
    pub facts: Vec<Fact>,
    /// What left for the models.
    pub sent: Vec<Sent>,
    /// Drawn to be handled without any tool.
    pub without_ai: bool,
    /// The outcomes that the agent may choose.
    pub outcomes: Vec<String>,
    /// Uses that this reader has judged and seen.
    pub seen: Vec<Seen>,
    /// Where it stands.
    pub step: Step,
    /// Open requests to be called back: where, since when. POST `{url}/called-back`.
    pub callbacks: Vec<(String, String)>,
    /// Requests for a second look.
    pub second_looks: Vec<SecondLook>,
    /// Whether one can be recorded for somebody on the telephone. POST `{url}/contestations` with `channel`, `received`, `text`,
    /// `reach`.
    pub may_record: bool,
    /// Today, as browsers write it (`2027-11-24`).
    pub today: String,
    /// What happened: when, what.
    pub trail: Vec<(String, String)>,
}
page!(CasePage, "case.html");

impl CasePage {
    /// What the answer form offers: every outcome but the one that stands.
    pub fn others(&self) -> impl Iterator<Item = &String> {
        let standing = match &self.step {
            Step::Decided(decided) => decided.outcome.as_str(),
            _ => "",
        };
        self.outcomes.iter().filter(move |outcome| *outcome != standing)
    }

    /// How many codes of the letter were closed, once there is a letter.
    fn closed(&self) -> Option<usize> {
        match &self.step {
            Step::Decided(decided) => decided.closed,
            _ => None,
        }
    }

    /// Before the reveal.
    pub fn sample() -> CasePage {
        CasePage {
            chrome: Chrome::sample(Audience::Agent),
            reference: "CO-2026-0147".into(),
            title: "Le trottoir devant l’école Jean-Macé est effondré".into(),
            request: "Le trottoir devant l’école Jean-Macé est effondré sur deux mètres depuis la pluie de dimanche. Les enfants descendent sur la route. Je l’ai déjà dit à la directrice. Pouvez-vous faire quelque chose ?".into(),
            url: "/desk/cases/CO-2026-0147".into(),
            facts: vec![
                fact("case-received", "23 novembre 2026 à 18 h 02"),
                fact("known-person", "Nadia Ferrand"),
                fact("known-phone", "01 99 00 45 67"),
            ],
            sent: vec![Sent {
                when: "24 novembre 2026 à 10 h 29, Qwen2.5-Coder 1.5B, La commune elle-même".into(),
                protection: "2 informations personnelles reconnues ont été remplacées par des repères avant l’envoi.".into(),
                text: "Consigne\u{a0}: Indique le service qui doit traiter la demande.\n\nDemande\u{a0}: Le trottoir devant l’école Jean-Macé est effondré sur deux mètres depuis la pluie de dimanche. […] [PERSON_1], [PHONE_1]".into(),
            }],
            without_ai: false,
            outcomes: ["État civil", "Urbanisme", "École", "Aide sociale", "Voirie"].map(String::from).to_vec(),
            seen: Vec::new(),
            step: Step::Blind { used: "appel-1".into(), number: 1, total: 1 },
            callbacks: Vec::new(),
            second_looks: Vec::new(),
            may_record: false,
            today: "2026-11-25".into(),
            trail: sample_trail(2),
        }
    }

    /// Before the training.
    pub fn sample_untrained() -> CasePage {
        let step = Step::Train { tool: "Orientation du courrier".into(), url: "/training/orientation-du-courrier".into() };
        CasePage { step, ..CasePage::sample() }
    }

    /// After the reveal.
    pub fn sample_revealed() -> CasePage {
        let seen = sample_seen();
        let step = Step::Decide { outcome: seen.judgement.outcome.clone(), reason: seen.judgement.reason.clone() };
        CasePage { seen: vec![seen], step, trail: sample_trail(3), ..CasePage::sample() }
    }

    /// After the decision, with somebody to call back.
    pub fn sample_decided() -> CasePage {
        CasePage {
            seen: vec![sample_seen()],
            step: Step::Decided(sample_decision(Some(false), "/desk/cases/CO-2026-0147/letter")),
            callbacks: vec![("01 99 00 45 67, après 18 h".into(), "25 novembre 2026 à 19 h 40".into())],
            may_record: true,
            trail: sample_trail(5),
            ..CasePage::sample()
        }
    }

    /// Decided, then touched again by the tool.
    pub fn sample_untold() -> CasePage {
        let decided = Decided {
            untold: 1,
            further: vec![("Courrier complémentaire du 26 novembre 2026".into(), "/desk/cases/CO-2026-0147/further/1".into())],
            ..sample_decision(None, "/desk/cases/CO-2026-0147/letter")
        };
        CasePage { callbacks: Vec::new(), step: Step::Decided(decided), ..CasePage::sample_decided() }
    }

    /// Decided, seen by a colleague to whom the letter is closed, noting a request that came by post.
    pub fn sample_colleague() -> CasePage {
        let mut chrome = Chrome::sample(Audience::Agent);
        chrome.person = "Inès Carpentier".into();
        chrome.typed.insert("channel".into(), "post".into());
        chrome.errors.push(FieldError {
            field: "received".into(),
            message: "Choisissez le jour où le courrier est arrivé\u{a0}: le délai part de là.".into(),
        });
        let step = Step::Decided(Decided { may_open: true, ..sample_decision(None, "") });
        CasePage { chrome, step, may_record: true, trail: sample_trail(5), ..CasePage::sample() }
    }

    /// Contested, seen by the agent who looks again: nothing says what the tool proposed.
    pub fn sample_contested() -> CasePage {
        let mut chrome = Chrome::sample(Audience::Agent);
        chrome.person = "Inès Carpentier".into();
        let second_look = SecondLook {
            id: "C1".into(),
            number: "CO-2026-0147-C1".into(),
            words: "La voirie me renvoie vers l’école, et l’école vers la voirie. Qui répare ?".into(),
            reach: "01 99 00 45 67".into(),
            received: "25 novembre 2026, en ligne".into(),
            due: "25 décembre 2026".into(),
            late: false,
            assigned: "Inès Carpentier".into(),
            blind: true,
            left: false,
            letter: false,
            mine: true,
            may_take: false,
            answer: Vec::new(),
        };
        CasePage {
            chrome,
            step: Step::Decided(sample_decision(None, "")),
            second_looks: vec![second_look],
            may_record: true,
            trail: sample_trail(6),
            ..CasePage::sample()
        }
    }
}

fn sample_decision(follows: Option<bool>, letter_url: &str) -> Decided {
    Decided {
        outcome: "Voirie".into(),
        reason: "Le trottoir est à la commune : c’est la voirie qui répare, et pose une barrière dès aujourd’hui.".into(),
        by: "Samir Benali, 24 novembre 2026 à 10 h 42".into(),
        follows,
        letter_url: letter_url.into(),
        further: Vec::new(),
        owes_letter: false,
        untold: 0,
        may_open: false,
        closed: Some(0),
    }
}

fn sample_seen() -> Seen {
    let judgement = Judgement {
        outcome: "Voirie".into(),
        reason: "Trottoir effondré, danger pour les enfants.".into(),
        sealed: "24 novembre 2026 à 10 h 31".into(),
    };
    let proposal = Proposal {
        outcome: "École".into(),
        text: "{\"categorie\":\"École\"}".into(),
        tool: "Orientation du courrier, version 1. Qwen2.5-Coder 1.5B, La commune elle-même".into(),
    };
    Seen { judgement, proposal }
}

fn sample_trail(length: usize) -> Vec<(String, String)> {
    let all = [
        ("23 novembre 2026 à 18 h 02", "Le dossier a été ouvert."),
        ("24 novembre 2026 à 10 h 29", "L’outil « Orientation du courrier » a servi."),
        ("24 novembre 2026 à 10 h 31", "Samir Benali a noté son avis, avant d’ouvrir la réponse de l’outil."),
        ("24 novembre 2026 à 10 h 42", "Samir Benali a décidé : Voirie."),
        ("24 novembre 2026 à 10 h 42", "Le courrier qui l’annonce est prêt."),
        ("25 novembre 2026 à 20 h 14", "Un second regard a été demandé, en ligne."),
    ];
    all.iter().take(length).map(|(when, what)| ((*when).to_owned(), (*what).to_owned())).collect()
}
