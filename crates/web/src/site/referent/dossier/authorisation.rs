//! The right to run, which an elected official gives and withdraws.

use axum::Router;
use gouvernail_register::{Event, Risk, missing_to_authorise};
use jiff::ToSpan;

use super::{Cards, Dossier};
use crate::layout::fact;
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::outlook::in_order;
use crate::site::referent::form;
use crate::views::system::{AuthorisationCard, Part};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/authorisation", form(give))
        .route("/referent/systems/{id}/authorisation/trial", form(try_out))
        .route("/referent/systems/{id}/authorisation/end", form(end))
}

pub(super) fn card(cards: &Cards<'_>) -> Result<AuthorisationCard, WebError> {
    let dossier = cards.dossier;
    let known = dossier.system.authorisation.as_ref();
    let facts = known.map(|known| {
        vec![
            fact("fact-scope", &known.scope),
            fact("fact-version", &known.version),
            fact("fact-signed-by", &dossier.name(&known.signatory)),
            fact("fact-until", &dossier.last_day(known.until)),
            fact("fact-kind", &dossier.locale().t(if known.experiment { "mandate-trial" } else { "mandate-service" })),
        ]
    });
    let missing = |experiment| {
        let found = missing_to_authorise(&dossier.known.register, &dossier.app.rules, &dossier.id, experiment, dossier.now);
        Ok::<_, WebError>(cards.told(&in_order(found.map_err(|refused| WebError::Internal(refused.to_string()))?)))
    };
    let today = dossier.date(dossier.now);
    Ok(AuthorisationCard {
        card: cards.card(Part::Authorisation, facts.unwrap_or_default()),
        scope: known.map_or_else(|| usual_scope(dossier), |known| known.scope.clone()),
        until: today.saturating_add(1.year()).to_string(),
        version: dossier.system.version.as_ref().map(|version| version.label.clone()).unwrap_or_default(),
        digest: dossier.system.version.as_ref().map(|version| version.digest.clone()).unwrap_or_default(),
        in_force: known.is_some() && cards.outlook.lacks(Part::Authorisation).next().is_none(),
        before: missing(false)?,
        before_trial: missing(true)?,
        trial_until: today.saturating_add(3.months()).to_string(),
        by_referent: dossier.system.sheet.risk == Risk::Low,
    })
}

/// What is proposed before one is written: where nobody's rights are weighed, everybody may use it.
fn usual_scope(dossier: &Dossier) -> String {
    if dossier.system.sheet.risk == Risk::Low { dossier.locale().t("scope-everybody") } else { String::new() }
}

/// POST /referent/systems/{id}/authorisation
async fn give(dossier: Dossier, body: Body) -> Page {
    sign(dossier, body, ("authorisation-scope", "authorisation-until", "authorisation"), false).await
}

/// POST /referent/systems/{id}/authorisation/trial
///
/// Six months at most: the register holds it.
async fn try_out(dossier: Dossier, body: Body) -> Page {
    sign(dossier, body, ("trial-scope", "trial-until", "trial-until"), true).await
}

/// The mandate of both; a refusal is shown at the field `refused`.
async fn sign(dossier: Dossier, body: Body, (scope, until, refused): (&str, &str, &str), experiment: bool) -> Page {
    dossier.must(dossier.rights().authorise)?;
    let mut form = dossier.form(body);
    let event = Event::Authorised {
        system: dossier.id.clone(),
        version: dossier.version(&mut form, refused),
        scope: form.text(scope),
        from: dossier.now,
        until: form.until(until, dossier.now, &dossier.app.identity.time_zone),
        digest: form.optional("authorisation-digest"),
        experiment,
    };
    dossier.act(form, (Part::Authorisation, refused), "authorised", vec![event]).await
}

/// POST /referent/systems/{id}/authorisation/end
async fn end(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().authorise)?;
    let mut form = dossier.form(body);
    let event = Event::AuthorisationEnded { system: dossier.id.clone(), reason: form.text("end-reason") };
    dossier.act(form, (Part::Authorisation, "end-reason"), "ended", vec![event]).await
}

impl Dossier {
    /// Label of the version in force; a mistake at `field` when none is declared.
    pub(super) fn version(&self, form: &mut Filled<'_>, field: &str) -> String {
        if self.system.version.is_none() {
            form.wrong(field, self.locale().t("mistake-version"));
        }
        self.system.version.as_ref().map(|version| version.label.clone()).unwrap_or_default()
    }
}
