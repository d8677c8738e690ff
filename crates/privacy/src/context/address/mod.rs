//! Postal addresses: a number and a way, what tells the door, the postcode and the town.

mod door;
mod home;
mod way;

use super::{DOUBT, LIKELY, PLACED, SAID, place, span, town};
use crate::Label;
use crate::identifiers::{begins_number, numbers};
use crate::lexicon::Meaning;
use crate::span::Span;
use crate::tokens::Tokens;
use door::{door, floor, is_nearly_door};
use home::{home, town_alone};
use way::{is_block, is_hamlet, numbered, way};

/// Words of the name of a way, small ones left out, where capitals do not tell its end.
const WORDS: usize = 3;

/// Tokens of a part of an address, both included.
#[derive(Debug, Clone, Copy)]
struct Part {
    first: usize,
    last: usize,
    score: f32,
}

pub(crate) fn find(tokens: &Tokens, out: &mut Vec<Span>) {
    let begun = [Meaning::WAY, Meaning::HAMLET, Meaning::HOME].iter().any(|begins| tokens.has(*begins));
    if !begun && !tokens.has_numbers() && !(0..tokens.len()).any(|at| is_hamlet(tokens, at)) {
        return;
    }
    let mut search = Search { tokens, ways: Vec::new(), doors: Vec::new(), towns: Vec::new() };
    let mut at = 0;
    while at < tokens.len() {
        at = search.step(at).map_or(at + 1, |last| last.max(at) + 1);
    }
    search.give(out);
}

struct Search<'a, 't> {
    tokens: &'a Tokens<'t>,
    ways: Vec<Part>,
    doors: Vec<Part>,
    towns: Vec<Part>,
}

impl Search<'_, '_> {
    /// What begins at `at`; gives its last token.
    fn step(&mut self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        let meaning = tokens.meaning(at);
        if tokens.is_sign(at, '(') && tokens.is_number(at + 1) {
            let town = town::before(tokens, at)?;
            let overlaps = self.ways.last().is_some_and(|way| way.last >= town.first);
            let first = if overlaps { self.ways.last().map_or(town.first, |way| way.last + 1) } else { town.first };
            if overlaps {
                // In small letters a street ran into its town: give the town its words back.
                self.give_back(town.first);
            }
            self.towns.push(Part {
                first: if overlaps { town.first.min(first) } else { town.first },
                last: town.last,
                score: SAID,
            });
            return Some(town.last);
        }
        if tokens.is_number(at) || (begins_number(tokens, at)) {
            if let Some(way) = numbered(tokens, at) {
                self.ways.push(way);
                return Some(way.last);
            }
            if let Some(door) = floor(tokens, at) {
                self.doors.push(door);
                return Some(door.last);
            }
            return self.town(at);
        }
        if (meaning.has(Meaning::BUILDING) || is_nearly_door(tokens, at))
            && let Some(door) = door(tokens, at)
        {
            self.doors.push(door);
            return Some(door.last);
        }
        if meaning.has(Meaning::WAY) || is_hamlet(tokens, at) {
            let way = self.unnumbered(at)?;
            self.ways.push(way);
            return Some(way.last);
        }
        if meaning.has(Meaning::HOME) {
            if let Some(town) = town_alone(tokens, at) {
                self.towns.push(town);
                return Some(town.last);
            }
            let way = home(tokens, at)?;
            self.ways.push(way);
            return Some(way.last);
        }
        None
    }

    fn give_back(&mut self, first: usize) {
        if let Some(way) = self.ways.last_mut().filter(|way| first > way.first + 1) {
            way.last = first - 1;
            while way.last > way.first
                && !(self.tokens.is_word(way.last) && !self.tokens.meaning(way.last).has(Meaning::PARTICLE)
                    || self.tokens.is_number(way.last))
            {
                way.last -= 1;
            }
        }
    }

    fn town(&mut self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        let town = town::at(tokens, at)?;
        let follows = self.follows_address(at);
        let announced = (at.saturating_sub(10)..at).any(|before| {
            tokens.meaning(before).has(Meaning::HOME)
                || (before + 6 > at && (tokens.says(before, "postal") || tokens.says(before, "cp")))
        });
        let against = numbers::is_against(tokens, at);
        let score = match () {
            () if follows || announced => SAID,
            () if against => return None,
            () if town.sure && town::begins(tokens, at) => LIKELY,
            () if town.sure => PLACED,
            () => DOUBT,
        };
        self.towns.push(Part { first: town.first, last: town.last, score });
        Some(town.last)
    }

    /// True when a street or a door stands just before, perhaps on the line above.
    fn follows_address(&self, at: usize) -> bool {
        let last = [self.ways.last(), self.doors.last()].into_iter().flatten().map(|part| part.last).max();
        last.is_some_and(|last| {
            last < at
                && (last + 1..at).all(|between| {
                    !self.tokens.is_number(between) && (!self.tokens.is_word(between) || self.tokens.says(between, "a"))
                })
        })
    }

