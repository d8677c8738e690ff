//! For tests of every crate: a complete dossier, and acts as somebody who has just read the page sends them.

mod dossier;
mod large;

pub use dossier::{AGENT, HOST, MODEL, OWNER, RECORD, organisation, record, register, system};
pub use large::{AGENTS, SYSTEMS, certified, large, large_call};

use crate::event::Event;
use crate::record::digest_of;
use crate::state::{Register, Study, frozen};

/// The same act, with the digests that a page would send along: of the sheet for a version, of the study for a signature,
/// of the version for an authorisation, of what is proposed when it is settled.
pub fn as_read(register: &Register, mut event: Event) -> Event {
    let Some(system) = event.system().and_then(|id| register.systems.get(id)).cloned() else { return event };
    match &mut event {
        Event::VersionDeclared { model, digest, .. } => {
            *digest = register.models.get(model).map(|known| frozen(&system.sheet, model, known)).unwrap_or_default();
        }
        Event::StudySigned { kind, digest, .. } => *digest = system.studies.get(kind).map(Study::digest).unwrap_or_default(),
        Event::Authorised { digest, .. } => {
            *digest = system.version.as_ref().map(|version| version.digest.clone()).unwrap_or_default();
        }
        Event::RecordWritten { record, changed, .. } => *changed = record.changed_since(system.record.as_ref()),
        Event::ProposalsSettled { digest, .. } => *digest = digest_of(&system.proposed),
        _ => {}
    }
    event
}
