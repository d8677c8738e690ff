//! Words to the value of a field.

use gouvernail_register::{Field, Kind, Link, Value};

use super::words::{Words, fold};

/// Longest text of an address field, characters.
const ADDRESS: usize = 500;
const MONTHS: [[&str; 3]; 12] = [
    ["janvier", "january", "janv"],
    ["fevrier", "february", "fevr"],
    ["mars", "march", "mar"],
    ["avril", "april", "avr"],
    ["mai", "may", "mai"],
    ["juin", "june", "jun"],
    ["juillet", "july", "juil"],
    ["aout", "august", "aug"],
    ["septembre", "september", "sept"],
    ["octobre", "october", "oct"],
    ["novembre", "november", "nov"],
    ["decembre", "december", "dec"],
];

/// The value that these lines say, and how many of them, from the first, it says; none when they say none that fits.
pub(super) fn of(field: &Field, lines: &[String], words: &Words) -> Option<(Value, usize)> {
    let first = lines.first()?;
    let (value, used) = match field.kind {
        Kind::Text if field.id == "supplier_identifier" => (Value::Text(identifier(first)?), 1),
        Kind::Text => text(lines, field.max.unwrap_or(ADDRESS))?,
        Kind::List => (Value::List(lines.iter().flat_map(|line| items(line)).collect()), lines.len()),
        Kind::Flag => (Value::Flag(flag(first)?), 1),
        Kind::Month => (Value::Text(month(first)?), 1),
        Kind::Number => (Value::Number(number(first)?), 1),
        Kind::Url => (Value::Text(address(first)?.to_owned()), 1),
        Kind::Links => (Value::Links(lines.iter().filter_map(|line| link(line)).collect()), lines.len()),
        Kind::Choice => (Value::Text(words.chosen(&field.id, first)?.to_owned()), 1),
        Kind::Choices => return None,
    };
    field.fits(&value).ok()?;
    Some((value, used))
}

/// As many whole lines as fit.
fn text(lines: &[String], max: usize) -> Option<(Value, usize)> {
    let (mut said, mut length, mut used) = (String::new(), 0, 0);
    for line in lines {
        length += line.chars().count() + usize::from(used > 0);
        if length > max {
            break;
        }
        if used > 0 {
            said.push('\n');
        }
        said.push_str(line);
        used += 1;
    }
    (used > 0).then_some((Value::Text(said), used))
}

fn items(line: &str) -> Vec<String> {
    line.split([';', ',']).map(|item| item.trim().trim_end_matches('.').to_owned()).filter(|item| !item.is_empty()).collect()
}

/// `oui`, `non`, and what follows.
fn flag(text: &str) -> Option<bool> {
    match fold(text).split_whitespace().next()? {
        "oui" | "yes" => Some(true),
        "non" | "no" | "aucun" | "aucune" | "none" | "never" | "jamais" => Some(false),
        _ => None,
    }
}

/// `2026-03`, `03/2026`, `12/03/2026`, `12 mars 2026`, `March 2026`.
fn month(text: &str) -> Option<String> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split([' ', '.']).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| year(word).is_some())?;
    let of_name = |word: &&str| MONTHS.iter().position(|names| names.contains(word)).map(|at| at + 1);
    let of_digits = |word: &&str| word.parse::<usize>().ok().filter(|month| (1..=12).contains(month));
    let around = [at.checked_sub(1), Some(at + 1), at.checked_sub(2)].into_iter().flatten().filter_map(|at| words.get(at));
    let month = around.clone().find_map(of_name).or_else(|| around.take(2).find_map(of_digits))?;
    Some(format!("{}-{month:02}", words[at]))
}

fn year(word: &str) -> Option<u16> {
    word.parse().ok().filter(|year| (1990..=2100).contains(year) && word.len() == 4)
}

/// The first whole number; the spaces or points of its thousands are no end of it.
fn number(text: &str) -> Option<u64> {
    let begin = text.find(|character: char| character.is_ascii_digit())?;
    let mut digits = String::new();
    let mut rest = text[begin..].chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            '0'..='9' => digits.push(next),
            ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' if rest.peek().is_some_and(char::is_ascii_digit) => {}
            _ => break,
        }
    }
    digits.parse().ok()
}

/// The first web address.
fn address(text: &str) -> Option<&str> {
    let begin = text.find("https://").or_else(|| text.find("http://"))?;
    let end = text[begin..].find(|character: char| character.is_whitespace() || "<>\"|".contains(character));
    let found = end.map_or(&text[begin..], |end| &text[begin..begin + end]);
    Some(found.trim_end_matches(['.', ',', ';', ')', ']']))
}

fn link(line: &str) -> Option<Link> {
    let found = address(line)?;
    let title = line.split(found).next().unwrap_or_default().trim().trim_end_matches([':', '(', '<', '-', '–']).trim();
    Some(Link { title: title.to_owned(), link: Some(found.to_owned()) })
}

/// The number of a company, without its spaces; the words when there is none.
fn identifier(text: &str) -> Option<String> {
    let mut longest = String::new();
    let mut run = String::new();
    for character in text.chars().chain(['.']) {
        match character {
            '0'..='9' => run.push(character),
            ' ' | '\u{a0}' | '\u{202f}' => {}
            _ => {
                if run.len() > longest.len() {
                    longest = std::mem::take(&mut run);
                }
                run.clear();
            }
        }
    }
    match longest.len() {
        8..=14 => Some(longest),
        _ => Some(text.to_owned()).filter(|text| text.chars().count() <= 100),
    }
}
