//! The answer to "may this happen, now?": requirement packs, dated, and the decision that they give on facts.

mod diff;
mod examples;
mod expression;
mod matrix;
mod pack;
mod period;
mod quick;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use cedar_policy::{
    Authorizer, Decision as CedarDecision, Entities, EntityId, EntityTypeName, EntityUid, PolicySet, Request, Response,
};
use jiff::{SignedDuration, Timestamp};

pub use diff::{Change, diff};
pub use examples::{ExampleError, ExamplesRun, run_examples};
pub use matrix::{PROPOSITIONS, Proposition, test_name};
pub use pack::{Asked, PackError, PackText, Requirement};

use expression::Asking;
use period::{Period, periods, start};

use crate::facts::{Call, Facts};
use crate::state::Register;

/// The name that a caller without one has for the rules.
const UNKNOWN: &str = "unknown";
/// When a requirement reads the clock in such a way that nobody can tell when its answer changes, it is asked again after that.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_secs(1);

/// What is asked: to be tried, to be authorised, or to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Everything that must hold before a bounded trial.
    Try,
    /// Everything that must hold before an authorisation is given.
    Authorise,
    /// Everything that must hold for one request.
    Call,
}

/// The answer to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Requirements that are not met; empty when the call is allowed.
    pub missing: Vec<Arc<Requirement>>,
    /// Instant after which the answer must be asked again, for a date passes.
    pub valid_until: Option<Timestamp>,
}

