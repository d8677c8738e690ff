//! Where somebody lives, said without the kind of a way.

use super::super::{LIKELY, PLACED, place, town};
use super::{Part, WORDS, way};
use crate::lexicon::Meaning;
use crate::tokens::{Capitals, Tokens};

/// Words of a name after "chez".
const HOST: usize = 7;
/// After "réside à l'", these are no towns.
const SHELTERS: [&str; 22] = [
    "ehpad",
    "foyer",
    "hotel",
    "residence",
    "chrs",
    "ccas",
    "ecole",
    "hopital",
    "clinique",
    "centre",
    "maison",
    "caserne",
    "college",
    "lycee",
    "camping",
    "adresse",
    "etranger",
    "rue",
    "domicile",
    "cada",
    "huda",
    "association",
];

/// What stands between "demeurant" and a postcode when it is neither a street nor a hamlet: "demeurant Le Bourg, 23240 …".
pub(super) fn home(tokens: &Tokens, at: usize) -> Option<Part> {
    let mut first = at + 1;
    while [":", "(", ")", "e", "\"", "=", "est", "à", "au", "a"].contains(&tokens.text(first))
        || tokens.says(first, "postale") && tokens.is_word(first)
    {
        first += 1;
    }
    if !tokens.is_word(first) || !(tokens.is_capital(first) || tokens.capitals(first) == Capitals::Mute) {
        return None;
    }
    if way::is_way(tokens, first) || tokens.meaning(first).has(Meaning::BUILDING) || tokens.meaning(first).has(Meaning::STOP) {
        return None;
    }
    let reach = first + 12;
    let mut last = None;
    for next in first..reach {
        if tokens.is_break(next) && next > first + 6
            || tokens.get(next).is_none()
            || tokens.is_sign(next, '.') && tokens.gap(next + 1) > 0
        {
            return None;
        }
        if tokens.is_number(next) {
            if town::at(tokens, next).is_some() {
                break;
            }
            return None;
        }
        if tokens.is_word(next) {
            last = Some(next);
        }
        if next + 1 == reach {
            return None;
        }
    }
    Some(Part { first, last: last?, score: LIKELY })
}

/// The town where somebody lives, without a postcode: "dort chez Anne Martin, Rennes", "domicilié à Rennes".
pub(super) fn town_alone(tokens: &Tokens, at: usize) -> Option<Part> {
    let mut next = at + 1;
    while ["(", "e", ")", "s", "."].contains(&tokens.text(next))
        || ["actuellement", "desormais", "toujours", "seule", "seul"]
            .iter()
            .any(|word| tokens.is_word(next) && tokens.says(next, word))
    {
        next += 1;
    }
    let first = if tokens.says(next, "chez") { after_host(tokens, next + 1)? } else { next + usize::from(tokens.says(next, "a")) };
    let to = tokens.says(next, "a") && tokens.is_word(next);
    if !(to || tokens.says(next, "chez")) || SHELTERS.iter().any(|shelter| (first..first + 3).any(|at| tokens.says(at, shelter))) {
        return None;
    }
    let last = place::name(tokens, first, WORDS)?;
    let postcode = tokens.is_sign(last + 1, '(') && town::postcode(tokens, last + 2).is_some();
    let ends = tokens.get(last + 1).is_none()
        || tokens.is_break(last + 1)
        || tokens.is_word(last + 1)
        || [",", ".", ";", ")", "("].contains(&tokens.text(last + 1));
    (ends && !postcode && way::way(tokens, first).is_none()).then_some(Part { first, last, score: PLACED })
}

/// The token after the comma that follows the name of a host.
fn after_host(tokens: &Tokens, first: usize) -> Option<usize> {
    let comma = (first..first + 2 * HOST)
        .take_while(|at| tokens.is_word(*at) || ["-", "'", "\u{2019}", "."].contains(&tokens.text(*at)))
        .last()?
        + 1;
    let to = tokens.is_sign(comma, ',') || tokens.is_sign(comma, '(');
    to.then(|| comma + 1 + usize::from(tokens.is_word(comma + 1) && tokens.says(comma + 1, "a")))
}
