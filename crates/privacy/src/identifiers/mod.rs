//! The layer of shapes: French identifiers, by their form and their control key, in one pass.

pub(crate) mod checksum;
mod email;
mod iban;
mod numbers;

use crate::fold::is_boundary;
use crate::span::Span;

/// Finds every identifier of `text`. Linear: a candidate is tried only where one may begin, and is short.
pub(crate) fn find(text: &str, out: &mut Vec<Span>) {
    let mut numbers = numbers::Shapes::default();
    let mut account_from = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        match c {
            '@' => out.extend(email::around(text, at)),
            '0'..='9' | '+' if is_boundary(before, Some(c)) => numbers.find_at(text, at, out),
            'A'..='Z' | 'a'..='z' if at >= account_from && is_boundary(before, Some(c)) => {
                if let Some(account) = iban::at(text, at) {
                    account_from = account.range.end;
                    out.push(account);
                }
            }
            _ => {}
        }
        before = Some(c);
    }
}
