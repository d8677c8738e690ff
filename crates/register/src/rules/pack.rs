//! Requirement packs: Cedar policies whose annotations carry the law, the dates and the words of the refusal.

use std::str::FromStr;

use cedar_policy::{ActionConstraint, Effect, Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator};
use jiff::civil::Date;
use serde::Serialize;

/// The schema that every pack is checked against.
const SCHEMA: &str = include_str!("../../../../rules/schema.cedarschema");

/// Text of a pack, not yet read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackText {
    /// Its name: that of its folder.
    pub name: String,
    /// `requirements.cedar`
    pub policies: String,
    /// `examples.toml`; empty when there is none.
    pub examples: String,
}

impl PackText {
    /// The packs that ship with the product.
    pub fn shipped() -> [Self; 2] {
        macro_rules! pack {
            ($name:literal) => {
                Self {
                    name: $name.into(),
                    policies: include_str!(concat!("../../../../rules/", $name, "/requirements.cedar")).into(),
                    examples: include_str!(concat!("../../../../rules/", $name, "/examples.toml")).into(),
                }
            };
        }
        [pack!("national"), pack!("propositions")]
    }
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
    /// First day without effect, when one is known.
    pub until: Option<Date>,
    /// What is missing, in French.
    pub fr: String,
    /// What is missing, in English.
    pub en: String,
    /// What must be known of its date or its reading, in French; mostly empty.
    pub note_fr: String,
    /// The same, in English.
    pub note_en: String,
    /// Page where it is mended.
    pub fix: String,
    /// When it is asked.
    pub asked: Asked,
    /// The policy itself, without its annotations.
    pub condition: String,
}

/// The gates at which a requirement is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Before a bounded trial.
    pub to_try: bool,
    /// Before the service.
    pub to_authorise: bool,
    /// At every call.
    pub to_call: bool,
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
    #[error("pack {pack}: policy identifier {policy} is used twice, here or in another pack; rename one")]
    Duplicate {
        /// Name of the pack.
        pack: String,
        /// Identifier of the policy.
        policy: String,
    },
    /// A pack tried to allow.
    #[error("pack {pack}, policy {policy}: a requirement forbids; write `forbid … unless` instead of `permit … when`")]
    Permits {
        /// Name of the pack.
        pack: String,
        /// Identifier of the policy.
        policy: String,
    },
}

/// The schema of facts.
pub(super) fn schema() -> Result<Schema, PackError> {
    match Schema::from_cedarschema_str(SCHEMA) {
        Ok((schema, _warnings)) => Ok(schema),
        Err(error) => Err(schema_error("schema", &error)),
    }
}

pub(super) fn schema_error(pack: &str, reason: &dyn std::fmt::Display) -> PackError {
    PackError::Schema { pack: pack.into(), reason: reason.to_string() }
}

/// Reads and checks the policies of a pack, each under its own identifier.
pub(super) fn read(pack: &PackText, schema: &Schema) -> Result<Vec<(Requirement, Policy)>, PackError> {
    let set = PolicySet::from_str(&pack.policies)
        .map_err(|error| PackError::Syntax { pack: pack.name.clone(), reason: located(&error, &pack.policies) })?;
    let verdict = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
    if !verdict.validation_passed() {
        let reason = verdict.validation_errors().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        return Err(schema_error(&pack.name, &reason));
    }
    set.policies().map(|policy| annotated(&pack.name, policy)).collect()
}

/// Cedar's words, with the line where they apply.
fn located(error: &cedar_policy::ParseErrors, text: &str) -> String {
    use miette::Diagnostic;
    let offset = error.labels().and_then(|mut labels| labels.next()).map(|label| label.offset());
    match offset.and_then(|offset| text.get(..offset)) {
        Some(before) => format!("line {}: {error}", before.lines().count().max(1)),
        None => error.to_string(),
    }
}

fn annotated(pack: &str, policy: &Policy) -> Result<(Requirement, Policy), PackError> {
    let named = policy.annotation("id").map_or_else(|| policy.id().to_string(), str::to_owned);
    let wrong = |annotation| PackError::Annotation { pack: pack.into(), policy: named.clone(), annotation };
    let optional = |annotation| policy.annotation(annotation).unwrap_or_default().to_owned();
    let text = |annotation| policy.annotation(annotation).map(str::to_owned).ok_or_else(|| wrong(annotation));
    // A prohibition without words could not be explained to the person it stops.
    let words = |annotation| text(annotation).and_then(|said| if said.is_empty() { Err(wrong(annotation)) } else { Ok(said) });
    if policy.effect() == Effect::Permit {
        return Err(PackError::Permits { pack: pack.into(), policy: named });
    }
    let until = policy.annotation("until").map(|day| day.parse().map_err(|_| wrong("until"))).transpose()?;
    let proposition = text("proposition")?;
    if !proposition.is_empty() && !proposition.parse().is_ok_and(|number: u8| (1..=15).contains(&number)) {
        return Err(wrong("proposition"));
    }
    let requirement = Requirement {
        id: words("id")?,
        pack: pack.into(),
        proposition,
        law: text("law")?,
        since: text("since")?.parse().map_err(|_| wrong("since"))?,
        until,
        fr: words("fr")?,
        en: words("en")?,
        note_fr: optional("note_fr"),
        note_en: optional("note_en"),
        fix: words("fix")?,
        asked: asked(policy),
        condition: condition(policy),
    };
    let policy = policy.new_id(PolicyId::new(&requirement.id));
    Ok((requirement, policy))
}

/// The group `run` stands for every gate.
fn asked(policy: &Policy) -> Asked {
    let named: Vec<String> = match policy.action_constraint() {
        ActionConstraint::Any => vec!["run".into()],
        ActionConstraint::In(actions) => actions.iter().map(|action| action.id().unescaped().to_owned()).collect(),
        ActionConstraint::Eq(action) => vec![action.id().unescaped().to_owned()],
    };
    let has = |gate: &str| named.iter().any(|name| name == "run" || name == gate);
    Asked { to_try: has("try"), to_authorise: has("authorise"), to_call: has("call") }
}

/// The policy without its annotations, on one line.
fn condition(policy: &Policy) -> String {
    let text = policy.to_string();
    let bare: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.starts_with('@') && !line.starts_with("//")).collect();
    bare.join(" ")
}
