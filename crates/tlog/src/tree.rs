//! Roots, inclusion proofs and consistency proofs (RFC 6962 §2.1.1–2.1.2), and their verification (RFC 9162 §2.1.3–2.1.4).

use crate::hash::{Hash, empty_root, node};

/// Gives the hash of the complete subtree of 2^`height` entries that starts at entry `index << height`.
pub type Subtrees<'a, E> = dyn Fn(u32, u64) -> Result<Hash, E> + 'a;

/// Why a proof does not prove what it claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The index or the sizes make no sense together.
    #[error("position {position} is outside a tree of {size} entries: the proof and the checkpoint do not belong together")]
    OutOfRange {
        /// Entry index, or the older size.
        position: u64,
        /// Size of the (newer) tree.
        size: u64,
    },
    /// Too many or too few hashes for that position and size.
    #[error("the proof holds {found} hashes, which is not the number that this position and size ask for: it was cut or padded")]
    Length {
        /// Hashes found in the proof.
        found: usize,
    },
    /// The computed root is not the signed one.
    #[error("the proof leads to another root than the signed one: the entry, the proof or the checkpoint was altered")]
    Root,
}

/// Root of the first `size` entries.
pub fn root<E>(size: u64, read: &Subtrees<'_, E>) -> Result<Hash, E> {
    match size {
        0 => Ok(empty_root()),
        _ => range(0, size, read),
    }
}

/// Inclusion proof of entry `index` in a tree of `size` entries, from the leaf's sibling upwards.
///
/// The caller guarantees `index < size`.
pub fn inclusion<E>(index: u64, size: u64, read: &Subtrees<'_, E>) -> Result<Vec<Hash>, E> {
    let (mut low, mut high) = (0, size);
    let mut from_the_top = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            from_the_top.push(range(middle, high, read)?);
            high = middle;
        } else {
            from_the_top.push(range(low, middle, read)?);
            low = middle;
        }
    }
    from_the_top.reverse();
    Ok(from_the_top)
}

/// Consistency proof between the first `old` and the first `new` entries; empty when `old` is 0 or equals `new`.
///
/// The caller guarantees `old <= new`.
pub fn consistency<E>(old: u64, new: u64, read: &Subtrees<'_, E>) -> Result<Vec<Hash>, E> {
    if old == 0 {
        return Ok(Vec::new());
    }
    let (mut low, mut high) = (0, new);
    let mut from_the_top = Vec::new();
    while high != old {
        let middle = low + split(high - low);
        if old <= middle {
            from_the_top.push(range(middle, high, read)?);
            high = middle;
        } else {
            from_the_top.push(range(low, middle, read)?);
            low = middle;
        }
    }
    // The old root itself is known to whoever verifies; any other subtree at that place is not.
    if low != 0 {
        from_the_top.push(range(low, high, read)?);
    }
    from_the_top.reverse();
    Ok(from_the_top)
}

/// Checks that an entry with hash `leaf` is number `index` of the tree with that `size` and `root`.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, root: &Hash, proof: &[Hash]) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::OutOfRange { position: index, size });
    }
    let length = ProofError::Length { found: proof.len() };
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(length);
        }
        if at & 1 == 1 || at == last {
            hash = node(sibling, &hash);
            let skip = if at & 1 == 1 { 0 } else { at.trailing_zeros() };
            (at, last) = (at >> skip, last >> skip);
        } else {
            hash = node(&hash, sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    if last != 0 {
        return Err(length);
    }
    if hash == *root { Ok(()) } else { Err(ProofError::Root) }
}

/// Checks that the tree (`old`, `old_root`) is the beginning of the tree (`new`, `new_root`).
pub fn verify_consistency(old: u64, old_root: &Hash, new: u64, new_root: &Hash, proof: &[Hash]) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::OutOfRange { position: old, size: new });
    }
    let length = ProofError::Length { found: proof.len() };
    if old == 0 || old == new {
        let expected = if old == 0 { empty_root() } else { *new_root };
        return match (proof.is_empty(), *old_root == expected) {
            (false, _) => Err(length),
            (true, false) => Err(ProofError::Root),
            (true, true) => Ok(()),
        };
    }
    let mut hashes = proof.iter();
    let first = if old.is_power_of_two() { old_root } else { hashes.next().ok_or(length)? };
    let (mut at, mut last) = (old - 1, new - 1);
    let complete = at.trailing_ones();
    (at, last) = (at >> complete, last >> complete);
    let (mut older, mut newer) = (*first, *first);
    for sibling in hashes {
        if last == 0 {
            return Err(length);
        }
        if at & 1 == 1 || at == last {
            older = node(sibling, &older);
            newer = node(sibling, &newer);
            let skip = if at & 1 == 1 { 0 } else { at.trailing_zeros() };
            (at, last) = (at >> skip, last >> skip);
        } else {
            newer = node(&newer, sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    if last != 0 {
        return Err(length);
    }
    if older == *old_root && newer == *new_root { Ok(()) } else { Err(ProofError::Root) }
}

/// Root of entries `low..high`; `low` is a multiple of the smallest power of two that covers the range.
fn range<E>(low: u64, high: u64, read: &Subtrees<'_, E>) -> Result<Hash, E> {
    let count = high - low;
    if count.is_power_of_two() {
        let height = count.trailing_zeros();
        return read(height, low >> height);
    }
    let middle = low + split(count);
    Ok(node(&range(low, middle, read)?, &range(middle, high, read)?))
}

/// The largest power of two smaller than `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (u64::BITS - 1 - (count - 1).leading_zeros())
}
