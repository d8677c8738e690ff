//! Points of one word: how much it looks like a part of a person's name.

use foldhash::HashSet;

use super::cue::{self, Cue};
use super::email;
use super::evidence::{Evidence, Kind};
use super::token::{Gap, Shape, Token, Tokens};
use crate::language::Words;

/// What capitals tell in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Names have capitals and other words have not.
    Mixed,
    /// All words are in capitals, or none is: capitals say nothing.
    Flat,
}

/// A text that was read, and what holds for the whole of it.
pub(super) struct Page<'a> {
    pub text: &'a str,
    pub tokens: &'a Tokens,
    pub language: &'a Words,
    /// By word.
    case: Vec<Case>,
    /// Points of other readers, by word.
    outside: Vec<i32>,
    /// Pieces of the e-mail addresses of the text.
    pub addresses: HashSet<&'a [u8]>,
}

/// A reader who is sure gives what a civility gives.
const OUTSIDE: f32 = 8.0;

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a Tokens, language: &'a Words, evidence: &[Evidence]) -> Self {
        let addresses = email::pieces(tokens);
        Self { text, tokens, language, case: cases(tokens), outside: outside(tokens, evidence), addresses }
    }

    pub(super) fn case(&self, at: usize) -> Case {
        self.case[at]
    }

    /// It begins a sentence, so that its capital says nothing.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        match self.tokens[at].gap {
            Gap::Break | Gap::Line | Gap::Dot | Gap::Other => true,
            Gap::Colon => true,
            Gap::Space | Gap::Hyphen | Gap::Apostrophe | Gap::Comma => false,
        }
    }

    /// No list holds it and it has the length of a name.
    pub(super) fn is_unknown(&self, at: usize) -> bool {
        let Token { word, .. } = &self.tokens[at];
        !self.language.is_empty() && *word == crate::language::Word::default() && self.tokens.letters(at).len() > 2
    }

    /// What the lists say: from 6 for a frequent first name to -9 for a frequent word.
    pub(super) fn listed(&self, at: usize) -> i32 {
        let Token { word, .. } = &self.tokens[at];
        let first = if word.first > 0 { 3 + i32::from(word.first) / 4 } else { 0 };
        let surname = if word.surname > 0 { 1 + i32::from(word.surname) / 4 } else { 0 };
        let mut penalty = match word.ordinary {
            0 => 0,
            1..=2 => 1,
            3..=7 => 2,
            8..=10 => 4,
            11..=13 => 6,
            _ => 9,
        };
        // "Pierre" and "Petit" are names as often as words.
        if word.first >= 12 || word.surname >= 11 || word.first >= FIRST_NAME && word.ordinary <= word.first + 1 {
            penalty /= 2;
        }
        let place = if word.commune && word.first < 9 { 2 } else { 0 };
        first.max(surname) - penalty - place
    }

    /// A word of grammar, of forms, of trades … that is no name here: "Noël" is one in "Jean-Noël", "Serres" in "Manon Serres".
    pub(super) fn names_nobody(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        cue::names_nobody(token.cue) && !(self.is_title_only(at) && (self.is_beside_name(at) || self.is_called_kin(at)))
    }

    /// A civility, as far as its letters tell: abbreviations of one or two letters are other words as often.
    pub(super) fn is_civility(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if token.cue != Cue::Civility {
            return false;
        }
        let dotted = self.tokens.get(at + 1).is_some_and(|next| next.gap == Gap::Dot);
        let flat = self.case(at) == Case::Flat;
        match self.tokens.letters(at) {
            b"m" => token.gap != Gap::Apostrophe && (token.shape == Shape::Initial || dotted || flat) && !self.signs(at),
            b"me" | b"mes" => token.is_capital() && !flat || dotted,
            _ => true,
        }
    }

    /// "M. Dupont" alone on its line or after a colon may as well be Marie.
    fn signs(&self, at: usize) -> bool {
        let place = self.tokens[at].begins_line() || self.tokens[at].gap == Gap::Colon;
        let Some(name) = self.tokens.get(at + 1) else { return false };
        let ends = self
            .tokens
            .get(at + 2)
            .is_none_or(|next| matches!(next.gap, Gap::Line | Gap::Break | Gap::Other | Gap::Comma) || next.shape == Shape::Code);
        place && name.gap == Gap::Dot && ends
    }

    /// Written as a name and in the lists of names, although it is also another word.
    fn is_title_only(&self, at: usize) -> bool {
        let Token { word, shape, .. } = &self.tokens[at];
        let capital = self.case[at] == Case::Flat || matches!(shape, Shape::Title | Shape::Upper);
        let hyphen = |at: usize| self.tokens.get(at).is_some_and(|token| token.gap == Gap::Hyphen);
        if self.case[at] == Case::Mixed && capital && (hyphen(at) || hyphen(at + 1)) {
            return true;
        }
        capital && self.tokens.letters(at).len() > 3 && (word.first >= NAME_TOO || word.surname >= NAME_TOO && word.ordinary < 14)
    }

    /// "Mme Cousin": nobody is called by what they are to others.
    fn is_called_kin(&self, at: usize) -> bool {
        let civility = at > 0 && matches!(self.tokens[at].gap, Gap::Space | Gap::Dot) && self.tokens[at - 1].cue == Cue::Civility;
        civility && self.tokens[at].cue == Cue::Kin
    }

    /// A word that is nothing but a name is joined to it.
    fn is_beside_name(&self, at: usize) -> bool {
        let joined = |at: usize| match self.tokens.get(at).map(|token| token.gap) {
            Some(Gap::Hyphen) => Some(true),
            Some(Gap::Space) => Some(false),
            _ => None,
        };
        let beside = |other: usize, hyphen: bool| {
            let Some(Token { word, cue, shape, .. }) = self.tokens.get(other) else { return false };
            let capital = matches!(shape, Shape::Title | Shape::Upper);
            let written =
                hyphen || if self.case[other] == Case::Flat { word.first >= FIRST_NAME && word.ordinary < 6 } else { capital };
            written && !cue::names_nobody(*cue) && (word.first > 0 || word.surname > 0 || self.is_unknown(other))
        };
        let before = joined(at).is_some_and(|hyphen| at > 0 && beside(at - 1, hyphen));
        let after = joined(at + 1)
            .is_some_and(|hyphen| (hyphen || self.case[at] == Case::Mixed && !self.begins_sentence(at)) && beside(at + 1, hyphen));
        before || after
    }

    /// Points of a word; negative when it is rather none of a name.
    pub(super) fn points(&self, at: usize) -> i32 {
        let token = &self.tokens[at];
        let letters = self.tokens.letters(at);
        if token.shape == Shape::Code || token.address || self.names_nobody(at) {
            return -20;
        }
        let cue = if cue::names_nobody(token.cue) { -2 } else { 0 };
        let seen = cue + self.outside[at] + if self.addresses.contains(letters) { IN_ADDRESS } else { 0 };
        let unknown = self.is_unknown(at);
        seen + match (self.case[at], token.shape) {
            (Case::Mixed, Shape::Lower) => return -20,
            (Case::Mixed, _) => {
                let acronym = token.shape == Shape::Upper && letters.len() <= 4 && token.word.first == 0;
                let capital = match (self.begins_sentence(at), token.shape) {
                    (true, Shape::Title) => 1,
                    _ if acronym && unknown => 0,
                    (_, Shape::Upper) => 3,
                    _ => 3,
                };
                capital + self.listed(at) + if unknown { 3 } else { 0 }
            }
            (Case::Flat, _) => self.listed(at) + if unknown { 4 } else { 0 },
        }
    }
}

