//! The short code on the letter: twelve signs, `XXXX-XXXX-XXXX`, to read aloud on the telephone.
//!
//! Eleven signs carry 55 random bits; the twelfth is a check sign. The alphabet has no I, L, O or U.
//! The check is a weighted sum over GF(32) with a different weight for each place: it catches every
//! single wrong sign and every exchange of two signs.

use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DATA_SIGNS: usize = 11;

/// Why a typed code is not one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Wrong number of signs.
    #[error("a code has 12 letters or digits, this one has {0}: compare it with the letter")]
    Length(usize),
    /// A sign that no code has.
    #[error("the sign `{0}` is in no code: compare it with the letter")]
    Sign(char),
    /// The check sign does not match.
    #[error("this code has a typing error: compare each sign with the letter")]
    Check,
}

/// A code from seven random bytes, of which 55 bits are used.
pub fn from_bytes(random: [u8; 7]) -> String {
    let bits = random.iter().fold(0_u64, |acc, byte| acc << 8 | u64::from(*byte));
    let mut signs = [0_u8; DATA_SIGNS];
    for (place, sign) in signs.iter_mut().enumerate() {
        *sign = (bits >> (5 * place) & 31) as u8;
    }
    write(&signs)
}

/// The written form of what a person typed: any case, blanks, dots and hyphens ignored, O read as 0, I and L as 1, U as V.
pub fn normalise(typed: &str) -> Result<String, CodeError> {
    let signs = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '_' | '–' | '—' | '‑'))
        .map(read)
        .collect::<Result<Vec<u8>, _>>()?;
    if signs.len() != DATA_SIGNS + 1 {
        return Err(CodeError::Length(signs.len()));
    }
    let (data, given) = signs.split_at(DATA_SIGNS);
    if check_sign(data) == given[0] { Ok(write(data)) } else { Err(CodeError::Check) }
}

/// What is stored instead of the code: SHA-256 over a domain string and the twelve signs, in hexadecimal.
pub fn hash(typed: &str) -> Result<String, CodeError> {
    let code = normalise(typed)?;
    let mut hash = Sha256::new();
    hash.update(b"gouvernail/letter-code/v1\0");
    hash.update(code.replace('-', "").as_bytes());
    Ok(hex::encode(hash.finalize()))
}

fn write(data: &[u8]) -> String {
    let mut text = String::with_capacity(14);
    for (place, sign) in data.iter().copied().chain([check_sign(data)]).enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[usize::from(sign)]));
    }
    text
}

fn read(typed: char) -> Result<u8, CodeError> {
    let plain = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        other => other,
    };
    let place = ALPHABET.iter().position(|sign| char::from(*sign) == plain);
    place.map(|p| p as u8).ok_or(CodeError::Sign(typed))
}

// Weights 2, 4, 8 … are the powers of a generator of GF(32): all different and none is one, the weight of the check sign.
fn check_sign(data: &[u8]) -> u8 {
    let (mut weight, mut sum) = (1_u8, 0_u8);
    for sign in data {
        weight = multiply(weight, 2);
        sum ^= multiply(*sign, weight);
    }
    sum
}

// Product in GF(2^5) modulo x^5 + x^2 + 1.
fn multiply(mut left: u8, mut right: u8) -> u8 {
    let mut product = 0;
    while right > 0 {
        if right & 1 == 1 {
            product ^= left;
        }
        left <<= 1;
        if left & 32 != 0 {
            left ^= 0b10_0101;
        }
        right >>= 1;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn form_and_tolerance() {
        let code = from_bytes([0, 0, 0, 0, 0, 0, 33]);
        assert_eq!(code.len(), 14);
        assert!(code.starts_with("1100-"), "{code}");
        let typed = code.to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
        assert_eq!(normalise(&typed), Ok(code.clone()));
        assert_eq!(hash(&typed), hash(&code));
        assert_eq!(normalise("abc"), Err(CodeError::Length(3)));
        assert_eq!(normalise("????-0000-0000"), Err(CodeError::Sign('?')));
    }

    proptest! {
        #[test]
        fn every_code_reads_back(random: [u8; 7]) {
            let code = from_bytes(random);
            prop_assert_eq!(normalise(&code), Ok(code));
        }

        #[test]
        fn one_wrong_sign_is_caught(random: [u8; 7], place in 0..12_usize, other in 0..32_usize) {
            let mut signs: Vec<u8> = from_bytes(random).replace('-', "").into_bytes();
            prop_assume!(signs[place] != ALPHABET[other]);
            signs[place] = ALPHABET[other];
            prop_assert_eq!(normalise(std::str::from_utf8(&signs).unwrap()), Err(CodeError::Check));
        }

        #[test]
        fn two_exchanged_signs_are_caught(random: [u8; 7], one in 0..12_usize, two in 0..12_usize) {
            let mut signs: Vec<u8> = from_bytes(random).replace('-', "").into_bytes();
            prop_assume!(signs[one] != signs[two]);
            signs.swap(one, two);
            prop_assert_eq!(normalise(std::str::from_utf8(&signs).unwrap()), Err(CodeError::Check));
        }

        #[test]
        fn any_text_is_answered(text in ".{0,40}") {
            let _ = normalise(&text);
        }
    }
}
