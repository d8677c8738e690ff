//! The four features of a token: its norm, its first character, its last three, its shape, each as a number.

use std::sync::LazyLock;

use regex::Regex;

use super::hash;

/// Numbers of norm, prefix, suffix and shape.
pub(super) type Features = [u64; 4];

/// A shape is not written out from so many characters on.
const LONG: usize = 100;

/// Features of one token; `norm` is what replaces its lower case, when something does.
pub(super) fn features(token: &str, norm: Option<&str>) -> Features {
    let prefix_end = token.chars().next().map_or(0, char::len_utf8);
    let suffix_start = token.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    let norm = norm.or_else(|| shared_norm(token)).map_or_else(|| id(&token.to_lowercase()), id);
    [norm, id(&token[..prefix_end]), id(&token[suffix_start..]), id(&shape(token))]
}

/// One form for signs that mean the same.
fn shared_norm(token: &str) -> Option<&'static str> {
    Some(match token {
        "'s" | "'S" | "’s" | "’S" => "'s",
        "’" | "‘" | "´" | "`" => "'",
        "”" | "“" | "''" | "``" | "´´" | "„" | "»" | "«" | "‘‘" | "’’" => "\"",
        "？" => "?",
        "！" => "!",
        "，" => ",",
        "；" => ";",
        "：" => ":",
        "。" | "।" => ".",
        "…" => "...",
        "—" | "–" | "--" | "---" | "——" => "-",
        "€" | "£" | "¥" | "฿" | "US$" | "C$" | "A$" | "₺" | "₹" | "৳" | "₩" | "Mex$" | "₣" | "E£" => "$",
        _ => return None,
    })
}

/// X for capitals, x for other letters, d for digits; a fifth of a kind in a row and more are left out.
fn shape(token: &str) -> String {
    if token.chars().nth(LONG - 1).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(token.len());
    let mut last = None;
    let mut repeated = 0;
    for c in token.chars() {
        let kind = kind(c);
        repeated = if last == Some(kind) { repeated + 1 } else { 0 };
        last = Some(kind);
        if repeated < 4 {
            shape.push(kind);
        }
    }
    shape
}

fn kind(c: char) -> char {
    if is_letter(c) {
        if c.is_uppercase() { 'X' } else { 'x' }
    } else if is_digit(c) {
        'd'
    } else {
        c
    }
}

static LETTER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\p{L}").ok());
static DECIMAL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\p{Nd}").ok());

fn is(class: &LazyLock<Option<Regex>>, c: char) -> bool {
    class.as_ref().is_some_and(|class| class.is_match(c.encode_utf8(&mut [0; 4])))
}

/// A letter by its category: what the standard library calls alphabetic also holds marks and numerals.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && (c < '\u{300}' || is(&LETTER, c))
}

/// A digit as Python understands it: decimal, or a digit in a circle, raised or lowered.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || !c.is_ascii()
            && (is(&DECIMAL, c)
                || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨' | '⑴'..='⑼' | '⒈'..='⒐' | '⓪'
                    | '⓵'..='⓽' | '⓿' | '❶'..='❾' | '➀'..='➈' | '➊'..='➒'))
}

/// Strings that have a fixed number instead of their hash, among those that can be a feature: tags, in capitals,
const TAGS: [(&str, u64); 19] = [
    ("ID", 64),
    ("POS", 74),
    ("TAG", 75),
    ("DEP", 76),
    ("ADJ", 84),
    ("ADP", 85),
    ("ADV", 86),
    ("AUX", 87),
    ("DET", 90),
    ("NUM", 93),
    ("SYM", 99),
    ("X", 101),
    ("EOL", 102),
    ("ORG", 383),
    ("GPE", 384),
    ("LOC", 385),
    ("LAW", 390),
    ("IDX", 455),
    ("_", 456),
];
/// and dependencies, numbered from the first.
const DEPENDENCIES: &str = "acomp advcl advmod agent amod appos attr aux auxpass cc ccomp complm conj cop csubj csubjpass dep det dobj expl hmod \
    hyph infmod intj iobj mark meta neg nmod nn npadvmod nsubj nsubjpass num number oprd obj obl parataxis partmod pcomp \
    pobj poss possessive preconj prep prt punct quantmod relcl rcmod root xcomp acl";
const FIRST_DEPENDENCY: u64 = 398;

/// The number of a string.
fn id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    let tag = || TAGS.iter().find(|(name, _)| *name == text).map(|(_, number)| *number);
    let dependency = || (FIRST_DEPENDENCY..).zip(DEPENDENCIES.split(' ')).find(|(_, name)| *name == text).map(|(number, _)| number);
    let fixed = if text.is_ascii() { tag().or_else(dependency) } else { None };
    fixed.unwrap_or_else(|| hash::of_string(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_strings() {
        for (text, number) in [
            ("le", 13361843836202591494),
            ("Dupont", 6737458780871657176),
            ("xxxx", 13110060611322374290),
            ("aujourd’hui", 17054913366717503704),
            ("X", 101),
            ("agent", 401),
            ("acl", 451),
            ("ORG", 383),
            ("é", 16256712947286012828),
        ] {
            assert_eq!(id(text), number, "{text}");
        }
    }

    #[test]
    fn shapes() {
        for (token, expected) in [
            ("Dupont", "Xxxxx"),
            ("aujourd’hui", "xxxx’xxx"),
            ("LE", "XX"),
            ("12", "dd"),
            ("75011", "dddd"),
            ("n°", "x°"),
            ("A4-b", "Xd-x"),
            ("m²", "xd"),
            ("Ⅷe", "Ⅷx"),
            ("é̀", "x̀"),
        ] {
            assert_eq!(shape(token), expected, "{token}");
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }
}
