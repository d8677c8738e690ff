//! The register of others: read, shown with what is wrong in it, then recorded in one go.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use gouvernail_interchange::plan::plan;
use gouvernail_interchange::{Format, Place, Read, read};
use gouvernail_store::{RecordError, Role, Snapshot};

use super::{misfit, refused};
use crate::i18n::Locale;
use crate::layout::Chrome;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::recorded::label;
use crate::site::visit::SignedIn;
use crate::site::{Page, formats};
use crate::views::import::{Found, ImportPage};

/// Most refused records that are shown one by one.
const SHOWN: usize = 50;

/// GET /referent/import
pub async fn show(State(app): State<App>, signed: SignedIn) -> Result<Html<String>, WebError> {
    signed.allow(&[Role::Referent])?;
    page(&signed, signed.chrome(&app), None, String::new())
}

/// POST /referent/import
pub async fn act(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let offered = Format::ALL.map(Format::name);
    let format = form.one_of("format", offered).parse().unwrap_or(Format::Gouvernail);
    let text = form.text("text");
    let known = app.live.snapshot();
    if !form.is_right() {
        return refuse(&app, &signed, form);
    }
    let read = match self::read_text(format, &text) {
        Ok(read) => read,
        Err(unreadable) => {
            form.wrong("text", signed.visit.locale.with("import-unreadable", &unreadable.to_string()));
            return refuse(&app, &signed, form);
        }
    };
    let whole = read.report.rejected.is_empty();
    let records = match form.optional("act").as_str() {
        "record" => whole,
        "record-good" => true,
        _ => false,
    };
    if records {
        record(&app, &signed, form, &known, read).await
    } else {
        let found = found(&known, read, signed.visit.locale);
        Ok(page(&signed, form.back(signed.chrome(&app)), Some(found), String::new())?.into_response())
    }
}

/// A text that was typed is in UTF-8, also where the format's files are not: the mark says so.
fn read_text(format: Format, text: &str) -> Result<Read, gouvernail_interchange::Unreadable> {
    match format {
        Format::Us => read(format, format!("\u{feff}{text}").as_bytes()),
        _ => read(format, text.as_bytes()),
    }
}

async fn record(app: &App, signed: &SignedIn, mut form: Filled<'_>, known: &Snapshot, read: Read) -> Page {
    let locale = signed.visit.locale;
    let plan = plan(&known.register, read.records.into_iter().map(|(_, record)| record));
    if !plan.acts.is_empty() {
        match app.live.record_on(&known.register, &app.rules, &signed.person.id, &plan.acts).await {
            Ok(_) => {}
            Err(RecordError::Refused(refusal)) => {
                form.wrong("text", refused::sentence(&refusal, locale));
                return refuse(app, signed, form);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let recorded = locale.of_total("import-done", plan.declared, plan.updated);
    Ok(page(signed, signed.chrome(app), None, recorded)?.into_response())
}

fn refuse(app: &App, signed: &SignedIn, form: Filled<'_>) -> Page {
    let again = page(signed, form.back(signed.chrome(app)), None, String::new())?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

fn page(signed: &SignedIn, chrome: Chrome, found: Option<Found>, recorded: String) -> Result<Html<String>, WebError> {
    let page = ImportPage { chrome, formats: formats(signed.visit.locale), found, recorded };
    Ok(Html(page.render(signed.visit.locale)?))
}

/// What is in the text, and what recording the good records would do.
fn found(known: &Snapshot, read: Read, locale: &Locale) -> Found {
    let report = read.report;
    let plan = plan(&known.register, read.records.into_iter().map(|(_, record)| record));
    let reasons = report
        .rejected
        .iter()
        .map(|note| [place(note.place, locale), label(&note.field, locale).to_owned(), misfit::problem(&note.problem, locale)]);
    let mut review: BTreeMap<(String, String), usize> = BTreeMap::new();
    for note in &report.review {
        let key = (label(&note.field, locale).to_owned(), misfit::problem(&note.problem, locale));
        *review.entry(key).or_default() += 1;
    }
    Found {
        read: report.read,
        accepted: report.accepted,
        declared: plan.declared,
        updated: plan.updated,
        unchanged: plan.unchanged,
        rejected: reasons.take(SHOWN).collect(),
        more: report.rejected.len().saturating_sub(SHOWN),
        review: review.into_iter().map(|((field, reason), count)| (field, reason, count)).collect(),
    }
}

/// Counted from 1, as people do.
fn place(place: Place, locale: &Locale) -> String {
    match place {
        Place::Index(index) => locale.n("import-nth", index + 1),
        Place::Line(line) => locale.n("import-line", usize::try_from(line).unwrap_or(usize::MAX)),
    }
}
