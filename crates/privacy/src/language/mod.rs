//! What a reader of French brings to a text: lists of words, and a recogniser of names.

mod seen;
mod words;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::ner::{Ner, NerEntity, NerError, NerFiles};
pub use words::{LanguageError, Lists};
pub(crate) use words::{Word, Words};

/// What helps to find the persons that a case does not know. Empty, only words such as "Mme" and "demeurant" give names away.
#[derive(Default)]
pub struct Language {
    pub(crate) words: Words,
    ner: Option<Ner>,
    seen: seen::Seen,
}

/// A folder of a language that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file is missing or cannot be read.
    #[error("{path} cannot be read ({error}): run {script}, which writes it", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
        /// What writes the file.
        script: &'static str,
    },
    /// A list is not one.
    #[error(transparent)]
    List(#[from] LanguageError),
    /// The weights of the recogniser are others.
    #[error(transparent)]
    Ner(#[from] NerError),
}

impl Language {
    /// A language of these lists, any of which may be empty, and of this recogniser.
    ///
    /// # Errors
    /// Names the list, the line and the problem when one is not as `scripts/fetch-names` writes it.
    pub fn new(lists: Lists<'_>, ner: Option<Ner>) -> Result<Self, LanguageError> {
        Ok(Self { words: Words::new(lists)?, ner, seen: seen::Seen::default() })
    }

    /// Reads the folder that `scripts/fetch-names` writes, with the weights of `scripts/fetch-ner` when they are in it.
    ///
    /// # Errors
    /// When a list is missing, when only a part of the weights is there, or when a file is not what it must be.
    pub fn load(folder: &Path) -> Result<Self, LoadError> {
        let file = |name: &str, script| {
            let path = folder.join(name);
            fs::read(&path).map_err(|error| LoadError::Unreadable { path, error, script })
        };
        let list = |name| file(name, "scripts/fetch-names");
        let (first_names, surnames) = (list("first-names.txt")?, list("surnames.txt")?);
        let (words, communes) = (list("words.txt")?, list("communes.txt")?);
        let ner = if folder.join("ner").exists() {
            let part = |name| file(name, "scripts/fetch-ner");
            let (model, moves, tokenizer) = (part("ner/ner/model")?, part("ner/ner/moves")?, part("ner/tokenizer")?);
            Some(Ner::from_files(NerFiles { model: &model, moves: &moves, tokenizer: &tokenizer })?)
        } else {
            None
        };
        let lists = Lists { first_names: &first_names, surnames: &surnames, words: &words, communes: &communes };
        Ok(Self::new(lists, ner)?)
    }

    /// The names that the recogniser finds in `text`; nothing without one.
    pub(crate) fn recognised(&self, text: &str) -> Option<Arc<[NerEntity]>> {
        let ner = self.ner.as_ref()?;
        Some(self.seen.entities(text, || ner.entities_any_case(text)))
    }

    /// Whether there are lists of names: without them, only words such as "Mme" and "demeurant" give names away.
    #[must_use]
    pub fn has_lists(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether there is a recogniser, which takes milliseconds a page.
    #[must_use]
    pub fn has_recogniser(&self) -> bool {
        self.ner.is_some()
    }

    /// The same without the recogniser: faster, and it finds fewer names.
    #[must_use]
    pub fn without_ner(self) -> Self {
        Self { ner: None, ..self }
    }
}

/// Without the words.
impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language of {} word(s), recogniser: {}", self.words.len(), self.ner.is_some())
    }
}
