//! From tokens to the numbers that moves are chosen by: hashed tables, a mixing layer, four layers that look at neighbours.

use super::NerError;
use super::hash::rows_of;
use super::lexeme::Features;
use super::matrix::{Linear, NormalMaxout, by_piece};
use super::weights::{Layer, Layers};

/// Numbers of a token inside the network.
const WIDTH: usize = 96;
/// Numbers of a token as moves see it.
pub(super) const SEEN: usize = 64;
const PIECES: usize = 3;
const ROWS: [usize; 4] = [5000, 1000, 2500, 2500];
/// Layers that look at one neighbour on each side: a token is read with so many on each side.
pub(super) const REACH: usize = 4;

/// The network up to what moves see.
#[derive(Debug)]
pub(super) struct Network {
    tables: Vec<Table>,
    mix: NormalMaxout,
    windows: Vec<NormalMaxout>,
    out: Linear,
}

/// A table in which each number has four rows, whose sum it is.
#[derive(Debug)]
struct Table {
    seed: u32,
    rows: Vec<f32>,
}

impl Network {
    pub(super) fn read(layers: &Layers<'_>) -> Result<Self, NerError> {
        let tables = layers
            .named::<4>("hashembed")?
            .into_iter()
            .zip(ROWS)
            .map(|(layer, rows)| Ok(Table { seed: layer.number("seed")?, rows: layer.array("E", &[rows, WIDTH])? }));
        let maxouts = layers.named::<5>("maxout")?;
        let norms = layers.named::<5>("layernorm")?;
        let inputs = [4 * WIDTH].into_iter().chain([3 * WIDTH; REACH]);
        let normal = maxouts.iter().zip(&norms).zip(inputs).map(|((maxout, norm), inputs)| normal_maxout(maxout, norm, inputs));
        let mut normal = normal.collect::<Result<Vec<_>, _>>()?;
        let windows = normal.split_off(1);
        let [_, out] = layers.named::<2>("linear")?;
        Ok(Self {
            tables: tables.collect::<Result<_, NerError>>()?,
            mix: normal.remove(0),
            windows,
            out: Linear::new(&out.array("W", &[SEEN, WIDTH])?, out.array("b", &[SEEN])?),
        })
    }

    /// One row for each form, whatever stands around it.
    pub(super) fn embed(&self, forms: &[Features]) -> Vec<f32> {
        let mut rows = vec![0.0; forms.len() * 4 * WIDTH];
        let places = rows.chunks_exact_mut(WIDTH);
        for (place, (table, &id)) in places.zip(forms.iter().flat_map(|form| self.tables.iter().zip(form))) {
            table.add(id, place);
        }
        self.mix.apply(&rows, 4 * WIDTH)
    }

    /// What moves see of each token but the first and last `REACH` of `rows`, which are there to be looked at.
    pub(super) fn read_tokens(&self, mut rows: Vec<f32>) -> Vec<f32> {
        for layer in &self.windows {
            let mut next = layer.apply(&rows, WIDTH);
            next.iter_mut().zip(&rows[WIDTH..]).for_each(|(new, old)| *new += old);
            rows = next;
        }
        self.out.apply(&rows, WIDTH)
    }
}

impl Table {
    fn add(&self, id: u64, out: &mut [f32]) {
        let count = self.rows.len() / WIDTH;
        for row in rows_of(id, self.seed) {
            let start = row as usize % count * WIDTH;
            out.iter_mut().zip(&self.rows[start..start + WIDTH]).for_each(|(out, x)| *out += x);
        }
    }
}

/// Numbers of one token in the rows given to [`Network::read_tokens`].
pub(super) const EMBEDDED: usize = WIDTH;

fn normal_maxout(maxout: &Layer<'_, '_>, norm: &Layer<'_, '_>, inputs: usize) -> Result<NormalMaxout, NerError> {
    let weights = by_piece(&maxout.array("W", &[WIDTH, PIECES, inputs])?, WIDTH, PIECES);
    let bias = by_piece(&maxout.array("b", &[WIDTH, PIECES])?, WIDTH, PIECES);
    Ok(NormalMaxout::new(Linear::new(&weights, bias), norm.array("G", &[WIDTH])?, norm.array("b", &[WIDTH])?))
}
