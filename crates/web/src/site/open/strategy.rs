//! What the administration seeks with AI, and what serves it, for everybody.

use axum::extract::State;
use axum::response::Html;
use gouvernail_register::{Objective, PoliticalText};
use gouvernail_store::Snapshot;

use super::{Anybody, chrome};
use crate::i18n::Locale;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::outlook::Outlook;
use crate::site::visit::Visit;
use crate::site::{described, words};
use crate::views::strategy::{Serves, Sought, StrategyPage, Told};

/// GET /strategy
pub async fn show(State(app): State<App>, visit: Visit, anybody: Anybody) -> Result<Html<String>, WebError> {
    let (known, locale) = (app.live.snapshot(), visit.locale);
    let register = &known.register;
    let strategy = register.strategy.as_ref();
    let texts = [
        ("part-strategy", strategy.map(|strategy| &strategy.text)),
        ("part-roadmap", register.roadmap.as_ref()),
        ("part-doctrine", register.doctrine.as_ref()),
    ];
    let objectives = strategy.map(|strategy| strategy.objectives.as_slice()).unwrap_or_default();
    let page = StrategyPage {
        chrome: chrome(&app, &visit, &anybody),
        texts: texts.into_iter().filter_map(|(kind, text)| Some(told(kind, text?, locale))).collect(),
        sought: objectives.iter().map(|objective| sought(&app, &known, objective, locale)).collect::<Result<_, _>>()?,
    };
    Ok(Html(page.render(locale)?))
}

fn told(kind: &'static str, text: &PoliticalText, locale: &Locale) -> Told {
    let paragraphs = text.words.lines().map(str::trim).filter(|line| !line.is_empty());
    Told {
        kind,
        title: text.title.clone(),
        version: text.version.clone(),
        adopted: words::day(text.adopted, locale.lang()),
        voted: text.voted.clone(),
        words: paragraphs.map(str::to_owned).collect(),
        url: text.url.clone(),
    }
}

/// An objective and the systems that serve it; the refused and the retired serve nothing any more.
fn sought(app: &App, known: &Snapshot, objective: &Objective, locale: &Locale) -> Result<Sought, WebError> {
    let mut serve = Vec::new();
    for (id, system) in &known.register.systems {
        let ended = system.refused.is_some() || system.retired.is_some();
        if system.sheet.objective == objective.id && !ended {
            let outlook = Outlook::of(app, known, id, app.now())?;
            serve.push(Serves {
                name: system.sheet.name.clone(),
                purpose: described::purpose(&system.sheet, locale),
                url: format!("/register/{id}"),
                stage: described::stage(outlook.stage),
            });
        }
    }
    Ok(Sought { title: objective.title.clone(), serve })
}
