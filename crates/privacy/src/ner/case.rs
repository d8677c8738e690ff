//! Mends the case of a text for a recogniser that learnt from edited text: names in capitals or without any.

use crate::fold::is_combining;

/// Words that no one is named by, and that stay in lower case in a line that has one case only.
const LINKS: &[&str] = &[
    "a", "afin", "ai", "as", "au", "aux", "avec", "avez", "avons", "ce", "ces", "cette", "chez", "comme", "dans", "de", "depuis",
    "des", "du", "elle", "en", "entre", "es", "est", "et", "il", "ils", "je", "la", "le", "les", "leur", "lui", "ma", "mais", "me",
    "mes", "mon", "ne", "nos", "notre", "nous", "on", "ont", "ou", "par", "pas", "plus", "pour", "qu", "que", "qui", "sa", "sans",
    "se", "ses", "si", "sommes", "son", "sont", "sous", "suis", "sur", "ta", "te", "tes", "toi", "ton", "tu", "un", "une", "vers",
    "vos", "votre", "vous", "y", "à", "été", "êtes", "être",
];
/// Shorter words of a line in lower case stay so.
const SHORT: usize = 3;

/// The letters of one line.
#[derive(Clone, Copy, PartialEq)]
enum Letters {
    Upper,
    Lower,
    Mixed,
}

/// `text` with its words in capitals, and all words of lines in lower case, written as names are; every character keeps
/// its bytes, so that offsets hold. `None` when nothing changes.
pub(super) fn mend(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let letters = letters(line);
        for piece in line.split_inclusive(|c| !in_word(c)) {
            let word = piece.trim_end_matches(|c| !in_word(c));
            let rest = &piece[word.len()..];
            mend_word(word, rest.starts_with(['\'', '’']), letters, &mut mended);
            mended.push_str(rest);
        }
    }
    (mended != text).then_some(mended)
}

fn in_word(c: char) -> bool {
    c.is_alphabetic() || is_combining(c)
}

fn letters(line: &str) -> Letters {
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    if letters().all(char::is_uppercase) {
        Letters::Upper
    } else if letters().all(|c| !c.is_uppercase()) {
        Letters::Lower
    } else {
        Letters::Mixed
    }
}

/// `elided`: an apostrophe follows.
fn mend_word(word: &str, elided: bool, line: Letters, out: &mut String) {
    let one = word.chars().nth(1).is_none();
    let is_upper = !one && word.chars().all(|c| c.is_uppercase() || is_combining(c));
    let is_link = elided && one && !matches!(word, "O") || LINKS.binary_search(&word.to_lowercase().as_str()).is_ok();
    let short = word.chars().nth(SHORT - 1).is_none();
    let mut chars = word.chars();
    match line {
        Letters::Upper if is_link => {}
        Letters::Upper => out.extend(chars.next()),
        Letters::Lower if !is_link && !short => out.extend(chars.next().map(|c| same_size(c, c.to_uppercase()))),
        Letters::Mixed if is_upper => out.extend(chars.next()),
        _ => return out.push_str(word),
    }
    out.extend(chars.map(|c| same_size(c, c.to_lowercase())));
}

/// The other case of a character when it is one character of as many bytes.
fn same_size(c: char, mut other: impl ExactSizeIterator<Item = char>) -> char {
    match (other.len(), other.next()) {
        (1, Some(other)) if other.len_utf8() == c.len_utf8() => other,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_written_as_names_are() {
        assert!(LINKS.is_sorted());
        for (text, mended) in [
            ("Mme LE GOFF Hélène", "Mme Le Goff Hélène"),
            ("RECOURS DE MADAME ÉLISE D'ARC", "Recours de Madame Élise d'Arc"),
            ("bonjour, je suis kevin lefebvre", "Bonjour, je suis Kevin Lefebvre"),
            ("À M. O'BRIEN\nJEAN-E\u{301}RIC", "à M. O'Brien\nJean-E\u{301}ric"),
        ] {
            assert_eq!(mend(text).as_deref(), Some(mended));
        }
        assert_eq!(mend("Bonjour Kevin, la lettre A."), None);
    }

    proptest! {
        #[test]
        fn offsets_hold(text in "(\\PC|\n|[A-ZÉİıßŉǰK]){0,60}") {
            let mended = mend(&text).unwrap_or_else(|| text.clone());
            let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            prop_assert_eq!(places(&mended), places(&text));
        }
    }
}
