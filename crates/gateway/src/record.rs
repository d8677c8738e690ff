//! What is written of a call: its intent, its end, its refusal, and what a case is told.
//!
//! A record that the log commits to never holds the text of a prompt or an answer: it holds who, what, when, how it ended and
//! the SHA-256 of what was sent and of what was said.

use std::collections::BTreeMap;

use gouvernail_cases::record::{Kind, record};
use gouvernail_cases::{CaseEvent, CaseUse, SealedText, UseFootprint};
use gouvernail_footprint::Footprint;
use gouvernail_privacy::{Hidden, Label};
use gouvernail_register::{Call, Register, Requirement};
use gouvernail_store::{Intent, NewCaseEvent, Outcome, OutcomeKind, OwedCommitment, Refusal, Result, StoreError};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::auth::Caller;
use crate::tokens::Tokens;

/// The end of a call, as it is recorded.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) at: Timestamp,
    pub(crate) kind: OutcomeKind,
    /// Whether the request may have reached the model host.
    pub(crate) reached: bool,
    /// How many times the host was called.
    pub(crate) attempts: u32,
    /// Why it ended early, in a few words without personal data.
    pub(crate) why: Option<String>,
    /// What the caller was told, in clear.
    pub(crate) output: String,
    /// What is said of an answer of a kind that holds no text.
    pub(crate) wordless: Option<&'static str>,
    /// The conclusion in the words of the system's decisions.
    pub(crate) proposal: Option<String>,
    pub(crate) tokens: Tokens,
    pub(crate) footprint: Option<Footprint>,
}

/// What the citizen will read of a use of this system.
#[derive(Debug, Default)]
pub(crate) struct Words {
    purpose: String,
    categories: Vec<String>,
    /// What may be decided.
    pub(crate) decisions: Vec<String>,
}

impl Words {
    /// From the system's sheet and published notice.
    pub(crate) fn of(register: &Register, system: &str) -> Self {
        let Some(system) = register.systems.get(system) else { return Self::default() };
        let data = system.notice.iter().flat_map(|notice| &notice.fr.data);
        Self {
            purpose: system.sheet.purpose_fr.clone(),
            categories: data.map(|data| data.label.clone()).collect(),
            decisions: system.sheet.decisions.clone(),
        }
    }
}

/// What the body of an intent says of what was hidden: kinds and numbers.
pub(crate) fn hidden(hidden: &Hidden) -> Value {
    let labels = hidden.labels.iter().filter_map(|(label, count)| Some((name(*label)?, json!(count))));
    Value::Object(labels.collect::<Map<_, _>>())
}

/// How many passages of each kind, by name.
pub(crate) fn counted(labels: impl Iterator<Item = Label>) -> Value {
    let mut counts = BTreeMap::<_, usize>::new();
    labels.filter_map(name).for_each(|label| *counts.entry(label).or_default() += 1);
    json!(counts)
}

