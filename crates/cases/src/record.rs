//! Private records that commitments are made over. A record never leaves the administration; only
//! the hash of its salted canonical form goes to the log, and deleting the record erases the person.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Case, CaseEvent};

/// Kinds of act that owe a commitment; tallies count by these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A call was refused.
    Refusal,
    /// A call that touched no case.
    Invocation,
    /// An algorithm touched a case.
    CaseUse,
    /// A person decided.
    Decision,
    /// The person concerned was told.
    Notice,
    /// A contestation, its assignment or its answer.
    Contestation,
}

impl Kind {
    /// The word that the log's tallies count by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refusal => "refusal",
            Self::Invocation => "invocation",
            Self::CaseUse => "case_use",
            Self::Decision => "decision",
            Self::Notice => "notice",
            Self::Contestation => "contestation",
        }
    }

    /// What an event of a case owes, if anything.
    pub fn of(event: &CaseEvent) -> Option<Self> {
        match event {
            CaseEvent::UseRecorded(_) => Some(Self::CaseUse),
            CaseEvent::Decided { .. } => Some(Self::Decision),
            CaseEvent::Notified { .. } | CaseEvent::FurtherNotified { .. } | CaseEvent::CodeReplaced { .. } => Some(Self::Notice),
            CaseEvent::Contested { .. } | CaseEvent::Assigned { .. } | CaseEvent::Answered { .. } => Some(Self::Contestation),
            CaseEvent::Opened { .. } | CaseEvent::Judged { .. } | CaseEvent::Revealed { .. } => None,
            // Reading, and talking to a person, decide nothing.
            CaseEvent::LetterOpened { .. } => None,
            CaseEvent::CallbackAsked { .. } | CaseEvent::CalledBack { .. } => None,
        }
    }
}

/// A record: `{"v":1,"kind":…,"subject":…,"body":…}`. `subject` is the identifier of the case or of the call.
pub fn record(kind: Kind, subject: &str, body: Value) -> Value {
    let fields = [("v", 1.into()), ("kind", kind.as_str().into()), ("subject", subject.into()), ("body", body)];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The record that an event of a case owes, with the blind judgements and reveals that a decision rests on.
pub fn of_event(case: &Case, event: &CaseEvent) -> Result<Option<(Kind, Value)>, serde_json::Error> {
    let Some(kind) = Kind::of(event) else { return Ok(None) };
    let value = match event {
        CaseEvent::Decided { .. } => {
            let body = json!({ "decision": event, "judgements": case.judgements, "reveals": case.reveals });
            record(kind, &case.id, body)
        }
        _ => record(kind, &case.id, serde_json::to_value(event)?),
    };
    Ok(Some((kind, value)))
}
