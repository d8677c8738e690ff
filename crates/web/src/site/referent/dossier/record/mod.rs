//! The record of the system: a page of its own, block by block.

mod known;
mod settle;
mod sheet;
mod text;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use gouvernail_register::{Catalogue, Field, Kind, Proposal, Proposals, Record, digest_of};
use serde::Deserialize;

use self::settle::Settled;
use super::Dossier;
use crate::layout::Chrome;
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::recorded::{Prefill, accept, input, label, read, sections, source_key, to_review};
use crate::site::referent::{form, misfit};
use crate::views::record::RecordPage;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/record", get(show))
        .route("/referent/systems/{id}/record/sheet", form(sheet::fill))
        .route("/referent/systems/{id}/record/proposals", form(settle::settle))
        .route("/referent/systems/{id}/record/{block}", form(save))
}

/// The page to which whole sheets are given.
pub(super) fn large_routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/record/text", get(text::show).post(text::act))
}

/// What was just done, as the address says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Place {
    block: Option<String>,
    filled: Option<String>,
}

/// GET /referent/systems/{id}/record
async fn show(dossier: Dossier, Query(place): Query<Place>) -> Result<Html<String>, WebError> {
    let chrome = dossier.signed.chrome(&dossier.app);
    dossier.record_page(chrome, &place, None).await
}

/// POST /referent/systems/{id}/record/{block}
async fn save(dossier: Dossier, Path((_, block)): Path<(String, String)>, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let (mut written, prefilled, mut settled) = (dossier.record(), dossier.prefilled().await?, Settled::default());
    for field in Catalogue::get().in_block(&block) {
        match prefilled.get(&field.id).map(|proposal| judged(&form, field, proposal)) {
            Some(Judged::Accepted) => settled.accepted.push(field.id.clone()),
            Some(Judged::Waits) => {}
            Some(Judged::Emptied) if dossier.system.proposed.contains_key(&field.id) => settled.set_aside.push(field.id.clone()),
            Some(Judged::Emptied) => {}
            Some(Judged::Rewritten) | None => take(&mut form, field, &mut written, &dossier),
        }
    }
    let first = Catalogue::get().in_block(&block).next().map_or_else(|| "sheet".to_owned(), |field| input(&field.id));
    if form.is_right() && dossier.write(&mut form, &first, written, (&prefilled, settled)).await? {
        let url = dossier.record_url();
        return Ok(Redirect::to(&format!("{url}?done=saved&block={block}#{block}")).into_response());
    }
    dossier.record_again(form, &block).await
}

/// What a form makes of a field that is prefilled.
enum Judged {
    /// Taken as it is: the box says so.
    Accepted,
    /// Left as it is, without a word: that is no acceptance.
    Waits,
    /// Nothing is to stand there.
    Emptied,
    /// Something else was written.
    Rewritten,
}

fn judged(form: &Filled<'_>, field: &Field, proposal: &Proposal) -> Judged {
    if !form.has(&input(&field.id)) {
        return Judged::Waits;
    }
    match read(field, &typed(form, field)) {
        None => Judged::Emptied,
        Some(value) if value != proposal.value => Judged::Rewritten,
        Some(_) if form.optional(&accept(&field.id)) == "yes" => Judged::Accepted,
        Some(_) => Judged::Waits,
    }
}

/// What stands in the field of a form; the values chosen, one a line.
fn typed(form: &Filled<'_>, field: &Field) -> String {
    let name = input(&field.id);
    match field.kind {
        Kind::Choices => {
            let chosen = field.values.iter().filter(|value| form.optional(&format!("{name}-{}", value.id)) == "yes");
            chosen.map(|value| value.id.as_str()).collect::<Vec<_>>().join("\n")
        }
        _ => form.optional(&name),
    }
}

/// Takes one field of the form into the record. A value that changed, or that somebody says they looked at, is not to be
/// looked at any more.
fn take(form: &mut Filled<'_>, field: &Field, written: &mut Record, dossier: &Dossier) {
    let name = input(&field.id);
    let value = read(field, &typed(form, field));
    if let Some(Err(wrong)) = value.as_ref().map(|value| field.fits(value)) {
        form.wrong(&name, misfit::misfit(&wrong, dossier.locale()));
        return;
    }
    if form.optional(&format!("{name}-seen")) == "yes" || written.fields.get(&field.id) != value.as_ref() {
        written.review.remove(&field.id);
    }
    match value {
        Some(value) => written.fields.insert(field.id.clone(), value),
        None => written.fields.remove(&field.id),
    };
}

impl Dossier {
    fn record(&self) -> Record {
        self.system.record.clone().unwrap_or_default()
    }

    fn record_url(&self) -> String {
        format!("{}/record", self.url())
    }

    /// What the dossier already says of the fields that are not recorded.
    async fn known_values(&self) -> Result<Proposals, WebError> {
        let year = self.app.now() - jiff::SignedDuration::from_hours(24 * 365);
        let counts = self.app.store.counts_since(year).await?;
        let own = counts.iter().filter(|count| count.kind == "case_use" && count.system.as_deref() == Some(self.id.as_str()));
        Ok(known::proposals(&self.known.register, &self.system, own.map(|count| count.count).sum(), self.locale()))
    }

    /// By field, who accepted what it says, when, and after which source.
    fn accepted_in_words(&self) -> BTreeMap<String, String> {
        let words = self.system.accepted.iter().map(|(field, kept)| {
            let source = self.locale().t(source_key(kept.proposal.source));
            let who = self.locale().pair("record-accepted-by", &self.name(&kept.person), &self.day(kept.at));
            (field.clone(), format!("{who} {source}"))
        });
        words.collect()
    }

    async fn record_again(&self, form: Filled<'_>, block: &str) -> Page {
        let chrome = form.back(self.signed.chrome(&self.app));
        let page = self.record_page(chrome, &Place::default(), Some(block)).await?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }

    /// The page; `refused` is the block whose form comes back.
    async fn record_page(&self, mut chrome: Chrome, place: &Place, refused: Option<&str>) -> Result<Html<String>, WebError> {
        let (written, locale) = (self.record(), self.locale());
        let review = to_review(&written, locale);
        // What must be looked at is one step away.
        let first = Catalogue::get().fields.iter().find(|field| written.review.contains(&field.id));
        let open = refused.or(first.filter(|_| place.block.is_none()).map(|field| field.block.as_str()));
        let prefilled = self.prefilled().await?;
        let prefill = Prefill { proposals: &prefilled, accepted: &self.accepted_in_words() };
        let mut sections = sections(&written, prefill, open, locale);
        for section in sections.iter_mut().filter(|section| place.block.as_ref() == Some(&section.id)) {
            section.done = std::mem::take(&mut chrome.done);
        }
        let page = RecordPage {
            name: self.system.sheet.name.clone(),
            url: self.record_url(),
            system_url: self.url(),
            may_write: self.rights().write,
            review,
            filled: filled(place, locale),
            proposals: prefill.in_words(locale),
            read: digest_of(&prefilled),
            sections,
            chrome,
        };
        Ok(Html(page.render(locale)?))
    }
}

/// Only fields of ours are shown, whatever the address says.
fn filled(place: &Place, locale: &crate::i18n::Locale) -> Vec<String> {
    let ids = place.filled.as_deref().unwrap_or_default().split(',');
    ids.filter(|id| Catalogue::get().field(id).is_some()).map(|id| label(id, locale).to_owned()).collect()
}
