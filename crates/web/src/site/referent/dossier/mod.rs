//! The dossier of one system: one file a part, each with the card that shows it and the act that its form asks for.

mod authorisation;
mod cards;
mod consultation;
mod contract;
mod contributions;
mod embedded;
mod evaluation;
mod keys;
mod life;
mod model;
mod notice;
mod oversight;
mod owner;
mod public;
mod record;
mod sheet;
mod skills;
mod start;
mod stop;
mod study;
mod supply;
mod training;

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequestParts, Query, RawPathParams};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use gouvernail_register::{Event, Risk, System};
use gouvernail_store::{Role, Snapshot};
use jiff::Timestamp;
use serde::Deserialize;

use self::cards::Cards;
use super::{READERS, record};
use crate::i18n::Locale;
use crate::layout::Chrome;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::outlook::Outlook;
use crate::site::visit::SignedIn;
use crate::site::{Page, described, words};
use crate::views::system::{Part, Rights, SystemPage};
use crate::views::workspace::Missing;

/// The page and every form of it.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}", get(show))
        .merge(sheet::routes())
        .merge(start::routes())
        .merge(supply::routes())
        .merge(model::routes())
        .merge(embedded::routes())
        .merge(oversight::routes())
        .merge(owner::routes())
        .merge(study::routes())
        .merge(notice::routes())
        .merge(public::routes())
        .merge(record::routes())
        .merge(skills::routes())
        .merge(consultation::routes())
        .merge(contributions::routes())
        .merge(training::routes())
        .merge(evaluation::routes())
        .merge(contract::routes())
        .merge(keys::routes())
        .merge(life::routes())
        .merge(authorisation::routes())
        .merge(stop::routes())
}

/// The pages to which long texts are given.
pub fn large_routes() -> Router<App> {
    record::large_routes()
}

/// GET /referent/systems/{id}
async fn show(dossier: Dossier) -> Result<Html<String>, WebError> {
    let chrome = dossier.signed.chrome(&dossier.app);
    dossier.page(chrome, None, String::new()).await
}

/// One system, open before somebody who may read it.
#[derive(Clone)]
struct Dossier {
    app: App,
    signed: SignedIn,
    id: String,
    /// The register as it stood when the dossier was opened.
    known: Arc<Snapshot>,
    system: Arc<System>,
    now: Timestamp,
    /// The part where something was just done.
    done_in: Option<Part>,
    /// Whether the reader asked for the counters of the case desk.
    counted: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Place {
    part: Option<String>,
    counted: Option<String>,
}

impl FromRequestParts<App> for Dossier {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let signed = SignedIn::from_request_parts(parts, app).await?;
        signed.allow(&READERS)?;
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| WebError::NotFound)?;
        let id = params.iter().find(|(name, _)| *name == "id").map(|(_, id)| id.to_owned()).ok_or(WebError::NotFound)?;
        let known = app.live.snapshot();
        let system = known.register.systems.get(&id).cloned().ok_or(WebError::NotFound)?;
        let Query(place) = Query::<Place>::try_from_uri(&parts.uri).unwrap_or_default();
        let done_in = place.part.as_deref().and_then(Part::of_slug);
        let counted = place.counted.is_some();
        Ok(Self { now: app.now(), app: app.clone(), signed, id, known, system, done_in, counted })
    }
}

