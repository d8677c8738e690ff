//! Words, blanks and lines.

use crate::Lang;
use crate::font::{Face, Fonts};

const NO_BREAK: char = '\u{a0}';

/// What follows a number without a break: months, hours and units, in both languages.
const AFTER_NUMBER: [&str; 33] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "h",
    "min",
    "Wh",
    "kWh",
    "g",
    "kg",
    "euros",
    "a.m.",
    "p.m.",
];

/// Blanks to one space, control signs out. What belongs together does not break: the groups of a telephone number, a date, an
/// hour, a number and its unit and, in French, high punctuation and the word that it follows.
pub(crate) fn clean(text: &str, lang: Lang) -> String {
    let text: String = text.chars().map(|c| if c.is_control() || breaks(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let mut out = String::with_capacity(text.len());
    for (place, word) in words.iter().enumerate() {
        if place > 0 {
            out.push(if together(words[place - 1], word, lang) { NO_BREAK } else { ' ' });
        }
        out.push_str(word);
    }
    out
}

/// Whether two words stay on one line.
fn together(before: &str, after: &str, lang: Lang) -> bool {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let core = |word: &str| word.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '.' | '(' | ')')).to_owned();
    let (first, second) = (core(before), core(after));
    let closed = before.ends_with([',', ';', ':', '.', ')']);
    let french = before.ends_with('«') || after.starts_with([':', ';', '!', '?', '»', '%', '€']);
    let counted = is_number(&first)
        && (is_number(&second) || AFTER_NUMBER.contains(&second.trim_end_matches('.')) || AFTER_NUMBER.contains(&second.as_str()));
    // The year after its month, the minutes after their hour.
    let continued = AFTER_NUMBER.contains(&first.as_str()) && is_number(&second);
    !closed && (counted || continued) || lang == Lang::Fr && french
}

fn breaks(sign: char) -> bool {
    sign.is_whitespace() && !matches!(sign, NO_BREAK | '\u{202f}')
}

/// Greedy lines no wider than `width` points. Every line but the last ends with the blank where it broke,
/// so that words stay apart for those who read the file by ear. A word wider than the line is cut.
pub(crate) fn lines(fonts: &Fonts, face: Face, size: f32, width: f32, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fonts.width(face, size, &longer) <= width {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(format!("{line} "));
        }
        line = cut(fonts, face, size, width, word, &mut lines);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

// Pushes full lines of a too wide word, and returns what is left of it.
fn cut(fonts: &Fonts, face: Face, size: f32, width: f32, word: &str, lines: &mut Vec<String>) -> String {
    let mut rest = String::new();
    for sign in word.chars() {
        rest.push(sign);
        if fonts.width(face, size, &rest) > width && rest.chars().count() > 1 {
            rest.pop();
            lines.push(std::mem::replace(&mut rest, sign.to_string()));
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn french_blanks_do_not_break() {
        assert_eq!(clean("l’outil «  Tri » :\n prêt ?", Lang::Fr), "l’outil «\u{a0}Tri\u{a0}»\u{a0}: prêt\u{a0}?");
        assert_eq!(clean(" a \t b ", Lang::En), "a b");
    }

    #[test]
    fn numbers_and_dates_do_not_break() {
        for (text, lang, held) in [
            ("Appelez le 01 99 00 12 34 (de 9 h à 17 h).", Lang::Fr, "Appelez le 01~99~00~12~34 (de 9~h à 17~h)."),
            ("le 1er mai 2027, à 10 h 42", Lang::Fr, "le 1er~mai~2027, à 10~h~42"),
            ("jusqu’au 24 janvier 2027.", Lang::Fr, "jusqu’au 24~janvier~2027."),
            ("en 2026. 3 fois, 12 %", Lang::Fr, "en 2026. 3 fois, 12~%"),
            ("until 24 January 2027; call 01 99 00", Lang::En, "until 24~January~2027; call 01~99~00"),
        ] {
            assert_eq!(clean(text, lang), held.replace('~', "\u{a0}"));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn lines_fit_and_lose_nothing(text in "[a-zé]{1,30}( [a-zé]{1,30}){0,30}", width in 60.0..400.0_f32) {
            let fonts = Fonts::load().unwrap();
            let lines = lines(&fonts, Face::Regular, 10.0, width, &text);
            for line in &lines {
                prop_assert!(fonts.width(Face::Regular, 10.0, line.trim_end()) <= width);
            }
            prop_assert_eq!(lines.concat(), text);
        }
    }
}
