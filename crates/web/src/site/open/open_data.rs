//! The register as open data: `GET /register.json`.
//!
//! The keys below are stable within `format`: a release may add keys, it never renames or removes one without a new number.
//! Nobody is named but the owners, whose name and role are public. Times are RFC 3339 in UTC; what is unknown is `null`.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use axum::response::IntoResponse;
use axum::{Json, response::Response};
use gouvernail_register::{NoticeWords, StudyKind, Value};
use gouvernail_store::{ReportCount, Snapshot};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::site::app::App;
use crate::site::described::{automation, risk};
use crate::site::error::WebError;
use crate::site::outlook::Outlook;
use crate::views::workspace::Standing;

/// Name and number of this form of the data.
const FORMAT: &str = "gouvernail-register/1";

/// The whole document.
#[derive(Serialize)]
struct Document<'a> {
    /// [`FORMAT`].
    format: &'static str,
    /// Name of the administration.
    organisation: String,
    /// Its SIRET number.
    siret: Option<&'a str>,
    /// When this was drawn up.
    at: Timestamp,
    /// The public log that holds each act: its address and the key that verifies it.
    log: Log,
    /// The strategy that the systems serve.
    strategy: Option<Strategy<'a>>,
    /// Every system, also those that are refused or stopped, in order of identifier.
    systems: Vec<System<'a>>,
}

#[derive(Serialize)]
struct Log {
    /// Prefix of the log (`c2sp.org/tlog-tiles`).
    url: String,
    /// Verifier key (`c2sp.org/signed-note`).
    vkey: String,
}

#[derive(Serialize)]
struct Strategy<'a> {
    title: &'a str,
    url: &'a str,
    adopted: Date,
    objectives: Vec<&'a str>,
}

#[derive(Serialize)]
struct System<'a> {
    /// Identifier, also in the public log.
    id: &'a str,
    name: &'a str,
    /// What it is for, by language.
    purpose: Languages<&'a str>,
    /// `allowed`, `refused` or `stopped`, at `at`.
    standing: &'static str,
    /// Reason of the stop order in force.
    stopped: Option<&'a str>,
    /// Identifiers of the requirements that do not hold.
    missing: Vec<String>,
    /// `low`, `limited` or `high`.
    risk: &'static str,
    /// `assisted` or `full`.
    automation: &'static str,
    self_learning: bool,
    sensitive_data: bool,
    touches_cases: bool,
    /// Objective of the strategy that it serves.
    objective: Option<&'a str>,
    /// Who answers for it, once they accepted.
    owner: Option<Owner<'a>>,
    version: Option<Version<'a>>,
    /// What citizens are told, by language.
    notice: Option<Languages<&'a NoticeWords>>,
    /// Where a person answers.
    telephone: Option<&'a str>,
    /// Studies that are signed, and until when.
    studies: Vec<Study>,
    consultation: Option<Consultation<'a>>,
    /// The consultation under way.
    open_consultation: Option<OpenConsultation<'a>>,
    /// Problems reported by the public.
    reports: Reports,
    authorisation: Option<Authorisation<'a>>,
    /// The public fields of its record, of `record/fields.toml`.
    record: Option<BTreeMap<&'a str, &'a Value>>,
}

#[derive(Serialize)]
struct Languages<T> {
    fr: T,
    en: T,
}

#[derive(Serialize)]
struct Owner<'a> {
    name: &'a str,
    role: &'static str,
}

#[derive(Serialize)]
struct Version<'a> {
    label: &'a str,
    /// SHA-256 of what the version freezes, hexadecimal.
    digest: &'a str,
    model: Option<Model<'a>>,
    evaluation: Option<Evaluation<'a>>,
}

#[derive(Serialize)]
struct Model<'a> {
    name: &'a str,
    licence: &'a str,
    open_weights: bool,
    /// Billions of parameters.
    active_billions: f64,
    /// Billions of parameters.
    total_billions: f64,
    host: Option<Host<'a>>,
}

#[derive(Serialize)]
struct Host<'a> {
    name: &'a str,
    /// ISO 3166-1 alpha-2.
    country: &'a str,
    /// Whether the administration runs it itself.
    embedded: bool,
    /// Kinds of clauses with evidence in the contract that covers it.
    clauses: Vec<&'a str>,
}

#[derive(Serialize)]
struct Evaluation<'a> {
    set: &'a str,
    passed: u32,
    total: u32,
    required: u32,
    smaller_that_pass: u32,
}

#[derive(Serialize)]
struct Study {
    kind: StudyKind,
    until: Timestamp,
}

#[derive(Serialize)]
struct Consultation<'a> {
    question: &'a str,
    contributions: u32,
    answer: &'a str,
}

#[derive(Serialize)]
struct OpenConsultation<'a> {
    question: &'a str,
    /// Last instant to contribute.
    closes: Timestamp,
    /// When every contribution must have its answer.
    due: Timestamp,
    /// Where it takes place.
    url: String,
}

#[derive(Serialize, Default)]
struct Reports {
    received: u64,
    /// Without an answer.
    open: u64,
    /// Answered after 30 days, or waiting for longer.
    late: u64,
}

