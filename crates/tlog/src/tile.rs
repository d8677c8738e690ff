//! Names and contents of the files of a log (`c2sp.org/tlog-tiles`, tile height 8).

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::str::FromStr;

use crate::hash::{Hash, complete_root};
use crate::{ReadError, Reader};

/// Hashes of a full tile, entries of a full bundle.
pub const FULL: u16 = 256;
/// Longest entry, in bytes: its length is written on 16 bits.
pub const MAX_ENTRY: usize = 65_535;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Hashes of that tile level (0–63); level 0 holds leaf hashes.
    Level(u8),
    /// The entries themselves (an *entry bundle*).
    Entries,
}

/// One tile or entry bundle of a log: what, which, and how wide (1–256).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// Hashes of a level, or entries.
    pub kind: Kind,
    /// Position among the tiles of its kind, from 0.
    pub index: u64,
    /// Hashes or entries in it; [`FULL`] unless it is the last one of its kind.
    pub width: u16,
}

/// A tile or a bundle that does not say what its place asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// The resource could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Neither the tile nor the full tile that may replace it exists.
    #[error("{path} is missing from the log: restore it from a copy of the log (tiles never change, any copy will do)")]
    Missing {
        /// Path inside the log.
        path: String,
    },
    /// The file has the wrong length or inner lengths.
    #[error("{path} is damaged ({what}): restore it from a copy of the log")]
    Damaged {
        /// Path inside the log.
        path: String,
        /// What is wrong with it.
        what: String,
    },
    /// An entry that no bundle can hold.
    #[error("an entry of {length} bytes does not fit in the log: the limit is 65,535 bytes")]
    TooLong {
        /// Length of the entry, in bytes.
        length: usize,
    },
    /// A name that is not that of a tile.
    #[error("`{0}` is not the path of a tile (expected tile/<level or entries>/<number>[.p/<width>])")]
    Path(String),
}

impl Tile {
    /// The same tile once it is full.
    pub fn full(self) -> Self {
        Self { width: FULL, ..self }
    }

    fn damaged(&self, what: impl Into<String>) -> TileError {
        TileError::Damaged { path: self.to_string(), what: what.into() }
    }

    fn read(&self, read: &Reader<'_>) -> Result<Vec<u8>, TileError> {
        if let Some(bytes) = read(&self.to_string())? {
            return Ok(bytes);
        }
        let full = if self.width < FULL { read(&self.full().to_string())? } else { None };
        full.ok_or_else(|| TileError::Missing { path: self.to_string() })
    }

    /// Reads a tile of hashes; an absent partial tile is cut from the full one, as the specification allows.
    pub fn read_hashes(&self, read: &Reader<'_>) -> Result<Vec<Hash>, TileError> {
        let bytes = self.read(read)?;
        let (hashes, rest) = bytes.as_chunks::<32>();
        let width = usize::from(self.width);
        if !rest.is_empty() || (hashes.len() != width && hashes.len() != usize::from(FULL)) {
            return Err(self.damaged(format!("{} bytes, {} expected", bytes.len(), width * 32)));
        }
        Ok(hashes[..width].to_vec())
    }

