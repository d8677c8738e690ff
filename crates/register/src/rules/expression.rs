//! Expressions of Cedar's JSON format over the facts, the part of the language that requirements use.
//!
//! Source of the format and of the meaning: Cedar's reference, "JSON policy format" and "Operators". Nothing stands for an error
//! as well as for what is not known here: either is for Cedar to judge.

use serde_json::Value as Json;

use crate::facts::{Fact, Facts};

/// What is looked at: the facts, the instant in milliseconds since 1970, who asks for what, of which system.
pub(super) struct Asking<'a> {
    pub(super) facts: &'a Facts,
    pub(super) now: i64,
    pub(super) caller: &'a str,
    pub(super) action: &'a str,
    pub(super) system: &'a str,
}

/// One expression.
pub(super) enum Expression {
    Truth(bool),
    Number(i64),
    Word(String),
    Names(Vec<String>),
    /// `context.now`
    Now,
    /// `context.group.name`
    Fact(String, String),
    /// `context has group`
    HasGroup(String),
    /// `context.group has name`
    HasFact(String, String),
    /// `principal == Caller::"…"`, `action == Action::"…"`, `resource == System::"…"`
    Is(Part, String),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
    If(Box<[Self; 3]>),
    Equal(Box<[Self; 2]>),
    Compared(Order, Box<[Self; 2]>),
    Computed(Operation, Box<[Self; 2]>),
    Contains(How, Box<[Self; 2]>),
    Empty(Box<Self>),
}

/// What names a request.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Caller,
    Action,
    System,
}

#[derive(Clone, Copy)]
pub(super) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy)]
pub(super) enum Operation {
    Plus,
    Minus,
    Times,
}

#[derive(Clone, Copy)]
pub(super) enum How {
    One,
    All,
    Any,
}

/// What an expression gives.
#[derive(Clone, Copy)]
enum Given<'a> {
    Truth(bool),
    Number(i64),
    Word(&'a str),
    Names(&'a [String]),
}

impl Expression {
    /// Reads one expression; nothing when it is not of those that are known here.
    pub(super) fn read(text: &Json) -> Option<Self> {
        let (kind, inner) = text.as_object().filter(|node| node.len() == 1)?.iter().next()?;
        let pair = || Some(Box::new([Self::read(&inner["left"])?, Self::read(&inner["right"])?]));
        let argument = || Some(Box::new(Self::read(&inner["arg"])?));
        Some(match kind.as_str() {
            "Value" => literal(inner)?,
            "Set" => Self::Names(inner.as_array()?.iter().map(word).collect::<Option<_>>()?),
            "." => access(inner)?,
            "has" => presence(inner)?,
            "!" => Self::Not(argument()?),
            "isEmpty" => Self::Empty(argument()?),
            "&&" => Self::All(Vec::from(*pair()?)),
            "||" => Self::Any(Vec::from(*pair()?)),
            "if-then-else" => {
                Self::If(Box::new([Self::read(&inner["if"])?, Self::read(&inner["then"])?, Self::read(&inner["else"])?]))
            }
            "==" => named(inner).or_else(|| pair().map(Self::Equal))?,
            "!=" => Self::Not(Box::new(named(inner).or_else(|| pair().map(Self::Equal))?)),
            "<" => Self::Compared(Order::Less, pair()?),
            "<=" => Self::Compared(Order::LessOrEqual, pair()?),
            ">" => Self::Compared(Order::Greater, pair()?),
            ">=" => Self::Compared(Order::GreaterOrEqual, pair()?),
            "+" => Self::Computed(Operation::Plus, pair()?),
            "-" => Self::Computed(Operation::Minus, pair()?),
            "*" => Self::Computed(Operation::Times, pair()?),
            "contains" => Self::Contains(How::One, pair()?),
            "containsAll" => Self::Contains(How::All, pair()?),
            "containsAny" => Self::Contains(How::Any, pair()?),
            _ => return None,
        })
    }

    /// Whether it is true; nothing when Cedar must be asked.
    pub(super) fn holds(&self, asking: &Asking<'_>) -> Option<bool> {
        match self.given(asking)? {
            Given::Truth(holds) => Some(holds),
            _ => None,
        }
    }

    fn given<'a>(&'a self, asking: &Asking<'a>) -> Option<Given<'a>> {
        let both = |sides: &'a [Self; 2]| Some((sides[0].given(asking)?, sides[1].given(asking)?));
        let truth = match self {
            Self::Truth(value) => *value,
            Self::Number(value) => return Some(Given::Number(*value)),
            Self::Word(value) => return Some(Given::Word(value)),
            Self::Names(values) => return Some(Given::Names(values)),
            Self::Now => return Some(Given::Number(asking.now)),
            Self::Fact(group, name) => return Some(asking.facts.fact(group, name)?.into()),
            Self::HasGroup(group) => asking.facts.record(group).is_some(),
            // Asking it of a group that is not there is an error.
            Self::HasFact(group, name) => asking.facts.record(group)?.iter().any(|(known, _)| known == name),
            Self::Is(Part::Caller, id) => id == asking.caller,
            Self::Is(Part::Action, id) => id == asking.action,
            Self::Is(Part::System, id) => id == asking.system,
            Self::Not(inner) => !inner.holds(asking)?,
            Self::All(terms) => fold(terms, asking, true)?,
            Self::Any(terms) => fold(terms, asking, false)?,
            Self::If(parts) => return parts[if parts[0].holds(asking)? { 1 } else { 2 }].given(asking),
            Self::Equal(sides) => equal(both(sides)?)?,
            Self::Compared(order, sides) => compare(*order, both(sides)?)?,
            Self::Computed(operation, sides) => return compute(*operation, both(sides)?),
            Self::Contains(how, sides) => contains(*how, both(sides)?)?,
            Self::Empty(inner) => matches!(inner.given(asking)?, Given::Names([])),
        };
        Some(Given::Truth(truth))
    }

    /// Whether the clock is only compared with a fact, in such a way that the answer changes when that instant comes: the facts
    /// tell it. Of `context.now + 86400000 < …` they do not.
    pub(super) fn changes_at_dates_only(&self) -> bool {
        match self {
            Self::Now => false,
            Self::Compared(Order::Less | Order::GreaterOrEqual, sides) if matches!(**sides, [Self::Now, Self::Fact(..)]) => true,
            Self::Compared(Order::Greater | Order::LessOrEqual, sides) if matches!(**sides, [Self::Fact(..), Self::Now]) => true,
            Self::Not(inner) | Self::Empty(inner) => inner.changes_at_dates_only(),
            Self::All(terms) | Self::Any(terms) => terms.iter().all(Self::changes_at_dates_only),
            Self::If(parts) => parts.iter().all(Self::changes_at_dates_only),
            Self::Equal(sides) | Self::Compared(_, sides) | Self::Computed(_, sides) | Self::Contains(_, sides) => {
                sides.iter().all(Self::changes_at_dates_only)
            }
            _ => true,
        }
    }
}

impl<'a> From<&'a Fact> for Given<'a> {
    fn from(fact: &'a Fact) -> Self {
        match fact {
            Fact::Is(holds) => Self::Truth(*holds),
            Fact::Word(word) => Self::Word(word),
            Fact::Number(number) => Self::Number(*number),
            Fact::At(at) => Self::Number(at.as_millisecond()),
            Fact::Names(names) => Self::Names(names),
        }
    }
}

