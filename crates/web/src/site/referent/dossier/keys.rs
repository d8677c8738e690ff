//! The keys by which applications call the gateway for this system.

use axum::Router;
use axum::extract::Path;
use axum::response::IntoResponse;
use gouvernail_store::ApiKey;

use super::{Cards, Dossier};
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::{KeyRow, KeysCard, Part, State};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/keys", form(give)).route("/referent/systems/{id}/keys/{key}/revoke", form(revoke))
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
    KeyRow { label: key.label.clone(), id: key.id.clone(), holder, dates, in_force: key.in_force(dossier.now) }
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
    if !form.is_right() {
        return dossier.again(form, Part::Keys).await;
    }
    let (key, text) = ApiKey::mint(&dossier.id, &label, expires, &dossier.app.ambient);
    let key = ApiKey { person, ..key };
    dossier.app.store.create_api_key(&key).await?;
    dossier.app.live.refresh().await?;
    Ok(dossier.page(dossier.signed.chrome(&dossier.app), None, text).await?.into_response())
}

/// POST /referent/systems/{id}/keys/{key}/revoke
async fn revoke(dossier: Dossier, Path((_, key)): Path<(String, String)>) -> Page {
    dossier.must(dossier.rights().steer)?;
    let known = dossier.app.store.find_api_key(&key).await?.filter(|key| key.system_id == dossier.id);
    known.ok_or(WebError::NotFound)?;
    dossier.app.store.revoke_api_key(&key, dossier.now).await?;
    dossier.app.live.refresh().await?;
    Ok(dossier.leads_to(Part::Keys, "revoked"))
}