#[derive(Serialize)]
struct Authorisation<'a> {
    version: &'a str,
    scope: &'a str,
    from: Timestamp,
    until: Timestamp,
}

/// GET /register.json
pub async fn register(State(app): State<App>) -> Result<Response, WebError> {
    let (known, now) = (app.live.snapshot(), app.now());
    let register = &known.register;
    let reports = app.store.report_counts(now).await?;
    let systems = register.systems.keys().map(|id| system(&app, &known, id, &reports, now)).collect::<Result<_, _>>()?;
    let document = Document {
        format: FORMAT,
        organisation: app.organisation(),
        siret: register.organisation.as_ref().map(|organisation| organisation.siret.as_str()),
        at: now,
        log: Log { url: format!("{}/log", app.identity.public_url), vkey: app.identity.log_vkey.clone() },
        strategy: register.strategy.as_ref().map(|strategy| Strategy {
            title: &strategy.text.title,
            url: &strategy.text.url,
            adopted: strategy.text.adopted,
            objectives: strategy.objectives.iter().map(|objective| objective.title.as_str()).collect(),
        }),
        systems,
    };
    // Anybody may read it from any page; an old copy does no harm for a minute.
    let headers = [(ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, "public, max-age=60")];
    Ok((headers, Json(&document)).into_response())
}

fn system<'a>(
    app: &App,
    known: &'a Snapshot,
    id: &'a str,
    reports: &[ReportCount],
    now: Timestamp,
) -> Result<System<'a>, WebError> {
    let system = known.register.systems.get(id).ok_or(WebError::NotFound)?;
    let (sheet, outlook) = (&system.sheet, Outlook::of(app, known, id, now)?);
    let objectives = known.register.strategy.iter().flat_map(|strategy| &strategy.objectives);
    let signed = system.studies.iter().filter_map(|(kind, study)| study.signature.as_ref().map(|signature| (kind, signature)));
    Ok(System {
        id,
        name: &sheet.name,
        purpose: Languages { fr: &sheet.purpose_fr, en: &sheet.purpose_en },
        standing: standing(outlook.standing),
        stopped: system.stopped.as_deref(),
        missing: outlook.missing.into_iter().map(|requirement| requirement.id.clone()).collect(),
        risk: risk(sheet.risk).0,
        automation: automation(sheet.automation).0,
        self_learning: sheet.self_learning,
        sensitive_data: sheet.sensitive_data,
        touches_cases: sheet.touches_cases,
        objective: objectives.into_iter().find(|o| o.id == sheet.objective).map(|o| o.title.as_str()),
        owner: system
            .owner
            .as_ref()
            .filter(|owner| owner.accepted)
            .map(|owner| Owner { name: known.directory.name(&owner.person), role: "owner" }),
        version: version(known, system),
        notice: system.notice.as_ref().map(|notice| Languages { fr: &notice.fr, en: &notice.en }),
        telephone: system.human_channel.as_ref().map(|channel| channel.telephone.as_str()),
        studies: signed.map(|(kind, signature)| Study { kind: *kind, until: signature.until }).collect(),
        consultation: system.consultation.as_ref().map(|known| Consultation {
            question: &known.question,
            contributions: known.contributions,
            answer: &known.answer,
        }),
        open_consultation: system.open_consultation.as_ref().map(|known| open_consultation(app, id, known)),
        reports: reports.iter().find(|count| count.system == id).map(counted).unwrap_or_default(),
        authorisation: system.authorisation.as_ref().map(|known| Authorisation {
            version: &known.version,
            scope: &known.scope,
            from: known.from,
            until: known.until,
        }),
        record: system.record.as_ref().map(|record| record.public()),
    })
}

fn open_consultation<'a>(app: &App, id: &str, known: &'a gouvernail_register::OpenConsultation) -> OpenConsultation<'a> {
    let here = || format!("{}/consultations/{id}", app.identity.public_url);
    let url = if known.url.is_empty() { here() } else { known.url.clone() };
    OpenConsultation { question: &known.question, closes: known.closes, due: known.due, url }
}

fn counted(count: &ReportCount) -> Reports {
    Reports { received: count.received, open: count.open, late: count.late }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Allowed => "allowed",
        Standing::Refused => "refused",
        Standing::Stopped => "stopped",
    }
}

fn version<'a>(known: &'a Snapshot, system: &'a gouvernail_register::System) -> Option<Version<'a>> {
    let version = system.version.as_ref()?;
    let model = known.register.models.get(&version.model).map(|model| Model {
        name: &model.name,
        licence: &model.licence,
        open_weights: model.open_weights,
        active_billions: model.active_billions,
        total_billions: model.total_billions,
        host: known.register.hosts.get(&model.host).map(|host| Host {
            name: &host.name,
            country: &host.country,
            embedded: host.embedded,
            clauses: host.contract.iter().flat_map(|contract| &contract.clauses).map(|clause| clause.kind.as_str()).collect(),
        }),
    });
    let evaluation = system.evaluation.as_ref().filter(|known| known.version == version.label).map(|known| Evaluation {
        set: &known.evaluation,
        passed: known.passed,
        total: known.total,
        required: known.required,
        smaller_that_pass: known.smaller_that_pass,
    });
    Some(Version { label: &version.label, digest: &version.digest, model, evaluation })
}
