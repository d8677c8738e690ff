//! Found pieces of text, and what to do when they overlap.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::Label;
use crate::fold::is_word;

/// Which layer found a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A value known of the case.
    Known,
    /// The shape and checksum of an identifier.
    Identifier,
    /// The words around: "née le", "allocataire Caf", "demeurant".
    Context,
    /// Names of persons, by their place in the text and by lists.
    Names,
    /// A model that recognises names.
    Model,
    /// A value that another layer found elsewhere in the text.
    Repeated,
    /// Text that looks like a placeholder.
    Lookalike,
}

/// One piece of a text, by byte offsets.
#[derive(Clone, PartialEq)]
pub struct Span {
    /// Byte offsets in the text that was given.
    pub range: Range<usize>,
    /// What it is.
    pub label: Label,
    /// Which layer found it.
    pub source: Source,
    /// Confidence between 0 and 1. 1: a known value or a control key agrees. From 0.8: a form of its own, or the words
    /// beside it say what it is. From 0.5: form and place agree, or a key is wrong where it is likely to be mistyped.
    /// Below 0.5: it may be something else, such as an old date about nothing; this is left for a person to look at.
    pub score: f32,
    /// The same for all spellings of one value: what gives one index to one person. Personal data.
    pub entity: String,
}

/// Without the entity: what is debugged ends in logs.
impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { range, label, source, score, entity: _ } = self;
        write!(f, "Span {{ {range:?} {label:?} by {source:?} at {score} }}")
    }
}

/// Below this, a span yields to the number of an organisation that it lies in.
pub(crate) const SURE: f32 = 0.9;

/// Spans without overlap, in order. The longest wins and the others keep their uncovered part:
/// of what any span to hide covered, no letter and no digit is left in clear.
pub(crate) fn resolve(text: &str, found: Vec<Span>) -> Vec<Span> {
    if found.is_empty() {
        return found;
    }
    let (mut kept, found): (Vec<_>, Vec<_>) = found.into_iter().partition(|span| span.label.is_kept());
    kept.sort_by_key(|span| std::cmp::Reverse(span.range.len()));
    let (mut hidden, doubtful): (Vec<_>, Vec<_>) = found.into_iter().partition(|span| span.score >= SURE);

    let organisations = Cover::of(kept, &Union::of(&hidden));
    let (waiting, free): (Vec<_>, Vec<_>) = doubtful.into_iter().partition(|span| organisations.holds(&span.range));
    hidden.extend(free);
    // A number that something hidden cuts is no longer readable as one: it protects nothing.
    let organisations = Cover::of(organisations.spans.into_values(), &Union::of(&hidden));
    hidden.extend(waiting.into_iter().filter(|span| !organisations.holds(&span.range)));

    let longest_first = |a: &Span, b: &Span| {
        let length = b.range.len().cmp(&a.range.len());
        length.then(b.score.total_cmp(&a.score)).then(a.range.start.cmp(&b.range.start))
    };
    hidden.sort_by(longest_first);
    let mut cover = organisations;
    for span in hidden {
        cover.add_uncovered(text, span);
    }
    cover.spans.into_values().collect()
}

/// Adds spans that were found between those to hide, in order again. They win over numbers of organisations.
pub(crate) fn merge(mut spans: Vec<Span>, more: Vec<Span>) -> Vec<Span> {
    let new = Union::of(&more);
    spans.retain(|span| !span.label.is_kept() || !new.touches(&span.range));
    spans.extend(more);
    spans.sort_by_key(|span| span.range.start);
    spans
}

/// Of spans in doubt, those that touch neither what was found for sure nor a better one of them, in order.
pub(crate) fn apart(mut doubtful: Vec<Span>, spans: &[Span]) -> Vec<Span> {
    doubtful.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.range.len().cmp(&a.range.len())));
    Cover::of(doubtful, &Union::of(spans)).spans.into_values().collect()
}

/// True when `inner` lies in `outer`.
pub(crate) fn holds(outer: &Span, inner: &Span) -> bool {
    outer.range.start <= inner.range.start && inner.range.end <= outer.range.end
}

/// Disjoint ranges, by start.
struct Union(Vec<Range<usize>>);

