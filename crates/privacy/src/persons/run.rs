//! Candidates: runs of words that can be one name, and which of them are persons.

use std::ops::Range;

use super::context::{self, Around};
use super::cue::{self, Cue};
use super::token::{Gap, Shape, Token};
use super::word::{Case, Page, is_particle};
use super::{ENOUGH, Found};

/// From this band on, a first name is one to everyone.
const GIVEN: u8 = 7;
/// From this band on, a word is too frequent to be taken for a name where capitals do not tell.
const WORD: u8 = 11;
/// The same, for the last word before a comma or the end of a line.
const FREQUENT: u8 = 14;
/// Letters of an acronym that might be a name.
const ACRONYM: usize = 3;
/// Words of one name at most.
const LONGEST: usize = 8;
/// The same, where neither lists nor capitals tell where it ends.
const BLIND: usize = 3;

/// A first name and the word beside it say more together than apart.
const PAIR: i32 = 3;
/// "Jean DUPONT", "DUPONT Jean": how French forms write a person.
const CAPITALS: i32 = 5;
/// "j. dupont", "J Dupont".
const INITIAL: i32 = 3;
/// "J. Dupont".
const DOTTED: i32 = 6;

/// All persons, from left to right.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < page.tokens.len() {
        if let Some(end) = brand(page, at) {
            at = end;
            continue;
        }
        match person(page, at, found.last()) {
            Some(person) => {
                at = person.words.end;
                found.push(person);
            }
            None => at += 1,
        }
    }
    found
}

/// The person whose name begins at `at`.
fn person(page: &Page<'_>, at: usize, last: Option<&Found>) -> Option<Found> {
    let around = context::before(page, at, last);
    let first = &page.tokens[at];
    if around.place || is_tail(page, at) || first.address || !(starts(page, at) || around.announced) {
        return None;
    }
    let words = words(page, at, around.announced)?;
    let empty = |word: usize| page.tokens[word].cue == Cue::Particle || page.tokens.letters(word).len() == 1;
    if !around.announced && words.clone().all(empty) {
        return None;
    }
    let points = around.points + inside(page, &words) + context::after(page, &words, &around);
    (points >= ENOUGH).then_some(Found { words, points })
}

/// The rest of a word with hyphens: "Martin" in "Saint-Martin", "Hérault" in "Clermont-l'Hérault"; or what an article stands
/// before: "l'Europe".
fn is_tail(page: &Page<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &page.tokens[before]) else { return false };
    match page.tokens[at].gap {
        Gap::Hyphen => !before.address && before.shape != Shape::Code,
        Gap::Apostrophe if page.tokens.letters(at - 1) == b"l" => {
            before.gap == Gap::Hyphen || page.case(at) == Case::Mixed && before.shape == Shape::Lower
        }
        _ => false,
    }
}

/// The end of the name of a firm that everyone knows. One word, or what a civility stands before, may be a person.
fn brand(page: &Page<'_>, at: usize) -> Option<usize> {
    let tokens = page.tokens;
    let brands = cue::brands(tokens.letters(at));
    if brands.is_empty() || at > 0 && page.is_civility(at - 1) {
        return None;
    }
    let mut letters = Vec::new();
    let mut longest = None;
    for next in at..tokens.len().min(at + LONGEST) {
        if next > at && matches!(tokens[next].gap, Gap::Line | Gap::Break | Gap::Comma) {
            break;
        }
        letters.extend_from_slice(tokens.letters(next));
        if brands.contains(&letters) {
            longest = Some(next + 1);
        }
    }
    longest
}

/// A word that can begin a name without being announced.
fn starts(page: &Page<'_>, at: usize) -> bool {
    let token = &page.tokens[at];
    if is_initial(page, at) {
        return true;
    }
    if is_particle(token) {
        return match page.case(at) {
            Case::Mixed => matches!(token.shape, Shape::Title | Shape::Upper) && next_is_name(page, at),
            Case::Flat => is_compound(page, at),
        };
    }
    !is_acronym(page, at) && (page.points(at) > 0 || precedes_given(page, at))
}

