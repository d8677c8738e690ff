//! The site over the store: who may see what, and what each form does.
//!
//! One file a place: `session` signs in and out, and each of the others serves the pages of one reader. Handlers load,
//! call the rules of `register` or `cases`, and fill a context of [`crate::views`]; no rule is written here.

mod address;
mod agent;
mod api;
mod app;
mod badges;
mod casework;
mod citizen;
mod consultations;
mod described;
mod error;
mod form;
mod headers;
mod history;
mod invitation;
mod open;
mod outlook;
mod paper;
pub(crate) mod recorded;
mod referent;
mod refusals;
mod second_look;
mod session;
mod throttle;
mod training;
mod visit;
pub mod words;

pub use app::{App, Embedded, Identity, Parts, Privacy, Quota, QuotaOf, QuotaPeriod, QuotaUnit};
pub use throttle::Throttle;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;

use error::WebError;
use gouvernail_interchange::Format;

use crate::i18n::Locale;
use crate::layout::Choice;

/// Largest form, bytes.
const MAX_FORM: usize = 256 * 1024;
/// Largest register of others that is given in a form, bytes; percent signs make a text up to three times longer.
const MAX_REGISTER: usize = 12 * 1024 * 1024;

/// Every page.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/login", get(session::form).post(session::sign_in))
        .route("/invitation/{person}/{token}", get(invitation::show).post(invitation::choose))
        .route("/logout", post(session::sign_out))
        .route(crate::STYLE_PATH, get(style))
        .route(crate::DRAFT_PATH, get(draft))
        .merge(agent::routes())
        .merge(api::routes())
        .merge(badges::routes())
        .merge(citizen::routes())
        .merge(open::routes())
        .merge(referent::routes())
        .merge(training::routes())
        .fallback(nothing_here)
        .layer(RequestBodyLimitLayer::new(MAX_FORM))
        .merge(referent::large_routes().layer(DefaultBodyLimit::disable()).layer(RequestBodyLimitLayer::new(MAX_REGISTER)))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), error::show))
        .layer(middleware::from_fn(headers::protect))
        .with_state(app)
}

/// The formats of other registers, in words.
pub(crate) fn formats(locale: &Locale) -> Vec<Choice> {
    Format::ALL.into_iter().map(|format| Choice::new(format.name(), locale.t(format_key(format)))).collect()
}

/// The public records in the formats that are JSON: address and name.
pub(crate) fn exports(locale: &Locale) -> Vec<Choice> {
    let json = Format::ALL.into_iter().filter(|format| *format != Format::Us);
    json.map(|format| Choice::new(format!("/open-data/register.{format}.json"), locale.t(format_key(format)))).collect()
}

fn format_key(format: Format) -> &'static str {
    match format {
        Format::Nl => "format-nl",
        Format::Atrs => "format-atrs",
        Format::Us => "format-us",
        Format::Etalab => "format-etalab",
        Format::EuAnnex8c => "format-eu-annex8c",
        Format::Gouvernail => "format-gouvernail",
    }
}

async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")], crate::STYLE)
}

async fn draft() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")], crate::DRAFT)
}

async fn nothing_here() -> WebError {
    WebError::NotFound
}

/// A page that is drawn, or the reason why not.
type Page = Result<Response, WebError>;
