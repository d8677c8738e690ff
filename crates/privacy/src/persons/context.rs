//! Points for what stands before and after a name.

use std::ops::Range;

use super::Found;
use super::cue::Cue;
use super::token::{Gap, Shape};
use super::word::{Case, Page};

/// What stands before a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    pub points: i32,
    /// So much that any word may be a name here.
    pub announced: bool,
    /// A street, a school, a firm or a law has this name.
    pub place: bool,
}

/// "Mme X": a civility is followed by a name or by an office.
const CIVILITY: i32 = 12;
/// "Nom : X", "Destinataire : X".
const FIELD: i32 = 10;
/// Any word and a colon.
const COLON: i32 = 3;
/// "son fils X", "le plombier X".
const BESIDE: i32 = 6;
/// The same with a word between.
const NEAR: i32 = 4;
/// "chez X", "signé par X".
const BY: i32 = 3;
/// "Bonjour X,".
const GREETING: i32 = 7;
/// After another person: "X, Y et Z".
const AFTER_PERSON: i32 = 5;
/// "rue X", "collège X", "loi X".
const PLACE: i32 = -16;
/// "X, né le", "X demeurant".
const BORN: i32 = 7;
/// Alone on its line, as in a signature or the head of a letter.
const ALONE: i32 = 4;
/// "X (06 …", "X, 12 rue …".
const BEFORE_NUMBER: i32 = 2;
/// "X SARL".
const FIRM_AFTER: i32 = -12;
/// "à X", "X, le 3 mars": a commune.
const COMMUNE: i32 = -8;

/// How many words may stand between "collège" and the name.
const AFTER: usize = 4;
/// How many words back a cue still counts.
const REACH: usize = 5;

pub(super) fn before(page: &Page<'_>, at: usize, last: Option<&Found>) -> Around {
    let mut around = Around::none();
    let tokens = page.tokens;
    let token = &tokens[at];
    if let Some(last) = last.filter(|last| continues(page, last.words.end, at)) {
        around.points += if last.points > 0 { AFTER_PERSON } else { 0 };
    }
    around.place = is_named_after(page, at) && !(at > 0 && is_plain_civility(page, at - 1));
    if at == 0 {
        return around;
    }
    if around.place {
        return Around { points: PLACE, ..around };
    }
    let near = &tokens[at - 1];
    let capital = page.case(at) == Case::Mixed && token.is_capital();
    if page.is_civility(at - 1) && matches!(token.gap, Gap::Space | Gap::Dot) {
        around.announced = true;
        around.points += CIVILITY;
    } else if token.gap == Gap::Colon {
        around.announced = is_field(page, at);
        around.points += if around.announced { FIELD } else { COLON };
    } else if token.gap == Gap::Space {
        let blind = page.language.is_empty() && page.case(at) == Case::Flat && matches!(near.cue, Cue::Kin | Cue::Job);
        around.announced = blind || near.cue == Cue::Kin && capital && !page.begins_sentence(at - 1);
        around.points += match near.cue {
            Cue::Kin | Cue::Job => BESIDE,
            Cue::Label => NEAR,
            Cue::By => BY,
            Cue::Greeting => GREETING,
            _ => beyond(page, at),
        };
    } else if matches!(token.gap, Gap::Comma | Gap::Line) && matches!(near.cue, Cue::Label | Cue::Kin | Cue::Greeting) {
        // "Je soussigné, X", "Nom" above "X".
        around.points += NEAR;
    } else if matches!((token.gap, near.cue), (Gap::Comma | Gap::Line, Cue::Job) | (Gap::Apostrophe, Cue::Stop)) {
        around.points += BY;
    }
    around
}

