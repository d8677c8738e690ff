//! A streamed answer on its way to the caller: restored where something was hidden, untouched byte for byte elsewhere, its end
//! held back until it may be given.

use std::borrow::Cow;

use bytes::{Bytes, BytesMut};
use serde_json::Value;

use crate::restoring::Restoring;
use crate::said::Said;
use crate::sse::{self, Splitter};
use crate::wire::{self, Peek};

/// What a stream needs to be relayed.
pub(crate) struct Terms {
    /// Undoes the masking; `None` when nothing was hidden.
    pub(crate) restorer: Option<Restoring>,
    /// The caller's name of the model, as a JSON string.
    pub(crate) model: String,
    /// How many answers were asked for.
    pub(crate) choices: usize,
    /// Whether the chunk of usage was asked for by us alone.
    pub(crate) hide_usage: bool,
    /// Most bytes taken from the host.
    pub(crate) max: usize,
}

/// Bytes of the host in, bytes for the caller out.
pub(crate) struct Relay {
    terms: Terms,
    splitter: Splitter,
    said: Said,
    held: BytesMut,
    received: usize,
    stage: Stage,
    failed: bool,
    /// Whether the event after which nothing is said was seen.
    ended: bool,
}

/// Where a stream stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Text is coming.
    Speaking,
    /// Every answer has ended, or the host reported a failure: what comes now ends the stream, and is held.
    Closing,
    /// `[DONE]` was seen.
    Done,
}

/// A stream that ended by itself.
pub(crate) struct Closed {
    /// Its last bytes, not given yet.
    pub(crate) held: Bytes,
    pub(crate) said: Said,
    pub(crate) how: Close,
}

/// How a stream ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Close {
    /// The host ended every answer.
    Complete,
    /// The host reported a failure, which is in what is held.
    Failed,
    /// The stream stopped in the middle of an answer.
    Short,
}

impl Relay {
    pub(crate) fn new(terms: Terms) -> Self {
        let (said, held) = (Said::default(), BytesMut::new());
        Self { terms, splitter: Splitter::default(), said, held, received: 0, stage: Stage::Speaking, failed: false, ended: false }
    }

    /// Takes a piece; gives what may go on now. An error says in what the host is at fault.
    pub(crate) fn push(&mut self, piece: &[u8]) -> Result<Bytes, String> {
        self.received += piece.len();
        if self.received > self.terms.max {
            return Err(format!("its answer is over {} bytes", self.terms.max));
        }
        self.splitter.push(piece);
        let mut now = BytesMut::new();
        while !self.done() {
            match self.splitter.next_event() {
                Ok(Some(event)) => self.event(&event, &mut now),
                Ok(None) => break,
                Err(error) => return Err(error.to_string()),
            }
        }
        Ok(now.freeze())
    }

    /// True once nothing more is to be expected.
    pub(crate) fn done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// What was said so far, of a stream that was cut.
    pub(crate) fn into_said(self) -> Said {
        self.said
    }

    /// The host has closed the stream, or said `[DONE]`.
    pub(crate) fn close(mut self) -> Closed {
        let rest = std::mem::take(&mut self.splitter).rest();
        // What was not given yet is held now, whatever it is.
        let mut held = BytesMut::new();
        if !self.done() && !rest.trim_ascii().is_empty() {
            self.event(&rest, &mut held);
        }
        self.last_words();
        held.extend_from_slice(&self.held);
        let ended = self.ended || self.said.finished() >= self.terms.choices;
        let how = match (self.failed, ended) {
            (true, _) => Close::Failed,
            (false, true) => Close::Complete,
            (false, false) => Close::Short,
        };
        Closed { held: held.freeze(), said: self.said, how }
    }

    fn event(&mut self, event: &[u8], now: &mut BytesMut) {
        let out = match sse::data(event) {
            None => Some(Cow::Borrowed(event)),
            Some(data) if data.trim_ascii() == b"[DONE]" => {
                self.last_words();
                self.stage = Stage::Done;
                self.ended = true;
                Some(Cow::Borrowed(event))
            }
            Some(data) => self.chunk(event, &data, now),
        };
        if let Some(out) = out {
            let to = if self.stage == Stage::Speaking { now } else { &mut self.held };
            to.extend_from_slice(&out);
        }
    }