    /// A way without number: a hamlet where somebody lives, or what a postcode follows.
    fn unnumbered(&self, at: usize) -> Option<Part> {
        let tokens = self.tokens;
        let hamlet = is_hamlet(tokens, at);
        if at > 0 && (tokens.is_glued(at) && tokens.is_word(at - 1)) {
            return None;
        }
        let name = way(tokens, at)?;
        let last = place::name(tokens, name, WORDS)?;
        let announced = (at.saturating_sub(4)..at).any(|before| tokens.meaning(before).has(Meaning::HOME));
        let lone = at == 0 || tokens.is_break(at - 1);
        let before_town =
            (last + 1..last + 4).take_while(|next| !tokens.is_word(*next)).any(|next| town::at(tokens, next).is_some());
        let score = match () {
            () if announced && (hamlet || before_town) => SAID,
            () if before_town && (lone || hamlet) => LIKELY,
            () if hamlet && !is_block(tokens, at) => LIKELY,
            () if announced => PLACED,
            () => return None,
        };
        Some(Part { first: at, last, score })
    }

    /// Ways with the doors beside them, doors alone beside an address, and towns.
    fn give(self, out: &mut Vec<Span>) {
        let Self { tokens, mut ways, doors, towns } = self;
        let mut lone = Vec::new();
        let mut next = 0;
        for door in doors {
            while next < ways.len() && ways[next].last < door.first {
                next += 1;
            }
            let before = next.checked_sub(1).map(|at| &mut ways[at]).filter(|way| is_beside(tokens, way.last, door.first));
            match before {
                Some(way) if !(way.last + 1..door.first).any(|at| tokens.is_break(at)) => way.last = door.last,
                Some(_) => lone.push(door),
                None => lone.push(door),
            }
        }
        let mut all: Vec<Part> = ways.iter().chain(&towns).copied().collect();
        all.sort_by_key(|part| part.first);
        let mut kept: Vec<Part> = Vec::new();
        for door in lone.iter().rev() {
            let after = all.partition_point(|part| part.first <= door.last);
            let beside = all.get(after).is_some_and(|part| is_beside(tokens, door.last, part.first))
                || kept.last().is_some_and(|next| is_beside(tokens, door.last, next.first))
                || after.checked_sub(1).is_some_and(|at| is_beside(tokens, all[at].last, door.first));
            if beside {
                kept.push(*door);
            }
        }
        let addresses = ways.iter().chain(&kept);
        out.extend(addresses.map(|part| span(tokens, Label::Address, tokens.range(part.first, part.last), part.score)));
        out.extend(towns.iter().map(|part| span(tokens, Label::PostalCity, tokens.range(part.first, part.last), part.score)));
    }
}

/// True when only signs, spaces and one end of line stand between two tokens.
fn is_beside(tokens: &Tokens, last: usize, first: usize) -> bool {
    last < first
        && first - last <= 3
        && (last + 1..first).all(|at| !tokens.is_word(at) && !tokens.is_number(at) && !tokens.is_sign(at, '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let tokens = Tokens::of(text);
        let mut out = Vec::new();
        find(&tokens, &mut out);
        out.sort_by_key(|span| span.range.start);
        out.iter().map(|span| &text[span.range.clone()]).collect()
    }

    #[test]
    fn addresses_in_their_forms() {
        for (text, expected) in [
            ("réside 12 bis, rue des Lilas, Bât. D, 35000 Rennes.", &["12 bis, rue des Lilas, Bât. D", "35000 Rennes"][..]),
            (
                "Esc. A\n53 A impasse Saint-Roch\n78600 Maisons-Laffitte",
                &["Esc. A", "53 A impasse Saint-Roch", "78600 Maisons-Laffitte"],
            ),
            (
                "a noter : 140 av des tilleuls, appt 47 - 15600 saint-constant",
                &["140 av des tilleuls, appt 47", "15600 saint-constant"],
            ),
            ("le 188, levée Racine affiche 4521 m3", &["188, levée Racine"]),
            ("hameau auguste renoir\n63300 thiers\n", &["hameau auguste renoir", "63300 thiers"]),
            (
                "3e etage gauche\n38b rue du general de gaulle\n83340 le thoronet",
                &["3e etage gauche", "38b rue du general de gaulle", "83340 le thoronet"],
            ),
            ("demeurant Le Bourg, 23240 Le Grand-Bourg", &["Le Bourg", "23240 Le Grand-Bourg"]),
            ("57 rséidence d Strasbourg, 3e étage - 28360 Dammarie", &["57 rséidence d Strasbourg, 3e étage", "28360 Dammarie"]),
            ("176 ruedes Marronniers, à Embrun (05200)", &["176 ruedes Marronniers", "Embrun (05200)"]),
            ("108, Grande Rue\n", &["108, Grande Rue"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
        for text in [
            "travaux rue du 8 Mai 1945",
            "1 place en crèche",
            "12 500 euros",
            "la place de la République",
            "il y a 3 cours par jour",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
