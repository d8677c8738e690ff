//! What happens to a text on its way.

use crate::people::Drawn;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noise {
    Clean,
    Lower,
    LowerNoAccent,
    NoAccent,
    Ocr,
    Typo,
    Upper,
}

/// Letters that a scanner takes for others.
const TAKEN: [(&str, &str); 8] = [("l", "1"), ("O", "0"), ("e", "c"), ("rn", "m"), ("i", "l"), ("é", "e"), ("m", "rn"), ("S", "5")];

impl Noise {
    pub const SPOILT: [Noise; 6] = [Noise::Lower, Noise::LowerNoAccent, Noise::NoAccent, Noise::Ocr, Noise::Typo, Noise::Upper];

    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Lower => "lower",
            Self::LowerNoAccent => "lowernoacc",
            Self::NoAccent => "noacc",
            Self::Ocr => "ocr",
            Self::Typo => "typo",
            Self::Upper => "upper",
        }
    }

    pub fn spoil(self, text: &str, drawn: &mut Drawn) -> String {
        match self {
            Self::Clean => text.to_owned(),
            Self::Lower => text.to_lowercase(),
            Self::LowerNoAccent => plain(&text.to_lowercase()),
            Self::NoAccent => plain(text),
            Self::Upper => plain(&text.to_uppercase()),
            Self::Ocr => words(text, drawn, |word, drawn| {
                let (from, to) = drawn.one(&TAKEN);
                word.replacen(from, to, 1)
            }),
            Self::Typo => words(text, drawn, |word, drawn| {
                let mut letters: Vec<char> = word.chars().collect();
                let at = 1 + drawn.below(letters.len() as u64 - 2) as usize;
                match drawn.below(3) {
                    0 => letters.swap(at, at - 1),
                    1 => letters.insert(at, letters[at]),
                    _ => drop(letters.remove(at)),
                }
                letters.into_iter().collect()
            }),
        }
    }
}

/// One word in fourteen of more than three letters; numbers are left, for a number that is wrong is another number.
fn words(text: &str, drawn: &mut Drawn, spoil: impl Fn(&str, &mut Drawn) -> String) -> String {
    let spoilt = |word: &str, drawn: &mut Drawn| {
        let letters = word.chars().count() > 3 && word.chars().all(char::is_alphabetic);
        if letters && drawn.below(14) == 0 { spoil(word, drawn) } else { word.to_owned() }
    };
    text.split_inclusive(|c: char| !c.is_alphabetic())
        .map(|piece| {
            let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
            spoilt(word, drawn) + &piece[word.len()..]
        })
        .collect()
}

fn plain(text: &str) -> String {
    let letters = [("àâä", "a"), ("éèêë", "e"), ("îï", "i"), ("ôö", "o"), ("ùûü", "u"), ("ç", "c"), ("œ", "oe"), ("ÿ", "y")];
    let one = |c: char| {
        let lower = c.to_lowercase().next().unwrap_or(c);
        match letters.iter().find(|(accented, _)| accented.contains(lower)) {
            Some((_, plain)) if c.is_uppercase() => plain.to_uppercase(),
            Some((_, plain)) => (*plain).to_owned(),
            None => c.to_string(),
        }
    };
    text.chars().map(one).collect()
}
