//! Cuts a text into tokens as the French tokeniser of spaCy does, with the rules that come with the weights.

use std::collections::HashMap;
use std::ops::Range;

mod affix;
mod charset;
mod compound;
mod specials;
mod url;

use affix::Affixes;
use charset::CharSet;
use compound::Compounds;
use specials::Specials;

/// A run without white space is cut after so many characters: no word is as long, and the rules, which look at a run
/// again after each cut, stay linear.
const LONGEST_RUN: usize = 512;
/// So many distinct runs are remembered while a text is read.
const REMEMBERED: usize = 1 << 14;

/// The rules as they are written.
pub(super) struct Rules<'a> {
    pub(super) prefixes: &'a str,
    pub(super) suffixes: &'a str,
    pub(super) infixes: &'a str,
    pub(super) compounds: &'a str,
    pub(super) urls: &'a str,
    /// Strings whose tokens are given.
    pub(super) exceptions: Vec<(String, Vec<String>)>,
}

/// The tokeniser.
#[derive(Debug)]
pub(super) struct Tokenizer {
    prefixes: Affixes,
    suffixes: Affixes,
    infixes: Affixes,
    compounds: Compounds,
    specials: Specials,
    /// Letters that top-level domains are written with.
    lower: CharSet,
}

impl Tokenizer {
    /// The name of the rule that cannot be read, when one cannot.
    pub(super) fn new(rules: Rules<'_>) -> Result<Self, &'static str> {
        let mut tokenizer = Self {
            prefixes: Affixes::parse(rules.prefixes).ok_or("prefix_search")?,
            suffixes: Affixes::parse(rules.suffixes).ok_or("suffix_search")?,
            infixes: Affixes::parse(rules.infixes).ok_or("infix_finditer")?,
            compounds: Compounds::parse(rules.compounds).ok_or("token_match")?,
            specials: Specials::default(),
            lower: url::top_level_letters(rules.urls).ok_or("url_match")?,
        };
        let mut specials = Specials::default();
        for (text, tokens) in rules.exceptions {
            specials.insert(text, tokens.iter().map(String::len).collect());
        }
        let phrases: Vec<Vec<String>> = specials.texts().filter_map(|text| tokenizer.phrase(text)).collect();
        phrases.into_iter().for_each(|phrase| specials.insert_phrase(phrase));
        tokenizer.specials = specials;
        Ok(tokenizer)
    }

    /// The tokens of `text` in order, by byte offsets. Single spaces between tokens belong to none.
    pub(super) fn tokens(&self, text: &str) -> Vec<Range<usize>> {
        let mut tokens = Vec::with_capacity(text.len() / 4);
        let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
        for_each_run(text, |run| {
            if known.len() == REMEMBERED {
                known.clear();
            }
            let ends = known.entry(&text[run.clone()]).or_insert_with_key(|chunk| self.cut(chunk));
            let mut start = run.start;
            for end in ends {
                tokens.push(start..run.start + *end);
                start = run.start + *end;
            }
        });
        tokens
    }

    /// What the rules alone make of a given string, when they would cut it.
    fn phrase(&self, text: &str) -> Option<Vec<String>> {
        let run = Run::of(text);
        let cut = self.prefixes.prefix(&run.chars) > 0 || self.suffixes.suffix(&run.chars) > 0;
        (cut || text.contains(' ') || !self.infixes.infixes(&run.chars).is_empty()).then(|| {
            let mut start = 0;
            self.split(&run)
                .into_iter()
                .map(|end| {
                    let token = text[start..end].to_owned();
                    start = end;
                    token
                })
                .collect()
        })
    }

    /// Ends of the tokens of a run, in bytes.
    fn cut(&self, chunk: &str) -> Vec<usize> {
        let ends = self.split(&Run::of(chunk));
        if ends.len() > 1 { self.specials.mend(chunk, ends) } else { ends }
    }

    fn split(&self, run: &Run<'_>) -> Vec<usize> {
        if let Some(lengths) = self.specials.get(run.text) {
            return ends_of(0, lengths).collect();
        }
        let mut prefixes = Vec::new();
        let mut suffixes = Vec::new();
        let core = self.strip(run, &mut prefixes, &mut suffixes);
        let mut ends: Vec<usize> = prefixes.iter().map(|&end| run.offsets[end]).collect();
        self.push_core(run, &core, &mut ends);
        // Suffixes were met from the outside inwards: each is known by where it begins, and ends where the next begins.
        let starts = suffixes.iter().rev().skip(1).map(|&start: &usize| run.offsets[start]);
        ends.extend(starts);
        if !suffixes.is_empty() {
            ends.push(run.text.len());
        }
        ends
    }

    /// Takes prefixes (by their ends) and suffixes (by their starts) from a run; what remains is its core.
    fn strip(&self, run: &Run<'_>, prefixes: &mut Vec<usize>, suffixes: &mut Vec<usize>) -> Range<usize> {
        let mut core = 0..run.chars.len();
        loop {
            let chars = &run.chars[core.clone()];
            if chars.is_empty() || self.compounds.is_compound(chars) || self.specials.get(run.slice(&core)).is_some() {
                return core;
            }
            let prefix = self.prefixes.prefix(chars);
            let after = core.start + prefix..core.end;
            if prefix > 0 && self.specials.get(run.slice(&after)).is_some() {
                prefixes.push(after.start);
                return after;
            }
            let suffix = self.suffixes.suffix(&run.chars[after.clone()]);
            let before = core.start..core.end - suffix;
            if suffix > 0 && self.specials.get(run.slice(&before)).is_some() {
                suffixes.push(before.end);
                return before;
            }
            if prefix == 0 && suffix == 0 {
                return core;
            }
            core = core.start + prefix..core.end - suffix;
            if prefix > 0 {
                prefixes.push(core.start);
            }
            if suffix > 0 {
                suffixes.push(core.end);
            }
        }
    }

    fn push_core(&self, run: &Run<'_>, core: &Range<usize>, ends: &mut Vec<usize>) {
        let chars = &run.chars[core.clone()];
        if chars.is_empty() {
            return;
        }
        if let Some(lengths) = self.specials.get(run.slice(core)) {
            ends.extend(ends_of(run.offsets[core.start], lengths));
            return;
        }
        if !self.compounds.is_compound(chars) && !url::is_url(chars, &self.lower) {
            let mut start = 0;
            for (first, last) in self.infixes.infixes(chars).into_iter().filter(|infix| infix.0 > 0) {
                if first > start {
                    ends.push(run.offsets[core.start + first]);
                }
                if last > first {
                    ends.push(run.offsets[core.start + last]);
                }
                start = last;
            }
            if start == chars.len() {
                return;
            }
        }
        ends.push(run.offsets[core.end]);
    }
}

/// A piece of text that holds no white space, or white space alone.
struct Run<'a> {
    text: &'a str,
    chars: Vec<char>,
    /// Byte offset of each character, and of the end.
    offsets: Vec<usize>,
}

impl<'a> Run<'a> {
    fn of(text: &'a str) -> Self {
        let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, chars: text.chars().collect(), offsets }
    }

    fn slice(&self, chars: &Range<usize>) -> &'a str {
        &self.text[self.offsets[chars.start]..self.offsets[chars.end]]
    }
}

fn ends_of(start: usize, lengths: &[usize]) -> impl Iterator<Item = usize> {
    lengths.iter().scan(start, |end, length| {
        *end += length;
        Some(*end)
    })
}

/// Calls `visit` with each run of `text`. One space after a word is dropped; all other white space is a run.
fn for_each_run(text: &str, mut visit: impl FnMut(Range<usize>)) {
    let mut start = 0;
    let mut length = 0;
    let mut blank = text.chars().next().is_some_and(is_space);
    for (at, c) in text.char_indices() {
        let turns = is_space(c) != blank;
        if turns || length == LONGEST_RUN {
            if start < at {
                visit(start..at);
            }
            start = if turns && c == ' ' { at + 1 } else { at };
            blank = is_space(c);
            length = 0;
        }
        length += 1;
    }
    if start < text.len() {
        visit(start..text.len());
    }
}

/// White space as Python understands it.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}
