//! The right edge of a tree: enough to add entries and to know the root, in a few kilobytes whatever the size.

use std::convert::Infallible;

use crate::Reader;
use crate::hash::{Hash, complete_root};
use crate::tile::{FULL, Kind, Tile, TileError};
use crate::tree;

/// Hashes of the last, partial tile of each level.
#[derive(Debug, Clone, Default)]
pub struct Frontier {
    size: u64,
    levels: Vec<Vec<Hash>>,
}

impl Frontier {
    /// Reads the right edge of a log of `size` entries from its partial tiles.
    pub fn load(read: &Reader<'_>, size: u64) -> Result<Self, TileError> {
        let mut levels = Vec::new();
        for level in (0..8u8).take_while(|level| size >> (8 * level) > 0) {
            let count = size >> (8 * level);
            let tile = Tile { kind: Kind::Level(level), index: count / 256, width: (count % 256) as u16 };
            levels.push(if tile.width == 0 { Vec::new() } else { tile.read_hashes(read)? });
        }
        Ok(Self { size, levels })
    }

    /// Entries so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds one leaf hash; `on_full` receives each tile that this completes, from level 0 upwards.
    pub fn push(&mut self, leaf: Hash, on_full: &mut dyn FnMut(Tile, &[Hash])) {
        self.size += 1;
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::with_capacity(usize::from(FULL)));
            }
            let hashes = &mut self.levels[level];
            hashes.push(hash);
            if hashes.len() < usize::from(FULL) {
                break;
            }
            let index = (self.size >> (8 * (level + 1))) - 1;
            on_full(Tile { kind: Kind::Level(level as u8), index, width: FULL }, hashes);
            hash = complete_root(hashes);
            hashes.clear();
        }
    }

    /// The partial tiles at this size, from level 0 upwards.
    pub fn partial(&self) -> impl Iterator<Item = (Tile, &[Hash])> {
        self.levels.iter().enumerate().filter(|(_, hashes)| !hashes.is_empty()).map(|(level, hashes)| {
            let index = self.size >> (8 * (level + 1));
            (Tile { kind: Kind::Level(level as u8), index, width: hashes.len() as u16 }, hashes.as_slice())
        })
    }

    /// Root of the tree at this size.
    pub fn root(&self) -> Hash {
        let read = |height: u32, index: u64| -> Result<Hash, Infallible> {
            let from = ((index << (height % 8)) % u64::from(FULL)) as usize;
            Ok(complete_root(&self.levels[(height / 8) as usize][from..from + (1 << (height % 8))]))
        };
        match tree::root(self.size, &read) {
            Ok(root) => root,
            Err(never) => match never {},
        }
    }
}
