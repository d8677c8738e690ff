//! How sure one must be of a passage before it may leave.

use crate::Language;

/// What a destination may receive, by how likely a passage is to be personal ([`Span::score`](crate::Span::score), from 0 to 1).
/// Values known of the case and identifiers whose key agrees are at 1; forms that words beside them confirm from 0.8; likely
/// ones from 0.5; what may well be something else, below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strictness {
    /// From here on, a passage is hidden.
    pub hide_from: f32,
    /// From here on, what is not hidden is not sent either: somebody is asked. At `hide_from` or above, nobody is asked.
    pub ask_from: f32,
}

impl Strictness {
    /// Under this, nothing is ever reported.
    const LOWEST: f32 = 0.3;

    /// What suits a destination that nobody said anything of: what stays on this machine keeps its dates and numbers about
    /// nothing; of what leaves it, all that is in doubt is hidden.
    #[must_use]
    pub fn of(embedded: bool) -> Self {
        let hide_from = if embedded { 0.5 } else { Self::LOWEST };
        Self { hide_from, ask_from: hide_from }
    }

    /// Without lists of names much stays in doubt, and all of it is hidden.
    #[must_use]
    pub fn with(self, language: &Language) -> Self {
        if language.has_lists() { self } else { Self { hide_from: self.hide_from.min(Self::LOWEST), ..self } }
    }

    /// The same for who wants hidden what would be asked about.
    #[must_use]
    pub fn without_doubts(self) -> Self {
        Self { hide_from: self.hide_from.min(self.ask_from), ..self }
    }
}
