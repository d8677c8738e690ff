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
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

/// The module. POST `url` with `q1`, `q2` …
#[derive(Debug, Clone)]
pub struct Training {
    /// What surrounds the page.
    pub chrome: Chrome,
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
}

/// The reader's modules.
#[derive(Debug, Clone)]
pub struct Trainings {
    /// What surrounds the page.
    pub chrome: Chrome,
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
        };
        Trainings { chrome: Chrome::sample(Audience::Agent), modules: vec![row] }
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
        let lesson = |title: &str, text: &str| Lesson { title: title.into(), paragraphs: vec![text.into()] };
        Training {
            chrome: Chrome::sample(Audience::Agent),
            system: "Orientation du courrier".into(),
            is_open: true,
            url: "/training/orientation-du-courrier".into(),
            minutes: 8,
            pass: 2,
            certified_until: String::new(),
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
}
