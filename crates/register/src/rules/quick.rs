//! Requirements read into expressions that look at the facts where they are, without a walk through Cedar.
//!
//! Cedar says what a requirement means, and which are missing. Nearly always none is, and to say only that costs a tenth of the
//! time here. This reading answers "nothing forbids" or nothing at all: what it does not know, and whatever would be an error, is
//! left to Cedar. Tests hold the two together on policies and facts drawn at random.

use cedar_policy::{Policy, PrincipalConstraint, ResourceConstraint};

use super::expression::{Asking, Expression, Part};

/// The conditions under which each requirement forbids.
pub(super) struct Quick(Vec<Expression>);

impl Quick {
    /// Nothing when one of the policies uses what this reading does not know.
    pub(super) fn of<'a>(policies: impl Iterator<Item = &'a Policy>) -> Option<Self> {
        policies.map(forbids).collect::<Option<_>>().map(Self)
    }

    /// Whether nothing forbids, for sure.
    pub(super) fn allows(&self, asking: &Asking<'_>) -> bool {
        self.0.iter().all(|forbids| forbids.holds(asking) == Some(false))
    }

    /// Whether time changes the answer only at the dates that stand in the facts.
    pub(super) fn changes_at_dates_only(&self) -> bool {
        self.0.iter().all(Expression::changes_at_dates_only)
    }
}

/// When a policy forbids, actions apart: `forbid … when { a } unless { b }` when a and not b.
fn forbids(policy: &Policy) -> Option<Expression> {
    let caller = match policy.principal_constraint() {
        PrincipalConstraint::Any => None,
        PrincipalConstraint::Eq(who) => Some(Expression::Is(Part::Caller, who.id().unescaped().to_owned())),
        _ => return None,
    };
    let system = match policy.resource_constraint() {
        ResourceConstraint::Any => None,
        ResourceConstraint::Eq(what) => Some(Expression::Is(Part::System, what.id().unescaped().to_owned())),
        _ => return None,
    };
    let text = policy.to_json().ok()?;
    let conditions = text.get("conditions").and_then(|all| all.as_array()).map(Vec::as_slice).unwrap_or_default();
    let conditions = conditions.iter().map(|condition| {
        let body = Expression::read(condition.get("body")?)?;
        match condition.get("kind")?.as_str()? {
            "when" => Some(body),
            "unless" => Some(Expression::Not(Box::new(body))),
            _ => None,
        }
    });
    Some(Expression::All(caller.into_iter().chain(system).map(Some).chain(conditions).collect::<Option<_>>()?))
}
