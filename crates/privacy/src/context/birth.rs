//! Dates and places of birth.

use super::date::{self, Read};
use super::{DOUBT, LIKELY, PLACED, SAID, cue, place, span};
use crate::Label;
use crate::lexicon::Meaning;
use crate::span::Span;
use crate::tokens::{Capitals, Tokens};
use crate::typo::is_near;

/// Tokens between "né" and its date: "à Saint-Laurent-de-la-Salanque (Pyrénées-Orientales) le".
const REACH: usize = 26;
/// Words of the name of a town, small ones left out, where capitals do not tell its end.
const WORDS: usize = 3;
/// A date of that year or before, about nothing else, is often that of a birth.
const OLD: u32 = 2007;

pub(crate) fn find(tokens: &Tokens, out: &mut Vec<Span>) {
    let born = (0..tokens.len()).any(|at| is_born(tokens, at));
    let mut previous: Option<Dated> = None;
    let mut at = 0;
    while at < tokens.len() {
        if born
            && is_born(tokens, at)
            && let Some((first, last, score)) = birthplace(tokens, at)
        {
            out.push(span(tokens, Label::BirthPlace, tokens.range(first, last), score));
        }
        let Some((read, score)) = dated(tokens, at, previous.as_ref(), born) else {
            at += 1;
            continue;
        };
        if score > 0.0 {
            out.push(span(tokens, Label::BirthDate, read.range.clone(), score));
        }
        previous = Some(Dated { first: at, next: read.next, born: score > DOUBT });
        at = read.next.max(at + 1);
    }
}

/// The date before.
struct Dated {
    first: usize,
    next: usize,
    born: bool,
}

/// The date at `at` and how surely it is that of a birth, from 0; `born`: the text has a word of birth.
fn dated(tokens: &Tokens, at: usize, previous: Option<&Dated>, born: bool) -> Option<(Read, f32)> {
    let whole = date::at(tokens, at);
    // Where no word of birth is, only another date of birth says that this is one.
    let said_so = born || previous.is_some_and(|previous| previous.born);
    let near = if said_so && (whole.is_some() || may_be_dated(tokens, at)) { said(tokens, at, previous) } else { None };
    if let Some((score, true)) = near
        && let Some(read) =
            date::scattered(tokens, at).filter(|read| whole.as_ref().is_none_or(|whole| read.range.end > whole.range.end))
    {
        return Some((read, score));
    }
    if let Some(read) = whole {
        let score =
            near.map(|near| near.0).or_else(|| beside(tokens, at, &read, previous)).unwrap_or_else(|| doubt(tokens, at, &read));
        return Some((read, score));
    }
    let (score, _) = near.filter(|(_, adjacent)| *adjacent)?;
    Some((date::announced(tokens, at)?, score))
}

/// A number, a month or a word of a date in letters.
fn may_be_dated(tokens: &Tokens, at: usize) -> bool {
    tokens.is_number(at) || tokens.meaning(at).as_month().is_some() || tokens.meaning(at).has(Meaning::NUMERAL)
}

/// Looks for "né" before a date: how surely it speaks of it, and whether nothing but small words stand between.
fn said(tokens: &Tokens, at: usize, previous: Option<&Dated>) -> Option<(f32, bool)> {
    let (mut words, mut plain, mut lines) = (0, 0, 0);
    let tell = tokens.capitals(at) == Capitals::Tell;
    for before in (at.saturating_sub(REACH)..at).rev() {
        if previous.is_some_and(|previous| (previous.first..previous.next).contains(&before)) {
            let chained =
                previous.is_some_and(|previous| previous.born) && words == 0 && lines == 0 && is_chain(tokens, before + 1, at);
            return chained.then_some((LIKELY, false));
        }
        let meaning = tokens.meaning(before);
        if tokens.is_break(before) {
            lines += 1;
            if lines > 1 || tokens.text(before).len() > 2 {
                return None;
            }
            continue;
        }
        if tokens.is_sign(before, '.')
            && tokens.gap(before + 1) > 0
            && tokens.text(before - usize::from(before > 0)).len() > 4
            && tokens.is_capital(before + 1)
        {
            return None;
        }
        if !tokens.is_word(before) {
            continue;
        }
        if is_born(tokens, before) {
            let adjacent = words == 0;
            let score = match () {
                () if adjacent => SAID,
                () if plain <= 1 || !tell => LIKELY,
                () => DOUBT,
            };
            return (words <= 9).then_some((score, adjacent));
        }
        let married = tokens.says(before, "marie") && tokens.says(before + 1, "le");
        if meaning.has(Meaning::EVENT) || married || (meaning.has(Meaning::AGAINST) && words < 3 && tokens.text(before).len() > 2) {
            return None;
        }
        let small = meaning.has(Meaning::PARTICLE)
            || tokens.text(before).len() <= 1
            || meaning.has(Meaning::NUMBER)
            || is_speaker(tokens, before);
        words += usize::from(!small);
        plain += usize::from(!small && !tokens.is_capital(before));
    }
    None
}

