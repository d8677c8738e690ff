//! Signing in and out.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect};
use gouvernail_store::{Person, Role, Session};
use jiff::SignedDuration;
use serde::Deserialize;

use super::Page;
use super::app::App;
use super::error::WebError;
use super::visit::{SESSION, Visit, cookie};
use crate::layout::{Audience, FieldError};
use crate::password;
use crate::views::login::Login;

/// A working day: signing in is asked again the next morning.
const LASTS: SignedDuration = SignedDuration::from_hours(12);

/// GET /login
pub async fn form(State(app): State<App>, visit: Visit, Query(wanted): Query<Wanted>) -> Result<Html<String>, WebError> {
    show(&app, &visit, (String::new(), wanted.to), None)
}

/// Where signing in leads on to.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    to: String,
}

/// The address of the form for who asked for `path`: a refusal sends an agent to a training, and signing in must lead there.
pub fn login_for(path: &str) -> String {
    if leads_on(path) { format!("/login?to={path}") } else { "/login".to_owned() }
}

/// Only to the training of a system, whatever the address says.
fn leads_on(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    path.strip_prefix("/training/").is_some_and(|system| !system.is_empty() && system.chars().all(plain))
}

fn show(app: &App, visit: &Visit, (email, to): (String, String), mistake: Option<String>) -> Result<Html<String>, WebError> {
    let mut chrome = visit.chrome(app, Audience::Public, None);
    chrome.errors.extend(mistake.map(|message| FieldError { field: "password".into(), message }));
    Ok(Html(Login { chrome, email, to }.render(visit.locale)?))
}

/// What the sign-in form sends.
#[derive(Deserialize)]
pub struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    to: String,
}

/// POST /login
pub async fn sign_in(State(app): State<App>, visit: Visit, Form(sent): Form<Credentials>) -> Page {
    let now = app.now();
    let key = format!("login {}", sent.email.trim().to_lowercase());
    if !app.throttle.allows(&key, now) {
        return Err(WebError::TooMany);
    }
    let known = app.store.find_person_by_email(&sent.email).await?.filter(|person| person.active);
    let Some(person) = password::check(known, sent.password).await? else {
        app.throttle.mistake(&key, now);
        let again = show(&app, &visit, (sent.email, sent.to), Some(visit.locale.t("login-refused")))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
    };
    app.throttle.forget(&key);
    begin(&app, &person, if leads_on(&sent.to) { sent.to.as_str() } else { home_of(&person) }).await
}

/// Opens a session of `person` and leads to `to`.
pub async fn begin(app: &App, person: &Person, to: &str) -> Page {
    let (session, token) = Session::mint(&person.id, app.now() + LASTS, &app.ambient);
    app.store.create_session(&session).await?;
    Ok(([(SET_COOKIE, set_cookie(app, &token, LASTS.as_secs()))], Redirect::to(to)).into_response())
}

/// POST /logout
pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Page {
    let cookies = headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if let Some(token) = cookie(cookies, SESSION) {
        app.store.revoke_session(&Session::hash(token)).await?;
    }
    Ok(([(SET_COOKIE, set_cookie(&app, "", 0))], Redirect::to("/")).into_response())
}

fn set_cookie(app: &App, token: &str, seconds: i64) -> String {
    let secure = if app.identity.public_url.starts_with("https:") { "; Secure" } else { "" };
    format!("{SESSION}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// The first page of a person's work.
pub fn home_of(person: &Person) -> &'static str {
    let homes = [(Role::Referent, "/referent"), (Role::Owner, "/referent"), (Role::Agent, "/desk"), (Role::Elected, "/council")];
    homes.into_iter().find(|(role, _)| person.roles.contains(role)).map_or("/register", |(_, home)| home)
}
