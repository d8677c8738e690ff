//! Bank accounts.

use super::{CHECKED, TYPO, begins_number, checksum, reading, span};
use crate::Label;
use crate::reading::{Number, Reading};
use crate::span::Span;
use crate::tokens::Tokens;

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

/// The account that begins at the word `at`, and the token after it.
pub(crate) fn at(tokens: &Tokens, at: usize) -> Option<(Span, usize)> {
    let word = tokens.text(at);
    if word.len() != 2 || !tokens.is_number(at + 1) && !begins_number(tokens, at + 1) {
        return None;
    }
    let country = word.to_ascii_uppercase();
    let length = length(&country)?;
    let reading = reading(tokens, at);
    let number = characters(&reading, length)?;
    let score = match checksum::iban(&number.text) {
        true => CHECKED,
        false if country == "FR" && is_french(&number.text) => TYPO,
        false => return None,
    };
    Some((span(Label::Iban, number.range, score, &number.text), number.next))
}

/// Two letters, two digits of control, and so many letters and digits in all; a capital O is a zero where only digits may be.
fn characters(reading: &Reading, length: usize) -> Option<Number> {
    const ANY: &str = "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX";
    const FRENCH: &str = "AA999999999999XXXXXXXXXXX99";
    match reading.form(0, FRENCH).filter(|number| number.text.starts_with("FR")) {
        Some(number) => Some(number),
        None => reading.form(0, &format!("AA99{}", ANY.get(4..length)?)),
    }
}

/// Bank and branch are digits, and so is the key: ordinary words do not look like a mistyped account.
fn is_french(number: &str) -> bool {
    let digits = |range| number.as_bytes().get(range).is_some_and(|part: &[u8]| part.iter().all(u8::is_ascii_digit));
    digits(4..14) && digits(25..27)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(std::ops::Range<usize>, f32)> {
        at(&Tokens::of(text), 0).map(|(span, _)| (span.range, span.score))
    }

    #[test]
    fn accounts_of_several_countries() {
        for account in [
            "FR14 2004 1010 0505 0001 3M02 606",
            "fr1420041010050500013m02606",
            "FR14 2OO4 1010 O505 0001 3M02 606",
            "DE89 3704 0044 0532 0130 00",
            "BE68-5390-0754-7034",
        ] {
            assert_eq!(found(&format!("{account} BIC")), Some((0..account.len(), CHECKED)), "{account}");
        }
    }

    #[test]
    fn a_mistyped_french_account_is_hidden_and_words_are_not() {
        assert_eq!(found("FR14 2004 1010 0505 0001 3M02 607").map(|found| found.1), Some(TYPO));
        for text in
            ["FR14 bonjour je suis venu hier avec", "FR14 2004", "FR1420041010050500013M026061", "XX14 2004 1010 0505 0001", "FRé"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
