//! The model that this machine runs: host, model and version in one act, for who begins.

use axum::Router;
use gouvernail_register::{Event, HostTraits, Model, ModelTraits, frozen};

use super::Dossier;
use super::model::country;
use crate::site::Page;
use crate::site::app::{App, Embedded};
use crate::site::error::WebError;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::Part;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/embedded", form(declare))
}

/// The model of this machine, for a dossier that has no version and a register that does not say otherwise.
pub(super) fn offered(dossier: &Dossier) -> Option<&Embedded> {
    let register = &dossier.known.register;
    let agrees = |own: &&Embedded| {
        register.hosts.get(&own.host).is_none_or(|host| host.embedded)
            && register.models.get(&own.model).is_none_or(|model| model.host == own.host)
    };
    dossier.app.embedded.as_ref().filter(|_| dossier.system.version.is_none()).filter(agrees)
}

/// POST /referent/systems/{id}/embedded: the model of this machine, and the version that it makes, in one act.
async fn declare(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let own = offered(&dossier).cloned().ok_or(WebError::NotFound)?;
    let acts = acts_of(&own, country(&mut form, "embedded-country", &dossier), &dossier);
    if form.is_right() && dossier.record_acts(&mut form, "embedded-country", &acts).await? {
        return Ok(dossier.leads_to_card(Part::Model, "saved"));
    }
    dossier.again(form, Part::Model).await
}

/// What declares the host and the model of this machine, unless another system did, and the version that the model makes.
pub(super) fn acts_of(own: &Embedded, country: String, dossier: &Dossier) -> Vec<Event> {
    let register = &dossier.known.register;
    let host = Event::HostDeclared {
        host: own.host.clone(),
        name: dossier.app.organisation(),
        embedded: true,
        base_url: String::new(),
        country,
        traits: HostTraits::default(),
    };
    let model = Model {
        name: own.name.clone(),
        host: own.host.clone(),
        open_weights: true,
        licence: own.licence.clone(),
        active_billions: own.billions,
        total_billions: own.billions,
        traits: ModelTraits::default(),
    };
    let known = register.models.get(&own.model);
    let version = Event::VersionDeclared {
        system: dossier.id.clone(),
        version: "1".to_owned(),
        model: own.model.clone(),
        digest: frozen(&dossier.system.sheet, &own.model, known.unwrap_or(&model)),
        change: String::new(),
        substantial: false,
    };
    let (host_known, model_known) = (register.hosts.contains_key(&own.host), known.is_some());
    let acts = [(host_known, host), (model_known, declared(own, model)), (false, version)];
    acts.into_iter().filter(|(known, _)| !known).map(|(_, act)| act).collect()
}

fn declared(own: &Embedded, model: Model) -> Event {
    let Model { name, host, open_weights, licence, active_billions, total_billions, traits } = model;
    Event::ModelDeclared { model: own.model.clone(), name, host, open_weights, licence, active_billions, total_billions, traits }
}