impl Union {
    fn of(spans: &[Span]) -> Self {
        let mut ranges: Vec<_> = spans.iter().map(|span| span.range.clone()).collect();
        ranges.sort_by_key(|range| range.start);
        let mut union: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match union.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => union.push(range),
            }
        }
        Self(union)
    }

    fn touches(&self, range: &Range<usize>) -> bool {
        let next = self.0.partition_point(|own| own.end <= range.start);
        self.0.get(next).is_some_and(|own| own.start < range.end)
    }
}

/// Disjoint spans, by start.
struct Cover {
    spans: BTreeMap<usize, Span>,
}

impl Cover {
    /// The spans that touch neither `taken` nor one before them.
    fn of(spans: impl IntoIterator<Item = Span>, taken: &Union) -> Self {
        let mut cover = Self { spans: BTreeMap::new() };
        for span in spans {
            let overlaps = cover.last_before(span.range.end).is_some_and(|last| span.range.start < last.range.end);
            if !overlaps && !taken.touches(&span.range) {
                cover.spans.insert(span.range.start, span);
            }
        }
        cover
    }

    fn last_before(&self, end: usize) -> Option<&Span> {
        self.spans.range(..end).next_back().map(|(_, span)| span)
    }

    fn holds(&self, range: &Range<usize>) -> bool {
        self.last_before(range.start + 1).is_some_and(|own| range.end <= own.range.end)
    }

    fn add_uncovered(&mut self, text: &str, span: Span) {
        let Range { mut start, end } = span.range;
        start = self.last_before(start).map_or(start, |before| start.max(before.range.end));
        if start == span.range.start && self.spans.range(start..end.max(start)).next().is_none() {
            if start < end {
                self.spans.insert(start, span);
            }
            return;
        }
        let inside: Vec<_> = self.spans.range(start..end.max(start)).map(|(_, own)| own.range.clone()).collect();
        for next in inside.into_iter().chain(std::iter::once(end..end)) {
            self.add(text, &span, start..next.start);
            start = next.end;
        }
    }

    /// Adds a piece of `span`, without the separators at the ends when it is not the whole of it.
    fn add(&mut self, text: &str, span: &Span, mut range: Range<usize>) {
        if range != span.range {
            let Some(rest) = text.get(range.clone()).map(|rest| rest.trim_start_matches(|c| !is_word(c))) else { return };
            range.start = range.end - rest.len();
            range.end = range.start + rest.trim_end_matches(|c| !is_word(c)).len();
        }
        if !range.is_empty() {
            self.spans.insert(range.start, Span { range, ..span.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(range: Range<usize>, label: Label, score: f32) -> Span {
        Span { range, label, source: Source::Identifier, score, entity: String::new() }
    }

    fn ranges(spans: &[Span]) -> Vec<Range<usize>> {
        spans.iter().map(|span| span.range.clone()).collect()
    }

    #[test]
    fn nothing_that_was_found_is_left_in_clear() {
        let text = "abcdefghijklmnopqrst";
        let found = [0..10, 5..14, 8..16].map(|range| span(range, Label::Other, 1.0)).to_vec();
        assert_eq!(ranges(&resolve(text, found)), [0..10, 10..14, 14..16]);
    }

    #[test]
    fn a_piece_leaves_the_separators_around_it() {
        let found = [0..6, 3..11].map(|range| span(range, Label::Other, 1.0)).to_vec();
        assert_eq!(ranges(&resolve("ab, cd, ef.", found)), [0..2, 3..11]);
    }

    #[test]
    fn a_doubtful_number_yields_to_the_organisation_that_it_lies_in_and_to_no_other() {
        let text = "732 829 320 00074 56 78";
        let siret = span(0..17, Label::Siret, 1.0);
        let inside = span(8..17, Label::Phone, 0.8);
        let across = span(12..23, Label::Phone, 0.8);
        let labels = |found: &[&Span]| -> Vec<Label> {
            resolve(text, found.iter().map(|span| (*span).clone()).collect()).iter().map(|span| span.label).collect()
        };
        assert_eq!(labels(&[&siret, &inside]), [Label::Siret]);
        assert_eq!(labels(&[&siret, &across]), [Label::Phone]);
        // Broken by the one across it, the number no longer protects the one inside.
        assert_eq!(ranges(&resolve(text, vec![siret, inside, across])), [8..11, 12..23]);
    }
}
