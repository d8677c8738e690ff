//! The stop order, which whoever answers for the system can give at once.

use axum::Router;
use gouvernail_register::Event;

use super::{Cards, Dossier};
use crate::layout::fact;
use crate::site::Page;
use crate::site::app::App;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::{Part, State, StopCard};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/stop", form(stop)).route("/referent/systems/{id}/resume", form(resume))
}

pub(super) fn card(cards: &Cards<'_>) -> StopCard {
    let reason = cards.dossier.system.stopped.as_ref();
    let state = if reason.is_some() { State::Absent } else { State::Held };
    let facts = Vec::from_iter(reason.map(|reason| fact("stop-reason", reason)));
    StopCard { card: cards.card_in(Part::Stop, state, facts), stopped: reason.is_some() }
}

/// POST /referent/systems/{id}/stop
async fn stop(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().stop)?;
    let mut form = dossier.form(body);
    let event = Event::Stopped { system: dossier.id.clone(), reason: form.text("stop-reason") };
    dossier.act(form, (Part::Stop, "stop-reason"), "stopped", vec![event]).await
}

/// POST /referent/systems/{id}/resume
async fn resume(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().stop)?;
    let mut form = dossier.form(body);
    let event = Event::Resumed { system: dossier.id.clone(), reason: form.text("stop-reason") };
    dossier.act(form, (Part::Stop, "stop-reason"), "resumed", vec![event]).await
}
