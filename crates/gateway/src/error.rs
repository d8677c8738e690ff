//! What a caller is told when there is no answer, in OpenAI's error shape:
//! `{"error": {"message", "type", "param", "code"}}`, so that ordinary clients raise their ordinary exceptions.

use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gouvernail_privacy::Doubt;
use gouvernail_register::Requirement;
use gouvernail_store::Scope;
use serde_json::{Value, json};

use crate::auth::BadToken;
use crate::endpoint::Endpoint;
use crate::quotas::Exhausted;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The body is not what the endpoint takes.
    #[error("{message}")]
    BadRequest {
        /// What is wrong and how to mend it.
        message: String,
        /// Field at fault.
        param: Option<&'static str>,
    },
    /// The case that the call names was never declared.
    #[error(
        "no case has the reference given in the header X-Gouvernail-Case; declare it first with `POST /api/cases`, then call again"
    )]
    UnknownCase,
    /// There is nothing at this address.
    #[error("there is nothing at {path}; this address offers `GET /v1/models` and `POST /v1` with {}", offered())]
    UnknownRoute {
        /// Path asked for.
        path: String,
    },
    /// The system of the key has no such model.
    #[error("the system of this key has no model {model:?}: see `GET /v1/models`")]
    UnknownModel {
        /// Model asked for.
        model: String,
    },
    /// The address exists, for another method.
    #[error("this address takes {allowed} only")]
    WrongMethod {
        /// The method that it takes.
        allowed: &'static str,
    },
    /// The body is over the limit.
    #[error("the request body is over the limit of {limit} bytes; send less, or ask whoever runs Gouvernail to raise it")]
    TooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// No key, or a key that is unknown, revoked or expired.
    #[error(
        "the API key is missing, unknown, revoked or expired; ask your referent for a new one and send it as `Authorization: Bearer …`"
    )]
    UnknownKey,
    /// The key opens other things than this one.
    #[error("this API key does not open {:?}; ask your referent for a key that does, on the page of the system", .scope.as_str())]
    OutOfScope {
        /// What it would have to open.
        scope: Scope,
    },
    /// The application says who is behind the call, and its signature does not bear it out.
    #[error("the token in the header {header} is not accepted: {why}; nobody else is taken in its place")]
    BadIdentity {
        /// Header of the token.
        header: HeaderName,
        /// What is wrong with it.
        why: BadToken,
    },
    /// The rules forbid the call.
    #[error("the call is refused.{}", .0.iter().map(|r| format!(" {} Where it is mended: {}", r.en, r.fix)).collect::<String>())]
    Refused(Vec<Requirement>),
    /// Personal data would have been left in clear.
    #[error("nothing was sent to the model host: {0}")]
    NotSent(String),
    /// Passages may be personal data, and the host is not to receive such without a person having looked.
    #[error(
        "nothing was sent to the model host: {} passage(s) may be personal data (`error.doubts`); write each in `gouvernail.mask` to have it hidden or in `gouvernail.send` to let it go, or set `gouvernail.mask_doubts` to hide them all, and call again", .0.len()
    )]
    Doubtful(Vec<Doubt>),
    /// What cannot be looked into would have left with a case.
    #[error(
        "nothing was sent to the model host: a picture, a sound or a document of a case cannot be looked into for personal data, and host {host:?} may not receive them; leave them out, use the model of this machine, or have `takes_files` set for that host by whoever runs Gouvernail"
    )]
    Unread {
        /// Identifier of the host.
        host: String,
    },
    /// Nothing can be known or recorded at this moment, so nothing is done.
    #[error("{0}; try again in a moment")]
    Unavailable(String),
    /// The program is being stopped: no call begins, and those that take too long are cut.
    #[error("this program is stopping, so the call is not carried out; try again in a moment")]
    Stopping,
    /// Too little is left of a quota.
    #[error(
        "quota {}: {} {} are left of {}, and this call may take {}; it begins again at {}. Ask for less, wait, or have it raised by whoever runs Gouvernail",
        .0.quota, .0.left, .0.unit.as_str(), .0.limit, .0.needed, .0.renewed
    )]
    OverQuota(Box<Exhausted>),
    /// A quota counts euros and nobody said what this costs.
    #[error(
        "a quota counts euros and the price of model {model:?} at host {host:?} is not known; whoever runs Gouvernail writes it under `hosts.{host}.prices`"
    )]
    Unpriced {
        /// Identifier of the host.
        host: String,
        /// Name of the model.
        model: String,
    },
    /// The host has as many calls as it may, and as many wait.
    #[error("the model host {host:?} has as many calls as it may, and as many more wait; try again in a moment")]
    HostBusy {
        /// Identifier of the host.
        host: String,
    },
    /// The host failed again and again, and is left in peace.
    #[error("the model host {host:?} failed several times in a row and is left in peace; try again in {seconds} s")]
    HostDown {
        /// Identifier of the host.
        host: String,
        /// Time before somebody may try.
        seconds: u64,
    },
    /// The call took longer than it may.
    #[error("the call was not over within its deadline of {seconds} s; ask for less, or for more time")]
    DeadlineExceeded {
        /// The deadline.
        seconds: f64,
    },
    /// The model host said nothing for too long.
    #[error("the model host did not answer in time: {0}")]
    Silent(String),
    /// The model host failed.
    #[error("the model host did not answer as it should: {0}")]
    Upstream(String),
}

