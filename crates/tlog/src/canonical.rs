//! Canonical JSON (RFC 8785) in one pass: fields by the UTF-16 of their names, numbers as ECMAScript writes them, strings with
//! the fewest escapes.
//!
//! Every call commits to a record, so this is among what a call costs; a test holds it to another implementation, byte for byte.

use serde_json::{Map, Number, Value};

use crate::entry::EntryError;

/// Largest integer that RFC 8785 writes exactly: 2^53 − 1 (RFC 7493 §2.2).
const MAX_EXACT: f64 = 9_007_199_254_740_991.0;

/// Adds the one spelling of `value` to `out`.
///
/// Refuses numbers that would be rounded, because two records must never share a commitment; fractions too, because canonical
/// JSON writes large ones as whole numbers.
pub(crate) fn write(value: &Value, out: &mut Vec<u8>) -> Result<(), EntryError> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(number, out)?,
        Value::String(text) => write_text(text, out)?,
        Value::Array(items) => write_items(items, out)?,
        Value::Object(fields) => write_fields(fields, out)?,
    }
    Ok(())
}

fn write_number(number: &Number, out: &mut Vec<u8>) -> Result<(), EntryError> {
    let size = number.as_f64().filter(|size| size.abs() <= MAX_EXACT);
    let size = size.ok_or_else(|| EntryError::Number(number.to_string()))?;
    // Whole numbers of this size are exact, and ECMAScript writes all their digits.
    match number.as_i64() {
        Some(whole) => out.extend_from_slice(whole.to_string().as_bytes()),
        None => out.extend_from_slice(ryu_js::Buffer::new().format_finite(size).as_bytes()),
    }
    Ok(())
}

/// The escapes of `serde_json` are those of the standard.
fn write_text(text: &str, out: &mut Vec<u8>) -> Result<(), EntryError> {
    serde_json::to_writer(out, text).map_err(|error| EntryError::NotCanonical(error.to_string()))
}

fn write_items(items: &[Value], out: &mut Vec<u8>) -> Result<(), EntryError> {
    out.push(b'[');
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write(item, out)?;
    }
    out.push(b']');
    Ok(())
}

fn write_fields(fields: &Map<String, Value>, out: &mut Vec<u8>) -> Result<(), EntryError> {
    let mut sorted: Vec<(&String, &Value)> = fields.iter().collect();
    // The bytes of UTF-8 sort like UTF-16 below the surrogates, which plain names never reach.
    if sorted.iter().all(|(name, _)| name.is_ascii()) {
        sorted.sort_unstable_by_key(|(name, _)| *name);
    } else {
        sorted.sort_unstable_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    }
    out.push(b'{');
    for (place, (name, value)) in sorted.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write_text(name, out)?;
        out.push(b':');
        write(value, out)?;
    }
    out.push(b'}');
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn written(value: &Value) -> Result<String, EntryError> {
        let mut out = Vec::new();
        write(value, &mut out).map(|()| String::from_utf8(out).unwrap())
    }

    /// Of any depth, with names and texts of every alphabet and numbers of every kind.
    fn value() -> impl Strategy<Value = Value> {
        let number = prop_oneof![
            any::<i32>().prop_map(Value::from),
            (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
            any::<f64>().prop_filter("rounded", |n| n.abs() <= MAX_EXACT).prop_map(Value::from),
            (-1e9..1e9_f64).prop_map(Value::from),
        ];
        let leaf =
            prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), number, any::<String>().prop_map(Value::from)];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn fields_are_in_the_order_of_utf_16_and_numbers_as_ecmascript_writes_them() {
        // The example of RFC 8785 §3.2.3, whose order is not that of UTF-8.
        let value = json!({ "\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7 });
        assert_eq!(written(&value).unwrap(), "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}");
        assert_eq!(
            written(&json!([1.0, -0.0, 1e-7, 0.000_001, 4.50, 333_333_333.333_333_3])).unwrap(),
            "[1,0,1e-7,0.000001,4.5,333333333.3333333]"
        );
        assert!(matches!(written(&json!([9_007_199_254_740_992_u64])), Err(EntryError::Number(_))));
        assert!(matches!(written(&json!({ "a": -1e16 })), Err(EntryError::Number(_))));
    }

    proptest! {
        #[test]
        fn another_implementation_writes_the_same_bytes(value in value()) {
            let other = serde_json_canonicalizer::to_vec(&value).unwrap();
            prop_assert_eq!(written(&value).unwrap(), String::from_utf8(other).unwrap());
        }
    }
}
