//! The few fields of an answer that are acted on, whatever the endpoint. Everything else is not even read, so that it passes
//! through as it came.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

/// Types of events after which nothing is said any more.
const ENDS: [&str; 5] = ["response.completed", "response.incomplete", "response.failed", "error", "transcript.text.done"];
/// Those of them, and the word of a whole response, that say that the host failed.
const FAILURES: [&str; 3] = ["response.failed", "error", "failed"];

/// A look into an answer, or into one chunk or event of a streamed answer.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Peek<'a> {
    #[serde(borrow)]
    model: Option<&'a RawValue>,
    #[serde(borrow)]
    usage: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(crate) choices: Option<Vec<Choice<'a>>>,
    error: Option<IgnoredAny>,
    /// What kind of event it is; an answer in one piece, or a chunk, has none.
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    /// What a typed event adds to a text.
    #[serde(borrow)]
    pub(crate) delta: Option<&'a RawValue>,
    /// Place of that text, or of `item`.
    pub(crate) output_index: Option<u32>,
    /// A part of the answer that begins or ends.
    #[serde(borrow)]
    pub(crate) item: Option<Item<'a>>,
    /// The whole answer, inside an event.
    #[serde(borrow)]
    pub(crate) response: Option<Box<Peek<'a>>>,
    #[serde(borrow)]
    output: Option<&'a RawValue>,
    #[serde(borrow)]
    status: Option<&'a RawValue>,
    /// A transcription.
    #[serde(borrow)]
    pub(crate) text: Option<&'a RawValue>,
}

/// A part of a response.
#[derive(Debug, Deserialize)]
pub(crate) struct Item<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(crate) content: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(crate) name: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(crate) arguments: Option<&'a RawValue>,
}

impl<'a> Peek<'a> {
    /// The model that answered.
    pub(crate) fn model(&self) -> Option<&'a RawValue> {
        self.model.or_else(|| self.response.as_ref()?.model)
    }

    /// What the host counted.
    pub(crate) fn usage(&self) -> Option<&'a RawValue> {
        self.usage.or_else(|| self.response.as_ref()?.usage)
    }

    /// The type of an event, empty when it has none.
    pub(crate) fn kind(&self) -> &'a str {
        word(self.kind)
    }

    /// Whether it says that the host failed.
    pub(crate) fn failed(&self) -> bool {
        self.error.is_some() || FAILURES.contains(&self.kind()) || FAILURES.contains(&word(self.status))
    }

    /// Whether it is an event after which nothing is said any more.
    pub(crate) fn ends(&self) -> bool {
        ENDS.contains(&self.kind())
    }

    /// The parts of a whole response.
    pub(crate) fn items(&self) -> Vec<Item<'a>> {
        self.output.and_then(|output| serde_json::from_str(output.get()).ok()).unwrap_or_default()
    }

    /// Whether it holds the usage of a chat and nothing that was said.
    pub(crate) fn is_usage_alone(&self) -> bool {
        self.usage.is_some() && self.choices.as_ref().is_some_and(Vec::is_empty)
    }
}

impl Item<'_> {
    /// Whether it is what the model thought, and not what it said.
    pub(crate) fn is_reasoning(&self) -> bool {
        word(self.kind) == "reasoning"
    }
}

/// A word of the protocol, which has nothing to escape.
fn word(raw: Option<&RawValue>) -> &str {
    raw.map_or("", |raw| raw.get().trim_matches('"'))
}

/// One of the answers asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Choice<'a> {
    pub(crate) index: Option<u32>,
    pub(crate) finish_reason: Option<IgnoredAny>,
    /// What a chunk adds.
    #[serde(borrow)]
    pub(crate) delta: Option<Part<'a>>,
    /// The whole, in an answer that is not streamed.
    #[serde(borrow)]
    pub(crate) message: Option<Part<'a>>,
}

