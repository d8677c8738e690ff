//! From the register to what the rules see.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::event::{Automation, Risk, StudyKind};
use crate::state::{Model, Register, System};

/// Member states of the European Union, ISO 3166-1 alpha-2 (Treaty on European Union, art. 52, after 2020).
const UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL",
    "PL", "PT", "RO", "SE", "SI", "SK",
];

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

/// How a case must be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseMode {
    /// AI may assist.
    Assisted,
    /// Drawn to be handled by humans alone.
    WithoutAi,
}

/// The facts of one call, in the shape of `rules/schema.cedarschema`, and the next instant at which a date in them passes.
pub(crate) struct Facts {
    pub(crate) context: Value,
    pub(crate) dates: BTreeSet<Timestamp>,
}

impl Facts {
    pub(crate) fn of(register: &Register, call: &Call, now: Timestamp) -> Self {
        let mut dates = Dates::default();
        let system = register.systems.get(&call.system);
        let version = system.and_then(|s| s.version.as_ref());
        // The model that counts is the one of the declared version; a caller cannot choose another.
        let model = version.filter(|v| v.model == call.model).and_then(|v| register.models.get(&v.model));
        let mut context = json!({
            "now": datetime(now),
            "organisation": {
                "declared": register.organisation.is_some(),
                "strategy": register.strategy.is_some(),
                "referent": register.referent.is_some(),
            },
            "system": system_facts(register, system),
            "studies": studies(system, &mut dates),
            "model": { "declared": model.is_some(), "open_weights": model.is_some_and(|m| m.open_weights) },
            "host": host(register, model, &mut dates),
            "caller": caller(system, call, &mut dates),
            "case": { "present": call.case.is_some(), "without_ai": call.case == Some(CaseMode::WithoutAi) },
            "log": { "public": register.organisation.as_ref().is_some_and(|o| o.public_log) },
        });
        if let Some(authorisation) = system.and_then(|s| s.authorisation.as_ref()) {
            context["authorisation"] = json!({
                "from": dates.take(authorisation.from),
                "until": dates.take(authorisation.until),
                "version_matches": version.is_some_and(|v| v.label == authorisation.version),
            });
        }
        Self { context, dates: dates.0 }
    }
}

#[derive(Default)]
struct Dates(BTreeSet<Timestamp>);

impl Dates {
    fn take(&mut self, at: Timestamp) -> Value {
        self.0.insert(at);
        datetime(at)
    }
}

/// Cedar's datetime holds milliseconds.
fn datetime(at: Timestamp) -> Value {
    json!({ "__extn": { "fn": "datetime", "arg": at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string() } })
}

fn system_facts(register: &Register, system: Option<&System>) -> Value {
    let Some(system) = system else {
        return json!({
            "declared": false, "risk": "high", "automation": "assisted", "self_learning": false, "sensitive_data": false,
            "touches_cases": false, "objective": false, "owner_in_post": false, "owner_accepted": false,
            "notice_published": false, "human_channel": false, "consultation_answered": false, "skills_plan": false,
            "stopped": false, "evaluated": false, "smallest": false,
        });
    };
    let sheet = &system.sheet;
    let objectives = register.strategy.as_ref().map(|strategy| strategy.objectives.as_slice()).unwrap_or_default();
    let evaluation = system.evaluation.as_ref().filter(|e| system.version.as_ref().is_some_and(|v| v.label == e.version));
    json!({
        "declared": true,
        "risk": match sheet.risk { Risk::Low => "low", Risk::Limited => "limited", Risk::High => "high" },
        "automation": match sheet.automation { Automation::Assisted => "assisted", Automation::Full => "full" },
        "self_learning": sheet.self_learning,
        "sensitive_data": sheet.sensitive_data,
        "touches_cases": sheet.touches_cases,
        "objective": objectives.iter().any(|o| o.id == sheet.objective),
        "owner_in_post": system.owner.is_some(),
        "owner_accepted": system.owner.as_ref().is_some_and(|o| o.accepted),
        "notice_published": system.notice.is_some(),
        "human_channel": system.human_channel.is_some(),
        "consultation_answered": system.consultation.is_some(),
        "skills_plan": system.skills_plan.is_some(),
        "stopped": system.stopped.is_some(),
        "evaluated": evaluation.is_some_and(|e| e.passed >= e.required),
        "smallest": evaluation.is_some_and(|e| e.smaller_that_pass == 0),
    })
}

fn studies(system: Option<&System>, dates: &mut Dates) -> Value {
    let mut facts = json!({});
    for (kind, name) in [
        (StudyKind::Light, "light_until"),
        (StudyKind::Rights, "rights_until"),
        (StudyKind::DataProtection, "data_protection_until"),
        (StudyKind::Environment, "environment_until"),
    ] {
        if let Some(signature) = system.and_then(|s| s.studies.get(&kind)).and_then(|study| study.signature.as_ref()) {
            facts[name] = dates.take(signature.until);
        }
    }
    facts
}

fn host(register: &Register, model: Option<&Model>, dates: &mut Dates) -> Value {
    let Some(host) = model.and_then(|m| register.hosts.get(&m.host)) else {
        return json!({ "declared": false, "embedded": false, "in_union": false, "clauses": [] });
    };
    let contract = host.contract.as_ref();
    let mut clauses: Vec<&str> =
        contract.map(|c| c.clauses.iter().map(|clause| clause.kind.as_str()).collect()).unwrap_or_default();
    clauses.sort_unstable();
    clauses.dedup();
    let mut facts = json!({
        "declared": true,
        "embedded": host.embedded,
        "in_union": UNION.contains(&host.country.as_str()),
        "clauses": clauses,
    });
    if let Some(contract) = contract {
        facts["contract_until"] = dates.take(contract.until);
    }
    facts
}

fn caller(system: Option<&System>, call: &Call, dates: &mut Dates) -> Value {
    let mut facts = json!({ "person": call.person.is_some() });
    let version = system.and_then(|s| s.version.as_ref());
    if let (Some(system), Some(version), Some(person)) = (system, version, &call.person)
        && let Some(until) = system.certifications.get(&(person.clone(), version.label.clone()))
    {
        facts["certified_until"] = dates.take(*until);
    }
    facts
}
