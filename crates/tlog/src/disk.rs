//! A log in a folder: `checkpoint` and `tile/…`, as any static web server can publish it.
//!
//! Order of events: the database commits entries and signed checkpoint; [`DiskLog::append`] writes the tiles;
//! [`DiskLog::publish`] writes the checkpoint. After a crash the last two are simply done again: tiles never change,
//! so writing one twice is the same as once, and a checkpoint is visible only when all that it covers is on the disk.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::frontier::Frontier;
use crate::grow::{Growth, grow};
use crate::hash::Hash;
use crate::note::Note;
use crate::tile::{FULL, Kind, Tile, TileError, TiledTree};
use crate::tree::{self, ProofError};
use crate::{ReadError, Reader};

/// A folder that holds one log.
#[derive(Debug, Clone)]
pub struct DiskLog {
    dir: PathBuf,
}

/// What can go wrong with a log on a disk.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The disk refused.
    #[error("cannot {what} {}: {source}; free space or mend the rights, then start again: nothing is lost", path.display())]
    Io {
        /// What was attempted.
        what: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A tile is missing or damaged.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// A tile is already there with other bytes.
    #[error(
        "{path} already exists with other contents: tiles never change; another process writes this log, or the database was restored from an old copy"
    )]
    Conflict {
        /// Path inside the log.
        path: String,
    },
    /// The checkpoint is not readable.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint would take back what was published.
    #[error(
        "a checkpoint of {published} entries is already published and this one, of {size}, does not continue it: the database was perhaps restored from an old copy"
    )]
    Rollback {
        /// Entries that are published.
        published: u64,
        /// Entries of the refused checkpoint.
        size: u64,
    },
    /// The tiles on the disk are not those that the checkpoint signs.
    #[error(
        "the tiles on the disk do not lead to the root that the checkpoint of {size} entries signs: append the same entries first"
    )]
    Root {
        /// Entries of the refused checkpoint.
        size: u64,
    },
    /// An index outside the log.
    #[error(transparent)]
    Range(#[from] ProofError),
}

fn failed<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(std::io::Error) -> DiskError + 'a {
    move |source| DiskError::Io { what, path: path.to_owned(), source }
}

