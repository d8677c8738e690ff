//! The text of a supplier's product sheet (the text of a PDF, Markdown, a message), read into proposals for the record.
//!
//! No model reads it: [`words`] holds the headings, labels and cues of `record/sheet.toml`, [`lines`] says what each line is,
//! [`blocks`] gives lines to fields, [`cues`] finds sentences of running text, and [`value`] turns what was found into a value that
//! fits. The same text always gives the same proposals, in a time that grows with its length. Nothing is lost: each line is either
//! quoted by a proposal or given back as not understood.

mod blocks;
mod cues;
mod lines;
mod value;
mod words;

use std::collections::BTreeSet;

use gouvernail_register::{Catalogue, Proposal, Proposals, Source};

use blocks::Block;
use words::Words;

/// Longest text that is read, characters: some eighty pages.
pub const LONGEST: usize = 200_000;

/// What a text says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// By field, the value with the passage that says it.
    pub proposals: Proposals,
    /// Passages that no field was found for, in their order; one of which a sentence was taken is still among them.
    pub left: Vec<String>,
}

/// Reads the text of a product sheet.
pub fn read(text: &str) -> Sheet {
    let words = Words::get();
    let lines: Vec<&str> = text.lines().collect();
    let found = blocks::of(&lines, words);
    let mut left: BTreeSet<usize> = found.left;
    let mut sheet = Sheet::default();
    for (id, block) in found.fields {
        if let Some((proposal, beyond)) = propose(&id, &block, words) {
            sheet.proposals.insert(id, proposal);
            left.extend(beyond);
        } else {
            left.extend(block.all());
        }
    }
    let passages = passages(&lines, &left);
    for (id, quotes) in cues::of(&passages, words) {
        if !sheet.proposals.contains_key(&id)
            && let Some(field) = Catalogue::get().field(&id)
            && let Some((value, used)) = value::of(field, &quotes, words)
        {
            let quote = quotes[..used].join("\n");
            sheet.proposals.insert(id, Proposal { value, source: Source::Text, quote });
        }
    }
    sheet.left = passages;
    sheet
}

/// The proposal of a field, and its lines that did not fit.
fn propose(id: &str, block: &Block<'_>, words: &Words) -> Option<(Proposal, Vec<usize>)> {
    let field = Catalogue::get().field(id)?;
    let said: Vec<String> = block.said.iter().map(|(_, said)| said.clone()).collect();
    let (value, used) = value::of(field, &said, words)?;
    let beyond: Vec<usize> = block.said[used..].iter().map(|(at, _)| *at).collect();
    let quoted = block.quoted.iter().filter(|(at, _)| !beyond.contains(at));
    let quote = quoted.map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
    Some((Proposal { value, source: Source::Text, quote }, beyond))
}

/// Lines that go on where the one above was full are one passage with it.
fn passages(lines: &[&str], left: &BTreeSet<usize>) -> Vec<String> {
    let mut passages: Vec<String> = Vec::new();
    let mut last = None;
    for at in left {
        let line = lines::bare(lines[*at]);
        match passages.last_mut() {
            Some(passage) if *at > 0 && last == Some(at - 1) && !lines::begins_passage(lines[*at], lines[at - 1]) => {
                passage.push(' ');
                passage.push_str(line);
            }
            _ => passages.push(line.to_owned()),
        }
        last = Some(*at);
    }
    passages
}
