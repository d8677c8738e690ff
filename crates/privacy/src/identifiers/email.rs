//! E-mail addresses, accents included, also as they are spelt to escape robots: "jean (at) exemple.fr".

use super::{CHECKED, SHAPE, span};
use crate::Label;
use crate::fold::is_word;
use crate::span::Span;
use crate::tokens::Tokens;

/// A name before a lone " @ " has so many characters at least: "2 kg @ x.fr" is no address.
const LONG: usize = 3;
/// A name of so few bytes may be the end of one that a space cuts.
const CUT: usize = 2;

/// The address around the `@` at `at`. Neither side crosses another `@`, so all of them together read a text twice at most.
pub(crate) fn around(text: &str, at: usize) -> Option<Span> {
    if let Some(local) = local(text, at)
        && let Some(end) = domain(text, at + 1)
    {
        return Some(email(text, local..end, CHECKED));
    }
    let before = text[..at].strip_suffix(' ').unwrap_or(&text[..at]).len();
    let after = at + 1 + usize::from(text[at + 1..].starts_with(' '));
    let local = local(text, before).filter(|start| before - start >= LONG)?;
    Some(email(text, local..domain(text, after)?, SHAPE))
}

/// True where `@` may be written as a word.
pub(crate) fn may_say_at(tokens: &Tokens, at: usize) -> bool {
    if tokens.is_word(at) {
        return matches!(tokens.text(at).len(), 7 | 8)
            && ["arobase", "arrobase", "arobas"].iter().any(|word| tokens.says(at, word));
    }
    let inside = tokens.is_sign(at + 1, '@')
        || ["at", "a", "arobase", "chez"].iter().any(|word| tokens.is_word(at + 1) && tokens.says(at + 1, word));
    inside && [')', ']', '}'].iter().any(|close| tokens.is_sign(at + 2, *close))
}

/// The address around "(at)" or "arobase", which begins at the token `at`.
pub(crate) fn spoken(tokens: &Tokens, at: usize) -> Option<Span> {
    let last = if tokens.is_word(at) { at } else { at + 2 };
    let said = tokens.range(at, last);
    let text = tokens.text;
    let before = text[..said.start].strip_suffix(' ').unwrap_or(&text[..said.start]).len();
    let after = said.end + usize::from(text[said.end..].starts_with(' '));
    Some(email(text, local(text, before)?..domain(text, after)?, SHAPE))
}

fn email(text: &str, range: std::ops::Range<usize>, score: f32) -> Span {
    let value = &text[range.clone()];
    span(Label::Email, range, score, value)
}

/// Where the name before `end` begins.
fn local(text: &str, end: usize) -> Option<usize> {
    let local = text[..end].char_indices().rev().take_while(|&(_, c)| is_word(c) || "._%+-".contains(c));
    let start = local.last()?.0;
    let start = start + text[start..end].find(is_word)?;
    Some(if end - start <= CUT { before_cut(text, start).unwrap_or(start) } else { start })
}

/// "rachelle.anconett i@exemple.fr": where the name that a stray space cuts begins.
fn before_cut(text: &str, start: usize) -> Option<usize> {
    let before = text[..start].strip_suffix(' ')?;
    let run = before.char_indices().rev().take_while(|&(_, c)| is_word(c) || "._-".contains(c)).last()?.0;
    let name = &before[run..];
    let inner = name.trim_matches(|c| !is_word(c));
    (inner.len() == name.len() && inner.contains(['.', '_'])).then_some(run)
}

/// Where the domain that begins at `start` ends. One space may stray before or after the last point.
fn domain(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let domain = &rest[..rest.find(|c| !is_word(c) && !".-".contains(c)).unwrap_or(rest.len())];
    let end = ends_in_letters(domain).map(|end| start + end);
    if domain.starts_with(is_word)
        && let Some(strayed) = strayed(text, start + domain.len(), domain.ends_with('.'), end.is_some())
    {
        return Some(strayed);
    }
    end
}

/// "orange,fr", "mairie .fr" and "mairie. fr": only before the top-level domains that letters in France have, and never into the next sentence.
fn strayed(text: &str, end: usize, pointed: bool, complete: bool) -> Option<usize> {
    if complete {
        return None;
    }
    if let Some(top) = text[end..].strip_prefix(',') {
        return top_level(text, top);
    }
    let after = text[end..].strip_prefix(' ')?;
    if let Some(end) = top_level(text, if pointed { after } else { after.strip_prefix('.').unwrap_or_default() }) {
        return Some(end);
    }
    // "prot onmail.com"
    let (_, top) = after
        .split_once('.')
        .filter(|(label, _)| !label.is_empty() && label.len() < 16 && label.chars().all(|c| is_word(c) || c == '-'))?;
    top_level(text, top)
}

/// The end of a top-level domain that letters in France have and that `top`, the end of `text`, begins with.
fn top_level(text: &str, top: &str) -> Option<usize> {
    let letters = top.find(|c: char| !is_word(c)).unwrap_or(top.len());
    let known = ["fr", "com", "net", "org", "eu"].iter().any(|known| top[..letters].eq_ignore_ascii_case(known));
    known.then(|| text.len() - top.len() + letters)
}

/// Length of the longest beginning of `domain` of at least two labels whose last one begins with a letter:
/// "x.fr." is "x.fr", and "1.2.3" is a version.
fn ends_in_letters(domain: &str) -> Option<usize> {
    let (mut start, mut end) = (0, None);
    for (place, label) in domain.split('.').enumerate() {
        let length = label.trim_end_matches('-').len();
        if length == 0 {
            break;
        }
        if place > 0 && label.starts_with(char::is_alphabetic) {
            end = Some(start + length);
        }
        start += label.len() + 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_spelt_are_found() {
        for (text, expected) in [
            ("jean.dupont (at) exemple.fr ok", "jean.dupont (at) exemple.fr"),
            ("jean[at]exemple.fr", "jean[at]exemple.fr"),
            ("jean arobase exemple.fr", "jean arobase exemple.fr"),
        ] {
            let tokens = Tokens::of(text);
            let found = (0..tokens.len()).filter(|at| may_say_at(&tokens, *at)).find_map(|at| spoken(&tokens, at)).expect(text);
            assert_eq!(&text[found.range], expected);
        }
    }

    #[test]
    fn spaces_stray() {
        for text in ["jean @ exemple.fr", "jean@exemple .fr", "jean@exemple. fr"] {
            let found = around(text, text.find('@').expect("an at")).expect(text);
            assert_eq!(found.range, 0..text.len());
        }
        assert_eq!(around("2 @ x.fr", 2), None);
        assert_eq!(around("a@x.fr .Com", 1).map(|found| found.range), Some(0..6));
    }
}
