//! "Signaler un problème": a form that is always there, without an account, and the answer behind a code.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use gouvernail_cases::code;
use gouvernail_register::System;
use gouvernail_store::Report;
use jiff::{SignedDuration, Timestamp};

use super::consultation::{LONGEST, MOST_SENT};
use super::{Anybody, chrome};
use crate::i18n::Locale;
use crate::layout::Chrome;
use crate::site::app::App;
use crate::site::citizen::Client;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::visit::Visit;
use crate::site::{Page, paper, words};
use crate::views::register::Voice;
use crate::views::report::{ReportForm, ReportRead, ReportSent};

/// Days in which an answer is owed.
const DAYS: i64 = 30;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/register/{id}/report", get(form).post(send)).route("/reports/{code}", get(read))
}

/// GET /register/{id}/report
async fn form(State(app): State<App>, visit: Visit, anybody: Anybody, Path(id): Path<String>) -> Result<Html<String>, WebError> {
    show(&app, &visit, chrome(&app, &visit, &anybody), &id)
}

fn show(app: &App, visit: &Visit, chrome: Chrome, id: &str) -> Result<Html<String>, WebError> {
    let known = app.live.snapshot();
    let system = known.register.systems.get(id).ok_or(WebError::NotFound)?;
    let (phone, hours) = paper::reach(app, id);
    let page = ReportForm {
        chrome,
        name: system.sheet.name.clone(),
        url: format!("/register/{id}/report"),
        system_url: format!("/register/{id}"),
        phone,
        hours,
    };
    Ok(Html(page.render(visit.locale)?))
}

/// POST /register/{id}/report
///
/// The answer is a page with the code: it is shown this once, and only its hash is kept.
async fn send(State(app): State<App>, visit: Visit, anybody: Anybody, Path(id): Path<String>, client: Client, body: Body) -> Page {
    let (mut form, now) = (Filled::new(body, visit.locale), app.now());
    if !app.live.snapshot().register.systems.contains_key(&id) {
        return Err(WebError::NotFound);
    }
    let text = form.text("report-words");
    form.at_most("report-words", LONGEST);
    form.trap();
    let key = client.key("report");
    if form.is_right() && !app.throttle.allows_at_most(MOST_SENT, &key, now) {
        form.wrong("report-words", visit.locale.t("consult-too-many"));
    }
    if !form.is_right() {
        let again = show(&app, &visit, form.back(chrome(&app, &visit, &anybody)), &id)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
    }
    let code = code::from_bytes(app.ambient.bytes());
    let report = Report {
        id: app.ambient.id(),
        code_hash: code::hash(&code).map_err(|error| WebError::Internal(error.to_string()))?,
        system: id,
        received: now,
        due: now + SignedDuration::from_hours(24 * DAYS),
        words: text,
        summary: String::new(),
        answer: None,
    };
    app.store.file_report(&report).await?;
    app.throttle.mistake(&key, now);
    let page = ReportSent {
        chrome: chrome(&app, &visit, &anybody),
        name: app.name_of_system(&report.system),
        due: day(&app, report.due, visit.locale),
        url: page_of(&code),
        code,
    };
    Ok(Html(page.render(visit.locale)?).into_response())
}

/// GET /reports/{code}
async fn read(
    State(app): State<App>,
    visit: Visit,
    anybody: Anybody,
    client: Client,
    Path(code): Path<String>,
) -> Result<Html<String>, WebError> {
    let (now, key) = (app.now(), client.key("code"));
    if !app.throttle.allows(&key, now) {
        return Err(WebError::TooMany);
    }
    let Some(report) = find(&app, &code).await? else {
        app.throttle.mistake(&key, now);
        return Err(WebError::NotFound);
    };
    let answer = report.answer.as_ref();
    let page = ReportRead {
        chrome: chrome(&app, &visit, &anybody),
        name: app.name_of_system(&report.system),
        received: day(&app, report.received, visit.locale),
        due: day(&app, report.due, visit.locale),
        late: answer.is_none() && report.due <= now,
        words: report.words.clone(),
        answered: answer.map(|(_, at)| day(&app, *at, visit.locale)).unwrap_or_default(),
        answer: answer.map(|(answer, _)| answer.clone()).unwrap_or_default(),
    };
    Ok(Html(page.render(visit.locale)?))
}

/// The report that a typed code opens.
pub async fn find(app: &App, typed: &str) -> Result<Option<Report>, WebError> {
    match code::hash(typed) {
        Ok(hash) => Ok(app.store.find_report(&hash).await?),
        Err(_) => Ok(None),
    }
}

/// The page of a report, its code spelled as it was shown.
pub fn page_of(typed: &str) -> String {
    format!("/reports/{}", code::normalise(typed).unwrap_or_default())
}

/// What the public says of a system.
pub async fn voice(app: &App, id: &str, system: &System, locale: &Locale) -> Result<Voice, WebError> {
    let question = system.open_consultation.as_ref().map(|open| &open.question);
    let question = question.or(system.consultation.as_ref().map(|held| &held.question));
    let counts = app.store.report_counts(app.now()).await?;
    let figures = counts.iter().find(|count| count.system == id).map(|count| {
        let line = locale.pair("reports-line", &count.received.to_string(), &count.open.to_string());
        let late = (count.late > 0).then(|| format!(" {}", locale.with("reports-line-late", &count.late.to_string())));
        line + &late.unwrap_or_default()
    });
    let published = app.store.published_reports(id).await?.into_iter();
    let reports = published.filter_map(|report| {
        let (answer, at) = report.answer?;
        Some((day(app, at, locale), report.summary, answer))
    });
    Ok(Voice {
        question: question.cloned().unwrap_or_default(),
        consultation_url: question.map(|_| format!("/consultations/{id}")).unwrap_or_default(),
        report_url: format!("/register/{id}/report"),
        figures: figures.unwrap_or_default(),
        reports: reports.collect(),
    })
}

fn day(app: &App, at: Timestamp, locale: &Locale) -> String {
    words::day(at.to_zoned_datetime(app.identity.time_zone.clone()).date(), locale.lang())
}
