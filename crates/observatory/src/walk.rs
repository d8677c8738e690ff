//! Reads the entries of a log from one size to the next, and compares every tile and the signed root with them.

use gouvernail_tlog::checkpoint::Checkpoint;
use gouvernail_tlog::entry::Entry;
use gouvernail_tlog::frontier::Frontier;
use gouvernail_tlog::hash::{self, Hash};
use gouvernail_tlog::tile::{FULL, Kind, Tile, TiledTree};
use gouvernail_tlog::tree;

use crate::finding::Finding;
use crate::log_client::Source;
use crate::tally::Audit;

/// Bundles asked for at once, each with its tile of leaf hashes.
const AHEAD: u64 = 8;

/// A walk along the entries.
pub(crate) struct Walk<'a> {
    source: &'a Source,
    frontier: Frontier,
    /// The tree that must be met on the way.
    through: Option<Checkpoint>,
    audit: Audit,
}

impl<'a> Walk<'a> {
    /// From the first entry, through the tree that was read before.
    pub(crate) fn from_start(source: &'a Source, read_before: Option<Checkpoint>) -> Self {
        Self { source, frontier: Frontier::default(), through: read_before, audit: Audit::default() }
    }

    /// From the last entry that was read before. The right edge comes from the log's tiles, and the root vouches for it.
    pub(crate) fn from(source: &'a Source, read_before: Checkpoint, audit: Audit) -> Result<Self, Finding> {
        let frontier = Frontier::load(&|path: &str| source.read(path), read_before.size)?;
        Ok(Self { source, frontier, through: Some(read_before), audit })
    }

    /// Walks to a signed tree, and gives what the entries add up to.
    pub(crate) fn to(mut self, end: &Checkpoint) -> Result<Audit, Finding> {
        self.compare_root_on_the_way()?;
        let width = u64::from(FULL);
        let bundle = |index: u64| {
            // At most 256, so it fits.
            Tile { kind: Kind::Entries, index, width: (end.size - index * width).min(width) as u16 }
        };
        let mut next = self.frontier.size() / width;
        while self.frontier.size() < end.size {
            let last = (next + AHEAD).min(end.size.div_ceil(width));
            let paths = (next..last).map(bundle).flat_map(|bundle| [bundle.to_string(), leaves_of(bundle).to_string()]);
            self.source.fetch_ahead(paths.collect());
            (next..last).map(bundle).try_for_each(|bundle| self.read(bundle))?;
            next = last;
        }
        for (tile, hashes) in self.frontier.partial().filter(|(tile, _)| tile.kind != Kind::Level(0)) {
            compare(self.source, tile, hashes)?;
        }
        if self.frontier.root() == end.root { Ok(self.audit) } else { Err(Finding::Root { size: end.size }) }
    }

    fn read(&mut self, bundle: Tile) -> Result<(), Finding> {
        let entries = bundle.read_entries(&|path: &str| self.source.read(path))?;
        let leaves: Vec<_> = entries.iter().map(|entry| hash::leaf(entry)).collect();
        compare(self.source, leaves_of(bundle), &leaves)?;
        // Entries read before come again in a bundle that has widened: they must be the same.
        let held = (self.frontier.size() % u64::from(FULL)) as usize;
        if leaves[..held] != *self.last_leaves() {
            return Err(Finding::Rewritten { size: self.frontier.size() });
        }
        for (entry, leaf) in entries.iter().zip(leaves).skip(held) {
            self.audit.see(self.frontier.size(), Entry::decode(entry));
            let mut full = Vec::new();
            self.frontier.push(leaf, &mut |tile, hashes| full.push((tile, hashes.to_vec())));
            let mut above = full.iter().filter(|(tile, _)| tile.kind != Kind::Level(0));
            above.try_for_each(|(tile, hashes)| compare(self.source, *tile, hashes))?;
            self.compare_root_on_the_way()?;
        }
        Ok(())
    }

    /// Hashes of the entries that the last bundle holds so far.
    fn last_leaves(&self) -> &[Hash] {
        self.frontier.partial().find(|(tile, _)| tile.kind == Kind::Level(0)).map_or(&[], |(_, hashes)| hashes)
    }

    fn compare_root_on_the_way(&self) -> Result<(), Finding> {
        match &self.through {
            Some(tree) if tree.size == self.frontier.size() && tree.root != self.frontier.root() => {
                Err(Finding::Rewritten { size: tree.size })
            }
            _ => Ok(()),
        }
    }
}

/// The tile of the leaf hashes of a bundle, which has the same place and width.
fn leaves_of(bundle: Tile) -> Tile {
    Tile { kind: Kind::Level(0), ..bundle }
}

fn compare(source: &Source, tile: Tile, hashes: &[Hash]) -> Result<(), Finding> {
    let served = tile.read_hashes(&|path: &str| source.read(path))?;
    if served == hashes { Ok(()) } else { Err(Finding::Altered { path: tile.to_string() }) }
}

/// Proof, from the log's tiles, that the tree of `new` entries continues that of `old`.
pub(crate) fn consistency(source: &Source, old: u64, new: u64) -> Result<Vec<Hash>, Finding> {
    let read = |path: &str| source.read(path);
    let tiles = TiledTree::new(&read, new);
    Ok(tree::consistency(old, new, &|height, index| tiles.subtree(height, index))?)
}
