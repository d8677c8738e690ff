//! Streams of `chat.completion.chunk` values: each choice, each field and each tool call is a stream of its own.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

use super::answer::AnswerForm;
use crate::{StreamRestorer, Vault};

/// Fields of a delta that hold prose.
const TEXTS: [&str; 4] = ["reasoning_content", "reasoning", "content", "refusal"];

/// Fields around the choices that are the same in all chunks of an answer.
const ENVELOPE: [&str; 4] = ["id", "object", "created", "model"];

/// Restores the chunks of one answer, in the order in which they arrive.
///
/// What may still become a placeholder is held back until the stream of its field goes on, another field begins or the
/// choice finishes: then it goes out in that chunk. No text is lost, and none comes after the end of its choice.
pub struct ChunkRestorer {
    prose: StreamRestorer,
    content: StreamRestorer,
    arguments: StreamRestorer,
    streams: BTreeMap<Key, StreamRestorer>,
    /// Those fields of the first chunk, for a last one of ours.
    envelope: Option<Map<String, Value>>,
}

/// A choice and a stream in it.
type Key = (u64, Field);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Text(&'static str),
    /// `function_call`, which tool calls replaced.
    Function,
    /// A tool call, by its index.
    Call(u64),
}

impl ChunkRestorer {
    /// For one answer, in the form that its request asked for. Placeholders made later are not seen.
    #[must_use]
    pub fn new(vault: &Vault, form: AnswerForm) -> Self {
        Self {
            prose: StreamRestorer::new(vault),
            content: form.restorer(vault),
            arguments: StreamRestorer::in_json(vault),
            streams: BTreeMap::new(),
            envelope: None,
        }
    }

    /// Restores one chunk in place. False when it did not change: its bytes may go on as they came.
    pub fn chunk(&mut self, chunk: &mut Value) -> bool {
        let Some(fields) = chunk.as_object_mut() else { return false };
        let envelope = || ENVELOPE.iter().filter_map(|name| Some(((*name).to_owned(), fields.get(*name)?.clone()))).collect();
        self.envelope.get_or_insert_with(envelope);
        let Some(choices) = fields.get_mut("choices").and_then(Value::as_array_mut) else { return false };
        choices.iter_mut().zip(0..).fold(false, |changed, (choice, place)| {
            let index = index_of(choice, place);
            choice.as_object_mut().is_some_and(|choice| self.choice(index, choice)) | changed
        })
    }

    /// The stream ended. What choices that did not finish still hold, as a last chunk to send before `[DONE]`.
    #[must_use]
    pub fn finish(mut self) -> Option<Value> {
        let mut deltas: BTreeMap<u64, Map<String, Value>> = BTreeMap::new();
        for ((choice, field), stream) in &mut self.streams {
            let rest = stream.finish();
            if !rest.is_empty() {
                append(deltas.entry(*choice).or_default(), *field, &rest);
            }
        }
        if deltas.is_empty() {
            return None;
        }
        let choice = |(index, delta)| json!({ "index": index, "delta": delta, "finish_reason": null });
        let mut chunk = self.envelope.unwrap_or_default();
        chunk.insert("choices".to_owned(), deltas.into_iter().map(choice).collect());
        Some(Value::Object(chunk))
    }

    fn choice(&mut self, index: u64, choice: &mut Map<String, Value>) -> bool {
        let finished = choice.get("finish_reason").is_some_and(|reason| !reason.is_null());
        let mut changed = false;
        if let Some(delta) = choice.get_mut("delta").and_then(Value::as_object_mut) {
            let others = ended_by(delta);
            changed |= self.texts(index, delta);
            changed |= self.calls(index, delta);
            changed |= others.into_iter().fold(false, |changed, name| self.release((index, Field::Text(name)), delta) | changed);
        }
        if finished { self.release_all(index, choice) | changed } else { changed }
    }

    fn texts(&mut self, choice: u64, delta: &mut Map<String, Value>) -> bool {
        let texts = TEXTS.into_iter().filter_map(|name| Some((name, delta.get(name)?.as_str()?.to_owned())));
        let mut changed = false;
        for (name, piece) in texts.collect::<Vec<_>>() {
            let restored = self.stream((choice, Field::Text(name))).push(&piece);
            changed |= restored != piece;
            delta.insert(name.to_owned(), restored.into());
        }
        changed
    }

