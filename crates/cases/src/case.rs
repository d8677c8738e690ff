//! The fold, and the rules of order. [`Case::check`] is the only place where they are written:
//! commands ask it before they return an event, and the fold asks it again, so that an altered history does not load.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::event::{Agent, CaseEvent, CaseUse, Channel, KnownValue, Outcome};
use crate::{CaseError, deadline, reason, seal};

/// A sealed blind judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The use judged.
    pub use_id: String,
    /// Who.
    pub agent: Agent,
    /// The judgement.
    pub value: String,
    /// Its seal, hexadecimal.
    pub seal: String,
    /// When.
    pub at: Timestamp,
}

/// What a named human decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who.
    pub agent: Agent,
    /// What.
    pub value: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// That the person concerned was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Hash of the short code.
    pub code_hash: String,
    /// Reference of the letter.
    pub letter_ref: String,
    /// When.
    pub at: Timestamp,
}

/// A request for another human to look again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contestation {
    /// Identifier.
    pub id: String,
    /// How it came.
    pub channel: Channel,
    /// What the person says.
    pub text: String,
    /// Day of receipt.
    pub received: Date,
    /// Last day to answer.
    pub due: Date,
    /// Who looks again.
    pub assigned: Option<Agent>,
    /// The answer: outcome, reason, time.
    pub answer: Option<(Outcome, String, Timestamp)>,
}

impl Contestation {
    /// Whether the legal month has passed without an answer.
    pub fn is_late(&self, today: Date) -> bool {
        self.answer.is_none() && today > self.due
    }
}

/// A citizen's file, as far as Gouvernail knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Identifier.
    pub id: String,
    /// The administration's reference.
    pub reference: String,
    /// What the request is about.
    pub subject: String,
    /// Known values, hidden from the model host.
    pub known: Vec<KnownValue>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Uses of algorithms, oldest first.
    pub uses: Vec<CaseUse>,
    /// Blind judgements, oldest first.
    pub judgements: Vec<Judgement>,
    /// Who has seen the output of which use: (use, agent identifier, when).
    pub reveals: Vec<(String, String, Timestamp)>,
    /// The decision.
    pub decision: Option<Decision>,
    /// The notification.
    pub notification: Option<Notification>,
    /// Contestations, oldest first.
    pub contestations: Vec<Contestation>,
}