/// "visiteur>" and "Date :" say nothing of their own.
fn is_speaker(tokens: &Tokens, at: usize) -> bool {
    tokens.is_sign(at + 1, '>') || ["date", "jour", "est", "respectivement"].iter().any(|word| tokens.says(at, word))
}

/// "nés le 3 mai 2010 et le 4 juin 2012".
fn is_chain(tokens: &Tokens, first: usize, last: usize) -> bool {
    let links = ["et", "le", ",", "&", "du"];
    last - first <= 3 && (first..last).all(|at| links.contains(&tokens.text(at))) && (first..last).any(|at| tokens.says(at, "et"))
}

/// A date in brackets after the name of a relative, or of which the words after it speak.
fn beside(tokens: &Tokens, at: usize, read: &Read, _: Option<&Dated>) -> Option<f32> {
    if cue::after(tokens, read.next).any(|meaning| meaning.has(Meaning::BORN)) {
        return Some(LIKELY);
    }
    let bracketed = at > 0 && tokens.is_sign(at - 1, '(') && [")", ","].contains(&tokens.text(read.next));
    let related = || {
        (at.saturating_sub(24)..at)
            .rev()
            .take_while(|before| !matches!(tokens.kind(*before), Some(crate::tokens::Kind::Break(true))))
            .any(|before| tokens.meaning(before).has(Meaning::FAMILY))
    };
    (bracketed && at > 1 && tokens.is_word(at - 2) && related()).then_some(PLACED)
}

/// An old date about nothing else.
fn doubt(tokens: &Tokens, at: usize, read: &Read) -> f32 {
    let old = read.year.is_some_and(|year| year <= OLD);
    let event = (at.saturating_sub(8)..at).any(|before| {
        let meaning = tokens.meaning(before);
        meaning.has(Meaning::EVENT) || meaning.has(Meaning::AGAINST)
    });
    if old && !event { DOUBT } else { 0.0 }
}

/// "né", "naissance"; and "ne" only where it cannot be the negation.
fn is_born(tokens: &Tokens, at: usize) -> bool {
    if !tokens.is_word(at) {
        return false;
    }
    if !tokens.meaning(at).has(Meaning::BORN) {
        return is_nearly_born(tokens, at);
    }
    let plain = matches!(tokens.text(at), "ne" | "Ne" | "NE");
    if !plain {
        // "natif" and "born" are enough; "dn" is not a word of every day.
        return true;
    }
    let next = tokens.text(at + 1);
    let follows = ["(", "e", ".", "-", ":"].contains(&next)
        || ["le", "a", "en", "au"].iter().any(|word| tokens.is_word(at + 1) && tokens.says(at + 1, word));
    let leads = !["(", "e", ".", "-", ":"].contains(&next) && tokens.says(at + 1, "le");
    (follows
        && (!leads
            || date::at(tokens, at + 2).is_some()
            || tokens.meaning(at + 2).has(Meaning::NUMERAL)
            || tokens.is_number(at + 2)))
        || tokens.is_number(at + 1)
}

/// "naissannce", "én(e)".
fn is_nearly_born(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.text(at);
    let birth =
        (8..=11).contains(&word.len()) && word.starts_with(['n', 'N', 'a', 'A']) && is_near(tokens.folded(at), b"naissance");
    let swapped = matches!(word, "én" | "ÉN" | "en" | "EN" | "n" | "N")
        && tokens.is_sign(at + 1, '(')
        && tokens.text(at + 2).eq_ignore_ascii_case("e")
        && tokens.is_sign(at + 3, ')');
    birth || swapped
}

/// The place that "né" at `at` announces: before its date or after it.
fn birthplace(tokens: &Tokens, at: usize) -> Option<(usize, usize, f32)> {
    let mut next = at + 1;
    // "né(e)", "né.e", "née-"
    while next < at + 5
        && (["(", ")", ".", "-", "/", "·"].contains(&tokens.text(next))
            || (tokens.text(next).len() <= 2
                && (tokens.says(next, "e") || tokens.says(next, "s") || tokens.says(next, "es"))
                && tokens.is_word(next)))
    {
        next += 1;
    }
    if is_place_of_birth(tokens, at) {
        return place_after(tokens, skip_label(tokens, next)).map(|(first, last)| (first, last, SAID));
    }
    if let Some(place) = to(tokens, next) {
        return place_after(tokens, place).map(|(first, last)| (first, last, SAID));
    }
    // Its date first.
    let date_at = skip_label(tokens, next);
    let small = tokens.is_word(date_at) && (tokens.says(date_at, "le") || tokens.says(date_at, "en"));
    let date_at = if small { skip_label(tokens, date_at + 1) } else { date_at };
    let read = date::at(tokens, date_at).or_else(|| date::announced(tokens, date_at))?;
    let field = tokens.is_break(read.next);
    let after = read.next + usize::from(field || tokens.is_sign(read.next, ',') || tokens.is_sign(read.next, '-'));
    let place = to(tokens, after)?;
    // On the next line it is a field of a form: "À : Quimper"; without its colon, it would be the place of a signature.
    let colon = tokens.is_sign(place, ':');
    if field && !colon {
        return None;
    }
    let place = place + usize::from(colon);
    place_after(tokens, place).map(|(first, last)| (first, last, SAID))
}