/// What a model said.
#[derive(Debug, Deserialize)]
pub(crate) struct Part<'a> {
    #[serde(borrow)]
    pub(crate) content: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(crate) refusal: Option<&'a RawValue>,
    /// Reasoning, as llama.cpp and others name it.
    #[serde(borrow)]
    pub(crate) reasoning_content: Option<&'a RawValue>,
    /// The same, as vLLM and Ollama name it.
    #[serde(borrow)]
    pub(crate) reasoning: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(crate) tool_calls: Option<Vec<ToolCall<'a>>>,
    /// What `tool_calls` replaced.
    #[serde(borrow)]
    pub(crate) function_call: Option<Function<'a>>,
}

/// A tool that the model wants called, or a piece of it.
#[derive(Debug, Deserialize)]
pub(crate) struct ToolCall<'a> {
    pub(crate) index: Option<u32>,
    #[serde(borrow)]
    pub(crate) function: Option<Function<'a>>,
}

/// Its name and arguments.
#[derive(Debug, Deserialize)]
pub(crate) struct Function<'a> {
    #[serde(borrow)]
    pub(crate) name: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(crate) arguments: Option<&'a RawValue>,
}

/// The text of a field: a string, or the texts of a list of parts (Mistral's answers).
pub(crate) fn text(raw: Option<&RawValue>) -> String {
    match raw.map(|raw| serde_json::from_str(raw.get())) {
        Some(Ok(Value::String(text))) => text,
        Some(Ok(Value::Array(parts))) => parts.iter().filter_map(|part| part["text"].as_str()).collect(),
        _ => String::new(),
    }
}

/// `json` with the name of the model replaced, and no other byte; `None` when it is that name already.
pub(crate) fn renamed(json: &str, model: Option<&RawValue>, quoted: &str) -> Option<String> {
    let model = model.filter(|model| model.get() != quoted && model.get().starts_with('"'))?;
    replaced(json, model, quoted)
}

/// `json` with another text in the place of `raw`, which was borrowed from it, and no other byte changed.
pub(crate) fn replaced(json: &str, raw: &RawValue, text: &str) -> Option<String> {
    let found = raw.get();
    let at = (found.as_ptr() as usize).checked_sub(json.as_ptr() as usize)?;
    if json.get(at..at + found.len()) != Some(found) {
        return None;
    }
    Some([&json[..at], text, &json[at + found.len()..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_model_is_renamed() {
        let json = r#"{ "id" : "model", "model":"/models/qwen.gguf" ,"x":1.50, "choices":[]}"#;
        let peek: Peek = serde_json::from_str(json).unwrap();
        let renamed_json = renamed(json, peek.model(), "\"petit\"").unwrap();
        assert_eq!(renamed_json, r#"{ "id" : "model", "model":"petit" ,"x":1.50, "choices":[]}"#);
        let peek: Peek = serde_json::from_str(&renamed_json).unwrap();
        assert_eq!(renamed(&renamed_json, peek.model(), "\"petit\""), None);
        let peek: Peek = serde_json::from_str(r#"{"model":null}"#).unwrap();
        assert_eq!(renamed(r#"{"model":null}"#, peek.model(), "\"petit\""), None);
    }

    #[test]
    fn texts_are_read_in_both_shapes() {
        let json = r#"{"choices":[{"index":0,"finish_reason":null,"delta":{"content":"h\u00e9","reasoning":null}},
            {"delta":{"content":[{"type":"thinking","thinking":[]},{"type":"text","text":"oui"}]},"finish_reason":"stop"}]}"#;
        let choices = serde_json::from_str::<Peek>(json).unwrap().choices.unwrap();
        let said: Vec<String> = choices.iter().map(|choice| text(choice.delta.as_ref().unwrap().content)).collect();
        assert_eq!(said, ["hé", "oui"]);
        assert!(choices[0].finish_reason.is_none() && choices[1].finish_reason.is_some());
    }
}
