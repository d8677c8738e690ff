//! Case uses, blind judgements, decisions, notices, contestations.
//!
//! A [`Case`] is a fold of [`CaseEvent`]s. Nothing here reads a clock, draws randomness or does input
//! or output: the caller hands over the time, the salt and the stored events, and stores the event
//! that a command returns.
//!
//! | Module | Holds |
//! |---|---|
//! | [`event`] | what may happen to a case, as data |
//! | [`case`] | the fold: what a case is |
//! | [`rules`] | the one place where the rules of order are written |
//! | [`declared`] | what an application says of a case when it declares it |
//! | [`command`] | one function for each act; returns the event to store |
//! | [`reason`] | what counts as a reason |
//! | [`court`] | until when the way to the court stays open |
//! | [`deadline`] | legal delays in calendar months |
//! | [`notice`] | the words for the citizen, and the letter |
//! | [`code`] | the short code printed on the letter |
//! | [`indicators`] | measured human control |
//! | [`record`] | private records that commitments are made over |

pub mod case;
pub mod code;
pub mod command;
mod court;
pub mod deadline;
pub mod declared;
pub mod error;
pub mod event;
pub mod indicators;
pub mod notice;
pub mod reason;
pub mod record;
pub mod rules;
pub mod seal;

pub use case::{Callback, Case, Contestation, Decision, Further, Judgement, Notification, Standing, Status};
pub use declared::Declared;
pub use error::CaseError;
pub use event::{Agent, CaseEvent, CaseUse, Channel, KnownValue, Outcome, UseFootprint};
pub use notice::{Facts, Lang, Letter, LetterFrame, Message, Notice, Told, Tool, Topic, notice};
pub use seal::SealedText;
