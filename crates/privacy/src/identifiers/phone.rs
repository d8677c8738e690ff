//! Telephone numbers, of France and of elsewhere.

use super::SHAPE;
use crate::entity::FRENCH_CODES;
use crate::reading::{Gap, Number, Reading};
use crate::tokens::Tokens;

/// Fewest and most digits of a number after its country's code, by ITU-T E.164, without the shortest ones.
const ABROAD: std::ops::RangeInclusive<usize> = 9..=14;

/// A number that no word announces.
pub(crate) fn judge(_: &Tokens, _: usize, reading: &Reading) -> Option<(Number, f32)> {
    let number = french(reading).or_else(|| abroad(reading))?;
    Some((number, SHAPE))
}

/// Ten digits from 0, or the nine after the code of France or of an overseas département; in twos, in threes or in one block.
fn french(reading: &Reading) -> Option<Number> {
    let from = if reading.plus { 0 } else { prefix(reading)? };
    let Some(code) = FRENCH_CODES.iter().find(|code| (0..code.len()).all(|at| reading.byte(from + at) == code.as_bytes()[at]))
    else {
        return if reading.plus { None } else { national(reading, 0) };
    };
    if !reading.plus && from == 0 {
        return national(reading, 0);
    }
    let rest = from + code.len();
    let zero = usize::from(matches!(reading.byte(rest), b'0' | b'O'));
    let number = reading.digits(0, rest + zero + 9)?;
    is_first(reading.byte(rest + zero)).then_some(number)
}

/// Where the country's code begins: after 00; 0 when there is none.
fn prefix(reading: &Reading) -> Option<usize> {
    match (reading.byte(0), reading.byte(1)) {
        (b'0', b'0') => Some(2),
        (b'0' | b'O', _) => Some(0),
        _ => None,
    }
}

fn national(reading: &Reading, from: usize) -> Option<Number> {
    let number = reading.digits(from, 10).filter(|number| is_first(number.text.as_bytes()[1]))?;
    let groups = reading.groups(10);
    let regular = groups.iter().all(|group| *group <= 4) || reading.is_compact(10);
    let breaks = groups.len() < 4 && (from + 1..from + 10).any(|place| reading.gap(place) == Gap::Break);
    (regular && !breaks).then_some(number)
}

fn is_first(digit: u8) -> bool {
    (b'1'..=b'9').contains(&digit)
}

/// A plus, or 00, and the digits that follow it as far as they go.
fn abroad(reading: &Reading) -> Option<Number> {
    let prefix = if reading.plus { 0 } else { 2 };
    if !reading.plus && (reading.byte(0), reading.byte(1)) != (b'0', b'0') {
        return None;
    }
    if !is_first(reading.byte(prefix)) {
        return None;
    }
    // A number in one block ends with it; in groups, as far as groups go.
    let number = reading.all_digits()?;
    // A line may end between the two zeros of 00: then no country's code follows.
    let digits = number.length.checked_sub(prefix)?;
    (ABROAD.contains(&digits) && (reading.plus || digits >= 10)).then_some(number)
}

/// What a word such as "tél." announces, even when a digit is missing or it is written in another way.
pub(crate) fn announced(reading: &Reading) -> Option<Number> {
    if let Some(number) = french(reading).or_else(|| abroad(reading)) {
        return Some(number);
    }
    let number = reading.all_digits()?;
    let groups = reading.groups(number.length);
    let likely = match number.length {
        9 | 11 => {
            reading.byte(0) == b'0' || groups.len() >= 4 || (number.length == 9 && is_first(reading.byte(0)) && groups.len() == 1)
        }
        10 => reading.byte(0) == b'0',
        12..=13 => reading.plus,
        _ => false,
    };
    likely.then_some(number)
}
