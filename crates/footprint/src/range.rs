//! A quantity known between two bounds. Every figure of this crate is one.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// Lower and upper bound of one quantity, in the unit of the field that holds it. Read from `{"min": a, "max": b}` or from a
/// number; written as the former.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Range {
    /// Lower bound.
    pub min: f64,
    /// Upper bound.
    pub max: f64,
}

/// Forms of a range in files.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Exact(f64),
    Bounds { min: f64, max: f64 },
}

impl Range {
    /// A range of `min` to `max`. Nothing is checked here: [`crate::Inputs::estimate`] refuses inverted bounds.
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

    /// The bounds to two significant digits, away from each other: the range that is said to people holds the one computed. One
    /// that would read as a single number is widened by one unit of its last digit on each side. Zero stays zero.
    #[must_use]
    pub fn rounded_outward(self) -> Self {
        let (min, max) = (two_digits(self.min, f64::floor), two_digits(self.max, f64::ceil));
        if min < max || max <= 0.0 {
            return Self::new(min, max);
        }
        let unit = unit_of_second_digit(max);
        Self::new((tidy(max - unit)).max(0.0), tidy(max + unit))
    }

    /// True when both bounds are in order, not below `floor` and not absurd (so that no product overflows).
    #[must_use]
    pub(crate) fn is_sound(self, floor: f64) -> bool {
        const ABSURD: f64 = 1e12;
        floor <= self.min && self.min <= self.max && self.max <= ABSURD
    }
}

/// Unit of the second significant digit of a positive number: 0.01 for 0.27, 10 for 340.
fn unit_of_second_digit(value: f64) -> f64 {
    10_f64.powf(value.log10().floor() - 1.0)
}

fn two_digits(value: f64, round: fn(f64) -> f64) -> f64 {
    if value <= 0.0 || !value.is_normal() {
        return 0.0;
    }
    let unit = unit_of_second_digit(value);
    // A bound that has two digits already is not moved by the error of the division.
    let digits = value / unit;
    let digits = if (digits - digits.round()).abs() < 1e-9 { digits.round() } else { round(digits) };
    tidy(digits * unit)
}

/// 0.30000000000000004 is 0.3.
fn tidy(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

impl From<f64> for Range {
    fn from(value: f64) -> Self {
        Self::exact(value)
    }
}

impl From<Written> for Range {
    fn from(written: Written) -> Self {
        match written {
            Written::Exact(value) => Self::exact(value),
            Written::Bounds { min, max } => Self::new(min, max),
        }
    }
}

/// `8`, `8..28` or `8-28`.
impl FromStr for Range {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let number = |part: &str| part.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let range = match text.split_once("..").or_else(|| text.split_once('-')) {
            Some((min, max)) => number(min).zip(number(max)).map(|(min, max)| Self::new(min, max)),
            None => number(text).map(Self::exact),
        };
        range.filter(|range| range.min <= range.max).ok_or_else(|| Error::NotARange { text: text.to_owned() })
    }
}
