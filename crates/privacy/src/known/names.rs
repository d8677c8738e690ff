//! The spellings of a person's name: orders, parts and initials.

use crate::fold::{folded, is_word};
use crate::known::spelling::Spelling;

/// Parts of a name shorter than this, in folded bytes, are too common to be searched alone.
const MIN_PART: usize = 3;
/// A name of more words than this is searched whole and by its words, without orders and initials.
const MAX_WORDS: usize = 8;
const TITLES: [&str; 14] =
    ["m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "dr", "docteur", "me", "maitre", "pr", "professeur", "veuve"];
/// Words inside names that name nobody.
const PARTICLES: [&str; 18] = [
    "nee", "epouse", "epoux", "dit", "dite", "les", "des", "del", "dos", "das", "von", "van", "der", "den", "ben", "bin", "saint",
    "sainte",
];

/// One word of a name.
struct Word {
    folded: String,
    /// Between hyphens and apostrophes.
    parts: Vec<String>,
}

/// The words of a name without its titles, unless it is made of titles only.
fn words(name: &str) -> Vec<Word> {
    let all = name.split_whitespace().map(|word| Word {
        folded: folded(word),
        parts: word.split(|c| !is_word(c)).map(folded).filter(|part| !part.is_empty()).collect(),
    });
    let (titles, words): (Vec<_>, Vec<_>) =
        all.filter(|word| !word.folded.is_empty()).partition(|word| TITLES.contains(&word.folded.as_str()));
    if words.is_empty() { titles } else { words }
}

/// The same for "Jean Dupont", "DUPONT Jean" and "M. Jean Dupont".
pub(crate) fn key(name: &str) -> String {
    let all = name.split_whitespace().map(folded).filter(|word| !word.is_empty());
    let (titles, words): (Vec<_>, Vec<_>) = all.partition(|word| TITLES.contains(&word.as_str()));
    let mut words = if words.is_empty() { titles } else { words };
    words.sort_unstable();
    words.join(" ")
}

/// Which word is the family name is not known: either end may be, of any number of words.
pub(crate) fn spellings(name: &str) -> Vec<Spelling> {
    let words = words(name);
    let mut spellings = vec![Spelling::whole(concat(&words))];
    let single = words.iter().flat_map(|word| word.parts.iter().chain([&word.folded]));
    spellings.extend(single.filter(|part| searched_alone(part)).cloned().map(Spelling::part));
    if words.len() > MAX_WORDS {
        return spellings;
    }
    for cut in 1..words.len() {
        let (front, back) = words.split_at(cut);
        spellings.push(Spelling::whole(concat(back) + &concat(front)));
        for (given, family) in [(front, back), (back, front)] {
            let family = concat(family);
            if family.len() < MIN_PART {
                continue;
            }
            let short = shortened(given);
            spellings.extend(
                short.iter().flat_map(|given| [format!("{given}{family}"), format!("{family}{given}")]).map(Spelling::part),
            );
            spellings.extend(searched_alone(&family).then_some(family).map(Spelling::part));
        }
    }
    spellings
}

/// "Jean-Pierre Marie" may be written Jean-Pierre, J.-P. M., J.-P. or J. before the family name.
fn shortened(given: &[Word]) -> Vec<String> {
    let first_of = |word: &Word| word.parts.iter().filter_map(|part| part.chars().next()).collect::<String>();
    let Some(first) = given.first() else { return Vec::new() };
    let initials = first_of(first);
    vec![first.folded.clone(), given.iter().map(first_of).collect(), initials.chars().take(1).collect(), initials]
}

fn searched_alone(part: &str) -> bool {
    part.len() >= MIN_PART && !PARTICLES.contains(&part)
}

fn concat(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect()
}

/// True for "M.", "Mme", "docteur" and the like.
pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(&folded(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_in_any_order_and_with_any_title() {
        for name in ["Jean Dupont", "DUPONT Jean", "M. Jean Dupont", "dupont, jean"] {
            assert_eq!(key(name), "dupont jean", "{name}");
        }
        assert_eq!(key("Monsieur"), "monsieur");
        assert_eq!(key(" \u{a0}"), "");
    }

    #[test]
    fn a_name_has_a_bounded_number_of_spellings() {
        assert!(spellings(&"Jean ".repeat(MAX_WORDS)).len() < 200);
        assert!(spellings(&"Jean ".repeat(1000)).len() < 2100);
    }
}
