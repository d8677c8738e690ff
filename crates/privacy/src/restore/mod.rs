//! The way back: the table of a case, the grammar of its placeholders, and answers restored whole or in pieces.

mod answer;
pub(crate) mod placeholder;
mod stream;
mod stream_events;
mod stream_json;
mod vault;

pub use answer::AnswerForm;
pub use stream::StreamRestorer;
pub use stream_events::{EventRestorer, Restored};
pub use stream_json::ChunkRestorer;
pub use vault::Vault;