/// From left to right, and no further than the first term that settles it: what follows it may be an error.
fn fold(terms: &[Expression], asking: &Asking<'_>, all: bool) -> Option<bool> {
    for term in terms {
        if term.holds(asking)? != all {
            return Some(!all);
        }
    }
    Some(all)
}

fn equal(sides: (Given<'_>, Given<'_>)) -> Option<bool> {
    match sides {
        (Given::Truth(one), Given::Truth(other)) => Some(one == other),
        (Given::Number(one), Given::Number(other)) => Some(one == other),
        (Given::Word(one), Given::Word(other)) => Some(one == other),
        _ => None,
    }
}

fn compare(order: Order, sides: (Given<'_>, Given<'_>)) -> Option<bool> {
    let (Given::Number(one), Given::Number(other)) = sides else { return None };
    Some(match order {
        Order::Less => one < other,
        Order::LessOrEqual => one <= other,
        Order::Greater => one > other,
        Order::GreaterOrEqual => one >= other,
    })
}

fn compute<'a>(operation: Operation, sides: (Given<'_>, Given<'_>)) -> Option<Given<'a>> {
    let (Given::Number(one), Given::Number(other)) = sides else { return None };
    let number = match operation {
        Operation::Plus => one.checked_add(other),
        Operation::Minus => one.checked_sub(other),
        Operation::Times => one.checked_mul(other),
    };
    number.map(Given::Number)
}

fn contains(how: How, sides: (Given<'_>, Given<'_>)) -> Option<bool> {
    match (how, sides) {
        (How::One, (Given::Names(names), Given::Word(word))) => Some(names.iter().any(|name| name == word)),
        (How::All, (Given::Names(names), Given::Names(wanted))) => Some(wanted.iter().all(|name| names.contains(name))),
        (How::Any, (Given::Names(names), Given::Names(wanted))) => Some(wanted.iter().any(|name| names.contains(name))),
        _ => None,
    }
}

fn literal(value: &Json) -> Option<Expression> {
    match value {
        Json::Bool(value) => Some(Expression::Truth(*value)),
        Json::Number(value) => value.as_i64().map(Expression::Number),
        Json::String(value) => Some(Expression::Word(value.clone())),
        _ => None,
    }
}

fn word(value: &Json) -> Option<String> {
    value.get("Value")?.as_str().map(str::to_owned)
}

/// `context.now` and `context.group.name`, and no other access.
fn access(node: &Json) -> Option<Expression> {
    let name = node["attr"].as_str()?;
    if is_context(&node["left"]) {
        return (name == "now").then_some(Expression::Now);
    }
    Some(Expression::Fact(group(&node["left"])?, name.to_owned()))
}

fn presence(node: &Json) -> Option<Expression> {
    let name = node["attr"].as_str()?.to_owned();
    if is_context(&node["left"]) {
        // The clock is no group, and is always there: nobody asks.
        return (name != "now").then_some(Expression::HasGroup(name));
    }
    Some(Expression::HasFact(group(&node["left"])?, name))
}

/// `action == Action::"call"`: the schema knows one type of entity for each part, so the identifier tells.
fn named(sides: &Json) -> Option<Expression> {
    let part = match sides["left"]["Var"].as_str()? {
        "principal" => Part::Caller,
        "action" => Part::Action,
        "resource" => Part::System,
        _ => return None,
    };
    let id = sides["right"]["Value"]["__entity"]["id"].as_str()?;
    Some(Expression::Is(part, id.to_owned()))
}

fn group(node: &Json) -> Option<String> {
    let access = node.get(".")?;
    is_context(&access["left"]).then(|| access["attr"].as_str().map(str::to_owned))?
}

fn is_context(node: &Json) -> bool {
    node["Var"] == "context"
}
