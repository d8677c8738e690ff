//! The page to which an invitation leads: the person chooses their password, and is in.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use gouvernail_register::Event;
use gouvernail_store::Person;

use super::Page;
use super::app::App;
use super::error::WebError;
use super::form::{Body, Filled};
use super::visit::Visit;
use super::{session, words};
use crate::invitation::Invitation;
use crate::layout::{Audience, Chrome};
use crate::password;
use crate::views::invitation::InvitationPage;

/// The link of an invitation.
pub fn link(app: &App, person: &str, token: &str) -> String {
    format!("{}/invitation/{person}/{token}", app.identity.public_url)
}

/// GET /invitation/{person}/{token}
pub async fn show(State(app): State<App>, visit: Visit, Path((id, token)): Path<(String, String)>) -> Page {
    let invited = invited(&app, &id, &token).await?;
    let status = if invited.is_some() { StatusCode::OK } else { StatusCode::GONE };
    let page = page(&app, &visit, visit.chrome(&app, Audience::Public, None), invited.as_ref())?;
    Ok((status, page).into_response())
}

/// POST /invitation/{person}/{token}: `new-password`.
pub async fn choose(State(app): State<App>, visit: Visit, Path((id, token)): Path<(String, String)>, body: Body) -> Page {
    let Some((person, until)) = invited(&app, &id, &token).await? else {
        let page = page(&app, &visit, visit.chrome(&app, Audience::Public, None), None)?;
        return Ok((StatusCode::GONE, page).into_response());
    };
    let mut form = Filled::new(body, visit.locale);
    let chosen = form.text("new-password");
    if !chosen.is_empty() && chosen.chars().count() < password::MIN_CHARS {
        form.wrong("new-password", visit.locale.n("mistake-password", password::MIN_CHARS));
    }
    if !form.is_right() {
        let chrome = form.back(visit.chrome(&app, Audience::Public, None));
        let again = page(&app, &visit, Chrome { typed: Default::default(), ..chrome }, Some(&(person, until)))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
    }
    let password_hash = password::hashed(&app.ambient, chosen).await?;
    let person = Person { password_hash, ..person };
    app.store.update_person(&person).await?;
    app.live.record(&app.rules, &person.id, Event::PasswordChosen { person: person.id.clone() }).await?;
    app.live.refresh().await?;
    session::begin(&app, &person, session::home_of(&person)).await
}

/// The person whom the link invites, and until when. Guesses are counted like those at a password.
async fn invited(app: &App, id: &str, token: &str) -> Result<Option<(Person, jiff::Timestamp)>, WebError> {
    let (now, key) = (app.now(), format!("invitation {id}"));
    if !app.throttle.allows(&key, now) {
        return Err(WebError::TooMany);
    }
    let person = app.store.find_person(id).await?.filter(|person| person.active);
    let invited = person.and_then(|person| {
        let invitation = Invitation::of(&person).filter(|invitation| invitation.opens(token, now))?;
        Some((person, invitation.until))
    });
    if invited.is_none() {
        app.throttle.mistake(&key, now);
    }
    Ok(invited)
}

fn page(app: &App, visit: &Visit, chrome: Chrome, invited: Option<&(Person, jiff::Timestamp)>) -> Result<Response, WebError> {
    let until = invited.map(|(_, until)| words::moment(*until, &app.identity.time_zone, visit.locale.lang()));
    let page = InvitationPage {
        chrome,
        name: invited.map(|(person, _)| person.name.clone()).unwrap_or_default(),
        email: invited.map(|(person, _)| person.email.clone()).unwrap_or_default(),
        until: until.unwrap_or_default(),
    };
    Ok(Html(page.render(visit.locale)?).into_response())
}