impl Case {
    /// Rebuilds a case from its stored events, oldest first. Refuses a history that breaks the rules.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a CaseEvent>) -> Result<Self, CaseError> {
        let mut events = events.into_iter();
        let mut case = Self::start(events.next().ok_or(CaseError::NotOpened)?)?;
        for event in events {
            case.apply(event)?;
        }
        Ok(case)
    }

    fn start(event: &CaseEvent) -> Result<Self, CaseError> {
        let CaseEvent::Opened { id, reference, subject, known, at } = event else { return Err(CaseError::NotOpened) };
        filled("id", id)?;
        filled("reference", reference)?;
        filled("subject", subject)?;
        Ok(Self {
            id: id.clone(),
            reference: reference.clone(),
            subject: subject.clone(),
            known: known.clone(),
            opened_at: *at,
            uses: Vec::new(),
            judgements: Vec::new(),
            reveals: Vec::new(),
            decision: None,
            notification: None,
            contestations: Vec::new(),
        })
    }

    /// Adds one event to the case, if the rules allow it.
    pub fn apply(&mut self, event: &CaseEvent) -> Result<(), CaseError> {
        self.check(event)?;
        match event.clone() {
            CaseEvent::Opened { .. } => {}
            CaseEvent::UseRecorded(case_use) => self.uses.push(case_use),
            CaseEvent::Judged { use_id, agent, value, seal, at, .. } => {
                self.judgements.push(Judgement { use_id, agent, value, seal, at });
            }
            CaseEvent::Revealed { use_id, agent, at } => self.reveals.push((use_id, agent.id, at)),
            CaseEvent::Decided { agent, value, reason, at } => {
                self.decision = Some(Decision { agent, value, reason, at });
            }
            CaseEvent::Notified { code_hash, letter_ref, at } => {
                self.notification = Some(Notification { code_hash, letter_ref, at });
            }
            CaseEvent::Contested { contestation: id, channel, text, received, due, .. } => {
                let fresh = Contestation { id, channel, text, received, due, assigned: None, answer: None };
                self.contestations.push(fresh);
            }
            CaseEvent::Assigned { contestation, agent, .. } => {
                self.change(&contestation, |c| c.assigned = Some(agent));
            }
            CaseEvent::Answered { contestation, outcome, reason, at, .. } => {
                self.change(&contestation, |c| c.answer = Some((outcome, reason, at)));
            }
        }
        Ok(())
    }

    /// Whether an event may happen now.
    pub fn check(&self, event: &CaseEvent) -> Result<(), CaseError> {
        match event {
            CaseEvent::Opened { .. } => Err(CaseError::AlreadyOpened(self.id.clone())),
            CaseEvent::UseRecorded(case_use) => self.check_use(case_use),
            CaseEvent::Judged { use_id, agent, value, salt, seal, .. } => {
                self.check_judgement(use_id, agent, value)?;
                if seal::opens(seal, salt, value) { Ok(()) } else { Err(CaseError::BrokenSeal(use_id.clone())) }
            }
            CaseEvent::Revealed { use_id, agent, .. } => self.check_reveal(use_id, agent),
            CaseEvent::Decided { agent, value, reason, .. } => self.check_decision(agent, value, reason),
            CaseEvent::Notified { code_hash, letter_ref, .. } => self.check_notification(code_hash, letter_ref),
            CaseEvent::Contested { contestation, text, received, due, .. } => {
                self.check_contestation(contestation, text, *received, *due)
            }
            CaseEvent::Assigned { contestation, agent, .. } => self.check_assignment(contestation, agent),
            CaseEvent::Answered { contestation, agent, outcome, reason, .. } => {
                self.check_answer(contestation, agent, outcome, reason)
            }
        }
    }

    /// The output of a use, for an agent to whom it was revealed.
    pub fn output(&self, use_id: &str, agent: &Agent) -> Result<&str, CaseError> {
        let case_use = self.use_of(use_id)?;
        if self.revealed(use_id, agent) { Ok(case_use.output.open()) } else { Err(not_revealed(use_id, agent)) }
    }

    /// Whether an agent has sealed a judgement on a use.
    pub fn judged(&self, use_id: &str, agent: &Agent) -> bool {
        self.judgements.iter().any(|j| j.use_id == use_id && j.agent.id == agent.id)
    }

    /// Whether an agent has seen the output of a use.
    pub fn revealed(&self, use_id: &str, agent: &Agent) -> bool {
        self.reveals.iter().any(|(u, a, _)| u == use_id && *a == agent.id)
    }

    /// One contestation.
    pub fn contestation(&self, id: &str) -> Result<&Contestation, CaseError> {
        self.contestations.iter().find(|c| c.id == id).ok_or_else(|| CaseError::UnknownContestation(id.to_owned()))
    }

    /// One use.
    pub fn use_of(&self, use_id: &str) -> Result<&CaseUse, CaseError> {
        self.uses.iter().find(|u| u.use_id == use_id).ok_or_else(|| CaseError::UnknownUse(use_id.to_owned()))
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

    pub(crate) fn check_judgement(&self, use_id: &str, agent: &Agent, value: &str) -> Result<(), CaseError> {
        self.use_of(use_id)?;
        named(agent)?;
        filled("value", value)?;
        if self.judged(use_id, agent) {
            return Err(CaseError::AlreadyJudged { use_id: use_id.to_owned(), agent: agent.id.clone() });
        }
        Ok(())
    }

    fn check_reveal(&self, use_id: &str, agent: &Agent) -> Result<(), CaseError> {
        self.use_of(use_id)?;
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
        if let Some(unseen) = self.uses.iter().find(|u| !self.revealed(&u.use_id, agent)) {
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
        if self.decision.as_ref().is_some_and(|d| d.agent.id == agent.id) {
            return Err(CaseError::SameAgent { agent: agent.id.clone() });
        }
        Ok(())
    }

    fn check_answer(&self, id: &str, agent: &Agent, outcome: &Outcome, why: &str) -> Result<(), CaseError> {
        let contestation = self.open_contestation(id)?;
        if contestation.assigned.as_ref().is_none_or(|a| a.id != agent.id) {
            return Err(CaseError::NotAssigned { contestation: id.to_owned(), agent: agent.id.clone() });
        }
        if let Outcome::Changed { value } = outcome {
            filled("value", value)?;
        }
        reason::check(why)
    }

    fn open_contestation(&self, id: &str) -> Result<&Contestation, CaseError> {
        let contestation = self.contestation(id)?;
        if contestation.answer.is_some() {
            return Err(CaseError::AlreadyAnswered(id.to_owned()));
        }
        Ok(contestation)
    }

    fn change(&mut self, id: &str, act: impl FnOnce(&mut Contestation)) {
        if let Some(contestation) = self.contestations.iter_mut().find(|c| c.id == id) {
            act(contestation);
        }
    }
}

fn filled(field: &'static str, value: &str) -> Result<(), CaseError> {
    if value.trim().is_empty() { Err(CaseError::Empty { field }) } else { Ok(()) }
}

fn named(agent: &Agent) -> Result<(), CaseError> {
    if agent.is_named() { Ok(()) } else { Err(CaseError::NoNamedHuman) }
}

fn not_revealed(use_id: &str, agent: &Agent) -> CaseError {
    CaseError::NotRevealed { use_id: use_id.to_owned(), agent: agent.id.clone() }
}