impl GatewayError {
    /// The refusal of `system`, each requirement with the full address of the page where it is mended.
    pub(crate) fn refused(missing: &[Arc<Requirement>], public_url: &str, system: &str) -> Self {
        let base = public_url.trim_end_matches('/');
        let linked = |requirement: &Arc<Requirement>| {
            let fix = format!("{base}{}", requirement.fix.replace("{system}", system));
            Requirement { fix, ..Requirement::clone(requirement) }
        };
        Self::Refused(missing.iter().map(linked).collect())
    }

    /// HTTP status, and the `type` and `code` that clients branch on.
    fn class(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::BadRequest { .. } => (StatusCode::BAD_REQUEST, "invalid_request_error", "invalid_request"),
            Self::UnknownCase => (StatusCode::BAD_REQUEST, "invalid_request_error", "unknown_case"),
            Self::UnknownRoute { .. } => (StatusCode::NOT_FOUND, "invalid_request_error", "unknown_url"),
            Self::UnknownModel { .. } => (StatusCode::NOT_FOUND, "invalid_request_error", "model_not_found"),
            Self::WrongMethod { .. } => (StatusCode::METHOD_NOT_ALLOWED, "invalid_request_error", "method_not_allowed"),
            Self::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "invalid_request_error", "body_too_large"),
            Self::UnknownKey => (StatusCode::UNAUTHORIZED, "authentication_error", "invalid_api_key"),
            Self::OutOfScope { .. } => (StatusCode::FORBIDDEN, "permission_error", "insufficient_scope"),
            Self::BadIdentity { .. } => (StatusCode::UNAUTHORIZED, "authentication_error", "invalid_identity"),
            Self::Refused(_) => (StatusCode::FORBIDDEN, "permission_error", "refused_by_mandate"),
            Self::NotSent(_) | Self::Unread { .. } => {
                (StatusCode::UNPROCESSABLE_ENTITY, "invalid_request_error", "personal_data_not_hidden")
            }
            Self::Doubtful(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid_request_error", "personal_data_doubtful"),
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "server_error", "unavailable"),
            Self::Stopping => (StatusCode::SERVICE_UNAVAILABLE, "server_error", "stopping"),
            Self::OverQuota(_) => (StatusCode::TOO_MANY_REQUESTS, "insufficient_quota", "quota_exceeded"),
            Self::Unpriced { .. } => (StatusCode::SERVICE_UNAVAILABLE, "server_error", "price_unknown"),
            Self::HostBusy { .. } => (StatusCode::SERVICE_UNAVAILABLE, "server_error", "host_busy"),
            Self::HostDown { .. } => (StatusCode::SERVICE_UNAVAILABLE, "server_error", "host_unavailable"),
            Self::DeadlineExceeded { .. } => (StatusCode::GATEWAY_TIMEOUT, "server_error", "deadline_exceeded"),
            Self::Silent(_) => (StatusCode::GATEWAY_TIMEOUT, "server_error", "upstream_timeout"),
            Self::Upstream(_) => (StatusCode::BAD_GATEWAY, "server_error", "upstream_error"),
        }
    }

    /// The word that clients branch on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.class().2
    }

    /// The JSON body.
    #[must_use]
    pub fn body(&self) -> Value {
        let (_, kind, code) = self.class();
        let param = match self {
            Self::BadRequest { param, .. } => *param,
            Self::UnknownCase => Some("X-Gouvernail-Case"),
            Self::Doubtful(_) => Some("gouvernail"),
            _ => None,
        };
        let mut body = json!({ "error": { "message": self.message(), "type": kind, "param": param, "code": code } });
        if let Self::Refused(missing) = self {
            body["error"]["reasons"] = missing.iter().map(reason).collect();
        }
        if let Self::OverQuota(quota) = self {
            body["error"]["quota"] = json!({
                "id": quota.quota,
                "unit": quota.unit.as_str(),
                "limit": quota.limit,
                "left": quota.left,
                "needed": quota.needed,
                "renewed_at": quota.renewed,
            });
        }
        if let Self::Doubtful(doubts) = self {
            body["error"]["doubts"] = json!(doubts);
        }
        body
    }
}

