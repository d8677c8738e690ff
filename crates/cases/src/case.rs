//! A case: the fold of its events. What may happen next is in [`crate::rules`].

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::CaseError;
use crate::event::{Agent, CaseEvent, CaseUse, Channel, KnownValue, Outcome};
use crate::notice::Told;
use crate::rules::not_revealed;

/// A sealed blind judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The use judged.
    pub use_id: String,
    /// Who.
    pub agent: Agent,
    /// The judgement.
    pub value: String,
    /// Why, in a few words.
    pub reason: String,
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
    /// Uses recorded before it: the first ones of the case, each judged then opened by the agent who decided.
    pub uses: usize,
}

/// That the person concerned was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Hash of the short code.
    pub code_hash: String,
    /// Reference of the letter.
    pub letter_ref: String,
    /// What was said.
    pub told: Told,
    /// When.
    pub at: Timestamp,
    /// Uses recorded before it: the first ones of the case, those that it speaks of.
    pub uses: usize,
    /// When each code of the letter was closed and replaced, oldest first.
    pub replaced: Vec<Timestamp>,
}

/// That the person concerned was told of what came after the notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// Reference of the letter.
    pub letter_ref: String,
    /// What was said.
    pub told: Told,
    /// When.
    pub at: Timestamp,
    /// Uses recorded before it.
    pub uses: usize,
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
    /// Where to reach them; may be empty.
    pub reach: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// Day of receipt.
    pub received: Date,
    /// Last day to answer.
    pub due: Date,
    /// Who looks again.
    pub assigned: Option<Agent>,
    /// Whether they can know nothing of what the tool answered. It stays so until they answer this one, or another of the same
    /// case.
    pub blind: bool,
    /// The answer: outcome, reason, time.
    pub answer: Option<(Outcome, String, Timestamp)>,
}

impl Contestation {
    /// Whether the legal month has passed without an answer.
    pub fn is_late(&self, today: Date) -> bool {
        self.answer.is_none() && today > self.due
    }

    /// Whether this agent looks again.
    pub fn is_assigned_to(&self, agent_id: &str) -> bool {
        self.assigned.as_ref().is_some_and(|agent| agent.id == agent_id)
    }
}

/// A request to be called back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    /// Where to reach the person.
    pub reach: String,
    /// When it was asked.
    pub at: Timestamp,
    /// Who called back, and when.
    pub done: Option<(Agent, Timestamp)>,
}

/// The decision that stands: the first one, or what a second look made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Who decided so.
    pub agent: &'a Agent,
    /// What.
    pub value: &'a str,
    /// Why.
    pub reason: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Where a case stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A person has still to decide.
    Open,
    /// Decided, and nobody waits for anything.
    Decided,
    /// Decided, and the person has still to be told of a use.
    Untold,
    /// Decided, and the person waits for a call.
    Callback,
    /// Decided, and another person has to look again.
    Contested,
}

