//! The most that a call is expected to take, before it is made.

use gouvernail_footprint::ZoneTable;
use serde_json::Value;

use crate::endpoint::Endpoint;
use crate::hosts::Route;
use crate::meter;
use crate::request::Request;

/// Tokens of an answer whose length the caller does not bound.
const ANSWER: u64 = 4096;
/// Bytes of a token, taken low: French has four.
const BYTES: u64 = 2;
/// A string that is longer and has no blank is a picture, a sound or a document.
const TEXT: usize = 4096;
/// Tokens that one is counted for.
const FILE: u64 = 2048;
/// Tokens that a host adds around a piece of a request.
const AROUND: u64 = 4;

/// What is expected.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Expected {
    /// Tokens read.
    pub(crate) input: u64,
    /// Tokens written.
    pub(crate) output: u64,
    /// Electricity. Nothing for the embedded model, which is measured as it works.
    pub(crate) kwh: f64,
}

impl Expected {
    pub(crate) fn of(request: &Request, route: &Route, zones: &ZoneTable) -> Self {
        let file = request.file.as_ref().map_or(0, |_| FILE);
        let input = size(&request.body).saturating_add(file);
        let output = answer(request.endpoint, &request.body).saturating_mul(request.choices as u64);
        Self { input, output, kwh: meter::expected(route, output, zones).unwrap_or(0.0) }
    }
}

/// Tokens that a body has at most.
fn size(body: &Value) -> u64 {
    match body {
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
        Value::String(text) if text.len() > TEXT && !text.contains(' ') => FILE,
        Value::String(text) => (text.len() as u64).div_ceil(BYTES),
        Value::Array(items) => items.iter().map(size).sum::<u64>() + AROUND,
        Value::Object(fields) => fields.values().map(size).sum::<u64>() + AROUND,
    }
}

/// Tokens of one answer, at most.
fn answer(endpoint: Endpoint, body: &Value) -> u64 {
    if matches!(endpoint, Endpoint::Embeddings | Endpoint::Rerank) {
        return 0;
    }
    let bounds = ["max_completion_tokens", "max_tokens", "max_output_tokens"];
    // Hosts differ in which one they go by.
    bounds.iter().filter_map(|field| body.get(field)?.as_u64()).max().unwrap_or(ANSWER)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_body_is_counted_high_and_a_picture_is_not_read_as_text() {
        let short = json!({ "messages": [{ "role": "user", "content": "Bonjour, où en est ma demande ?" }] });
        assert!((16..60).contains(&size(&short)), "{}", size(&short));
        let picture = json!({ "image_url": { "url": format!("data:image/png;base64,{}", "A".repeat(1 << 20)) } });
        assert!(size(&picture) < 3000);
    }

    #[test]
    fn an_answer_is_as_long_as_the_caller_allows() {
        assert_eq!(answer(Endpoint::Chat, &json!({ "max_tokens": 50 })), 50);
        assert_eq!(answer(Endpoint::Chat, &json!({ "max_completion_tokens": 1, "max_tokens": 90 })), 90);
        assert_eq!(answer(Endpoint::Responses, &json!({ "max_output_tokens": 70 })), 70);
        assert_eq!(answer(Endpoint::Chat, &json!({ "max_tokens": null })), ANSWER);
        assert_eq!(answer(Endpoint::Embeddings, &json!({})), 0);
    }
}
