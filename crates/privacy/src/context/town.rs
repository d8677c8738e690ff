//! A postcode and its town.

use super::place;
use crate::lexicon::Meaning;
use crate::reading::Reading;
use crate::tokens::{Capitals, Tokens};

/// Words of the name of a town, small ones left out, where capitals do not tell its end.
const WORDS: usize = 3;

/// A postcode with its town.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Town {
    pub first: usize,
    pub last: usize,
    /// The form says enough: a capital, or the end of the line.
    pub sure: bool,
}

/// The token after the postcode at `at`: five digits that begin with a département, in one block or in two.
pub(crate) fn postcode(tokens: &Tokens, at: usize) -> Option<usize> {
    if tokens.is_glued(at)
        && (tokens.is_number(at - 1)
            || tokens.is_word(at - 1)
            || [".", ",", "/"].contains(&tokens.text(at - 1)) && tokens.gap(at - 1) == 0)
    {
        return None;
    }
    let text = tokens.text(at);
    let split =
        text.len() == 2 && tokens.is_number(at + 1) && tokens.text(at + 1).len() == 3 && (1..=3).contains(&tokens.gap(at + 1));
    let next = match text.len() {
        5 if tokens.is_number(at) => at + 1,
        2 if split => at + 2,
        // A digit was misread, or lost its place.
        1..=4 if tokens.is_glued(at + 1) && tokens.text(at).len() + tokens.text(at + 1).len() <= 5 => {
            let reading = Reading::at(tokens, at);
            reading.form(0, "99999").filter(|number| number.repaired > 0 && reading.is_compact(5))?.next
        }
        _ => return None,
    };
    let valid = tokens.is_word(at) || tokens.text(at).get(..2).is_none_or(|start| ("01"..="98").contains(&start));
    let number_goes_on = tokens.is_number(next) && tokens.gap(next) <= 1 && (split || tokens.is_glued(next));
    let decimals =
        [",", "."].contains(&tokens.text(next)) && tokens.is_glued(next) && tokens.is_glued(next + 1) && tokens.is_number(next + 1);
    (valid && !number_goes_on && !decimals).then_some(next)
}

/// "35000 Rennes", "35 000 RENNES CEDEX 7".
pub(crate) fn at(tokens: &Tokens, first: usize) -> Option<Town> {
    let mut name = postcode(tokens, first)?;
    if tokens.meaning(name).has(Meaning::UNIT) || ["€", "%", "£", "$"].contains(&tokens.text(name)) {
        return None;
    }
    name += usize::from(["-", "–", ","].contains(&tokens.text(name)) && tokens.is_word(name + 1) && tokens.is_capital(name + 1));
    // A scanner may break the line.
    name += usize::from(tokens.is_break(name) && tokens.is_capital(name + 1) && tokens.gap(name + 1) == 0);
    let last = place::name(tokens, name, WORDS)?;
    let last = before_cedex(tokens, last).unwrap_or(last);
    let sure = tokens.capitals(name) == Capitals::Tell || ends(tokens, last + 1);
    Some(Town { first, last: cedex(tokens, last), sure })
}

/// What "CEDEX" ends is the name of a town, even when a space cuts it.
fn before_cedex(tokens: &Tokens, last: usize) -> Option<usize> {
    (last + 1..last + 4).take_while(|at| tokens.is_word(*at)).find(|at| tokens.says(*at, "cedex")).map(|at| at - 1)
}

/// With "CEDEX 7", even on the next line.
fn cedex(tokens: &Tokens, last: usize) -> usize {
    let at = last + 1 + usize::from(tokens.is_break(last + 1));
    if !(tokens.is_word(at) && (tokens.says(at, "cedex") || tokens.says(at, "cédex"))) {
        return last;
    }
    if tokens.is_number(at + 1) && tokens.text(at + 1).len() <= 2 { at + 1 } else { at }
}

/// "Rennes (35000)": the town before the bracket at `open`.
pub(crate) fn before(tokens: &Tokens, open: usize) -> Option<Town> {
    let close = postcode(tokens, open + 1)?;
    if !tokens.is_sign(close, ')') || open == 0 {
        return None;
    }
    let name =
        tokens.before(open).and_then(|_| if tokens.says(open - 1, "cedex") { open.checked_sub(2) } else { open.checked_sub(1) })?;
    let first = place::name_before(tokens, name, WORDS)?;
    Some(Town { first, last: close, sure: true })
}

fn ends(tokens: &Tokens, at: usize) -> bool {
    tokens.get(at).is_none()
        || tokens.is_break(at)
        || tokens.says(at, "cedex")
        || [",", ".", ";", ")", "\"", "-", "|", "<", "/"].contains(&tokens.text(at))
}

/// True when nothing but the postcode begins the line, the cell or the string.
pub(crate) fn begins(tokens: &Tokens, at: usize) -> bool {
    at == 0 || tokens.is_break(at - 1) || ["\"", "|", ";", "-", "–", ",", ":", ">", "("].contains(&tokens.text(at - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        let tokens = Tokens::of(text);
        let town = (0..tokens.len())
            .find_map(|at_| at(&tokens, at_).or_else(|| tokens.is_sign(at_, '(').then(|| before(&tokens, at_)).flatten()))?;
        Some(&text[tokens.range(town.first, town.last)])
    }

    #[test]
    fn towns_in_their_forms() {
        for (text, expected) in [
            ("35000 Rennes.", "35000 Rennes"),
            ("- 24 610 villefranche-de-lonchat. macaron", "24 610 villefranche-de-lonchat"),
            ("75009 PARIS 9E ARRONDISSEMENT, donne", "75009 PARIS 9E ARRONDISSEMENT"),
            ("57290 FAMECK\nCEDEX 05\n", "57290 FAMECK\nCEDEX 05"),
            ("à Le Vésinet (78110).", "Le Vésinet (78110)"),
            ("a noyon (60400)", "noyon (60400)"),
        ] {
            assert_eq!(found(text), Some(expected), "{text}");
        }
        for text in ["12 500 euros", "27 045,64 €", "00123 Rennes", "350001 Rennes", "35000 et"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
