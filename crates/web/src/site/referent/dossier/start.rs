//! The short way of an assistant that weighs on nobody: what the program can propose, seen on one form and recorded in one go.

use axum::Router;
use axum::response::{IntoResponse, Redirect};
use gouvernail_register::{Event, Risk};

use super::model::country;
use super::{Dossier, embedded};
use crate::layout::Choice;
use crate::site::Page;
use crate::site::app::App;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::{Part, StartCard};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/start", form(start))
}

/// The form, for a low risk that touches no case while model, owner, telephone and training are all still to be given.
pub(super) fn card(dossier: &Dossier) -> Option<StartCard> {
    let (system, identity) = (&dossier.system, &dossier.app.identity);
    let short = system.sheet.risk == Risk::Low && !system.sheet.touches_cases && dossier.rights().steer;
    let nothing = system.version.is_none() && system.owner.is_none() && system.human_channel.is_none() && system.training.is_none();
    let people: Vec<Choice> = dossier.owners().into_iter().map(|person| Choice::new(&person.id, &person.name)).collect();
    let own = embedded::offered(dossier).filter(|_| short && nothing && !people.is_empty())?;
    Some(StartCard {
        model: own.name.clone(),
        person: if let [only] = people.as_slice() { only.value.clone() } else { String::new() },
        people,
        telephone: identity.phone.clone(),
        hours: identity.hours.clone(),
        module: dossier.usual_module(),
        modules: dossier.modules(),
    })
}

/// POST /referent/systems/{id}/start: `start-country`, `start-person`, `start-telephone`, `start-hours`, `start-module`.
async fn start(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().steer)?;
    let mut form = dossier.form(body);
    let Some(own) = card(&dossier).and_then(|_| embedded::offered(&dossier)).cloned() else {
        return Ok(Redirect::to(&dossier.url()).into_response());
    };
    let system = || dossier.id.clone();
    let mut acts = embedded::acts_of(&own, country(&mut form, "start-country", &dossier), &dossier);
    let person = form.one_of("start-person", dossier.owners().into_iter().map(|person| person.id.as_str()));
    acts.push(Event::OwnerNamed { system: system(), person });
    let (telephone, hours) = (form.text("start-telephone"), form.text("start-hours"));
    acts.push(Event::HumanChannelGiven { system: system(), telephone, hours });
    let module = form.one_of("start-module", dossier.app.library.modules.keys().map(String::as_str));
    acts.push(Event::TrainingPublished { system: system(), module });
    if form.is_right() && dossier.record_acts(&mut form, "start-country", &acts).await? {
        return Ok(dossier.leads_to_card(Part::Owner, "saved"));
    }
    dossier.again(form, Part::Sheet).await
}