/// What stands before the colon is the head of a field or of a line of speech: "Nom et prénom :", "De :".
fn is_field(page: &Page<'_>, at: usize) -> bool {
    let tokens = page.tokens;
    let field = (at.saturating_sub(REACH)..at).rev().take_while(|&back| back + 1 == at || !tokens[back + 1].begins_line());
    let cues: Vec<Cue> = field.map(|back| tokens[back].cue).collect();
    let header = tokens[at - 1].begins_line() && matches!(tokens.letters(at - 1), b"de" | b"a" | b"from" | b"to" | b"cc" | b"par");
    let named = cues.iter().any(|cue| matches!(cue, Cue::Label | Cue::Kin | Cue::Job));
    header || named && !cues.contains(&Cue::Firm)
}

/// A cue one word further: "la mère de X", "médecin traitant X".
fn beyond(page: &Page<'_>, at: usize) -> i32 {
    let Some(far) = at.checked_sub(2) else { return 0 };
    let between = &page.tokens[at - 1];
    if !matches!(between.gap, Gap::Space | Gap::Apostrophe) {
        return 0;
    }
    match page.tokens[far].cue {
        Cue::Kin | Cue::Job | Cue::Label => NEAR,
        Cue::By => BY,
        _ => 0,
    }
}

/// Only a comma, "et" or a line is between two persons.
fn continues(page: &Page<'_>, end: usize, at: usize) -> bool {
    let tokens = page.tokens;
    let plain = |gap: Gap| matches!(gap, Gap::Comma | Gap::Other | Gap::Space);
    match at.checked_sub(end) {
        Some(0) => tokens[at].gap == Gap::Comma,
        Some(1) => matches!(tokens.letters(end), b"et" | b"ou" | b"ef") && plain(tokens[end].gap) && plain(tokens[at].gap),
        _ => false,
    }
}

/// A street, a school, a firm or a law named after people: "rue du Docteur X", "collège X", "loi X".
pub(super) fn is_named_after(page: &Page<'_>, at: usize) -> bool {
    let tokens = page.tokens;
    let mut back = at;
    for step in 1..=AFTER {
        let Some(next) = back.checked_sub(1) else { return false };
        let short = tokens[back].gap == Gap::Dot && tokens[next].range.len() < 5;
        if !(short || matches!(tokens[back].gap, Gap::Space | Gap::Apostrophe | Gap::Hyphen)) {
            return false;
        }
        back = next;
        let token = &tokens[back];
        let letters = tokens.letters(back);
        match token.cue {
            Cue::Way => return letters.len() > 1 || tokens[back + 1].gap == Gap::Space,
            Cue::Place => return true,
            Cue::Act | Cue::FirmAfter => {
                let capitals = page.case(at) == Case::Mixed && (back + 1..at).all(|word| tokens[word].is_capital());
                return step == 1 || capitals;
            }
            Cue::Firm | Cue::Town => return !civility_between(page, back, at),
            Cue::By if step == 1 && matches!(letters, b"chez" | b"pour") => return works(page, back),
            Cue::Particle | Cue::Civility | Cue::Job | Cue::Kin | Cue::Calendar => {}
            Cue::Stop if matches!(letters, b"des" | b"aux") => {}
            Cue::None if step > 1 || token.word.first > 0 || token.word.ordinary > 2 || token.is_capital() => {}
            _ => return false,
        }
    }
    false
}

/// "Mme", and no rank that streets bear, as in "rue du Docteur X".
fn is_plain_civility(page: &Page<'_>, at: usize) -> bool {
    let plain: [&[u8]; 12] =
        [b"m", b"mr", b"mrs", b"mme", b"mm", b"mmes", b"mlle", b"mlles", b"monsieur", b"madame", b"mademoiselle", b"me"];
    page.is_civility(at) && plain.contains(&page.tokens.letters(at))
}

/// "travaille chez", "en stage chez": an employer follows.
fn works(page: &Page<'_>, at: usize) -> bool {
    let work: [&[u8]; 7] = [b"travail", b"stage", b"embauch", b"employe", b"salarie", b"apprenti", b"alternan"];
    let others: [&[u8]; 5] = [b"cdi", b"cdd", b"interim", b"poste", b"mission"];
    let before = at.checked_sub(1).map(|before| page.tokens.letters(before)).unwrap_or_default();
    work.iter().any(|work| before.starts_with(work)) || others.contains(&before)
}

