//! Questionnaires as data, with one engine.
//!
//! - [`model`] is what a questionnaire is: sections, questions, choices, axes and levels, each with its words and its sources.
//! - [`file`] reads them from TOML, [`resolve`] lends sections from one to another, [`check`](mod@check) refuses what does not
//!   hold together: [`load`] does the three.
//! - [`surveyjs`] reads the Canadian Algorithmic Impact Assessment in the format in which it is published.
//! - [`answers`] is what people write, [`engine`] says what they see and what is missing, [`score`](mod@score) what it adds up
//!   to, [`merge`](mod@merge) brings together what two people wrote at the same time.
//!
//! An answer to a question that is not shown never counts: not in a score, not in a condition, not in a digest.

pub mod answers;
pub mod check;
pub mod condition;
pub mod engine;
pub mod error;
pub mod file;
pub mod merge;
pub mod model;
pub mod resolve;
pub mod score;
pub mod surveyjs;

pub use answers::{Answer, Answers, Figure, Unfit};
pub use condition::Condition;
pub use error::{Fault, LoadError, Problem};
pub use file::load;
pub use merge::{Conflict, Merged, merge};
pub use model::{Axis, Choice, Kind, Level, Question, Questionnaire, Relief, Scoring, Section, Source, Words};
pub use score::{AxisScore, Counted, Score, Total};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
