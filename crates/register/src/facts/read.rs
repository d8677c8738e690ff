//! From the register to the facts of one call.

use jiff::Timestamp;

use super::{Call, CaseMode, Fact, Facts, Record};
use crate::event::{Automation, DataOpenness, Risk, StudyKind};
use crate::state::{Contract, Model, Register, System};
use Fact::{At, Is, Names, Number, Word};

/// Member states of the European Union, ISO 3166-1 alpha-2 (Treaty on European Union, art. 52, after 2020).
const UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL",
    "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Whether the country with this code (ISO 3166-1 alpha-2) is in the European Union.
pub fn is_in_union(country: &str) -> bool {
    UNION.contains(&country)
}

impl Facts {
    pub(crate) fn of(register: &Register, call: &Call, now: Timestamp) -> Self {
        let system = register.systems.get(&call.system).map(AsRef::as_ref);
        let version = system.and_then(|system| system.version.as_ref());
        // The model that counts is the one of the declared version; a caller cannot choose another.
        let model = version.filter(|version| version.model == call.model).and_then(|version| register.models.get(&version.model));
        let mut lapses = Vec::new();
        let mut groups = vec![
            ("organisation", organisation(register)),
            ("system", system.map_or_else(unknown_system, |system| described(register, system))),
            ("studies", system.map(studies).unwrap_or_default()),
            ("model", weights(model)),
            ("host", host(register, model, now, &mut lapses)),
            ("caller", caller(system, call)),
            ("case", vec![("present", Is(call.case.is_some())), ("without_ai", Is(call.case == Some(CaseMode::WithoutAi)))]),
            ("log", vec![("public", Is(register.organisation.as_ref().is_some_and(|known| known.public_log)))]),
        ];
        if let Some(record) = system.and_then(authorisation) {
            groups.push(("authorisation", record));
        }
        Self { groups, lapses }
    }
}

fn organisation(register: &Register) -> Record {
    vec![
        ("declared", Is(register.organisation.is_some())),
        ("strategy", Is(register.strategy.is_some())),
        ("referent", Is(register.referent.is_some())),
        ("roadmap", Is(register.roadmap.is_some())),
        ("doctrine", Is(register.doctrine.is_some())),
    ]
}

/// What is asked of a system that nobody declared is what is asked of one that nobody classified.
fn unknown_system() -> Record {
    let mut facts =
        vec![("risk", Word("high")), ("automation", Word("assisted")), ("skills_quota", Number(0)), ("record", Names(Vec::new()))];
    let held = [
        "declared",
        "classified",
        "prohibited",
        "annex_iii",
        "annex_exception",
        "profiling",
        "eu_entry",
        "self_learning",
        "sensitive_data",
        "touches_cases",
        "objective",
        "owner_in_post",
        "owner_accepted",
        "training_published",
        "notice_published",
        "human_channel",
        "consultation_answered",
        "skills_plan",
        "continuity",
        "stopped",
        "refused",
        "retired",
        "evaluated",
        "smallest",
        "oversight_shown",
    ];
    facts.extend(held.map(|name| (name, Is(false))));
    facts
}

fn described(register: &Register, system: &System) -> Record {
    let sheet = &system.sheet;
    let objectives = register.strategy.as_ref().map(|strategy| strategy.objectives.as_slice()).unwrap_or_default();
    let risk = match sheet.risk {
        Risk::Low => "low",
        Risk::Limited => "limited",
        Risk::High | Risk::Unassessed => "high",
    };
    let automation = match sheet.automation {
        Automation::Assisted => "assisted",
        Automation::Full => "full",
    };
    let mut facts = vec![
        ("declared", Is(true)),
        ("classified", Is(sheet.risk != Risk::Unassessed)),
        ("risk", Word(risk)),
        ("prohibited", Is(sheet.classification.prohibited)),
        ("annex_iii", Is(!sheet.classification.annex_iii.is_empty())),
        ("annex_exception", Is(!sheet.classification.exception.is_empty())),
        ("profiling", Is(sheet.classification.profiling)),
        ("eu_entry", Is(!sheet.classification.eu_entry.is_empty())),
        ("automation", Word(automation)),
        ("self_learning", Is(sheet.self_learning)),
        ("sensitive_data", Is(sheet.sensitive_data)),
        ("touches_cases", Is(sheet.touches_cases)),
        ("objective", Is(objectives.iter().any(|objective| objective.id == sheet.objective))),
    ];
    facts.extend(dossier(system));
    facts
}

