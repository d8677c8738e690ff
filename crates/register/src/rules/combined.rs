//! All that is asked before one thing, as a single policy: evaluating one costs a third of evaluating fifty.
//!
//! `forbid … when { a } unless { b }` and `forbid … when { c }` become `permit … unless { a && !b } unless { c }`: it permits
//! exactly when none of them forbids. Policies that name a principal or a resource stay as they are, beside it.

use cedar_policy::{Policy, PolicyId, PolicySet, PrincipalConstraint, ResourceConstraint};
use serde_json::{Value, json};

use super::pack::{PackError, schema_error};

/// The identifier of the combined policy, which no requirement can have: theirs come from a pack.
const COMBINED: &str = " combined";

/// A set that allows exactly what these prohibitions leave open.
pub(super) fn combined<'a>(policies: impl Iterator<Item = &'a Policy>) -> Result<PolicySet, PackError> {
    let wrong = |error: &dyn std::fmt::Display| schema_error("combined", error);
    let mut set = PolicySet::new();
    let mut prohibited = Vec::new();
    for policy in policies {
        let of_all = matches!(policy.principal_constraint(), PrincipalConstraint::Any)
            && matches!(policy.resource_constraint(), ResourceConstraint::Any);
        if of_all {
            let known = policy.to_json().map_err(|error| wrong(&error))?;
            prohibited.push(json!({ "kind": "unless", "body": applies(&known) }));
        } else {
            set.add(policy.clone()).map_err(|error| wrong(&error))?;
        }
    }
    let any = json!({ "op": "All" });
    let text = json!({ "effect": "permit", "principal": any, "action": any, "resource": any, "conditions": prohibited });
    let policy = Policy::from_json(Some(PolicyId::new(COMBINED)), text).map_err(|error| wrong(&error))?;
    set.add(policy).map_err(|error| wrong(&error))?;
    Ok(set)
}

/// Whether a policy applies, as one expression of Cedar's JSON format.
fn applies(policy: &Value) -> Value {
    let conditions = policy["conditions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let terms = conditions.iter().map(|condition| match condition["kind"].as_str() {
        Some("unless") => json!({ "!": { "arg": condition["body"] } }),
        _ => condition["body"].clone(),
    });
    terms.reduce(|left, right| json!({ "&&": { "left": left, "right": right } })).unwrap_or_else(|| json!({ "Value": true }))
}
