//! Receipts: the proof that what was told, or asked, is in the public log.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{Html, IntoResponse};
use gouvernail_cases::CaseEvent;
use gouvernail_store::{LogEntry, Receipt};

use super::code::Behind;
use crate::layout::Audience;
use crate::site::Page;
use crate::site::address::file_name;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::views::citizen::Soon;

/// Seconds after which a receipt that is not ready is worth asking for again.
const AGAIN: &str = "60";

/// The three files of a receipt: the proof, the entry that it proves, and the record that opens the entry.
#[derive(Clone, Copy)]
enum Part {
    Proof,
    Leaf,
    Record,
}

impl Part {
    /// The part that an address ends with.
    fn named(file: &str) -> Option<Self> {
        match file {
            "receipt.tlog-proof" => Some(Self::Proof),
            "receipt.leaf" => Some(Self::Leaf),
            "receipt.json" => Some(Self::Record),
            _ => None,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Proof => "tlog-proof",
            Self::Leaf => "tlog-proof.leaf",
            Self::Record => "json",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Proof => "text/plain; charset=utf-8",
            Self::Leaf => "application/octet-stream",
            Self::Record => "application/json",
        }
    }

    fn of(self, receipt: Receipt) -> Option<Vec<u8>> {
        match self {
            Self::Proof => Some(receipt.proof.into_bytes()),
            Self::Leaf => Some(receipt.leaf),
            Self::Record => receipt.record,
        }
    }
}

/// GET /d/{code}/{file}: the receipt of the notice.
pub async fn of_notice(State(app): State<App>, behind: Behind, Path((_, file)): Path<(String, String)>) -> Page {
    let part = Part::named(&file).ok_or(WebError::NotFound)?;
    let entry = entry_of(&app, &behind, |event| matches!(event, CaseEvent::Notified { .. }), 0).await?;
    let name = file_name("recu", &behind.dossier.case.reference, part.ending());
    give(&app, &behind, entry, part, &name).await
}

/// GET /d/{code}/further/{n}/{file}: the receipt of the letter that told of later uses, numbered from 1.
pub async fn of_further(State(app): State<App>, behind: Behind, Path((_, n, file)): Path<(String, usize, String)>) -> Page {
    let part = Part::named(&file).ok_or(WebError::NotFound)?;
    let place = n.checked_sub(1).ok_or(WebError::NotFound)?;
    let entry = entry_of(&app, &behind, |event| matches!(event, CaseEvent::FurtherNotified { .. }), place).await?;
    let name = file_name("recu", &format!("{}-{n}", behind.dossier.case.reference), part.ending());
    give(&app, &behind, entry, part, &name).await
}

/// GET /d/{code}/contestations/{id}/{file}: the receipt of a request for a second look.
pub async fn of_second_look(State(app): State<App>, behind: Behind, Path((_, id, file)): Path<(String, String, String)>) -> Page {
    let part = Part::named(&file).ok_or(WebError::NotFound)?;
    let asked = |event: &CaseEvent| matches!(event, CaseEvent::Contested { contestation, .. } if *contestation == id);
    let entry = entry_of(&app, &behind, asked, 0).await?;
    let name = file_name("recu", &format!("{}-{id}", behind.dossier.case.reference), part.ending());
    give(&app, &behind, entry, part, &name).await
}

/// The entry that the nth such event of the case owes, from 0.
async fn entry_of(app: &App, behind: &Behind, holds: impl Fn(&CaseEvent) -> bool, nth: usize) -> Result<LogEntry, WebError> {
    let mut places = behind.dossier.events.iter().enumerate().filter(|(_, event)| holds(event));
    let (place, _) = places.nth(nth).ok_or(WebError::NotFound)?;
    let n = i64::try_from(place + 1).unwrap_or(i64::MAX);
    let entries = app.store.entries_of(&behind.dossier.case.id).await?;
    entries.into_iter().find(|entry| entry.subject_n == Some(n)).ok_or(WebError::NotFound)
}

async fn give(app: &App, behind: &Behind, entry: LogEntry, part: Part, name: &str) -> Page {
    let receipts = app.receipts.clone();
    let read = tokio::task::spawn_blocking(move || receipts.receipt(&entry)).await;
    let read = read.map_err(|error| WebError::Internal(format!("a receipt: {error}")))?;
    match read.map_err(|error| WebError::Internal(format!("the log: {error}")))? {
        Some(receipt) => {
            let bytes = part.of(receipt).ok_or(WebError::NotFound)?;
            Ok(([(CONTENT_TYPE, part.content_type().to_owned()), attached(name)], bytes).into_response())
        }
        None => {
            let chrome = behind.visit.chrome(app, Audience::Public, None);
            let page = Soon { chrome, receipt_url: behind.visit.path().to_owned(), case_url: behind.url.clone() };
            let html = Html(page.render(behind.visit.locale)?);
            Ok((StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, AGAIN)], html).into_response())
        }
    }
}

fn attached(name: &str) -> (axum::http::HeaderName, String) {
    (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
}
