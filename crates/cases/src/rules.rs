//! The rules of order. [`Case::check`] is the only place where they are written: commands ask it before they return an event,
//! and the fold asks it again, so that an altered history does not load.

use jiff::civil::Date;

use crate::event::{Agent, CaseEvent, CaseUse, Outcome};
use crate::{Case, CaseError, Contestation, deadline, reason, seal};

impl Case {
    /// Whether an event may happen now.
    pub fn check(&self, event: &CaseEvent) -> Result<(), CaseError> {
        match event {
            CaseEvent::Opened { .. } => Err(CaseError::AlreadyOpened(self.id.clone())),
            CaseEvent::UseRecorded(case_use) => self.check_use(case_use),
            CaseEvent::Judged { use_id, agent, value, reason, salt, seal, .. } => {
                self.check_judgement(use_id, agent, value, reason)?;
                if seal::opens(seal, salt, value, reason) { Ok(()) } else { Err(CaseError::BrokenSeal(use_id.clone())) }
            }
            CaseEvent::Revealed { use_id, agent, .. } => self.check_reveal(use_id, agent),
            CaseEvent::Decided { agent, value, reason, .. } => self.check_decision(agent, value, reason),
            CaseEvent::Notified { code_hash, letter_ref, .. } => self.check_notification(code_hash, letter_ref),
            CaseEvent::FurtherNotified { letter_ref, .. } => self.check_further(letter_ref),
            CaseEvent::CodeReplaced { code_hash, letter_ref, agent, .. } => self.check_new_code(code_hash, letter_ref, agent),
            CaseEvent::LetterOpened { agent, .. } => self.check_opening(agent),
            CaseEvent::Contested { contestation, text, received, due, .. } => {
                self.check_contestation(contestation, text, *received, *due)
            }
            CaseEvent::Assigned { contestation, agent, .. } => self.check_assignment(contestation, agent),
            CaseEvent::Answered { contestation, agent, outcome, reason, .. } => {
                self.check_answer(contestation, agent, outcome, reason)
            }
            CaseEvent::CallbackAsked { reach, .. } => self.check_callback(reach),
            CaseEvent::CalledBack { agent, .. } => self.check_called_back(agent),
        }
    }

    /// Whether an agent may read what the person concerned was told. It says what the tool proposed: who may still be asked to
    /// look again without knowing it reads it only after having answered, or after having opened it for good (see
    /// [`CaseEvent::LetterOpened`]).
    pub fn check_told(&self, agent: &Agent) -> Result<(), CaseError> {
        let decided = self.decision.as_ref().is_some_and(|decision| decision.agent.id == agent.id);
        let answered = self.contestations.iter().any(|c| c.answer.is_some() && c.is_assigned_to(&agent.id));
        let seen = !self.uses.is_empty() && self.next_unseen(agent).is_none();
        let opened = self.openers.contains(&agent.id);
        if decided || answered || seen || opened { Ok(()) } else { Err(CaseError::StillBlind(agent.id.clone())) }
    }

    // A use is a fact that the gateway has already made: no state of the case may refuse its record.
    fn check_use(&self, case_use: &CaseUse) -> Result<(), CaseError> {
        filled("use_id", &case_use.use_id)?;
        filled("system", &case_use.system)?;
        if self.use_of(&case_use.use_id).is_ok() {
            return Err(CaseError::DuplicateUse(case_use.use_id.clone()));
        }
        Ok(())
    }

    fn check_judgement(&self, use_id: &str, agent: &Agent, value: &str, why: &str) -> Result<(), CaseError> {
        self.use_of(use_id)?;
        named(agent)?;
        filled("value", value)?;
        filled("reason", why)?;
        self.not_looking_again(agent)?;
        if self.judged(use_id, agent) {
            return Err(CaseError::AlreadyJudged { use_id: use_id.to_owned(), agent: agent.id.clone() });
        }
        Ok(())
    }

    fn check_reveal(&self, use_id: &str, agent: &Agent) -> Result<(), CaseError> {
        self.use_of(use_id)?;
        self.not_looking_again(agent)?;
        if self.judged(use_id, agent) {
            return Ok(());
        }
        Err(CaseError::NotJudged { use_id: use_id.to_owned(), agent: agent.id.clone() })
    }

    fn check_decision(&self, agent: &Agent, value: &str, why: &str) -> Result<(), CaseError> {
        if self.decision.is_some() {
            return Err(CaseError::AlreadyDecided);
        }
        named(agent)?;
        filled("value", value)?;
        if let Some(unseen) = self.next_unseen(agent) {
            return Err(not_revealed(&unseen.use_id, agent));
        }
        reason::check(why)
    }

