//! Control keys of identifiers.

/// Key of the 13 characters of a NIR: 97 − (n mod 97), Corsica's 2A and 2B counted as 19 and 18
/// (INSEE's description of the number). `None` when they are not a number.
pub(crate) fn nir_key(number: &str) -> Option<u64> {
    if number.len() != 13 || !number.is_ascii() {
        return None;
    }
    let digits = number.to_ascii_uppercase().replacen("2A", "19", 1).replacen("2B", "18", 1);
    Some(97 - digits.parse::<u64>().ok()? % 97)
}

/// ISO 13616: the account moved before the country, letters as 10 to 35, modulo 97 is 1. Capitals only.
pub(crate) fn iban(number: &str) -> bool {
    let Some((head, account)) = number.split_at_checked(4) else { return false };
    let rest = account.bytes().chain(head.bytes()).try_fold(0_u32, |rest, byte| match byte {
        b'0'..=b'9' => Some((rest * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((rest * 100 + u32::from(byte - b'A') + 10) % 97),
        _ => None,
    });
    rest == Some(1)
}

/// Luhn's key, as SIREN and SIRET carry it. Establishments of La Poste (356 000 000) use the plain
/// sum of digits, a multiple of 5. Digits only.
pub(crate) fn siren_or_siret(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let la_poste = digits.len() == 14 && digits.starts_with(&[3, 5, 6, 0, 0, 0, 0, 0, 0]);
    digits.iter().any(|digit| *digit != 0) && (luhn(&digits) || (la_poste && digits.iter().sum::<u32>() % 5 == 0))
}

/// Luhn's key, as payment cards carry it (ISO 7812). Digits only.
pub(crate) fn luhn_of(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|digit| digit.to_digit(10)).collect();
    digits.iter().any(|digit| *digit != 0) && luhn(&digits)
}

/// The tax number of a person: the last three of its thirteen digits are the rest of the first ten by 511.
pub(crate) fn tax_number(digits: &str) -> bool {
    let Some((number, key)) = digits.split_at_checked(10).filter(|_| digits.len() == 13) else { return false };
    let (Ok(number), Ok(key)) = (number.parse::<u64>(), key.parse::<u64>()) else { return false };
    number > 0 && number % 511 == key
}

fn luhn(digits: &[u32]) -> bool {
    let doubled = |(place, digit): (usize, &u32)| if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit };
    digits.iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_have_their_keys() {
        assert_eq!(nir_key("2550814168025"), Some(38));
        assert_eq!(nir_key("180012A004005"), nir_key("1800119004005"));
        assert_eq!(nir_key("x"), None);
        assert!(iban("FR1420041010050500013M02606") && !iban("FR1520041010050500013M02606") && !iban("é"));
        assert!(siren_or_siret("732829320") && siren_or_siret("73282932000074") && !siren_or_siret("732829321"));
        assert!(siren_or_siret("35600000000048") && siren_or_siret("35600000049837") && !siren_or_siret("000000000"));
        assert!(luhn_of("4970101234567890") || luhn_of("4111111111111111"));
        assert!(tax_number("3023217600053") && !tax_number("3023217600054") && !tax_number("0000000000000"));
    }
}
