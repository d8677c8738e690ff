//! All layers on one set of byte offsets.

use std::collections::BTreeSet;
use std::fmt;
use std::iter::once;
use std::ops::Range;
use std::sync::Arc;

use crate::escapes::Unescaped;
use crate::fold::is_word;
use crate::known::{Joined, KnownLayer};
use crate::restore::placeholder;
use crate::span::{self, Source, merge, resolve};
use crate::tokens::Tokens;
use crate::{KnownValue, Label, Language, Span, Vault, context, identifiers, numbers, persons, repeated};

/// What is hidden may leave its neighbours in another light: what stands between is read again so many times at most.
const MORE_PASSES: usize = 6;
/// From this score on, a span is hidden unless the detector is told otherwise.
const HIDE: f32 = 0.5;

/// Finds personal data: the values known of the case, identifiers by their form and their key, and what the words around
/// give away; then every value that was found, wherever else it stands.
#[derive(Clone)]
pub struct Detector {
    known: Arc<KnownLayer>,
    language: Option<Arc<Language>>,
    hide: f32,
    /// Texts that are hidden wherever they are in doubt.
    also: Arc<BTreeSet<String>>,
}

/// A text whose personal data were replaced.
#[derive(Clone, PartialEq)]
pub struct Masked {
    /// The text to send.
    pub text: String,
    /// What was hidden, by byte offsets in the original text; numbers of organisations are found and kept.
    pub spans: Vec<Span>,
    /// What may be personal data and was left, by byte offsets in the original text: for a person to look at.
    pub doubtful: Vec<Span>,
    /// What stands in place of each span that was hidden, in order.
    pub(crate) placeholders: Vec<String>,
}

impl Detector {
    /// A detector for one case. Without known values, only the other layers find something.
    #[must_use]
    pub fn new(known: &[KnownValue]) -> Self {
        Self { known: Arc::new(KnownLayer::new(known)), language: None, hide: HIDE, also: Arc::default() }
    }

    /// Finds also the names of persons that the case does not know. With [`Language::default`], only by the words around.
    #[must_use]
    pub fn with_language(self, language: Arc<Language>) -> Self {
        Self { language: Some(language), ..self }
    }

    /// Hides what has this score or more, from 0 to 1; 0.5 when this is not called. A lower one suits a destination
    /// that must be trusted less: 0.3 hides all doubtful spans. See [`Span::score`].
    #[must_use]
    pub fn hiding_from(self, score: f32) -> Self {
        Self { hide: score, ..self }
    }

    /// Hides also these texts where they stand exactly so and are in doubt: a person looked at them and said so.
    #[must_use]
    pub fn hiding_also(self, texts: impl IntoIterator<Item = String>) -> Self {
        Self { also: Arc::new(texts.into_iter().collect()), ..self }
    }

    fn hides(&self, text: &str, span: &Span) -> bool {
        span.score >= self.hide || self.also.contains(&text[span.range.clone()])
    }

