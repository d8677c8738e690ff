//! Calls whose end nobody saw: the program died between their intent and their outcome.

use gouvernail_store::{Ambient, Intent, Journal, Live, OutcomeKind, Result};
use jiff::Timestamp;

use crate::record::{End, Words, outcome};
use crate::tokens::Tokens;

/// Gives every intent made before `before` that has no outcome one of kind [`OutcomeKind::Unknown`], with the commitment that it
/// owes; a case that it touched is told, so that the citizen is told all the same. To be run at start, with
/// [`Timestamp::MAX`] by a program that knows that no other one makes calls on this database: a clock that was set back must
/// not leave any open. Returns how many there were.
///
/// # Errors
/// When the journal cannot be read or written: no call should be taken then.
pub async fn recover(journal: &Journal, live: &Live, ambient: &Ambient, before: Timestamp) -> Result<u64> {
    let known = live.snapshot();
    let unknown = |intent: &Intent| {
        let end = End {
            attempts: 0,
            at: ambient.now(),
            kind: OutcomeKind::Unknown,
            reached: true,
            why: Some("the program stopped during the call".to_owned()),
            output: String::new(),
            wordless: None,
            proposal: None,
            tokens: Tokens::default(),
            footprint: None,
        };
        outcome(intent, end, &Words::of(&known.register, &intent.system), ambient.bytes())
    };
    let recovered = journal.recover(before, unknown).await?;
    if recovered > 0 {
        tracing::warn!(recovered, "calls that had no recorded end are now recorded as of unknown outcome");
    }
    Ok(recovered)
}