/// "AB", "CCAS": capitals of which no list says that they are a name.
fn is_acronym(page: &Page<'_>, at: usize) -> bool {
    let Token { shape, word, .. } = &page.tokens[at];
    let short = *shape == Shape::Upper && page.case(at) == Case::Mixed && page.tokens.letters(at).len() <= ACRONYM;
    short && word.first < GIVEN && word.surname < GIVEN
}

/// "JARDIN Marylise", "salles désirée": a word that may be a family name, before a first name.
fn precedes_given(page: &Page<'_>, at: usize) -> bool {
    let token = &page.tokens[at];
    let Some(next) = page.tokens.get(at + 1).filter(|next| matches!(next.gap, Gap::Space | Gap::Hyphen)) else { return false };
    let written = match page.case(at) {
        Case::Mixed => token.shape == Shape::Upper && next.shape == Shape::Title,
        Case::Flat => token.word.surname > 0 && token.word.ordinary < WORD,
    };
    written && !page.names_nobody(at) && !page.names_nobody(at + 1) && is_given(page, at + 1)
}

/// A first name that is no frequent word.
fn is_given(page: &Page<'_>, at: usize) -> bool {
    let Token { word, .. } = &page.tokens[at];
    word.first >= GIVEN && word.ordinary < WORD && word.first + 2 > word.ordinary
}

/// "Marylise JARDIN", "pascal mompied": a word that may be a family name, after a first name.
fn follows_given(page: &Page<'_>, words: Range<usize>, at: usize) -> bool {
    let token = &page.tokens[at];
    if words.is_empty() || !words.clone().any(|word| is_given(page, word) || is_initial(page, word)) {
        return false;
    }
    match page.case(at) {
        Case::Mixed => {
            // "Marie JARDIN": family names in capitals may be any word.
            let family = token.shape == Shape::Upper && page.tokens[at - 1].shape == Shape::Title && token.cue != Cue::Civility;
            token.is_capital() && page.tokens.letters(at).len() > 1 && (family || !page.names_nobody(at))
        }
        Case::Flat => {
            let last = page.tokens.get(at + 1).is_none_or(|next| !matches!(next.gap, Gap::Space | Gap::Apostrophe | Gap::Hyphen));
            let limit = if last { FREQUENT } else { WORD };
            (token.word.surname > 0 || page.is_unknown(at)) && token.word.ordinary < limit && !page.names_nobody(at)
        }
    }
}

/// "roubaud-espinasse", "le borgne": the second half of a family name.
fn is_half(page: &Page<'_>, words: Range<usize>, at: usize) -> bool {
    let Token { gap, word, .. } = &page.tokens[at];
    let hyphen = *gap == Gap::Hyphen && words.end == at && !words.is_empty() && word.ordinary < FREQUENT;
    let compound = at > words.start && is_particle(&page.tokens[at - 1]) && is_compound(page, at - 1);
    (hyphen || compound) && !page.names_nobody(at)
}

/// "le bihan" is in the list of family names as a whole.
fn is_compound(page: &Page<'_>, at: usize) -> bool {
    let Some(next) = page.tokens.get(at + 1).filter(|next| matches!(next.gap, Gap::Space | Gap::Apostrophe)) else { return false };
    if matches!(page.tokens.letters(at), b"de" | b"du" | b"d") && !page.tokens[at].begins_line() {
        return false;
    }
    let whole = [page.tokens.letters(at), page.tokens.letters(at + 1)].concat();
    let word = page.language.folded(&whole);
    word.surname > 0 && word.ordinary == 0 && next.word.ordinary < 14
}

fn next_is_name(page: &Page<'_>, at: usize) -> bool {
    page.tokens.get(at + 1).is_some_and(|next| {
        matches!(next.gap, Gap::Space | Gap::Apostrophe | Gap::Hyphen)
            && (page.points(at + 1) > 0 || precedes_given(page, at + 1) || (is_particle(next) && next.is_capital()))
    })
}

