//! Geographic coordinates: two decimal degrees, or degrees, minutes and seconds.

use super::{SHAPE, span};
use crate::Label;
use crate::span::Span;
use crate::tokens::Tokens;

/// Digits after the point from which a degree says where a house is: four are eleven metres.
const PRECISE: usize = 4;
/// Tokens that may stand between the two: "N, longitude :".
const BETWEEN: usize = 6;

/// One of the two.
struct Angle {
    degrees: u32,
    first: usize,
    /// The last token of it.
    last: usize,
    precise: bool,
}

/// The pair that begins at the number `at`.
pub(crate) fn find_at(tokens: &Tokens, at: usize, out: &mut Vec<Span>) {
    if tokens.text(at).len() > 2 {
        return;
    }
    let Some(latitude) = angle(tokens, at).filter(|angle| angle.degrees <= 90 && angle.precise) else { return };
    let between = (latitude.last + 1..).take(BETWEEN);
    let next = latitude.last + 1 + between.take_while(|at| !tokens.is_number(*at) && is_between(tokens, *at)).count();
    let Some(longitude) = angle(tokens, next).filter(|angle| angle.degrees <= 180 && angle.precise) else { return };
    let range = tokens.range(latitude.first, longitude.last);
    let value = tokens.text[range.clone()].to_owned();
    out.push(span(Label::Coordinates, range, SHAPE, &value));
}

fn is_between(tokens: &Tokens, at: usize) -> bool {
    let words = ["lon", "long", "lng", "longitude", "e", "n", "o", "w", "et", "est", "ouest", "nord", "deg", "x", "y"];
    tokens.is_break(at)
        || [',', ';', '/', ':', '=', '-', '|', '°', '+', '"', '&'].iter().any(|sign| tokens.is_sign(at, *sign))
        || words.iter().any(|word| tokens.is_word(at) && tokens.says(at, word))
}

/// "48.8566", "-1,5534", "48°51'24\"N".
fn angle(tokens: &Tokens, at: usize) -> Option<Angle> {
    let degrees: u32 = tokens.text(at).parse().ok().filter(|_| tokens.is_number(at))?;
    let first = at - usize::from(tokens.is_glued(at) && tokens.is_sign(at - 1, '-'));
    let mut angle = Angle { degrees, first, last: at, precise: false };
    if [".", ","].contains(&tokens.text(at + 1)) && tokens.is_glued(at + 1) && tokens.is_glued(at + 2) && tokens.is_number(at + 2) {
        angle.last = at + 2;
        angle.precise = tokens.text(at + 2).len() >= PRECISE;
    }
    if ["°", "º"].contains(&tokens.text(angle.last + 1)) {
        angle.last += 1;
        if let Some(last) = minutes(tokens, angle.last + 1) {
            (angle.last, angle.precise) = (last, true);
        }
    }
    if ["N", "S", "E", "W", "O", "n", "s", "e"].contains(&tokens.text(angle.last + 1)) {
        angle.last += 1;
    }
    Some(angle)
}

/// The last token of minutes and seconds.
fn minutes(tokens: &Tokens, at: usize) -> Option<usize> {
    let is_mark = |at: usize| ["'", "’", "′", "\"", "″", "”"].contains(&tokens.text(at));
    let mut last = Some(at).filter(|at| tokens.is_number(*at))?;
    for next in at + 1..at + 9 {
        let point = [".", ","].contains(&tokens.text(next))
            && tokens.is_glued(next)
            && tokens.is_number(next + 1)
            && tokens.is_glued(next + 1);
        if !(is_mark(next) || point || (tokens.is_number(next) && (is_mark(next - 1) || tokens.is_glued(next)))) {
            break;
        }
        last = next;
    }
    is_mark(last).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        let tokens = Tokens::of(text);
        let mut out = Vec::new();
        (0..tokens.len()).filter(|at| tokens.is_number(*at)).for_each(|at| find_at(&tokens, at, &mut out));
        out.first().map(|span| &text[span.range.clone()])
    }

    #[test]
    fn coordinates_in_their_forms() {
        for text in ["48.85661, 2.35222", "-20,8823 ; 55,4504", "48°51'24\"N 2°21'07\"E", "48.8566° N, 2.3522° E", "48.8566/2.3522"]
        {
            assert_eq!(found(text), Some(text));
        }
        assert_eq!(found("lat : 48.8566\nlon : 2.3522"), Some("48.8566\nlon : 2.3522"));
        for text in ["12,50 et 13,75", "48.8566", "1.2.3.4", "3,1416 et 2"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
