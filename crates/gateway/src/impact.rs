//! What a use took, told in the `usage` of its answer: `cost` in euros, `carbon` as ranges. The words and units are those of the
//! State's Albert API, which La Suite's assistant shows beside each message.

use bytes::{Bytes, BytesMut};
use gouvernail_footprint::{Footprint, Range};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::quotas::Price;
use crate::sse::{self, Splitter};
use crate::tokens::Tokens;
use crate::wire::{self, Peek};

/// What is added: members of a JSON object, without its braces.
pub(crate) struct Impact(String);

impl Impact {
    /// What is known of a use; `None` when nothing is.
    pub(crate) fn of(tokens: Tokens, price: Option<Price>, footprint: Option<&Footprint>) -> Option<Self> {
        let cost = price.map(|price| price.of(tokens.prompt.unwrap_or(0), tokens.output.unwrap_or(0)));
        let cost = cost.map(|cost| format!(r#""cost":{}"#, rounded(cost)));
        let carbon = footprint.map(|footprint| {
            let (energy, carbon) = (range(footprint.energy_kwh), range(footprint.total.gwp_kgco2eq));
            format!(r#""carbon":{{"kWh":{energy},"kgCO2eq":{carbon}}}"#)
        });
        let members: Vec<_> = cost.into_iter().chain(carbon).collect();
        (!members.is_empty()).then(|| Self(members.join(",")))
    }

    /// The same answer with it, and no other byte changed. An answer that counts nothing stays as it is.
    pub(crate) fn in_answer(&self, body: Bytes) -> Bytes {
        let with = std::str::from_utf8(&body).ok().and_then(|text| self.within(text));
        with.map_or(body, Bytes::from)
    }

    /// The same end of a stream with it, wherever an event counts.
    pub(crate) fn in_events(&self, held: Bytes) -> Bytes {
        let (mut splitter, mut out) = (Splitter::default(), BytesMut::with_capacity(held.len() + self.0.len()));
        splitter.push(&held);
        while let Ok(Some(event)) = splitter.next_event() {
            let with = sse::data(&event).and_then(|data| self.within(std::str::from_utf8(&data).ok()?));
            match with {
                Some(json) => out.extend_from_slice(&sse::with_data(&event, &json)),
                None => out.extend_from_slice(&event),
            }
        }
        out.extend_from_slice(&splitter.rest());
        out.freeze()
    }

    fn within(&self, json: &str) -> Option<String> {
        let usage = serde_json::from_str::<Peek>(json).ok()?.usage()?;
        wire::replaced(json, usage, &self.joined(usage)?)
    }

    fn joined(&self, usage: &RawValue) -> Option<String> {
        let inside = usage.get().strip_prefix('{')?.strip_suffix('}')?;
        let comma = if inside.trim().is_empty() { "" } else { "," };
        Some(format!("{{{inside}{comma}{}}}", self.0))
    }
}

fn range(range: Range) -> String {
    format!(r#"{{"min":{},"max":{}}}"#, rounded(range.min), rounded(range.max))
}

/// Three significant digits, as JSON: the figure is no better known than that.
fn rounded(value: f64) -> Value {
    format!("{value:.2e}").parse().unwrap_or(value).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn impact() -> Impact {
        Impact(r#""cost":0.5"#.to_owned())
    }

    #[test]
    fn it_joins_what_was_counted_and_nothing_else_changes() {
        for (before, after) in [
            (r#"{ "n":1.50,"usage" : {"a":1 } ,"x":"{"}"#, r#"{ "n":1.50,"usage" : {"a":1 ,"cost":0.5} ,"x":"{"}"#),
            (r#"{"usage":{}}"#, r#"{"usage":{"cost":0.5}}"#),
            (
                r#"{"type":"response.completed","response":{"usage":{"a":1}}}"#,
                r#"{"type":"response.completed","response":{"usage":{"a":1,"cost":0.5}}}"#,
            ),
            (r#"{"usage":null}"#, r#"{"usage":null}"#),
            (r#"{"usage":[1]}"#, r#"{"usage":[1]}"#),
            (r#"{"choices":[]}"#, r#"{"choices":[]}"#),
            ("oops", "oops"),
        ] {
            assert_eq!(impact().in_answer(Bytes::from(before)), after);
        }
    }

    #[test]
    fn the_end_of_a_stream_tells_it_where_it_counts() {
        let held = ": hi\n\nid: 7\ndata: {\"choices\":[],\"usage\":{\"a\":1}}\r\n\r\ndata: [DONE]\n\nrest";
        let told = ": hi\n\nid: 7\ndata: {\"choices\":[],\"usage\":{\"a\":1,\"cost\":0.5}}\r\n\r\ndata: [DONE]\n\nrest";
        assert_eq!(impact().in_events(Bytes::from(held)), told);
    }

    #[test]
    fn what_is_not_known_is_not_told() {
        let tokens = Tokens { prompt: Some(1000), output: Some(500), estimated: false };
        assert!(Impact::of(tokens, None, None).is_none());
        let price = Price { input: 0.123_456, output: 2.0 };
        assert_eq!(Impact::of(tokens, Some(price), None).unwrap().0, r#""cost":0.00112"#);
    }
}
