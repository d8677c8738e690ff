//! The consultation of a system: its card, and the acts that open, close and reopen it.

use axum::Router;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use gouvernail_register::{Event, OpenConsultation};
use jiff::Timestamp;

use super::contributions;
use super::{Cards, Dossier};
use crate::layout::{Fact, fact};
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::referent::{form, record};
use crate::views::system::{ConsultationCard, Part};

/// Most contributions that a form accepts.
const MOST: u32 = 10_000_000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/consultation", get(show))
        .route("/referent/systems/{id}/consultation/open", form(open))
        .route("/referent/systems/{id}/consultation/close", form(close))
        .route("/referent/systems/{id}/consultation/elsewhere", form(held_elsewhere))
        .route("/referent/systems/{id}/consultation/reopen", form(reopen))
}

pub(super) async fn card(cards: &Cards<'_>) -> Result<ConsultationCard, WebError> {
    let dossier = cards.dossier;
    let facts = facts(dossier).await?;
    let go = match (&dossier.system.open_consultation, &dossier.system.consultation) {
        (Some(_), _) => "consultation-go-answer",
        (None, Some(_)) if dossier.system.answered().is_some() => "consultation-go-read",
        (None, _) => "consultation-go-open",
    };
    Ok(ConsultationCard { card: cards.card(Part::Consultation, facts), go })
}

/// Where it stands: the one under way, or else the last one.
pub(super) async fn facts(dossier: &Dossier) -> Result<Vec<Fact>, WebError> {
    let (open, held) = (dossier.system.open_consultation.as_ref(), dossier.system.consultation.as_ref());
    if let Some(open) = open {
        let mut facts = vec![
            fact("field-question", &open.question),
            fact("fact-closes", &dossier.last_day(open.closes)),
            fact("fact-due", &dossier.last_day(open.due)),
        ];
        if is_here(open) {
            let said = dossier.app.store.contributions(&open.id).await?;
            let waiting = said.iter().filter(|one| one.waits()).count();
            facts.push(fact("fact-received", &said.len().to_string()));
            facts.push(fact("fact-waiting", &waiting.to_string()));
        } else if !open.url.is_empty() {
            facts.push(fact("fact-elsewhere", &open.url));
        }
        return Ok(facts);
    }
    let facts = held.map(|held| {
        let mut facts = vec![
            fact("field-question", &held.question),
            fact("fact-received", &held.contributions.to_string()),
            fact("field-answer", &held.answer),
        ];
        if !held.url.is_empty() {
            facts.push(fact("fact-elsewhere", &held.url));
        }
        facts
    });
    Ok(facts.unwrap_or_default())
}

/// Whether people contribute on this site.
pub(super) fn is_here(open: &OpenConsultation) -> bool {
    open.url.is_empty() && !open.id.is_empty()
}

/// GET /referent/systems/{id}/consultation
async fn show(dossier: Dossier) -> Result<Html<String>, WebError> {
    contributions::desk(&dossier, dossier.signed.chrome(&dossier.app)).await
}

/// POST /referent/systems/{id}/consultation/open
async fn open(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let (mut form, zone) = (dossier.form(body), &dossier.app.identity.time_zone);
    let question = form.text("consultation-question");
    let closes = form.until("consultation-closes", dossier.now, zone);
    let due = form.until("consultation-due", dossier.now, zone);
    if form.is_right() && due <= closes {
        form.wrong("consultation-due", dossier.locale().t("mistake-due"));
    }
    let event = Event::ConsultationOpened {
        system: dossier.id.clone(),
        consultation: dossier.app.ambient.id(),
        question,
        closes,
        due,
        url: form.optional_address("consultation-url"),
    };
    act(&dossier, form, "consultation-question", "saved", event).await
}

/// POST /referent/systems/{id}/consultation/close
async fn close(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let Some(open) = dossier.system.open_consultation.clone() else { return Err(WebError::NotFound) };
    let mut answer = form.text("consultation-answer");
    if is_early(&open, dossier.now) {
        let why = form.text("consultation-early");
        answer = format!("{answer}\n\n{}", dossier.locale().with("consult-early-words", &why));
    }
    let (contributions, url) = if is_here(&open) {
        let received = dossier.app.store.contributions(&open.id).await?.len();
        (u32::try_from(received).unwrap_or(u32::MAX), String::new())
    } else {
        (form.number("consultation-contributions", 0, MOST), form.address("consultation-link"))
    };
    let (system, question, consultation) = (dossier.id.clone(), open.question, open.id);
    let event = Event::ConsultationAnswered { system, question, contributions, answer, consultation, url };
    act(&dossier, form, "consultation-answer", "saved", event).await
}

/// Whether the public was told that it could still contribute.
pub(super) fn is_early(open: &OpenConsultation, now: Timestamp) -> bool {
    is_here(open) && now < open.closes
}

/// POST /referent/systems/{id}/consultation/elsewhere: one that took place before it was recorded, by its link.
async fn held_elsewhere(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let event = Event::ConsultationAnswered {
        system: dossier.id.clone(),
        question: form.text("elsewhere-question"),
        contributions: form.number("elsewhere-contributions", 0, MOST),
        url: form.address("elsewhere-link"),
        answer: form.text("elsewhere-answer"),
        consultation: String::new(),
    };
    act(&dossier, form, "elsewhere-question", "saved", event).await
}

/// POST /referent/systems/{id}/consultation/reopen
async fn reopen(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let event = Event::ConsultationReopened {
        system: dossier.id.clone(),
        reason: form.text("reopen-reason"),
        due: form.until("reopen-due", dossier.now, &dossier.app.identity.time_zone),
    };
    act(&dossier, form, "reopen-reason", "saved", event).await
}

/// Records what a form asks for and leads back to the page of the consultation, or shows it again with what is wrong.
async fn act(dossier: &Dossier, mut form: Filled<'_>, field: &str, done: &str, event: Event) -> Page {
    if form.is_right() && record(&dossier.app, &dossier.signed, &mut form, field, vec![event]).await? {
        return Ok(Redirect::to(&format!("{}/consultation?done={done}", dossier.url())).into_response());
    }
    contributions::again(dossier, form).await
}