    /// Reads a bundle; an absent partial bundle is cut from the full one.
    pub fn read_entries(&self, read: &Reader<'_>) -> Result<Vec<Vec<u8>>, TileError> {
        let mut entries = decode_bundle(&self.read(read)?).map_err(|what| self.damaged(what))?;
        let width = usize::from(self.width);
        if entries.len() != width && entries.len() != usize::from(FULL) {
            return Err(self.damaged(format!("{} entries, {width} expected", entries.len())));
        }
        entries.truncate(width);
        Ok(entries)
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Level(level) => write!(f, "tile/{level}/")?,
            Kind::Entries => write!(f, "tile/entries/")?,
        }
        let digits = self.index.to_string();
        let digits = format!("{digits:0>width$}", width = digits.len().div_ceil(3) * 3);
        for at in (0..digits.len() - 3).step_by(3) {
            write!(f, "x{}/", &digits[at..at + 3])?;
        }
        write!(f, "{}", &digits[digits.len() - 3..])?;
        if self.width < FULL {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for Tile {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        // Whatever is accepted must be written back identically: one tile, one name.
        parse(path).filter(|tile| tile.to_string() == path).ok_or_else(|| TileError::Path(path.to_owned()))
    }
}

fn parse(path: &str) -> Option<Tile> {
    let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
    let kind = match kind {
        "entries" => Kind::Entries,
        level => Kind::Level(level.parse().ok().filter(|level| *level < 64)?),
    };
    let (number, width) = match rest.split_once(".p/") {
        Some((number, width)) => (number, width.parse().ok().filter(|width| (1..FULL).contains(width))?),
        None => (rest, FULL),
    };
    let index = number.replace(['/', 'x'], "").parse().ok()?;
    Some(Tile { kind, index, width })
}

/// Tiles of one kind and level for a log where that level holds `count` hashes (or entries).
pub fn tiles_of(kind: Kind, count: u64) -> impl Iterator<Item = Tile> {
    let full = u64::from(FULL);
    (0..count.div_ceil(full)).map(move |index| {
        // At most 256, so it fits.
        Tile { kind, index, width: (count - index * full).min(full) as u16 }
    })
}

/// Every file that a log of `size` entries is made of, its checkpoint apart: bundles first, then levels upwards.
///
/// A follower downloads these to verify or mirror the log.
pub fn all(size: u64) -> impl Iterator<Item = Tile> {
    let levels = (0..8u8).flat_map(move |level| tiles_of(Kind::Level(level), size >> (8 * level)));
    tiles_of(Kind::Entries, size).chain(levels)
}

/// Bytes of a bundle: each entry after its length (16 bits, big-endian).
pub fn encode_bundle<T: AsRef<[u8]>>(entries: &[T]) -> Result<Vec<u8>, TileError> {
    let mut bytes = Vec::with_capacity(entries.iter().map(|entry| entry.as_ref().len() + 2).sum());
    for entry in entries.iter().map(AsRef::as_ref) {
        let length = u16::try_from(entry.len()).map_err(|_| TileError::TooLong { length: entry.len() })?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(entry);
    }
    Ok(bytes)
}

/// Entries of a bundle; the error says at which byte it stops making sense.
pub fn decode_bundle(bytes: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let cut = || format!("cut at byte {}", bytes.len() - rest.len());
        let (length, after) = rest.split_first_chunk::<2>().ok_or_else(cut)?;
        let (entry, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or_else(cut)?;
        entries.push(entry.to_vec());
        rest = after;
    }
    Ok(entries)
}

/// Hashes of complete subtrees of a log of known size, read from its tiles; each tile is read once.
pub struct TiledTree<'a> {
    read: &'a Reader<'a>,
    size: u64,
    seen: RefCell<HashMap<Tile, Vec<Hash>>>,
}

impl<'a> TiledTree<'a> {
    /// A view of the first `size` entries.
    pub fn new(read: &'a Reader<'a>, size: u64) -> Self {
        Self { read, size, seen: RefCell::default() }
    }

    /// Hash of the complete subtree of 2^`height` entries that starts at entry `index << height`.
    pub fn subtree(&self, height: u32, index: u64) -> Result<Hash, TileError> {
        // Heights are at most 63, so levels fit.
        let level = (height / 8) as u8;
        let first = index << (height % 8);
        let number = first / u64::from(FULL);
        let count = self.size >> (8 * u32::from(level));
        let width = count.saturating_sub(number * u64::from(FULL)).min(u64::from(FULL)) as u16;
        let tile = Tile { kind: Kind::Level(level), index: number, width };
        let mut seen = self.seen.borrow_mut();
        let hashes = match seen.entry(tile) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(tile.read_hashes(self.read)?),
        };
        let from = (first % u64::from(FULL)) as usize;
        let hashes = hashes.get(from..from + (1 << (height % 8)));
        hashes.map(complete_root).ok_or_else(|| tile.damaged(format!("no subtree of height {height} at {index}")))
    }
}
