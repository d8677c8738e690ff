//! Requirement packs: Cedar policies with annotations, and the answer to "may this happen, now?".

use std::collections::BTreeMap;
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision as CedarDecision, Effect, Entities, EntityUid, Policy, PolicyId, PolicySet, Request, Schema,
    ValidationMode, Validator,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::facts::{Call, Facts};
use crate::state::Register;

/// The schema that every pack is checked against.
const SCHEMA: &str = include_str!("../../../rules/schema.cedarschema");

/// Packs that ship with the product, by name.
const SHIPPED: [(&str, &str); 2] = [
    ("propositions", include_str!("../../../rules/propositions/requirements.cedar")),
    ("national", include_str!("../../../rules/national/requirements.cedar")),
];

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

/// One rule of a pack, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Requirement {
    /// Stable identifier, as in the pack.
    pub id: String,
    /// Pack that holds it.
    pub pack: String,
    /// Number of the proposition it carries out.
    pub proposition: String,
    /// Article of law, empty when the proposition alone asks for it.
    pub law: String,
    /// First day of effect.
    pub since: Date,
    /// What is missing, in French.
    pub fr: String,
    /// What is missing, in English.
    pub en: String,
    /// Page where it is mended.
    pub fix: String,
}

/// The answer to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Requirements that are not met; empty when the call is allowed.
    pub missing: Vec<Requirement>,
    /// Instant after which the answer must be asked again, for a date passes.
    pub valid_until: Option<Timestamp>,
}

impl Decision {
    /// Whether nothing is missing.
    pub fn allowed(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Why a pack was refused. A refused pack never replaces a valid one.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The text is not Cedar.
    #[error("pack {pack}: the policies cannot be read; correct the text at the place given: {reason}")]
    Syntax {
        /// Name of the pack.
        pack: String,
        /// Cedar's explanation.
        reason: String,
    },
    /// A policy names facts that do not exist, or misuses their types.
    #[error("pack {pack}: a policy does not fit the schema of facts: {reason}")]
    Schema {
        /// Name of the pack.
        pack: String,
        /// Cedar's explanation.
        reason: String,
    },
    /// An annotation is missing or malformed.
    #[error("pack {pack}, policy {policy}: annotation @{annotation} is missing or malformed; write it above the policy")]
    Annotation {
        /// Name of the pack.
        pack: String,
        /// Identifier of the policy.
        policy: String,
        /// Name of the annotation.
        annotation: &'static str,
    },
    /// Two policies have one identifier.
    #[error("pack {pack}: policy identifier {policy} is used twice; rename one")]
    Duplicate {
        /// Name of the pack.
        pack: String,
        /// Identifier of the policy.
        policy: String,
    },
}

/// Facts or rules could not be evaluated: the caller must refuse.
#[derive(Debug, thiserror::Error)]
#[error("the rules could not be evaluated, so the call is refused: {0}")]
pub struct RulesUnreadable(String);

/// All the packs in force, ready to answer.
pub struct Rules {
    schema: Schema,
    /// The hierarchy of actions: without it, a policy on the group `run` would match nothing.
    actions: Entities,
    requirements: BTreeMap<String, Requirement>,
    /// Policies in effect from each day on, in order of days.
    by_day: Vec<(Timestamp, PolicySet)>,
    authorizer: Authorizer,
}

impl Rules {
    /// The packs that ship with the product.
    pub fn shipped() -> Result<Self, PackError> {
        Self::load(&SHIPPED)
    }

    /// Reads, checks and dates packs given as (name, Cedar text).
    pub fn load(packs: &[(&str, &str)]) -> Result<Self, PackError> {
        let schema = schema()?;
        let actions = schema.action_entities().map_err(|error| schema_error("schema", &error))?;
        let mut requirements = BTreeMap::new();
        let mut dated: Vec<(Timestamp, Policy)> = Vec::new();
        for (pack, text) in packs {
            for (requirement, policy) in read(pack, text, &schema)? {
                let id = requirement.id.clone();
                dated.push((start(requirement.since), policy));
                if requirements.insert(id.clone(), requirement).is_some() {
                    return Err(PackError::Duplicate { pack: (*pack).into(), policy: id });
                }
            }
        }
        let by_day = by_day(dated)?;
        Ok(Self { schema, actions, requirements, by_day, authorizer: Authorizer::new() })
    }

    /// Every requirement, by identifier, for the matrix and the pages. The base permission is not one.
    pub fn requirements(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements.values().filter(|requirement| !requirement.fr.is_empty())
    }

    /// What is missing for `action`, now. An error means refuse.
    pub fn decide(&self, register: &Register, action: Action, call: &Call, now: Timestamp) -> Result<Decision, RulesUnreadable> {
        let facts = Facts::of(register, call, now);
        let Some((_, policies)) = self.by_day.iter().rev().find(|(from, _)| *from <= now) else {
            return Err(RulesUnreadable("no pack is in effect at this date".into()));
        };
        let request = self.request(action, call, &facts)?;
        let response = self.authorizer.is_authorized(&request, policies, &self.actions);
        // Cedar skips a policy that errs; skipping a prohibition would allow. So any error refuses.
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(RulesUnreadable(error.to_string()));
        }
        let missing = match response.decision() {
            CedarDecision::Allow => Vec::new(),
            CedarDecision::Deny => self.named(response.diagnostics().reason())?,
        };
        let next_pack = self.by_day.iter().map(|(from, _)| *from);
        let valid_until = facts.dates.into_iter().chain(next_pack).filter(|date| *date > now).min();
        Ok(Decision { missing, valid_until })
    }