fn dossier(system: &System) -> Record {
    let of_version = |label: &str| system.version.as_ref().is_some_and(|version| version.label == label && version.intact);
    let evaluation = system.evaluation.as_ref().filter(|known| of_version(&known.version));
    let plan = system.skills_plan.as_ref();
    let mut facts = vec![
        ("owner_in_post", Is(system.owner.is_some())),
        ("owner_accepted", Is(system.owner.as_ref().is_some_and(|owner| owner.accepted))),
        ("training_published", Is(system.training.is_some())),
        ("notice_published", Is(system.notice.is_some())),
        ("human_channel", Is(system.human_channel.is_some())),
        ("consultation_answered", Is(system.answered().is_some())),
        ("skills_plan", Is(plan.is_some())),
        ("skills_quota", Number(plan.map_or(0, |plan| plan.quota.into()))),
        ("continuity", Is(plan.is_some_and(|plan| !plan.continuity.is_empty()))),
        ("stopped", Is(system.stopped.is_some())),
        ("refused", Is(system.refused.is_some())),
        ("retired", Is(system.retired.is_some())),
        ("evaluated", Is(evaluation.is_some_and(|known| known.passed >= known.required))),
        ("smallest", Is(evaluation.is_some_and(|known| known.smaller_that_pass == 0))),
        ("record", Names(system.record.iter().flat_map(|record| record.settled().cloned()).collect())),
        ("oversight_shown", Is(system.oversight.as_ref().is_some_and(|shown| of_version(&shown.version)))),
    ];
    facts.extend(system.open_consultation.as_ref().map(|open| ("consultation_due", At(open.due))));
    facts.extend(system.drill.as_ref().map(|drill| ("drill_until", At(drill.until))));
    facts
}

fn studies(system: &System) -> Record {
    let name = |kind| match kind {
        StudyKind::Light => "light_until",
        StudyKind::Rights => "rights_until",
        StudyKind::DataProtection => "data_protection_until",
        StudyKind::Environment => "environment_until",
        StudyKind::Skills => "skills_until",
        StudyKind::Accessibility => "accessibility_until",
    };
    let signed = StudyKind::ALL.into_iter().filter_map(|kind| Some((kind, system.signature(kind)?)));
    signed.map(|(kind, signature)| (name(kind), At(signature.until))).collect()
}

fn weights(model: Option<&Model>) -> Record {
    vec![
        ("declared", Is(model.is_some())),
        ("open_weights", Is(model.is_some_and(|model| model.open_weights))),
        ("data_described", Is(model.is_some_and(|model| model.traits.data != DataOpenness::Closed))),
    ]
}

fn host(register: &Register, model: Option<&Model>, now: Timestamp, lapses: &mut Vec<Timestamp>) -> Record {
    let host = model.and_then(|model| register.hosts.get(&model.host));
    let contract = host.and_then(|host| host.contract.as_ref());
    let mut facts = vec![
        ("declared", Is(host.is_some())),
        ("embedded", Is(host.is_some_and(|host| host.embedded))),
        ("in_union", Is(host.is_some_and(|host| is_in_union(&host.country)))),
        ("under_union_law", Is(host.is_some_and(|host| is_in_union(&host.traits.jurisdiction)))),
        ("qualified", Is(host.is_some_and(|host| !host.traits.qualifications.is_empty()))),
        ("clauses", Names(contract.map(|contract| clauses(contract, now, lapses)).unwrap_or_default())),
    ];
    facts.extend(contract.map(|contract| ("contract_until", At(contract.until))));
    facts
}

/// The clauses whose evidence still proves something; getting the data back counts once it was tried.
fn clauses(contract: &Contract, now: Timestamp, lapses: &mut Vec<Timestamp>) -> Vec<String> {
    lapses.extend(contract.clauses.iter().filter_map(|clause| clause.until));
    let proven = contract.clauses.iter().filter(|clause| clause.until.is_none_or(|until| now < until));
    proven.filter(|clause| clause.kind != "reversibility" || clause.tested.is_some()).map(|clause| clause.kind.clone()).collect()
}

fn caller(system: Option<&System>, call: &Call) -> Record {
    let mut facts = vec![("person", Is(call.person.is_some()))];
    if let (Some(system), Some(person)) = (system, &call.person)
        && let Some(version) = &system.version
        && let Some(until) = system.certifications.get(&(person.clone(), version.label.clone()))
    {
        facts.push(("certified_until", At(*until)));
    }
    facts
}

fn authorisation(system: &System) -> Option<Record> {
    let held = system.authorisation.as_ref()?;
    // What was authorised is what the version froze: a sheet, a model or a host that moved since was not.
    let matches = system.version.as_ref().is_some_and(|version| version.intact && version.label == held.version);
    Some(vec![
        ("from", At(held.from)),
        ("until", At(held.until)),
        ("version_matches", Is(matches)),
        ("experiment", Is(held.experiment)),
    ])
}
