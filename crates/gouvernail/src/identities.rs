//! How applications sign who is behind their calls, in the configuration file.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use axum::http::HeaderName;
use gouvernail_gateway::SignedIdentity;
use serde::Deserialize;

/// `[[identities]]`: the applications of these systems sign who is behind a call.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Identifiers of the systems.
    pub systems: Vec<String>,
    /// File that holds the secret shared with the application.
    pub secret_file: PathBuf,
    /// Header of the token.
    #[serde(default = "default_header")]
    pub header: String,
    /// `iss` of the token.
    #[serde(default = "default_issuer")]
    pub issuer: String,
    /// Claim that names the person.
    #[serde(default = "default_claim")]
    pub claim: String,
}

fn default_header() -> String {
    "X-OpenWebUI-User-Jwt".to_owned()
}

fn default_issuer() -> String {
    "open-webui".to_owned()
}

fn default_claim() -> String {
    "email".to_owned()
}

/// What the entries say, with their secrets.
///
/// # Errors
/// Says which entry is wrong, and how.
pub fn read(entries: &[Entry]) -> Result<Vec<SignedIdentity>> {
    let mut seen = HashSet::new();
    if let Some(twice) = entries.iter().flat_map(|entry| &entry.systems).find(|system| !seen.insert(*system)) {
        bail!("identities: system {twice:?} is named twice; leave one, so that one secret speaks for it");
    }
    entries.iter().zip(1..).map(|(entry, place)| one(entry).with_context(|| format!("identities, entry {place}"))).collect()
}

fn one(entry: &Entry) -> Result<SignedIdentity> {
    if entry.systems.is_empty() {
        bail!("systems is empty: name the systems whose applications sign");
    }
    let Ok(header) = entry.header.parse::<HeaderName>() else {
        bail!("header is {:?}: write the name of a header", entry.header);
    };
    let secret = fs::read_to_string(&entry.secret_file)
        .with_context(|| format!("secret_file: cannot read {}", entry.secret_file.display()))?;
    let secret = secret.trim().as_bytes().to_vec();
    if secret.len() < SignedIdentity::SHORTEST_SECRET {
        bail!(
            "secret_file: {} bytes are too few, {} are needed; make a secret with `openssl rand -hex 32` and give it to the application too",
            secret.len(),
            SignedIdentity::SHORTEST_SECRET
        );
    }
    let (systems, issuer, claim) = (entry.systems.clone(), entry.issuer.clone(), entry.claim.clone());
    Ok(SignedIdentity { systems, header, issuer, claim, secret })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        #[derive(Deserialize)]
        struct File {
            identities: Vec<Entry>,
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("long"), format!("{}\n", "s".repeat(32))).unwrap();
        fs::write(folder.path().join("short"), "s".repeat(31)).unwrap();
        let mut file: File = toml::from_str(text).unwrap();
        for entry in &mut file.identities {
            entry.secret_file = folder.path().join(&entry.secret_file);
        }
        match read(&file.identities) {
            Ok(identities) => format!("{identities:?}"),
            Err(error) => format!("{error:#}"),
        }
    }

    #[test]
    fn an_entry_is_open_webui_s_unless_it_says_otherwise_and_faults_are_told() {
        let plain = "[[identities]]\nsystems = [\"a\"]\nsecret_file = \"long\"\n";
        let read = told(plain);
        assert!(read.contains("x-openwebui-user-jwt") && read.contains("open-webui") && !read.contains("ssss"), "{read}");
        assert!(told(&plain.replace("long", "short")).contains("31 bytes are too few"));
        assert!(told(&plain.replace("long", "absent")).contains("entry 1: secret_file: cannot read"));
        assert!(told(&plain.replace("[\"a\"]", "[]")).contains("systems is empty"));
        assert!(told(&format!("{plain}{plain}")).contains("\"a\" is named twice"));
        assert!(told(&format!("{plain}header = \"a b\"\n")).contains("name of a header"));
    }
}
