//! Problems that the public reported: oldest first, each answered, in public or for its author alone.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use gouvernail_store::{Report, Role, StoreError};

use super::form;
use crate::layout::Chrome;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::visit::SignedIn;
use crate::site::{Page, words};
use crate::views::report::{OpenReport, ReportsDesk};

/// Longest answer, in characters.
const LONGEST: usize = 5_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/reports", get(show)).route("/referent/reports/{id}/answer", form(answer))
}

/// GET /referent/reports
async fn show(State(app): State<App>, signed: SignedIn) -> Result<Html<String>, WebError> {
    let chrome = signed.chrome(&app);
    page(&app, &signed, chrome).await
}

/// The référent answers every report, an owner those on their own systems.
async fn open(app: &App, signed: &SignedIn) -> Result<Vec<Report>, WebError> {
    signed.allow(&[Role::Referent, Role::Owner])?;
    let known = app.live.snapshot();
    let owns = |system: &str| {
        let owner = known.register.systems.get(system).and_then(|system| system.owner.as_ref());
        owner.is_some_and(|owner| owner.person == signed.person.id)
    };
    let all = app.store.open_reports().await?;
    Ok(all.into_iter().filter(|report| signed.is(Role::Referent) || owns(&report.system)).collect())
}

async fn page(app: &App, signed: &SignedIn, chrome: Chrome) -> Result<Html<String>, WebError> {
    let (now, lang) = (app.now(), signed.visit.locale.lang());
    let day = |at: jiff::Timestamp| words::day(at.to_zoned_datetime(app.identity.time_zone.clone()).date(), lang);
    let row = |report: Report| OpenReport {
        name: app.name_of_system(&report.system),
        system_url: format!("/referent/systems/{}", report.system),
        received: day(report.received),
        due: day(report.due),
        late: report.due <= now,
        words: report.words,
        id: report.id,
    };
    let page = ReportsDesk { chrome, reports: open(app, signed).await?.into_iter().map(row).collect() };
    Ok(Html(page.render(signed.visit.locale)?))
}

/// POST /referent/reports/{id}/answer
async fn answer(State(app): State<App>, signed: SignedIn, Path(id): Path<String>, body: Body) -> Page {
    let known = open(&app, &signed).await?.into_iter().any(|report| report.id == id);
    if !known {
        return Err(WebError::NotFound);
    }
    let mut form = Filled::new(body, signed.visit.locale);
    let (field, summary_field) = (format!("answer-{id}"), format!("summary-{id}"));
    let (answer, summary) = (form.text(&field), form.optional(&summary_field));
    form.at_most(&field, LONGEST);
    form.at_most(&summary_field, LONGEST);
    if !form.is_right() {
        let again = page(&app, &signed, form.back(signed.chrome(&app))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
    }
    match app.store.answer_report(&id, &summary, &answer, &signed.person.id, app.now()).await {
        Err(StoreError::NotFound { .. }) => Err(WebError::NotFound),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(Redirect::to("/referent/reports?done=answered").into_response()),
    }
}
