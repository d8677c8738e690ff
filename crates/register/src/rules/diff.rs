//! What changed between two packs: for those who vote a doctrine, and for those who keep one.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::{Requirement, Rules};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The second asks it, the first did not.
    Added(Arc<Requirement>),
    /// The first asked it, the second no longer does.
    Removed(Arc<Requirement>),
    /// Both ask it, otherwise: name of what changed, before, after.
    Changed(String, Vec<(&'static str, String, String)>),
}

/// From one set of requirements to another, in the order of their identifiers.
pub fn diff(before: &Rules, after: &Rules) -> Vec<Change> {
    let by_id = |rules: &Rules| -> BTreeMap<String, Arc<Requirement>> {
        rules.requirements().map(|known| (known.id.clone(), known)).collect()
    };
    let (before, after) = (by_id(before), by_id(after));
    let removed = before.iter().filter(|(id, _)| !after.contains_key(*id)).map(|(_, known)| Change::Removed(Arc::clone(known)));
    let others = after.iter().filter_map(|(id, now)| match before.get(id) {
        None => Some(Change::Added(Arc::clone(now))),
        Some(then) => {
            let changed = fields(then, now);
            (!changed.is_empty()).then(|| Change::Changed(id.clone(), changed))
        }
    });
    removed.chain(others).collect()
}

fn fields(then: &Requirement, now: &Requirement) -> Vec<(&'static str, String, String)> {
    let told = |requirement: &Requirement| {
        [
            ("proposition", requirement.proposition.clone()),
            ("law", requirement.law.clone()),
            ("since", requirement.since.to_string()),
            ("until", requirement.until.map(|day| day.to_string()).unwrap_or_default()),
            ("words (fr)", requirement.fr.clone()),
            ("words (en)", requirement.en.clone()),
            ("note (fr)", requirement.note_fr.clone()),
            ("note (en)", requirement.note_en.clone()),
            ("fix", requirement.fix.clone()),
            ("condition", requirement.condition.clone()),
        ]
    };
    let pairs = told(then).into_iter().zip(told(now));
    pairs.filter(|((_, before), (_, after))| before != after).map(|((name, before), (_, after))| (name, before, after)).collect()
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added(new) => write!(f, "+ {} (proposition {}, since {}): {}", new.id, new.proposition, new.since, new.fr),
            Self::Removed(old) => write!(f, "- {} (proposition {}, since {}): {}", old.id, old.proposition, old.since, old.fr),
            Self::Changed(id, fields) => {
                write!(f, "~ {id}")?;
                fields.iter().try_for_each(|(name, before, after)| {
                    let shown = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
                    write!(f, "\n    {name}: {}\n      → {}", shown(before), shown(after))
                })
            }
        }
    }
}
