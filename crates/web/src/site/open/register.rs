//! The public register: every system, also those that are refused or stopped.

use axum::extract::{Path, Query, State};
use axum::response::Html;
use gouvernail_register::{Automation, System, slug};
use gouvernail_store::Snapshot;
use jiff::Timestamp;
use serde::Deserialize;

use super::{Anybody, chrome, history, report};
use crate::i18n::{Lang, Locale};
use crate::layout::{Fact, fact};
use crate::site::app::App;
use crate::site::described::{host_in_words, model_in_words, purpose, result, risk, stage};
use crate::site::error::WebError;
use crate::site::outlook::{Outlook, standing_of};
use crate::site::recorded;
use crate::site::visit::Visit;
use crate::site::{exports, words};
use crate::views::register::{PublicRow, PublicSystem, Register};

/// Where the whole register can be had as data.
const DATA: &str = "/register.json";

/// What is looked for in the list.
#[derive(Debug, Default, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

impl Search {
    /// Whether every word of the search is in what is said of the system, accents and capitals aside.
    fn finds(&self, row: &PublicRow) -> bool {
        let said = plain(&format!("{} {}", row.name, row.purpose));
        self.q.split_whitespace().all(|word| said.contains(&plain(word)))
    }
}

fn plain(words: &str) -> String {
    words.split_whitespace().map(|word| slug(word, "")).collect::<Vec<_>>().join("-")
}

/// GET /register
pub async fn list(
    State(app): State<App>,
    visit: Visit,
    anybody: Anybody,
    Query(search): Query<Search>,
) -> Result<Html<String>, WebError> {
    let (known, now) = (app.live.snapshot(), app.now());
    let counts = app.store.counts_since(year_start(&app, now)).await?;
    let mut systems = Vec::new();
    for (id, system) in &known.register.systems {
        let own = counts.iter().filter(|count| count.kind == "case_use" && count.system.as_deref() == Some(id.as_str()));
        let row = PublicRow {
            name: system.sheet.name.clone(),
            purpose: purpose(&system.sheet, visit.locale),
            url: format!("/register/{id}"),
            standing: standing_of(&app, &known, id, system, now)?,
            touched: own.map(|count| count.count as usize).sum(),
        };
        systems.extend(Some(row).filter(|row| search.finds(row)));
    }
    let page = Register {
        chrome: chrome(&app, &visit, &anybody),
        systems,
        sought: search.q.trim().to_owned(),
        data_url: DATA.into(),
        exports: exports(visit.locale),
    };
    Ok(Html(page.render(visit.locale)?))
}

/// GET /register/{id}
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    anybody: Anybody,
    Path(id): Path<String>,
) -> Result<Html<String>, WebError> {
    let (known, locale) = (app.live.snapshot(), visit.locale);
    let system = known.register.systems.get(&id).ok_or(WebError::NotFound)?;
    let notice = system.notice.as_ref().map(|notice| match locale.lang() {
        Lang::Fr => notice.fr.clone(),
        Lang::En => notice.en.clone(),
    });
    let notice = notice.unwrap_or_default();
    let channel = system.human_channel.as_ref();
    let outlook = Outlook::of(&app, &known, &id, app.now())?;
    let stage = fact("public-stage", &locale.t(stage(outlook.stage)));
    let page = PublicSystem {
        chrome: chrome(&app, &visit, &anybody),
        name: system.sheet.name.clone(),
        purpose: purpose(&system.sheet, locale),
        standing: outlook.standing,
        stopped: system.stopped.clone().unwrap_or_default(),
        does: notice.does,
        does_not: notice.does_not,
        data: notice.data.into_iter().map(|data| (data.label, data.source)).collect(),
        facts: [vec![stage], facts(&app, &known, system, locale)].concat(),
        record: system.record.as_ref().map(|record| recorded::told(record, locale)).unwrap_or_default(),
        history: history::in_words(&app, &app.live.history().await?, &id, locale),
        voice: report::voice(&app, &id, system, locale).await?,
        data_url: DATA.into(),
        phone: channel.map_or_else(|| app.identity.phone.clone(), |channel| channel.telephone.clone()),
        hours: channel.map_or_else(|| app.identity.hours.clone(), |channel| channel.hours.clone()),
        post: app.identity.post.clone(),
    };
    Ok(Html(page.render(locale)?))
}

/// Who answers for it and decides, the model and its host, and what holds until when.
fn facts(app: &App, known: &Snapshot, system: &System, locale: &Locale) -> Vec<Fact> {
    let last_day = |until: Timestamp| words::last_day(until, &app.identity.time_zone, locale.lang());
    let mut facts = vec![
        fact("public-owner", &owner(known, system, locale)),
        fact("public-decides", &locale.t(who_decides(system))),
        fact("public-risk", &locale.t(risk(system.sheet.risk).1)),
    ];
    let model = system.version.as_ref().and_then(|version| known.register.models.get(&version.model));
    if let Some(model) = model {
        facts.push(fact("fact-model", &model_in_words(model, locale)));
        facts.extend(known.register.hosts.get(&model.host).map(|host| fact("fact-host", &host_in_words(host))));
    }
    facts.extend(system.evaluation.as_ref().map(|evaluation| fact("fact-result", &result(evaluation, locale))));
    facts.extend(system.consultation.as_ref().map(|consultation| fact("public-consultation", &consultation.answer)));
    let signatures = system.studies.values().filter_map(|study| study.signature.as_ref());
    facts.extend(signatures.map(|signature| fact("public-study", &last_day(signature.until))));
    facts.extend(system.authorisation.as_ref().map(|held| fact("public-until", &last_day(held.until))));
    facts
}

/// The owner's name is public once they accepted to answer for the system.
fn owner(known: &Snapshot, system: &System, locale: &Locale) -> String {
    match system.owner.as_ref().filter(|owner| owner.accepted) {
        Some(owner) => locale.with("public-owner-role", known.directory.name(&owner.person)),
        None => locale.t("public-nobody"),
    }
}

fn who_decides(system: &System) -> &'static str {
    match system.sheet.automation {
        Automation::Full => "decides-tool",
        Automation::Assisted if system.sheet.touches_cases => "decides-agent-first",
        Automation::Assisted => "decides-agent",
    }
}

/// The first instant of this year, where the administration is.
fn year_start(app: &App, now: Timestamp) -> Timestamp {
    let today = now.to_zoned_datetime(app.identity.time_zone.clone());
    let first = today.date().first_of_year().to_zoned_datetime(app.identity.time_zone.clone());
    first.map_or(now, |first| first.timestamp())
}
