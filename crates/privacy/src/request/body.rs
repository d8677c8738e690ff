//! What the strings of a request are, by the place where they stand: chat completions, responses, embeddings, rerank.

use serde_json::{Map, Value};

/// What a string is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// May hold personal data, and may be changed.
    Text,
    /// Changing it would break the protocol, a schema or a reference.
    Protocol,
    /// The bytes of a picture, a sound or a document.
    File,
}

const PROTOCOL: [&str; 12] =
    ["role", "type", "id", "tool_call_id", "call_id", "file_id", "format", "required", "pattern", "$ref", "$id", "$schema"];
const FILES: [&str; 6] = ["image_url", "video_url", "audio_url", "input_audio", "audio", "file"];
/// Bytes that only their maker reads, wherever they stand: a document, a thought that the host gave sealed.
const SEALED: [&str; 2] = ["file_data", "encrypted_content"];
/// Lists of messages: of a chat, of a response.
const TALK: [&str; 2] = ["messages", "input"];

/// What the string `text` is, which its parent holds as `key` and its grandparent as `parent`; a list is no parent.
/// What is not recognised is text: a field that the protocol gains tomorrow is masked.
pub(crate) fn kind(parent: &str, key: &str, text: &str) -> Kind {
    let in_file = FILES.contains(&parent);
    let inline = text.starts_with("data:") && (key == "image_url" || (in_file && key == "url"));
    if inline || SEALED.contains(&key) || (in_file && key == "data") {
        return Kind::File;
    }
    // The name of a message is that of a person; other names are those of functions and schemas.
    let name = key == "name" && parent != "messages";
    if name || PROTOCOL.contains(&key) || (in_file && key == "detail") { Kind::Protocol } else { Kind::Text }
}

/// The model is the one that the caller asks for or that the gateway chooses, and Mistral and Claude are names of persons.
pub(crate) fn is_model(parent: &str, key: &str) -> bool {
    parent.is_empty() && key == "model"
}

/// True for a part of a message's content, or of what a tool gave, in which there is nothing to read.
pub(crate) fn is_unreadable(parent: &str, key: &str, part: &Map<String, Value>) -> bool {
    TALK.contains(&parent)
        && matches!(key, "content" | "output")
        && !["text", "refusal", "thinking", "content"].iter().any(|field| part.contains_key(*field))
}
