//! What may happen to a case.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::notice::Told;
use crate::seal::SealedText;

/// A named public agent. Two agents are the same person when their identifiers are equal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// Stable identifier of the person.
    pub id: String,
    /// Name as a citizen may read it.
    pub name: String,
}

impl Agent {
    /// An agent from identifier and name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into() }
    }

    pub(crate) fn is_named(&self) -> bool {
        !self.id.trim().is_empty() && self.name.chars().any(char::is_alphabetic)
    }
}

/// A value that the administration knows about the file: shown to the agent, hidden from the model host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownValue {
    /// What it is ("nom", "adresse").
    pub label: String,
    /// The value itself.
    pub value: String,
}

/// Energy and carbon of one use. Watt-hours and grams of CO2 equivalent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct UseFootprint {
    /// Central estimate, Wh.
    pub energy_wh: f64,
    /// Low end of the range, Wh.
    pub energy_wh_low: f64,
    /// High end of the range, Wh.
    pub energy_wh_high: f64,
    /// Central estimate, gCO2e.
    pub carbon_g: f64,
}

/// An algorithm touched the case (CRPA L311-3-1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseUse {
    /// Identifier of the invocation, or of the declared use.
    pub use_id: String,
    /// Identifier of the system.
    pub system: String,
    /// Version of the system.
    pub version: String,
    /// When.
    pub at: Timestamp,
    /// What for, in words for the citizen.
    pub purpose: String,
    /// Categories of data that were sent.
    pub data_categories: Vec<String>,
    /// The text that the tool produced; closed until the agent has judged.
    pub output: SealedText,
    /// The tool's conclusion in the same vocabulary as judgements and decisions, when it has one.
    pub proposal: Option<SealedText>,
    /// Energy and carbon, when metered.
    pub footprint: Option<UseFootprint>,
}

/// How a contestation reached the administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The page behind the code.
    Web,
    /// A telephone call, written down by an agent.
    Phone,
    /// A letter.
    Post,
    /// At the counter.
    Counter,
}

/// What the second look gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The decision stays.
    Maintained,
    /// The decision changes.
    Changed {
        /// The new decision.
        value: String,
    },
}

/// One fact in the life of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CaseEvent {
    /// The administration opened the file in Gouvernail.
    Opened {
        /// Identifier in Gouvernail.
        id: String,
        /// The administration's own reference.
        reference: String,
        /// What the request is about.
        subject: String,
        /// Values known about the file, hidden from the model host.
        known: Vec<KnownValue>,
        /// When.
        at: Timestamp,
    },
    /// An algorithm touched the case.
    UseRecorded(CaseUse),
    /// An agent's own view, sealed before the output is shown.
    Judged {
        /// The use judged.
        use_id: String,
        /// Who.
        agent: Agent,
        /// The judgement.
        value: String,
        /// Why, in a few words.
        reason: String,
        /// 32 bytes, hexadecimal.
        salt: String,
        /// See [`crate::seal::seal`].
        seal: String,
        /// When.
        at: Timestamp,
    },
    /// The output was shown to an agent.
    Revealed {
        /// The use shown.
        use_id: String,
        /// To whom.
        agent: Agent,
        /// When.
        at: Timestamp,
    },
    /// A person decided.
    Decided {
        /// Who.
        agent: Agent,
        /// What.
        value: String,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// The person concerned was told.
    Notified {
        /// See [`crate::code::hash`].
        code_hash: String,
        /// `sha256:` and the hash of the letter as it was printed.
        letter_ref: String,
        /// What was said, so that it can be said again word for word.
        told: Box<Told>,
        /// When.
        at: Timestamp,
    },
    /// The person concerned was told of uses recorded since they were last told.
    FurtherNotified {
        /// `sha256:` and the hash of the letter as it was printed.
        letter_ref: String,
        /// What was said.
        told: Box<Told>,
        /// When.
        at: Timestamp,
    },
    /// The code of the letter was closed, and the same letter goes out again with another.
    CodeReplaced {
        /// Hash of the new code.
        code_hash: String,
        /// `sha256:` and the hash of the new letter as it was printed.
        letter_ref: String,
        /// Who closed it.
        agent: Agent,
        /// When.
        at: Timestamp,
    },
    /// An agent who took no part in the decision opened the letter, which says what the tool answered.
    LetterOpened {
        /// Who.
        agent: Agent,
        /// When.
        at: Timestamp,
    },
    /// The person concerned asks another human to look again.
    Contested {
        /// Identifier of the contestation.
        contestation: String,
        /// How it came.
        channel: Channel,
        /// What the person says.
        text: String,
        /// Where to reach them; may be empty.
        reach: String,
        /// Day of receipt, Paris time.
        received: Date,
        /// Last day to answer, see [`crate::deadline::answer_due`].
        due: Date,
        /// When it was recorded.
        at: Timestamp,
    },
    /// The contestation was given to an agent.
    Assigned {
        /// The contestation.
        contestation: String,
        /// To whom.
        agent: Agent,
        /// When.
        at: Timestamp,
    },
    /// The agent answered.
    Answered {
        /// The contestation.
        contestation: String,
        /// Who.
        agent: Agent,
        /// What the second look gave.
        outcome: Outcome,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// The person concerned asks to be called back.
    CallbackAsked {
        /// A telephone number, or another way to reach them.
        reach: String,
        /// When.
        at: Timestamp,
    },
    /// An agent called back: every open request of the case is served.
    CalledBack {
        /// Who.
        agent: Agent,
        /// When.
        at: Timestamp,
    },
}

impl CaseEvent {
    /// The word that names the event in the store; the same as in its JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::UseRecorded(_) => "use_recorded",
            Self::Judged { .. } => "judged",
            Self::Revealed { .. } => "revealed",
            Self::Decided { .. } => "decided",
            Self::Notified { .. } => "notified",
            Self::FurtherNotified { .. } => "further_notified",
            Self::CodeReplaced { .. } => "code_replaced",
            Self::LetterOpened { .. } => "letter_opened",
            Self::Contested { .. } => "contested",
            Self::Assigned { .. } => "assigned",
            Self::Answered { .. } => "answered",
            Self::CallbackAsked { .. } => "callback_asked",
            Self::CalledBack { .. } => "called_back",
        }
    }

    /// When it happened.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::UseRecorded(case_use) => case_use.at,
            Self::Opened { at, .. }
            | Self::Judged { at, .. }
            | Self::Revealed { at, .. }
            | Self::Decided { at, .. }
            | Self::Notified { at, .. }
            | Self::FurtherNotified { at, .. }
            | Self::CodeReplaced { at, .. }
            | Self::LetterOpened { at, .. }
            | Self::Contested { at, .. }
            | Self::Assigned { at, .. }
            | Self::Answered { at, .. }
            | Self::CallbackAsked { at, .. }
            | Self::CalledBack { at, .. } => *at,
        }
    }
}
