//! The system's own evaluation: is this the smallest model that passes?

use axum::Router;
use gouvernail_register::Event;

use super::{Cards, Dossier, oversight};
use crate::layout::fact;
use crate::site::Page;
use crate::site::app::App;
use crate::site::described::result;
use crate::site::error::WebError;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::{EvaluationCard, Part};

/// Most questions that a form accepts.
const MOST: u32 = 1_000_000;
/// Most candidate models that a form accepts.
const MOST_MODELS: u32 = 1_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/evaluation", form(save))
}

pub(super) async fn card(cards: &Cards<'_>) -> Result<EvaluationCard, WebError> {
    let (dossier, locale) = (cards.dossier, cards.dossier.locale());
    let known = dossier.system.evaluation.as_ref();
    let figure = |of: fn(&gouvernail_register::Evaluation) -> u32| known.map(|known| of(known).to_string()).unwrap_or_default();
    let facts = known.map(|known| {
        vec![
            fact("fact-result", &result(known, locale)),
            fact("field-set", &known.evaluation),
            fact("fact-version", &known.version),
            fact("field-smaller", &known.smaller_that_pass.to_string()),
        ]
    });
    Ok(EvaluationCard {
        card: cards.card(Part::Evaluation, facts.unwrap_or_default()),
        set: known.map(|known| known.evaluation.clone()).unwrap_or_default(),
        passed: figure(|known| known.passed),
        total: figure(|known| known.total),
        required: figure(|known| known.required),
        smaller: figure(|known| known.smaller_that_pass),
        oversight: oversight::fields(dossier).await?,
    })
}

/// POST /referent/systems/{id}/evaluation
async fn save(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let evaluation = form.text("evaluation-set");
    let passed = form.number("evaluation-passed", 0, MOST);
    let total = form.number("evaluation-total", 1, MOST);
    let required = form.number("evaluation-required", 1, MOST);
    for (field, figure) in [("evaluation-passed", passed), ("evaluation-required", required)] {
        if form.is_right() && figure > total {
            form.wrong(field, dossier.locale().t("mistake-more-than"));
        }
    }
    let smaller_that_pass = form.number("evaluation-smaller", 0, MOST_MODELS);
    let version = dossier.version(&mut form, "evaluation-set");
    let system = dossier.id.clone();
    let event = Event::Evaluated { system, version, evaluation, passed, total, required, smaller_that_pass };
    dossier.act(form, (Part::Evaluation, "evaluation-set"), "saved", vec![event]).await
}
