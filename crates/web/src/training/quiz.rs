//! The questions of a quiz: numbered lines, each with its choices, the right one marked.
//!
//! ```text
//! 1. Who decides?
//!    - [ ] The tool
//!    - [x] I do
//! ```

use super::Question;
use super::read::{Line, Wrong};

/// The questions in these lines.
pub(super) fn questions(lines: &[Line<'_>], wrong: &mut Wrong<'_>) -> Vec<Question> {
    let mut asked: Vec<Asked> = Vec::new();
    for &(at, line) in lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
        match (question(line), choice(line), asked.last_mut()) {
            (Some(words), ..) => asked.push(Asked { words: words.to_owned(), line: at, choices: Vec::new() }),
            (None, Some((is_right, words)), Some(last)) => last.choices.push((is_right, words.to_owned())),
            (None, None, Some(_)) if line.trim_start().starts_with(['-', '*']) => {
                wrong(at, "this choice has no box", "write `- [ ]`, or `- [x]` before the right answer");
            }
            (None, None, Some(last)) if line.starts_with(' ') => last.go_on(line.trim()),
            _ => wrong(at, "this is neither a question nor a choice", "number questions `1.` and write choices as `- [ ]` below"),
        }
    }
    asked.into_iter().filter_map(|asked| asked.closed(wrong)).collect()
}

/// "1. Who decides?", at the beginning of a line.
pub(super) fn question(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == line.len() {
        return None;
    }
    Some(rest.strip_prefix(['.', ')'])?.strip_prefix(' ')?.trim())
}

/// "- [x] I do": whether it is the right one, and its words.
fn choice(line: &str) -> Option<(bool, &str)> {
    let boxed = line.trim_start().strip_prefix(['-', '*'])?.trim_start().strip_prefix('[')?;
    let (mark, words) = boxed.split_once(']')?;
    match mark {
        " " | "" => Some((false, words.trim())),
        "x" | "X" => Some((true, words.trim())),
        _ => None,
    }
}

struct Asked {
    words: String,
    line: usize,
    choices: Vec<(bool, String)>,
}

impl Asked {
    /// An indented line goes on with what stands above it.
    fn go_on(&mut self, more: &str) {
        let above = self.choices.last_mut().map_or(&mut self.words, |(_, words)| words);
        above.push(' ');
        above.push_str(more);
    }

    fn closed(self, wrong: &mut Wrong<'_>) -> Option<Question> {
        let right: Vec<usize> = self.choices.iter().enumerate().filter(|(_, (is_right, _))| *is_right).map(|(at, _)| at).collect();
        match (self.choices.len(), right.as_slice()) {
            (0 | 1, _) => wrong(self.line, "the question has one choice only", "write at least two choices below it"),
            (_, []) => wrong(self.line, "the question has no right answer", "mark it with [x]"),
            (_, [_, _, ..]) => wrong(self.line, "the question has two right answers", "mark one only with [x]"),
            (_, [answer]) => {
                let choices = self.choices.into_iter().map(|(_, words)| words).collect();
                return Some(Question { words: self.words, choices, answer: *answer, line: self.line });
            }
        }
        None
    }
}
