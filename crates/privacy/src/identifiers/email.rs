//! E-mail addresses, accents included.

use crate::fold::is_word;
use crate::span::{Source, Span};
use crate::{Label, entity};

/// The address around the `@` at `at`. Neither side crosses another `@`, so all of them together read a text twice at most.
pub(crate) fn around(text: &str, at: usize) -> Option<Span> {
    let local = text[..at].char_indices().rev().take_while(|&(_, c)| is_word(c) || "._%+-".contains(c));
    let start = local.last()?.0;
    let start = start + text[start..at].find(is_word)?;
    let rest = &text[at + 1..];
    let domain = &rest[..rest.find(|c| !is_word(c) && !".-".contains(c)).unwrap_or(rest.len())];
    let range = start..at + 1 + ends_in_letters(domain)?;
    let entity = entity::key(Label::Email, &text[range.clone()]);
    Some(Span { range, label: Label::Email, source: Source::Identifier, score: 1.0, entity })
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
