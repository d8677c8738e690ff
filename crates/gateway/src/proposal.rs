//! The tool's conclusion in the words that judgements and decisions use, when its output holds one.

use serde_json::Value;

/// The first of `decisions` that the output gives: as a string in it when it is JSON, else as the whole of it. The spelling is
/// that of `decisions`.
pub(crate) fn proposal<'a>(output: &str, decisions: &'a [String]) -> Option<&'a str> {
    match serde_json::from_str(output) {
        Ok(json) => in_json(&json, decisions),
        Err(_) => named(output, decisions),
    }
}

/// In the order of the document.
fn in_json<'a>(value: &Value, decisions: &'a [String]) -> Option<&'a str> {
    match value {
        Value::String(text) => named(text, decisions),
        Value::Array(items) => items.iter().find_map(|item| in_json(item, decisions)),
        Value::Object(fields) => fields.values().find_map(|field| in_json(field, decisions)),
        _ => None,
    }
}

fn named<'a>(text: &str, decisions: &'a [String]) -> Option<&'a str> {
    let text = folded(text);
    decisions.iter().find(|decision| folded(decision) == text).map(String::as_str)
}

/// Without case, accents, typographic apostrophes and repeated spaces.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        word.chars().flat_map(char::to_lowercase).for_each(|c| match plain(c) {
            Some(letters) => out.push_str(letters),
            None if ('\u{300}'..='\u{36f}').contains(&c) => {}
            None => out.push(c),
        });
    }
    out
}

/// The letters of French, bare.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'â' | 'ä' => "a",
        'ç' => "c",
        'è'..='ë' => "e",
        'î' | 'ï' => "i",
        'ô' | 'ö' => "o",
        'ù' | 'û' | 'ü' => "u",
        'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        '’' => "'",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decisions() -> Vec<String> {
        ["Voirie", "École et petite enfance", "Œuvres sociales"].map(str::to_owned).into()
    }

    #[test]
    fn the_conclusion_is_found_where_a_tool_puts_it() {
        let decisions = decisions();
        for (output, expected) in [
            (r#"{"motif":"un trou","service":"voirie"}"#, Some("Voirie")),
            (r#"{"a":["x",{"b":"ÉCOLE  ET PETITE ENFANCE"}],"service":"Voirie"}"#, Some("École et petite enfance")),
            (r#"{"z":"Voirie","a":"Œuvres sociales"}"#, Some("Voirie")),
            ("\"oeuvres sociales\"", Some("Œuvres sociales")),
            ("  voirie\n", Some("Voirie")),
            ("E\u{301}cole et petite enfance", Some("École et petite enfance")),
            ("Je propose la voirie.", None),
            (r#"{"service":"Mairie"}"#, None),
            (r#"{"voirie":1}"#, None),
            ("", None),
        ] {
            assert_eq!(proposal(output, &decisions), expected, "{output}");
        }
        assert_eq!(proposal("", &[]), None);
    }

    proptest! {
        /// Whatever a host answers, a proposal is one of the words that a person may decide with, and spacing and case are free.
        #[test]
        fn a_proposal_is_a_decision(output in ".{0,40}", which in 0usize..3, shout in any::<bool>(), pad in "[ \n\t]{0,3}") {
            let decisions = decisions();
            let free = proposal(&output, &decisions);
            prop_assert!(free.is_none_or(|found| decisions.iter().any(|decision| decision == found)));
            let said = if shout { decisions[which].to_uppercase() } else { decisions[which].to_lowercase() };
            prop_assert_eq!(proposal(&format!("{pad}{said}{pad}"), &decisions), Some(decisions[which].as_str()));
            let json = serde_json::json!({ "n": 1, "service": said }).to_string();
            prop_assert_eq!(proposal(&json, &decisions), Some(decisions[which].as_str()));
        }
    }
}
