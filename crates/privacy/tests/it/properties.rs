//! What holds for any text and any cutting of it.

use gouvernail_privacy::{AnswerForm, ChunkRestorer, Detector, Label, StreamRestorer, Vault};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::detector as of;

fn detector() -> Detector {
    of(&[
        (Label::Person, "Hélène Le Goff"),
        (Label::Person, "Paul Personne"),
        (Label::Person, "Groß-Œuvré İnès"),
        (Label::BirthDate, "1985-03-07"),
        (Label::Phone, "0612345678"),
        (Label::Address, "38 rue des Lilas, 35000 Rennes"),
        (Label::Address, "Rennes Goff"),
        (Label::Reference, "AB12 Personne 1"),
    ])
}

/// Texts made of pieces that are likely to meet badly.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "Hélène",
        "he\u{301}le\u{300}ne",
        "LE GOFF",
        "H.",
        "Goff",
        "personne",
        "Paul",
        "P. ",
        "Rennes",
        "38 rue des Lilas",
        "GROSS",
        "i\u{307}nès",
        "AB12",
        "1",
        "2",
        "12",
        "06",
        "[PERSONNE_1]",
        "[PERSONNE_1.2]",
        "[TEXTE_1]",
        "[personne 1]",
        "PERSONNE_1",
        "DATE_1",
        "UP",
        "PERSONNE_",
        "[PERSONNE_",
        "[",
        "]",
        "1]",
        ".",
        ".2",
        "_",
        " ",
        "-",
        "\n",
        "\u{a0}",
        "é",
        "😀",
        "\u{202e}",
        "אב",
        "@",
        "a@b.fr",
        "le.goff@x.fr",
        "06 12 34 56 78",
        "0612345678",
        "+33 612 345 678",
        "7 mars 1985",
        "07/03/1985",
        "1985-03-07",
        "T00",
        "2 55 08 14 168 025 38",
        "2 55 08 14 168 025 ",
        "732829320 ",
        "732 829 320 00074",
        "FR14 2004 1010 0505 0001 3M02 606",
        "\\",
        "\\u00e9",
        "\\u0048",
        "\\n",
        "%20",
        "%C3%A9",
        "{\"a\":\"",
        "\"}",
        "\"",
    ];
    let piece =
        prop_oneof![6 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "[0-9 .]{1,12}", 1 => ".{0,6}"];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn pieces(text: &str, cuts: &[usize]) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (chars.len() + 1)).collect();
    cuts.extend([0, chars.len()]);
    cuts.sort_unstable();
    cuts.windows(2).map(|pair| chars[pair[0]..pair[1]].iter().collect()).collect()
}

/// JSON inside strings, at any depth, as it is read.
fn meaning(text: &str) -> Value {
    fn read(value: Value) -> Value {
        match value {
            Value::String(text) => meaning(&text),
            Value::Array(items) => items.into_iter().map(read).collect(),
            Value::Object(fields) => fields.into_iter().map(|(name, field)| (name, read(field))).collect(),
            other => other,
        }
    }
    match serde_json::from_str(text) {
        Ok(value @ (Value::Array(_) | Value::Object(_))) => read(value),
        _ => text.into(),
    }
}