    fn check_notification(&self, code_hash: &str, letter_ref: &str) -> Result<(), CaseError> {
        if self.decision.is_none() {
            return Err(CaseError::NotDecided);
        }
        if self.notification.is_some() {
            return Err(CaseError::AlreadyNotified);
        }
        filled("code_hash", code_hash)?;
        filled("letter_ref", letter_ref)
    }

    fn check_further(&self, letter_ref: &str) -> Result<(), CaseError> {
        if self.notification.is_none() {
            return Err(CaseError::NotNotified);
        }
        if self.untold().is_empty() {
            return Err(CaseError::NothingToTell);
        }
        filled("letter_ref", letter_ref)
    }

    fn check_new_code(&self, code_hash: &str, letter_ref: &str, agent: &Agent) -> Result<(), CaseError> {
        let notification = self.notification.as_ref().ok_or(CaseError::NotNotified)?;
        named(agent)?;
        filled("code_hash", code_hash)?;
        filled("letter_ref", letter_ref)?;
        if notification.code_hash == code_hash { Err(CaseError::SameCode) } else { Ok(()) }
    }

    fn check_opening(&self, agent: &Agent) -> Result<(), CaseError> {
        if self.notification.is_none() {
            return Err(CaseError::NotNotified);
        }
        named(agent)?;
        self.not_looking_again(agent)
    }

    // Who gives a second look learns nothing of what the tool answered meanwhile.
    fn not_looking_again(&self, agent: &Agent) -> Result<(), CaseError> {
        if self.looks_again(agent) { Err(CaseError::LooksAgain(agent.id.clone())) } else { Ok(()) }
    }

    fn check_contestation(&self, id: &str, text: &str, received: Date, due: Date) -> Result<(), CaseError> {
        if self.notification.is_none() {
            return Err(CaseError::NotNotified);
        }
        filled("contestation", id)?;
        filled("text", text)?;
        if self.contestation(id).is_ok() {
            return Err(CaseError::DuplicateContestation(id.to_owned()));
        }
        let expected = deadline::answer_due(received);
        if due == expected { Ok(()) } else { Err(CaseError::WrongDueDate { id: id.to_owned(), expected, given: due }) }
    }

    fn check_assignment(&self, id: &str, agent: &Agent) -> Result<(), CaseError> {
        self.open_contestation(id)?;
        named(agent)?;
        if self.has_decided(&agent.id) {
            return Err(CaseError::SameAgent { agent: agent.id.clone() });
        }
        Ok(())
    }

    fn check_answer(&self, id: &str, agent: &Agent, outcome: &Outcome, why: &str) -> Result<(), CaseError> {
        if !self.open_contestation(id)?.is_assigned_to(&agent.id) {
            return Err(CaseError::NotAssigned { contestation: id.to_owned(), agent: agent.id.clone() });
        }
        if let Outcome::Changed { value } = outcome {
            filled("value", value)?;
            if self.standing().is_some_and(|standing| standing.value == value) {
                return Err(CaseError::SameDecision(value.clone()));
            }
        }
        reason::check(why)
    }

    fn check_callback(&self, reach: &str) -> Result<(), CaseError> {
        filled("reach", reach)?;
        if self.open_callbacks().any(|callback| callback.reach == reach) {
            return Err(CaseError::CallbackAlreadyAsked(reach.to_owned()));
        }
        Ok(())
    }

    fn check_called_back(&self, agent: &Agent) -> Result<(), CaseError> {
        named(agent)?;
        if self.open_callbacks().next().is_none() { Err(CaseError::NoCallback) } else { Ok(()) }
    }

    fn open_contestation(&self, id: &str) -> Result<&Contestation, CaseError> {
        let contestation = self.contestation(id)?;
        if contestation.answer.is_some() {
            return Err(CaseError::AlreadyAnswered(id.to_owned()));
        }
        Ok(contestation)
    }
}

fn filled(field: &'static str, value: &str) -> Result<(), CaseError> {
    if value.trim().is_empty() { Err(CaseError::Empty { field }) } else { Ok(()) }
}

fn named(agent: &Agent) -> Result<(), CaseError> {
    if agent.is_named() { Ok(()) } else { Err(CaseError::NoNamedHuman) }
}

pub(crate) fn not_revealed(use_id: &str, agent: &Agent) -> CaseError {
    CaseError::NotRevealed { use_id: use_id.to_owned(), agent: agent.id.clone() }
}
