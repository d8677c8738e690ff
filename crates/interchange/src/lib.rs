//! Records of systems to and from other registers of algorithms.
//!
//! [`read`] turns a file into records and a [`Report`] of what was refused and what somebody must look at; [`write`] does the
//! reverse, with public fields only, and says what the other format could not hold. [`plan`](plan::plan) turns records into
//! acts on our own register; [`sheet`] reads the free text of a supplier.
//!
//! What a format says is data: one table a dialect in `record/formats/`, whose grammar is in `table`. One rule makes every
//! format lossless: what the fields of a record would not give back word for word is kept beside them (`Record::foreign`), and
//! given back as long as the field still says the same thing.
//!
//! Pure: no clock, no input or output.

mod decode;
mod encode;
mod files;
mod format;
mod html;
mod nested;
mod own;
pub mod plan;
mod report;
pub mod sheet;
mod table;

pub use files::{Unreadable, Written, read, write};
pub use format::{Dialect, Format};
pub use report::{Note, Place, Problem, Read, Report};
