//! Lines to fields: what stands under a heading, beside a label, in a row of a table.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{Line, bare, has_bullet, line};
use super::words::Words;

/// What stands under the labels of one field.
#[derive(Debug, Default)]
pub(super) struct Block<'a> {
    /// Lines that say its value, without labels: position in the text, words.
    pub(super) said: Vec<(usize, String)>,
    /// The same lines and their labels, as they stand.
    pub(super) quoted: Vec<(usize, &'a str)>,
}

/// Where the lines of a text went.
#[derive(Debug, Default)]
pub(super) struct Blocks<'a> {
    pub(super) fields: BTreeMap<String, Block<'a>>,
    /// Lines that no field took.
    pub(super) left: BTreeSet<usize>,
}

/// What the lines that follow belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Nothing.
    None,
    /// A section, until the next title.
    Section,
    /// A label, until the end of its paragraph.
    Paragraph,
}

impl Block<'_> {
    /// Every line, to be given back.
    pub(super) fn all(&self) -> impl Iterator<Item = usize> {
        self.quoted.iter().map(|(at, _)| *at)
    }
}

/// Gives each line to a field or to none.
pub(super) fn of<'a>(lines: &[&'a str], words: &'a Words) -> Blocks<'a> {
    let mut blocks = Blocks::default();
    let (mut field, mut open, mut after_blank) = ("", Open::None, false);
    for (at, raw) in lines.iter().enumerate() {
        let read = line(raw, lines.get(at + 1).copied().unwrap_or_default(), words);
        match read {
            Line::Blank => {
                if open == Open::Paragraph {
                    open = Open::None;
                }
                after_blank = true;
                continue;
            }
            Line::Heading(Some(found)) => {
                (field, open, after_blank) = (found, Open::Section, false);
                blocks.quote(field, at, raw);
                continue;
            }
            Line::Heading(None) => open = Open::None,
            Line::Label(found, said) => {
                (field, open) = (found, if said.is_empty() { Open::Section } else { Open::Paragraph });
                after_blank = false;
                blocks.quote(field, at, raw);
                blocks.say(field, at, said);
                continue;
            }
            // Beside something else, or after a space, it speaks of something else.
            Line::UnknownLabel if open == Open::Paragraph || (after_blank && !has_bullet(raw)) => open = Open::None,
            Line::UnknownLabel | Line::Text => {}
        }
        after_blank = false;
        if open == Open::None {
            blocks.left.insert(at);
        } else {
            blocks.quote(field, at, raw);
            blocks.say(field, at, bare(raw).to_owned());
        }
    }
    blocks
}

impl<'a> Blocks<'a> {
    fn quote(&mut self, field: &str, at: usize, raw: &'a str) {
        self.fields.entry(field.to_owned()).or_default().quoted.push((at, raw.trim()));
    }

    fn say(&mut self, field: &str, at: usize, said: String) {
        if !said.is_empty() {
            self.fields.entry(field.to_owned()).or_default().said.push((at, said));
        }
    }
}
