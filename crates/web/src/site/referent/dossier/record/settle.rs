//! What is prefilled waits here for somebody to accept it: all at once, some of it, or set aside.

use axum::response::{IntoResponse, Redirect};
use gouvernail_register::{Event, Proposals, Record, digest_of};
use gouvernail_store::RecordError;

use super::Dossier;
use crate::site::Page;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::recorded::accept;
use crate::site::referent::refusal;

/// What somebody makes of what is prefilled, field by field.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub(super) accepted: Vec<String>,
    pub(super) set_aside: Vec<String>,
}

/// POST /referent/systems/{id}/record/proposals: `act` is `all`, `chosen` or `aside`; `read` says what was on the page.
pub(super) async fn settle(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let prefilled = dossier.prefilled().await?;
    let all: Vec<String> = prefilled.keys().cloned().collect();
    let chosen: Vec<String> = all.iter().filter(|field| form.optional(&accept(field)) == "yes").cloned().collect();
    let settled = match form.optional("act").as_str() {
        "all" => Settled { accepted: all, ..Settled::default() },
        "aside" => Settled { set_aside: chosen, ..Settled::default() },
        _ => Settled { accepted: chosen, ..Settled::default() },
    };
    if form.optional("read") != digest_of(&prefilled) {
        form.wrong_key("proposals", "proposals-moved");
    } else if settled.accepted.is_empty() && settled.set_aside.is_empty() {
        form.wrong_key("proposals", "proposals-none-chosen");
    } else if settled.set_aside.iter().any(|field| !dossier.system.proposed.contains_key(field)) {
        form.wrong_key("proposals", "proposals-of-dossier");
    }
    let done = if settled.accepted.is_empty() { "aside-proposals" } else { "accepted-proposals" };
    let record = dossier.record();
    if form.is_right() && dossier.write(&mut form, "proposals", record, (&prefilled, settled)).await? {
        return Ok(Redirect::to(&format!("{}?done={done}", dossier.record_url())).into_response());
    }
    dossier.record_again(form, "").await
}

impl Dossier {
    /// Everything that is prefilled: what sources proposed, then what the dossier itself says, in fields that nobody filled in.
    pub(super) async fn prefilled(&self) -> Result<Proposals, WebError> {
        let mut prefilled = self.known_values().await?;
        prefilled.extend(self.system.proposed.clone());
        prefilled.retain(|field, _| self.system.record.as_ref().is_none_or(|record| !record.fields.contains_key(field)));
        Ok(prefilled)
    }

    /// Records what was written and what was settled, in one go; false when the register refuses it, which is said at `field`.
    pub(super) async fn write(
        &self,
        form: &mut Filled<'_>,
        field: &str,
        written: Record,
        settled: (&Proposals, Settled),
    ) -> Result<bool, WebError> {
        let acts = self.acts(written, settled);
        self.record_acts(form, field, &acts).await
    }

    /// Records acts on the record as it was when the page was asked for, all or none.
    pub(in crate::site::referent::dossier) async fn record_acts(
        &self,
        form: &mut Filled<'_>,
        field: &str,
        acts: &[Event],
    ) -> Result<bool, WebError> {
        if acts.is_empty() {
            return Ok(true);
        }
        match self.app.live.record_on(&self.known.register, &self.app.rules, &self.signed.person.id, acts).await {
            Ok(_) => Ok(true),
            Err(RecordError::Refused(refused)) => {
                form.wrong(field, refusal(&refused, self.locale()));
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn acts(&self, written: Record, (prefilled, settled): (&Proposals, Settled)) -> Vec<Event> {
        let system = || self.id.clone();
        let (before, mut waiting) = (self.system.record.as_ref(), self.system.proposed.clone());
        waiting.retain(|field, _| !written.fields.contains_key(field));
        let mut acts = Vec::new();
        if written != before.cloned().unwrap_or_default() {
            acts.push(written.act(&self.id, before));
        }
        let Settled { accepted, set_aside } = settled;
        let fresh = accepted.iter().filter(|field| !waiting.contains_key(*field));
        let fresh: Proposals = fresh.filter_map(|field| Some((field.clone(), prefilled.get(field)?.clone()))).collect();
        if !fresh.is_empty() {
            waiting.extend(fresh.clone());
            acts.push(Event::RecordProposed { system: system(), proposals: fresh });
        }
        if !(accepted.is_empty() && set_aside.is_empty()) {
            acts.push(Event::ProposalsSettled { system: system(), accepted, set_aside, digest: digest_of(&waiting) });
        }
        acts
    }
}
