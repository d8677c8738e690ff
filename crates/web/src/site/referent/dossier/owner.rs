//! Who answers for the system.

use axum::Router;
use gouvernail_register::Event;
use gouvernail_store::Role;

use super::{Cards, Dossier};
use crate::layout::{Choice, fact};
use crate::site::Page;
use crate::site::app::App;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::{OwnerCard, Part};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/owner", form(name))
        .route("/referent/systems/{id}/owner/accept", form(accept))
        .route("/referent/systems/{id}/owner/left", form(left))
}

pub(super) fn card(cards: &Cards<'_>) -> OwnerCard {
    let dossier = cards.dossier;
    let owner = dossier.system.owner.as_ref();
    let accepted = if owner.is_some_and(|owner| owner.accepted) { "yes" } else { "owner-waiting" };
    let facts = owner
        .map(|owner| vec![fact("fact-person", &dossier.name(&owner.person)), fact("fact-accepted", &dossier.locale().t(accepted))]);
    // Where one person alone may answer for a system, the form proposes them.
    let only = match dossier.owners().as_slice() {
        [only] => Some(only.id.clone()),
        _ => None,
    };
    OwnerCard {
        card: cards.card(Part::Owner, facts.unwrap_or_default()),
        people: dossier.owners().into_iter().map(|person| Choice::new(&person.id, &person.name)).collect(),
        named: owner.is_some(),
        person: owner.map(|owner| owner.person.clone()).or(only).unwrap_or_default(),
        may_accept: dossier.is_owner() && owner.is_some_and(|owner| !owner.accepted),
    }
}

/// POST /referent/systems/{id}/owner
async fn name(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().steer)?;
    let mut form = dossier.form(body);
    let person = form.one_of("owner-person", dossier.owners().into_iter().map(|person| person.id.as_str()));
    let event = Event::OwnerNamed { system: dossier.id.clone(), person };
    dossier.act(form, (Part::Owner, "owner-person"), "saved", vec![event]).await
}

/// POST /referent/systems/{id}/owner/accept
async fn accept(dossier: Dossier, body: Body) -> Page {
    let event = Event::OwnerAccepted { system: dossier.id.clone() };
    dossier.act(dossier.form(body), (Part::Owner, "owner"), "accepted", vec![event]).await
}

/// POST /referent/systems/{id}/owner/left
async fn left(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().steer)?;
    let event = Event::OwnerLeft { system: dossier.id.clone() };
    dossier.act(dossier.form(body), (Part::Owner, "owner"), "saved", vec![event]).await
}

impl Dossier {
    pub(super) fn owners(&self) -> Vec<&gouvernail_store::Person> {
        self.known.directory.with_role(Role::Owner)
    }
}