fn value() -> impl Strategy<Value = Value> {
    let keys = [
        "content",
        "text",
        "name",
        "id",
        "arguments",
        "role",
        "image_url",
        "url",
        "messages",
        "index",
        "delta",
        "tool_calls",
        "function",
        "finish_reason",
        "choices",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from)
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        let fields = proptest::collection::vec((proptest::sample::select(keys.to_vec()), inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..5).prop_map(Value::from),
            fields.prop_map(|fields| fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

/// A spelling of "Hélène Le Goff" or of its date, made independently of the crate.
fn spelling() -> impl Strategy<Value = String> {
    let names = [
        "Hélène|Le Goff",
        "Le Goff|Hélène",
        "H.|Le Goff",
        "Le Goff|H.",
        "Hélène",
        "Le Goff",
        "Goff",
        "H|Le Goff",
        "HÉLÈNE|LE GOFF",
    ];
    let dates = ["7|mars|1985", "07|MARS|85", "7|3|1985", "07|03|85", "7|3|85", "1985|03|07"];
    let numbers = ["06|12|34|56|78", "+33|6|12|34|56|78", "0033|6|12|34|56|78", "+33 (0)6|12|34|56|78"];
    let gap = proptest::sample::select(vec![" ", "-", ".", "/", "_", "\u{a0}", "\u{202f}", "  ", "\n", ", ", "%20", "\\n"]);
    let form = proptest::sample::select([&names[..], &dates, &numbers].concat());
    (form, gap, any::<[bool; 5]>()).prop_map(|(form, gap, [upper, lower, plain, apart, escaped])| {
        let mut text = form.replace('|', gap);
        if upper {
            text = text.replace(gap, "|").to_uppercase().replace('|', gap);
        } else if lower {
            text = text.replace(gap, "|").to_lowercase().replace('|', gap);
        }
        for (accented, letter, mark) in [("é", "e", "\u{301}"), ("è", "e", "\u{300}"), ("É", "E", "\u{301}"), ("È", "E", "\u{300}")]
        {
            let code = accented.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect::<String>();
            let decomposed = [letter, mark].concat();
            let written = if plain {
                letter
            } else if apart {
                &decomposed
            } else if escaped {
                &code
            } else {
                accented
            };
            text = text.replace(accented, written);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn restoring_undoes_masking(text in text()) {
        let mut vault = Vault::new();
        // Placeholders of every kind are live, so that a wrong restoration would show.
        detector().mask(&mut vault, "Le Goff, Personne, 7 mars 1985, [DATE_9], a@b.fr");
        let masked = detector().mask(&mut vault, &text);
        prop_assert_eq!(vault.restore(&masked.text), &*text);
        let mut end = 0;
        for span in &masked.spans {
            prop_assert!(span.range.start >= end && text.get(span.range.clone()).is_some_and(|found| !found.is_empty()));
            end = span.range.end;
        }
    }

    #[test]
    fn a_stream_gives_the_same_however_it_is_cut(text in text(), cuts in proptest::collection::vec(any::<usize>(), 0..20)) {
        let mut vault = Vault::new();
        let masked = detector().mask(&mut vault, &text).text;
        for (sent, expected) in [(&masked, text.clone()), (&text, vault.restore(&text))] {
            let mut stream = StreamRestorer::new(&vault);
            let mut out: String = pieces(sent, &cuts).iter().map(|piece| stream.push(piece)).collect();
            out.push_str(&stream.finish());
            prop_assert_eq!(out, expected);
        }
    }

    #[test]
    fn masking_twice_is_masking_once(text in text()) {
        let mut vault = Vault::new();
        let once = detector().mask(&mut vault, &text).text;
        prop_assert_eq!(&detector().mask(&mut vault, &text).text, &once);
        prop_assert_eq!(detector().remask(&mut vault, &once), once);
    }

    #[test]
    fn nothing_known_is_left(text in text()) {
        let mut request = json!({ "messages": [{ "role": "user", "content": text }] });
        detector().mask_request(&mut Vault::new(), &mut request);
        prop_assert!(detector().residual(&request).is_ok(), "{}", request);
        let masked = detector().mask(&mut Vault::new(), &text).text;
        prop_assert!(detector().residual(&Value::from(masked)).is_ok());
    }

    #[test]
    fn every_spelling_is_hidden(spelling in spelling(), around in proptest::sample::select(vec![("", ""), ("(", ")"), ("«\u{a0}", "\u{a0}»"), ("?n=", "&"), ("é ", " é"), ("4 ", ".")])) {
        let masked = detector().mask(&mut Vault::new(), &[around.0, &spelling, around.1].concat()).text;
        let rest = masked.strip_prefix(around.0).and_then(|rest| rest.strip_suffix(around.1)).expect("what is around stays");
        let clear: String = rest.split(['[', ']']).step_by(2).collect();
        let clear = clear.replace("%20", "").replace("\\n", "");
        prop_assert!(!clear.contains(char::is_alphanumeric), "{}: {}", spelling, masked);
    }

    #[test]
    fn a_masked_request_comes_back(content in text(), arguments in text(), cuts in proptest::collection::vec(any::<usize>(), 0..9)) {
        let arguments = json!({ "a": arguments, "b": [arguments, 1] }).to_string();
        let mut request = json!({ "messages": [{ "content": content }, { "tool_calls": [{ "function": { "arguments": arguments } }] }] });
        let mut vault = Vault::new();
        detector().mask_request(&mut vault, &mut request);
        let sent = request["messages"][1]["tool_calls"][0]["function"]["arguments"].as_str().expect("text");
        let mut stream = StreamRestorer::in_json(&vault);
        let mut restored: String = pieces(sent, &cuts).iter().map(|piece| stream.push(piece)).collect();
        restored.push_str(&stream.finish());
        prop_assert!(serde_json::from_str::<Value>(&restored).is_ok());
        prop_assert_eq!(meaning(&restored), meaning(&arguments));
    }

    #[test]
    fn nothing_panics(mut body in value(), mut chunk in value(), noise in ".{0,60}") {
        let mut vault = Vault::new();
        let detector = of(&[(Label::Person, &noise), (Label::BirthDate, &noise), (Label::Nir, &noise), (Label::Phone, "0612345678")]);
        detector.mask(&mut vault, &noise);
        detector.mask_request(&mut vault, &mut body);
        let _ = detector.residual(&body);
        vault.restore_answer(AnswerForm::Json, &mut body);
        let mut restorer = ChunkRestorer::new(&vault, AnswerForm::Text);
        restorer.chunk(&mut chunk);
        restorer.chunk(&mut json!({ "choices": [chunk.clone()] }));
        restorer.chunk(&mut json!({ "choices": [{ "delta": chunk }] }));
        let _ = restorer.finish();
    }
}