    /// Everything found in `text`, without overlap and in order; spans with a lower score than what is hidden are in doubt.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Span> {
        let (mut spans, doubtful) = self.search(text);
        spans.extend(doubtful);
        spans.sort_by_key(|span| span.range.start);
        spans
    }

    /// What is to be hidden in `text`, without overlap and in order.
    #[must_use]
    pub fn hidden(&self, text: &str) -> Vec<Span> {
        let mut spans = self.search(text).0;
        spans.retain(|span| !span.label.is_kept() && span.label != Label::Literal);
        spans
    }

    /// What is hidden or kept, and what is in doubt; neither overlaps.
    fn search(&self, text: &str) -> (Vec<Span>, Vec<Span>) {
        let tokens = Tokens::of(text);
        let found = self.layers(&tokens, self.language.as_deref());
        let (found, doubtful): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|span| span.label.is_kept() || self.hides(text, span));
        let mut spans = resolve(text, found);
        let more = repeated::find(&tokens, &spans);
        if !more.is_empty() {
            spans = resolve(text, spans.into_iter().chain(more).collect());
        }
        let mut gaps = gaps(&spans, 0..text.len());
        for _ in 0..MORE_PASSES {
            let more = self.between(text, &gaps, &spans);
            if more.is_empty() {
                break;
            }
            gaps.retain(|gap| more.iter().any(|span| gap.start <= span.range.start && span.range.end <= gap.end));
            gaps = gaps.iter().flat_map(|gap| self::gaps(&more, gap.clone())).collect();
            spans = merge(spans, more);
        }
        let doubtful = span::apart(doubtful, &spans);
        (spans, doubtful)
    }

    /// What all layers find in a text as it stands and as its escapes mean it.
    fn layers(&self, tokens: &Tokens, language: Option<&Language>) -> Vec<Span> {
        let mut found = self.read(tokens, language);
        found.extend(meant(tokens.text, |meant| self.read(&Tokens::of(meant), language)));
        found.extend(placeholder::find(tokens.text).map(|(range, _)| Span {
            entity: tokens.text[range.clone()].to_owned(),
            range,
            label: Label::Literal,
            source: Source::Lookalike,
            score: 1.0,
        }));
        found
    }

    /// A layer more is a call more here: all give spans on the offsets of one text. Names are read in whole texts only.
    fn read(&self, tokens: &Tokens, language: Option<&Language>) -> Vec<Span> {
        let mut found = Vec::new();
        self.known.find(tokens.text, Joined::All, &mut found);
        self.known.find_near(tokens.text, &mut found);
        identifiers::find(tokens, &mut found);
        numbers::find(tokens, &mut found);
        context::find(tokens, &mut found);
        if let Some(language) = language {
            persons::find(tokens, language, &mut found);
        }
        found
    }

    /// What can be hidden in parts of a text, each read alone: the text will be read so when it is masked again.
    fn between(&self, text: &str, gaps: &[Range<usize>], spans: &[Span]) -> Vec<Span> {
        let mut more = Vec::new();
        for gap in gaps.iter().filter(|gap| **gap != (0..text.len())) {
            let part = &text[gap.clone()];
            if !part.contains(is_word) {
                continue;
            }
            let mut found = self.layers(&Tokens::of(part), None);
            found.retain(|span| !span.label.is_kept() && self.hides(part, span));
            let found = resolve(part, found).into_iter();
            more.extend(found.map(|span| Span { range: gap.start + span.range.start..gap.start + span.range.end, ..span }));
        }
        // Inside the number of an organisation that was read whole, a doubtful part of it is still nothing.
        more.retain(|more| more.score >= span::SURE || !spans.iter().any(|kept| kept.label.is_kept() && span::holds(kept, more)));
        more
    }

    /// Replaces what is found by placeholders of the vault. Restoring the result gives `text` back exactly.
    pub fn mask(&self, vault: &mut Vault, text: &str) -> Masked {
        let (spans, doubtful) = self.search(text);
        let mut out = String::with_capacity(text.len());
        let (mut placeholders, mut done) = (Vec::new(), 0);
        for span in spans.iter().filter(|span| !span.label.is_kept()) {
            let reference = self.known.reference(span.label, &span.entity);
            let name = vault.placeholder(span.label, &span.entity, reference, &text[span.range.clone()]).to_string();
            out.push_str(&text[done..span.range.start]);
            out.push_str(&name);
            placeholders.push(name);
            done = span.range.end;
        }
        out.push_str(&text[done..]);
        Masked { text: out, spans, doubtful, placeholders }
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
            let part = &text[done..range.start];
            let known = |text: &str| {
                let mut found = Vec::new();
                self.known.find(text, joined, &mut found);
                found
            };
            let found = known(part).into_iter().chain(meant(part, known)).next();
            done = range.end;
            found.map(|span| span.label)
        })
    }
}

/// The parts of `range` between the spans that are hidden in it.
fn gaps(spans: &[Span], range: Range<usize>) -> Vec<Range<usize>> {
    let mut gaps = Vec::new();
    let mut done = range.start;
    let first = spans.partition_point(|span| span.range.start < range.start);
    let inside = spans[first..].iter().take_while(|span| span.range.end <= range.end).filter(|span| !span.label.is_kept());
    for hidden in inside.map(|span| span.range.clone()).chain(once(range.end..range.end)) {
        if done < hidden.start {
            gaps.push(done..hidden.start);
        }
        done = hidden.end;
    }
    gaps
}

/// Placeholders exactly as they are sent.
fn sent(text: &str) -> impl Iterator<Item = (Range<usize>, placeholder::Name)> {
    placeholder::find(text).filter(|(range, name)| text[range.clone()] == name.to_string())
}

/// What `read` finds in a text as its escapes mean it, by offsets in the text as it stands; nothing when it has none.
fn meant(text: &str, read: impl Fn(&str) -> Vec<Span>) -> Vec<Span> {
    let Some(unescaped) = Unescaped::of(text) else { return Vec::new() };
    let found = read(&unescaped.text).into_iter();
    found.map(|span| Span { range: unescaped.range(&span.range), ..span }).collect()
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
        f.debug_struct("Masked").field("spans", &self.spans).field("doubtful", &self.doubtful).finish_non_exhaustive()
    }
}
