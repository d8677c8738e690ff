//! What each endpoint asks of its fields, before anything else is looked at.

use serde_json::{Map, Value};

use super::bad;
use crate::endpoint::Endpoint;
use crate::error::GatewayError;

/// What a host would keep or fetch by itself: what is kept there cannot be hidden, nor erased with its case.
const KEPT_THERE: [(&str, &str); 4] = [
    (
        "previous_response_id",
        "`previous_response_id` asks the host to remember; nothing is kept there: send the whole conversation in `input`",
    ),
    ("conversation", "`conversation` asks the host to remember; nothing is kept there: send the whole conversation in `input`"),
    ("prompt", "`prompt` names a text that the host keeps and that cannot be looked at; write it in `instructions` and `input`"),
    ("background", "`background` asks the host to work on its own; ask for a stream instead"),
];

/// What bounds an answer, and what quotas count before it. One host reads 2.0 as two and another as a mistake: neither is sent it.
const COUNTED: [&str; 3] = ["max_completion_tokens", "max_tokens", "max_output_tokens"];
/// Most answers to one request (OpenAI API reference, "Create chat completion", `n`).
const CHOICES: u64 = 128;

/// Refuses what cannot be understood, or looked at for personal data; tells the host to keep nothing.
pub(super) fn check(endpoint: Endpoint, fields: &mut Map<String, Value>) -> Result<(), GatewayError> {
    match endpoint {
        Endpoint::Chat => messages(fields),
        Endpoint::Responses => response(fields),
        Endpoint::Embeddings => texts(fields),
        Endpoint::Rerank => documents(fields),
        Endpoint::Transcriptions => Ok(()),
    }
}

/// How many answers are asked for; refuses numbers that are not whole where an answer is bounded or counted by them.
pub(super) fn counted(fields: &Map<String, Value>) -> Result<usize, GatewayError> {
    let vague = |field: &&str| matches!(fields.get(*field), Some(value) if !(value.is_null() || value.is_i64() || value.is_u64()));
    if let Some(field) = COUNTED.into_iter().find(vague) {
        return Err(bad(Some(field), &format!("`{field}` must be a whole number, written without a point or an exponent")));
    }
    match fields.get("n") {
        None | Some(Value::Null) => Ok(1),
        Some(n) => {
            let n = n.as_u64().filter(|n| (1..=CHOICES).contains(n)).and_then(|n| usize::try_from(n).ok());
            n.ok_or_else(|| bad(Some("n"), &format!("`n` must be a whole number from 1 to {CHOICES}")))
        }
    }
}

fn messages(fields: &Map<String, Value>) -> Result<(), GatewayError> {
    let list = fields.get("messages").is_some_and(Value::is_array);
    list.then_some(()).ok_or_else(|| bad(Some("messages"), "`messages` must be a list of messages"))
}

fn response(fields: &mut Map<String, Value>) -> Result<(), GatewayError> {
    if let Some((field, why)) = KEPT_THERE.iter().find(|(field, _)| asks(fields.get(*field))) {
        return Err(bad(Some(field), why));
    }
    if !matches!(fields.get("input"), Some(Value::String(_) | Value::Array(_))) {
        return Err(bad(Some("input"), "`input` must be a text or a list of items"));
    }
    fields.insert("store".to_owned(), false.into());
    Ok(())
}

/// Whether a field asks for something: absent, null and false do not.
fn asks(field: Option<&Value>) -> bool {
    !matches!(field, None | Some(Value::Null | Value::Bool(false)))
}

fn texts(fields: &Map<String, Value>) -> Result<(), GatewayError> {
    let readable = match fields.get("input") {
        Some(Value::String(_)) => true,
        Some(Value::Array(texts)) => texts.iter().all(Value::is_string),
        _ => false,
    };
    let why = "`input` must be a text or a list of texts; numbers of tokens cannot be looked at for personal data";
    readable.then_some(()).ok_or_else(|| bad(Some("input"), why))
}

fn documents(fields: &Map<String, Value>) -> Result<(), GatewayError> {
    if !fields.get("query").is_some_and(Value::is_string) {
        return Err(bad(Some("query"), "`query` must be a text"));
    }
    let list = fields.get("documents").is_some_and(Value::is_array);
    list.then_some(()).ok_or_else(|| bad(Some("documents"), "`documents` must be a list of texts"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn checked(endpoint: Endpoint, body: Value) -> Result<Value, String> {
        let Value::Object(mut fields) = body else { panic!("{body}") };
        check(endpoint, &mut fields).map_err(|error| error.to_string())?;
        Ok(Value::Object(fields))
    }

    #[test]
    fn nothing_is_kept_at_the_host() {
        for (field, value) in [
            ("previous_response_id", json!("r")),
            ("conversation", json!({})),
            ("prompt", json!({ "id": "p" })),
            ("background", json!(true)),
        ] {
            let error = checked(Endpoint::Responses, json!({ "input": "x", field: value })).unwrap_err();
            assert!(error.contains(&format!("`{field}`")), "{error}");
        }
        let sent =
            checked(Endpoint::Responses, json!({ "input": [], "store": true, "background": false, "prompt": null })).unwrap();
        assert_eq!(sent["store"], false);
    }

    #[test]
    fn answers_are_counted_in_whole_numbers() {
        let of = |body: Value| counted(body.as_object().unwrap()).map_err(|error| error.to_string());
        assert_eq!(of(json!({})), Ok(1));
        assert_eq!(of(json!({ "n": null, "max_tokens": null, "max_output_tokens": 0, "max_completion_tokens": -1 })), Ok(1));
        assert_eq!(of(json!({ "n": 128, "max_tokens": u64::MAX })), Ok(128));
        for n in [json!(0), json!(-1), json!(2.0), json!(129), json!(1e300), json!("2"), json!(true)] {
            assert!(of(json!({ "n": n })).unwrap_err().contains("`n`"), "{n}");
        }
        for field in COUNTED {
            for bound in [json!(1e3), json!(1e300), json!("9"), json!([9]), json!(false)] {
                assert!(of(json!({ field: bound })).unwrap_err().contains(field), "{field}: {bound}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (endpoint, body, field) in [
            (Endpoint::Responses, json!({ "input": 3 }), "input"),
            (Endpoint::Embeddings, json!({ "input": [[1, 2]] }), "tokens"),
            (Endpoint::Embeddings, json!({ "input": [1, 2] }), "tokens"),
            (Endpoint::Embeddings, json!({}), "input"),
            (Endpoint::Rerank, json!({ "query": "x" }), "documents"),
            (Endpoint::Rerank, json!({ "documents": [] }), "query"),
            (Endpoint::Chat, json!({ "messages": "x" }), "messages"),
        ] {
            let error = checked(endpoint, body.clone()).unwrap_err();
            assert!(error.contains(field), "{body}: {error}");
        }
        assert!(checked(Endpoint::Embeddings, json!({ "input": ["a", "b"] })).is_ok());
    }
}
