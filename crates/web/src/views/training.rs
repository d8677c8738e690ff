//! Page 4: what there is to learn, and one training module with its quiz.

use crate::layout::{Audience, Chrome, page};

/// One question; the answer comes back in the field `name` as the choice's index from 0.
#[derive(Debug, Clone)]
pub struct Question {
    /// Name of its field: `q1`, `q2` …
    pub name: String,
    /// The question.
    pub words: String,
    /// The choices.
    pub choices: Vec<String>,
}

/// One lesson.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// Title.
    pub title: String,
    /// What it says: HTML drawn by [`crate::training`] and by nobody else.
    pub html: String,
}

/// What those who know an earlier version read instead of the lessons.
#[derive(Debug, Clone)]
pub struct Change {
    /// The version in force.
    pub version: String,
    /// What changed, as the version says; may be empty.
    pub words: String,
    /// What the module says of a change, HTML as in [`Lesson`].
    pub html: String,
    /// The end of the attestation that is carried over, in words.
    pub until: String,
    /// The whole module.
    pub whole_url: String,
}

/// The module, or its refresher. POST `url` with `q1`, `q2` …
#[derive(Debug, Clone)]
pub struct Training {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Language of what follows: French where the module was not translated.
    pub lang: &'static str,
    /// Title of the module.
    pub title: String,
    /// The system it is for.
    pub system: String,
    /// Whether answers are taken: not before a version of the system is declared.
    pub is_open: bool,
    /// Where the form goes.
    pub url: String,
    /// How long it takes, in minutes.
    pub minutes: usize,
    /// Right answers needed.
    pub pass: usize,
    /// The end of the reader's attestation, in words; empty when they have none.
    pub certified_until: String,
    /// Where the attestation can be had as a badge; empty when there is none.
    pub badge_url: String,
    /// What changed, when a refresher is enough.
    pub change: Option<Change>,
    /// What to read.
    pub lessons: Vec<Lesson>,
    /// What to answer.
    pub questions: Vec<Question>,
}
page!(Training, "training.html");

/// One module in the reader's list.
#[derive(Debug, Clone)]
pub struct ModuleRow {
    /// The system.
    pub system: String,
    /// Title of the module.
    pub title: String,
    /// Where it is read.
    pub url: String,
    /// The end of the reader's attestation, in words; empty when they have none for the version in service.
    pub certified_until: String,
    /// Whether a refresher is enough.
    pub refresher: bool,
}

/// The reader's modules.
#[derive(Debug, Clone)]
pub struct Trainings {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// A system for which no module was chosen yet, when the reader asked for it; empty otherwise.
    pub unchosen: String,
    /// One line a system.
    pub modules: Vec<ModuleRow>,
}
page!(Trainings, "trainings.html");

impl Trainings {
    /// The demonstration's module, not yet passed.
    pub fn sample() -> Trainings {
        let row = ModuleRow {
            system: "Orientation du courrier".into(),
            title: "Bien se servir de l’outil d’orientation du courrier".into(),
            url: "/training/orientation-du-courrier".into(),
            certified_until: String::new(),
            refresher: false,
        };
        let changed = ModuleRow { system: "Aide à la rédaction".into(), refresher: true, ..row.clone() };
        Trainings { chrome: Chrome::sample(Audience::Agent), unchosen: "Synthèse de réunion".into(), modules: vec![row, changed] }
    }
}

impl Training {
    /// Two lessons, two questions.
    pub fn sample() -> Training {
        let q = |name: &str, words: &str, choices: &[&str]| Question {
            name: name.into(),
            words: words.into(),
            choices: choices.iter().map(|c| (*c).into()).collect(),
        };
        let lesson = |title: &str, text: &str| Lesson { title: title.into(), html: format!("<p>{text}</p>") };
        Training {
            chrome: Chrome::sample(Audience::Agent),
            lang: "fr",
            title: "Bien se servir de l’outil d’orientation du courrier".into(),
            system: "Orientation du courrier".into(),
            is_open: true,
            url: "/training/orientation-du-courrier".into(),
            minutes: 8,
            pass: 2,
            certified_until: String::new(),
            badge_url: String::new(),
            change: None,
            lessons: vec![
                lesson(
                    "Ce que l’outil fait, et ne fait pas",
                    "Il lit la demande d’un habitant et propose le service qui devrait la traiter. Il ne connaît ni la personne, ni le droit, et il ne décide rien. Il se trompe environ une fois sur vingt, avec la même assurance que lorsqu’il a raison.",
                ),
                lesson(
                    "Votre avis d’abord",
                    "Avant de voir la proposition, vous donnez votre propre avis. C’est ce qui permet de savoir si la décision reste la vôtre.",
                ),
            ],
            questions: vec![
                q(
                    "q1",
                    "La proposition de l’outil contredit la demande que vous venez de lire. Que faites-vous\u{a0}?",
                    &["Je suis la proposition", "Je suis la demande et j’écris pourquoi", "J’attends une nouvelle proposition"],
                ),
                q(
                    "q2",
                    "Qui répond de la décision\u{a0}?",
                    &["Le fournisseur de l’outil", "L’agent qui la prend, au nom de l’administration", "Personne"],
                ),
            ],
        }
    }

    /// Certified, with a badge to download.
    pub fn sample_held() -> Training {
        let mut page = Training::sample();
        page.certified_until = "24 novembre 2027".into();
        page.badge_url = format!("{}/badge", page.url);
        page
    }

    /// A version changed: the refresher.
    pub fn sample_changed() -> Training {
        let mut page = Training::sample();
        page.change = Some(Change {
            version: "2".into(),
            words: "Le modèle est plus petit. Il connaît un service de plus\u{a0}: la voirie.".into(),
            html: "<p>Une version nouvelle peut se tromper là où l’ancienne avait raison.</p>".into(),
            until: "24 novembre 2027".into(),
            whole_url: format!("{}?whole=1", page.url),
        });
        page.url += "/refresher";
        page.lessons = Vec::new();
        page.questions.truncate(1);
        page.pass = 1;
        page
    }
}
