//! All layers on one set of byte offsets.

use std::fmt;
use std::iter::once;

use crate::escapes::Unescaped;
use crate::known::Joined;
use crate::known::KnownLayer;
use crate::restore::placeholder;
use crate::span::{Source, merge, resolve};
use crate::{KnownValue, Label, Span, Vault, identifiers};

/// A text with escapes is looked at again so many times at most, in what is not hidden yet.
const MORE_PASSES: usize = 3;

/// Finds personal data: the values known of the case, then French identifiers.
#[derive(Clone)]
pub struct Detector {
    known: KnownLayer,
}

/// A text whose personal data were replaced.
#[derive(Clone, PartialEq)]
pub struct Masked {
    /// The text to send.
    pub text: String,
    /// What was found, by byte offsets in the original text; numbers of organisations are found and kept.
    pub spans: Vec<Span>,
}

impl Detector {
    /// A detector for one case. Without known values, only identifiers are found.
    #[must_use]
    pub fn new(known: &[KnownValue]) -> Self {
        Self { known: KnownLayer::new(known) }
    }

    /// Everything found in `text`, without overlap and in order.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Span> {
        let mut spans = self.find_once(text);
        // What escapes mean may begin where what they are does not: beside what is now hidden, more may stand alone.
        for _ in 0..MORE_PASSES {
            let more = self.find_between(text, &spans);
            if more.is_empty() {
                break;
            }
            spans = merge(spans, more);
        }
        spans
    }

    /// A layer more is a call more here: all give spans on the offsets of one text.
    fn find_once(&self, text: &str) -> Vec<Span> {
        let mut found = read(text, |meant, found| {
            self.known.find(meant, Joined::All, found);
            identifiers::find(meant, found);
        });
        found.extend(placeholder::find(text).map(|(range, _)| Span {
            entity: text[range.clone()].to_owned(),
            range,
            label: Label::Literal,
            source: Source::Lookalike,
            score: 1.0,
        }));
        resolve(text, found)
    }

    /// What can be hidden in those parts between `spans` that hold escapes.
    fn find_between(&self, text: &str, spans: &[Span]) -> Vec<Span> {
        let mut more = Vec::new();
        let mut done = 0;
        let hidden = spans.iter().filter(|span| !span.label.is_kept()).map(|span| span.range.clone());
        for range in hidden.chain(once(text.len()..text.len())) {
            let part = &text[done..range.start];
            if Unescaped::of(part).is_some() {
                let found = self.find_once(part).into_iter().filter(|span| !span.label.is_kept());
                more.extend(found.map(|span| Span { range: done + span.range.start..done + span.range.end, ..span }));
            }
            done = range.end;
        }
        more
    }

    /// Replaces what is found by placeholders of the vault. Restoring the result gives `text` back exactly.
    pub fn mask(&self, vault: &mut Vault, text: &str) -> Masked {
        let spans = self.find(text);
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for span in spans.iter().filter(|span| !span.label.is_kept()) {
            let reference = self.known.reference(span.label, &span.entity);
            let name = vault.placeholder(span.label, &span.entity, reference, &text[span.range.clone()]);
            out.push_str(&text[done..span.range.start]);
            out.push_str(&name.to_string());
            done = span.range.end;
        }
        out.push_str(&text[done..]);
        Masked { text: out, spans }
    }

    /// Masks a text that may already be masked with this vault: its placeholders stay as they are,
    /// so doing it twice is doing it once.
    pub fn remask(&self, vault: &mut Vault, text: &str) -> String {
        let values = vault.values();
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        let ours = sent(text).filter(|(_, name)| values.spelling(*name).is_some());
        for (range, _) in ours {
            out.push_str(&self.mask(vault, &text[done..range.start]).text);
            out.push_str(&text[range.clone()]);
            done = range.end;
        }
        out.push_str(&self.mask(vault, &text[done..]).text);
        out
    }

    /// Label of the first known value that is still in a text that was to be masked. A person may be called
    /// "Personne": the words of placeholders are no names, and no value reaches across a placeholder.
    pub(crate) fn known_left(&self, text: &str, joined: Joined) -> Option<Label> {
        let mut done = 0;
        sent(text).map(|(range, _)| range).chain(once(text.len()..text.len())).find_map(|range| {
            let found = read(&text[done..range.start], |meant, found| self.known.find(meant, joined, found));
            done = range.end;
            found.first().map(|span| span.label)
        })
    }
}

/// Placeholders exactly as they are sent.
fn sent(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, placeholder::Name)> {
    placeholder::find(text).filter(|(range, name)| text[range.clone()] == name.to_string())
}

/// What `layers` find in a text as it stands and as its escapes mean it, by offsets in the text as it stands.
fn read(text: &str, layers: impl Fn(&str, &mut Vec<Span>)) -> Vec<Span> {
    let mut found = Vec::new();
    layers(text, &mut found);
    if let Some(unescaped) = Unescaped::of(text) {
        let mut meant = Vec::new();
        layers(&unescaped.text, &mut meant);
        found.extend(meant.into_iter().map(|span| Span { range: unescaped.range(&span.range), ..span }));
    }
    found
}

/// Without the values: what is debugged ends in logs.
impl fmt::Debug for Detector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Detector of {} known value(s)", self.known.len())
    }
}

/// Without the text: what is debugged ends in logs.
impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Masked").field("spans", &self.spans).finish_non_exhaustive()
    }
}
