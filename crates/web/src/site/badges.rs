//! Certifications that their holders show elsewhere: each gets their own, and everybody gets the key that verifies them.

use axum::Json;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use gouvernail_register::Event;
use jiff::Timestamp;
use serde_json::json;

use super::Page;
use super::app::App;
use super::error::WebError;
use super::visit::SignedIn;
use crate::badge::{Badge, Drawn, issuer};

/// The public key, who gives the badges, and one's own badge.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/badges/key", get(key))
        .route("/badges/keys", get(keys))
        .route("/badges/issuer", get(profile))
        .route("/training/{system}/badge", get(own))
}

/// GET /badges/key: the public key as a JWK (RFC 7517 §8.5.1 for its type).
async fn key(State(app): State<App>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/jwk+json")], app.badges.jwk(&app.identity.public_url).to_string())
}

/// GET /badges/keys: the same in a set (RFC 7517 §5).
async fn keys(State(app): State<App>) -> impl IntoResponse {
    let set = json!({ "keys": [app.badges.jwk(&app.identity.public_url)] });
    ([(CONTENT_TYPE, "application/jwk-set+json")], set.to_string())
}

/// GET /badges/issuer
async fn profile(State(app): State<App>) -> impl IntoResponse {
    Json(issuer(&app.identity.public_url, &app.organisation()))
}

/// GET /training/{system}/badge: the reader's own, for the version in force.
async fn own(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> Page {
    let known = app.live.snapshot();
    let system = known.register.systems.get(&id).ok_or(WebError::NotFound)?;
    let version = &system.version.as_ref().ok_or(WebError::NotFound)?.label;
    let held = system.certifications.get(&(signed.person.id.clone(), version.clone())).copied();
    let until = held.filter(|until| app.now() < *until).ok_or(WebError::NotFound)?;
    let module = system.training.as_ref().and_then(|module| app.library.modules.get(module)).ok_or(WebError::NotFound)?;
    let locale = signed.visit.locale;
    let (organisation, title) = (app.organisation(), module.title(locale.lang()));
    let badge = Badge {
        site: &app.identity.public_url,
        organisation: &organisation,
        system: &id,
        system_name: &system.sheet.name,
        version,
        title,
        criteria: &locale.of_total("badge-criteria", module.pass, module.words(locale.lang()).questions.len()),
        email: &signed.person.email,
        from: since(&app, &signed.person.id, &id, version).await?.unwrap_or_else(|| app.now()),
        until,
    };
    let drawn = Drawn { id: app.ambient.id(), subject: app.ambient.id(), salt: app.ambient.bytes() };
    let headers =
        [(CONTENT_TYPE, "application/jwt".to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.jwt\""))];
    Ok((headers, app.badges.sign(&badge, &drawn)).into_response())
}

/// When the certification that holds now was given.
async fn since(app: &App, holder: &str, of: &str, label: &str) -> Result<Option<Timestamp>, WebError> {
    let history = app.live.history().await?;
    let given = history.iter().rev().find(|recorded| match &recorded.event {
        Event::Certified { system, version, person, .. } => system == of && version == label && person == holder,
        _ => false,
    });
    Ok(given.map(|recorded| recorded.at))
}
