//! Consultations for everybody: what is asked, what was said and answered, and a form that needs no account.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use gouvernail_store::{Contribution, Moderation, NewContribution};
use jiff::Timestamp;

use super::{Anybody, chrome};
use crate::i18n::Locale;
use crate::layout::Chrome;
use crate::site::app::App;
use crate::site::citizen::Client;
use crate::site::consultations::{self, Held};
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::visit::Visit;
use crate::site::{Page, paper, words};
use crate::views::consultation::{ConsultationPage, ConsultationRow, Consultations, HeldView, Said};

/// Longest contribution, and longest name or address, in characters.
pub const LONGEST: usize = 5_000;
const LONGEST_NAME: usize = 100;
/// What one client may send in the window of the throttle; many people may share the address of a library.
pub const MOST_SENT: u32 = 30;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/consultations", get(list)).route("/consultations/{id}", get(show).post(contribute))
}

/// GET /consultations
async fn list(State(app): State<App>, visit: Visit, anybody: Anybody) -> Result<Html<String>, WebError> {
    let (known, locale) = (app.live.snapshot(), visit.locale);
    let row = |id: &String, name: &str, question: &str, until: Option<Timestamp>| ConsultationRow {
        question: question.to_owned(),
        name: name.to_owned(),
        url: format!("/consultations/{id}"),
        until: until.map(|closes| words::last_day(closes, &app.identity.time_zone, locale.lang())).unwrap_or_default(),
    };
    let mut rows: Vec<ConsultationRow> = Vec::new();
    for (id, system) in &known.register.systems {
        let name = &system.sheet.name;
        match (&system.open_consultation, &system.consultation) {
            (Some(open), _) => rows.push(row(id, name, &open.question, Some(open.closes))),
            (None, Some(held)) => rows.push(row(id, name, &held.question, None)),
            (None, None) => {}
        }
    }
    rows.sort_by_key(|row| row.until.is_empty());
    let page = Consultations { chrome: chrome(&app, &visit, &anybody), rows };
    Ok(Html(page.render(locale)?))
}

/// GET /consultations/{id}
async fn show(State(app): State<App>, visit: Visit, anybody: Anybody, Path(id): Path<String>) -> Result<Html<String>, WebError> {
    page(&app, &visit, chrome(&app, &visit, &anybody), &id).await
}

/// POST /consultations/{id}
async fn contribute(
    State(app): State<App>,
    visit: Visit,
    anybody: Anybody,
    Path(id): Path<String>,
    client: Client,
    body: Body,
) -> Page {
    let (mut form, now) = (Filled::new(body, visit.locale), app.now());
    let system = app.live.snapshot().register.systems.get(&id).cloned().ok_or(WebError::NotFound)?;
    let new = NewContribution {
        at: now,
        words: form.text("contribution-words"),
        name: form.optional("contribution-name"),
        email: form.optional("contribution-email"),
    };
    form.at_most("contribution-words", LONGEST);
    form.at_most("contribution-name", LONGEST_NAME);
    form.at_most("contribution-email", LONGEST_NAME);
    form.trap();
    let key = client.key("contribution");
    if form.is_right() && !app.throttle.allows_at_most(MOST_SENT, &key, now) {
        form.wrong("contribution-words", visit.locale.t("consult-too-many"));
    }
    if form.is_right() {
        let open = system.open_consultation.as_ref().map(|open| open.id.as_str()).unwrap_or_default();
        if app.store.contribute(open, &new).await?.is_some() {
            app.throttle.mistake(&key, now);
            return Ok(Redirect::to(&format!("/consultations/{id}?done=received")).into_response());
        }
        form.wrong("main", visit.locale.t("consult-too-late"));
    }
    let again = page(&app, &visit, form.back(chrome(&app, &visit, &anybody)), &id).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

async fn page(app: &App, visit: &Visit, chrome: Chrome, id: &str) -> Result<Html<String>, WebError> {
    let (known, locale, now) = (app.live.snapshot(), visit.locale, app.now());
    let system = known.register.systems.get(id).ok_or(WebError::NotFound)?;
    let held = consultations::of(&app.live.history().await?, id);
    let takes = held.first().is_some_and(|current| current.takes(now));
    let mut views = Vec::new();
    for one in &held {
        let said = if one.is_here() { app.store.contributions(&one.id).await? } else { Vec::new() };
        views.push(view(app, one, &said, now, locale));
    }
    if views.is_empty() {
        return Err(WebError::NotFound);
    }
    let (phone, hours) = paper::reach(app, id);
    let page = ConsultationPage {
        // What was typed is not lost with the form.
        takes: takes || !chrome.typed.is_empty(),
        chrome,
        name: system.sheet.name.clone(),
        url: format!("/consultations/{id}"),
        system_url: format!("/register/{id}"),
        held: views,
        phone,
        hours,
    };
    Ok(Html(page.render(locale)?))
}

fn view(app: &App, held: &Held, said: &[Contribution], now: Timestamp, locale: &Locale) -> HeldView {
    let day = |at: Timestamp| words::day(at.to_zoned_datetime(app.identity.time_zone.clone()).date(), locale.lang());
    let last = |at: Timestamp| words::last_day(at, &app.identity.time_zone, locale.lang());
    let when = match (&held.answered, held.dates) {
        (Some(answered), _) => locale.with("consult-closed-on", &day(answered.at)),
        (None, Some((closes, due))) => {
            locale.pair(if now < closes { "consult-until" } else { "consult-ended" }, &last(closes), &last(due))
        }
        (None, None) => String::new(),
    };
    let received = held.answered.as_ref().map_or(said.len(), |answered| answered.contributions as usize);
    let due = held.dates.map(|(_, due)| last(due)).unwrap_or_default();
    let shown = said.iter().filter(|one| one.moderation != Moderation::Pending);
    HeldView {
        question: held.question.clone(),
        when,
        elsewhere: held.url.clone(),
        is_here: held.is_here(),
        is_open: held.answered.is_none(),
        reopened: held.reopened.clone(),
        received,
        waiting: said.iter().filter(|one| one.moderation == Moderation::Pending).count(),
        said: shown.map(|one| in_words(one, &due, &day, locale)).collect(),
        answer: held.answered.as_ref().map(|answered| answered.answer.clone()).unwrap_or_default(),
    }
}

/// A contribution as everybody reads it: of one that was set aside, its place and the reason.
fn in_words(one: &Contribution, due: &str, day: &dyn Fn(Timestamp) -> String, locale: &Locale) -> Said {
    let set_aside = match &one.moderation {
        Moderation::SetAside(reason) => locale.with("consult-aside", reason),
        _ => String::new(),
    };
    let is_shown = set_aside.is_empty();
    Said {
        n: usize::try_from(one.n).unwrap_or_default(),
        who: if one.name.is_empty() || !is_shown { locale.t("consult-anonymous") } else { one.name.clone() },
        when: day(one.received),
        words: if is_shown { one.words.clone() } else { String::new() },
        set_aside,
        answer: one.answer.as_ref().filter(|_| is_shown).map(|(answer, _)| answer.clone()).unwrap_or_default(),
        due: if is_shown && one.answer.is_none() { locale.with("consult-no-answer", due) } else { String::new() },
    }
}
