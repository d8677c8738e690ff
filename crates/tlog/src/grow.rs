//! Which files a batch of entries adds to a log, and the root that it leads to. Nothing is written here.

use crate::Reader;
use crate::frontier::Frontier;
use crate::hash::{self, Hash};
use crate::tile::{FULL, Kind, MAX_ENTRY, Tile, TileError, encode_bundle};

/// A file of the log: its tile and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Which tile it is; its `Display` is the path inside the log.
    pub tile: Tile,
    /// Contents.
    pub bytes: Vec<u8>,
}

/// What a batch does to a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// Root before; a sequencer compares it with the checkpoint that it last committed.
    pub old_root: Hash,
    /// Entries after.
    pub size: u64,
    /// Root after: what the next checkpoint signs.
    pub root: Hash,
    /// Files to write, all of them immutable.
    pub files: Vec<File>,
}

/// Adds `entries` to the log of `old_size` entries behind `read`.
///
/// The result depends only on the first `old_size` entries and on `entries`, never on what a crashed attempt left.
pub fn grow<T: AsRef<[u8]>>(read: &Reader<'_>, old_size: u64, entries: &[T]) -> Result<Growth, TileError> {
    if let Some(long) = entries.iter().map(|entry| entry.as_ref().len()).find(|length| *length > MAX_ENTRY) {
        return Err(TileError::TooLong { length: long });
    }
    let mut frontier = Frontier::load(read, old_size)?;
    let old_root = frontier.root();
    let mut files = bundles(read, old_size, entries)?;
    let mut full = |tile, hashes: &[Hash]| files.push(File { tile, bytes: hashes.concat() });
    for entry in entries {
        frontier.push(hash::leaf(entry.as_ref()), &mut full);
    }
    let unchanged = |tile: &Tile| match tile.kind {
        Kind::Level(level) => old_size >> (8 * level) == frontier.size() >> (8 * level),
        Kind::Entries => false,
    };
    let partial = frontier.partial().filter(|(tile, _)| !unchanged(tile));
    files.extend(partial.map(|(tile, hashes)| File { tile, bytes: hashes.concat() }));
    Ok(Growth { old_root, size: frontier.size(), root: frontier.root(), files })
}

/// Bundles from the one that was partial (its first entries come from the log) to the last.
fn bundles<T: AsRef<[u8]>>(read: &Reader<'_>, old_size: u64, entries: &[T]) -> Result<Vec<File>, TileError> {
    let width = u64::from(FULL);
    let mut index = old_size / width;
    let held = (old_size % width) as u16;
    let mut files = Vec::new();
    let mut rest = entries;
    let mut start = match held {
        _ if entries.is_empty() => return Ok(files),
        0 => Vec::new(),
        held => encode_bundle(&Tile { kind: Kind::Entries, index, width: held }.read_entries(read)?)?,
    };
    let mut held = usize::from(held);
    while !rest.is_empty() {
        let (now, later) = rest.split_at(rest.len().min(usize::from(FULL) - held));
        start.extend(encode_bundle(now)?);
        let tile = Tile { kind: Kind::Entries, index, width: (held + now.len()) as u16 };
        files.push(File { tile, bytes: std::mem::take(&mut start) });
        (rest, held, index) = (later, 0, index + 1);
    }
    Ok(files)
}
