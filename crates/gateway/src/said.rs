//! What the model said to the caller, gathered for the record and for the case.

use std::collections::BTreeMap;

use crate::proposal::proposal;
use crate::tokens::{Tokens, Usage};
use crate::wire::{Function, Item, Part, Peek, text};

/// The text of an answer, as the caller received it, and what it took.
#[derive(Debug, Default)]
pub(crate) struct Said {
    choices: BTreeMap<u32, Spoken>,
    /// What passed without being understood.
    strange: String,
    usage: Option<Usage>,
    pieces: u64,
    characters: u64,
}

/// One of the answers asked for.
#[derive(Debug, Default)]
struct Spoken {
    text: String,
    calls: BTreeMap<u32, Call>,
    finished: bool,
}

/// A tool that the model wants called.
#[derive(Debug, Default)]
struct Call {
    name: String,
    arguments: String,
}

impl Said {
    /// Adds a chunk, an event, or a whole answer.
    pub(crate) fn hear(&mut self, peek: &Peek<'_>) {
        if let Some(usage) = peek.usage() {
            self.usage = Usage::read(usage).or(self.usage);
        }
        if peek.kind().is_empty() || peek.choices.is_some() { self.hear_whole(peek) } else { self.hear_event(peek) }
    }

    /// An answer without types: a chat, whole or in chunks, a whole response, a transcription.
    fn hear_whole(&mut self, peek: &Peek<'_>) {
        for (choice, place) in peek.choices.iter().flatten().zip(0..) {
            let spoken = self.choices.entry(choice.index.unwrap_or(place)).or_default();
            spoken.finished |= choice.finish_reason.is_some();
            if let Some(part) = choice.delta.as_ref().or(choice.message.as_ref()) {
                let written = spoken.hear(part);
                self.count(written);
            }
        }
        self.hear_items(&peek.items());
        let transcript = text(peek.text);
        if !transcript.is_empty() {
            self.hear_text(&transcript);
        }
    }

    /// Adds an answer that is nothing but text.
    pub(crate) fn hear_text(&mut self, words: &str) {
        self.choices.entry(0).or_default().text.push_str(words);
        self.count(length(words));
    }

    /// A typed event. What it only says again is not heard twice.
    fn hear_event(&mut self, event: &Peek<'_>) {
        let Some((_, said)) = event.kind().split_once('.') else { return };
        let spoken = self.choices.entry(event.output_index.unwrap_or_default()).or_default();
        let written = match (said, event.delta.map(|delta| text(Some(delta)))) {
            ("output_item.added", _) => event.item.iter().map(|item| spoken.begin(item)).sum(),
            (kind, Some(piece)) => spoken.hear_piece(kind, &piece),
            _ => 0,
        };
        self.count(written);
        let whole = event.response.as_ref().filter(|_| event.ends() && self.pieces == 0);
        if let Some(whole) = whole {
            self.hear_whole(whole);
        }
    }

    fn hear_items(&mut self, items: &[Item<'_>]) {
        for (item, place) in items.iter().zip(0..) {
            let written = self.choices.entry(place).or_default().hear_item(item);
            self.count(written);
        }
    }

    fn count(&mut self, written: u64) {
        self.characters += written;
        self.pieces += u64::from(written > 0);
    }

    /// Adds what is no chunk. It reaches the caller, so it is recorded as it is.
    pub(crate) fn hear_strange(&mut self, data: &str) {
        self.strange.push_str(data);
        self.characters += length(data);
        self.pieces += 1;
    }

    /// How many of the answers asked for have ended.
    pub(crate) fn finished(&self) -> usize {
        self.choices.values().filter(|spoken| spoken.finished).count()
    }

    pub(crate) fn tokens(&self) -> Tokens {
        Tokens::of(self.usage, self.pieces, self.characters)
    }

    /// Everything said, without the reasoning: answers in order, then the calls of tools that each makes.
    pub(crate) fn text(&self) -> String {
        let each = self.choices.values().flat_map(|spoken| {
            let calls = spoken.calls.values().map(|call| format!("{} {}", call.name, call.arguments));
            std::iter::once(spoken.text.clone()).chain(calls)
        });
        let all = each.chain([self.strange.clone()]);
        all.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// The conclusion, in the words of `decisions`: in an answer, or in the arguments of a tool that it calls.
    pub(crate) fn proposal<'a>(&self, decisions: &'a [String]) -> Option<&'a str> {
        if decisions.is_empty() {
            return None;
        }
        self.choices.values().find_map(|spoken| {
            let arguments = spoken.calls.values().map(|call| call.arguments.as_str());
            std::iter::once(spoken.text.as_str()).chain(arguments).find_map(|said| proposal(said, decisions))
        })
    }
}