fn name(label: Label) -> Option<String> {
    serde_json::to_value(label).ok()?.as_str().map(str::to_owned)
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// A call that was refused.
pub(crate) fn refusal(
    (id, at, salt): (&str, Timestamp, [u8; 32]),
    caller: &Caller,
    call: &Call,
    register: &Register,
    missing: &[Requirement],
) -> Result<Refusal> {
    let reasons: Vec<&str> = missing.iter().map(|requirement| requirement.id.as_str()).collect();
    let version = register.systems.get(&call.system).and_then(|system| system.version.as_ref()).map(|v| v.label.clone());
    // The case is not named: its erasure would not find it here.
    let body = json!({
        "epoch": register.epoch,
        "version": version,
        "person": call.person,
        "model": call.model,
        "on_case": call.case.is_some(),
        "reasons": reasons,
    });
    let said = json!({ "refusal": id, "system": call.system, "at": at, "because": body });
    let mut owed = OwedCommitment::new(Kind::Refusal.as_str(), &record(Kind::Refusal, id, said), salt)?;
    owed.system = Some(call.system.clone());
    owed.version = version;
    Ok(Refusal { id: id.to_owned(), at, system: Some(call.system.clone()), key: Some(caller.key.clone()), body, owed })
}

/// The end of the call that `intent` announced.
pub(crate) fn outcome(intent: &Intent, end: End, words: &Words, salt: [u8; 32]) -> Result<Outcome> {
    let case = intent.case_id.clone().filter(|_| end.reached);
    let output = output(&end);
    let result = json!({
        "why": end.why,
        "reached": end.reached,
        "attempts": end.attempts,
        "tokens": end.tokens,
        "footprint": end.footprint,
        "milliseconds": end.at.duration_since(intent.at).as_millis() as i64,
        "output_sha256": sha256(output.as_bytes()),
    });
    let (kind, subject) = match &case {
        Some(case) => (Kind::CaseUse, case.as_str()),
        None => (Kind::Invocation, intent.id.as_str()),
    };
    let mut said = json!({
        "call": intent.id,
        "system": intent.system,
        "version": intent.version,
        "person": intent.person,
        "model": intent.model,
        "host": intent.host,
        "case": intent.case_id,
        "at": intent.at,
        "ended": end.at,
        "end": end.kind.as_str(),
        "sent_sha256": intent.body["sent_sha256"],
        "hidden": intent.body["hidden"],
    });
    said["result"] = result;
    let owed = OwedCommitment::new(kind.as_str(), &record(kind, subject, said), salt)?;
    let mut owed = owed.of_system(&intent.system, &intent.version);
    owed.energy_wh = end.footprint.as_ref().map(watt_hours);
    let (at, kind) = (end.at, end.kind);
    let case = match case {
        Some(id) => Some((id, told(intent, end, output, words)?)),
        None => None,
    };
    Ok(Outcome { intent_id: intent.id.clone(), at, kind, body: Value::Null, owed, case })
}

/// What the case is told: an algorithm touched it.
fn told(intent: &Intent, end: End, output: String, words: &Words) -> Result<NewCaseEvent> {
    let event = CaseEvent::UseRecorded(CaseUse {
        use_id: intent.id.clone(),
        system: intent.system.clone(),
        version: intent.version.clone(),
        at: intent.at,
        purpose: words.purpose.clone(),
        data_categories: categories(intent, words),
        output: SealedText::new(output),
        proposal: end.proposal.map(SealedText::new),
        footprint: end.footprint.as_ref().map(use_footprint),
    });
    let body = serde_json::to_value(&event).map_err(unreadable)?;
    let author = intent.person.clone().unwrap_or_else(|| intent.system.clone());
    Ok(NewCaseEvent { at: end.at, author, kind: event.kind().to_owned(), body })
}

/// The text that the agent will open. One that is missing or cut short says so: nobody must take it for the whole.
fn output(end: &End) -> String {
    let missing = end.output.trim().is_empty();
    match end.kind {
        OutcomeKind::Completed if missing => end.wordless.unwrap_or("Réponse vide.").to_owned(),
        OutcomeKind::Completed => end.output.clone(),
        OutcomeKind::Unknown => "Issue inconnue : le programme s’est arrêté pendant l’appel. L’outil a pu répondre ; ce qu’il a répondu n’a pas été gardé.".to_owned(),
        OutcomeKind::Cancelled if missing => "Aucune réponse : l’appel a été interrompu.".to_owned(),
        OutcomeKind::UpstreamError if missing => "Aucune réponse : l’hébergeur du modèle n’a pas répondu comme il devait.".to_owned(),
        OutcomeKind::Cancelled => format!("{}\n\n(Réponse incomplète : l’appel a été interrompu.)", end.output),
        OutcomeKind::UpstreamError => format!("{}\n\n(Réponse incomplète : l’hébergeur du modèle a failli.)", end.output),
    }
}

/// What the published notice says that the tool reads, else what was hidden from the host.
fn categories(intent: &Intent, words: &Words) -> Vec<String> {
    if !words.categories.is_empty() {
        return words.categories.clone();
    }
    let hidden = intent.body["hidden"].as_object();
    hidden.into_iter().flatten().map(|(label, _)| french(label).to_owned()).collect()
}

fn french(label: &str) -> &str {
    match label {
        "person" => "nom",
        "birth_date" => "date de naissance",
        "address" => "adresse",
        "nir" => "numéro de sécurité sociale",
        "iban" => "compte bancaire",
        "phone" => "téléphone",
        "email" => "adresse électronique",
        "reference" => "référence du dossier",
        _ => "autre donnée du dossier",
    }
}

fn watt_hours(footprint: &Footprint) -> (f64, f64) {
    (footprint.energy_kwh.min * 1000.0, footprint.energy_kwh.max * 1000.0)
}

fn use_footprint(footprint: &Footprint) -> UseFootprint {
    let (low, high) = watt_hours(footprint);
    let carbon = footprint.total.gwp_kgco2eq;
    UseFootprint {
        energy_wh: f64::midpoint(low, high),
        energy_wh_low: low,
        energy_wh_high: high,
        carbon_g: f64::midpoint(carbon.min, carbon.max) * 1000.0,
    }
}

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::BadRow { what: "record of a call", reason: error.to_string() }
}
