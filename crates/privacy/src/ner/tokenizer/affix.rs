//! Where a token may be cut: the prefix, suffix and infix rules of the tokeniser.
//!
//! The rules come with the weights, as Python regular expressions of a narrow shape: alternatives of character sets,
//! with one or two sets before or one after them that are looked at and not taken. This module reads that shape alone.

use std::iter::Peekable;
use std::str::Chars;

use super::charset::{CharSet, escape};

/// One step of a rule.
#[derive(Debug, Clone)]
enum Step {
    One(CharSet),
    /// One character of the set or more.
    Many(CharSet),
}

#[derive(Debug, Default)]
struct Rule {
    /// What must stand just before.
    behind: Vec<CharSet>,
    /// What is taken: the first that fits.
    bodies: Vec<Vec<Step>>,
    /// What must, or must not, stand just after.
    ahead: Option<(CharSet, bool)>,
}

/// The alternatives of one expression, in order.
#[derive(Debug)]
pub(super) struct Affixes {
    /// All alternatives that are one character and nothing else.
    single: CharSet,
    rules: Vec<Rule>,
}

impl Affixes {
    /// `None` when the expression has another shape.
    pub(super) fn parse(pattern: &str) -> Option<Self> {
        let mut chars = pattern.chars().peekable();
        let mut affixes = Self { single: CharSet::default(), rules: Vec::new() };
        loop {
            let rule = parse_rule(&mut chars)?;
            match (&rule.behind[..], &rule.bodies[..], &rule.ahead) {
                ([], [body], None) if let [Step::One(set)] = &body[..] => affixes.single = affixes.single.union(set),
                _ => affixes.rules.push(rule),
            }
            match chars.next() {
                Some('|') => {}
                Some(_) => return None,
                None => return Some(affixes),
            }
        }
    }

    /// Where what begins at the start of `text` ends; 0 when nothing does.
    pub(super) fn prefix(&self, text: &[char]) -> usize {
        self.at(text, 0, |_| true).unwrap_or(0)
    }

    /// Length of the longest piece that ends at the end of `text`; 0 when there is none.
    pub(super) fn suffix(&self, text: &[char]) -> usize {
        let start = (0..text.len()).find(|&start| self.at(text, start, |end| end == text.len()).is_some());
        start.map_or(0, |start| text.len() - start)
    }

    /// The pieces inside `text`, in order; a piece may be empty, where two tokens meet.
    pub(super) fn infixes(&self, text: &[char]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < text.len() {
            match self.at(text, start, |_| true) {
                Some(end) => {
                    found.push((start, end));
                    start = end.max(start + 1);
                }
                None => start += 1,
            }
        }
        found
    }

    /// End of the first alternative that fits at `start` and whose end is accepted.
    fn at(&self, text: &[char], start: usize, accepted: impl Fn(usize) -> bool) -> Option<usize> {
        if text.get(start).is_some_and(|&c| self.single.contains(c)) && accepted(start + 1) {
            return Some(start + 1);
        }
        self.rules.iter().find_map(|rule| rule.at(text, start, &accepted))
    }
}

impl Rule {
    fn at(&self, text: &[char], start: usize, accepted: impl Fn(usize) -> bool) -> Option<usize> {
        let first = start.checked_sub(self.behind.len())?;
        if !self.behind.iter().zip(&text[first..start]).all(|(set, &c)| set.contains(c)) {
            return None;
        }
        self.bodies.iter().filter_map(|body| taken(body, text, start)).find(|&end| accepted(end) && self.goes_on(text, end))
    }

    fn goes_on(&self, text: &[char], end: usize) -> bool {
        match &self.ahead {
            Some((set, wanted)) => text.get(end).is_some_and(|&c| set.contains(c)) == *wanted,
            None => true,
        }
    }
}

fn taken(body: &[Step], text: &[char], start: usize) -> Option<usize> {
    let mut end = start;
    for step in body {
        let (Step::One(set) | Step::Many(set)) = step;
        if !set.contains(*text.get(end)?) {
            return None;
        }
        end += 1;
        while matches!(step, Step::Many(_)) && text.get(end).is_some_and(|&c| set.contains(c)) {
            end += 1;
        }
    }
    Some(end)
}

