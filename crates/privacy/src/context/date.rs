//! Dates as they stand in a text: typed, scanned, in letters, whole or in part.

use std::ops::Range;

use crate::lexicon::{self, Meaning};
use crate::tokens::Tokens;

/// A date that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    pub range: Range<usize>,
    /// The token after it.
    pub next: usize,
    pub year: Option<u32>,
}

/// No group has more characters: all eight digits in one block.
const LONGEST_GROUP: usize = 8;

/// A group of characters without a separator, read as a number.
struct Group {
    value: u32,
    length: usize,
    last: usize,
}

/// The date that begins at the token `at`.
pub(crate) fn at(tokens: &Tokens, at: usize) -> Option<Read> {
    let begins = tokens.folded(at).first().is_some_and(|byte| digit(*byte).is_some());
    if !begins || tokens.is_glued(at) && (tokens.is_number(at - 1) || tokens.is_word(at - 1)) {
        return None;
    }
    let first = group(tokens, at)?;
    if first.length == 4 {
        return backwards(tokens, at, &first);
    }
    if first.length > 2 || !(1..=31).contains(&first.value) {
        return None;
    }
    let mut last = first.last;
    if tokens.is_glued(last + 1) && (tokens.says(last + 1, "er") || tokens.says(last + 1, "e")) && tokens.is_word(last + 1) {
        last += 1;
    }
    named(tokens, at, last).or_else(|| in_digits(tokens, at, last))
}

/// "7 mars 1985", "7 févr. 85".
fn named(tokens: &Tokens, first: usize, day: usize) -> Option<Read> {
    let month = after_sign(tokens, day + 1, &["-", "/", "."]);
    month_named(tokens, month)?;
    let next = after_sign(tokens, month + 1, &[".", "-", "/", ","]);
    let year = group(tokens, next).filter(is_year)?;
    Some(read(tokens, first, year.last, year_of(&year)))
}

fn month_named(tokens: &Tokens, at: usize) -> Option<u8> {
    if !tokens.is_word(at) {
        return None;
    }
    tokens.meaning(at).as_month().or_else(|| lexicon::near(tokens.folded(at)).as_month())
}

/// "07/03/1985", "7.3.85", "07 03 1985".
fn in_digits(tokens: &Tokens, first: usize, day: usize) -> Option<Read> {
    let (month, sign) = separated(tokens, day + 1)?;
    let month = group(tokens, month).filter(|month| month.length <= 2 && (1..=12).contains(&month.value))?;
    let (year, same) = separated(tokens, month.last + 1)?;
    let year = group(tokens, year).filter(|year| is_year(year) && sign == same)?;
    // "12 03 85" may be anything: without signs, the year has four digits.
    (sign.is_some() || year.length == 4).then(|| read(tokens, first, year.last, year_of(&year)))
}

/// "1985-03-07".
fn backwards(tokens: &Tokens, first: usize, year: &Group) -> Option<Read> {
    let (month, sign) = separated(tokens, year.last + 1)?;
    let month = group(tokens, month).filter(|month| month.length <= 2 && (1..=12).contains(&month.value))?;
    let (day, same) = separated(tokens, month.last + 1)?;
    let day = group(tokens, day).filter(|day| day.length <= 2 && (1..=31).contains(&day.value))?;
    let possible = sign.is_some() && sign == same && (1850..2100).contains(&year.value);
    possible.then(|| read(tokens, first, day.last, Some(year.value)))
}

/// Eight or six digits in one block, a month and a year, a year alone, a date in letters: only where a date is announced.
pub(crate) fn announced(tokens: &Tokens, at: usize) -> Option<Read> {
    if tokens.is_number(at) && tokens.is_number(at + 1) && tokens.gap(at + 1) == 1 {
        // "12 03 85", "12 3 1985".
        let parts = [group(tokens, at), group(tokens, at + 1), group(tokens, at + 2)];
        if let [Some(day), Some(month), Some(year)] = parts
            && day.length <= 2
            && (1..=31).contains(&day.value)
            && (1..=12).contains(&month.value)
            && is_year(&year)
        {
            return Some(read(tokens, at, year.last, year_of(&year)));
        }
    }
    if let Some(block) = group(tokens, at) {
        let (value, length) = (block.value, block.length);
        let day_first = (1..=31).contains(&(value / 1_000_000)) && (1..=12).contains(&(value / 10_000 % 100));
        let year_first = (1850..2100).contains(&(value / 10_000)) && (1..=12).contains(&(value / 100 % 100));
        let short = (1..=31).contains(&(value / 10_000)) && (1..=12).contains(&(value / 100 % 100));
        let year = length == 4 && (1850..2100).contains(&value);
        let is_date = (length == 8 && (day_first || year_first)) || (length == 6 && short) || year;
        if is_date {
            return Some(read(tokens, at, block.last, None));
        }
        // "03/1985"
        if length <= 2
            && (1..=12).contains(&value)
            && let Some((next, Some(_))) = separated(tokens, block.last + 1)
            && let Some(year) = group(tokens, next).filter(|year| year.length == 4 && is_year(year))
        {
            return Some(read(tokens, at, year.last, year_of(&year)));
        }
        // "le 12 mars"
        if length <= 2 && (1..=31).contains(&value) && month_named(tokens, block.last + 1).is_some() {
            return Some(read(tokens, at, block.last + 1, None));
        }
    }
    if month_named(tokens, at).is_some() {
        let year = group(tokens, at + 1).filter(|year| year.length == 4 && is_year(year))?;
        return Some(read(tokens, at, year.last, year_of(&year)));
    }
    in_letters(tokens, at)
}

