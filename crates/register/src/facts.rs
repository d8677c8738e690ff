//! From the register to what the rules see.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::event::{Automation, Classification, DataOpenness, Risk, StudyKind, SystemSheet};
use crate::state::{Contract, Model, Register, System};

/// Member states of the European Union, ISO 3166-1 alpha-2 (Treaty on European Union, art. 52, after 2020).
const UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL",
    "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Whether the country with this code (ISO 3166-1 alpha-2) is in the European Union.
pub fn is_in_union(country: &str) -> bool {
    UNION.contains(&country)
}

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
        let system = register.systems.get(&call.system).map(AsRef::as_ref);
        let version = system.and_then(|s| s.version.as_ref());
        // The model that counts is the one of the declared version; a caller cannot choose another.
        let model = version.filter(|v| v.model == call.model).and_then(|v| register.models.get(&v.model));
        let mut context = json!({
            "now": datetime(now),
            "organisation": {
                "declared": register.organisation.is_some(),
                "strategy": register.strategy.is_some(),
                "referent": register.referent.is_some(),
                "roadmap": register.roadmap.is_some(),
                "doctrine": register.doctrine.is_some(),
            },
            "system": system_facts(register, system, &mut dates),
            "studies": studies(system, &mut dates),
            "model": {
                "declared": model.is_some(),
                "open_weights": model.is_some_and(|m| m.open_weights),
                "data_described": model.is_some_and(|m| m.traits.data != DataOpenness::Closed),
            },
            "host": host(register, model, now, &mut dates),
            "caller": caller(system, call, &mut dates),
            "case": { "present": call.case.is_some(), "without_ai": call.case == Some(CaseMode::WithoutAi) },
            "log": { "public": register.organisation.as_ref().is_some_and(|o| o.public_log) },
        });
        if let Some(authorisation) = system.and_then(|s| s.authorisation.as_ref()) {
            context["authorisation"] = json!({
                "from": dates.take(authorisation.from),
                "until": dates.take(authorisation.until),
                // What was authorised is what the version froze: a sheet, a model or a host that moved since was not.
                "version_matches": version.is_some_and(|v| v.intact && v.label == authorisation.version),
                "experiment": authorisation.experiment,
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

fn system_facts(register: &Register, system: Option<&System>, dates: &mut Dates) -> Value {
    let unknown;
    let declared = system.is_some();
    let system = match system {
        Some(system) => system,
        None => {
            unknown = System::new(unknown_sheet());
            &unknown
        }
    };
    let sheet = &system.sheet;
    let objectives = register.strategy.as_ref().map(|strategy| strategy.objectives.as_slice()).unwrap_or_default();
    let of_version = |label: &str| system.version.as_ref().is_some_and(|version| version.label == label && version.intact);
    let evaluation = system.evaluation.as_ref().filter(|known| of_version(&known.version));
    let mut facts = json!({
        "declared": declared,
        "classified": sheet.risk != Risk::Unassessed,
        "risk": match sheet.risk { Risk::Low => "low", Risk::Limited => "limited", Risk::High | Risk::Unassessed => "high" },
        "prohibited": sheet.classification.prohibited,
        "annex_iii": !sheet.classification.annex_iii.is_empty(),
        "annex_exception": !sheet.classification.exception.is_empty(),
        "profiling": sheet.classification.profiling,
        "eu_entry": !sheet.classification.eu_entry.is_empty(),
        "automation": match sheet.automation { Automation::Assisted => "assisted", Automation::Full => "full" },
        "self_learning": sheet.self_learning,
        "sensitive_data": sheet.sensitive_data,
        "touches_cases": sheet.touches_cases,
        "objective": objectives.iter().any(|o| o.id == sheet.objective),
        "owner_in_post": system.owner.is_some(),
        "owner_accepted": system.owner.as_ref().is_some_and(|o| o.accepted),
        "training_published": system.training.is_some(),
        "notice_published": system.notice.is_some(),
        "human_channel": system.human_channel.is_some(),
        "consultation_answered": system.answered().is_some(),
        "skills_plan": system.skills_plan.is_some(),
        "skills_quota": system.skills_plan.as_ref().map_or(0, |plan| plan.quota),
        "continuity": system.skills_plan.as_ref().is_some_and(|plan| !plan.continuity.is_empty()),
        "stopped": system.stopped.is_some(),
        "refused": system.refused.is_some(),
        "retired": system.retired.is_some(),
        "evaluated": evaluation.is_some_and(|e| e.passed >= e.required),
        "smallest": evaluation.is_some_and(|e| e.smaller_that_pass == 0),
        "oversight_shown": system.oversight.as_ref().is_some_and(|shown| of_version(&shown.version)),
    });
    if let Some(open) = &system.open_consultation {
        facts["consultation_due"] = dates.take(open.due);
    }
    if let Some(drill) = &system.drill {
        facts["drill_until"] = dates.take(drill.until);
    }
    facts
}

/// What is asked of a system that nobody declared is what is asked of one that nobody classified.
fn unknown_sheet() -> SystemSheet {
    SystemSheet {
        name: String::new(),
        purpose_fr: String::new(),
        purpose_en: String::new(),
        objective: String::new(),
        risk: Risk::Unassessed,
        automation: Automation::Assisted,
        self_learning: false,
        sensitive_data: false,
        touches_cases: false,
        decisions: Vec::new(),
        classification: Classification::default(),
    }
}

fn studies(system: Option<&System>, dates: &mut Dates) -> Value {
    let mut facts = json!({});
    for (kind, name) in [
        (StudyKind::Light, "light_until"),
        (StudyKind::Rights, "rights_until"),
        (StudyKind::DataProtection, "data_protection_until"),
        (StudyKind::Environment, "environment_until"),
        (StudyKind::Skills, "skills_until"),
        (StudyKind::Accessibility, "accessibility_until"),
    ] {
        if let Some(signature) = system.and_then(|system| system.signature(kind)) {
            facts[name] = dates.take(signature.until);
        }
    }
    facts
}

fn host(register: &Register, model: Option<&Model>, now: Timestamp, dates: &mut Dates) -> Value {
    let Some(host) = model.and_then(|m| register.hosts.get(&m.host)) else {
        return json!({
            "declared": false, "embedded": false, "in_union": false, "under_union_law": false, "qualified": false, "clauses": [],
        });
    };
    let contract = host.contract.as_ref();
    let mut facts = json!({
        "declared": true,
        "embedded": host.embedded,
        "in_union": is_in_union(&host.country),
        "under_union_law": is_in_union(&host.traits.jurisdiction),
        "qualified": !host.traits.qualifications.is_empty(),
        "clauses": contract.map(|contract| clauses(contract, now, dates)).unwrap_or_default(),
    });
    if let Some(contract) = contract {
        facts["contract_until"] = dates.take(contract.until);
    }
    facts
}

/// The clauses whose evidence still proves something; getting the data back counts once it was tried.
fn clauses<'a>(contract: &'a Contract, now: Timestamp, dates: &mut Dates) -> BTreeSet<&'a str> {
    for until in contract.clauses.iter().filter_map(|clause| clause.until) {
        dates.take(until);
    }
    let proven = contract.clauses.iter().filter(|clause| clause.until.is_none_or(|until| now < until));
    proven.filter(|clause| clause.kind != "reversibility" || clause.tested.is_some()).map(|clause| clause.kind.as_str()).collect()
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
