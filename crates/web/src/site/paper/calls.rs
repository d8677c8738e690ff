//! What is shown of a call.

use gouvernail_store::Call;
use serde_json::Value;

use crate::i18n::Locale;

/// Whether a call left, or may have: one that was cut before shows nothing.
pub fn left(call: &Call) -> bool {
    call.outcome.as_ref().is_none_or(|(_, _, body)| body["reached"] != false)
}

/// What left for the model host in a call, as a text; `None` when nothing was kept.
pub fn sent(call: &Call, locale: &Locale) -> Option<String> {
    let sent = &call.intent.body["sent"];
    let text = match sent {
        Value::String(text) => text.clone(),
        Value::Array(messages) => messages.iter().map(|said| message(said, locale)).collect::<Vec<_>>().join("\n\n"),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    (!text.trim().is_empty()).then_some(text)
}

/// One message of a chat (OpenAI's shape): a text, or parts of which some are texts.
fn message(message: &Value, locale: &Locale) -> String {
    let text = match &message["content"] {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts = parts.iter().map(|part| part["text"].as_str().map_or_else(|| part.to_string(), str::to_owned));
            texts.collect::<Vec<_>>().join("\n")
        }
        Value::Null => message.to_string(),
        other => other.to_string(),
    };
    locale.pair("sent-message", &locale.t(role(&message["role"])), text.trim())
}

/// The key of who speaks in a chat.
fn role(role: &Value) -> &'static str {
    match role.as_str() {
        Some("system" | "developer") => "sent-instruction",
        Some("user") => "sent-request",
        Some("assistant") => "sent-answer",
        _ => "sent-other",
    }
}

/// What was done to personal data before a call left, in words that follow from its record.
pub fn protection(call: &Call, locale: &Locale) -> String {
    let hidden = call.intent.body["hidden"].as_object().into_iter().flatten();
    let replaced: u64 = hidden.filter_map(|(_, count)| count.as_u64()).sum();
    let said = match usize::try_from(replaced) {
        Ok(0) | Err(_) => locale.t("sent-nothing-hidden"),
        Ok(replaced) => locale.n("sent-hidden", replaced),
    };
    // Parts that the gateway could not look into, such as pictures.
    let unread = call.intent.body["unread"].as_u64().is_some_and(|parts| parts > 0);
    if unread { format!("{said} {}", locale.t("sent-unread")) } else { said }
}
