//! The observatory's public address: its page, its data, and the witness protocol.

use std::convert::Infallible;
use std::fmt::Display;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{ACCEPT_LANGUAGE, ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Json, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::away::away;
use crate::overview::Overview;
use crate::witness::Refusal;
use crate::{Observatory, StateError};

/// Longest submission: 63 hashes, and a checkpoint with more signatures than any log has witnesses (16 of the longest
/// kind are 54 kB).
const LONGEST_SUBMISSION: usize = 64 << 10;
const FRENCH: &str = "fr";

/// The routes:
///
/// | Request | Answer |
/// |---|---|
/// | `GET /` | the page, drawn by `render` from the overview and the language: `?lang=` or `Accept-Language` as sent, else `fr` |
/// | `GET /observatory.json` | the [`Overview`] |
/// | `POST /add-checkpoint` | `c2sp.org/tlog-witness`: 200 and the cosignature line, or 400, 403, 404, 409, 422 |
/// | `GET /<SHA-256 of an origin>/checkpoint` | its last cosigned checkpoint, or 404 |
/// | `GET /vkey` | the observatory's verifier key |
pub fn router<R, E>(observatory: Observatory, render: R) -> Router
where
    R: Fn(&Overview, &str) -> Result<String, E> + Clone + Send + Sync + 'static,
    E: Display,
{
    let page = move |State(observatory): State<Observatory>, Language(language): Language| {
        let render = render.clone();
        async move {
            let drawn = away(move || {
                let overview = observatory.overview()?;
                Ok(render(&overview, &language).map_err(|error| error.to_string()))
            });
            match drawn.await {
                Ok(Ok(page)) => Html(page).into_response(),
                Ok(Err(error)) => failed(&error),
                Err::<_, StateError>(error) => failed(&error),
            }
        }
    };
    Router::new()
        .route("/", get(page))
        .route("/observatory.json", get(data))
        .route("/add-checkpoint", post(add_checkpoint).layer(DefaultBodyLimit::max(LONGEST_SUBMISSION)))
        .route("/{origin_hash}/checkpoint", get(cosigned))
        .route("/vkey", get(async |State(observatory): State<Observatory>| observatory.vkey() + "\n"))
        .with_state(observatory)
}

/// The language asked for, as it was sent.
struct Language(String);

impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        #[derive(Deserialize)]
        struct Asked {
            lang: String,
        }
        let asked = Query::<Asked>::try_from_uri(&parts.uri).ok().map(|Query(asked)| asked.lang);
        let accepted = || parts.headers.get(ACCEPT_LANGUAGE)?.to_str().ok().map(str::to_owned);
        Ok(Self(asked.or_else(accepted).unwrap_or_else(|| FRENCH.to_owned())))
    }
}

async fn data(State(observatory): State<Observatory>) -> Response {
    match away(move || observatory.overview()).await {
        // Open data: any page may read it.
        Ok(overview) => ([(ACCESS_CONTROL_ALLOW_ORIGIN, "*")], Json(overview)).into_response(),
        Err(error) => failed(&error),
    }
}

async fn add_checkpoint(State(observatory): State<Observatory>, body: Bytes) -> Response {
    match away(move || observatory.add_checkpoint(&body)).await {
        Ok(signature) => signature.to_string().into_response(),
        Err(Refusal::Conflict { size }) => {
            (StatusCode::CONFLICT, [(CONTENT_TYPE, "text/x.tlog.size")], format!("{size}\n")).into_response()
        }
        Err(Refusal::State(error)) => failed(&error),
        Err(refusal) => (status(&refusal), format!("{refusal}\n")).into_response(),
    }
}

/// Two signed trees of one size are 422 as in the current text of the specification: version 1.0.0 said 409, which a log
/// would answer by trying again with the size that it already gave.
fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Malformed(_) | Refusal::Backwards { .. } => StatusCode::BAD_REQUEST,
        Refusal::NotSigned(_) | Refusal::Condemned(_) => StatusCode::FORBIDDEN,
        Refusal::UnknownLog { .. } => StatusCode::NOT_FOUND,
        Refusal::Conflict { .. } => StatusCode::CONFLICT,
        Refusal::Forked { .. } | Refusal::EmptyRoot | Refusal::Proof(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::State(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

async fn cosigned(State(observatory): State<Observatory>, Path(origin_hash): Path<String>) -> Response {
    match away(move || observatory.cosigned(&origin_hash)).await {
        Some(checkpoint) => checkpoint.into_response(),
        None => (StatusCode::NOT_FOUND, "no checkpoint of that log was cosigned here\n").into_response(),
    }
}

/// What went wrong is for the operator; the public only learns that something did.
fn failed(error: &dyn Display) -> Response {
    tracing::error!(%error, "no answer could be given");
    (StatusCode::INTERNAL_SERVER_ERROR, "the observatory has a problem of its own; try again later\n").into_response()
}
