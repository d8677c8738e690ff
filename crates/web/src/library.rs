//! Questionnaires of the studies, training modules, clauses of contracts: data files that travel inside the program.

use std::collections::BTreeMap;

use gouvernail_questionnaire::{Questionnaire, Words, load};
use gouvernail_register::StudyKind;
use serde::Deserialize;

use crate::i18n::Lang;

const STUDIES: [(&str, &str); 6] = [
    ("accessibilite.toml", include_str!("../../../studies/accessibilite.toml")),
    ("competences.toml", include_str!("../../../studies/competences.toml")),
    ("donnees.toml", include_str!("../../../studies/donnees.toml")),
    ("droits.toml", include_str!("../../../studies/droits.toml")),
    ("environnement.toml", include_str!("../../../studies/environnement.toml")),
    ("une-page.toml", include_str!("../../../studies/une-page.toml")),
];
const TRAINING: [(&str, &str); 1] = [("orientation-courrier.toml", include_str!("../../../training/orientation-courrier.toml"))];

/// The clauses that a contract is looked at for.
const CLAUSES: (&str, &str) = ("clauses.toml", include_str!("../../../rules/clauses.toml"));

/// All questionnaires and modules.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Questionnaires by kind of study.
    pub studies: BTreeMap<StudyKind, Questionnaire>,
    /// Training modules by identifier.
    pub modules: BTreeMap<String, Module>,
    /// Clauses of contracts, in the order in which they are asked.
    pub clauses: Vec<ClauseKind>,
}

/// A file of the library that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problem}; correct the file")]
pub struct LibraryError {
    file: String,
    problem: String,
}

/// A clause that a contract may hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseKind {
    /// Its name in the register and the requirements.
    pub kind: String,
    title_fr: String,
    title_en: String,
    evidence_fr: String,
    evidence_en: String,
    /// Where it comes from.
    pub law: String,
    /// Whether it counts once it was tried for real.
    pub tried: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    clause: Vec<ClauseKind>,
}

/// What is read and answered before the first use of a system.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Identifier.
    pub id: String,
    title_fr: String,
    title_en: String,
    /// Reading time, minutes.
    pub minutes: usize,
    /// Right answers needed.
    pub pass: usize,
    /// Validity of the certification, months.
    pub months: u32,
    /// What is read.
    #[serde(rename = "lesson")]
    pub lessons: Vec<Lesson>,
    /// What is answered.
    #[serde(rename = "question")]
    pub questions: Vec<Quiz>,
}

/// A lesson.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    title_fr: String,
    title_en: String,
    text_fr: String,
    text_en: String,
}

/// A question of the quiz.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    fr: String,
    en: String,
    choices_fr: Vec<String>,
    choices_en: Vec<String>,
    /// The right choice, from 0.
    pub answer: usize,
}

/// The words of the reader's language.
macro_rules! worded {
    ($type:ident: $($(#[$doc:meta])* $name:ident = $fr:ident / $en:ident -> $out:ty;)*) => {
        impl $type {
            $($(#[$doc])*
            pub fn $name(&self, lang: Lang) -> &$out {
                match lang {
                    Lang::Fr => &self.$fr,
                    Lang::En => &self.$en,
                }
            })*
        }
    };
}

worded!(ClauseKind: /** Title. */ title = title_fr / title_en -> str; /** What proves it. */ evidence = evidence_fr / evidence_en -> str;);
worded!(Module: /** Title. */ title = title_fr / title_en -> str;);
worded!(Lesson: /** Title. */ title = title_fr / title_en -> str; /** Paragraphs, an empty line between two. */ text = text_fr / text_en -> str;);
worded!(Quiz: /** The question. */ words = fr / en -> str; /** The choices. */ choices = choices_fr / choices_en -> [String];);

/// The name of a study in its questionnaire and in the database.
#[must_use]
pub fn name_of(kind: StudyKind) -> &'static str {
    match kind {
        StudyKind::Light => "light",
        StudyKind::Rights => "rights",
        StudyKind::DataProtection => "data_protection",
        StudyKind::Environment => "environment",
        StudyKind::Skills => "skills",
        StudyKind::Accessibility => "accessibility",
    }
}

/// The study that bears this name.
#[must_use]
pub fn kind_of(name: &str) -> Option<StudyKind> {
    StudyKind::ALL.into_iter().find(|kind| name_of(*kind) == name)
}

/// Words of a questionnaire in the reader's language.
#[must_use]
pub fn words(words: &Words, lang: Lang) -> &str {
    match lang {
        Lang::Fr => &words.fr,
        Lang::En => &words.en,
    }
}

impl Library {
    /// What ships with the product.
    ///
    /// # Errors
    /// [`LibraryError`] names the file at fault; a test keeps that from happening.
    pub fn shipped() -> Result<Self, LibraryError> {
        let mut library = Self::default();
        let wrong = |problem: String| LibraryError { file: "studies".to_owned(), problem };
        for (id, questionnaire) in load(STUDIES).map_err(|error| wrong(error.to_string()))? {
            let kind = kind_of(&id).ok_or_else(|| wrong(format!("{id:?} is no kind of study")))?;
            library.studies.insert(kind, questionnaire);
        }
        for (file, text) in TRAINING {
            let module: Module = read(file, text)?;
            module.check().map_err(|problem| LibraryError { file: file.to_owned(), problem })?;
            library.modules.insert(module.id.clone(), module);
        }
        library.clauses = read::<Catalogue>(CLAUSES.0, CLAUSES.1)?.clause;
        Ok(library)
    }
}

impl Module {
    /// How many of these answers (the index of a choice, question by question) are right.
    #[must_use]
    pub fn right(&self, answers: &[Option<usize>]) -> usize {
        self.questions.iter().zip(answers).filter(|(question, answer)| **answer == Some(question.answer)).count()
    }

    fn check(&self) -> Result<(), String> {
        if self.pass == 0 || self.pass > self.questions.len() {
            return Err(format!("`pass` is {}, of {} questions", self.pass, self.questions.len()));
        }
        let wrong = |q: &&Quiz| q.choices_fr.len() != q.choices_en.len() || q.answer >= q.choices_fr.len();
        self.questions.iter().find(wrong).map_or(Ok(()), |question| Err(format!("the choices of {:?} do not agree", question.fr)))
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, LibraryError> {
    toml::from_str(text).map_err(|error| LibraryError { file: file.to_owned(), problem: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_reads_and_a_module_counts_right_answers() {
        let library = Library::shipped().unwrap();
        assert_eq!(library.studies.len(), StudyKind::ALL.len(), "every kind of study has its questions");
        let known = ["environment-criterion", "environment", "social", "no-training", "reversibility", "log-access"];
        assert!(known.iter().all(|kind| library.clauses.iter().any(|clause| clause.kind == *kind)));
        let module = &library.modules["orientation-courrier"];
        let right: Vec<_> = module.questions.iter().map(|question| Some(question.answer)).collect();
        assert_eq!(module.right(&right), module.questions.len());
        assert_eq!(module.right(&vec![None; right.len()]), 0);
        assert_eq!(module.right(&[]), 0);
    }

    #[test]
    fn a_quiz_that_cannot_be_passed_is_refused() {
        let text = TRAINING[0].1.replace("pass = 4", "pass = 40");
        let module: Module = read("m", &text).unwrap();
        assert!(module.check().unwrap_err().contains("40"));
    }
}
