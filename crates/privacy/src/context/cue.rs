//! The words before a number, nearest first.

use crate::lexicon::{self, Meaning};
use crate::tokens::{Kind, Tokens};

/// Words that may stand between a number and what announces it, by their weight.
const REACH: usize = 7;
/// Tokens looked at, whatever their weight.
const STEPS: usize = 24;

/// Words that may announce what stands at `at`: what they mean and where they are, nearest first. They end with the
/// sentence, with what is said of another number, or one line above.
pub(crate) fn before(tokens: &Tokens, at: usize) -> impl Iterator<Item = (usize, Meaning)> {
    let mut left = REACH;
    let mut lines = 0;
    let mut words = at.saturating_sub(STEPS)..at;
    std::iter::from_fn(move || {
        while let Some(place) = words.next_back() {
            let meaning = tokens.meaning(place);
            let weight = match tokens.kind(place)? {
                Kind::Word(_) => {
                    usize::from(!meaning.has(Meaning::PARTICLE) && !meaning.has(Meaning::NUMBER) && tokens.text(place).len() > 1)
                }
                Kind::Number => 1,
                Kind::Sign('.') if ends_sentence(tokens, place) => REACH,
                Kind::Sign(';') => 2,
                Kind::Sign('|' | '\u{2022}' | '>') => 1,
                Kind::Sign(_) => 0,
                Kind::Break(empty) => {
                    lines += 1;
                    if empty || lines > 1 { REACH } else { 2 }
                }
            };
            if weight > left {
                return None;
            }
            left -= weight;
            if tokens.is_word(place) {
                return Some((place, meaning));
            }
        }
        None
    })
}

/// A point before a space and a capital, unless it shortens the word before it: "tél. 06", "n. B12".
fn ends_sentence(tokens: &Tokens, at: usize) -> bool {
    let shortens = tokens.text(at - usize::from(at > 0)).len() <= 4;
    !shortens && tokens.gap(at + 1) > 0
}

/// What a mistyped word means.
pub(crate) fn near(tokens: &Tokens, at: usize) -> Meaning {
    if tokens.meaning(at) == Meaning::NONE { lexicon::near(tokens.folded(at)) } else { Meaning::NONE }
}

/// Whether what stands at `at` may begin to say what the number before it is.
pub(crate) fn opens(tokens: &Tokens, at: usize) -> bool {
    tokens.is_sign(at, '(') || ["est", "comme", "c"].iter().any(|word| tokens.is_word(at) && tokens.says(at, word))
}

/// Words just after a number that say what it is: "1234567 (numéro Caf)", "est mon numéro d'allocataire".
pub(crate) fn after(tokens: &Tokens, next: usize) -> impl Iterator<Item = Meaning> {
    let opens = opens(tokens, next);
    let inside =
        (next + 1..next + 8).take_while(|at| tokens.get(*at).is_some() && !tokens.is_sign(*at, ')') && !tokens.is_break(*at));
    inside.filter(move |_| opens).take_while(|at| !tokens.is_number(*at)).map(|at| tokens.meaning(at))
}
