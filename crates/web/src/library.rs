//! Questionnaires of the studies and training modules: data files that travel inside the program.

use std::collections::BTreeMap;

use gouvernail_register::StudyKind;
use serde::Deserialize;

use crate::i18n::Lang;
use crate::training::{self, Mistakes, Module};

const STUDIES: [(&str, &str); 4] = [
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

/// All questionnaires and modules.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Questionnaires by kind of study.
    pub studies: BTreeMap<StudyKind, Questionnaire>,
    /// Training modules by identifier.
    pub modules: BTreeMap<String, Module>,
}

/// A file of the library that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// A questionnaire.
    #[error("{file}: {problem}; correct the file")]
    Study {
        /// Its name.
        file: String,
        /// What is wrong.
        problem: String,
    },
    /// A training module.
    #[error(transparent)]
    Training(#[from] Mistakes),
}

/// The questions of one kind of study.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// Which study.
    pub kind: StudyKind,
    /// Identifier of the requirement that it satisfies.
    pub requirement: String,
    title_fr: String,
    title_en: String,
    /// Longest validity of a signature, months.
    pub months: u32,
    /// What is asked, in order.
    #[serde(rename = "question")]
    pub questions: Vec<Asked>,
}

/// A question of a study.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Name of the answer in the register.
    pub id: String,
    fr: String,
    en: String,
    hint_fr: String,
    hint_en: String,
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

worded!(Questionnaire: /** Title. */ title = title_fr / title_en -> str;);
worded!(Asked: /** The question. */ words = fr / en -> str; /** What a good answer says. */ hint = hint_fr / hint_en -> str;);

impl Library {
    /// What ships with the product.
    ///
    /// # Errors
    /// [`LibraryError`] names the file at fault; a test keeps that from happening.
    pub fn shipped() -> Result<Self, LibraryError> {
        let mut library = Self::default();
        for (file, text) in STUDIES {
            let study: Questionnaire = read(file, text)?;
            library.studies.insert(study.kind, study);
        }
        library.modules = training::modules(TRAINING)?;
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
    toml::from_str(text).map_err(|error| LibraryError::Study { file: file.to_owned(), problem: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_reads() {
        let library = Library::shipped().unwrap();
        assert!(library.studies[&StudyKind::Rights].questions.len() >= 6);
        assert_eq!(library.studies.len(), 4, "every kind of study has its questions");
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
