//! The questionnaire crate, on what ships and on what is published elsewhere.

mod canada;
mod engine;
mod faults;
mod merge;
mod shipped;
mod world;