/// One letter that stands for a first name: a capital, or with its full stop.
pub(super) fn is_initial(page: &Page<'_>, at: usize) -> bool {
    let token = &page.tokens[at];
    let Some(next) = page.tokens.get(at + 1) else { return false };
    let letters = page.tokens.letters(at);
    if letters.len() != 1 || token.address || token.shape == Shape::Code || page.is_civility(at) {
        return false;
    }
    let dotted = next.gap == Gap::Dot;
    // "À Rennes", "Y Vincent" are no initials.
    let capital = token.shape == Shape::Initial && page.case(at) == Case::Mixed && !matches!(letters, b"a" | b"y" | b"o");
    let joined = dotted || capital && matches!(next.gap, Gap::Space | Gap::Hyphen);
    joined && !next.address && next.shape != Shape::Code && token.gap != Gap::Apostrophe && follows_initial(page, at + 1, dotted)
}

fn follows_initial(page: &Page<'_>, at: usize, dotted: bool) -> bool {
    let token = &page.tokens[at];
    let written = dotted && page.case(at) == Case::Mixed && token.is_capital();
    let small =
        dotted && page.case(at) == Case::Flat && (token.word.surname > 0 || page.is_unknown(at)) && token.word.ordinary < GIVEN;
    let capital = (written && token.word.ordinary < FREQUENT || small) && !page.names_nobody(at);
    let initial = page.tokens.letters(at).len() == 1;
    capital || initial || page.points(at) > 0 || (is_particle(token) && next_is_name(page, at))
}

/// The words of the name that begins at `at`.
fn words(page: &Page<'_>, at: usize, announced: bool) -> Option<Range<usize>> {
    let tokens = page.tokens;
    let mut end = at;
    let mut next = at;
    let mut comma = false;
    let longest = if page.language.is_empty() && page.case(at) == Case::Flat { BLIND } else { LONGEST };
    while let Some(token) = tokens.get(next).filter(|_| next - at < longest) {
        let first = next == at;
        let joined = first || joins(page, next, end > at && is_initial(page, next - 1)) && (!comma || token.gap == Gap::Hyphen);
        let after_comma = !first && !comma && !joined && token.gap == Gap::Comma && given_after_comma(page, at..next);
        if !joined && !after_comma {
            break;
        }
        comma |= after_comma;
        if is_initial(page, next) {
            next += 1;
            end = next;
            continue;
        }
        let article = page.case(next) == Case::Flat && token.word.ordinary >= 14;
        if is_particle(token) && (article || !(announced && first && !next_is_name(page, next))) {
            // A particle belongs to the name when a name follows it.
            let capital = first
                || token.gap != Gap::Space
                || token.is_capital()
                || page.case(next) == Case::Flat
                || follows_capital(page, next);
            if !capital {
                break;
            }
            next += 1;
            continue;
        }
        let good = is_name(page, next, first && announced, announced)
            || follows_given(page, at..end, next)
            || is_half(page, at..end, next);
        let good = good && (first || !heads_field(page, next)) || first && precedes_given(page, next);
        if !good {
            // A name that OCR cut in two: "L ubin".
            break;
        }
        next += 1;
        end = next;
    }
    (end > at).then_some(at..end)
}

/// "Intervenante" in "Paul Martin Intervenante : …": the head of the next field, in a text that lost its lines.
fn heads_field(page: &Page<'_>, at: usize) -> bool {
    let Token { word, .. } = &page.tokens[at];
    page.tokens.get(at + 1).is_some_and(|next| next.gap == Gap::Colon) && word.ordinary > 0 && word.first < 9 && word.surname < 9
}

fn follows_capital(page: &Page<'_>, at: usize) -> bool {
    page.tokens.get(at + 1).is_some_and(|next| next.is_capital() || is_particle(next))
}

