//! Uses that nobody declared: the gateway refused them, and whoever steers sees which, how often, and by which key.

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use gouvernail_store::{ApiKey, Refused, Role, Snapshot};
use jiff::{SignedDuration, Timestamp};

use crate::i18n::Locale;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::visit::SignedIn;
use crate::site::{Page, words};
use crate::views::workspace::Undeclared;

/// How far back they are looked for.
const BACK: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Most refusals read, the latest first.
const MOST: i64 = 5000;

/// What the refusals of the last thirty days asked for that no register holds, the last seen first. Those of a key that was
/// closed, or of something that was declared since, are over.
pub async fn seen(app: &App, known: &Snapshot, locale: &Locale, now: Timestamp) -> Result<Vec<Undeclared>, WebError> {
    let mut found: Vec<Undeclared> = Vec::new();
    let refused = app.store.refusals_since(now.saturating_sub(BACK).unwrap_or(now), MOST).await?;
    let refused: Vec<_> = refused.into_iter().filter_map(|refused| Some((missing(&refused, known)?, refused))).collect();
    if refused.is_empty() {
        return Ok(found);
    }
    let keys = app.store.list_api_keys(None).await?;
    let keys: HashMap<&str, &ApiKey> = keys.iter().map(|key| (key.id.as_str(), key)).collect();
    for ((kind, what), refused) in refused {
        let key = refused.key.as_deref().and_then(|id| keys.get(id));
        if key.is_some_and(|key| !key.in_force(now)) {
            continue;
        }
        let key_id = key.map(|key| key.id.clone()).unwrap_or_default();
        if let Some(same) = found.iter_mut().find(|other| (other.kind, &other.what, &other.key_id) == (kind, &what, &key_id)) {
            same.times += 1;
            continue;
        }
        found.push(Undeclared {
            declare_url: declare_url(kind, &what, refused.system.as_deref()),
            what,
            kind,
            times: 1,
            key: key.map(|key| key.label.clone()).unwrap_or_default(),
            key_id,
            last: words::moment(refused.at, &app.identity.time_zone, locale.lang()),
        });
    }
    Ok(found)
}

/// The system, or else the model, that is not in the register; none when the refusal has other reasons.
fn missing(refused: &Refused, known: &Snapshot) -> Option<(&'static str, String)> {
    let system = refused.system.as_deref()?;
    if !known.register.systems.contains_key(system) {
        return Some(("undeclared-system", system.to_owned()));
    }
    let model = refused.body["model"].as_str().filter(|model| !known.register.models.contains_key(*model))?;
    Some(("undeclared-model", model.to_owned()))
}

fn declare_url(kind: &str, what: &str, system: Option<&str>) -> String {
    match (kind, system) {
        ("undeclared-model", Some(system)) => format!("/referent/systems/{system}/supply#model"),
        _ => format!("/referent?name={}#add", encoded(what)),
    }
}

/// Percent-encoding of a query value (RFC 3986 §2.1).
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// POST /referent/keys/{key}/close
pub async fn close(State(app): State<App>, signed: SignedIn, Path(key): Path<String>) -> Page {
    signed.allow(&[Role::Referent])?;
    if !app.store.revoke_api_key(&key, app.now()).await? {
        return Err(WebError::NotFound);
    }
    app.live.refresh().await?;
    tracing::info!(key, "a key was closed for an undeclared use");
    Ok(Redirect::to("/referent?done=revoked").into_response())
}