    /// One chunk or event, restored; `None` when it is not for the caller. What goes before it goes to `now`.
    fn chunk<'a>(&mut self, event: &'a [u8], data: &[u8], now: &mut BytesMut) -> Option<Cow<'a, [u8]>> {
        let Ok(json) = std::str::from_utf8(data) else {
            self.said.hear_strange(&String::from_utf8_lossy(data));
            return Some(Cow::Borrowed(event));
        };
        let restored = self.restored(json, now);
        let current = restored.as_deref().unwrap_or(json);
        let peek = self.hear(current);
        let hidden = self.terms.hide_usage && peek.is_usage_alone();
        self.failed |= peek.failed();
        self.ended |= peek.ends();
        if self.failed || self.ended || self.said.finished() >= self.terms.choices {
            self.stage = Stage::Closing;
        }
        if hidden {
            return None;
        }
        let renamed = wire::renamed(current, peek.model(), &self.terms.model);
        match renamed.or(restored) {
            Some(json) => Some(Cow::Owned(sse::with_data(event, &json))),
            None => Some(Cow::Borrowed(event)),
        }
    }

    /// What is not a chunk passes as it came, and is recorded as it came.
    fn hear<'a>(&mut self, json: &'a str) -> Peek<'a> {
        match serde_json::from_str(json) {
            Ok(peek) => {
                self.said.hear(&peek);
                peek
            }
            Err(_) => {
                self.said.hear_strange(json);
                Peek::default()
            }
        }
    }

    /// The same in clear, when that is not the same. A piece of text that was held goes before what closes it.
    fn restored(&mut self, json: &str, now: &mut BytesMut) -> Option<String> {
        // Where nothing was hidden there is nothing to look for: most streams are read once, for what is counted.
        let restorer = self.terms.restorer.as_mut()?;
        let (before, restored) = restorer.restore(serde_json::from_str(json).ok()?);
        if let Some(before) = before {
            let piece = self.added(&before);
            let to = if self.stage == Stage::Speaking { now } else { &mut self.held };
            to.extend_from_slice(&piece);
        }
        restored.map(|value| value.to_string())
    }

    /// Text that was held because it might have become a placeholder, of answers that never finished.
    fn last_words(&mut self) {
        for rest in self.terms.restorer.take().map(Restoring::finish).unwrap_or_default() {
            let piece = self.added(&rest);
            self.held.extend_from_slice(&piece);
        }
    }

    /// An event of ours.
    fn added(&mut self, value: &Value) -> Bytes {
        let json = value.to_string();
        let peek = self.hear(&json);
        let renamed = wire::renamed(&json, peek.model(), &self.terms.model);
        let json = renamed.as_deref().unwrap_or(&json);
        match value["type"].as_str() {
            Some(kind) => sse::typed_event(kind, json),
            None => sse::event(json),
        }
    }
}

#[cfg(test)]
mod tests {
    use gouvernail_privacy::{AnswerForm, Detector, KnownValue, Label, Vault};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// What a caller gets of `whole` when it arrives in pieces of these sizes: at once, and held back.
    fn relayed(whole: &[u8], cuts: &[usize], restorer: Option<Restoring>) -> (String, String, Closed) {
        let terms = Terms { restorer, model: "\"petit\"".to_owned(), choices: 1, hide_usage: true, max: usize::MAX };
        let (mut relay, mut now, mut left) = (Relay::new(terms), Vec::new(), whole);
        for cut in cuts.iter().cycle() {
            if left.is_empty() {
                break;
            }
            let (piece, more) = left.split_at((*cut).min(left.len()));
            now.extend_from_slice(&relay.push(piece).unwrap());
            left = more;
        }
        let closed = relay.close();
        let held = String::from_utf8(closed.held.to_vec()).unwrap();
        (String::from_utf8(now).unwrap(), held, closed)
    }

    fn event(value: &Value) -> String {
        format!("data: {value}\n\n")
    }

    fn say(text: &str) -> String {
        event(&json!({ "model": "petit", "choices": [{ "index": 0, "delta": { "content": text }, "finish_reason": null }] }))
    }

