//! A file of vaults: one on each line of JSON, of which the last one of a document counts. Only its owner reads it.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use gouvernail_privacy::Vault;
use gouvernail_privacy::jsonl::VaultOf;

/// The vaults of documents by their name.
pub struct Vaults {
    path: PathBuf,
    file: File,
    held: HashMap<String, Vault>,
}

impl Vaults {
    /// To add to; the file is made when there is none.
    ///
    /// # Errors
    /// When it cannot be written, when others may read it, or when a line of it is damaged.
    pub fn open(path: &Path) -> Result<Self> {
        Self::with(path, OpenOptions::new().read(true).append(true).create(true).mode(0o600))
    }

    /// To read only.
    ///
    /// # Errors
    /// When it cannot be read, when others may read it, or when a line of it is damaged.
    pub fn read(path: &Path) -> Result<Self> {
        Self::with(path, OpenOptions::new().read(true))
    }

    fn with(path: &Path, options: &OpenOptions) -> Result<Self> {
        let shown = path.display();
        let mut file = options.open(path).with_context(|| format!("cannot open the file of vaults {shown}"))?;
        let mode = file.metadata()?.permissions().mode();
        if mode & 0o077 != 0 {
            bail!("the file of vaults {shown} can be read by others (mode {:o}): run chmod 600 on it", mode & 0o777);
        }
        let mut text = String::new();
        file.read_to_string(&mut text).with_context(|| format!("cannot read the file of vaults {shown}"))?;
        let mut held = HashMap::new();
        for (place, line) in text.lines().enumerate() {
            let read = VaultOf::parse(place + 1, line);
            let VaultOf { id, vault } = read.with_context(|| {
                format!("the file of vaults {shown} is damaged: restore it, or take out a last line that is cut")
            })?;
            held.insert(id, vault);
        }
        if !text.is_empty() && !text.ends_with('\n') {
            bail!("the file of vaults {shown} ends within a line: take out its last line");
        }
        Ok(Self { path: path.to_owned(), file, held })
    }

    /// The vault of a document, empty at first; [`Self::keep`] writes it.
    pub fn of(&mut self, id: &str) -> &mut Vault {
        self.held.entry(id.to_owned()).or_default()
    }

    /// The vault of a document.
    pub fn get(&self, id: &str) -> Option<&Vault> {
        self.held.get(id)
    }

    /// Writes the vault of a document.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&mut self, id: &str) -> Result<()> {
        let kept = VaultOf { id: id.to_owned(), vault: self.of(id).clone() };
        let line = serde_json::to_string(&kept)? + "\n";
        self.file.write_all(line.as_bytes()).with_context(|| format!("cannot write the file of vaults {}", self.path.display()))
    }

    /// Waits until the disk holds everything.
    ///
    /// # Errors
    /// When it does not.
    pub fn finish(&self) -> Result<()> {
        self.file.sync_all().with_context(|| format!("cannot write the file of vaults {}", self.path.display()))
    }
}
