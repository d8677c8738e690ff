//! The page of a consultation for those who hold it: every contribution read, shown or set aside, and answered one by one.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use gouvernail_store::{Contribution, Moderation, StoreError};

use super::Dossier;
use super::consultation::{facts, is_early, is_here};
use crate::layout::Chrome;
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::referent::form;
use crate::views::consultation::{ConsultationDesk, DeskContribution, Phase};

/// Longest answer or reason, in characters.
const LONGEST: usize = 5_000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/consultation/contributions/{n}/publish", form(publish))
        .route("/referent/systems/{id}/consultation/contributions/{n}/aside", form(set_aside))
        .route("/referent/systems/{id}/consultation/contributions/{n}/answer", form(answer))
}

/// The whole page; `chrome` holds the mistakes of a form that comes back.
pub(super) async fn desk(dossier: &Dossier, chrome: Chrome) -> Result<Html<String>, WebError> {
    let (open, held) = (dossier.system.open_consultation.as_ref(), dossier.system.consultation.as_ref());
    let phase = match (open, held) {
        (Some(open), _) if is_here(open) => Phase::Here,
        (Some(_), _) => Phase::Elsewhere,
        (None, Some(_)) => Phase::Closed,
        (None, None) => Phase::Nothing,
    };
    let id = open.map(|open| open.id.as_str()).or(held.map(|held| held.id.as_str())).unwrap_or_default();
    let mut said = dossier.app.store.contributions(id).await?;
    said.sort_by_key(|one| (!one.waits(), one.n));
    let page = ConsultationDesk {
        chrome,
        name: dossier.system.sheet.name.clone(),
        system_url: dossier.url(),
        public_url: format!("/consultations/{}", dossier.id),
        url: format!("{}/consultation", dossier.url()),
        may_write: dossier.rights().write,
        phase,
        facts: facts(dossier).await?,
        waiting: said.iter().filter(|one| one.waits()).count(),
        contributions: said.iter().map(|one| shown(dossier, one)).collect(),
        early_until: open.filter(|open| is_early(open, dossier.now)).map(|open| dossier.last_day(open.closes)).unwrap_or_default(),
        link: open.map(|open| open.url.clone()).unwrap_or_default(),
    };
    Ok(Html(page.render(dossier.locale())?))
}

fn shown(dossier: &Dossier, one: &Contribution) -> DeskContribution {
    DeskContribution {
        n: usize::try_from(one.n).unwrap_or_default(),
        who: if one.name.is_empty() { dossier.locale().t("consult-anonymous") } else { one.name.clone() },
        when: dossier.day(one.received),
        email: one.email.clone(),
        words: one.words.clone(),
        is_pending: one.moderation == Moderation::Pending,
        set_aside: match &one.moderation {
            Moderation::SetAside(reason) => reason.clone(),
            _ => String::new(),
        },
        answer: one.answer.as_ref().map(|(answer, _)| answer.clone()).unwrap_or_default(),
    }
}

/// The page with the mistakes of the form that was sent.
pub(super) async fn again(dossier: &Dossier, form: Filled<'_>) -> Page {
    let chrome = form.back(dossier.signed.chrome(&dossier.app));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, desk(dossier, chrome).await?).into_response())
}

/// Where in the path a contribution is named.
type Place = Path<(String, i64)>;

/// POST /referent/systems/{id}/consultation/contributions/{n}/publish
async fn publish(dossier: Dossier, Path((_, n)): Place) -> Page {
    dossier.must(dossier.rights().write)?;
    moved(dossier.app.store.moderate(dossier.consultation(), n, &Moderation::Published).await)?;
    back(&dossier, "published")
}

/// POST /referent/systems/{id}/consultation/contributions/{n}/aside
async fn set_aside(dossier: Dossier, Path((_, n)): Place, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let (mut form, field) = (dossier.form(body), format!("aside-{n}"));
    let reason = form.text(&field);
    form.at_most(&field, LONGEST);
    if !form.is_right() {
        return again(&dossier, form).await;
    }
    moved(dossier.app.store.moderate(dossier.consultation(), n, &Moderation::SetAside(reason)).await)?;
    back(&dossier, "aside")
}

/// POST /referent/systems/{id}/consultation/contributions/{n}/answer
async fn answer(dossier: Dossier, Path((_, n)): Place, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let (mut form, field) = (dossier.form(body), format!("answer-{n}"));
    let answer = form.text(&field);
    form.at_most(&field, LONGEST);
    if !form.is_right() {
        return again(&dossier, form).await;
    }
    let (store, by) = (&dossier.app.store, &dossier.signed.person.id);
    moved(store.answer_contribution(dossier.consultation(), n, &answer, by, dossier.now).await)?;
    back(&dossier, "answered")
}

fn moved(result: Result<(), StoreError>) -> Result<(), WebError> {
    match result {
        Err(StoreError::NotFound { .. }) => Err(WebError::NotFound),
        other => Ok(other?),
    }
}

fn back(dossier: &Dossier, done: &str) -> Page {
    Ok(Redirect::to(&format!("{}/consultation?done={done}", dossier.url())).into_response())
}

impl Dossier {
    /// The consultation under way, or else the last one.
    fn consultation(&self) -> &str {
        let open = self.system.open_consultation.as_ref().map(|open| open.id.as_str());
        open.or(self.system.consultation.as_ref().map(|held| held.id.as_str())).unwrap_or_default()
    }
}
