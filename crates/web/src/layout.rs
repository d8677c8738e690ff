//! What every page shares: who is reading, where they are, what went wrong in their form.

use std::collections::BTreeMap;

/// For whom the page is drawn: decides the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// Anybody, without an account.
    #[default]
    Public,
    /// The référent IA and the DSI.
    Referent,
    /// An agent who decides on files.
    Agent,
    /// An elected official.
    Elected,
    /// Readers of the observatory, a separate site.
    Observatory,
}

/// One mistake in a form, linked from the summary to its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's `name`, which is its `id` as well.
    pub field: String,
    /// What is wrong and how to mend it, in the reader's language.
    pub message: String,
}

/// What surrounds a page's own content.
#[derive(Debug, Clone, Default)]
pub struct Chrome {
    /// The administration's name.
    pub organisation: String,
    /// For whom.
    pub audience: Audience,
    /// Name of the signed-in person; empty when there is none.
    pub person: String,
    /// Mistakes of the form just sent, in the order of the fields.
    pub errors: Vec<FieldError>,
    /// What was typed in the form just sent, by field: it comes back with the mistakes.
    pub typed: BTreeMap<String, String>,
    /// One sentence that confirms what has just been done; empty when there is none.
    pub done: String,
}

impl Chrome {
    /// A page for `audience`, nothing gone wrong.
    pub fn new(organisation: &str, audience: Audience, person: &str) -> Chrome {
        Chrome { organisation: organisation.into(), audience, person: person.into(), ..Chrome::default() }
    }

    /// The mistake in `field`, or the empty string.
    pub fn error(&self, field: &str) -> &str {
        self.errors.iter().find(|e| e.field == field).map_or("", |e| e.message.as_str())
    }

    /// What a field shows: what was typed in the form just sent, or else `known`.
    pub fn value<'a>(&'a self, field: &str, known: &'a str) -> &'a str {
        self.typed.get(field).map_or(known, String::as_str)
    }

    /// The `aria-describedby` of a field: its hint, then its mistake, when they exist.
    pub fn described_by(&self, field: &str, hint: &str) -> String {
        let mut ids = Vec::new();
        if !hint.is_empty() {
            ids.push(format!("{field}-hint"));
        }
        if !self.error(field).is_empty() {
            ids.push(format!("{field}-error"));
        }
        ids.join(" ")
    }

    pub(crate) fn sample(audience: Audience) -> Chrome {
        let person = match audience {
            Audience::Referent => "Claire Vasseur",
            Audience::Agent => "Samir Benali",
            Audience::Elected => "Hélène Marchand",
            Audience::Public | Audience::Observatory => "",
        };
        Chrome::new("Commune de Val-d’Ormes", audience, person)
    }
}

/// A labelled value. The label is a key of the locales, so that it follows the reader's language.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Key of the label.
    pub label: &'static str,
    /// The value, ready to read.
    pub value: String,
}

/// A figure: its label agrees with its number.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Key of the label, with plurals.
    pub label: &'static str,
    /// The number that the label agrees with.
    pub count: usize,
    /// The figure, ready to read.
    pub value: String,
}

/// A [`Figure`] in one call.
pub fn figure(label: &'static str, count: usize, value: String) -> Figure {
    Figure { label, count, value }
}

/// A [`Fact`] in one call.
pub fn fact(label: &'static str, value: &str) -> Fact {
    Fact { label, value: value.into() }
}

/// One answer that a form offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub words: String,
}

impl Choice {
    /// A choice in one call.
    pub fn new(value: impl Into<String>, words: impl Into<String>) -> Choice {
        Choice { value: value.into(), words: words.into() }
    }
}

/// A page could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("the page {page} could not be drawn: {source}; report it with the address of the page")]
pub struct RenderError {
    /// The template's file.
    pub page: &'static str,
    /// Why.
    pub source: askama::Error,
}

/// Ties a context to its template: gives it `render`.
macro_rules! page {
    ($context:ident, $path:tt) => {
        const _: () = {
            #[derive(askama::Template)]
            #[template(path = $path)]
            struct Page<'a> {
                l: &'a crate::i18n::Locale,
                v: &'a $context,
            }

            impl $context {
                /// The whole HTML page in the language of `locale`.
                pub fn render(&self, locale: &crate::i18n::Locale) -> Result<String, crate::layout::RenderError> {
                    askama::Template::render(&Page { l: locale, v: self })
                        .map_err(|source| crate::layout::RenderError { page: $path, source })
                }
            }
        };
    };
}
pub(crate) use page;
