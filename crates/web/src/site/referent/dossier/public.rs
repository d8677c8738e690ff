//! What the public is owed beside the notice: a person to reach.

use axum::Router;
use gouvernail_register::Event;

use super::{Cards, Dossier};
use crate::layout::fact;
use crate::site::Page;
use crate::site::app::App;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::{ChannelCard, Part};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/channel", form(give_channel))
}

pub(super) fn channel(cards: &Cards<'_>) -> ChannelCard {
    let (known, identity) = (cards.dossier.system.human_channel.as_ref(), &cards.dossier.app.identity);
    let facts = known.map(|channel| vec![fact("field-telephone", &channel.telephone), fact("field-hours", &channel.hours)]);
    ChannelCard {
        card: cards.card(Part::Channel, facts.unwrap_or_default()),
        // The switchboard, until the system has its own.
        telephone: known.map_or_else(|| identity.phone.clone(), |channel| channel.telephone.clone()),
        hours: known.map_or_else(|| identity.hours.clone(), |channel| channel.hours.clone()),
    }
}

/// POST /referent/systems/{id}/channel
async fn give_channel(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let (telephone, hours) = (form.text("channel-telephone"), form.text("channel-hours"));
    let event = Event::HumanChannelGiven { system: dossier.id.clone(), telephone, hours };
    dossier.act(form, (Part::Channel, "channel-telephone"), "saved", vec![event]).await
}