/// A date whose groups stray spaces cut: "17-0 7-1994", "2012-07-1 3", "13 m ars 2017"; only where a date is announced.
pub(crate) fn scattered(tokens: &Tokens, first: usize) -> Option<Read> {
    let (mut digits, mut signs, mut months, mut at) = (String::new(), 0, 0, first);
    while at < first + 12 && digits.len() < 8 && (at == first || tokens.gap(at) <= 2) {
        if tokens.is_number(at) {
            digits.push_str(tokens.text(at));
        } else if ["-", "/", "."].contains(&tokens.text(at)) {
            signs += 1;
        } else if tokens.is_word(at) && tokens.is_word(at + 1) && tokens.gap(at + 1) == 1 {
            lexicon::meaning(tokens.folded_run(at, at + 1)).as_month()?;
            months += 1;
            at += 1;
        } else {
            return None;
        }
        at += 1;
        if months == 1 && digits.len() >= 5 {
            break;
        }
    }
    let year_last = digits.get(digits.len().checked_sub(4)?..).is_some_and(|year| ("1850".."2100").contains(&year));
    let year_first = digits.get(..4).is_some_and(|year| ("1850".."2100").contains(&year));
    let whole = (digits.len() == 8 && signs == 2 && (year_last || year_first))
        || (months == 1 && (5..=6).contains(&digits.len()) && year_last);
    (whole && at > first && tokens.is_number(at - 1)).then(|| read(tokens, first, at - 1, None))
}

/// "douze mars mil neuf cent quatre-vingt-cinq".
fn in_letters(tokens: &Tokens, first: usize) -> Option<Read> {
    let numeral = |at: usize| tokens.meaning(at).has(Meaning::NUMERAL);
    if !numeral(first) || month_named(tokens, first).is_some() {
        return None;
    }
    let (mut last, mut months) = (first, 0);
    for at in first + 1..first + 24 {
        if tokens.meaning(at).as_month().is_some() {
            months += 1;
            last = at;
        } else if numeral(at) {
            last = at;
        } else if !tokens.is_sign(at, '-') {
            break;
        }
    }
    while tokens.says(last, "et") {
        last -= 1;
    }
    (months == 1).then(|| read(tokens, first, last, None))
}

fn read(tokens: &Tokens, first: usize, last: usize, year: Option<u32>) -> Read {
    Read { range: tokens.range(first, last), next: last + 1, year }
}

fn is_year(group: &Group) -> bool {
    group.length == 2 || (group.length == 4 && (1850..2100).contains(&group.value))
}

fn year_of(group: &Group) -> Option<u32> {
    (group.length == 4).then_some(group.value)
}

fn after_sign(tokens: &Tokens, at: usize, signs: &[&str]) -> usize {
    at + usize::from(signs.contains(&tokens.text(at)))
}

/// Where the next group begins, and the sign before it; `None` when something else stands there.
fn separated(tokens: &Tokens, at: usize) -> Option<(usize, Option<char>)> {
    let sign = ['/', '-', '.', '\u{2011}', '\u{2013}'].into_iter().find(|sign| tokens.is_sign(at, *sign));
    match sign {
        Some(sign) if tokens.gap(at) <= 1 && tokens.gap(at + 1) <= 1 => Some((at + 1, Some(if sign == '/' { '/' } else { '-' }))),
        Some(_) => None,
        None => (tokens.is_number(at) && tokens.gap(at) > 0 && tokens.gap(at) <= 3).then_some((at, None)),
    }
}

/// Digits and letters that are misread digits, without anything between.
fn group(tokens: &Tokens, at: usize) -> Option<Group> {
    let (mut value, mut length, mut digits, mut last) = (0_u32, 0, 0, at);
    for next in at..at + 5 {
        let starts = next == at || tokens.is_glued(next);
        if !starts || !(tokens.is_number(next) || (tokens.is_word(next) && tokens.text(next).len() <= 3)) {
            break;
        }
        let mut part = value;
        let folded = tokens.folded(next);
        let count = folded.len();
        let real = folded.iter().filter(|byte| byte.is_ascii_digit()).count();
        let read = folded.iter().all(|byte| {
            let digit = digit(*byte);
            part = part.wrapping_mul(10).wrapping_add(digit.unwrap_or(0));
            digit.is_some()
        });
        if !read || length + count > LONGEST_GROUP {
            break;
        }
        (value, length, digits, last) = (part, length + count, digits + real, next);
    }
    (length > 0 && digits * 2 >= length).then_some(Group { value, length, last })
}

fn digit(byte: u8) -> Option<u32> {
    Some(match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'o' => 0,
        b'l' | b'i' => 1,
        b's' => 5,
        b'b' => 8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_their_forms() {
        for text in [
            "07/03/1985",
            "7.3.85",
            "1985-03-07",
            "7 mars 1985",
            "1er févr. 85",
            "07 03 1985",
            "16/O4/60",
            "l9-1l-1966",
            "15/06/20l7",
            "7-mars-1985",
        ] {
            let read = at(&Tokens::of(text), 0);
            assert_eq!(read.map(|read| read.range), Some(0..text.len()), "{text}");
        }
        for text in ["07/13/1985", "45/03/1985", "12,5", "1985", "12 03 85", "3/4", "12/03-1985x"] {
            assert_eq!(at(&Tokens::of(text), 0), None, "{text}");
        }
        for text in
            ["12031985", "120385", "mars 1985", "1985", "03/1985", "12 03 85", "douze mars mille neuf cent quatre-vingt-cinq"]
        {
            assert_eq!(announced(&Tokens::of(text), 0).map(|read| read.range), Some(0..text.len()), "{text}");
        }
    }
}