    fn request(&self, action: Action, call: &Call, facts: &Facts) -> Result<Request, RulesUnreadable> {
        let unreadable = |error: &dyn std::fmt::Display| RulesUnreadable(error.to_string());
        let uid = |kind: &str, id: &str| {
            EntityUid::from_json(serde_json::json!({ "type": kind, "id": id })).map_err(|error| unreadable(&error))
        };
        let name = match action {
            Action::Try => "try",
            Action::Authorise => "authorise",
            Action::Call => "call",
        };
        let action = uid("Action", name)?;
        let context =
            Context::from_json_value(facts.context.clone(), Some((&self.schema, &action))).map_err(|error| unreadable(&error))?;
        let caller = uid("Caller", call.person.as_deref().unwrap_or("unknown"))?;
        Request::new(caller, action, uid("System", &call.system)?, context, Some(&self.schema)).map_err(|error| unreadable(&error))
    }

    fn named<'a>(&self, reasons: impl Iterator<Item = &'a PolicyId>) -> Result<Vec<Requirement>, RulesUnreadable> {
        let mut missing: Vec<Requirement> = reasons.filter_map(|id| self.requirements.get::<str>(id.as_ref())).cloned().collect();
        if missing.is_empty() {
            return Err(RulesUnreadable("nothing permits the call and no requirement says why".into()));
        }
        missing.sort_by_key(|requirement| (requirement.proposition.parse::<u8>().unwrap_or(u8::MAX), requirement.id.clone()));
        Ok(missing)
    }
}

fn schema() -> Result<Schema, PackError> {
    match Schema::from_cedarschema_str(SCHEMA) {
        Ok((schema, _warnings)) => Ok(schema),
        Err(error) => Err(schema_error("schema", &error)),
    }
}

fn schema_error(pack: &str, reason: &dyn std::fmt::Display) -> PackError {
    PackError::Schema { pack: pack.into(), reason: reason.to_string() }
}

fn read(pack: &str, text: &str, schema: &Schema) -> Result<Vec<(Requirement, Policy)>, PackError> {
    let syntax = |reason: String| PackError::Syntax { pack: pack.into(), reason };
    let set = PolicySet::from_str(text).map_err(|error| syntax(format!("{:?}", error)))?;
    let verdict = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
    if !verdict.validation_passed() {
        let reason = verdict.validation_errors().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        return Err(schema_error(pack, &reason));
    }
    set.policies().map(|policy| annotated(pack, policy)).collect()
}

fn annotated(pack: &str, policy: &Policy) -> Result<(Requirement, Policy), PackError> {
    let position = policy.id().to_string();
    let text = |annotation: &'static str| {
        policy.annotation(annotation).map(str::to_owned).ok_or_else(|| PackError::Annotation {
            pack: pack.into(),
            policy: policy.annotation("id").map_or_else(|| position.clone(), str::to_owned),
            annotation,
        })
    };
    let id = text("id")?;
    let since =
        text("since")?.parse().map_err(|_| PackError::Annotation { pack: pack.into(), policy: id.clone(), annotation: "since" })?;
    let requirement = Requirement {
        pack: pack.into(),
        proposition: text("proposition")?,
        law: text("law")?,
        since,
        fr: text("fr")?,
        en: text("en")?,
        fix: text("fix")?,
        id,
    };
    // A prohibition without words could not be explained to the person it stops.
    if policy.effect() == Effect::Forbid && (requirement.fr.is_empty() || requirement.en.is_empty()) {
        return Err(PackError::Annotation { pack: pack.into(), policy: requirement.id, annotation: "fr" });
    }
    let policy = policy.new_id(PolicyId::new(&requirement.id));
    Ok((requirement, policy))
}

/// A day begins at midnight in Paris, where the law takes effect; without time zone data, at midnight UTC, an hour or two later.
fn start(day: Date) -> Timestamp {
    day.in_tz("Europe/Paris").or_else(|_| day.in_tz("UTC")).map_or(Timestamp::MIN, |midnight| midnight.timestamp())
}

fn by_day(mut dated: Vec<(Timestamp, Policy)>) -> Result<Vec<(Timestamp, PolicySet)>, PackError> {
    dated.sort_by_key(|(from, _)| *from);
    let mut days: Vec<(Timestamp, PolicySet)> = Vec::new();
    for (from, policy) in dated {
        let mut set = days.last().map_or_else(PolicySet::new, |(_, set)| set.clone());
        let id = policy.id().to_string();
        set.add(policy).map_err(|_| PackError::Duplicate { pack: "all".into(), policy: id })?;
        match days.last_mut() {
            Some((last, known)) if *last == from => *known = set,
            _ => days.push((from, set)),
        }
    }
    Ok(days)
}
