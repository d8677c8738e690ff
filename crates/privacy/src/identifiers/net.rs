//! Addresses of machines, and web addresses that open something for whoever holds them.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{CHECKED, SHAPE, span};
use crate::Label;
use crate::span::Span;
use crate::tokens::{Kind, Tokens};

/// No address of version 6 is longer.
const LONGEST: usize = 45;
/// A part of a path that is so long and mixes letters and digits was drawn, not written.
const DRAWN: usize = 16;
/// Names of parameters that carry what opens: compared with the end of a name, so that "access_token" is one.
const SECRETS: [&str; 24] = [
    "token",
    "jeton",
    "key",
    "cle",
    "clef",
    "sig",
    "signature",
    "session",
    "sid",
    "auth",
    "code",
    "ticket",
    "otp",
    "pwd",
    "password",
    "secret",
    "uuid",
    "guid",
    "hash",
    "magic",
    "invite",
    "sessionid",
    "acces",
    "id",
];
/// Words that make four numbers a version or the place of a paragraph.
const VERSIONS: [&str; 8] = ["version", "v", "article", "art", "chapitre", "paragraphe", "section", "annexe"];

/// The address that begins at `at`.
pub(crate) fn address_at(tokens: &Tokens, at: usize, out: &mut Vec<Span>) {
    let possible = tokens.is_glued(at + 1) && tokens.text(at).len() <= 4 || tokens.text(at) == ":" && tokens.text(at + 1) == ":";
    let begins = !tokens.is_glued(at) || !matches!(tokens.kind(at - 1), Some(Kind::Number | Kind::Word(_) | Kind::Sign('.' | ':')));
    if !possible || !begins {
        return;
    }
    let start = tokens.range(at, at).start;
    let run = run(&tokens.text[start..], |c| c.is_ascii_hexdigit() || c == ':' || c == '.');
    let run = run.trim_end_matches(['.', ':']);
    if run.len() <= LONGEST && run.contains(['.', ':']) && is_address(run) && !is_version(tokens, at) {
        out.push(span(Label::IpAddress, start..start + run.len(), CHECKED, run));
    }
}

fn is_address(run: &str) -> bool {
    run.parse::<Ipv4Addr>().is_ok() || (run.len() > 6 && run.contains(':') && run.parse::<Ipv6Addr>().is_ok())
}

fn is_version(tokens: &Tokens, at: usize) -> bool {
    (1..=2)
        .filter_map(|back| at.checked_sub(back))
        .any(|before| VERSIONS.iter().any(|word| tokens.is_word(before) && tokens.says(before, word)))
}

/// The web address that begins at the word `at`, when it carries a secret.
pub(crate) fn link_at(tokens: &Tokens, at: usize, out: &mut Vec<Span>) {
    let free = !tokens.is_glued(at) || matches!(tokens.kind(at - 1), Some(Kind::Sign('(' | '<' | '[' | '«')));
    if !free || !tokens.is_glued(at + 1) || !matches!(tokens.kind(at + 1), Some(Kind::Sign('.' | ':' | '-' | '/'))) {
        return;
    }
    let start = tokens.range(at, at).start;
    let run = run(&tokens.text[start..], |c| !c.is_whitespace() && !"<>\"«»()[]{}".contains(c));
    let run = run.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']);
    let Some((site, rest)) = run.split_once("://").unwrap_or(("", run)).1.split_once(['/', '?']) else { return };
    if site.contains('.') && opens(rest) {
        out.push(span(Label::SecretUrl, start..start + run.len(), SHAPE, run));
    }
}

fn run(text: &str, goes_on: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c| !goes_on(c)).unwrap_or(text.len())]
}

/// True when a path or its parameters hold what only one person was given.
fn opens(rest: &str) -> bool {
    let (path, query) = rest.split_once(['?', '#']).unwrap_or(match rest.contains('=') {
        true => ("", rest),
        false => (rest, ""),
    });
    path.split('/').any(is_drawn) || query.split(['&', ';', '#']).filter_map(|pair| pair.split_once('=')).any(is_secret)
}

fn is_secret((name, value): (&str, &str)) -> bool {
    let name = name.to_ascii_lowercase();
    let named = SECRETS
        .iter()
        .any(|secret| name == *secret || name.ends_with(&format!("_{secret}")) || name.ends_with(&format!("-{secret}")));
    is_drawn(value) || (named && value.len() >= 6) || (name.contains("token") && value.len() >= 6)
}

fn is_drawn(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let letters = part.bytes().filter(u8::is_ascii_alphabetic).count();
    let dense = part.bytes().filter(|byte| matches!(byte, b'-' | b'_' | b'.')).count() <= 5;
    let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    part.len() >= DRAWN && plain && digits >= 3 && letters >= 3 && dense && !part.ends_with(".html") && !part.ends_with(".pdf")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        let tokens = Tokens::of(text);
        let mut out = Vec::new();
        for at in 0..tokens.len() {
            address_at(&tokens, at, &mut out);
            if tokens.is_word(at) {
                link_at(&tokens, at, &mut out);
            }
        }
        out.first().map(|span| &text[span.range.clone()])
    }

    #[test]
    fn machines_are_found_and_versions_are_not() {
        assert_eq!(found("depuis 192.168.1.254."), Some("192.168.1.254"));
        assert_eq!(found("IP : 2001:db8::ff00:42:8329, hier"), Some("2001:db8::ff00:42:8329"));
        assert_eq!(found("IP fe80::1"), Some("fe80::1").filter(|_| "fe80::1".len() > 6));
        for text in ["version 1.2.3.4", "à 12:30:45", "1.2.3", "300.1.1.1", "1.2.3.4.5", "art. 1.2.3.4"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn links_that_open_are_found_and_pages_are_not() {
        for link in [
            "https://demarches.exemple.fr/suivi?jeton=a8f5f167f44f",
            "www.exemple.fr/lien/3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "http://exemple.fr/?access_token=zzzzzzzz",
        ] {
            assert_eq!(found(&format!("Voir {link}.")), Some(link));
        }
        for text in
            ["https://www.service-public.fr/particuliers/vosdroits/F1234", "exemple.fr", "et/ou a.b/c", "www.exemple.fr/?page=2"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