/// One alternative, up to the bar or the end.
fn parse_rule(chars: &mut Peekable<Chars<'_>>) -> Option<Rule> {
    let mut rule = Rule { bodies: vec![Vec::new()], ..Rule::default() };
    while let Some(&c) = chars.peek() {
        match c {
            '|' => break,
            // The caller anchors: prefixes at the start, suffixes at the end.
            '^' | '$' => drop(chars.next()),
            '(' => match opening(chars)? {
                Opening::Group => rule.bodies = product(&rule.bodies, &parse_group(chars)?),
                Opening::Behind => rule.behind = sets(parse_group(chars)?)?,
                Opening::Ahead(wanted) => rule.ahead = Some((sets(parse_group(chars)?)?.pop()?, wanted)),
            },
            _ => rule.bodies = product(&rule.bodies, &[vec![parse_step(chars)?]]),
        }
    }
    Some(rule)
}

enum Opening {
    Group,
    Behind,
    Ahead(bool),
}

fn opening(chars: &mut Peekable<Chars<'_>>) -> Option<Opening> {
    chars.next();
    if chars.next_if_eq(&'?').is_none() {
        return Some(Opening::Group);
    }
    match chars.next()? {
        ':' => Some(Opening::Group),
        '=' => Some(Opening::Ahead(true)),
        '!' => Some(Opening::Ahead(false)),
        '<' if chars.next() == Some('=') => Some(Opening::Behind),
        _ => None,
    }
}

/// The alternatives of a group, up to and with its closing bracket.
fn parse_group(chars: &mut Peekable<Chars<'_>>) -> Option<Vec<Vec<Step>>> {
    let mut all = Vec::new();
    let mut bodies = vec![Vec::new()];
    loop {
        match *chars.peek()? {
            ')' => {
                chars.next();
                all.append(&mut bodies);
                return Some(all);
            }
            '|' => {
                chars.next();
                all.append(&mut bodies);
                bodies = vec![Vec::new()];
            }
            '(' => match opening(chars)? {
                Opening::Group => bodies = product(&bodies, &parse_group(chars)?),
                _ => return None,
            },
            _ => bodies = product(&bodies, &[vec![parse_step(chars)?]]),
        }
    }
}

fn parse_step(chars: &mut Peekable<Chars<'_>>) -> Option<Step> {
    let set = match chars.next()? {
        '[' => CharSet::parse(chars)?,
        '\\' => CharSet::one(escape(chars)?),
        '.' | '*' | '?' | '{' | ')' => return None,
        c => CharSet::one(c),
    };
    Some(if chars.next_if_eq(&'+').is_some() { Step::Many(set) } else { Step::One(set) })
}

fn product(left: &[Vec<Step>], right: &[Vec<Step>]) -> Vec<Vec<Step>> {
    left.iter().flat_map(|head| right.iter().map(|tail| [&head[..], &tail[..]].concat())).collect()
}

/// The sets of a look-around: one alternative, each step of one character.
fn sets(mut bodies: Vec<Vec<Step>>) -> Option<Vec<CharSet>> {
    let body = bodies.pop().filter(|_| bodies.is_empty())?;
    body.into_iter().map(|step| if let Step::One(set) = step { Some(set) } else { None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn prefixes_take_the_first_alternative() {
        let affixes = Affixes::parse(r"^§|^\+(?![0-9])|^…|^\.\.+|^US\$|^(?:(d|l)['’])(?=[a-zé])").unwrap();
        for (text, taken) in [("§5", 1), ("+5", 0), ("+a", 1), ("....a", 4), (".a", 0), ("US$5", 3), ("l’été", 2), ("d'5", 0)]
        {
            assert_eq!(affixes.prefix(&chars(text)), taken, "{text}");
        }
    }

    #[test]
    fn suffixes_take_the_longest() {
        let affixes = Affixes::parse(r"%$|\.\.+$|(?<=[0-9])(?:m|km)$|(?<=[A-Z][A-Z])\.$|(?<=[a-z])[-–](ce|là)$").unwrap();
        for (text, taken) in [("5%", 1), ("a...", 3), ("5km", 2), ("km", 0), ("AB.", 1), ("B.", 0), ("est-ce", 3), ("-là", 0)] {
            assert_eq!(affixes.suffix(&chars(text)), taken, "{text}");
        }
    }

    #[test]
    fn infixes_may_be_empty() {
        let affixes = Affixes::parse(r"…|(?<=[a-z])(?:-|--)(?=[a-z])|(?<=[a-z]['’])(?=[a-z])").unwrap();
        assert_eq!(affixes.infixes(&chars("a-b--c")), [(1, 2), (3, 5)]);
        assert_eq!(affixes.infixes(&chars("qu’il…")), [(3, 3), (5, 6)]);
    }

    #[test]
    fn another_shape_is_refused() {
        for pattern in [r"\d", "a*", "(?<!a)b", "a)", "(a", "[a"] {
            assert!(Affixes::parse(pattern).is_none(), "{pattern}");
        }
    }
}
