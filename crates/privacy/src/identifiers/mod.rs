//! The layer of shapes: identifiers that their form or their control key gives away, whatever stands around them.

pub(crate) mod checksum;
mod email;
mod gps;
mod iban;
mod net;
pub(crate) mod numbers;
mod papers;
pub(crate) mod phone;

use crate::reading::{Reading, may_be_digits};
use crate::span::{Source, Span};
use crate::tokens::{Kind, Tokens};
use crate::{Label, entity};

/// A key agrees.
pub(crate) const CHECKED: f32 = 1.0;
/// A form that hardly anything else has.
pub(crate) const SHAPE: f32 = 0.8;
/// A shape that is typed with a wrong key is still hidden: people make typing errors.
pub(crate) const TYPO: f32 = 0.6;
/// It may be one.
pub(crate) const DOUBT: f32 = 0.35;

/// Finds every identifier but those that are only a number. Linear: what may begin one is tried once, and is short.
pub(crate) fn find(tokens: &Tokens, out: &mut Vec<Span>) {
    let mut account_from = 0;
    for at in 0..tokens.len() {
        match tokens.kind(at) {
            Some(Kind::Sign('@')) => out.extend(email::around(tokens.text, tokens.range(at, at).start)),
            Some(Kind::Sign('(' | '[' | '{')) | Some(Kind::Word(_)) if email::may_say_at(tokens, at) => {
                out.extend(email::spoken(tokens, at))
            }
            Some(Kind::Number) => {
                papers::find_at(tokens, at, out);
                net::address_at(tokens, at, out);
                gps::find_at(tokens, at, out);
            }
            Some(Kind::Word(_)) => {
                if at >= account_from
                    && let Some((account, next)) = iban::at(tokens, at)
                {
                    account_from = next;
                    out.push(account);
                }
                papers::find_at(tokens, at, out);
                net::link_at(tokens, at, out);
                net::address_at(tokens, at, out);
            }
            Some(Kind::Sign(':')) => net::address_at(tokens, at, out),
            _ => {}
        }
    }
}

/// True for letters that may be the first digits of a number, misread.
pub(crate) fn begins_number(tokens: &Tokens, at: usize) -> bool {
    tokens.is_number(at + 1) && may_be_digits(tokens.text(at)) && !tokens.is_glued(at) && tokens.gap(at + 1) <= 1
}

/// A span of this layer.
fn span(label: Label, range: std::ops::Range<usize>, score: f32, value: &str) -> Span {
    Span { range, label, source: Source::Identifier, score, entity: entity::key(label, value) }
}

/// What follows `at`, read as a number.
fn reading(tokens: &Tokens, at: usize) -> Reading {
    Reading::at(tokens, at)
}
