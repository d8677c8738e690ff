//! A body in the spelling of whoever wrote it: spaces, escapes, numbers and order stay, and only what had to change is written
//! anew.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use serde_json::{Map, Number, Value};

/// A number this long may name a person. It is sent as it was read, since that is what was looked at for personal data.
const LONG: usize = 8;

/// `value`, spelled as in `text`: the JSON that it was read from, before some of it was changed.
pub(crate) fn written(text: &Bytes, value: &Value) -> Bytes {
    let mut spelling = Spelling { text, at: 0, changes: Vec::new() };
    spelling.space();
    match spelling.value(value) {
        Some(()) if spelling.changes.is_empty() => text.clone(),
        Some(()) => spelling.changed(),
        None => Bytes::from(value.to_string()),
    }
}

/// A walk through the text and what it has become, side by side. It gives up (`None`) where one cannot have come from the other.
struct Spelling<'a> {
    text: &'a [u8],
    at: usize,
    /// What is replaced, in order, and by what.
    changes: Vec<(Range<usize>, String)>,
}

impl Spelling<'_> {
    fn value(&mut self, value: &Value) -> Option<()> {
        let start = self.at;
        match (self.byte()?, value) {
            (b'{', Value::Object(fields)) => self.object(fields),
            (b'[', Value::Array(items)) => self.array(items),
            _ => {
                self.skip()?;
                if !says(&self.text[start..self.at], value) {
                    self.changes.push((start..self.at, value.to_string()));
                }
                Some(())
            }
        }
    }

    /// Fields come in the order of the text, less those that were taken out; then those that were added. Of a name that comes
    /// twice the first place stays, with the last value.
    fn object(&mut self, fields: &Map<String, Value>) -> Option<()> {
        let mut fields = fields.iter().peekable();
        let mut kept = false;
        self.at += 1;
        let mut from = self.at;
        self.space();
        while self.byte()? != b'}' {
            let name = self.name()?;
            let field = fields.next_if(|(field, _)| says_text(&self.text[name], field));
            match field {
                Some((_, value)) => self.value(value)?,
                None => self.skip()?,
            }
            self.space();
            if field.is_none() {
                // With the comma before it, or else the one after it.
                let end = self.at + usize::from(!kept && self.byte()? == b',');
                self.changes.push((from - usize::from(kept)..end, String::new()));
            }
            kept |= field.is_some();
            from = self.comma()?;
        }
        let mut added = String::new();
        for (name, value) in fields {
            let comma = if kept || !added.is_empty() { "," } else { "" };
            added.push_str(&format!("{comma}{}:{value}", Value::from(name.as_str())));
        }
        if !added.is_empty() {
            self.changes.push((self.at..self.at, added));
        }
        self.at += 1;
        Some(())
    }

    /// Lists keep their length.
    fn array(&mut self, items: &[Value]) -> Option<()> {
        let mut items = items.iter();
        self.at += 1;
        self.space();
        while self.byte()? != b']' {
            self.value(items.next()?)?;
            self.space();
            self.comma()?;
        }
        self.at += 1;
        items.next().is_none().then_some(())
    }

    /// Goes past the name of a field and its colon, and gives where the name is.
    fn name(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        self.string()?;
        let name = start..self.at;
        self.space();
        self.at += 1;
        self.space();
        Some(name)
    }

    /// Goes past a comma, if there is one, and gives where what follows it begins.
    fn comma(&mut self) -> Option<usize> {
        self.at += usize::from(self.byte()? == b',');
        let from = self.at;
        self.space();
        Some(from)
    }

    /// Goes past one value.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.byte()? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                _ => self.word(),
            }
            if depth == 0 {
                return Some(());
            }
            while matches!(self.byte()?, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':') {
                self.at += 1;
            }
        }
    }

    /// Goes past a number, `true`, `false` or `null`.
    fn word(&mut self) {
        let rest = &self.text[self.at..];
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b",:]}".contains(byte);
        self.at += rest.iter().position(ends).unwrap_or(rest.len());
    }

    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            self.at += self.text.get(self.at..)?.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            if self.text[self.at] == b'"' {
                self.at += 1;
                return Some(());
            }
            self.at += 2;
        }
    }

    fn space(&mut self) {
        while self.byte().is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn changed(&self) -> Bytes {
        let added = self.changes.iter().map(|(_, new)| new.len()).sum::<usize>();
        let (mut out, mut done) = (BytesMut::with_capacity(self.text.len() + added), 0);
        for (old, new) in &self.changes {
            out.extend_from_slice(&self.text[done..old.start]);
            out.extend_from_slice(new.as_bytes());
            done = old.end;
        }
        out.extend_from_slice(&self.text[done..]);
        out.freeze()
    }
}

