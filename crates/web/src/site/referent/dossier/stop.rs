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
    let system = &cards.dossier.system;
    let reason = system.stopped.as_ref();
    let state = if reason.is_some() { State::Absent } else { State::Held };
    let told = [("stop-reason", reason), ("watch-reason", system.watched.as_ref())];
    let ends = [("refuse-reason", system.refused.as_ref()), ("retire-reason", system.retired.as_ref())];
    let facts = told.into_iter().chain(ends).filter_map(|(label, reason)| Some(fact(label, reason?))).collect();
    StopCard {
        card: cards.card_in(Part::Stop, state, facts),
        stopped: reason.is_some(),
        watched: system.watched.is_some(),
        mandated: system.authorisation.is_some(),
        closed: system.refused.is_some() || system.retired.is_some(),
    }
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
