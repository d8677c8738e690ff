//! Search of many folded spellings at once, on the original text, whatever its accents, case and separators.

use std::ops::{Range, RangeInclusive};

use crate::fold::{fold, is_boundary, is_word};
use crate::known::spelling::SHORT;

/// Separators allowed between two letters of one value.
const MAX_GAP: usize = 3;

/// Which spellings may touch a digit with a letter, or a letter with a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// All: "Goff06 12 34 56 78".
    All,
    /// Long ones only: three letters of a name are in one random identifier out of a hundred.
    Long,
}

/// A byte trie of spellings, each of which stands for the number of its value.
#[derive(Clone)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Clone, Default)]
struct Node {
    next: Vec<(u8, usize)>,
    end: Option<End>,
}

/// A spelling ends here.
#[derive(Clone)]
pub(crate) struct End {
    pub target: usize,
    pub pieces: RangeInclusive<usize>,
}

impl Trie {
    /// A trie of folded spellings.
    pub(crate) fn new(spellings: impl Iterator<Item = (String, End)>) -> Self {
        let mut trie = Self { nodes: vec![Node::default()] };
        for (folded, end) in spellings {
            let last = folded.bytes().fold(0, |node, byte| trie.grow(node, byte));
            trie.nodes[last].end = Some(end);
        }
        trie
    }

    fn grow(&mut self, node: usize, byte: u8) -> usize {
        self.step(node, byte).unwrap_or_else(|| {
            let new = self.nodes.len();
            self.nodes.push(Node::default());
            self.nodes[node].next.push((byte, new));
            new
        })
    }

    fn step(&self, node: usize, byte: u8) -> Option<usize> {
        self.nodes[node].next.iter().find(|(edge, _)| *edge == byte).map(|(_, next)| *next)
    }

    /// The longest match at each place where a word or a number begins; matches may overlap.
    pub(crate) fn find(&self, text: &str, joined: Joined) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        if self.nodes[0].next.is_empty() {
            return found;
        }
        let mut before = None;
        for (start, c) in text.char_indices() {
            if is_word(c)
                && is_boundary(before, Some(c))
                && let Some((length, target)) = self.longest(&text[start..], before, joined)
            {
                found.push((start..start + length, target));
            }
            before = Some(c);
        }
        found
    }

    /// Length and value of the longest spelling that `text` begins with and that ends where a word or a number does.
    fn longest(&self, text: &str, before: Option<char>, joined: Joined) -> Option<(usize, usize)> {
        let (mut node, mut depth, mut pieces, mut gap) = (0, 0, 1, 0);
        let mut best = None;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if !is_word(c) {
                gap += 1;
                if gap > MAX_GAP {
                    break;
                }
                continue;
            }
            pieces += usize::from(gap > 0);
            gap = 0;
            let alive = fold(c, |byte| {
                let next = self.step(node, byte);
                (node, depth) = (next.unwrap_or(node), depth + 1);
                next.is_some()
            });
            if !alive {
                break;
            }
            let after = chars.peek().map(|&(_, next)| next);
            let alone = ![before, after].iter().flatten().any(|next| is_word(*next));
            let free = is_boundary(Some(c), after) && (alone || depth >= SHORT || joined == Joined::All);
            if let Some(end) = self.nodes[node].end.as_ref().filter(|end| free && end.pieces.contains(&pieces)) {
                best = Some((at + c.len_utf8(), end.target));
            }
        }
        best
    }
}
