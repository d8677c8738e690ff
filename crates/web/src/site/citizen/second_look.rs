//! A request for a second look, as its author follows it.

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};

use super::code::Behind;
use super::page::asked;
use crate::layout::Audience;
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::paper;
use crate::views::citizen::Received;

/// GET /d/{code}/contestations/{id}
pub async fn show(State(app): State<App>, behind: Behind, Path((_, id)): Path<(String, String)>) -> Page {
    let contestation = behind.dossier.case.contestation(&id).map_err(|_| WebError::NotFound)?;
    let (phone, hours) = paper::reach(&app, behind.dossier.system());
    let page = Received {
        chrome: behind.visit.chrome(&app, Audience::Public, None),
        asked: asked(&app, &behind, contestation),
        words: contestation.text.clone(),
        case_url: behind.url.clone(),
        receipt_url: format!("{}/contestations/{id}/receipt.tlog-proof", behind.url),
        record_url: format!("{}/contestations/{id}/receipt.json", behind.url),
        phone,
        hours,
    };
    Ok(Html(page.render(behind.visit.locale)?).into_response())
}
