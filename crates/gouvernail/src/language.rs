//! What the gateway reads names with: lists and a recogniser that `scripts/fetch-names` and `scripts/fetch-ner` put on the machine.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use gouvernail_privacy::Language;
use serde::Deserialize;

use crate::edge;

/// How names of third persons are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Names {
    /// By lists and by the recogniser.
    Recogniser,
    /// By lists alone: faster, and some more names stay.
    Lists,
    /// By the words around alone; all that is in doubt is hidden.
    None,
}

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Recogniser => "lists and recogniser",
            Self::Lists => "lists",
            Self::None => "the words around alone: all that is in doubt is hidden",
        })
    }
}

/// Where names are fetched, unless the configuration says otherwise.
pub fn fetched() -> PathBuf {
    edge::cache().join("french")
}

/// What is asked for, or else what is there.
///
/// # Errors
/// When what is asked for is not there, or cannot be read: the message says what fetches it.
pub fn load(asked: Option<Names>, folder: &Path) -> Result<(Language, Names)> {
    let read = || Language::load(folder).with_context(|| format!("the names in {} cannot be used", folder.display()));
    let language = match asked {
        Some(Names::None) => Language::default(),
        Some(Names::Lists) => read()?.without_ner(),
        Some(Names::Recogniser) => {
            let language = read()?;
            if !language.has_recogniser() {
                bail!(
                    "privacy.names is \"recogniser\", and there is none in {}: run scripts/fetch-ner, or write \"lists\"",
                    folder.display()
                );
            }
            language
        }
        None if folder.is_dir() => read()?,
        None => Language::default(),
    };
    let used = match (language.has_lists(), language.has_recogniser()) {
        (_, true) => Names::Recogniser,
        (true, false) => Names::Lists,
        (false, false) => Names::None,
    };
    Ok((language, used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_used_and_what_is_asked_for_must_be_there() {
        let folder = tempfile::tempdir().unwrap();
        let absent = folder.path().join("absent");
        assert_eq!(load(None, &absent).unwrap().1, Names::None);
        assert_eq!(load(Some(Names::None), &absent).unwrap().1, Names::None);
        let error = format!("{:#}", load(Some(Names::Lists), &absent).unwrap_err());
        assert!(error.contains("scripts/fetch-names"), "{error}");

        for (list, text) in
            [("first-names", "Zoé\n"), ("surnames", "Lefèvre\n"), ("words", "un\t9\n"), ("communes", "Dijon\t21000\n")]
        {
            std::fs::write(folder.path().join(list).with_extension("txt"), text).unwrap();
        }
        assert_eq!(load(None, folder.path()).unwrap().1, Names::Lists);
        assert_eq!(load(Some(Names::None), folder.path()).unwrap().1, Names::None);
        let error = load(Some(Names::Recogniser), folder.path()).unwrap_err().to_string();
        assert!(error.contains("scripts/fetch-ner"), "{error}");
        std::fs::create_dir(folder.path().join("ner")).unwrap();
        assert!(load(None, folder.path()).is_err(), "half a recogniser is none");
    }
}
