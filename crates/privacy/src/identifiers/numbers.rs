//! Identifiers made of digits: NIR, telephone, SIRET, SIREN.

use std::sync::LazyLock;

use regex::Regex;

use super::checksum;
use crate::fold::is_boundary;
use crate::span::{Source, Span};
use crate::{Label, entity};

/// A shape that is typed with a wrong key is still hidden: people make typing errors.
pub(crate) const TYPO: f32 = 0.6;
const SHAPE: f32 = 0.8;
pub(crate) const CHECKED: f32 = 1.0;

/// One kind of number: its form from its first character on, and what a candidate is worth.
struct Shape {
    label: Label,
    form: Regex,
    judge: fn(&str) -> Option<f32>,
}

/// What people type between the groups of a number, thin and no-break spaces included.
const SEPARATORS: &str = " ./|-\u{a0}\u{2007}\u{2009}\u{202f}\u{2011}";

pub(crate) fn is_separator(c: char) -> bool {
    SEPARATORS.contains(c)
}

/// `␣` stands for one separator. Every candidate of a shape has the same number of digits.
static SHAPES: LazyLock<[Shape; 4]> = LazyLock::new(|| {
    let nir = r"[1-478]␣?[0-9]{2}␣?[0-9]{2}␣?(?:[0-9]{2}|2[ABab])␣?[0-9]{3}␣?[0-9]{3}␣{0,3}(?:[Cc][Ll](?:e\x{301}?|[éÉE])␣?:?␣?)?[0-9]{2}";
    let phone = r"(?:(?:\+\(?|00)(?:33|262|590|594|596)\)?␣{0,2}(?:\(0\)␣?)?[1-9]|0␣?[1-9])(?:(?:␣?[0-9]{2}){4}|[0-9]{2}␣[0-9]{3}␣[0-9]{3})";
    let siren = r"[0-9]{3}␣?[0-9]{3}␣?[0-9]{3}";
    let siret = r"[0-9]{3}␣?[0-9]{3}␣?[0-9]{3}␣?[0-9]{5}";
    [
        shape(Label::Nir, nir, judge_nir),
        shape(Label::Phone, phone, |_| Some(SHAPE)),
        shape(Label::Siret, siret, judge_organisation),
        shape(Label::Siren, siren, judge_organisation),
    ]
});

fn shape(label: Label, form: &str, judge: fn(&str) -> Option<f32>) -> Shape {
    let separator = format!("[{}]", regex::escape(SEPARATORS));
    let form = Regex::new(&format!("^(?:{})", form.replace('␣', &separator))).expect("a constant, compiled by every test");
    Shape { label, form, judge }
}

/// The search for numbers in one text, from left to right: numbers of one shape do not overlap.
#[derive(Default)]
pub(crate) struct Shapes {
    from: [usize; 4],
}

impl Shapes {
    /// Tries the number that may begin at `start`.
    pub(crate) fn find_at(&mut self, text: &str, start: usize, out: &mut Vec<Span>) {
        for (shape, from) in SHAPES.iter().zip(&mut self.from).filter(|(_, from)| start >= **from) {
            let Some(found) = shape.form.find(&text[start..]) else { continue };
            let range = start..start + found.end();
            let last = found.as_str().chars().next_back();
            if !is_boundary(last, text[range.end..].chars().next()) {
                continue;
            }
            if let Some(score) = (shape.judge)(found.as_str()) {
                *from = range.end;
                let entity = entity::key(shape.label, found.as_str());
                out.push(Span { range, label: shape.label, source: Source::Identifier, score, entity });
            }
        }
    }
}

/// A right key is sure; with a wrong one it is a typing error if the month exists (20 and more when it is unknown).
/// Thirteen digits without a key are too common a shape to be hidden without another sign.
fn judge_nir(found: &str) -> Option<f32> {
    let number = entity::key(Label::Nir, found);
    let expected = checksum::nir_key(&number)?;
    if found.ends_with(&format!("{expected:02}")) {
        return Some(CHECKED);
    }
    let month: u32 = number.get(3..5)?.parse().ok()?;
    ((1..=12).contains(&month) || month >= 20).then_some(TYPO)
}

fn judge_organisation(found: &str) -> Option<f32> {
    let digits: String = found.chars().filter(char::is_ascii_digit).collect();
    checksum::siren_or_siret(&digits).then_some(CHECKED)
}
