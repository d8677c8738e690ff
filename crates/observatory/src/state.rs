//! What is kept on the disk for each log; every write is whole and durable, or not there.

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouvernail_tlog::checkpoint::{self, Checkpoint};
use gouvernail_tlog::note::{Note, NoteError, Vkey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::StateError;
use crate::finding::Finding;
use crate::tally::Audit;

/// The last cosigned checkpoint.
const CHECKPOINT: &str = "checkpoint";
const FOLLOWED: &str = "followed.json";
const EVIDENCE: &str = "evidence";
const FINDING: &str = "finding.json";

/// How far a log was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Followed {
    /// The last published checkpoint whose every entry was read, as it was published.
    pub(crate) note: String,
    /// End of the last complete round.
    pub(crate) checked: Timestamp,
    /// When everything was last read from the first entry on.
    pub(crate) read_in_full: Timestamp,
    /// When the published checkpoint last changed.
    pub(crate) renewed: Timestamp,
    /// Since when the log shows less than it had cosigned.
    pub(crate) behind: Option<Timestamp>,
    /// What the entries add up to.
    pub(crate) audit: Audit,
}

/// Why a log is no longer cosigned.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Evidence {
    pub(crate) at: Timestamp,
    pub(crate) finding: Finding,
}

/// The data folder, taken for as long as this or one of its log folders lives.
pub(crate) struct DataFolder {
    path: PathBuf,
    alone: Arc<File>,
}

/// The folder of one log.
#[derive(Clone)]
pub(crate) struct LogFolder {
    path: PathBuf,
    _alone: Arc<File>,
}

fn failed<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> StateError + 'a {
    move |source| StateError::Io { what, path: path.to_owned(), source }
}

impl DataFolder {
    /// Creates it if need be, and keeps other processes away from it.
    pub(crate) fn open(path: &Path) -> Result<Self, StateError> {
        create(path)?;
        let lock = path.join("lock");
        let file = File::create(&lock).map_err(failed("create", &lock))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), alone: Arc::new(file) }),
            Err(TryLockError::WouldBlock) => Err(StateError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => Err(failed("lock", &lock)(source)),
        }
    }

    /// The folder of one log, which is created if it does not exist.
    pub(crate) fn log(&self, id: &str) -> Result<LogFolder, StateError> {
        let path = self.path.join(id);
        create(&path)?;
        Ok(LogFolder { path, _alone: self.alone.clone() })
    }
}

impl LogFolder {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The last cosigned checkpoint with its signatures, if there is one.
    pub(crate) fn read_cosigned(&self, key: &Vkey) -> Result<Option<(Checkpoint, Note)>, StateError> {
        let Some(text) = self.read(CHECKPOINT)? else { return Ok(None) };
        let checkpoint = self.signed(CHECKPOINT, &text, key)?;
        let note = text.parse().map_err(|error: NoteError| self.damaged(CHECKPOINT, error.to_string()))?;
        Ok(Some((checkpoint, note)))
    }

    pub(crate) fn write_cosigned(&self, note: &Note) -> Result<(), StateError> {
        self.write(CHECKPOINT, note.to_string().as_bytes())
    }

    /// How far the log was read, if it was, and the checkpoint up to which.
    pub(crate) fn read_followed(&self, key: &Vkey) -> Result<Option<(Followed, Checkpoint)>, StateError> {
        let Some(text) = self.read(FOLLOWED)? else { return Ok(None) };
        let followed: Followed = serde_json::from_str(&text).map_err(|error| self.damaged(FOLLOWED, error.to_string()))?;
        let checkpoint = self.signed(FOLLOWED, &followed.note, key)?;
        Ok(Some((followed, checkpoint)))
    }

    pub(crate) fn write_followed(&self, followed: &Followed) -> Result<(), StateError> {
        self.write(FOLLOWED, &self.json(FOLLOWED, followed)?)
    }

    /// Why the log is no longer cosigned, if it is not.
    pub(crate) fn read_evidence(&self) -> Result<Option<Evidence>, StateError> {
        let folder = self.path.join(EVIDENCE);
        if !folder.try_exists().map_err(failed("look for", &folder))? {
            return Ok(None);
        }
        let name = format!("{EVIDENCE}/{FINDING}");
        let text = self.read(&name)?.ok_or_else(|| {
            self.damaged(&name, "it is gone and the rest of the evidence is not: remove all of it, or nothing".to_owned())
        })?;
        serde_json::from_str(&text).map(Some).map_err(|error| self.damaged(&name, error.to_string()))
    }

    /// Keeps evidence, all of it at once: the folder has its name only when it is complete. The first is never replaced.
    pub(crate) fn write_evidence(&self, evidence: &Evidence, files: &[(&str, &[u8])]) -> Result<(), StateError> {
        if self.read_evidence()?.is_some() {
            return Ok(());
        }
        let draft = Self { path: self.path.join(".evidence"), ..self.clone() };
        match fs::remove_dir_all(&draft.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed("remove", &draft.path)(error)),
            _ => create(&draft.path)?,
        }
        draft.write(FINDING, &self.json(FINDING, evidence)?)?;
        files.iter().try_for_each(|(name, bytes)| draft.write(name, bytes))?;
        let folder = self.path.join(EVIDENCE);
        fs::rename(&draft.path, &folder).map_err(failed("name", &folder))?;
        sync(&self.path)
    }

    fn read(&self, name: &str) -> Result<Option<String>, StateError> {
        let path = self.path.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("read", &path)(error)),
        }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), StateError> {
        let (path, temporary) = (self.path.join(name), self.path.join(format!(".{name}")));
        let mut file = File::create(&temporary).map_err(failed("create", &temporary))?;
        file.write_all(bytes).map_err(failed("write", &temporary))?;
        file.sync_all().map_err(failed("sync", &temporary))?;
        fs::rename(&temporary, &path).map_err(failed("name", &path))?;
        sync(&self.path)
    }

    fn json(&self, name: &str, value: &impl Serialize) -> Result<Vec<u8>, StateError> {
        serde_json::to_vec(value).map_err(|error| self.damaged(name, error.to_string()))
    }

    fn signed(&self, name: &str, note: &str, key: &Vkey) -> Result<Checkpoint, StateError> {
        let opened = checkpoint::open(note, std::slice::from_ref(key));
        opened.map(|opened| opened.checkpoint).map_err(|error| self.damaged(name, error.to_string()))
    }

    fn damaged(&self, name: &str, reason: String) -> StateError {
        StateError::Damaged { path: self.path.join(name), reason }
    }
}

/// Creates a folder that outlives a power cut.
fn create(dir: &Path) -> Result<(), StateError> {
    fs::create_dir_all(dir).map_err(failed("create", dir))?;
    sync(dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))
}

fn sync(dir: &Path) -> Result<(), StateError> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(failed("sync", dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_evidence_is_the_one_that_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(dir.path()).unwrap().log("log").unwrap();
        // Left by a process that was killed while it wrote.
        fs::create_dir_all(folder.path().join(".evidence/half")).unwrap();
        assert!(folder.read_evidence().unwrap().is_none());
        for size in [1, 2] {
            let evidence = Evidence { at: Timestamp::UNIX_EPOCH, finding: Finding::Forked { size } };
            folder.write_evidence(&evidence, &[("found", size.to_string().as_bytes())]).unwrap();
            assert_eq!(folder.read_evidence().unwrap().unwrap().finding, Finding::Forked { size: 1 });
        }
        assert_eq!(fs::read(folder.path().join("evidence/found")).unwrap(), b"1");
        assert!(!folder.path().join("evidence/half").exists() && !folder.path().join(".evidence").exists());
    }
}