/// From this band on, a word that announces names is also one.
const NAME_TOO: u8 = 7;
/// From this band on, a first name is known to everyone.
const FIRST_NAME: u8 = 8;
/// A word that an e-mail address holds is a name, unless it is one of the words that services put there.
const IN_ADDRESS: i32 = 6;

/// The case of each word: of its text, but a line all in capitals is read as such in any text.
fn cases(tokens: &Tokens) -> Vec<Case> {
    let whole = Count::of(tokens.iter());
    let text = whole.case().unwrap_or(Case::Mixed);
    let mut cases = Vec::with_capacity(tokens.len());
    let mut from = 0;
    for to in 1..=tokens.len() {
        if tokens.get(to).is_none_or(Token::begins_line) {
            let line = Count::of(tokens[from..to].iter());
            let capitals = line.words >= 5 && line.upper * 10 >= line.words * 9;
            let case = if capitals { Case::Flat } else { text };
            cases.resize(to, case);
            from = to;
        }
    }
    cases
}

/// How many words there are of each shape.
#[derive(Default)]
struct Count {
    words: usize,
    upper: usize,
    capital: usize,
}

impl Count {
    fn of<'a>(tokens: impl Iterator<Item = &'a Token>) -> Self {
        let mut count = Self::default();
        for token in tokens.filter(|token| !token.address && token.range.len() > 1 && token.shape != Shape::Code) {
            count.words += 1;
            count.upper += usize::from(token.shape == Shape::Upper);
            count.capital += usize::from(token.is_capital());
        }
        count
    }

    /// None for a text too short to tell.
    fn case(&self) -> Option<Case> {
        let flat = self.upper * 10 >= self.words * 9 || self.capital * 40 <= self.words;
        (self.words > 0).then_some(if flat { Case::Flat } else { Case::Mixed })
    }
}

/// Both lists are in order.
fn outside(tokens: &Tokens, evidence: &[Evidence]) -> Vec<i32> {
    let mut points = vec![0; tokens.len()];
    for Evidence { range, kind, score } in evidence {
        let from = tokens.partition_point(|token| token.range.end <= range.start);
        let sign = match kind {
            Kind::Person => OUTSIDE / 2.0,
            Kind::Other => -OUTSIDE / 4.0,
            Kind::Known => OUTSIDE,
            Kind::Taken => -OUTSIDE * 2.0,
        };
        let within = tokens[from..].iter().take_while(|token| token.range.start < range.end).count();
        points[from..from + within].iter_mut().for_each(|point| *point += (sign * score) as i32);
    }
    points
}

/// True for a word that may stand inside a name and not alone.
pub(super) fn is_particle(token: &Token) -> bool {
    token.cue == Cue::Particle
}
