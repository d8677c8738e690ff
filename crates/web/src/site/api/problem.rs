//! Problem details for applications (RFC 9457): what is wrong, where, and how to mend it.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::site::error::WebError;

/// Prefix of the identifiers of our problems.
const URN: &str = "urn:gouvernail:problem:";

/// One mistake in what was sent.
#[derive(Debug, Serialize)]
pub struct Mistake {
    /// Where: a JSON Pointer (RFC 6901) into the body.
    pointer: String,
    /// What, and how to mend it.
    detail: String,
}

/// A problem, as a response.
#[derive(Debug, Serialize)]
pub struct Problem {
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Mistake>,
}

impl Problem {
    /// A problem of ours.
    pub fn new(status: StatusCode, name: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { kind: format!("{URN}{name}"), title, status: status.as_u16(), detail: detail.into(), errors: Vec::new() }
    }

    /// Fields that do not fit.
    pub fn fields(errors: Vec<Mistake>) -> Self {
        let detail = "Correct each field named in `errors`, then send the whole document again. Nothing was stored.";
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "fields", "Some fields are not right", detail) }
    }

    /// What the layers around the interface refuse.
    pub fn of_status(status: StatusCode) -> Self {
        let (name, title, detail) = match status {
            StatusCode::NOT_FOUND => ("not-found", "There is nothing here", "Check the address and the reference of the case."),
            StatusCode::METHOD_NOT_ALLOWED => (
                "method",
                "This address does not know that method",
                "POST /api/cases opens a case, GET /api/cases/{reference} reads it, DELETE erases it.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("too-large", "The body is too large", "Send at most 256 KiB: shorten the text of the request.")
            }
            StatusCode::TOO_MANY_REQUESTS => ("too-many", "Too many attempts", "Wait ten minutes, then send it again."),
            StatusCode::FORBIDDEN => {
                ("forbidden", "This was refused", "Call the interface from a program, not from another site's page.")
            }
            StatusCode::SERVICE_UNAVAILABLE => (
                "unavailable",
                "Gouvernail cannot keep a record of its acts now",
                "Nothing was stored. Send it again in a few minutes.",
            ),
            _ if status.is_server_error() => ("internal", "The error is ours", "Nothing was stored. Report the time of the call."),
            _ => ("request", "The request cannot be read", "Send JSON in UTF-8, with `Content-Type: application/json`."),
        };
        Self::new(status, name, title, detail)
    }
}

impl Mistake {
    /// A mistake at a place of the body.
    pub fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

impl From<WebError> for Problem {
    fn from(error: WebError) -> Self {
        let response = error.into_response();
        if let Some(error) = response.extensions().get::<std::sync::Arc<WebError>>()
            && response.status().is_server_error()
        {
            tracing::error!(%error, "the interface could not answer");
        }
        Self::of_status(response.status())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, [(CONTENT_TYPE, "application/problem+json")], body).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let scheme = axum::http::HeaderValue::from_static("Bearer realm=\"gouvernail\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        response
    }
}
