//! What the rules see: facts computed from the register, in the shape of `rules/schema.cedarschema`.

mod held;
mod read;

pub use read::is_in_union;

use cedar_policy::{Context, RestrictedExpression};
use jiff::Timestamp;

use crate::rules::RulesUnreadable;
use crate::state::System;

/// One call to be judged: who asks what of which system, on which case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Call {
    /// Identifier of the system, bound to the caller's key.
    pub system: String,
    /// Name of the model that the caller asked for.
    pub model: String,
    /// Identifier of the person behind the call, when known.
    pub person: Option<String>,
    /// The case that the call touches.
    pub case: Option<CaseMode>,
}

impl Call {
    /// The call that an application makes for this system on an ordinary day, on behalf of `person`.
    pub fn ordinary(id: &str, system: &System, person: Option<&str>) -> Self {
        Self {
            system: id.to_owned(),
            model: system.version.as_ref().map(|version| version.model.clone()).unwrap_or_default(),
            person: person.map(str::to_owned),
            case: system.sheet.touches_cases.then_some(CaseMode::Assisted),
        }
    }
}

/// How a case must be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseMode {
    /// AI may assist.
    Assisted,
    /// Drawn to be handled by humans alone.
    WithoutAi,
}

/// The facts of one call, by group, without the instant at which they are looked at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Facts {
    /// Groups in the order of the schema: `organisation`, `system`, `studies`, …
    pub(crate) groups: Vec<(&'static str, Record)>,
    /// Instants that change a fact by themselves when they pass, beside those that stand in the facts.
    pub(crate) lapses: Vec<Timestamp>,
}

/// Facts of one group, by name. A name that is absent has no fact: no study, no contract.
pub(crate) type Record = Vec<(&'static str, Fact)>;

/// One fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fact {
    /// Whether something holds.
    Is(bool),
    /// A word of a closed list.
    Word(&'static str),
    /// A number.
    Number(i64),
    /// An instant; Cedar sees milliseconds since 1970, which cost nothing to compare.
    At(Timestamp),
    /// Names of what is there.
    Names(Vec<String>),
}

impl Facts {
    /// The next instant after `now` at which a date in the facts passes.
    pub(crate) fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let dates = self.groups.iter().flat_map(|(_, record)| record).filter_map(|(_, fact)| match fact {
            Fact::At(at) => Some(*at),
            _ => None,
        });
        dates.chain(self.lapses.iter().copied()).filter(|at| *at > now).min()
    }

    /// What Cedar evaluates, built without a detour by JSON: this is on the road of every call.
    pub(crate) fn context(&self, now: Timestamp) -> Result<Context, RulesUnreadable> {
        let unreadable = |error: &dyn std::fmt::Display| RulesUnreadable(error.to_string());
        let mut pairs = Vec::with_capacity(self.groups.len() + 1);
        pairs.push(("now".to_owned(), Fact::At(now).expression()));
        for (name, record) in &self.groups {
            let fields = record.iter().map(|(name, fact)| ((*name).to_owned(), fact.expression()));
            let record = RestrictedExpression::new_record(fields).map_err(|error| unreadable(&error))?;
            pairs.push(((*name).to_owned(), record));
        }
        Context::from_pairs(pairs).map_err(|error| unreadable(&error))
    }

    pub(crate) fn record(&self, group: &str) -> Option<&Record> {
        self.groups.iter().find(|(known, _)| *known == group).map(|(_, record)| record)
    }

    pub(crate) fn fact(&self, group: &str, name: &str) -> Option<&Fact> {
        self.record(group)?.iter().find(|(known, _)| *known == name).map(|(_, fact)| fact)
    }

    pub(crate) fn group(&mut self, name: &str) -> Option<&mut Record> {
        self.groups.iter_mut().find(|(group, _)| *group == name).map(|(_, record)| record)
    }
}

impl Fact {
    fn expression(&self) -> RestrictedExpression {
        match self {
            Self::Is(holds) => RestrictedExpression::new_bool(*holds),
            Self::Word(word) => RestrictedExpression::new_string((*word).to_owned()),
            Self::Number(number) => RestrictedExpression::new_long(*number),
            Self::At(at) => RestrictedExpression::new_long(at.as_millisecond()),
            Self::Names(names) => {
                RestrictedExpression::new_set(names.iter().map(|name| RestrictedExpression::new_string(name.clone())))
            }
        }
    }
}

/// For a slower, more careful reading of the same facts, which tests compare with the fast one.
impl From<&Fact> for serde_json::Value {
    fn from(fact: &Fact) -> Self {
        match fact {
            Fact::Is(holds) => (*holds).into(),
            Fact::Word(word) => (*word).into(),
            Fact::Number(number) => (*number).into(),
            Fact::At(at) => at.as_millisecond().into(),
            Fact::Names(names) => names.clone().into(),
        }
    }
}
