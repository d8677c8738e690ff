//! Page 4: the training module and its quiz.

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
            system: "Aide au logement".into(),
            url: "/training/aide-logement".into(),
            minutes: 8,
            pass: 2,
            certified_until: String::new(),
            lessons: vec![
                lesson(
                    "Ce que l’outil fait, et ne fait pas",
                    "Il relit la demande et en propose un résumé. Il ne connaît ni la personne, ni vos échanges avec elle, et il ne décide rien. Il se trompe environ une fois sur vingt, avec la même assurance que lorsqu’il a raison.",
                ),
                lesson(
                    "Votre avis d’abord",
                    "Avant de voir la proposition, vous donnez votre propre avis. C’est ce qui permet de savoir si la décision reste la vôtre.",
                ),
            ],
            questions: vec![
                q(
                    "q1",
                    "La proposition de l’outil contredit une pièce du dossier. Que faites-vous ?",
                    &["Je suis la proposition", "Je suis la pièce et je dis pourquoi", "J’attends une nouvelle proposition"],
                ),
                q(
                    "q2",
                    "Qui répond de la décision ?",
                    &["Le fournisseur de l’outil", "L’agent qui la prend, au nom de l’administration", "Personne"],
                ),
            ],
        }
    }
}
