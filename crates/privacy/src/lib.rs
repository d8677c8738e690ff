#![doc = include_str!("../README.md")]

mod answer;
mod body;
mod checksum;
mod dates;
mod detector;
mod email;
mod embedded;
mod entity;
mod escapes;
mod fold;
mod iban;
mod identifiers;
mod known;
mod label;
mod names;
mod ner;
mod numbers;
mod placeholder;
mod request;
mod span;
mod spelling;
mod stream;
mod stream_json;
mod trie;
mod vault;

pub use answer::AnswerForm;
pub use detector::{Detector, Masked};
pub use known::KnownValue;
pub use label::Label;
pub use ner::{Ner, NerEntity, NerError, NerFiles, NerKind};
pub use request::{Hidden, Residual};
pub use span::{Source, Span};
pub use stream::StreamRestorer;
pub use stream_json::ChunkRestorer;
pub use vault::Vault;
