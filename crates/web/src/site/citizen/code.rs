//! The code of a letter, in whatever spelling, and what it opens.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;

use axum::RequestPartsExt;
use axum::extract::{ConnectInfo, FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Redirect, Response};
use gouvernail_cases::code::{self, CodeError};

use crate::i18n::Locale;
use crate::layout::{Audience, FieldError};
use crate::site::Page;
use crate::site::app::App;
use crate::site::casework::Dossier;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::open::report;
use crate::site::visit::Visit;
use crate::views::citizen::EnterCode;

/// GET /d
pub async fn form(State(app): State<App>, visit: Visit) -> Page {
    Ok(Html(page(&app, &visit, "", None).render(visit.locale)?).into_response())
}

/// POST /d
pub async fn enter(State(app): State<App>, visit: Visit, client: Client, body: Body) -> Page {
    let mut form = Filled::new(body, visit.locale);
    let typed = form.text("code");
    if !form.is_right() {
        let page = EnterCode { chrome: form.back(visit.chrome(&app, Audience::Public, None)), ..page(&app, &visit, &typed, None) };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render(visit.locale)?)).into_response());
    }
    match open(&app, &client, &typed).await {
        Ok(behind) => Ok(Redirect::to(&behind.url).into_response()),
        // The author of a report has a code of the same form.
        Err(Closed::Code(Why::Unknown)) if report::find(&app, &typed).await?.is_some() => {
            Ok(Redirect::to(&report::page_of(&typed)).into_response())
        }
        Err(Closed::Code(why)) => again(&app, &visit, &typed, why, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Closed::Web(error)) => Err(error),
    }
}

/// Who asks, as far as guessing codes is concerned: an address, or one for all behind a server that hides it.
pub struct Client(String);

impl Client {
    /// Key under which what this client does is counted.
    pub fn key(&self, what: &str) -> String {
        format!("{what} {}", self.0)
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_string());
        Ok(Self(peer.unwrap_or_else(|| "unknown".to_owned())))
    }
}

/// A case that its code has opened.
pub struct Behind {
    /// Language and address.
    pub visit: Visit,
    /// The case.
    pub dossier: Dossier,
    /// Its page, the code spelled as on the letter.
    pub url: String,
}

impl FromRequestParts<App> for Behind {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Ok(visit) = parts.extract::<Visit>().await;
        let Ok(client) = parts.extract::<Client>().await;
        let segments = parts.extract::<Path<HashMap<String, String>>>().await;
        let typed = segments.ok().and_then(|Path(mut segments)| segments.remove("code")).unwrap_or_default();
        match open(app, &client, &typed).await {
            Ok(Opened { dossier, url }) => Ok(Self { visit, dossier, url }),
            Err(Closed::Code(why)) => Err(again(app, &visit, &typed, why, StatusCode::NOT_FOUND).into_response()),
            Err(Closed::Web(error)) => Err(error.into_response()),
        }
    }
}

struct Opened {
    dossier: Dossier,
    url: String,
}

/// Why a code opens nothing.
enum Closed {
    /// It is not one of ours, or is mistyped.
    Code(Why),
    /// Too many guesses, or something else.
    Web(WebError),
}

enum Why {
    Typing(CodeError),
    Unknown,
}

impl Why {
    fn words(&self, locale: &Locale) -> String {
        match self {
            Self::Typing(CodeError::Length(signs)) => locale.n("code-wrong-length", *signs),
            Self::Typing(CodeError::Sign(sign)) => locale.with("code-wrong-sign", &sign.to_string()),
            Self::Typing(CodeError::Check) => locale.t("code-wrong-check"),
            Self::Unknown => locale.t("code-wrong-unknown"),
        }
    }
}

impl<E: Into<WebError>> From<E> for Closed {
    fn from(error: E) -> Self {
        Self::Web(error.into())
    }
}

/// Opens a case. Typing mistakes cost nothing: the check sign tells them from guesses, and only guesses are counted.
async fn open(app: &App, client: &Client, typed: &str) -> Result<Opened, Closed> {
    let code = code::normalise(typed).map_err(|error| Closed::Code(Why::Typing(error)))?;
    let hash = code::hash(&code).map_err(|error| Closed::Code(Why::Typing(error)))?;
    let (now, key) = (app.now(), client.key("code"));
    if !app.throttle.allows(&key, now) {
        return Err(WebError::TooMany.into());
    }
    if let Some(file) = app.store.find_case_by_code_hash(&hash).await? {
        let dossier = Dossier::of(app, file).await?;
        // The code is stored just before the notification: until then, no letter carries it.
        if dossier.case.notification.is_some() {
            return Ok(Opened { dossier, url: format!("/d/{code}") });
        }
    }
    app.throttle.mistake(&key, now);
    Err(Closed::Code(Why::Unknown))
}

fn page(app: &App, visit: &Visit, typed: &str, why: Option<Why>) -> EnterCode {
    let mut chrome = visit.chrome(app, Audience::Public, None);
    chrome.errors.extend(why.map(|why| FieldError { field: "code".to_owned(), message: why.words(visit.locale) }));
    EnterCode { chrome, code: typed.to_owned(), phone: app.identity.phone.clone(), hours: app.identity.hours.clone() }
}

fn again(app: &App, visit: &Visit, typed: &str, why: Why, status: StatusCode) -> Page {
    let html = page(app, visit, typed, Some(why)).render(visit.locale)?;
    Ok((status, Html(html)).into_response())
}