    fn stop() -> String {
        event(&json!({ "model": "petit", "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }] }))
    }

    #[test]
    fn the_end_is_held_from_the_first_sign_of_it() {
        let usage = event(&json!({ "choices": [], "usage": { "completion_tokens": 5 } }));
        let whole = [say("a"), say("b"), stop(), usage, "data: [DONE]\n\n".to_owned(), say("late")].concat();
        let (now, held, closed) = relayed(whole.as_bytes(), &[9], None);
        assert_eq!((now, held), (say("a") + &say("b"), stop() + "data: [DONE]\n\n"));
        assert_eq!((closed.how, closed.said.tokens().output), (Close::Complete, Some(5)));
    }

    #[test]
    fn what_is_not_understood_is_recorded_all_the_same() {
        let (now, _, closed) = relayed(b"data: {\"choices\":[{\"index\":-1}]}\n\ndata: oops\n\ndata: [DONE]\n\n", &[4], None);
        assert_eq!(now, "data: {\"choices\":[{\"index\":-1}]}\n\ndata: oops\n\n");
        assert_eq!(closed.said.text(), "{\"choices\":[{\"index\":-1}]}oops");
    }

    #[test]
    fn how_a_stream_closes_is_told_apart() {
        for (events, how) in [
            (vec![say("a"), stop()], Close::Complete),
            (vec![say("a"), "data: [DONE]".to_owned()], Close::Complete),
            (vec![say("a")], Close::Short),
            (vec![], Close::Short),
            (vec![say("a"), event(&json!({ "error": { "message": "x" } })), "data: [DONE]\n\n".to_owned()], Close::Failed),
        ] {
            assert_eq!(relayed(events.concat().as_bytes(), &[5], None).2.how, how, "{events:?}");
        }
    }

    proptest! {
        #[test]
        fn untouched_events_pass_byte_for_byte_however_they_are_cut(
            texts in proptest::collection::vec(".{0,8}", 0..12),
            cuts in proptest::collection::vec(1usize..90, 1..20),
            finished in any::<bool>(),
        ) {
            let mut events: Vec<String> = texts.iter().map(|text| say(text)).collect();
            if finished {
                events.push(stop());
            }
            events.push("data: [DONE]\n\n".to_owned());
            let (now, held, closed) = relayed(events.concat().as_bytes(), &cuts, None);
            prop_assert_eq!(&held, &events[texts.len()..].concat());
            prop_assert_eq!(now + &held, events.concat());
            prop_assert_eq!(closed.said.text(), if texts.concat().trim().is_empty() { String::new() } else { texts.concat() });
        }

        #[test]
        fn what_was_hidden_comes_back_however_it_is_cut(
            words in proptest::collection::vec(prop_oneof!["[a-z\\[\\]_]{1,4}", Just("Zoé Lefèvre".to_owned()), Just("06 12 34 56 78".to_owned())], 1..8),
            letters in 1usize..9,
            cuts in proptest::collection::vec(1usize..200, 1..20),
            finished in any::<bool>(),
        ) {
            let text = words.join(" ");
            let mut vault = Vault::new();
            let masked = Detector::new(&[KnownValue::new(Label::Person, "Zoé Lefèvre")]).mask(&mut vault, &text).text;
            let letters: Vec<String> = masked.chars().collect::<Vec<_>>().chunks(letters).map(|piece| piece.iter().collect()).collect();
            let mut events: Vec<String> = letters.iter().map(|piece| say(piece)).collect();
            if finished {
                events.push(stop());
            }
            events.push("data: [DONE]\n\n".to_owned());
            let restorer = Restoring::new(&vault, AnswerForm::Text);
            let (now, held, closed) = relayed(events.concat().as_bytes(), &cuts, Some(restorer));
            let all = now + &held;
            let chunks = all.lines().filter_map(|line| serde_json::from_str::<Value>(line.strip_prefix("data: ")?).ok());
            let spoken: String = chunks.filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str().map(str::to_owned)).collect();
            prop_assert_eq!(&spoken, &text);
            prop_assert_eq!(closed.said.text(), text);
            prop_assert!(all.ends_with("data: [DONE]\n\n"));
        }
    }
}
