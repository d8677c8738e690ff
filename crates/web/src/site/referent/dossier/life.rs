//! The acts of a system's life beside its mandate: closer watch, refusal, retirement, a notice that is taken back.

use axum::Router;
use gouvernail_register::Event;

use super::Dossier;
use crate::site::Page;
use crate::site::app::App;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::Part;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/watch", form(watch))
        .route("/referent/systems/{id}/watch/end", form(end_watch))
        .route("/referent/systems/{id}/refuse", form(refuse))
        .route("/referent/systems/{id}/retire", form(retire))
        .route("/referent/systems/{id}/notice/withdraw", form(withdraw_notice))
}

/// POST /referent/systems/{id}/watch
async fn watch(dossier: Dossier, body: Body) -> Page {
    dossier.watched(body, true).await
}

/// POST /referent/systems/{id}/watch/end
async fn end_watch(dossier: Dossier, body: Body) -> Page {
    dossier.watched(body, false).await
}

/// POST /referent/systems/{id}/refuse
async fn refuse(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().govern)?;
    let mut form = dossier.form(body);
    let event = Event::Refused { system: dossier.id.clone(), reason: form.text("refuse-reason") };
    dossier.act(form, (Part::Stop, "refuse-reason"), "refused", vec![event]).await
}

/// POST /referent/systems/{id}/retire
async fn retire(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().govern)?;
    let mut form = dossier.form(body);
    let (reason, records) = (form.text("retire-reason"), form.text("retire-records"));
    let event = Event::Retired { system: dossier.id.clone(), reason, records };
    dossier.act(form, (Part::Stop, "retire-reason"), "retired", vec![event]).await
}

/// POST /referent/systems/{id}/notice/withdraw
async fn withdraw_notice(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let event = Event::NoticeWithdrawn { system: dossier.id.clone(), reason: form.text("notice-reason") };
    dossier.act(form, (Part::Notice, "notice-reason"), "saved", vec![event]).await
}

impl Dossier {
    async fn watched(&self, body: Body, watched: bool) -> Page {
        self.must(self.rights().govern)?;
        let mut form = self.form(body);
        let event = Event::Watched { system: self.id.clone(), watched, reason: form.text("watch-reason") };
        let done = if watched { "watched" } else { "saved" };
        self.act(form, (Part::Stop, "watch-reason"), done, vec![event]).await
    }
}
