//! Words, blanks and lines.

use crate::Lang;
use crate::font::{Face, Fonts};

const NO_BREAK: char = '\u{a0}';

/// Blanks to one space, control signs out; in French, the blank beside high punctuation does not break.
pub(crate) fn clean(text: &str, lang: Lang) -> String {
    let text: String = text.chars().map(|c| if c.is_control() || breaks(c) { ' ' } else { c }).collect();
    let text = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if lang == Lang::En {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let next_is_high = signs.peek().is_some_and(|next| matches!(next, ':' | ';' | '!' | '?' | '»' | '%' | '€'));
        let after_opening = out.ends_with('«');
        out.push(if sign == ' ' && (next_is_high || after_opening) { NO_BREAK } else { sign });
    }
    out
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
