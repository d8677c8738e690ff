//! What can go wrong behind a page, and the page that says so.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use gouvernail_cases::CaseError;
use gouvernail_letter::LetterError;
use gouvernail_store::{RecordError, StoreError};

use super::api::{self, Problem};
use super::app::App;
use super::referent::refusal;
use super::refusals;
use super::session;
use super::visit::Visit;
use crate::i18n::Locale;
use crate::layout::{Audience, Chrome, RenderError};
use crate::password::PasswordError;
use crate::views::error::{ErrorPage, Kind};

/// Why there is no page. Mistakes in a form are not errors: the form is shown again with them.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SignIn,
    /// Signed in, not entitled.
    #[error("this person has no right to this page")]
    Forbidden,
    /// Nothing at this address.
    #[error("there is nothing at this address")]
    NotFound,
    /// Too many attempts.
    #[error("too many attempts")]
    TooMany,
    /// The rules of a case refuse the act.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The letter cannot be printed.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// The rules of the register refuse the act, or it could not be stored.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A password could not be checked or kept.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// A page could not be drawn.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// Our fault.
    #[error("{0}")]
    Internal(String),
}

impl WebError {
    fn kind(&self) -> Kind {
        match self {
            Self::SignIn => Kind::SignIn,
            Self::Forbidden | Self::Case(CaseError::StillBlind(_) | CaseError::LooksAgain(_)) => Kind::Forbidden,
            Self::NotFound => Kind::NotFound,
            Self::TooMany => Kind::TooMany,
            Self::Case(_) | Self::Letter(LetterError::NoGlyph { .. }) | Self::Record(RecordError::Refused(_)) => Kind::BadRequest,
            Self::Store(StoreError::Conflict { .. } | StoreError::Unanswered(_)) => Kind::BadRequest,
            Self::Store(_) | Self::Record(RecordError::Store(_)) | Self::Password(PasswordError::Busy) => Kind::Unavailable,
            Self::Render(_) | Self::Letter(_) | Self::Password(_) | Self::Internal(_) => Kind::Internal,
        }
    }

    /// What exactly happened, in the reader's language, when the kind alone does not say it.
    fn what(&self, locale: &Locale) -> String {
        match self {
            Self::Case(error) => refusals::of_case(error, locale).1,
            Self::Letter(LetterError::NoGlyph { sign, .. }) => locale.with("refusal-sign", &sign.to_string()),
            Self::Record(RecordError::Refused(refused)) => refusal(refused, locale),
            _ if self.kind() == Kind::BadRequest => self.to_string(),
            _ => String::new(),
        }
    }
}

impl IntoResponse for WebError {
    /// A bare status that carries the error to [`show`], which knows the reader.
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.kind().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Turns an error into its page, in the reader's language; also the bare refusals of the layers below (another site's form, a
/// body that is too large, a method that the address does not know).
pub async fn show(State(app): State<App>, visit: Visit, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    if let Some(error) = response.extensions().get::<Arc<WebError>>() {
        if matches!(**error, WebError::SignIn) {
            return Redirect::to(&session::login_for(visit.path())).into_response();
        }
        if status.is_server_error() {
            tracing::error!(%error, path = traced(visit.path()), "a page could not be given");
        }
        if visit.path().starts_with(api::PREFIX) {
            return Problem::of_status(status).into_response();
        }
        return page(error.kind(), &app, &visit, error.what(visit.locale));
    }
    let bare = !response.headers().contains_key(CONTENT_TYPE) || is_plain_text(&response);
    if bare && visit.path().starts_with(api::PREFIX) && (status.is_client_error() || status.is_server_error()) {
        return Problem::of_status(status).into_response();
    }
    match Kind::ALL.into_iter().find(|kind| kind.status() == status.as_u16()) {
        Some(kind) if bare => page(kind, &app, &visit, String::new()),
        _ => response,
    }
}

/// The first segment of the path: what follows may be a code that opens what a person wrote, or the reference of a case.
fn traced(path: &str) -> &str {
    path.get(1..).and_then(|rest| rest.find('/')).map_or(path, |end| &path[..=end])
}

fn is_plain_text(response: &Response) -> bool {
    response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

fn page(kind: Kind, app: &App, visit: &Visit, what: String) -> Response {
    let chrome = Chrome::new(&app.organisation(), Audience::Public, "");
    let status = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let page = ErrorPage { chrome, kind, what, place: visit.path().to_owned() };
    match page.render(visit.locale) {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