impl Spoken {
    /// Takes a piece; characters that the model wrote in it, reasoning included.
    fn hear(&mut self, part: &Part<'_>) -> u64 {
        let reasoned = [part.reasoning_content, part.reasoning].map(|raw| length(&text(raw)));
        let mut written = reasoned.iter().sum::<u64>();
        for said in [part.content, part.refusal].map(text) {
            written += length(&said);
            self.text.push_str(&said);
        }
        let calls = part.tool_calls.iter().flatten().zip(0..);
        let calls = calls.map(|(call, place)| (call.index.unwrap_or(place), call.function.as_ref()));
        for (index, function) in calls.chain([(u32::MAX, part.function_call.as_ref())]) {
            if let Some(function) = function {
                written += self.calls.entry(index).or_default().hear(function);
            }
        }
        written
    }
}

impl Spoken {
    /// A part of a response begins: the name of a tool comes with it.
    fn begin(&mut self, item: &Item<'_>) -> u64 {
        let name = text(item.name);
        if !name.is_empty() {
            self.calls.entry(0).or_default().name.clone_from(&name);
        }
        length(&name)
    }

    /// A piece of a text of a response, by its kind.
    fn hear_piece(&mut self, kind: &str, piece: &str) -> u64 {
        match kind {
            // `text.delta` is of a transcription.
            "output_text.delta" | "refusal.delta" | "text.delta" => self.text.push_str(piece),
            kind if kind.ends_with("arguments.delta") || kind.ends_with("input.delta") => {
                self.calls.entry(0).or_default().arguments.push_str(piece);
            }
            // Reasoning, and what is not known here: counted, not quoted.
            _ => {}
        }
        length(piece)
    }

    /// A part of a response, whole.
    fn hear_item(&mut self, item: &Item<'_>) -> u64 {
        let said = text(item.content);
        let mut written = length(&said);
        if !item.is_reasoning() {
            self.text.push_str(&said);
        }
        if item.name.is_some() {
            let function = Function { name: item.name, arguments: item.arguments };
            written += self.calls.entry(0).or_default().hear(&function);
        }
        written
    }
}

impl Call {
    fn hear(&mut self, function: &Function<'_>) -> u64 {
        let (name, arguments) = (text(function.name), text(function.arguments));
        self.name.push_str(&name);
        self.arguments.push_str(&arguments);
        length(&name) + length(&arguments)
    }
}

fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(chunks: &[&str]) -> Said {
        let mut said = Said::default();
        chunks.iter().for_each(|chunk| said.hear(&serde_json::from_str(chunk).unwrap()));
        said
    }

    #[test]
    fn an_answer_in_pieces_is_the_answer() {
        let said = heard(&[
            r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}"#,
            r#"{"choices":[{"index":1,"delta":{"content":"deux"}}]}"#,
            r#"{"choices":[{"index":0,"delta":{"reasoning":"je pense","content":"u"}}]}"#,
            r#"{"choices":[{"index":0,"delta":{"content":"n"},"finish_reason":"stop"}]}"#,
        ]);
        assert_eq!(said.text(), "un\n\ndeux");
        assert_eq!(said.finished(), 1);
        // Three pieces, fourteen characters.
        assert_eq!(said.tokens(), Tokens { prompt: None, output: Some(4), estimated: true });
    }

    #[test]
    fn a_tool_call_in_pieces_concludes_like_a_text() {
        let said = heard(&[
            r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"orienter","arguments":""}}]}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"service\":"}}]}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"voirie\"}"}}]}}]}"#,
            r#"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":12}}"#,
        ]);
        assert_eq!(said.text(), r#"orienter {"service":"voirie"}"#);
        assert_eq!(said.proposal(&["Voirie".to_owned()]), Some("Voirie"));
        assert_eq!(said.tokens(), Tokens { prompt: Some(9), output: Some(12), estimated: false });
    }
}
