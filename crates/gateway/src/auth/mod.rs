//! Who calls: the key of an application, hence its system, and the person whom it speaks for.

mod identity;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use gouvernail_store::{ApiKey, Directory, Scope};
use jiff::Timestamp;

pub use identity::{BadToken, SignedIdentity};

use crate::Shared;
use crate::endpoint::Endpoint;
use crate::error::GatewayError;

/// Address or identifier of the person behind a call.
const AGENT: &str = "x-gouvernail-agent";
/// The administration's own reference of the case that a call touches.
const CASE: &str = "x-gouvernail-case";

/// Headers that say who calls, for whom and how. Said twice, one reader may take the first and another the last.
const ONCE: [&str; 6] = ["authorization", AGENT, CASE, "x-gouvernail-timeout", "x-gouvernail-priority", "content-type"];

/// The text of the key that came with a request.
#[derive(Clone)]
pub(crate) struct Presented(pub(crate) String);

/// Who calls.
pub(crate) struct Caller {
    /// Identifier of the key.
    pub(crate) key: String,
    /// The system that the key speaks for.
    pub(crate) system: String,
    /// The person, when they are in the directory and active.
    pub(crate) person: Option<String>,
}

/// Lets no request through without a key in force, before its body is read.
pub(crate) async fn require_key(State(gateway): State<Shared>, mut request: Request, next: Next) -> Response {
    let now = gateway.ambient.now();
    // A memory that is too old must not say that a key is unknown: that would be a lie to an application just admitted.
    let known = match gateway.mandate.known(now) {
        Ok(known) => known,
        Err(error) => {
            gateway.measures.turned_away(None, error.code());
            return error.into_response();
        }
    };
    if let Some(twice) = twice(request.headers(), &gateway.config().identities) {
        let message = format!("the header {twice} is given more than once; send it once");
        let error = GatewayError::BadRequest { message, param: None };
        gateway.measures.turned_away(None, error.code());
        return error.into_response();
    }
    let presented = presented(request.headers()).filter(|text| known.directory.key(text, now).is_some());
    let Some(presented) = presented.map(|text| Presented(text.to_owned())) else {
        gateway.measures.turned_away(None, GatewayError::UnknownKey.code());
        return GatewayError::UnknownKey.into_response();
    };
    request.extensions_mut().insert(presented);
    next.run(request).await
}

/// The first of the headers that must be said once, and is said again.
fn twice<'a>(headers: &HeaderMap, identities: &'a [SignedIdentity]) -> Option<&'a str> {
    let signed = identities.iter().map(|identity| identity.header.as_str());
    ONCE.into_iter().chain(signed).find(|name| headers.get_all(*name).iter().nth(1).is_some())
}

fn presented(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// The case that a request names, by reference.
pub(crate) fn case_reference(headers: &HeaderMap) -> Option<String> {
    text(headers, CASE)
}

/// A header that is not empty. References may have accents, which `to_str` would refuse.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get(name)?.as_bytes());
    Some(value.trim().to_owned()).filter(|text| !text.is_empty())
}

/// What a call asks of its key.
pub(crate) struct Claim<'a> {
    pub(crate) endpoint: Endpoint,
    /// Whether it names a case.
    pub(crate) case: bool,
    pub(crate) headers: &'a HeaderMap,
    /// `user` of the body.
    pub(crate) user: Option<&'a str>,
}

/// Who calls, as the directory knows them now. An unknown person is none: the rules say what that means.
pub(crate) fn caller(
    directory: &Directory,
    presented: &Presented,
    claim: &Claim,
    identities: &[SignedIdentity],
    now: Timestamp,
) -> Result<Caller, GatewayError> {
    let key = directory.key(&presented.0, now).ok_or(GatewayError::UnknownKey)?;
    let needed = [Some(claim.endpoint.scope()), claim.case.then_some(Scope::Cases)];
    if let Some(scope) = needed.into_iter().flatten().find(|scope| !key.scopes.allow(*scope)) {
        return Err(GatewayError::OutOfScope { scope });
    }
    let who = behind(key, claim, identities, now)?;
    let person = who.and_then(|who| directory.person(&who)).map(|person| person.id.clone());
    Ok(Caller { key: key.id.clone(), system: key.system_id.clone(), person })
}

/// The person whom the call is said to be of, by whoever may say it: a person's own key speaks for nobody else, an application
/// that signs is believed for its signature alone, and others for their header, else for the `user` of the body.
fn behind(key: &ApiKey, claim: &Claim, identities: &[SignedIdentity], now: Timestamp) -> Result<Option<String>, GatewayError> {
    if key.person.is_some() {
        return Ok(key.person.clone());
    }
    if let Some(identity) = identities.iter().find(|identity| identity.systems.contains(&key.system_id)) {
        let token = text(claim.headers, identity.header.as_str());
        let bad = |why| GatewayError::BadIdentity { header: identity.header.clone(), why };
        return token.map(|token| identity.read(&token, now).map_err(bad)).transpose();
    }
    let named = text(claim.headers, AGENT);
    if key.scopes.allow(Scope::Agents) {
        return Ok(named.or_else(|| claim.user.map(str::to_owned)));
    }
    // Clients fill `user` in by themselves; the header is somebody's will.
    named.map_or(Ok(None), |_| Err(GatewayError::OutOfScope { scope: Scope::Agents }))
}
