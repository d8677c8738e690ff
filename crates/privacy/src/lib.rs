#![doc = include_str!("../README.md")]

mod dates;
mod detector;
mod entity;
mod escapes;
mod fold;
mod identifiers;
mod known;
mod label;
mod request;
mod restore;
mod span;

pub use detector::{Detector, Masked};
pub use known::KnownValue;
pub use label::Label;
pub use request::{Hidden, Residual};
pub use restore::{AnswerForm, ChunkRestorer, StreamRestorer, Vault};
pub use span::{Source, Span};
