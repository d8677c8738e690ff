//! Declaring a case, and asking how it stands.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, LOCATION};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use gouvernail_cases::{Case, Status};
use gouvernail_store::{CaseFile, NewCaseEvent, StoreError};
use jiff::Timestamp;
use serde::Serialize;

use super::declared;
use super::problem::Problem;
use crate::site::address::{case_page, segment};
use crate::site::app::App;
use crate::site::casework::{Declared, Dossier, events_of};
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
    let (reference, declared) = declared::read(&body, &application.system)?;
    may_be_decided(&app, &application.system)?;
    let file = file_of(&app, &reference, &declared)?;
    let created = match app.store.create_case(&file).await {
        Ok(()) => true,
        Err(StoreError::Duplicate(_)) => false,
        Err(error) => return Err(WebError::from(error).into()),
    };
    let known = match created {
        true => file,
        false => app.store.find_case_by_reference(&reference).await.map_err(WebError::from)?.ok_or_else(|| gone(&reference))?,
    };
    if !same(&known, &declared) {
        return Err(other_content(&reference));
    }
    record_opening(&app, &application, &known, &declared).await?;
    let status = if created { StatusCode::CREATED } else { StatusCode::OK };
    let said =
        Opened { id: &known.id, reference: &reference, url: format!("{}{}", app.identity.public_url, case_page(&reference)) };
    let place = format!("{}cases/{}", super::PREFIX, segment(&reference));
    Ok((status, [(LOCATION, place)], Json(said)).into_response())
}

fn file_of(app: &App, reference: &str, declared: &Declared) -> Result<CaseFile, Problem> {
    let subject = serde_json::to_value(declared).map_err(|error| WebError::Internal(error.to_string()))?;
    Ok(CaseFile {
        id: app.ambient.id(),
        reference: reference.to_owned(),
        subject,
        status: Status::Open.as_str().to_owned(),
        updated: app.now(),
        code_hash: None,
    })
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

/// Another system of the administration may declare the same case.
fn same(known: &CaseFile, declared: &Declared) -> bool {
    let stored: Result<Declared, _> = serde_json::from_value(known.subject.clone());
    stored.is_ok_and(|stored| Declared { system: declared.system.clone(), ..stored } == *declared)
}

/// Records the opening, unless it is. A program that died between the two writes is completed by the next declaration.
async fn record_opening(app: &App, application: &Application, file: &CaseFile, declared: &Declared) -> Result<(), Problem> {
    if !events_of(app, &file.id).await?.is_empty() {
        return Ok(());
    }
    let opened =
        Case::open(&file.id, &file.reference, &declared.subject, declared.known.clone(), app.now()).map_err(WebError::from)?;
    let body = serde_json::to_value(&opened).map_err(|error| WebError::Internal(error.to_string()))?;
    let event = NewCaseEvent { at: opened.at(), author: application.key.clone(), kind: opened.kind().to_owned(), body };
    match app.store.append_case_event(&file.id, 0, &event, Status::Open.as_str(), None).await {
        // Another request did it meanwhile.
        Ok(_) | Err(StoreError::Conflict { .. }) => Ok(()),
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// How a case stands, without any text of the tool.
#[derive(Serialize)]
struct Stands<'a> {
    id: &'a str,
    reference: &'a str,
    url: String,
    status: &'static str,
    /// How many times a tool touched it.
    uses: usize,
    /// What was decided, as it stands now.
    decision: Option<&'a str>,
    decided_at: Option<Timestamp>,
    /// When the person concerned was told.
    notified_at: Option<Timestamp>,
}

/// GET /api/cases/{reference}
pub async fn read(State(app): State<App>, application: Application, Path(reference): Path<String>) -> Result<Response, Problem> {
    let dossier = Dossier::by_reference(&app, &reference).await?;
    let case = &dossier.case;
    let touched = case.uses.iter().any(|case_use| case_use.system == application.system);
    if dossier.declared.system != application.system && !touched {
        return Err(Problem::of_status(StatusCode::NOT_FOUND));
    }
    let standing = case.standing();
    let said = Stands {
        id: &case.id,
        reference: &case.reference,
        url: format!("{}{}", app.identity.public_url, case_page(&case.reference)),
        // Whom the person wants to talk to is not the application's business.
        status: match case.status() {
            Status::Callback | Status::Untold => Status::Decided.as_str(),
            status => status.as_str(),
        },
        uses: case.uses.len(),
        decision: standing.map(|standing| standing.value),
        decided_at: standing.map(|standing| standing.at),
        notified_at: case.notification.as_ref().map(|notification| notification.at),
    };
    Ok(Json(said).into_response())
}

fn gone(reference: &str) -> Problem {
    let detail = format!("The case {reference:?} was erased while it was being read: send it again.");
    Problem::new(StatusCode::CONFLICT, "erased", "The case was erased meanwhile", detail)
}

fn other_content(reference: &str) -> Problem {
    let detail = format!(
        "The case {reference:?} is already declared, with another content. Use another reference, or send the same content."
    );
    Problem::new(StatusCode::CONFLICT, "other-content", "This reference has another content", detail)
}
