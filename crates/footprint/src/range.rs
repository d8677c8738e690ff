//! A quantity known between two bounds. Every figure of this crate is one.

use serde::{Deserialize, Serialize};

/// Lower and upper bound of one quantity, in the unit of the field that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// Lower bound.
    pub min: f64,
    /// Upper bound.
    pub max: f64,
}

impl Range {
    /// A range of `min` to `max`. Nothing is checked here: [`crate::estimate`] refuses inverted bounds.
    #[must_use]
    pub const fn new(min: f64, max: f64) -> Self {
        Self { min, max }
    }

    /// A quantity known exactly.
    #[must_use]
    pub const fn exact(value: f64) -> Self {
        Self { min: value, max: value }
    }

    /// Bound-wise sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self::new(self.min + other.min, self.max + other.max)
    }

    /// Bound-wise product, for non-negative quantities.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self::new(self.min * other.min, self.max * other.max)
    }

    /// Both bounds multiplied by a non-negative number.
    #[must_use]
    pub fn scaled(self, by: f64) -> Self {
        Self::new(self.min * by, self.max * by)
    }

    /// True when both bounds are in order, not below `floor` and not absurd (so that no product overflows).
    #[must_use]
    pub(crate) fn is_sound(self, floor: f64) -> bool {
        const ABSURD: f64 = 1e12;
        floor <= self.min && self.min <= self.max && self.max <= ABSURD
    }
}

impl From<f64> for Range {
    fn from(value: f64) -> Self {
        Self::exact(value)
    }
}
