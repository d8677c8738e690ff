//! Compounds that stay one token in spite of their hyphens and elisions: "mi-temps", "Villeneuve-sur-Lot", "entr'aide".

use regex::Regex;

use super::charset::CharSet;

/// Letters of a reduced text, and what may follow them in a compound.
const LETTER: &str = "[a-zß-öø-ÿœλ]";
const ANY: &str = "[-'’a-zß-öø-ÿœλ]";
/// A class of the rules that is longer than this lists the letters of many scripts.
const LONG: usize = 100;

/// The compounds of the language.
#[derive(Debug)]
pub(super) struct Compounds {
    letters: CharSet,
    pattern: Regex,
}

impl Compounds {
    /// Reads the alternatives of a Python expression. Its classes of letters, of some thousand ranges each, become
    /// the few letters of a reduced text: hundreds of alternatives then compile in a moment. `None` for another shape.
    pub(super) fn parse(pattern: &str) -> Option<Self> {
        let mut letters = None;
        let mut reduced = String::from("^(?:");
        let mut rest = pattern.strip_prefix("(?iu)")?;
        while let Some(open) = rest.find('[') {
            reduced.push_str(&rest[..open]);
            let close = open + rest[open..].find(']')?;
            let class = &rest[open..=close];
            let hyphen = class.contains('–');
            reduced.push_str(match (class.len() > LONG, hyphen) {
                (false, true) => "-",
                (false, false) => class,
                (true, true) => ANY,
                (true, false) => {
                    letters = CharSet::parse(&mut class[1..].chars().peekable());
                    LETTER
                }
            });
            rest = &rest[close + 1..];
        }
        reduced.push_str(rest);
        reduced.push(')');
        Some(Self { letters: letters?, pattern: Regex::new(&reduced.to_lowercase()).ok()? })
    }

    pub(super) fn is_compound(&self, text: &[char]) -> bool {
        let (Some(&first), Some(&last)) = (text.first(), text.last()) else { return false };
        // Most texts end here, before anything is copied.
        if !first.is_alphabetic() || self.reduce(last).is_none() || text.iter().all(|c| c.is_alphanumeric()) {
            return false;
        }
        let reduced: Option<String> = text.iter().map(|&c| self.reduce(c)).collect();
        reduced.is_some_and(|reduced| self.pattern.is_match(&reduced))
    }

    /// One form for all hyphens, cases, and letters that no rule names; `None` for what is no part of a compound.
    fn reduce(&self, c: char) -> Option<char> {
        let lower = c.to_lowercase().next().unwrap_or(c);
        match lower {
            '-' | '–' | '—' | '‐' | '‑' => Some('-'),
            '\'' | '’' | 'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ' | 'œ' => Some(lower),
            _ => (self.letters.contains(c) || self.letters.contains(lower)).then_some('λ'),
        }
    }
}
