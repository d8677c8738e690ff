//! The keys by which applications call the gateway for this system.

use axum::Router;
use axum::extract::Path;
use axum::response::IntoResponse;
use gouvernail_store::{ApiKey, Scope, Scopes};
use jiff::SignedDuration;

use super::{Cards, Dossier};
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::referent::form;
use crate::views::system::{KeyRow, KeysCard, Part, State};

/// Longest time that an old secret may still open, days.
const LONGEST_OVERLAP: u32 = 90;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/keys", form(give))
        .route("/referent/systems/{id}/keys/{key}/renew", form(renew))
        .route("/referent/systems/{id}/keys/{key}/revoke", form(revoke))
}

pub(super) async fn card(cards: &Cards<'_>, minted: String) -> Result<KeysCard, WebError> {
    let dossier = cards.dossier;
    let mut keys = dossier.app.store.list_api_keys(Some(&dossier.id)).await?;
    keys.reverse();
    let in_force = keys.iter().any(|key| key.in_force(dossier.now));
    let mut card = cards.card_in(Part::Keys, if in_force { State::Held } else { State::Absent }, Vec::new());
    if !in_force {
        // No rule asks for a key, but nothing calls without one.
        card.lacks.push(dossier.lack(Part::Keys, "lack-key"));
    }
    Ok(KeysCard {
        card,
        base_url: format!("{}/v1", dossier.app.identity.public_url),
        model: dossier.system.version.as_ref().map(|version| version.model.clone()).unwrap_or_default(),
        names_case: dossier.system.sheet.touches_cases,
        scopes: offered(dossier).map(|scope| (field(scope), format!("scope-{}", scope.as_str()))).collect(),
        keys: keys.iter().map(|key| row(dossier, key)).collect(),
        minted,
    })
}

fn row(dossier: &Dossier, key: &ApiKey) -> KeyRow {
    let (locale, given) = (dossier.locale(), dossier.day(key.created));
    let dates = match (key.revoked, key.expires) {
        (Some(at), _) => locale.pair("key-withdrawn", &given, &dossier.day(at)),
        (None, Some(until)) => locale.pair("key-given-until", &given, &dossier.last_day(until)),
        (None, None) => locale.with("key-given", &given),
    };
    let holder = key.person.as_deref().map(|person| locale.with("key-holder", &dossier.name(person))).unwrap_or_default();
    let opens = match &key.scopes {
        Scopes::All => String::new(),
        Scopes::Only(scopes) => {
            let names = scopes.iter().map(|scope| locale.t(&format!("scope-{}", scope.as_str()))).collect::<Vec<_>>();
            locale.with("key-opens-only", &names.join(", "))
        }
    };
    let previous = key.previous.as_ref().filter(|previous| dossier.now < previous.until);
    let previous = previous.map(|previous| locale.with("key-previous", &dossier.day(previous.until))).unwrap_or_default();
    KeyRow { label: key.label.clone(), id: key.id.clone(), holder, dates, opens, previous, in_force: key.in_force(dossier.now) }
}

/// What a key of this system may open.
fn offered(dossier: &Dossier) -> impl Iterator<Item = Scope> {
    let cases = dossier.system.sheet.touches_cases;
    Scope::ALL.into_iter().filter(move |scope| cases || *scope != Scope::Cases)
}

fn field(scope: Scope) -> String {
    format!("key-opens-{}", scope.as_str())
}

/// What the boxes say. All of them, or a form that has none: everything.
fn opens(dossier: &Dossier, form: &mut Filled) -> Scopes {
    if !form.has("key-opens") {
        return Scopes::All;
    }
    let (checked, left): (Vec<_>, Vec<_>) = offered(dossier).partition(|scope| form.has(&field(*scope)));
    if checked.is_empty() {
        form.wrong_key("key-opens", "mistake-choice");
    }
    if left.is_empty() { Scopes::All } else { Scopes::Only(checked.into_iter().collect()) }
}

/// POST /referent/systems/{id}/keys
///
/// The answer is the page itself, with the key: it is shown this once, and kept nowhere.
async fn give(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().steer)?;
    let mut form = dossier.form(body);
    let label = form.text("key-label");
    let zone = &dossier.app.identity.time_zone;
    let expires = (!form.optional("key-until").is_empty()).then(|| form.until("key-until", dossier.now, zone));
    let email = form.optional("key-person");
    let person = dossier.known.directory.person(&email).map(|person| person.id.clone());
    if !email.is_empty() && person.is_none() {
        form.wrong_key("key-person", "mistake-person");
    }
    let scopes = opens(&dossier, &mut form);
    if !form.is_right() {
        return dossier.again(form, Part::Keys).await;
    }
    let (key, text) = ApiKey::mint(&dossier.id, &label, expires, &dossier.app.ambient);
    let key = ApiKey { person, scopes, ..key };
    dossier.app.store.create_api_key(&key).await?;
    dossier.app.live.refresh().await?;
    Ok(dossier.page(dossier.signed.chrome(&dossier.app), None, text).await?.into_response())
}

/// POST /referent/systems/{id}/keys/{key}/renew
///
/// A new secret under the same identifier, shown this once; the old one opens for some days more, so that no application stands
/// before a closed door.
async fn renew(dossier: Dossier, Path((_, key)): Path<(String, String)>, body: Body) -> Page {
    dossier.must(dossier.rights().steer)?;
    let key = own(&dossier, &key).await?;
    if !key.in_force(dossier.now) {
        return Err(WebError::NotFound);
    }
    let mut form = dossier.form(body);
    let days = form.number(&format!("renew-{}", key.id), 0, LONGEST_OVERLAP);
    if !form.is_right() {
        return dossier.again(form, Part::Keys).await;
    }
    let (key, text) = key.renewed(dossier.now + SignedDuration::from_hours(24 * i64::from(days)), &dossier.app.ambient);
    if !dossier.app.store.renew_api_key(&key).await? {
        return Err(WebError::NotFound);
    }
    dossier.app.live.refresh().await?;
    Ok(dossier.page(dossier.signed.chrome(&dossier.app), None, text).await?.into_response())
}

/// A key of this system.
async fn own(dossier: &Dossier, key: &str) -> Result<ApiKey, WebError> {
    let known = dossier.app.store.find_api_key(key).await?;
    known.filter(|key| key.system_id == dossier.id).ok_or(WebError::NotFound)
}

/// POST /referent/systems/{id}/keys/{key}/revoke
async fn revoke(dossier: Dossier, Path((_, key)): Path<(String, String)>) -> Page {
    dossier.must(dossier.rights().steer)?;
    own(&dossier, &key).await?;
    dossier.app.store.revoke_api_key(&key, dossier.now).await?;
    dossier.app.live.refresh().await?;
    Ok(dossier.leads_to(Part::Keys, "revoked"))
}