impl DiskLog {
    /// Opens the log in `dir`, which is created if it does not exist.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, DiskError> {
        let dir = dir.into();
        fs::create_dir_all(&dir).map_err(failed("create", &dir))?;
        // So that the folder itself outlives a power cut.
        sync(dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))?;
        Ok(Self { dir })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Bytes of a resource of the log, or `None` if it does not exist; fits [`Reader`].
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        match fs::read(self.dir.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ReadError { path: path.to_owned(), reason: error.to_string() }),
        }
    }

    /// What adding `entries` to the first `from_size` would do; nothing is written.
    pub fn plan<T: AsRef<[u8]>>(&self, from_size: u64, entries: &[T]) -> Result<Growth, DiskError> {
        Ok(grow(&|path: &str| self.read(path), from_size, entries)?)
    }

    /// Writes the tiles of `entries` after the first `from_size`, durably; what it returns is on the disk.
    ///
    /// It may be called again with the same arguments after any interruption, and does then what is left to do.
    pub fn append<T: AsRef<[u8]>>(&self, from_size: u64, entries: &[T]) -> Result<Growth, DiskError> {
        let growth = self.plan(from_size, entries)?;
        self.write(&growth)?;
        Ok(growth)
    }

    /// Writes what [`DiskLog::plan`] computed, durably.
    pub fn write(&self, growth: &Growth) -> Result<(), DiskError> {
        let _alone = self.lock()?;
        let mut dirs = BTreeSet::new();
        for file in &growth.files {
            let path = file.tile.to_string();
            let parent = self.parent(&path, &mut dirs)?;
            match self.read(&path).map_err(TileError::from)? {
                Some(bytes) if bytes == file.bytes => {}
                Some(_) => return Err(DiskError::Conflict { path }),
                None => replace(&parent, &self.dir.join(&path), &file.bytes)?,
            }
        }
        // Deepest first, so that a name never points to what is not yet on the disk.
        dirs.iter().rev().try_for_each(|dir| sync(dir))
    }

    /// Waits to be the only writer, until the returned file is dropped (or the process dies).
    fn lock(&self) -> Result<File, DiskError> {
        let dir = File::open(&self.dir).map_err(failed("open", &self.dir))?;
        dir.lock().map_err(failed("lock", &self.dir))?;
        Ok(dir)
    }

    /// Creates the folders above `path` and notes them all for syncing.
    fn parent(&self, path: &str, dirs: &mut BTreeSet<PathBuf>) -> Result<PathBuf, DiskError> {
        let parent = self.dir.join(path.rsplit_once('/').map_or("", |(parent, _)| parent));
        if !dirs.contains(&parent) {
            fs::create_dir_all(&parent).map_err(failed("create", &parent))?;
            let above = parent.ancestors().take_while(|dir| dir.starts_with(&self.dir));
            dirs.extend(above.map(Path::to_owned));
        }
        Ok(parent)
    }

    /// Publishes a signed checkpoint, durably, as the last step.
    ///
    /// It is refused when its tiles are not all there, and when it would take back what is published. The same size and
    /// root with more signatures (a witness answered) is welcome.
    pub fn publish(&self, note: &Note) -> Result<(), DiskError> {
        let new: Checkpoint = note.text.parse()?;
        let _alone = self.lock()?;
        if let Some(old) = self.read_checkpoint()? {
            let old: Checkpoint = old.text.parse()?;
            let same = old.size == new.size && old.root != new.root;
            if old.size > new.size || same || old.origin != new.origin {
                return Err(DiskError::Rollback { published: old.size, size: new.size });
            }
        }
        if Frontier::load(&|path: &str| self.read(path), new.size)?.root() != new.root {
            return Err(DiskError::Root { size: new.size });
        }
        replace(&self.dir, &self.dir.join("checkpoint"), note.to_string().as_bytes())?;
        sync(&self.dir)
    }

    /// Writes a file beside the log's own, durably: nothing of the log depends on it.
    pub fn write_beside(&self, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
        let _alone = self.lock()?;
        replace(&self.dir, &self.dir.join(name), bytes)?;
        sync(&self.dir)
    }

    /// The published checkpoint, if there is one. Its signatures are not verified.
    pub fn read_checkpoint(&self) -> Result<Option<Note>, DiskError> {
        self.read_note("checkpoint")
    }

    /// A signed note in the folder of the log, if it is there. Its signatures are not verified.
    pub fn read_note(&self, name: &str) -> Result<Option<Note>, DiskError> {
        let Some(bytes) = self.read(name).map_err(TileError::from)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| CheckpointError::Malformed("not UTF-8"))?;
        Ok(Some(text.parse().map_err(CheckpointError::from)?))
    }

    /// Inclusion proof of entry `index` in the first `size` entries, from the leaf's sibling upwards.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Hash>, DiskError> {
        in_range(index < size, index, size)?;
        let read = |path: &str| self.read(path);
        let tiles = TiledTree::new(&read, size);
        Ok(tree::inclusion(index, size, &|height, at| tiles.subtree(height, at))?)
    }

    /// Consistency proof between the first `old` and the first `new` entries, for a witness.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, DiskError> {
        in_range(old <= new, old, new)?;
        let read = |path: &str| self.read(path);
        let tiles = TiledTree::new(&read, new);
        Ok(tree::consistency(old, new, &|height, at| tiles.subtree(height, at))?)
    }

    /// Bytes of entry `index` of a log of `size` entries: the leaf that a receipt is verified with.
    pub fn read_leaf(&self, index: u64, size: u64) -> Result<Vec<u8>, DiskError> {
        in_range(index < size, index, size)?;
        let number = index / u64::from(FULL);
        let width = (size - number * u64::from(FULL)).min(u64::from(FULL)) as u16;
        let read: &Reader<'_> = &|path: &str| self.read(path);
        let mut entries = Tile { kind: Kind::Entries, index: number, width }.read_entries(read)?;
        Ok(entries.swap_remove((index % u64::from(FULL)) as usize))
    }
}

fn in_range(holds: bool, position: u64, size: u64) -> Result<(), ProofError> {
    if holds { Ok(()) } else { Err(ProofError::OutOfRange { position, size }) }
}

/// Puts `bytes` at `path` so that a reader sees the old file or the whole new one, never a part.
fn replace(parent: &Path, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    // No tile has such a name; one left by a crash is overwritten by the next attempt.
    let temporary = parent.join(".writing");
    let mut file = File::create(&temporary).map_err(failed("create", &temporary))?;
    file.write_all(bytes).map_err(failed("write", &temporary))?;
    file.sync_all().map_err(failed("sync", &temporary))?;
    fs::rename(&temporary, path).map_err(failed("name", path))
}

fn sync(dir: &Path) -> Result<(), DiskError> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(failed("sync", dir))
}
