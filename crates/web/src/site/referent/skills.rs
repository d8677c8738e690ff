//! The strategic skills of the administration (proposition 15): declared once, at risk system by system.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use gouvernail_register::{Event, Skill, System, unique_slug};
use gouvernail_store::Role;

use super::{READERS, form, record};
use crate::layout::Chrome;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::visit::SignedIn;
use crate::site::{Page, words};
use crate::views::skills::{AtRisk, SkillRow, SkillsPage};

/// Most people that a form accepts.
const MOST: u32 = 1_000_000;
/// A skill held by fewer people than this hangs by a thread.
const FEW: u32 = 3;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/skills", get(show).post(declare)).route("/referent/skills/{skill}", form(change))
}

/// GET /referent/skills
async fn show(State(app): State<App>, signed: SignedIn) -> Result<Html<String>, WebError> {
    signed.allow(&READERS)?;
    page(&app, &signed, signed.chrome(&app))
}

/// POST /referent/skills
async fn declare(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let known = app.live.snapshot();
    let id = unique_slug(&form.optional("skill-name"), "savoir-faire", |id| known.register.skills.contains_key(id));
    let act = skill(&mut form, "skill", id);
    answer(&app, &signed, form, "skill-name", act).await
}

/// POST /referent/skills/{skill}
async fn change(State(app): State<App>, signed: SignedIn, Path(id): Path<String>, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    if !app.live.snapshot().register.skills.contains_key(&id) {
        return Err(WebError::NotFound);
    }
    let mut form = Filled::new(body, signed.visit.locale);
    let prefix = format!("skill-{id}");
    let act = skill(&mut form, &prefix, id);
    answer(&app, &signed, form, &format!("{prefix}-name"), act).await
}

fn skill(form: &mut Filled<'_>, prefix: &str, skill: String) -> Event {
    let name = form.text(&format!("{prefix}-name"));
    let why = form.text(&format!("{prefix}-why"));
    Event::SkillDeclared { skill, name, why, holders: form.number(&format!("{prefix}-holders"), 0, MOST) }
}

async fn answer(app: &App, signed: &SignedIn, mut form: Filled<'_>, field: &str, act: Event) -> Page {
    if form.is_right() && record(app, signed, &mut form, field, vec![act]).await? {
        return Ok(Redirect::to("/referent/skills?done=saved").into_response());
    }
    let again = page(app, signed, form.back(signed.chrome(app)))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

fn page(app: &App, signed: &SignedIn, chrome: Chrome) -> Result<Html<String>, WebError> {
    let known = app.live.snapshot();
    let register = &known.register;
    let mut skills: Vec<(&String, &Skill)> = register.skills.iter().collect();
    skills.sort_by_key(|(_, skill)| skill.holders);
    let at_risk = |id: &str| {
        let relies = |system: &System| system.skills_plan.as_ref().is_some_and(|plan| plan.skills.iter().any(|one| one == id));
        let systems = register.systems.iter().filter(|(_, system)| relies(system) && system.retired.is_none());
        systems.map(|(id, system)| risk(app, signed, id, system)).collect()
    };
    let row = |(id, skill): (&String, &Skill)| SkillRow {
        id: id.clone(),
        name: skill.name.clone(),
        why: skill.why.clone(),
        holders: skill.holders.to_string(),
        count: skill.holders as usize,
        class: if skill.holders < FEW { "warn" } else { "" },
        systems: at_risk(id),
    };
    let page = SkillsPage {
        chrome,
        may_write: signed.is(Role::Referent),
        skills: skills.into_iter().map(row).collect(),
        blank: SkillRow::default(),
    };
    Ok(Html(page.render(signed.visit.locale)?))
}

fn risk(app: &App, signed: &SignedIn, id: &str, system: &System) -> AtRisk {
    let (locale, now) = (signed.visit.locale, app.now());
    let quota = system.skills_plan.as_ref().map(|plan| plan.quota).unwrap_or_default();
    let drill = system.drill.as_ref();
    AtRisk {
        name: system.sheet.name.clone(),
        url: format!("/referent/systems/{id}#skills"),
        quota: locale.with("percent", &quota.to_string()),
        drill: drill.map_or_else(|| locale.t("drill-never"), |drill| words::day(drill.on, locale.lang())),
        late: drill.is_none_or(|drill| drill.until <= now),
    }
}