impl Dossier {
    fn locale(&self) -> &'static Locale {
        self.signed.visit.locale
    }

    fn url(&self) -> String {
        format!("/referent/systems/{}", self.id)
    }

    fn form(&self, body: Body) -> Filled<'static> {
        Filled::new(body, self.locale())
    }

    /// The référent fills in every dossier, an owner their own; elected officials authorise; all three stop. What weighs on
    /// nobody's rights is authorised by the référent too.
    fn rights(&self) -> Rights {
        let steer = self.signed.is(Role::Referent);
        let owns = self.signed.is(Role::Owner) && self.is_owner();
        let elected = self.signed.is(Role::Elected);
        let authorise = elected || (steer && self.system.sheet.risk == Risk::Low);
        Rights { write: steer || owns, steer, authorise, govern: steer || elected, stop: steer || owns || elected }
    }

    fn is_owner(&self) -> bool {
        self.system.owner.as_ref().is_some_and(|owner| owner.person == self.signed.person.id)
    }

    /// Refuses who may not.
    fn must(&self, may: bool) -> Result<(), WebError> {
        if may { Ok(()) } else { Err(WebError::Forbidden) }
    }

    /// Records what a form asks for and leads back to its part, or shows the form again with what is wrong: at the place
    /// `(part, field)` when the register itself refuses.
    async fn act(&self, form: Filled<'_>, place: (Part, &str), done: &str, acts: Vec<Event>) -> Page {
        self.act_and_go(form, place, acts, self.leads_to(place.0, done)).await
    }

    /// The same, for an act after which the dossier goes on elsewhere than at its part.
    async fn act_and_go(&self, mut form: Filled<'_>, place: (Part, &str), acts: Vec<Event>, to: Response) -> Page {
        let (part, field) = place;
        if form.is_right() && record(&self.app, &self.signed, &mut form, field, acts).await? {
            return Ok(to);
        }
        self.again(form, part).await
    }

    fn leads_to(&self, part: Part, done: &str) -> Response {
        self.leads_to_page(part.page(), part, done)
    }

    /// To the card of a part in the dossier, also for a part that is filled in elsewhere.
    fn leads_to_card(&self, part: Part, done: &str) -> Response {
        self.leads_to_page("", part, done)
    }

    fn leads_to_page(&self, page: &str, part: Part, done: &str) -> Response {
        let (url, part) = (self.url(), part.slug());
        Redirect::to(&format!("{url}{page}?done={done}&part={part}#{part}")).into_response()
    }

    async fn again(&self, form: Filled<'_>, part: Part) -> Page {
        let chrome = form.back(self.signed.chrome(&self.app));
        let page = match part.page() {
            "" => self.page(chrome, Some(part), String::new()).await?,
            _ => self.supply_page(chrome, Some(part))?,
        };
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }

    /// The whole page; `refused` is the part whose form comes back, `minted` a key that was just given.
    async fn page(&self, mut chrome: Chrome, refused: Option<Part>, minted: String) -> Result<Html<String>, WebError> {
        let outlook = Outlook::of(&self.app, &self.known, &self.id, self.now)?;
        let cards = Cards { dossier: self, outlook: &outlook, refused, done: self.done(&mut chrome) };
        let page = SystemPage {
            name: self.system.sheet.name.clone(),
            purpose: described::purpose(&self.system.sheet, self.locale()),
            url: self.url(),
            public_url: format!("/register/{}", self.id),
            standing: outlook.standing,
            stage: described::stage(outlook.stage),
            missing: cards.told(&outlook.missing),
            record_proposed: self.system.proposed.len(),
            record_review: self.system.record.as_ref().map_or(0, |record| record.review.len()),
            rights: self.rights(),
            start: start::card(self),
            sheet: sheet::card(&cards),
            model: model::summary(&cards),
            owner: owner::card(&cards),
            study: study::card(&cards).await?,
            notice: notice::card(&cards),
            channel: public::channel(&cards),
            consultation: consultation::card(&cards).await?,
            skills: skills::card(&cards),
            training: training::card(&cards),
            evaluation: evaluation::card(&cards).await?,
            contract: contract::summary(&cards),
            keys: keys::card(&cards, minted).await?,
            authorisation: authorisation::card(&cards)?,
            stop: stop::card(&cards),
            chrome,
        };
        Ok(Html(page.render(self.locale())?))
    }

    /// The sentence that confirms what was just done, in its part instead of on top of the page.
    fn done(&self, chrome: &mut Chrome) -> Option<(Part, String)> {
        self.done_in.map(|part| (part, std::mem::take(&mut chrome.done)))
    }

    /// Something that is missing in a part though no rule speaks of it.
    fn lack(&self, part: Part, words: &str) -> Missing {
        let (words, fix_url) = (self.locale().t(words), part.address(&self.url()));
        Missing { words, proposition: 0, law: String::new(), fix_url, fix: part.fix() }
    }

    /// The last day on which something that ends at `until` still holds.
    fn last_day(&self, until: Timestamp) -> String {
        words::last_day(until, &self.app.identity.time_zone, self.locale().lang())
    }

    fn day(&self, at: Timestamp) -> String {
        words::day(self.date(at), self.locale().lang())
    }

    fn date(&self, at: Timestamp) -> jiff::civil::Date {
        at.to_zoned_datetime(self.app.identity.time_zone.clone()).date()
    }

    fn name(&self, person: &str) -> String {
        self.known.directory.name(person).to_owned()
    }
}