impl Decision {
    /// Whether nothing is missing.
    pub fn allowed(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Facts or rules could not be evaluated: the caller must refuse.
#[derive(Debug, thiserror::Error)]
#[error("the rules could not be evaluated, so the call is refused: {0}")]
pub struct RulesUnreadable(pub(crate) String);

/// The packs in force, ready to answer; others may take their place while they answer.
pub struct Rules {
    current: RwLock<Arc<Loaded>>,
    edition: AtomicU64,
}

/// Packs that were read and checked, as one.
struct Loaded {
    /// The hierarchy of actions: without it, a policy on the group `run` would match nothing.
    actions: Entities,
    requirements: BTreeMap<String, Arc<Requirement>>,
    /// From each day on, until the next: what is asked.
    periods: Vec<Period>,
    authorizer: Authorizer,
    names: Names,
}

/// Cedar's names, read once.
struct Names {
    caller: EntityTypeName,
    system: EntityTypeName,
    to_try: EntityUid,
    to_authorise: EntityUid,
    to_call: EntityUid,
}

impl Rules {
    /// The packs that ship with the product.
    pub fn shipped() -> Result<Self, PackError> {
        Self::with(&[])
    }

    /// The packs that ship with the product, and these. Nothing that ships can be taken away: a pack only forbids.
    pub fn with(local: &[PackText]) -> Result<Self, PackError> {
        let packs: Vec<PackText> = PackText::shipped().into_iter().chain(local.iter().cloned()).collect();
        Self::load(&packs)
    }

    /// Reads, checks and dates these packs, and no other.
    pub fn load(packs: &[PackText]) -> Result<Self, PackError> {
        Ok(Self { current: RwLock::new(Arc::new(Loaded::read(packs)?)), edition: AtomicU64::new(0) })
    }

    /// From now on, the packs that ship and these. A pack that cannot be read changes nothing.
    pub fn replace(&self, local: &[PackText]) -> Result<(), PackError> {
        let packs: Vec<PackText> = PackText::shipped().into_iter().chain(local.iter().cloned()).collect();
        let loaded = Arc::new(Loaded::read(&packs)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = loaded;
        // After the packs: who remembers an answer under the new number must have asked the new packs.
        self.edition.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    /// How many times the packs were replaced: an answer given before does not count after.
    pub fn edition(&self) -> u64 {
        self.edition.load(Ordering::SeqCst)
    }

    /// Every requirement, by identifier, for the matrix and the pages.
    pub fn requirements(&self) -> impl Iterator<Item = Arc<Requirement>> {
        let all: Vec<_> = self.current().requirements.values().cloned().collect();
        all.into_iter()
    }

    /// What is missing for `action`, now. An error means refuse.
    pub fn decide(&self, register: &Register, action: Action, call: &Call, now: Timestamp) -> Result<Decision, RulesUnreadable> {
        self.judge(&Facts::of(register, call, now), action, (call.person.as_deref(), &call.system), now)
    }

    fn judge(
        &self,
        facts: &Facts,
        action: Action,
        names: (Option<&str>, &str),
        now: Timestamp,
    ) -> Result<Decision, RulesUnreadable> {
        self.current().judge(facts, action, names, now)
    }

    fn current(&self) -> Arc<Loaded> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Loaded {
    fn read(packs: &[PackText]) -> Result<Self, PackError> {
        let schema = pack::schema()?;
        let actions = schema.action_entities().map_err(|error| pack::schema_error("schema", &error))?;
        let mut requirements = BTreeMap::new();
        let mut dated = Vec::new();
        for text in packs {
            for (requirement, policy) in pack::read(text, &schema)? {
                let requirement = Arc::new(requirement);
                dated.push((Arc::clone(&requirement), policy));
                let id = requirement.id.clone();
                if requirements.insert(id.clone(), requirement).is_some() {
                    return Err(PackError::Duplicate { pack: text.name.clone(), policy: id });
                }
            }
        }
        let periods = periods(&dated)?;
        let names = Names::read().map_err(|error| pack::schema_error("schema", &error))?;
        Ok(Self { actions, requirements, periods, authorizer: Authorizer::new(), names })
    }

    /// What these facts lack.
    fn judge(
        &self,
        facts: &Facts,
        action: Action,
        (person, system): (Option<&str>, &str),
        now: Timestamp,
    ) -> Result<Decision, RulesUnreadable> {
        let Some(period) = self.periods.iter().rev().find(|period| period.from <= now) else {
            return Err(RulesUnreadable("no pack is in effect at this date".into()));
        };
        let policies = period.of(action);
        let caller = person.unwrap_or(UNKNOWN);
        let name = self.names.of(action);
        let asking = Asking { facts, now: now.as_millisecond(), caller, action: name.id().unescaped(), system };
        let missing = if policies.quick.as_ref().is_some_and(|quick| quick.allows(&asking)) {
            Vec::new()
        } else {
            self.missing(&self.request(name, &asking, now)?, &policies.cedar)?
        };
        let next_period = self.periods.iter().map(|period| period.from).find(|from| *from > now);
        let unforeseen = (!policies.change_at_dates_only()).then(|| now.saturating_add(ASKED_AGAIN).unwrap_or(now));
        let valid_until = facts.next_change(now).into_iter().chain(next_period).chain(unforeseen).min();
        Ok(Decision { missing, valid_until })
    }

    /// The facts have the shape of the schema by construction, which a test holds: they are not checked again here.
    fn request(&self, action: &EntityUid, asking: &Asking<'_>, now: Timestamp) -> Result<Request, RulesUnreadable> {
        let caller = EntityUid::from_type_name_and_id(self.names.caller.clone(), EntityId::new(asking.caller));
        let system = EntityUid::from_type_name_and_id(self.names.system.clone(), EntityId::new(asking.system));
        Request::new(caller, action.clone(), system, asking.facts.context(now)?, None)
            .map_err(|error| RulesUnreadable(error.to_string()))
    }

    fn missing(&self, request: &Request, policies: &PolicySet) -> Result<Vec<Arc<Requirement>>, RulesUnreadable> {
        let answer = self.answer(request, policies)?;
        if answer.decision() == CedarDecision::Allow {
            return Ok(Vec::new());
        }
        let known = answer.diagnostics().reason().filter_map(|id| self.requirements.get::<str>(id.as_ref()));
        let mut missing: Vec<Arc<Requirement>> = known.cloned().collect();
        if missing.is_empty() {
            return Err(RulesUnreadable("the call is refused and no requirement says why".into()));
        }
        missing.sort_by(|one, other| one.order().cmp(&other.order()));
        Ok(missing)
    }

    /// Cedar skips a policy that errs; skipping a prohibition would allow. So any error refuses.
    fn answer(&self, request: &Request, policies: &PolicySet) -> Result<Response, RulesUnreadable> {
        let answer = self.authorizer.is_authorized(request, policies, &self.actions);
        let error = answer.diagnostics().errors().next().map(|error| RulesUnreadable(error.to_string()));
        error.map_or(Ok(answer), Err)
    }
}

impl Names {
    fn of(&self, action: Action) -> &EntityUid {
        match action {
            Action::Try => &self.to_try,
            Action::Authorise => &self.to_authorise,
            Action::Call => &self.to_call,
        }
    }

    fn read() -> Result<Self, Box<cedar_policy::ParseErrors>> {
        let name = |text: &str| text.parse::<EntityTypeName>().map_err(Box::new);
        let action = name("Action")?;
        let uid = |id: &str| EntityUid::from_type_name_and_id(action.clone(), EntityId::new(id));
        Ok(Self {
            caller: name("Caller")?,
            system: name("System")?,
            to_try: uid("try"),
            to_authorise: uid("authorise"),
            to_call: uid("call"),
        })
    }
}

impl Requirement {
    /// The order in which requirements are told: by proposition, then by name.
    pub(crate) fn order(&self) -> (u8, &str) {
        (self.proposition.parse().unwrap_or(u8::MAX), &self.id)
    }

    /// Whether it binds at this instant.
    pub fn in_effect(&self, now: Timestamp) -> bool {
        start(self.since) <= now && self.until.is_none_or(|until| now < start(until))
    }
}

#[cfg(test)]
mod tests;
