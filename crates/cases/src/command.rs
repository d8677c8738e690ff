//! One function for each act. Each returns the event to store, or says why the act is refused; none changes the case.

use jiff::{Timestamp, civil::Date};

use crate::event::{Agent, CaseEvent, Channel, KnownValue, Outcome};
use crate::notice::Told;
use crate::{Case, CaseError, deadline, seal};

impl Case {
    /// Opens a case.
    pub fn open(id: &str, reference: &str, subject: &str, known: Vec<KnownValue>, at: Timestamp) -> Result<CaseEvent, CaseError> {
        let event = CaseEvent::Opened { id: id.into(), reference: reference.into(), subject: subject.into(), known, at };
        Case::fold([&event])?;
        Ok(event)
    }

    /// Seals an agent's own judgement. `salt` is 32 fresh random bytes.
    pub fn judge(
        &self,
        use_id: &str,
        agent: Agent,
        (value, reason): (&str, &str),
        salt: [u8; 32],
        at: Timestamp,
    ) -> Result<CaseEvent, CaseError> {
        let (use_id, reason) = (use_id.into(), reason.trim());
        let (seal, salt) = (seal::seal(&salt, value, reason), hex::encode(salt));
        self.allowed(CaseEvent::Judged { use_id, agent, value: value.into(), reason: reason.into(), salt, seal, at })
    }

    /// Shows the output of a use to an agent who has judged.
    pub fn reveal(&self, use_id: &str, agent: Agent, at: Timestamp) -> Result<CaseEvent, CaseError> {
        self.allowed(CaseEvent::Revealed { use_id: use_id.into(), agent, at })
    }

    /// Decides. The agent must have seen every output on the case, and must say why.
    pub fn decide(&self, agent: Agent, value: &str, reason: &str, at: Timestamp) -> Result<CaseEvent, CaseError> {
        self.allowed(CaseEvent::Decided { agent, value: value.into(), reason: reason.trim().into(), at })
    }

    /// Notifies the person concerned.
    pub fn notify(&self, code_hash: &str, letter_ref: &str, told: Told, at: Timestamp) -> Result<CaseEvent, CaseError> {
        let (code_hash, letter_ref, told) = (code_hash.into(), letter_ref.into(), Box::new(told));
        self.allowed(CaseEvent::Notified { code_hash, letter_ref, told, at })
    }

    /// Tells the person concerned of the uses recorded since they were last told.
    pub fn notify_further(&self, letter_ref: &str, told: Told, at: Timestamp) -> Result<CaseEvent, CaseError> {
        self.allowed(CaseEvent::FurtherNotified { letter_ref: letter_ref.into(), told: Box::new(told), at })
    }

    /// Closes the code of the letter and gives the letter another.
    pub fn replace_code(&self, code_hash: &str, letter_ref: &str, agent: Agent, at: Timestamp) -> Result<CaseEvent, CaseError> {
        self.allowed(CaseEvent::CodeReplaced { code_hash: code_hash.into(), letter_ref: letter_ref.into(), agent, at })
    }

    /// Opens what was told to an agent who took no part in the decision.
    pub fn open_letter(&self, agent: Agent, at: Timestamp) -> Result<CaseEvent, CaseError> {
        self.allowed(CaseEvent::LetterOpened { agent, at })
    }

    /// Records a contestation received on a civil day (Paris time); the legal clock starts. `reach` may be empty.
    pub fn contest(
        &self,
        id: &str,
        channel: Channel,
        (text, reach): (&str, &str),
        received: Date,
        at: Timestamp,
    ) -> Result<CaseEvent, CaseError> {
        let due = deadline::answer_due(received);
        let (contestation, text, reach) = (id.into(), text.trim().into(), reach.trim().into());
        self.allowed(CaseEvent::Contested { contestation, channel, text, reach, received, due, at })
    }

    /// Gives a contestation to an agent other than the one who decided.
    pub fn assign(&self, contestation: &str, agent: Agent, at: Timestamp) -> Result<CaseEvent, CaseError> {
        self.allowed(CaseEvent::Assigned { contestation: contestation.into(), agent, at })
    }

    /// Answers a contestation. The agent must be the assigned one, and must say why.
    pub fn answer(
        &self,
        contestation: &str,
        agent: Agent,
        outcome: Outcome,
        reason: &str,
        at: Timestamp,
    ) -> Result<CaseEvent, CaseError> {
        let (contestation, reason) = (contestation.into(), reason.trim().into());
        self.allowed(CaseEvent::Answered { contestation, agent, outcome, reason, at })
    }

    /// Records that the person concerned asks to be called back.
    pub fn ask_callback(&self, reach: &str, at: Timestamp) -> Result<CaseEvent, CaseError> {
        self.allowed(CaseEvent::CallbackAsked { reach: reach.trim().into(), at })
    }

    /// Records that an agent called back.
    pub fn call_back(&self, agent: Agent, at: Timestamp) -> Result<CaseEvent, CaseError> {
        self.allowed(CaseEvent::CalledBack { agent, at })
    }

    fn allowed(&self, event: CaseEvent) -> Result<CaseEvent, CaseError> {
        self.check(&event)?;
        Ok(event)
    }
}
