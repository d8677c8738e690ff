//! The text of a supplier's sheet: read, shown with what was not understood, then proposed.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use gouvernail_interchange::sheet::{LONGEST, Sheet, read};
use gouvernail_register::{Event, Proposals};

use super::Dossier;
use crate::layout::Chrome;
use crate::site::Page;
use crate::site::error::WebError;
use crate::site::form::Body;
use crate::site::recorded::{label, typed_in_words};
use crate::views::sheet_text::{Found, Quoted, SheetTextPage};

/// GET /referent/systems/{id}/record/text
pub(super) async fn show(dossier: Dossier) -> Result<Html<String>, WebError> {
    dossier.must(dossier.rights().write)?;
    dossier.text_page(dossier.signed.chrome(&dossier.app), None)
}

/// POST /referent/systems/{id}/record/text: `text`, and `act`, `check` or `propose`.
pub(super) async fn act(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let text = form.text("text");
    form.at_most("text", LONGEST);
    if !form.is_right() {
        let page = dossier.text_page(form.back(dossier.signed.chrome(&dossier.app)), None)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let sheet = read(&text);
    let (new, known) = dossier.sorted(&sheet).await?;
    if form.optional("act") == "propose" && !new.is_empty() {
        let filled = new.keys().cloned().collect::<Vec<_>>().join(",");
        let acts = [Event::RecordProposed { system: dossier.id.clone(), proposals: new.clone() }];
        if dossier.record_acts(&mut form, "text", &acts).await? {
            return Ok(Redirect::to(&format!("{}?filled={filled}#proposals", dossier.record_url())).into_response());
        }
    }
    let found = Found { new: dossier.quoted(&new), known: dossier.quoted(&known), left: sheet.left };
    Ok(dossier.text_page(form.back(dossier.signed.chrome(&dossier.app)), Some(found))?.into_response())
}

impl Dossier {
    /// What the sheet says of fields that are empty, and of fields that are recorded or that the dossier fills in: those it does
    /// not change.
    async fn sorted(&self, sheet: &Sheet) -> Result<(Proposals, Proposals), WebError> {
        let (recorded, known) = (self.record(), self.known_values().await?);
        let ours = |field: &String| recorded.fields.contains_key(field) || known.contains_key(field);
        Ok(sheet.proposals.clone().into_iter().partition(|(field, _)| !ours(field)))
    }

    fn quoted(&self, proposals: &Proposals) -> Vec<Quoted> {
        let quoted = proposals.iter().map(|(field, proposal)| Quoted {
            label: label(field, self.locale()).to_owned(),
            value: typed_in_words(field, &proposal.value, self.locale()),
            quote: proposal.quote.clone(),
        });
        quoted.collect()
    }

    fn text_page(&self, chrome: Chrome, found: Option<Found>) -> Result<Html<String>, WebError> {
        let page =
            SheetTextPage { name: self.system.sheet.name.clone(), url: self.record_url(), system_url: self.url(), found, chrome };
        Ok(Html(page.render(self.locale())?))
    }
}