fn civility_between(page: &Page<'_>, from: usize, to: usize) -> bool {
    (from + 1..to).any(|at| page.tokens[at].cue == Cue::Civility)
}

pub(super) fn after(page: &Page<'_>, words: &Range<usize>, around: &Around) -> i32 {
    let tokens = page.tokens;
    let first = &tokens[words.start];
    let mut points = 0;
    let next = tokens.get(words.end);
    let alone = first.begins_line() && next.is_none_or(|next| next.begins_line());
    if alone {
        points += ALONE;
    }
    if let Some(next) = next {
        let number = next.shape == Shape::Code;
        points += match (next.gap, next.cue) {
            (Gap::Space | Gap::Comma | Gap::Other, Cue::Born) => BORN,
            (Gap::Other | Gap::Comma, _) if number || next.address => BEFORE_NUMBER,
            (Gap::Colon, _) if !around.announced => -4,
            _ => 0,
        };
        let firm = matches!(next.gap, Gap::Space | Gap::Other | Gap::Comma) && next.cue == Cue::FirmAfter
            || next.gap == Gap::Other && tokens.letters(words.end) == b"fils";
        if firm && !around.announced {
            points += FIRM_AFTER;
        }
    }
    if !around.announced && is_commune(page, words) {
        points += commune(page, words, alone);
    }
    points
}

/// The run as a whole, with what hyphens join to it, is the name of a commune.
fn is_commune(page: &Page<'_>, words: &Range<usize>) -> bool {
    let tokens = page.tokens;
    let joined = |at: &usize| tokens.get(*at).is_some_and(|token| token.gap == Gap::Hyphen);
    let start = (words.start.saturating_sub(REACH)..=words.start).rev().find(|at| !joined(at)).unwrap_or(words.start);
    let end = (words.end..words.end + REACH).find(|at| !joined(at)).unwrap_or(words.end);
    is_commune_name(page, words.clone()) || is_commune_name(page, start..end) || {
        // "Le Vésinet", "La Chapelle".
        let article = start.checked_sub(1).filter(|&at| tokens[at].cue == Cue::Particle && tokens[start].gap == Gap::Space);
        article.is_some_and(|at| is_commune_name(page, at..end))
    }
}

/// "Nicole" is a commune of three hundred people.
fn first_name(page: &Page<'_>, at: usize) -> bool {
    page.tokens[at].word.first >= 9
}

fn is_commune_name(page: &Page<'_>, words: Range<usize>) -> bool {
    let mut letters = Vec::new();
    for at in words {
        letters.extend_from_slice(match page.tokens.letters(at) {
            b"st" => b"saint",
            b"ste" => b"sainte",
            other => other,
        });
    }
    page.language.folded(&letters).commune
}

/// Where a commune stands rather than a person.
fn commune(page: &Page<'_>, words: &Range<usize>, alone: bool) -> i32 {
    let tokens = page.tokens;
    let before = words.start.checked_sub(1).filter(|_| !tokens[words.start].begins_line());
    let after_postcode = before.is_some_and(|at| tokens[at].shape == Shape::Code);
    let at_place = before.is_some_and(|at| matches!(tokens.letters(at), b"a" | b"de" | b"d" | b"sur" | b"vers" | b"en"));
    let dated = tokens.get(words.end).is_some_and(|next| {
        matches!(next.gap, Gap::Comma | Gap::Space)
            && (tokens.letters(words.end) == b"le" || next.shape == Shape::Code || next.cue == Cue::Calendar)
    });
    let given = words.len() == 1 && first_name(page, words.start) && !after_postcode && !at_place;
    if given {
        return 0;
    }
    let coded = tokens.get(words.end).is_some_and(|next| next.gap == Gap::Other && next.shape == Shape::Code);
    if after_postcode || at_place || dated || coded || alone { COMMUNE } else { COMMUNE / 2 }
}
