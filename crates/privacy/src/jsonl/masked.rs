//! Masked documents, and their vaults.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Fields, LineError};
use crate::Vault;

/// A document whose personal data are placeholders.
#[derive(Clone, Serialize)]
pub struct MaskedDocument {
    /// That of the document.
    pub id: String,
    /// The masked text.
    pub text: String,
    /// What gives the data back, when it travels with the text: whoever holds the line then holds the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vault: Option<Vault>,
}

/// The vault of one document, as a file of vaults holds it.
#[derive(Clone, Serialize)]
pub struct VaultOf {
    /// That of the document.
    pub id: String,
    /// Its values and placeholders.
    pub vault: Vault,
}

impl MaskedDocument {
    /// Reads one line; `line` is its number, for errors.
    ///
    /// # Errors
    /// [`LineError`] when it is no JSON object, or a field is missing or of another kind.
    pub fn parse(line: usize, json: &str) -> Result<Self, LineError> {
        let mut fields = Fields::<IgnoredAny>::parse(line, json)?;
        Ok(Self { id: fields.id()?, text: fields.text()?, vault: vault(&mut fields)? })
    }

    /// The document with the values of its own vault, or else of the one given; it holds no vault any more.
    /// None when there is no vault.
    #[must_use]
    pub fn restore(&self, apart: Option<&Vault>) -> Option<Self> {
        let vault = self.vault.as_ref().or(apart)?;
        Some(Self { id: self.id.clone(), text: vault.restore(&self.text), vault: None })
    }
}

impl VaultOf {
    /// Reads one line of a file of vaults; `line` is its number, for errors.
    ///
    /// # Errors
    /// [`LineError`] when it is no JSON object, or a field is missing or of another kind.
    pub fn parse(line: usize, json: &str) -> Result<Self, LineError> {
        let mut fields = Fields::<IgnoredAny>::parse(line, json)?;
        let id = fields.id()?;
        let vault = vault(&mut fields)?.ok_or_else(|| fields.error("vault", "it is missing"))?;
        Ok(Self { id, vault })
    }
}

/// The vault in a line. What is wrong with one is not repeated: it holds personal data.
fn vault(fields: &mut Fields<IgnoredAny>) -> Result<Option<Vault>, LineError> {
    match fields.of.vault.take() {
        None | Some(Value::Null) => Ok(None),
        Some(read) => match Vault::deserialize(read) {
            Ok(vault) => Ok(Some(vault)),
            Err(_) => Err(fields.error("vault", "what `mask` wrote is expected, unchanged")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::*;
    use crate::Detector;

    #[test]
    fn a_masked_line_comes_back_with_its_vault_or_with_one_apart() {
        let document =
            Document::parse(1, r#"{"id":"a","text":"Née le 7 mars 1985, [DATE_1] ; 06 12 34 56 78"}"#).expect("a document");
        let mut vault = Vault::new();
        let masked = document.mask(&Detector::new(&document.known), &mut vault);
        assert!(!masked.text.contains("1985") && masked.restore(None).is_none());
        let line = serde_json::to_string(&masked).expect("serialisable");
        assert!(!line.contains("vault"), "{line}");
        assert_eq!(masked.restore(Some(&vault)).map(|restored| restored.text), Some(document.text.clone()));

        let kept = serde_json::to_string(&VaultOf { id: "a".to_owned(), vault: vault.clone() }).expect("serialisable");
        let read = VaultOf::parse(1, &kept).expect("a vault");
        assert_eq!(masked.restore(Some(&read.vault)).map(|restored| restored.text), Some(document.text.clone()));

        let line = serde_json::to_string(&MaskedDocument { vault: Some(vault), ..masked }).expect("serialisable");
        let restored = MaskedDocument::parse(1, &line).expect("a line").restore(None).expect("its vault");
        assert_eq!(restored.text, document.text);
    }

    #[test]
    fn a_vault_that_is_wrong_is_refused_without_its_values() {
        let error = MaskedDocument::parse(3, r#"{"id":"a","text":"","vault":{"person":"Secret"}}"#).err().expect("an error");
        assert_eq!((error.line, error.field.as_str()), (3, "vault"));
        assert!(!error.to_string().contains("Secret"));
    }
}
