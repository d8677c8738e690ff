//! One file of a module: front matter, lessons, quiz, refresher.

use super::quiz;
use super::{Lesson, Refresher, Words, text};
use crate::i18n::Lang;

/// Most questions of a refresher: it is short, or nobody reads it.
const SHORT: usize = 2;

/// What is wrong, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {problem}; {remedy}")]
pub struct Mistake {
    /// Name of the file.
    pub file: String,
    /// Line, from 1; 0 when the whole file is meant.
    pub line: usize,
    problem: String,
    remedy: &'static str,
}

impl Mistake {
    pub(super) fn new(file: &str, line: usize, problem: impl Into<String>, remedy: &'static str) -> Self {
        Self { file: file.to_owned(), line, problem: problem.into(), remedy }
    }
}

/// The first lines of a file, between two `---`.
#[derive(Debug, Clone, Default)]
pub(super) struct Front {
    title: String,
    pub(super) minutes: usize,
    pub(super) pass: usize,
    pub(super) months: u32,
    pass_line: usize,
}

/// A numbered line.
pub(super) type Line<'a> = (usize, &'a str);

/// A `##` section.
struct Section<'a> {
    title: &'a str,
    lines: Vec<Line<'a>>,
}

/// Reads one file. The numbers are those of the French file: a translation may leave them out.
pub(super) fn file(name: &str, text: &str, lang: Lang) -> Result<(Front, Words), Vec<Mistake>> {
    let text = text::spaced(text, lang);
    let lines: Vec<Line<'_>> = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end())).collect();
    let mut mistakes = Vec::new();
    let mut wrong = |line: usize, problem: &str, remedy: &'static str| mistakes.push(Mistake::new(name, line, problem, remedy));
    let (front, body) = front(&lines, lang, &mut wrong);
    let words = words(&front, body, lang, &mut wrong);
    if mistakes.is_empty() { Ok((front, words)) } else { Err(mistakes) }
}

/// Notes a mistake: line, problem, remedy.
pub(super) type Wrong<'a> = dyn FnMut(usize, &str, &'static str) + 'a;

fn front<'a>(lines: &'a [Line<'a>], lang: Lang, wrong: &mut Wrong<'_>) -> (Front, &'a [Line<'a>]) {
    let mut front = Front::default();
    let end = lines.iter().skip(1).position(|(_, line)| *line == "---").map(|at| at + 1);
    let (Some((_, "---")), Some(end)) = (lines.first(), end) else {
        wrong(1, "the front matter is missing", "begin with ---, then title, minutes, pass and months, then ---");
        return (front, lines);
    };
    let mut given = Vec::new();
    for (at, line) in lines[1..end].iter().filter(|(_, line)| !line.trim().is_empty()) {
        let (key, value) = line.split_once(':').map_or((*line, ""), |(key, value)| (key.trim(), value.trim()));
        given.push(key);
        match key {
            "title" => front.title = value.to_owned(),
            "minutes" => front.minutes = number(key, value, *at, wrong),
            "pass" => (front.pass, front.pass_line) = (number(key, value, *at, wrong), *at),
            "months" => front.months = u32::try_from(number(key, value, *at, wrong)).unwrap_or_default(),
            _ => wrong(*at, &format!("`{key}` is not known here"), "the front matter holds title, minutes, pass and months"),
        }
    }
    let asked: &[&str] = if lang == Lang::Fr { &["title", "minutes", "pass", "months"] } else { &["title"] };
    for key in asked.iter().filter(|key| !given.contains(key)) {
        wrong(1, &format!("`{key}` is missing from the front matter"), "add a line with it");
    }
    (front, &lines[end + 1..])
}

fn number(key: &str, value: &str, line: usize, wrong: &mut Wrong<'_>) -> usize {
    match value.parse() {
        Ok(number) if (1..=1000).contains(&number) => number,
        _ => {
            wrong(line, &format!("`{key}` is not a number from 1 to 1000"), "write it in figures, without a unit");
            0
        }
    }
}

fn words(front: &Front, body: &[Line<'_>], lang: Lang, wrong: &mut Wrong<'_>) -> Words {
    let mut words = Words { title: front.title.clone(), lessons: Vec::new(), questions: Vec::new(), refresher: None };
    for section in sections(body, wrong) {
        match section.title.to_lowercase().as_str() {
            "quiz" => words.questions = quiz::questions(&section.lines, wrong),
            "mise à jour" | "refresher" => words.refresher = Some(refresher(&section, wrong)),
            _ => words.lessons.push(Lesson { title: section.title.to_owned(), html: text::html(&joined(&section.lines)) }),
        }
    }
    if words.questions.is_empty() {
        wrong(0, "there is no quiz", "add a section `## Quiz` with numbered questions");
    } else if lang == Lang::Fr && front.pass > words.questions.len() {
        let problem = format!("`pass` is {}, of {} questions", front.pass, words.questions.len());
        wrong(front.pass_line, &problem, "ask for at most as many right answers as there are questions");
    }
    if words.lessons.is_empty() {
        wrong(0, "there is no lesson", "add a section `## Title` with what must be known");
    }
    words
}

fn sections<'a>(body: &[Line<'a>], wrong: &mut Wrong<'_>) -> Vec<Section<'a>> {
    let mut sections: Vec<Section<'a>> = Vec::new();
    for &(at, line) in body {
        match (line.strip_prefix("## "), sections.last_mut()) {
            (Some(title), _) => sections.push(Section { title: title.trim(), lines: Vec::new() }),
            (None, _) if line.starts_with("# ") => {
                wrong(at, "a single # is for the title of a page", "write lessons as ##; the title stands in the front matter");
            }
            (None, Some(section)) => section.lines.push((at, line)),
            (None, None) if line.trim().is_empty() => {}
            (None, None) => wrong(at, "this text stands before the first lesson", "write a line `## Title` above it"),
        }
    }
    sections
}

/// Its text goes up to the first numbered line, which is a question.
fn refresher(section: &Section<'_>, wrong: &mut Wrong<'_>) -> Refresher {
    let first = section.lines.iter().position(|(_, line)| quiz::question(line).is_some()).unwrap_or(section.lines.len());
    let (said, asked) = section.lines.split_at(first);
    let questions = quiz::questions(asked, wrong);
    let line = section.lines.first().map_or(0, |(at, _)| at - 1);
    if questions.is_empty() || questions.len() > SHORT {
        wrong(line, "a refresher asks one or two questions", "number them `1.` and `2.`, after the text");
    }
    Refresher { html: text::html(&joined(said)), questions }
}

fn joined(lines: &[Line<'_>]) -> String {
    lines.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
}