/// "lieu de naissance", "commune de naissance", "lieuNaissance".
fn is_place_of_birth(tokens: &Tokens, at: usize) -> bool {
    let one = ["lieunaissance", "lieudenaissance", "communenaissance", "villenaissance", "birthplace"];
    one.iter().any(|word| tokens.says(at, word))
        || (at.saturating_sub(4)..at).any(|before| tokens.meaning(before).has(Meaning::TOWN))
}

/// After ":", "?", quotes, and the name of who answers.
fn skip_label(tokens: &Tokens, mut at: usize) -> usize {
    let first = at;
    while at < first + 8 && ([":", "?", "\"", "=", "|", ">", "-", "'", ")", "("].contains(&tokens.text(at)) || tokens.is_break(at))
    {
        at += 1;
        if tokens.is_break(at - 1) && tokens.is_word(at) && tokens.is_sign(at + 1, '>') {
            at += 2;
        }
    }
    at
}

/// The token after "à", "au", "aux", "en".
fn to(tokens: &Tokens, at: usize) -> Option<usize> {
    let small = ["a", "au", "aux", "en"].iter().any(|word| tokens.is_word(at) && tokens.says(at, word));
    small.then_some(at + 1)
}

fn place_after(tokens: &Tokens, first: usize) -> Option<(usize, usize)> {
    if date::at(tokens, first).is_some()
        || tokens.is_number(first)
        || tokens.meaning(first).as_month().is_some() && !tokens.is_capital(first)
    {
        return None;
    }
    let first = to(tokens, first).unwrap_or(first);
    place::name(tokens, first, WORDS).map(|last| (first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, &str)> {
        let tokens = Tokens::of(text);
        let mut out = Vec::new();
        find(&tokens, &mut out);
        out.retain(|span| span.score > DOUBT);
        out.sort_by_key(|span| span.range.start);
        out.iter().map(|span| (span.label.code(), &text[span.range.clone()])).collect()
    }

    #[test]
    fn births_in_their_forms() {
        let (date, place) = ("BIRTH_DATE", "BIRTH_PLACE");
        for (text, expected) in [
            ("née le 7 mars 1985 à Quimper, demeurant", &[(date, "7 mars 1985"), (place, "Quimper")][..]),
            ("né(e) à Kiev (Ukraine) le 16.03.1979, bureau", &[(place, "Kiev"), (date, "16.03.1979")]),
            ("agent> né(e) le ?\nvisiteur> 12 janvier 1959\n", &[(date, "12 janvier 1959")]),
            ("naissance : 27/05/1951 ; commune de naissance : Vaudrecourt\n", &[(date, "27/05/1951"), (place, "Vaudrecourt")]),
            ("NEE A PARIS 20E ARRONDISSEMENT LE 18/09/1956, BUREAU", &[(place, "PARIS 20E ARRONDISSEMENT"), (date, "18/09/1956")]),
            ("Né le : 12/01/1959\nÀ : Aire-sur-la-Lys\nTél", &[(date, "12/01/1959"), (place, "Aire-sur-la-Lys")]),
            ("né le 12/01/1959\nÀ Lannion, le 3 mai 2024", &[(date, "12/01/1959")]),
            ("né en mars 1985", &[(date, "mars 1985")]),
            ("ne le 12/03/80 a oran", &[(date, "12/03/80"), (place, "oran")]),
            ("{\"ddn\":\"19/04/1987\",\"lieuNaissance\":\"Lyon\"}", &[(date, "19/04/1987"), (place, "Lyon")]),
            ("nés le 3 mai 2010 et le 4 juin 2012", &[(date, "3 mai 2010"), (date, "4 juin 2012")]),
            ("mes enfants Léo (12/03/2015) et Zoé (04/05/2018)", &[(date, "12/03/2015"), (date, "04/05/2018")]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn other_dates_are_no_births() {
        for text in [
            "né le même jour. Courrier du 12/03/2024",
            "Je ne suis pas venu le 12/03/2024",
            "née Martin, mariée le 12/03/2004 à Lyon",
            "l'arrêté du 12 mars 1985",
            "acte de naissance délivré le 12/03/2024",
        ] {
            assert!(found(text).iter().all(|found| found.0 != "BIRTH_DATE"), "{text}: {:?}", found(text));
        }
    }
}