/// A word is a part of a name; the first one that is announced may be any word that is not grammar.
fn is_name(page: &Page<'_>, at: usize, first_announced: bool, announced: bool) -> bool {
    let token = &page.tokens[at];
    if token.address || token.shape == Shape::Code {
        return false;
    }
    if is_initial(page, at) {
        return true;
    }
    let mixed = page.case(at) == Case::Mixed;
    if first_announced {
        let word_of_forms = page.names_nobody(at)
            && (token.shape != Shape::Upper || !mixed || token.cue == Cue::Stop || token.cue == Cue::Civility);
        let small = mixed && token.shape == Shape::Lower;
        return !word_of_forms && !small && page.tokens.letters(at).len() > 1;
    }
    if page.points(at) > 0 {
        return true;
    }
    if announced && !mixed && page.language.is_empty() {
        return page.tokens.letters(at).len() > 2 && !page.names_nobody(at);
    }
    if announced && !mixed {
        return (token.word.surname > 0 || page.is_unknown(at)) && token.word.ordinary < GIVEN && !page.names_nobody(at);
    }
    // Beside what is announced as a name, a capital is enough.
    announced && mixed && token.is_capital() && !page.names_nobody(at) && page.points(at) > -4
}

/// Nothing but what stands inside a name is between a word and the one before it.
fn joins(page: &Page<'_>, at: usize, after_initial: bool) -> bool {
    match page.tokens[at].gap {
        Gap::Space | Gap::Hyphen => true,
        Gap::Apostrophe => page.tokens.letters(at - 1).len() <= 2,
        Gap::Dot => after_initial,
        _ => false,
    }
}

/// "DUPONT, Jean": a first name after the family name alone, before anything that is no name.
fn given_after_comma(page: &Page<'_>, family: Range<usize>) -> bool {
    let (tokens, at) = (page.tokens, family.end);
    let token = &tokens[at];
    let family_like = family.clone().all(|word| {
        let own = &tokens[word];
        is_particle(own)
            || match page.case(word) {
                Case::Mixed => own.shape == Shape::Upper,
                Case::Flat => own.word.first < 10,
            }
    });
    let given = match page.case(at) {
        Case::Mixed => token.shape == Shape::Title,
        Case::Flat => true,
    };
    let follows = tokens.get(at + 1).filter(|next| matches!(next.gap, Gap::Space | Gap::Hyphen));
    let alone = follows.is_none_or(|next| next.gap == Gap::Hyphen || page.points(at + 1) <= 0);
    family_like && given && alone && page.points(at) > 0 && (token.word.first > 0 || page.is_unknown(at)) && !is_initial(page, at)
}

/// Points of the words of a name, together.
fn inside(page: &Page<'_>, words: &Range<usize>) -> i32 {
    let tokens = page.tokens;
    let whole = words.clone().filter(|&at| !is_particle(&tokens[at]));
    let mut points = 0;
    let (mut given, mut title, mut upper, mut count) = (false, false, false, 0);
    for at in whole {
        let Token { shape, word, .. } = &tokens[at];
        if is_initial(page, at) {
            let dotted = tokens.get(at + 1).is_some_and(|next| next.gap == Gap::Dot);
            points += if dotted && tokens[at].shape == Shape::Initial && page.case(at) == Case::Mixed { DOTTED } else { INITIAL };
            count += 1;
            continue;
        }
        points += page.points(at).max(-4);
        given |= word.first > 0 && word.first + 4 > word.ordinary;
        count += 1;
        if page.case(at) == Case::Mixed && page.tokens.letters(at).len() > 1 {
            title |= *shape == Shape::Title;
            upper |= *shape == Shape::Upper;
        }
    }
    let pair = if given && count > 1 { PAIR } else { 0 };
    let capitals = if title && upper && count > 1 { CAPITALS } else { 0 };
    points + pair.max(capitals)
}

impl Around {
    pub(super) fn none() -> Self {
        Self { points: 0, announced: false, place: false }
    }
}
