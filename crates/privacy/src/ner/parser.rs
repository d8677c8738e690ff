//! Chooses moves, one a token, and gathers the entities that they make.

use super::matrix::{Linear, by_piece, greatest};
use super::moves::{Kind, Move, Token};
use super::network::SEEN;
use super::weights::Layers;
use super::{NerError, NerKind};

const HIDDEN: usize = 64;
const PIECES: usize = 2;
/// The token at hand, the first of the open entity, the one before.
const PLACES: usize = 3;

/// The scorer of moves.
#[derive(Debug)]
pub(super) struct Parser {
    moves: Vec<Move>,
    /// For each place, what a token there adds.
    places: Vec<Linear>,
    /// For each place, what no token there adds.
    nobody: Vec<Vec<f32>>,
    bias: Vec<f32>,
    scores: Linear,
}

/// An entity, by its tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) kind: NerKind,
    /// Product of the shares of its moves among those that were possible.
    pub(super) score: f32,
}

/// Where the reading of a text is.
#[derive(Default)]
pub(super) struct Reading {
    next: usize,
    /// The open entity, and what its first token adds.
    open: Option<(Found, Vec<f32>)>,
    /// What the token before shows.
    before: Vec<f32>,
    pub(super) found: Vec<Found>,
}

impl Parser {
    pub(super) fn read(layers: &Layers<'_>, moves: Vec<Move>) -> Result<Self, NerError> {
        let [lower] = layers.named::<1>("precomputable_affine")?;
        let [upper, _] = layers.named::<2>("linear")?;
        let weights = lower.array("W", &[PLACES, HIDDEN, PIECES, SEEN])?;
        let nobody = lower.array("pad", &[1, PLACES, HIDDEN, PIECES])?;
        let place = |weights: &[f32]| Linear::new(&by_piece(weights, HIDDEN, PIECES), vec![0.0; HIDDEN * PIECES]);
        Ok(Self {
            places: weights.chunks_exact(weights.len() / PLACES).map(place).collect(),
            nobody: nobody.chunks_exact(HIDDEN * PIECES).map(|pad| by_piece(pad, HIDDEN, PIECES)).collect(),
            bias: by_piece(&lower.array("b", &[HIDDEN, PIECES])?, HIDDEN, PIECES),
            scores: Linear::new(&upper.array("W", &[moves.len(), HIDDEN])?, upper.array("b", &[moves.len()])?),
            moves,
        })
    }

    /// Reads on: what moves see of the next tokens, and what each of them is.
    pub(super) fn read_on(&self, reading: &mut Reading, seen: &[f32], token: impl Fn(usize) -> Token) {
        let at_hand = self.places[0].apply(seen, SEEN);
        for (row, adds) in seen.chunks_exact(SEEN).zip(at_hand.chunks_exact(HIDDEN * PIECES)) {
            let scores = self.scores(reading, adds);
            let open = reading.open.as_ref().map(|(found, _)| found.kind);
            if let Some((step, share)) = self.choose(&scores, open, token(reading.next)) {
                self.make(reading, step, share, row);
            }
            reading.before.clear();
            reading.before.extend_from_slice(row);
            reading.next += 1;
        }
    }

    fn scores(&self, reading: &Reading, at_hand: &[f32]) -> Vec<f32> {
        let mut sum = at_hand.to_vec();
        match &reading.open {
            Some((_, first)) => {
                add(&mut sum, first);
                self.places[2].add_row(&reading.before, &mut sum);
            }
            None => {
                add(&mut sum, &self.nobody[1]);
                add(&mut sum, &self.nobody[2]);
            }
        }
        add(&mut sum, &self.bias);
        let mut hidden = Vec::with_capacity(HIDDEN);
        greatest(&sum, HIDDEN, &mut hidden);
        let mut scores = self.scores.bias().to_vec();
        self.scores.add_row(&hidden, &mut scores);
        scores
    }

    /// The best possible move, and its share among all possible ones.
    fn choose(&self, scores: &[f32], open: Option<NerKind>, token: Token) -> Option<(Move, f32)> {
        let possible = || self.moves.iter().zip(scores).filter(|(step, _)| step.is_valid(open, token));
        // The first of equals.
        let (step, best) = possible().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        let total: f32 = possible().map(|(_, score)| (score - best).exp()).sum();
        Some((*step, 1.0 / total))
    }

    fn make(&self, reading: &mut Reading, step: Move, share: f32, row: &[f32]) {
        let at = reading.next;
        match (step.kind, step.entity) {
            (Kind::Begin, Some(kind)) => {
                let mut first = vec![0.0; HIDDEN * PIECES];
                self.places[1].add_row(row, &mut first);
                reading.open = Some((Found { first: at, last: at, kind, score: share }, first));
            }
            (Kind::Unit, Some(kind)) => reading.found.push(Found { first: at, last: at, kind, score: share }),
            (Kind::Inside, _) => reading.open.iter_mut().for_each(|(found, _)| found.score *= share),
            (Kind::Last, _) => {
                let closed = reading.open.take();
                reading.found.extend(closed.map(|(found, _)| Found { last: at, score: found.score * share, ..found }));
            }
            _ => {}
        }
    }
}

fn add(sum: &mut [f32], more: &[f32]) {
    sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}
