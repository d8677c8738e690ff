//! JSON inside a string: arguments and results of tools.

use serde::de::IgnoredAny;

/// Gives each string and each number of the JSON that `text` holds to `visit`, at any depth and in JSON inside that JSON,
/// or `text` itself when it holds none. Only what `visit` changes is rewritten, and a number that changes becomes a string:
/// order, spaces and the digits of other numbers stay. An escape hides nothing, and none is broken.
pub(crate) fn edit(text: &str, visit: &mut dyn FnMut(&str) -> String) -> String {
    match edit_json(text, visit) {
        Some(edited) => edited,
        None => visit(text),
    }
}

/// `None` when `text` is no JSON object or array, or one that cannot be read (too deep, half a surrogate pair).
fn edit_json(text: &str, visit: &mut dyn FnMut(&str) -> String) -> Option<String> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let tokens = tokens(text)?;
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (start, token, meant) in tokens {
        let edited = edit(&meant, visit);
        if edited != meant {
            out.push_str(&text[done..start]);
            out.push_str(&serde_json::Value::from(edited).to_string());
            done = start + token.len();
        }
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// Strings and numbers of valid JSON: where each begins, how it is written, what it means.
fn tokens(json: &str) -> Option<Vec<(usize, &str, String)>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(found) = json[at..].find(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
        at += found;
        let rest = &json[at..];
        let quoted = rest.starts_with('"');
        let token = &rest[..if quoted { string_length(rest)? } else { number_length(rest) }];
        let meant = if quoted { serde_json::from_str(token).ok()? } else { token.to_owned() };
        tokens.push((at, token, meant));
        at += token.len();
    }
    Some(tokens)
}

fn string_length(quoted: &str) -> Option<usize> {
    let mut bytes = quoted.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some(at + 1),
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
    None
}

fn number_length(number: &str) -> usize {
    number.find(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c))).unwrap_or(number.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str) -> String {
        edit(text, &mut |part| part.replace("Léa", "[P]").replace("1850375123001", "[N]"))
    }

    #[test]
    fn only_what_changes_is_rewritten() {
        for (text, expected) in [
            (
                r#"{ "b": "L\u00e9a \"x\"", "a": 1.00, "n": 123456789012345678901234567890 }"#,
                r#"{ "b": "[P] \"x\"", "a": 1.00, "n": 123456789012345678901234567890 }"#,
            ),
            (r#"{"L\u00e9a":[1850375123001,-1]}"#, r#"{"[P]":["[N]",-1]}"#),
            (r#"{"in":"{\"nom\":\"L\\u00e9a\"}"}"#, r#"{"in":"{\"nom\":\"[P]\"}"}"#),
            ("Léa", "[P]"),
            ("[Léa] {", "[[P]] {"),
            (r#"{"a":"Léa \ud800"}"#, r#"{"a":"[P] \ud800"}"#),
            ("", ""),
        ] {
            assert_eq!(edited(text), expected);
        }
        let deep = "[".repeat(1000) + "\"Léa\"" + &"]".repeat(1000);
        assert_eq!(edited(&deep), deep.replace("Léa", "[P]"));
    }
}
