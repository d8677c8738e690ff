//! What a field holds, and whether it fits.

use serde::{Deserialize, Serialize};

use super::catalogue::{ADDRESS, Field, Kind};

/// The content of a field. What is not known has no value: none is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(u64),
    /// Sentences, a month, an address or a choice.
    Text(String),
    /// Short texts or choices.
    List(Vec<String>),
    /// Titles with their addresses.
    Links(Vec<Link>),
}

/// A title with its address; one of them may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What is found there.
    pub title: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// Why a value does not fit its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// There is no such field.
    #[error("there is no such field in the record; see record/fields.toml")]
    Unknown,
    /// It is of another kind.
    #[error("{wanted} is needed")]
    Kind {
        /// What is needed.
        wanted: &'static str,
    },
    /// It says nothing.
    #[error("it is empty; write it or leave the field out")]
    Empty,
    /// It is too long.
    #[error("{found} characters are too long; shorten it to {max}")]
    Long {
        /// Longest accepted, characters.
        max: usize,
        /// Length found, characters.
        found: usize,
    },
    /// It is not one of the values.
    #[error("{value:?} is not one of the values of this field")]
    Choice {
        /// What was given.
        value: String,
    },
}

impl Field {
    /// Whether `value` may be recorded in this field.
    ///
    /// # Errors
    /// [`Misfit`] says what is wrong with it.
    pub fn fits(&self, value: &Value) -> Result<(), Misfit> {
        match (self.kind, value) {
            (Kind::Flag, Value::Flag(_)) | (Kind::Number, Value::Number(_)) => Ok(()),
            (Kind::Text, Value::Text(text)) => self.text(text),
            (Kind::Month, Value::Text(text)) if is_month(text) => Ok(()),
            (Kind::Url, Value::Text(text)) if is_address(text) => short(text, ADDRESS),
            (Kind::Choice, Value::Text(text)) => self.choice(text),
            (Kind::List, Value::List(lines)) => some(lines)?.iter().try_for_each(|line| self.text(line)),
            (Kind::Choices, Value::List(lines)) => some(lines)?.iter().try_for_each(|line| self.choice(line)),
            (Kind::Links, Value::Links(links)) => some(links)?.iter().try_for_each(Link::fits),
            _ => Err(Misfit::Kind { wanted: self.kind.wanted() }),
        }
    }

    fn text(&self, text: &str) -> Result<(), Misfit> {
        if text.trim().is_empty() { Err(Misfit::Empty) } else { short(text, self.max.unwrap_or(ADDRESS)) }
    }

    fn choice(&self, value: &str) -> Result<(), Misfit> {
        let known = self.values.iter().any(|allowed| allowed.id == value);
        if known { Ok(()) } else { Err(Misfit::Choice { value: value.to_owned() }) }
    }
}

impl Link {
    fn fits(&self) -> Result<(), Misfit> {
        let link = self.link.as_deref().unwrap_or_default();
        if self.title.trim().is_empty() && link.trim().is_empty() {
            return Err(Misfit::Empty);
        }
        short(&self.title, ADDRESS)?;
        short(link, ADDRESS)
    }

    /// The address when a browser may follow it: the title otherwise stands alone.
    pub fn address(&self) -> Option<&str> {
        self.link.as_deref().filter(|link| is_address(link))
    }
}

impl Kind {
    fn wanted(self) -> &'static str {
        match self {
            Kind::Text => "a text",
            Kind::List => "a list of texts",
            Kind::Flag => "true or false",
            Kind::Month => "a month such as 2026-03",
            Kind::Number => "a whole number",
            Kind::Url => "an address that begins with https:// or http://",
            Kind::Links => "a list of { title, link }",
            Kind::Choice => "one of the values of the field",
            Kind::Choices => "a list of values of the field",
        }
    }
}

fn some<T>(list: &[T]) -> Result<&[T], Misfit> {
    if list.is_empty() { Err(Misfit::Empty) } else { Ok(list) }
}

fn short(text: &str, max: usize) -> Result<(), Misfit> {
    let found = text.chars().count();
    if found > max { Err(Misfit::Long { max, found }) } else { Ok(()) }
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}

/// `2026-03`, from year 1900.
fn is_month(text: &str) -> bool {
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('-')
        .is_some_and(|(year, month)| digits(year, 4) && digits(month, 2) && year >= "1900" && ("01"..="12").contains(&month))
}
