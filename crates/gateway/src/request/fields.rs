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
