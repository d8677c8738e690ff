//! What the person concerned asks for: a call, a second look.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use gouvernail_cases::{CaseError, Channel};

use super::code::Behind;
use super::page::draw;
use crate::layout::Audience;
use crate::site::Page;
use crate::site::app::App;
use crate::site::casework::{CITIZEN, act};
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::paper;
use crate::site::second_look::{Request, contest};

/// Longest telephone number or address, characters.
const REACH: usize = 200;
/// Longest request, characters: several pages.
const WORDS: usize = 20_000;

/// POST /d/{code}/human
pub async fn ask_callback(State(app): State<App>, behind: Behind, body: Body) -> Page {
    let mut form = Filled::new(body, behind.visit.locale);
    let reach = form.text("reach-human");
    form.at_most("reach-human", REACH);
    if !form.is_right() {
        return again(&app, &behind, form);
    }
    slow_down(&app, &behind)?;
    let now = app.now();
    let asked = act(&app, &behind.dossier.case.id, CITIZEN, |dossier| {
        match dossier.case.ask_callback(&reach, now) {
            // Asked twice is asked.
            Err(CaseError::CallbackAlreadyAsked(_)) => Ok(None),
            event => Ok(Some(event?)),
        }
    });
    asked.await?;
    Ok(Redirect::to(&format!("{}?done=asked#human", behind.url)).into_response())
}

/// POST /d/{code}/contest
pub async fn ask_second_look(State(app): State<App>, behind: Behind, body: Body) -> Page {
    let mut form = Filled::new(body, behind.visit.locale);
    let (words, reach) = (form.text("words"), form.optional("reach"));
    form.at_most("words", WORDS);
    form.at_most("reach", REACH);
    if !form.is_right() {
        return again(&app, &behind, form);
    }
    slow_down(&app, &behind)?;
    let request = Request { channel: Channel::Web, text: &words, reach: &reach, received: paper::day_of(&app, app.now()) };
    let id = contest(&app, &behind.dossier.case.id, CITIZEN, &request).await?;
    Ok(Redirect::to(&format!("{}/contestations/{id}", behind.url)).into_response())
}

/// Each request is recorded for ever: whoever holds a code may not fill the journal with it.
fn slow_down(app: &App, behind: &Behind) -> Result<(), WebError> {
    let (key, now) = (format!("ask {}", behind.dossier.case.id), app.now());
    if !app.throttle.allows(&key, now) {
        return Err(WebError::TooMany);
    }
    app.throttle.mistake(&key, now);
    Ok(())
}

fn again(app: &App, behind: &Behind, form: Filled<'_>) -> Page {
    let chrome = form.back(behind.visit.chrome(app, Audience::Public, None));
    draw(app, behind, chrome, StatusCode::UNPROCESSABLE_ENTITY)
}
