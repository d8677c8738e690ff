//! One key for all spellings of a value, the same whichever layer finds it.

use crate::Label;
use crate::dates::Date;
use crate::fold::folded;
use crate::known::names;

/// The key of a value.
pub(crate) fn key(label: Label, value: &str) -> String {
    match label {
        Label::Person => names::key(value),
        Label::BirthDate => Date::parse(value).map_or_else(|| folded(value), |date| date.to_string()),
        Label::Nir => nir(value),
        Label::Phone => phone(value),
        // Without its separators, "a.b@c.fr" would be "ab@c.fr".
        Label::Email => value.trim().to_lowercase(),
        Label::Literal => value.to_owned(),
        _ => folded(value),
    }
}

/// The 13 characters, without the key.
fn nir(value: &str) -> String {
    let mut number: String = folded(value).chars().filter(|c| c.is_ascii_digit() || matches!(c, 'a' | 'b')).collect();
    number.truncate(13);
    number
}

/// Country codes of France and of its overseas départements, whose national numbers have ten digits.
pub(crate) const FRENCH_CODES: [&str; 5] = ["33", "262", "590", "594", "596"];

/// The national form: ten digits from 0, or all digits of a foreign number.
pub(crate) fn phone(value: &str) -> String {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let international = digits.strip_prefix("00").unwrap_or(&digits);
    let national = FRENCH_CODES.iter().filter_map(|code| international.strip_prefix(code)).find_map(nine);
    match national.or_else(|| nine(&digits)) {
        Some(rest) => format!("0{rest}"),
        None => international.to_owned(),
    }
}

/// The nine digits after the 0, which an international form drops or puts in brackets.
fn nine(digits: &str) -> Option<&str> {
    let rest = digits.strip_prefix('0').unwrap_or(digits);
    (rest.len() == 9 && !rest.starts_with('0')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_has_one_key() {
        for spelling in ["06 12 34 56 78", "+33 6 12 34 56 78", "0033 (0)6.12.34.56.78", "33612345678", "612345678"] {
            assert_eq!(phone(spelling), "0612345678", "{spelling}");
        }
        assert_eq!(phone("+262 692 12 34 56"), "0692123456");
        assert_eq!(phone("+32 2 123 45 67"), phone("0032 2 1234567"));
    }
}
