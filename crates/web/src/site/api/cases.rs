//! Declaring a case, asking how it stands, and erasing it.
//!
//! A case belongs to the system whose key opened it. Another system may declare the same reference, and then knows of the case
//! what it declared and did itself; to a system that did not, the case does not exist.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, LOCATION};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use gouvernail_cases::{Case, Declared, Status};
use gouvernail_store::{CaseFile, NewCaseEvent, Scope, StoreError};
use jiff::Timestamp;
use serde::Serialize;

use super::declared;
use super::problem::Problem;
use crate::site::address::{case_page, segment};
use crate::site::app::App;
use crate::site::casework::Dossier;
use crate::site::error::WebError;

/// The key by which an application speaks, and the system that it speaks for.
pub struct Application {
    key: String,
    system: String,
}

impl FromRequestParts<App> for Application {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let presented = header.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        let known = app.live.snapshot();
        let key = known.directory.key(presented.trim(), app.now()).ok_or_else(|| {
            let detail =
                "The key is missing, unknown, revoked or expired. Send `Authorization: Bearer …` with a key of the referent.";
            Problem::new(StatusCode::UNAUTHORIZED, "key", "No key in force", detail)
        })?;
        if !key.scopes.allow(Scope::Cases) {
            let detail = "This key does not open `cases`. Ask the referent for one that does, on the page of the system.";
            return Err(Problem::new(StatusCode::FORBIDDEN, "scope", "The key does not open files", detail));
        }
        Ok(Self { key: key.id.clone(), system: key.system_id.clone() })
    }
}

/// What an application learns of a case it declared.
#[derive(Serialize)]
struct Opened<'a> {
    id: &'a str,
    reference: &'a str,
    url: String,
}

/// POST /api/cases
pub async fn open(
    State(app): State<App>,
    application: Application,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|rejection| Problem::of_status(rejection.status()))?;
    let (reference, declared) = declared::read(&body)?;
    may_be_decided(&app, &application.system)?;
    let id = app.ambient.id();
    let opening = Case::open(&id, &reference, &declared.subject, declared.known.clone(), app.now()).map_err(WebError::from)?;
    let event = NewCaseEvent {
        at: opening.at(),
        author: application.key.clone(),
        kind: opening.kind().to_owned(),
        body: json_of(&opening)?,
    };
    let file = CaseFile {
        id,
        reference: reference.clone(),
        opened_by: application.system,
        subject: json_of(&declared)?,
        status: Status::Open.as_str().to_owned(),
        updated: event.at,
        code_hash: None,
    };
    let known = app.store.declare_case(&file, &application.key, &event).await.map_err(WebError::from)?;
    if serde_json::from_value::<Declared>(known.subject).ok() != Some(declared) {
        return Err(other_content(&reference));
    }
    let status = if known.fresh { StatusCode::CREATED } else { StatusCode::OK };
    let said =
        Opened { id: &known.case_id, reference: &reference, url: format!("{}{}", app.identity.public_url, case_page(&reference)) };
    let place = format!("{}cases/{}", super::PREFIX, segment(&reference));
    Ok((status, [(LOCATION, place)], Json(said)).into_response())
}

fn json_of(value: &impl Serialize) -> Result<serde_json::Value, Problem> {
    serde_json::to_value(value).map_err(|error| WebError::Internal(error.to_string()).into())
}

/// Who decides must have words to decide with.
fn may_be_decided(app: &App, system: &str) -> Result<(), Problem> {
    let known = app.live.snapshot();
    if known.register.systems.get(system).is_some_and(|system| !system.sheet.decisions.is_empty()) {
        return Ok(());
    }
    let detail =
        format!("The sheet of `{system}` in the register lists no decision: the referent completes it, then send it again.");
    Err(Problem::new(StatusCode::CONFLICT, "no-decisions", "The system's sheet is not complete", detail))
}

/// How a case stands, without any text of the tool.
#[derive(Serialize)]
struct Stands<'a> {
    id: &'a str,
    reference: &'a str,
    url: String,
    /// How many times a tool touched it; for a system that did not open it, how many times that system's tool did.
    uses: usize,
    /// What was decided and told, for the system that opened it.
    #[serde(flatten)]
    outcome: Option<Decided<'a>>,
}

