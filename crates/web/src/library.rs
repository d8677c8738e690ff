//! Questionnaires of the studies, training modules, clauses of contracts: data files that travel inside the program.

use std::collections::BTreeMap;

use gouvernail_questionnaire::{Questionnaire, Words, load};
use gouvernail_register::StudyKind;
use serde::Deserialize;

use crate::i18n::Lang;
use crate::training::{self, Mistakes, Module};

const STUDIES: [(&str, &str); 6] = [
    ("accessibilite.toml", include_str!("../../../studies/accessibilite.toml")),
    ("competences.toml", include_str!("../../../studies/competences.toml")),
    ("donnees.toml", include_str!("../../../studies/donnees.toml")),
    ("droits.toml", include_str!("../../../studies/droits.toml")),
    ("environnement.toml", include_str!("../../../studies/environnement.toml")),
    ("une-page.toml", include_str!("../../../studies/une-page.toml")),
];
const TRAINING: [(&str, &str); 4] = [
    ("orientation-courrier.fr.md", include_str!("../../../training/orientation-courrier.fr.md")),
    ("orientation-courrier.en.md", include_str!("../../../training/orientation-courrier.en.md")),
    ("redaction-assistee.fr.md", include_str!("../../../training/redaction-assistee.fr.md")),
    ("redaction-assistee.en.md", include_str!("../../../training/redaction-assistee.en.md")),
];

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
pub enum LibraryError {
    /// A questionnaire, or the clauses.
    #[error("{file}: {problem}; correct the file")]
    File {
        /// Its name.
        file: String,
        /// What is wrong.
        problem: String,
    },
    /// A training module.
    #[error(transparent)]
    Training(#[from] Mistakes),
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
        let wrong = |problem: String| LibraryError::File { file: "studies".to_owned(), problem };
        for (id, questionnaire) in load(STUDIES).map_err(|error| wrong(error.to_string()))? {
            let kind = kind_of(&id).ok_or_else(|| wrong(format!("{id:?} is no kind of study")))?;
            library.studies.insert(kind, questionnaire);
        }
        library.modules = training::modules(TRAINING)?;
        library.clauses = read::<Catalogue>(CLAUSES.0, CLAUSES.1)?.clause;
        Ok(library)
    }

    /// Adds the modules that an administration wrote, as (name, text); one of the same name replaces ours.
    ///
    /// # Errors
    /// [`Mistakes`], each with its file, its line and its remedy; nothing is added then.
    pub fn add_modules<'a>(&mut self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), Mistakes> {
        self.modules.append(&mut training::modules(files)?);
        Ok(())
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, LibraryError> {
    toml::from_str(text).map_err(|error| LibraryError::File { file: file.to_owned(), problem: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_reads() {
        let library = Library::shipped().unwrap();
        assert_eq!(library.studies.len(), StudyKind::ALL.len(), "every kind of study has its questions");
        let known = ["environment-criterion", "environment", "social", "no-training", "reversibility", "log-access"];
        assert!(known.iter().all(|kind| library.clauses.iter().any(|clause| clause.kind == *kind)));
        for module in library.modules.values() {
            assert!(Lang::ALL.into_iter().all(|lang| module.speaks(lang) == lang), "{}: both languages", module.id);
            assert!(module.words(Lang::Fr).refresher.is_some(), "{}: a refresher", module.id);
            assert!(module.words(Lang::Fr).questions.len() >= module.pass);
        }
        assert_eq!(library.modules.len(), 2);
    }

    #[test]
    fn an_administration_adds_its_own_and_replaces_ours() {
        let mut library = Library::shipped().unwrap();
        let own = TRAINING[2].1.replace("minutes: 5", "minutes: 7");
        library.add_modules([("redaction-assistee.fr.md", own.as_str()), ("permis.fr.md", own.as_str())]).unwrap();
        assert_eq!((library.modules.len(), library.modules["redaction-assistee"].minutes), (3, 7));
        let wrong = library.add_modules([("permis.fr.md", "bonjour")]).unwrap_err().to_string();
        assert!(wrong.starts_with("permis.fr.md:1: "), "{wrong}");
    }
}
