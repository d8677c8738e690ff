//! What a line of a sheet is.

use super::words::Words;

/// Longest label or heading, characters.
const LABEL: usize = 80;
/// Most words of an unknown label: more is a sentence.
const WORDS: usize = 8;
/// A line of fewer characters was ended on purpose.
const FULL: usize = 60;
/// What begins the item of a list.
const BULLETS: [char; 7] = ['-', '*', '•', '–', '·', '▪', '○'];

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// Nothing to read: blank, or a rule.
    Blank,
    /// A title, with the field that it announces.
    Heading(Option<&'a str>),
    /// A label that is known, its field, and what follows it.
    Label(&'a str, String),
    /// A label that is not known.
    UnknownLabel,
    /// Anything else.
    Text,
}

/// What a line is; `under` is the line below it, which may underline it.
pub(super) fn line<'a>(raw: &str, under: &str, words: &'a Words) -> Line<'a> {
    let text = bare(raw);
    if !text.contains(char::is_alphanumeric) {
        return Line::Blank;
    }
    if let Some((label, said)) = cells(text).or_else(|| labelled(text)) {
        return match words.labelled(&label, false) {
            Some(field) => Line::Label(field, said),
            None => Line::UnknownLabel,
        };
    }
    let title = is_title(raw, text, under);
    match words.labelled(unnumbered(text).unwrap_or(text), !title) {
        Some(field) if title || !has_bullet(raw) => Line::Heading(Some(field)),
        _ if title => Line::Heading(None),
        _ => Line::Text,
    }
}

/// The line without the marks of a quotation, a list, or Markdown.
pub(super) fn bare(raw: &str) -> &str {
    let text = raw.trim().trim_start_matches(['>', ' ', '#']);
    let text = text.strip_prefix(BULLETS).filter(|rest| rest.starts_with([' ', '\t'])).unwrap_or(text);
    text.trim().trim_matches(|mark| mark == '*' || mark == '_').trim()
}

/// Whether a line begins a passage of its own, and does not only go on where the one `above` was too long.
pub(super) fn begins_passage(raw: &str, above: &str) -> bool {
    let starts = bare(raw).starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
    has_bullet(raw) || raw.trim_start().starts_with(['#', '|', '>']) || (starts && above.trim().chars().count() < FULL)
}

pub(super) fn has_bullet(raw: &str) -> bool {
    let text = raw.trim_start_matches(['>', ' ', '\t']);
    text.strip_prefix(BULLETS).is_some_and(|rest| rest.starts_with([' ', '\t']))
}

/// `| label | value |`, or two columns kept apart by a tab.
fn cells(text: &str) -> Option<(String, String)> {
    let mut cells = if text.starts_with('|') { text.trim_matches('|').split('|') } else { text.split('|') };
    let split = |first: &str, rest: Vec<&str>| {
        let rest: Vec<&str> = rest.into_iter().map(plain).filter(|cell| !cell.is_empty()).collect();
        Some((plain(first).to_owned(), rest.join(" ; ")))
    };
    if text.starts_with('|') {
        let first = cells.next()?;
        return split(first, cells.collect());
    }
    let (first, rest) = text.split_once('\t')?;
    split(first, rest.split('\t').collect())
}

/// `Label : value`. The colon of an address or of an hour is none.
fn labelled(text: &str) -> Option<(String, String)> {
    let (at, colon) = text.char_indices().take(LABEL).find(|(at, colon)| match colon {
        ':' | '：' => text[at + colon.len_utf8()..].chars().next().is_none_or(|next| next.is_whitespace() || next == '*'),
        _ => false,
    })?;
    let (label, said) = (plain(&text[..at]), plain(&text[at + colon.len_utf8()..]));
    let is_label = label.contains(char::is_alphabetic) && label.split_whitespace().count() <= WORDS;
    is_label.then(|| (label.to_owned(), said.to_owned()))
}

fn plain(text: &str) -> &str {
    text.trim().trim_matches(|mark| mark == '*' || mark == '_').trim()
}

/// Marked as a title, underlined, numbered or in capitals; a sentence ends with a point.
fn is_title(raw: &str, text: &str, under: &str) -> bool {
    if text.chars().count() > LABEL || text.ends_with(['.', ';', ',']) {
        return false;
    }
    let raw = raw.trim().trim_start_matches(['>', ' ']);
    let under = under.trim();
    let underlined = under.len() >= 3 && (under.bytes().all(|byte| byte == b'=') || under.bytes().all(|byte| byte == b'-'));
    let bold = raw.len() > 4 && raw.starts_with("**") && raw.ends_with("**");
    raw.starts_with('#') || underlined || bold || is_numbered_title(text) || is_capitals(text)
}

/// What follows `3.`, `3.2` or `3)`.
fn unnumbered(text: &str) -> Option<&str> {
    let (number, title) = text.split_once(char::is_whitespace)?;
    let of_digits = number.trim_end_matches(['.', ')']);
    let digits = !of_digits.is_empty() && of_digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (digits && number.contains(['.', ')'])).then(|| title.trim_start())
}

fn is_numbered_title(text: &str) -> bool {
    let title = unnumbered(text).unwrap_or_default();
    title.starts_with(char::is_uppercase) && title.split_whitespace().count() <= WORDS
}

fn is_capitals(text: &str) -> bool {
    text.chars().filter(|character| character.is_uppercase()).count() >= 4
        && !text.contains(char::is_lowercase)
        && text.contains(' ')
        || text.chars().count() >= 5 && text.chars().all(char::is_uppercase)
}
