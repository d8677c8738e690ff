//! What tells the door: buildings, floors, flats, boxes.

use super::super::{LIKELY, place};
use super::Part;
use crate::lexicon::Meaning;
use crate::tokens::Tokens;
use crate::typo::is_near;

/// "3e étage gauche", "1er étage".
pub(super) fn floor(tokens: &Tokens, at: usize) -> Option<Part> {
    if tokens.text(at).len() > 2 || !tokens.is_number(at) {
        return None;
    }
    let next = at + 1 + usize::from(tokens.is_glued(at + 1) && tokens.is_word(at + 1));
    let stuck = tokens.is_word(at + 1) && ["eetage", "eretage", "emeetage", "etage"].iter().any(|word| tokens.says(at + 1, word));
    if stuck {
        return Some(Part { first: at, last: side(tokens, at + 1), score: LIKELY });
    }
    if !(tokens.says(next, "etage") || tokens.says(next, "etg") || tokens.says(next, "et") && tokens.is_sign(next + 1, '.'))
        || !tokens.is_word(next)
    {
        return None;
    }
    Some(Part { first: at, last: side(tokens, next), score: LIKELY })
}

/// "gauche", "droite", "face", "porte 3" after a floor or a door.
pub(super) fn side(tokens: &Tokens, mut last: usize) -> usize {
    let sides = ["gauche", "droite", "droit", "face", "fond", "gche", "dte", "g", "d", "milieu", "centre", "cour", "gauchc"];
    while sides.iter().any(|side| tokens.is_word(last + 1) && tokens.says(last + 1, side)) {
        last += 1;
    }
    last
}

/// A mistyped door after a comma and before its number: "Apppt 62".
pub(super) fn is_nearly_door(tokens: &Tokens, at: usize) -> bool {
    let placed = at > 0
        && tokens.is_sign(at - 1, ',')
        && tokens.is_word(at)
        && (tokens.is_number(at + 1) || tokens.is_sign(at + 1, '.') || tokens.text(at + 1).len() == 1);
    let doors: [&[u8]; 8] = [b"appt", b"bat", b"esc", b"etage", b"porte", b"batiment", b"escalier", b"appartement"];
    placed && tokens.meaning(at) == Meaning::NONE && doors.iter().any(|door| is_near(tokens.folded(at), door))
}

/// "Bât. D", "appt 12", "Résidence Les Cèdres", "BP 123", "rez-de-chaussée".
pub(super) fn door(tokens: &Tokens, at: usize) -> Option<Part> {
    if at > 0 && tokens.is_glued(at) && tokens.is_word(at - 1) {
        return None;
    }
    let long = ["residence", "res", "immeuble", "tour", "pavillon", "villa", "lot"].iter().any(|word| tokens.says(at, word));
    if tokens.says(at, "rez") {
        return Some(Part {
            first: at,
            last: (at..at + 5).take_while(|next| tokens.is_word(*next) || tokens.is_sign(*next, '-')).last()?,
            score: LIKELY,
        });
    }
    let mut next = at + 1;
    next += usize::from(tokens.is_sign(next, '.'));
    next += usize::from(["n", "no"].iter().any(|word| tokens.is_word(next) && tokens.says(next, word)));
    next += usize::from(tokens.is_sign(next, '°') || tokens.is_sign(next, ':'));
    let letter = tokens.is_word(next)
        && tokens.text(next).len() <= 2
        && !tokens.says(next, "a") | tokens.is_capital(next)
        && !tokens.meaning(next).has(Meaning::PARTICLE) | (tokens.text(next).len() == 1);
    let last = match () {
        () if tokens.is_number(next) && tokens.text(next).len() <= 5 => {
            next + usize::from(tokens.is_glued(next + 1) && tokens.is_word(next + 1) && tokens.text(next + 1).len() == 1)
        }
        () if letter => {
            next + usize::from(tokens.is_number(next + 1) && tokens.gap(next + 1) <= 1 && tokens.text(next + 1).len() <= 4)
        }
        () if long => place::name(tokens, next, 2)?,
        () => return None,
    };
    Some(Part { first: at, last: side(tokens, last), score: LIKELY })
}
