//! What the cards of the dossier have in common.

use std::sync::Arc;

use gouvernail_register::Requirement;

use super::Dossier;
use crate::layout::Fact;
use crate::site::outlook::{self, Outlook};
use crate::views::system::{Card, Part, State};
use crate::views::workspace::Missing;

/// What every card is drawn from.
pub(super) struct Cards<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) outlook: &'a Outlook,
    /// The part whose form comes back with its mistakes.
    pub(super) refused: Option<Part>,
    /// The part where something was just done, and the sentence that says so.
    pub(super) done: Option<(Part, String)>,
}

impl Cards<'_> {
    /// The card of a part; `facts` is what is recorded in it.
    pub(super) fn card(&self, part: Part, facts: Vec<Fact>) -> Card {
        let begun = !facts.is_empty();
        self.card_in(part, self.outlook.state(part, begun), facts)
    }

    /// The same, for a part whose state is not for the rules to say.
    pub(super) fn card_in(&self, part: Part, state: State, facts: Vec<Fact>) -> Card {
        let (dossier, locale) = (self.dossier, self.dossier.locale());
        let lacks = self.outlook.lacks(part).map(|lack| outlook::in_words(lack, &dossier.id, locale)).collect();
        let done = self.done.as_ref().filter(|(at, _)| *at == part).map(|(_, done)| done.clone()).unwrap_or_default();
        let next = self.next().filter(|next| *next != part).map(|next| (next.address(&dossier.url()), next.fix()));
        let open = self.refused.unwrap_or_else(|| self.next().unwrap_or(Part::Stop)) == part;
        Card { part, state, lacks, facts, open, done, next }
    }

    /// The first part that lacks something: its form stands open.
    fn next(&self) -> Option<Part> {
        let lacks = |part: Part| self.outlook.lacks(part).next().is_some() || (part == Part::Model && self.lacks_version());
        Part::ALL.into_iter().find(|part| lacks(*part))
    }

    /// An authorisation is given to a version: without one, there is nothing to authorise.
    pub(super) fn lacks_version(&self) -> bool {
        self.dossier.system.version.is_none()
    }

    /// Requirements in words, with the version that they do not speak of.
    pub(super) fn told(&self, missing: &[Arc<Requirement>]) -> Vec<Missing> {
        let (dossier, locale) = (self.dossier, self.dossier.locale());
        let mut told: Vec<Missing> = missing.iter().map(|lack| outlook::in_words(lack, &dossier.id, locale)).collect();
        if self.lacks_version() {
            let at = missing.iter().take_while(|lack| outlook::comes_before(lack, Part::Model)).count();
            told.insert(at, dossier.lack(Part::Model, "lack-version"));
        }
        told
    }
}