/// Whether a token says this value.
fn says(token: &[u8], value: &Value) -> bool {
    match value {
        Value::String(text) => says_text(token, text),
        Value::Number(number) if token.len() < LONG => serde_json::from_slice::<Number>(token).is_ok_and(|said| said == *number),
        Value::Array(_) | Value::Object(_) => false,
        value => token == value.to_string().as_bytes(),
    }
}

fn says_text(token: &[u8], text: &str) -> bool {
    match token {
        [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => inner == text.as_bytes(),
        token => serde_json::from_slice::<String>(token).is_ok_and(|said| said == text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn spelled(asked: &str, value: &Value) -> String {
        String::from_utf8(written(&Bytes::from(asked.to_owned()), value).to_vec()).unwrap()
    }

    #[test]
    fn only_what_changed_is_written_anew() {
        let asked =
            r#" { "z" : 1.50,"user":"a" , "m":"\u00e9\/", "l":[ 1e2,-0.0, {"t":"L\u00e9a", "u":null} ],"user":"b","n":true }"#;
        let read: Value = serde_json::from_str(asked).unwrap();
        assert_eq!(spelled(asked, &read).matches("user").count(), 1, "of a name that comes twice one place stays");
        let mut sent = read;
        sent.as_object_mut().unwrap().shift_remove("user");
        sent["l"][2]["t"] = "[P]".into();
        sent["n"] = false.into();
        sent["o"] = json!({ "p": 1 });
        let expected = r#" { "z" : 1.50, "m":"\u00e9\/", "l":[ 1e2,-0.0, {"t":"[P]", "u":null} ],"n":false ,"o":{"p":1}}"#;
        assert_eq!(spelled(asked, &sent), expected);
    }

    #[test]
    fn what_is_taken_out_leaves_no_comma() {
        for (asked, sent, expected) in [
            (r#"{"a":1,"b":2,"c":3}"#, json!({ "b": 2 }), r#"{"b":2}"#),
            (r#"{ "a":{"x":[1,"]}"]} , "b":2 }"#, json!({ "b": 2 }), r#"{ "b":2 }"#),
            (r#"{"a":1, "b":2}"#, json!({}), "{}"),
            (r#"{ }"#, json!({ "a": 1, "b": "\n" }), r#"{ "a":1,"b":"\n"}"#),
            (r#"{"a":1,"b":2}"#, json!({ "c": 3 }), r#"{"c":3}"#),
            (r#"{"a":1,"b":2}"#, json!({ "b": 2, "a": 1 }), r#"{"b":2,"a":1}"#),
            (r#"{"a":[1,2]}"#, json!({ "a": [1] }), r#"{"a":[1]}"#),
            (r#"{"a":[1]}"#, json!({ "a": [1, 2] }), r#"{"a":[1,2]}"#),
        ] {
            assert_eq!(spelled(asked, &sent), expected, "{asked}");
        }
    }

    #[test]
    fn a_long_number_is_sent_as_it_was_looked_at() {
        let asked = r#"{"a":185017512345678000000000,"b":1850175.0000,"c":0.700,"d":18501751234567}"#;
        let read = serde_json::from_str(asked).unwrap();
        assert_eq!(spelled(asked, &read), r#"{"a":1.85017512345678e+23,"b":1850175.0,"c":0.700,"d":18501751234567}"#);
    }

    /// Any JSON, of few names so that they meet.
    fn any_json() -> impl Strategy<Value = Value> {
        let word = prop_oneof![Just("a".to_owned()), Just("b\"".to_owned()), Just("é\n".to_owned()), "[{}\\[\\],:\\\\ ]{0,4}"];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e6..1e6).prop_map(Value::from),
            word.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::vec((word.clone(), inner), 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    /// The same, with the escapes and spaces that JSON allows.
    fn otherwise(value: &Value) -> String {
        let pretty = serde_json::to_string_pretty(value).unwrap();
        pretty.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", c as u32) }).collect()
    }

    proptest! {
        #[test]
        fn what_is_written_says_what_it_became(asked in any_json(), sent in any_json()) {
            for text in [asked.to_string(), otherwise(&asked)] {
                let read: Value = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(&spelled(&text, &read), &text);
                let written = spelled(&text, &sent);
                prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), sent.clone(), "{}", written);
            }
        }

        #[test]
        fn so_does_what_lost_and_gained_fields(asked in any_json(), lost in any::<u8>(), gained in any_json()) {
            let Value::Object(mut fields) = asked.clone() else { return Ok(()) };
            let names: Vec<String> = fields.keys().cloned().collect();
            names.iter().enumerate().filter(|(n, _)| lost >> (n % 8) & 1 == 1).for_each(|(_, name)| drop(fields.shift_remove(name)));
            fields.insert("gained".to_owned(), gained);
            let sent = Value::Object(fields);
            let written = spelled(&otherwise(&asked), &sent);
            prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), sent, "{}", written);
        }
    }
}