/// The addresses of the endpoints.
fn offered() -> String {
    Endpoint::ALL.map(|endpoint| format!("`{}`", endpoint.path())).join(", ")
}

/// One reason, for a program: which requirement, whose proposition, which law, what to do, where.
fn reason(requirement: &Requirement) -> Value {
    json!({
        "requirement": requirement.id,
        "proposition": requirement.proposition.parse::<u8>().ok(),
        "law": Some(&requirement.law).filter(|law| !law.is_empty()),
        "fr": requirement.fr,
        "en": requirement.en,
        "fix": requirement.fix,
    })
}

impl IntoResponse for GatewayError {
    fn into_response(self) -> Response {
        let mut response = (self.class().0, Json(self.body())).into_response();
        match self {
            Self::Unavailable(_) | Self::Stopping => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"))
            }
            Self::HostBusy { .. } => response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1")),
            Self::OverQuota(quota) => {
                // Official clients try a 429 again by themselves, which would not help before the quota begins again.
                response.headers_mut().insert("x-should-retry", HeaderValue::from_static("false"));
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(quota.seconds))
            }
            Self::HostDown { seconds, .. } => response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds)),
            Self::WrongMethod { allowed } => response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed)),
            _ => None,
        };
        response
    }
}

#[cfg(test)]
mod tests {
    use gouvernail_register::Rules;

    use super::*;

    #[test]
    fn a_refusal_names_requirement_proposition_law_and_where_to_mend_it() {
        let training = Rules::shipped().unwrap().requirements().find(|r| r.id == "training").unwrap().clone();
        let error = GatewayError::refused(&[training], "https://ia.commune.example/", "orientation");
        let body = error.body();
        assert_eq!(body["error"]["code"], "refused_by_mandate");
        assert_eq!(body["error"]["reasons"][0]["proposition"], 5);
        assert_eq!(body["error"]["reasons"][0]["fix"], "https://ia.commune.example/training/orientation");
        assert!(body["error"]["reasons"][0]["law"].as_str().unwrap().contains("2024/1689"));
        assert!(body["error"]["message"].as_str().unwrap().contains("attestation"));
        assert_eq!(error.into_response().status(), StatusCode::FORBIDDEN);
    }
}