    fn calls(&mut self, choice: u64, delta: &mut Map<String, Value>) -> bool {
        let mut changed = delta.get_mut("function_call").is_some_and(|call| self.arguments((choice, Field::Function), call));
        for (call, place) in delta.get_mut("tool_calls").and_then(Value::as_array_mut).into_iter().flatten().zip(0..) {
            let index = index_of(call, place);
            changed |= call.get_mut("function").is_some_and(|function| self.arguments((choice, Field::Call(index)), function));
        }
        changed
    }

    fn arguments(&mut self, key: Key, function: &mut Value) -> bool {
        let Some(Value::String(piece)) = function.get_mut("arguments") else { return false };
        let restored = self.stream(key).push(piece);
        let changed = restored != *piece;
        *piece = restored;
        changed
    }

    fn stream(&mut self, key: Key) -> &mut StreamRestorer {
        let new = match key.1 {
            Field::Text("content") => &self.content,
            Field::Text(_) => &self.prose,
            Field::Function | Field::Call(_) => &self.arguments,
        };
        self.streams.entry(key).or_insert_with(|| new.clone())
    }

    fn release_all(&mut self, choice: u64, fields: &mut Map<String, Value>) -> bool {
        let own: Vec<Key> =
            self.streams.range((choice, Field::Text(""))..).map(|(key, _)| *key).take_while(|key| key.0 == choice).collect();
        let mut rest = Map::new();
        let delta = fields.get_mut("delta").and_then(Value::as_object_mut).unwrap_or(&mut rest);
        let mut changed = false;
        for key in own {
            changed |= self.release(key, delta);
            self.streams.remove(&key);
        }
        if !rest.is_empty() {
            fields.insert("delta".to_owned(), rest.into());
        }
        changed
    }

    fn release(&mut self, key: Key, delta: &mut Map<String, Value>) -> bool {
        let Some(stream) = self.streams.get_mut(&key).filter(|stream| stream.is_holding()) else { return false };
        append(delta, key.1, &stream.finish());
        true
    }
}

/// Fields of prose that have ended where this delta begins: a thought ends with the answer.
fn ended_by(delta: &Map<String, Value>) -> Vec<&'static str> {
    let goes_on = |name: &str| delta.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    let (on, off): (Vec<_>, Vec<_>) = TEXTS.into_iter().partition(|name| goes_on(name));
    if on.is_empty() && !delta.contains_key("tool_calls") { Vec::new() } else { off }
}

/// Adds text at the end of a field of a delta.
fn append(delta: &mut Map<String, Value>, field: Field, rest: &str) {
    let place = match field {
        Field::Text(name) => delta.entry(name).or_insert(Value::Null),
        Field::Function => member(delta.entry("function_call").or_insert(Value::Null), "arguments"),
        Field::Call(index) => member(member(call(delta, index), "function"), "arguments"),
    };
    let text = place.as_str().unwrap_or_default().to_owned() + rest;
    *place = text.into();
}

/// The tool call of this index, added when the delta does not have it.
fn call(delta: &mut Map<String, Value>, index: u64) -> &mut Value {
    let calls = delta.entry("tool_calls").or_insert(Value::Null);
    let mut known = match calls.take() {
        Value::Array(known) => known,
        _ => Vec::new(),
    };
    let place = known.iter().zip(0..).position(|(call, place)| index_of(call, place) == index).unwrap_or(known.len());
    if place == known.len() {
        known.push(json!({ "index": index }));
    }
    *calls = Value::Array(known);
    &mut calls[place]
}

/// A field of what should be an object, and becomes one if a host sent something else.
fn member<'v>(value: &'v mut Value, name: &str) -> &'v mut Value {
    if !value.is_object() {
        *value = json!({});
    }
    &mut value[name]
}

/// The index that a choice or a tool call gives, or its place in the list.
fn index_of(item: &Value, place: u64) -> u64 {
    item.get("index").and_then(Value::as_u64).unwrap_or(place)
}

/// Without the text: what is debugged ends in logs.
impl fmt::Debug for ChunkRestorer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChunkRestorer of {} stream(s)", self.streams.len())
    }
}
