//! What happens to a text before it is read.

use super::Draw;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noise {
    Clean,
    Upper,
    Lower,
    Plain,
    Scanned,
    Typed,
}

impl Noise {
    pub(super) const ALL: [Self; 6] = [Self::Clean, Self::Upper, Self::Lower, Self::Plain, Self::Scanned, Self::Typed];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Upper => "upper",
            Self::Lower => "lower",
            Self::Plain => "plain",
            Self::Scanned => "ocr",
            Self::Typed => "typo",
        }
    }

    /// `ordinary` for text between values: hands err less in the numbers they copy.
    pub(super) fn of(self, text: &str, ordinary: bool, draw: &mut Draw) -> String {
        match self {
            Self::Clean => text.to_owned(),
            Self::Upper => text.to_uppercase(),
            Self::Lower => plain(text).to_lowercase(),
            Self::Plain => plain(text),
            Self::Scanned => text.chars().map(|c| scanned(c, draw)).collect(),
            Self::Typed => typed(text, if ordinary { 50 } else { 120 }, draw),
        }
    }
}

fn plain(text: &str) -> String {
    let pairs = [
        ("é", "e"),
        ("è", "e"),
        ("ê", "e"),
        ("à", "a"),
        ("ç", "c"),
        ("ô", "o"),
        ("î", "i"),
        ("û", "u"),
        ("É", "E"),
        ("À", "A"),
        ("â", "a"),
        ("ë", "e"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (accented, letter)| text.replace(accented, letter))
}

fn scanned(c: char, draw: &mut Draw) -> String {
    let read = match c {
        '0' => "O",
        '1' => "l",
        'l' => "1",
        'e' => "c",
        't' => "f",
        'm' => "rn",
        'é' => "e",
        '5' => "S",
        ' ' => "  ",
        _ => return c.to_string(),
    };
    if draw.below(35) == 0 { read.to_owned() } else { c.to_string() }
}

/// A letter doubled, dropped, or swapped with the next one; digits stay.
fn typed(text: &str, one_in: usize, draw: &mut Draw) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at + 1 < chars.len() {
        if chars[at].is_alphabetic() && chars[at + 1].is_alphabetic() && draw.below(one_in) == 0 {
            match draw.below(3) {
                0 => chars.insert(at, chars[at]),
                1 => drop(chars.remove(at)),
                _ => chars.swap(at, at + 1),
            }
            at += 2;
        }
        at += 1;
    }
    chars.into_iter().collect()
}
