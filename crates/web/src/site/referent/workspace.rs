//! Every system at a glance, the next step of each first.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use gouvernail_register::{Action, Automation, Call, Event, Risk, System, SystemSheet, unique_slug};
use gouvernail_store::{Count, Role, Snapshot};
use jiff::Timestamp;
use serde::Deserialize;

use super::{READERS, record, undeclared};
use crate::layout::Chrome;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::outlook::{Outlook, in_words, is_of_organisation};
use crate::site::visit::SignedIn;
use crate::site::{Page, described, words};
use crate::views::workspace::{Missing, Standing, SystemRow, Workspace};

/// What is known of a system before it is declared.
#[derive(Debug, Default, Deserialize)]
pub struct Prefilled {
    name: Option<String>,
}

/// GET /referent
pub async fn show(State(app): State<App>, Query(known): Query<Prefilled>, signed: SignedIn) -> Result<Html<String>, WebError> {
    signed.allow(&READERS)?;
    let mut chrome = signed.chrome(&app);
    if let Some(name) = known.name {
        chrome.typed.insert("name".to_owned(), name);
    }
    page(&app, &signed, chrome).await
}

/// POST /referent/systems
pub async fn declare(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let known = app.live.snapshot();
    let (name, purpose) = (form.text("name"), form.text("purpose"));
    let touches_cases = form.yes("touches");
    let risk = form.choice("risk", &described::RISKS);
    let system = unique_slug(&name, "systeme", |id| known.register.systems.contains_key(id));
    let sheet = first_sheet(&known, name, purpose, touches_cases, risk);
    let act = Event::SystemDeclared { system: system.clone(), sheet };
    if form.is_right() && record(&app, &signed, &mut form, "name", vec![act]).await? {
        return Ok(Redirect::to(&format!("/referent/systems/{system}?done=saved")).into_response());
    }
    let again = page(&app, &signed, form.back(signed.chrome(&app))).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

/// A sheet to begin with: a human decides, nothing learns alone, and a strategy of one objective is served by it.
fn first_sheet(known: &Snapshot, name: String, purpose: String, touches_cases: bool, risk: Risk) -> SystemSheet {
    let objectives = known.register.strategy.as_ref().map(|strategy| strategy.objectives.as_slice()).unwrap_or_default();
    SystemSheet {
        name,
        purpose_fr: purpose.clone(),
        purpose_en: purpose,
        objective: if let [only] = objectives { only.id.clone() } else { String::new() },
        risk,
        automation: Automation::Assisted,
        self_learning: false,
        sensitive_data: false,
        touches_cases,
        decisions: Vec::new(),
        classification: Default::default(),
    }
}

async fn page(app: &App, signed: &SignedIn, chrome: Chrome) -> Result<Html<String>, WebError> {
    let (known, now) = (app.live.snapshot(), app.now());
    let counts = counts(&app.store.counts_since(month_start(app, now)).await?);
    let needs = needs(app, &known, signed, now)?;
    let mut systems = Vec::new();
    for (id, system) in &known.register.systems {
        let outlook = Outlook::of(app, &known, id, now)?;
        systems.push(row(app, signed, id, system, &outlook, counts.get(id).copied().unwrap_or_default()));
    }
    systems.sort_by_key(|row| match row.standing {
        Standing::Stopped => 0,
        Standing::Refused => 1,
        Standing::Allowed => 2,
    });
    let undeclared =
        if signed.is(Role::Referent) { undeclared::seen(app, &known, signed.visit.locale, now).await? } else { Vec::new() };
    let page = Workspace { chrome, needs, systems, undeclared, may_declare: signed.is(Role::Referent) };
    Ok(Html(page.render(signed.visit.locale)?))
}

/// What the administration itself lacks, asked of the rules as for a system that does not exist yet.
fn needs(app: &App, known: &Snapshot, signed: &SignedIn, now: Timestamp) -> Result<Vec<Missing>, WebError> {
    let call = Call { system: String::new(), model: String::new(), person: None, case: None };
    let decision = app.rules.decide(&known.register, Action::Authorise, &call, now);
    let missing = decision.map_err(|error| WebError::Internal(error.to_string()))?.missing;
    let declared = known.register.organisation.is_some();
    let mut of_organisation: Vec<_> = missing.iter().filter(|lack| is_of_organisation(lack)).collect();
    of_organisation.sort_by_key(|lack| !lack.fix.ends_with("#organisation"));
    // Whether the public log is kept is a line of the sheet.
    of_organisation.retain(|lack| declared || !lack.fix.ends_with("#log"));
    Ok(of_organisation.into_iter().map(|lack| in_words(lack, "", signed.visit.locale)).collect())
}

/// Calls that passed and calls that were refused.
type Calls = (u64, u64);

fn counts(counts: &[Count]) -> HashMap<String, Calls> {
    let mut by_system: HashMap<String, Calls> = HashMap::new();
    for count in counts {
        let Some(system) = &count.system else { continue };
        let calls = by_system.entry(system.clone()).or_default();
        match count.kind.as_str() {
            "invocation" | "case_use" => calls.0 += count.count,
            "refusal" => calls.1 += count.count,
            _ => {}
        }
    }
    by_system
}

fn row(app: &App, signed: &SignedIn, id: &str, system: &System, outlook: &Outlook, (calls, refusals): Calls) -> SystemRow {
    let locale = signed.visit.locale;
    // What the administration lacks is said once, above.
    let own = outlook.missing.iter().filter(|lack| !is_of_organisation(lack));
    let runs = system.authorisation.as_ref().filter(|_| outlook.standing == Standing::Allowed);
    SystemRow {
        name: system.sheet.name.clone(),
        purpose: described::purpose(&system.sheet, locale),
        url: format!("/referent/systems/{id}"),
        standing: outlook.standing,
        stage: described::stage(outlook.stage),
        missing: own.map(|lack| in_words(lack, id, locale)).collect(),
        until: runs.map(|held| words::last_day(held.until, &app.identity.time_zone, locale.lang())).unwrap_or_default(),
        calls: calls as usize,
        refusals: refusals as usize,
    }
}

/// The first instant of this month, where the administration is.
fn month_start(app: &App, now: Timestamp) -> Timestamp {
    let today = now.to_zoned_datetime(app.identity.time_zone.clone());
    let first = today.date().first_of_month().to_zoned_datetime(app.identity.time_zone.clone());
    first.map_or(now, |first| first.timestamp())
}
