//! The program's own log, on standard error: what it does, for whoever runs it. Not to be mistaken for the public log.
//!
//! It never holds the text of a prompt or an answer, a person, a key or a case. Our own lines are written that way; those of
//! the libraries that we use are kept at `info` whatever is asked, because further down they print headers and bodies.

use anyhow::{Context, Result};
use serde::Deserialize;
use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt, reload};

/// What is kept when nobody says otherwise.
pub const DEFAULT_LEVEL: &str = "info";
/// Wins over the configuration.
const VARIABLE: &str = "GOUVERNAIL_LOG";
/// Where lines may come from that we answer for: our crates, and what the embedded engine says of itself.
const OURS: [&str; 2] = ["gouvernail", "engine"];

/// How lines are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: one JSON object a line.
    Json,
}

/// The level, which can be changed while the program runs.
pub struct Kept(reload::Handle<EnvFilter, Registry>);

/// Starts the log; once in the life of the program.
///
/// # Errors
/// When `level` is not one, or the log was started before.
pub fn start(format: Format, level: &str) -> Result<Kept> {
    let (kept, handle) = reload::Layer::new(asked(level)?);
    let text = || fmt::layer().with_writer(std::io::stderr);
    let lines = match format {
        Format::Text => text().boxed(),
        Format::Json => text().json().flatten_event(true).with_current_span(false).with_span_list(false).boxed(),
    };
    let all = tracing_subscriber::registry().with(kept).with(filter_fn(may_be_written)).with(lines);
    all.try_init().context("the log cannot be started twice")?;
    Ok(Kept(handle))
}

impl Kept {
    /// Keeps `level` from now on, unless the environment says which.
    ///
    /// # Errors
    /// When `level` is not one.
    pub fn set(&self, level: &str) -> Result<()> {
        self.0.reload(asked(level)?).context("the level of the log cannot be changed")
    }
}

/// Checks a level.
///
/// # Errors
/// Says what may be written.
pub fn level(level: &str) -> Result<EnvFilter> {
    EnvFilter::try_new(level).with_context(|| format!("{level:?} is not a level: write error, warn, info, debug or trace"))
}

fn asked(configured: &str) -> Result<EnvFilter> {
    match std::env::var(VARIABLE) {
        Ok(asked) if !asked.is_empty() => level(&asked).with_context(|| format!("in the environment variable {VARIABLE}")),
        _ => level(configured),
    }
}

fn may_be_written(line: &Metadata<'_>) -> bool {
    *line.level() <= LevelFilter::from_level(Level::INFO) || OURS.iter().any(|ours| line.target().starts_with(ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_a_word_or_a_list_by_module() {
        for good in ["info", "debug", "warn,gouvernail_gateway=debug"] {
            assert!(level(good).is_ok(), "{good}");
        }
        let said = format!("{:#}", level("gouvernail=loud").map(drop).unwrap_err());
        assert!(said.contains("loud") && said.contains("debug"), "{said}");
    }
}
