//! What counts as a reason.

use crate::CaseError;

/// Fewest characters of a reason, blanks at the ends not counted.
pub const MIN_CHARS: usize = 10;

/// Words that agree or wave through without saying why.
const TRIVIAL: [&str; 34] = [
    "ok",
    "oui",
    "non",
    "ras",
    "vu",
    "bon",
    "bien",
    "rien",
    "neant",
    "néant",
    "accord",
    "accordé",
    "d",
    "refusé",
    "conforme",
    "validé",
    "valide",
    "validée",
    "approuvé",
    "sans",
    "objet",
    "avis",
    "idem",
    "na",
    "n",
    "a",
    "yes",
    "no",
    "fine",
    "agreed",
    "approved",
    "none",
    "test",
    "nothing",
];

/// Accepts a reason that has at least [`MIN_CHARS`] characters and does not consist of trivial words or one repeated sign.
pub fn check(reason: &str) -> Result<(), CaseError> {
    let text = reason.trim().to_lowercase();
    let long_enough = text.chars().count() >= MIN_CHARS;
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let says_something = words.any(|w| !TRIVIAL.contains(&w) && distinct_letters(w) >= 3);
    if long_enough && says_something { Ok(()) } else { Err(CaseError::NoReason { min: MIN_CHARS }) }
}

fn distinct_letters(word: &str) -> usize {
    let mut seen: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn empty_short_and_trivial_reasons_are_refused() {
        for bad in ["", "   ", "ok", "Conforme", "RAS, RAS, RAS, RAS", "aaaaaaaaaaaaaaaa", "............", "d'accord, ok, validé"]
        {
            assert!(check(bad).is_err(), "{bad:?} must be refused");
        }
    }

    #[test]
    fn a_sentence_is_a_reason() {
        check("Les revenus déclarés ouvrent droit au tarif réduit.").unwrap();
        check("RAS : dossier complet").unwrap();
    }
}
