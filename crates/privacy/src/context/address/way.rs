//! The number and the kind of a way.

use super::super::{LIKELY, SAID, place};
use super::{Part, WORDS};
use crate::lexicon::{self, Meaning};
use crate::tokens::{Capitals, Tokens};

/// "12 bis, rue des Lilas".
pub(super) fn numbered(tokens: &Tokens, at: usize) -> Option<Part> {
    let before = at.checked_sub(1);
    let inside = tokens.is_glued(at)
        && before.is_some_and(|before| {
            tokens.is_number(before) || tokens.is_word(before) || ["/", ".", ",", "-", "+"].contains(&tokens.text(before))
        });
    // "21 mars 2022, rue …": a year is no number of a house.
    let year = tokens.text(at).len() == 4
        && before.is_some_and(|before| {
            let word = if tokens.is_sign(before, '.') { before.saturating_sub(1) } else { before };
            tokens.is_number(before) || tokens.meaning(word).as_month().is_some()
        });
    if inside
        || year
        || is_plot(tokens, at)
        || tokens.text(at).len() > 4
        || !(tokens.is_number(at) || crate::reading::may_be_digits(tokens.text(at)))
    {
        return None;
    }
    let mut next = repeat(tokens, at + 1);
    // "12-14 rue", "12 et 14 rue".
    let pair =
        ["-", "/", "à", "et", "&"].contains(&tokens.text(next)) && tokens.is_number(next + 1) && tokens.text(next + 1).len() <= 4;
    if pair {
        next = repeat(tokens, next + 2);
    }
    next += usize::from(tokens.is_sign(next, ','));
    next += usize::from(tokens.is_break(next) && tokens.meaning(next + 1).has(Meaning::WAY));
    let adjective = ["grande", "grand", "petite", "vieille", "vieux", "ancienne", "ancien", "nouvelle", "haute", "basse", "gr"];
    let bare = adjective.iter().any(|word| tokens.is_word(next) && tokens.says(next, word));
    let joint = usize::from(bare && ["'", "’", "-"].contains(&tokens.text(next + 1)));
    let name = way(tokens, next + if bare { 1 + joint } else { 0 })?;
    let last = match place::name(tokens, name, WORDS) {
        Some(last) => last,
        None if bare => name - 1,
        None => return None,
    };
    // "1 place en crèche"
    if tokens.says(name, "en") {
        return None;
    }
    let score = if tokens.capitals(at) == Capitals::Tell || tokens.meaning(next).has(Meaning::WAY) { SAID } else { LIKELY };
    Some(Part { first: at, last, score })
}

/// "section AB 12", "parcelle ZC n° 214": the number of a piece of land.
fn is_plot(tokens: &Tokens, at: usize) -> bool {
    let words = (at.saturating_sub(8)..at).rev().take_while(|before| !tokens.is_break(*before)).filter(|at| tokens.is_word(*at));
    let land = ["section", "parcelle", "parcelles", "cadastre", "cadastree", "cadastral", "cadastrees"];
    words.take(3).any(|before| land.iter().any(|word| tokens.says(before, word)))
}

/// The token after "bis", "B" or "ter", when one is there.
fn repeat(tokens: &Tokens, at: usize) -> usize {
    let letter = tokens.text(at).len() == 1
        && tokens.is_word(at)
        && (tokens.gap(at) == 0 || is_way(tokens, at + 1) || tokens.is_sign(at + 1, ','));
    let near =
        tokens.is_word(at) && tokens.text(at).len() == 3 && ["bsi", "ibs", "tre", "bls"].iter().any(|word| tokens.says(at, word));
    at + usize::from((tokens.meaning(at).has(Meaning::REPEAT) && tokens.text(at).len() > 1) || letter || near)
}

pub(super) fn is_way(tokens: &Tokens, at: usize) -> bool {
    way(tokens, at).is_some()
}

/// The token after the kind of a way at `at`: "rue", "bd.", "lieu-dit", "rond point"; mistyped, cut or stuck to the next word too.
pub(super) fn way(tokens: &Tokens, at: usize) -> Option<usize> {
    if !tokens.is_word(at) {
        return None;
    }
    let dot = |next: usize| next + usize::from(tokens.is_sign(next, '.') && tokens.is_glued(next));
    if is_hamlet(tokens, at) && !tokens.meaning(at).has(Meaning::HAMLET) {
        return Some(after_two(tokens, at));
    }
    let meaning = tokens.meaning(at);
    if tokens.says(at, "rond") && tokens.text(after_two(tokens, at) - 1).eq_ignore_ascii_case("point") {
        return Some(after_two(tokens, at));
    }
    if meaning.has(Meaning::WAY) {
        let short = tokens.text(at).len() == 1
            && !(tokens.is_sign(at + 1, '.')
                || tokens.is_capital(at + 1)
                || tokens.meaning(at + 1).has(Meaning::PARTICLE)
                || is_named(tokens, at + 1));
        return (!short).then(|| dot(at + 1));
    }
    if lexicon::near(tokens.folded(at)).has(Meaning::WAY) {
        return Some(at + 1);
    }
    // "ruedes", "ave nue".
    let folded = tokens.folded(at);
    let stuck =
        ["rue", "avenue", "allee", "place", "chemin", "impasse", "boulevard", "route", "quai", "cours", "square", "passage"]
            .iter()
            .any(|way| {
                let rest = folded.strip_prefix(way.as_bytes()).and_then(|rest| str::from_utf8(rest).ok());
                rest.is_some_and(|rest| ["de", "du", "des", "dela", "la", "le", "d", "l"].contains(&rest))
            });
    if stuck {
        return Some(at + 1);
    }
    let cut = tokens.is_word(at + 1)
        && tokens.gap(at + 1) == 1
        && folded.len() <= 8
        && lexicon::meaning(tokens.folded_run(at, at + 1)).has(Meaning::WAY);
    (cut && !meaning.has(Meaning::PARTICLE)).then(|| at + 2)
}

/// A word in small letters where all letters are small, long enough for a name.
fn is_named(tokens: &Tokens, at: usize) -> bool {
    tokens.is_word(at)
        && tokens.text(at).len() > 3
        && tokens.capitals(at) == Capitals::Mute
        && !tokens.meaning(at).has(Meaning::STOP)
}

pub(super) fn after_two(tokens: &Tokens, at: usize) -> usize {
    at + 2 + usize::from(tokens.is_sign(at + 1, '-'))
}

pub(super) fn is_hamlet(tokens: &Tokens, at: usize) -> bool {
    if !tokens.is_word(at) && !tokens.is_sign(at + 1, '-') {
        return false;
    }
    let cut = tokens.is_sign(at + 1, '-') && (3..=5).contains(&tokens.text(at).len());
    let two = (tokens.says(at, "lieu") || cut)
        && tokens.says(after_two(tokens, at) - 1, "dit")
        && tokens.is_word(after_two(tokens, at) - 1);
    two || (tokens.meaning(at).has(Meaning::HAMLET) && tokens.is_word(at))
}

/// A word that names houses or land of anybody as often as where somebody lives: "résidence", "quartier", "château".
pub(super) fn is_block(tokens: &Tokens, at: usize) -> bool {
    tokens.meaning(at).has(Meaning::HAMLET) && !["lieudit", "ld", "hameau", "ham"].iter().any(|word| tokens.says(at, word))
}