impl Status {
    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Decided => "decided",
            Self::Untold => "untold",
            Self::Callback => "callback",
            Self::Contested => "contested",
        }
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
    /// Letters that told of later uses, oldest first.
    pub further: Vec<Further>,
    /// Identifiers of agents who opened the letter to send it, having taken no part in the decision.
    pub openers: Vec<String>,
    /// Contestations, oldest first.
    pub contestations: Vec<Contestation>,
    /// Contestations that were answered, in the order of the answers: the order of the history, for clocks go back.
    pub answered: Vec<String>,
    /// Requests to be called back, oldest first.
    pub callbacks: Vec<Callback>,
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
        for (field, value) in [("id", id), ("reference", reference), ("subject", subject)] {
            if value.trim().is_empty() {
                return Err(CaseError::Empty { field });
            }
        }
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
            further: Vec::new(),
            openers: Vec::new(),
            contestations: Vec::new(),
            answered: Vec::new(),
            callbacks: Vec::new(),
        })
    }

    /// Adds one event to the case, if the rules allow it.
    pub fn apply(&mut self, event: &CaseEvent) -> Result<(), CaseError> {
        self.check(event)?;
        match event.clone() {
            CaseEvent::Opened { .. } => {}
            CaseEvent::UseRecorded(case_use) => self.uses.push(case_use),
            CaseEvent::Judged { use_id, agent, value, reason, seal, at, .. } => {
                self.judgements.push(Judgement { use_id, agent, value, reason, seal, at });
            }
            CaseEvent::Revealed { use_id, agent, at } => self.reveals.push((use_id, agent.id, at)),
            CaseEvent::Decided { agent, value, reason, at } => {
                self.decision = Some(Decision { agent, value, reason, at, uses: self.uses.len() });
            }
            CaseEvent::Notified { code_hash, letter_ref, told, at } => {
                let (uses, replaced) = (self.uses.len(), Vec::new());
                self.notification = Some(Notification { code_hash, letter_ref, told: *told, at, uses, replaced });
            }
            CaseEvent::FurtherNotified { letter_ref, told, at } => {
                self.further.push(Further { letter_ref, told: *told, at, uses: self.uses.len() });
            }
            CaseEvent::CodeReplaced { code_hash, at, .. } => {
                if let Some(notification) = &mut self.notification {
                    notification.code_hash = code_hash;
                    notification.replaced.push(at);
                }
            }
            CaseEvent::LetterOpened { agent, .. } => self.openers.push(agent.id),
            CaseEvent::Contested { contestation: id, channel, text, reach, received, due, at } => {
                let (assigned, answer, blind) = (None, None, false);
                self.contestations.push(Contestation { id, channel, text, reach, at, received, due, assigned, blind, answer });
            }
            CaseEvent::Assigned { contestation, agent, .. } => {
                let blind = !self.may_know(&agent);
                self.change(&contestation, |c| (c.assigned, c.blind) = (Some(agent), blind));
            }
            CaseEvent::Answered { contestation, agent, outcome, reason, at } => {
                self.change(&contestation, |c| c.answer = Some((outcome, reason, at)));
                // Who answered may see the whole file from now on: what else they hold of it is no longer looked at blind.
                for held in self.contestations.iter_mut().filter(|c| c.answer.is_none() && c.is_assigned_to(&agent.id)) {
                    held.blind = false;
                }
                self.answered.push(contestation);
            }
            CaseEvent::CallbackAsked { reach, at } => self.callbacks.push(Callback { reach, at, done: None }),
            CaseEvent::CalledBack { agent, at } => {
                for callback in self.callbacks.iter_mut().filter(|callback| callback.done.is_none()) {
                    callback.done = Some((agent.clone(), at));
                }
            }
        }
        Ok(())
    }

    fn change(&mut self, id: &str, act: impl FnOnce(&mut Contestation)) {
        if let Some(contestation) = self.contestations.iter_mut().find(|c| c.id == id) {
            act(contestation);
        }
    }

    /// Where it stands.
    pub fn status(&self) -> Status {
        if self.decision.is_none() {
            return Status::Open;
        }
        if self.contestations.iter().any(|contestation| contestation.answer.is_none()) {
            return Status::Contested;
        }
        if !self.untold().is_empty() {
            return Status::Untold;
        }
        if self.open_callbacks().next().is_some() { Status::Callback } else { Status::Decided }
    }

    /// The decision that stands, once there is one.
    pub fn standing(&self) -> Option<Standing<'_>> {
        self.after(&self.answered)
    }

    /// The decision that stood when a contestation was answered, if there was one; the one that stands, until it is answered.
    pub fn stood_before(&self, contestation: &str) -> Option<Standing<'_>> {
        let earlier = self.answered.iter().position(|answered| answered == contestation).unwrap_or(self.answered.len());
        self.after(&self.answered[..earlier])
    }

    /// What the decision became after these answers.
    fn after(&self, answered: &[String]) -> Option<Standing<'_>> {
        let Decision { agent, value, reason, at, .. } = self.decision.as_ref()?;
        let first = Standing { agent, value, reason, at: *at };
        let changed = |id: &String| {
            let contestation = self.contestation(id).ok()?;
            let Some((Outcome::Changed { value }, reason, at)) = &contestation.answer else { return None };
            Some(Standing { agent: contestation.assigned.as_ref()?, value, reason, at: *at })
        };
        answered.iter().rev().find_map(changed).or(Some(first))
    }

    /// Whether a second look changed the decision.
    pub fn has_changed(&self) -> bool {
        self.contestations.iter().any(|c| matches!(c.answer, Some((Outcome::Changed { .. }, _, _))))
    }

    /// Whether this agent took the decision, or changed it.
    pub fn has_decided(&self, agent_id: &str) -> bool {
        let changed = |c: &Contestation| matches!(c.answer, Some((Outcome::Changed { .. }, _, _))) && c.is_assigned_to(agent_id);
        self.decision.as_ref().is_some_and(|d| d.agent.id == agent_id) || self.contestations.iter().any(changed)
    }

    /// Whether this agent has a second look to give on this case.
    pub fn looks_again(&self, agent: &Agent) -> bool {
        self.contestations.iter().any(|c| c.answer.is_none() && c.is_assigned_to(&agent.id))
    }

    /// Whether an agent saw an answer of the tool, or may have read the letter that says it.
    pub fn may_know(&self, agent: &Agent) -> bool {
        let answered = |c: &Contestation| c.answer.is_some() && c.is_assigned_to(&agent.id);
        self.reveals.iter().any(|(_, id, _)| *id == agent.id)
            || self.openers.contains(&agent.id)
            || self.contestations.iter().any(answered)
    }

    /// Uses of a decided case of which no letter speaks yet.
    pub fn untold(&self) -> &[CaseUse] {
        if self.decision.is_none() {
            return &[];
        }
        let told = self.further.last().map(|further| further.uses);
        let told = told.or_else(|| self.notification.as_ref().map(|notification| notification.uses));
        &self.uses[told.unwrap_or(0)..]
    }

    /// Requests to be called back that nobody has served yet.
    pub fn open_callbacks(&self) -> impl Iterator<Item = &Callback> {
        self.callbacks.iter().filter(|callback| callback.done.is_none())
    }

    /// The oldest use whose output this agent has not seen.
    pub fn next_unseen(&self, agent: &Agent) -> Option<&CaseUse> {
        self.uses.iter().find(|case_use| !self.revealed(&case_use.use_id, agent))
    }

    /// The output of a use, for an agent to whom it was revealed.
    pub fn output(&self, use_id: &str, agent: &Agent) -> Result<&str, CaseError> {
        Ok(self.seen(use_id, agent)?.output.open())
    }

    /// What the tool proposed in a use, for an agent to whom it was revealed.
    pub fn proposal(&self, use_id: &str, agent: &Agent) -> Result<Option<&str>, CaseError> {
        Ok(self.seen(use_id, agent)?.proposal.as_ref().map(|proposal| proposal.open()))
    }

    fn seen(&self, use_id: &str, agent: &Agent) -> Result<&CaseUse, CaseError> {
        let case_use = self.use_of(use_id)?;
        if self.revealed(use_id, agent) { Ok(case_use) } else { Err(not_revealed(use_id, agent)) }
    }

    /// What the tool said in a use, for the person concerned, once they have been told of the decision.
    pub fn told_output(&self, use_id: &str) -> Result<&str, CaseError> {
        let case_use = self.use_of(use_id)?;
        if self.notification.is_some() { Ok(case_use.output.open()) } else { Err(CaseError::NotNotified) }
    }

    /// An agent's judgement on a use.
    pub fn judgement(&self, use_id: &str, agent: &Agent) -> Option<&Judgement> {
        self.judgements.iter().find(|j| j.use_id == use_id && j.agent.id == agent.id)
    }

    /// Whether an agent has sealed a judgement on a use.
    pub fn judged(&self, use_id: &str, agent: &Agent) -> bool {
        self.judgement(use_id, agent).is_some()
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
}
