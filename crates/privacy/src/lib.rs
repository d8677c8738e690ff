#![doc = include_str!("../README.md")]

mod context;
mod dates;
mod detector;
mod entity;
mod escapes;
mod fold;
mod identifiers;
pub mod jsonl;
mod known;
mod label;
mod language;
mod lexicon;
mod ner;
mod numbers;
mod persons;
mod pieces;
mod reading;
mod repeated;
mod request;
mod restore;
mod span;
mod strictness;
mod tokens;
mod typo;

pub use detector::{Detector, Masked};
pub use known::KnownValue;
pub use label::Label;
pub use language::{Language, LanguageError, Lists, LoadError};
pub use ner::{Ner, NerEntity, NerError, NerFiles, NerKind};
pub use pieces::Piece;
pub use request::{Doubt, Hidden, Residual};
pub use restore::{AnswerForm, ChunkRestorer, EventRestorer, Restored, StreamRestorer, Vault};
pub use span::{Source, Span};
pub use strictness::Strictness;