/// What became of the request.
#[derive(Serialize)]
struct Decided<'a> {
    status: &'static str,
    /// What was decided, as it stands now.
    decision: Option<&'a str>,
    decided_at: Option<Timestamp>,
    /// When the person concerned was told.
    notified_at: Option<Timestamp>,
}

impl<'a> Decided<'a> {
    fn of(case: &'a Case) -> Self {
        let standing = case.standing();
        Self {
            // Whom the person wants to talk to is not the application's business.
            status: match case.status() {
                Status::Callback | Status::Untold => Status::Decided.as_str(),
                status => status.as_str(),
            },
            decision: standing.map(|standing| standing.value),
            decided_at: standing.map(|standing| standing.at),
            notified_at: case.notification.as_ref().map(|notification| notification.at),
        }
    }
}

/// GET /api/cases/{reference}
pub async fn read(State(app): State<App>, application: Application, Path(reference): Path<String>) -> Result<Response, Problem> {
    let dossier = declared_by(&app, &application, &reference).await?;
    let (case, opened) = (&dossier.case, dossier.opened_by == application.system);
    let said = Stands {
        id: &case.id,
        reference: &case.reference,
        url: format!("{}{}", app.identity.public_url, case_page(&case.reference)),
        uses: case.uses.iter().filter(|case_use| opened || case_use.system == application.system).count(),
        outcome: opened.then(|| Decided::of(case)),
    };
    Ok(Json(said).into_response())
}

/// DELETE /api/cases/{reference}
pub async fn erase(State(app): State<App>, application: Application, Path(reference): Path<String>) -> Result<Response, Problem> {
    let dossier = declared_by(&app, &application, &reference).await?;
    if dossier.opened_by != application.system {
        return Err(not_opened_by(&reference));
    }
    // An application must not make a use of its tool disappear before the person concerned knows of it.
    if dossier.owes_notice() && (dossier.case.notification.is_none() || !dossier.case.untold().is_empty()) {
        return Err(notice_owed(&reference));
    }
    match app.store.erase_case(&dossier.case.id).await {
        Ok(true) => {
            tracing::info!(case = dossier.case.id, key = application.key, "a case was erased");
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Ok(false) => Err(Problem::of_status(StatusCode::NOT_FOUND)),
        Err(StoreError::InUse(_)) => Err(under_way(&reference)),
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// A case that this system declared; any other one is not there.
async fn declared_by(app: &App, application: &Application, reference: &str) -> Result<Dossier, Problem> {
    let known = app.store.case_declarations(reference).await.map_err(WebError::from)?.declarations;
    if !known.iter().any(|declaration| declaration.system == application.system) {
        return Err(Problem::of_status(StatusCode::NOT_FOUND));
    }
    Ok(Dossier::by_reference(app, reference).await?)
}

fn not_opened_by(reference: &str) -> Problem {
    let detail = format!("Another system opened the case {reference:?}: the application of that system erases it.");
    Problem::new(StatusCode::FORBIDDEN, "not-opened-by", "This case belongs to another system", detail)
}

fn notice_owed(reference: &str) -> Problem {
    let detail = format!(
        "A tool was used on the case {reference:?} and the person concerned has not been told. Have it decided and told first; \
         if the law asks for the erasure now, the référent runs `gouvernail case erase`."
    );
    Problem::new(StatusCode::CONFLICT, "notice-owed", "The person concerned has not been told", detail)
}

fn under_way(reference: &str) -> Problem {
    let detail = format!("A call on the case {reference:?} is under way: send it again when the call has ended.");
    Problem::new(StatusCode::CONFLICT, "in-use", "A call on this case is under way", detail)
}

fn other_content(reference: &str) -> Problem {
    let detail = format!(
        "The case {reference:?} is already declared, with another content. Use another reference, or send the same content."
    );
    Problem::new(StatusCode::CONFLICT, "other-content", "This reference has another content", detail)
}
