//! Bank accounts.

use super::checksum;
use super::numbers::{CHECKED, TYPO, is_separator};
use crate::fold::is_boundary;
use crate::span::{Source, Span};
use crate::{Label, entity};

/// Length of an account: the countries of SEPA, then those whose accounts are common in France.
/// Source: the IBAN registry of ISO 13616.
fn length(country: &str) -> Option<usize> {
    Some(match country {
        "NO" => 15,
        "BE" => 16,
        "DK" | "FI" | "NL" => 18,
        "SI" => 19,
        "AT" | "EE" | "LT" | "LU" => 20,
        "CH" | "HR" | "LI" | "LV" => 21,
        "BG" | "DE" | "GB" | "IE" | "VA" => 22,
        "GI" => 23,
        "AD" | "CZ" | "ES" | "RO" | "SE" | "SK" => 24,
        "PT" => 25,
        "IS" => 26,
        "FR" | "GR" | "IT" | "MC" | "SM" => 27,
        "CY" | "HU" | "PL" => 28,
        "MT" => 31,
        "RS" => 22,
        "TN" => 24,
        "TR" => 26,
        "MR" => 27,
        "LB" => 28,
        "UA" => 29,
        _ => return None,
    })
}

/// The account that begins at `start`, where a word begins.
pub(crate) fn at(text: &str, start: usize) -> Option<Span> {
    let head = text.as_bytes().get(start..start + 4)?;
    if !head[2..].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let country = std::str::from_utf8(&head[..2]).ok()?.to_ascii_uppercase();
    let length = length(&country)?;
    let (number, end) = characters(&text[start..], length)?;
    let score = match checksum::iban(&number) {
        true => CHECKED,
        false if country == "FR" && is_french(&number) => TYPO,
        false => return None,
    };
    let entity = entity::key(Label::Iban, &number);
    Some(Span { range: start..start + end, label: Label::Iban, source: Source::Identifier, score, entity })
}

/// The first `count` letters and digits, at most one separator between two, and where they end.
fn characters(text: &str, count: usize) -> Option<(String, usize)> {
    let mut number = String::with_capacity(count);
    let mut chars = text.char_indices().peekable();
    let mut gap = false;
    while let Some((at, c)) = chars.next() {
        if c.is_ascii_alphanumeric() {
            number.push(c.to_ascii_uppercase());
            gap = false;
        } else if is_separator(c) && !gap {
            gap = true;
        } else {
            return None;
        }
        if number.len() == count {
            let after = chars.peek().map(|&(_, next)| next);
            return is_boundary(Some(c), after).then_some((number, at + 1));
        }
    }
    None
}

/// Bank and branch are digits, and so is the key: ordinary words do not look like a mistyped account.
fn is_french(number: &str) -> bool {
    let digits = |range| number.as_bytes().get(range).is_some_and(|part: &[u8]| part.iter().all(u8::is_ascii_digit));
    digits(4..14) && digits(25..27)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_of_several_countries() {
        for account in [
            "FR14 2004 1010 0505 0001 3M02 606",
            "fr1420041010050500013m02606",
            "DE89 3704 0044 0532 0130 00",
            "BE68-5390-0754-7034",
        ] {
            let found = at(&format!("{account} BIC"), 0).expect(account);
            assert_eq!((found.range, found.score), (0..account.len(), CHECKED));
        }
    }

    #[test]
    fn a_mistyped_french_account_is_hidden_and_words_are_not() {
        assert_eq!(at("FR14 2004 1010 0505 0001 3M02 607", 0).map(|found| found.score), Some(TYPO));
        for text in
            ["FR14 bonjour je suis venu hier avec", "FR14 2004", "FR1420041010050500013M026061", "XX14 2004 1010 0505 0001", "FRé"]
        {
            assert_eq!(at(text, 0), None, "{text}");
        }
    }
}
