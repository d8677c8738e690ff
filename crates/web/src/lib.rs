//! Pages of the citizen, the agent, the referent and the elected official.
//!
//! Every page is HTML drawn by the server, needs no JavaScript, and speaks French and English.
//! A page is a plain context in [`views`] with `render`; [`gallery`] draws them all from samples; [`site`] fills them from the
//! store and acts on what forms send.

pub mod badge;
pub mod gallery;
pub mod i18n;
mod invitation;
pub mod layout;
pub mod library;
pub mod password;
pub mod site;
pub mod training;
pub mod views;

/// The style sheet, served at [`STYLE_PATH`].
pub const STYLE: &str = include_str!("../assets/gouvernail.css");

/// Where the pages look for [`STYLE`].
pub const STYLE_PATH: &str = "/assets/gouvernail.css";

/// The script that keeps the draft of a study while it is written, served at [`DRAFT_PATH`]; pages work without it.
pub const DRAFT: &str = include_str!("../assets/draft.js");

/// Where the page of a study looks for [`DRAFT`].
pub const DRAFT_PATH: &str = "/assets/draft.js";
