//! Rows of numbers, and what layers do with them.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2, ShapeBuilder};

/// `out = rows × weights + bias`: `weights` holds a row for each number of an input row.
#[derive(Debug)]
pub(super) struct Linear {
    inputs: usize,
    outputs: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// From weights that hold a row for each output, as they are kept in files.
    pub(super) fn new(by_output: &[f32], bias: Vec<f32>) -> Self {
        let outputs = bias.len();
        let inputs = by_output.len() / outputs.max(1);
        let weights = (0..inputs).flat_map(|i| (0..outputs).map(move |o| by_output[o * inputs + i])).collect();
        Self { inputs, outputs, weights, bias }
    }

    /// One output row for each input row; a row begins `stride` numbers after the one before, which it may overlap.
    pub(super) fn apply(&self, rows: &[f32], stride: usize) -> Vec<f32> {
        let count = rows.len().checked_sub(self.inputs).map_or(0, |rest| rest / stride + 1);
        let mut out = self.bias.repeat(count);
        let input = ArrayView2::from_shape((count, self.inputs).strides((stride, 1)), rows);
        let weights = ArrayView2::from_shape((self.inputs, self.outputs), &self.weights);
        let output = ArrayViewMut2::from_shape((count, self.outputs), &mut out);
        if let (Ok(input), Ok(weights), Ok(mut output)) = (input, weights, output) {
            general_mat_mul(1.0, &input, &weights, 1.0, &mut output);
        }
        out
    }

    /// Adds what one input row gives, without the bias: for rows that come one at a time.
    pub(super) fn add_row(&self, row: &[f32], out: &mut [f32]) {
        for (&x, weights) in row.iter().zip(self.weights.chunks_exact(self.outputs)) {
            out.iter_mut().zip(weights).for_each(|(out, weight)| *out += x * weight);
        }
    }

    pub(super) fn bias(&self) -> &[f32] {
        &self.bias
    }
}

/// The greatest of `P` pieces for each output, then a normal form: mean 0 and variance 1, scaled.
#[derive(Debug)]
pub(super) struct NormalMaxout {
    pieces: Linear,
    scale: Vec<f32>,
    shift: Vec<f32>,
}

/// What keeps a variance from being 0.
const EPSILON: f32 = 1e-8;

impl NormalMaxout {
    pub(super) fn new(pieces: Linear, scale: Vec<f32>, shift: Vec<f32>) -> Self {
        Self { pieces, scale, shift }
    }

    /// One output row for each input row, which begin as in [`Linear::apply`].
    pub(super) fn apply(&self, rows: &[f32], stride: usize) -> Vec<f32> {
        let width = self.scale.len();
        let pieces = self.pieces.apply(rows, stride);
        let mut out = Vec::with_capacity(pieces.len() / (self.pieces.outputs / width));
        for row in pieces.chunks_exact(self.pieces.outputs) {
            let start = out.len();
            greatest(row, width, &mut out);
            self.normalise(&mut out[start..]);
        }
        out
    }

    fn normalise(&self, row: &mut [f32]) {
        let count = row.len() as f32;
        let mean = sum(row.iter().copied()) / count;
        let variance = sum(row.iter().map(|x| (x - mean) * (x - mean))) / count + EPSILON;
        let factor = 1.0 / variance.sqrt();
        for ((x, scale), shift) in row.iter_mut().zip(&self.scale).zip(&self.shift) {
            *x = (*x - mean) * factor * scale + shift;
        }
    }
}

/// Appends the greatest of the pieces of a row, which follow one another.
pub(super) fn greatest(row: &[f32], width: usize, out: &mut Vec<f32>) {
    let (first, others) = row.split_at(width);
    let start = out.len();
    out.extend_from_slice(first);
    for piece in others.chunks_exact(width) {
        out[start..].iter_mut().zip(piece).for_each(|(best, &x)| *best = best.max(x));
    }
}

/// A sum in eight lanes, which processors add at once.
fn sum(values: impl Iterator<Item = f32>) -> f32 {
    let mut lanes = [0.0f32; 8];
    for (at, value) in values.enumerate() {
        lanes[at % 8] += value;
    }
    lanes.iter().sum()
}

/// From weights of `[outputs][pieces][inputs]`, as files keep them, to rows where each piece follows the one before.
pub(super) fn by_piece(weights: &[f32], outputs: usize, pieces: usize) -> Vec<f32> {
    let inputs = weights.len() / (outputs * pieces).max(1);
    let row = |o: usize, p: usize| &weights[(o * pieces + p) * inputs..][..inputs];
    (0..pieces).flat_map(|p| (0..outputs).flat_map(move |o| row(o, p))).copied().collect()
}
