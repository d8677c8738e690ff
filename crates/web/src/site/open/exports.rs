//! The public records in the formats of other registers: `GET /open-data/register.nl.json`.

use axum::extract::{Path, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use gouvernail_interchange::{Format, write};

use crate::site::app::App;
use crate::site::error::WebError;

/// GET /open-data/{file}, where `file` is `register.FORMAT.json`
pub async fn register(State(app): State<App>, Path(file): Path<String>) -> Result<Response, WebError> {
    let name = file.strip_prefix("register.").and_then(|rest| rest.strip_suffix(".json"));
    let format: Option<Format> = name.and_then(|name| name.parse().ok());
    let format = format.filter(|format| *format != Format::Us).ok_or(WebError::NotFound)?;
    let dialect = format.dialect(None).ok_or(WebError::NotFound)?;
    let known = app.live.snapshot();
    let records = known.register.systems.values().filter_map(|system| system.record.as_ref());
    let written = write(dialect, records).map_err(|error| WebError::Internal(error.to_string()))?;
    let headers = [(CONTENT_TYPE, "application/json"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, "public, max-age=60")];
    Ok((headers, written.bytes).into_response())
}
