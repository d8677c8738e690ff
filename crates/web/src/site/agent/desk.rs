//! The list of cases, the most urgent first.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use gouvernail_cases::{Agent, Case, Contestation, Status, code};
use gouvernail_register::{Action, Call, Requirement};
use gouvernail_store::Role;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use super::page::title_of;
use crate::i18n::Lang;
use crate::layout::FieldError;
use crate::site::Page;
use crate::site::address::{case_page, segment};
use crate::site::app::App;
use crate::site::casework::{agent, events_of};
use crate::site::error::WebError;
use crate::site::second_look::is_free;
use crate::site::visit::SignedIn;
use crate::site::words;
use crate::views::desk::{CaseRow, Closed, Desk, Stage};

/// Open cases read at once.
const READ: i64 = 1000;
/// Open cases shown.
const SHOWN: usize = 100;
/// Decided cases shown.
const DECIDED: i64 = 20;
/// Where the rules send whoever lacks a training.
const TRAINING: &str = "/training/";

/// GET /desk
pub async fn show(State(app): State<App>, who: SignedIn) -> Page {
    who.allow(&[Role::Agent])?;
    Ok(Html(list(&app, &who).await?.render(who.visit.locale)?).into_response())
}

/// What the search form sends.
#[derive(Deserialize)]
pub struct Sought {
    #[serde(default)]
    find: String,
}

/// GET /desk/find
pub async fn find(State(app): State<App>, who: SignedIn, Query(sought): Query<Sought>) -> Page {
    who.allow(&[Role::Agent])?;
    let sought = sought.find.trim();
    let by_code = match code::hash(sought) {
        Ok(hash) => app.store.find_case_by_code_hash(&hash).await?,
        Err(_) => None,
    };
    let found = match by_code {
        Some(file) => Some(file),
        None => app.store.find_case_by_reference(sought).await?,
    };
    if let Some(file) = found {
        return Ok(Redirect::to(&case_page(&file.reference)).into_response());
    }
    let mut page = list(&app, &who).await?;
    page.chrome.typed.insert("find".to_owned(), sought.to_owned());
    page.chrome.errors.push(FieldError { field: "find".to_owned(), message: who.visit.locale.t("desk-find-unknown") });
    Ok((StatusCode::NOT_FOUND, Html(page.render(who.visit.locale)?)).into_response())
}

async fn list(app: &App, who: &SignedIn) -> Result<Desk, WebError> {
    let me = agent(&who.person);
    let (mut rows, mut more) = (Vec::new(), 0);
    for status in [Status::Contested, Status::Untold, Status::Callback, Status::Open, Status::Decided] {
        let files = match status {
            Status::Decided => app.store.list_cases(Some(status.as_str()), DECIDED).await?,
            // A person waits behind each of these: all are read, whoever they are given to.
            Status::Contested | Status::Untold | Status::Callback => app.store.waiting_cases(status.as_str(), i64::MAX).await?,
            Status::Open => app.store.waiting_cases(status.as_str(), READ).await?,
        };
        let most = if status == Status::Open { SHOWN } else { files.len() };
        more += files.len().saturating_sub(most);
        for file in files.iter().take(most) {
            // A case whose opening is not recorded yet is not there yet.
            let Ok(case) = Case::fold(&events_of(app, &file.id).await?) else { continue };
            rows.extend(todo(app, &me, &case).map(|todo| (todo.stage, todo.order(app), row(app, who, &case, &todo))));
        }
    }
    rows.sort_by_key(|(stage, order, _)| (*stage, *order));
    let cases = rows.into_iter().map(|(_, _, row)| row).collect();
    Ok(Desk { chrome: who.chrome(app), closed: closed(app, who), cases, more })
}

/// What an agent has to do on a case, and the time that counts.
struct Todo {
    stage: Stage,
    when: When,
}

enum When {
    /// The last day to answer.
    Due(Date),
    /// When the person asked, when the case came, when it was decided.
    At(Timestamp),
}

impl Todo {
    fn at(stage: Stage, at: Timestamp) -> Self {
        Self { stage, when: When::At(at) }
    }

    /// The day, in the administration's time zone.
    fn day(&self, app: &App) -> Date {
        match self.when {
            When::Due(day) => day,
            When::At(at) => at.to_zoned_datetime(app.identity.time_zone.clone()).date(),
        }
    }

    /// What is due or came first is first; what was decided last is first.
    fn order(&self, app: &App) -> i64 {
        let midnight =
            |day: Date| day.to_zoned_datetime(app.identity.time_zone.clone()).map_or(0, |day| day.timestamp().as_second());
        match self.when {
            When::Due(day) => midnight(day),
            When::At(at) if self.stage == Stage::Decided => -at.as_second(),
            When::At(at) => at.as_second(),
        }
    }
}

/// `None` when this agent has nothing to do with the case now.
fn todo(app: &App, me: &Agent, case: &Case) -> Option<Todo> {
    second_look(app, me, case).or_else(|| to_tell(app, me, case)).or_else(|| {
        if let Some(callback) = case.open_callbacks().next() {
            return Some(Todo::at(Stage::CallBack, callback.at));
        }
        let Some(standing) = case.standing() else {
            let stage = if case.next_unseen(me).is_some() { Stage::ToJudge } else { Stage::ToDecide };
            return Some(Todo::at(stage, case.opened_at));
        };
        let mine = case.has_decided(&me.id) || case.contestations.iter().any(|contestation| contestation.is_assigned_to(&me.id));
        mine.then(|| Todo::at(Stage::Decided, standing.at))
    })
}

/// The request for a second look that is due first: mine, then one that nobody gives, whether or not I may.
fn second_look(app: &App, me: &Agent, case: &Case) -> Option<Todo> {
    let first = |holds: &dyn Fn(&Contestation) -> bool| {
        let open = case.contestations.iter().filter(|contestation| contestation.answer.is_none() && holds(contestation));
        open.min_by_key(|contestation| contestation.due)
    };
    let may_take = |c: &Contestation| case.assign(&c.id, me.clone(), c.at).is_ok();
    let at = |stage: Stage| move |c: &Contestation| Todo { stage, when: When::Due(c.due) };
    first(&|c| c.is_assigned_to(&me.id))
        .map(at(Stage::Contested))
        .or_else(|| first(&|c| is_free(app, c) && may_take(c)).map(at(Stage::ToTake)))
        .or_else(|| first(&|c| is_free(app, c)).map(at(Stage::Nobody)))
}

/// A use of which no letter speaks: for who decided, for everybody once they have left.
fn to_tell(app: &App, me: &Agent, case: &Case) -> Option<Todo> {
    let (since, decision) = (case.untold().first()?.at, case.decision.as_ref()?);
    let left = app.live.snapshot().directory.person(&decision.agent.id).is_none();
    (left || case.has_decided(&me.id)).then(|| Todo::at(Stage::ToTell, since))
}

fn row(app: &App, who: &SignedIn, case: &Case, todo: &Todo) -> CaseRow {
    let (locale, day) = (who.visit.locale, todo.day(app));
    let today = app.now().to_zoned_datetime(app.identity.time_zone.clone()).date();
    let key = match todo.stage {
        Stage::Contested | Stage::ToTake | Stage::Nobody => "desk-due",
        Stage::ToTell => "desk-used",
        Stage::CallBack => "desk-asked",
        Stage::ToJudge | Stage::ToDecide => "desk-received",
        Stage::Decided => "desk-decided",
    };
    CaseRow {
        reference: case.reference.clone(),
        title: title_of(&case.subject).0,
        url: case_page(&case.reference),
        stage: todo.stage,
        when: locale.with(key, &words::day(day, locale.lang())),
        late: matches!(todo.when, When::Due(_)) && today > day,
    }
}

/// Systems in service that touch cases and that the rules refuse to this agent now.
fn closed(app: &App, who: &SignedIn) -> Vec<Closed> {
    let known = app.live.snapshot();
    let (now, lang) = (app.now(), who.visit.locale.lang());
    let in_service =
        known.register.systems.iter().filter(|(_, system)| system.sheet.touches_cases && system.authorisation.is_some());
    let refused = in_service.filter_map(|(id, system)| {
        let call = Call::ordinary(id, system, Some(&who.person.id));
        // Rules that cannot be read refuse, and the referent is told elsewhere.
        let missing = app.rules.decide(&known.register, Action::Call, &call, now).map(|decision| decision.missing).ok()?;
        let training = missing.iter().find(|requirement| requirement.fix.starts_with(TRAINING));
        let words = |requirement: &Arc<Requirement>| if lang == Lang::Fr { requirement.fr.clone() } else { requirement.en.clone() };
        (!missing.is_empty()).then(|| Closed {
            tool: system.sheet.name.clone(),
            reasons: missing.iter().map(words).collect(),
            training_url: training.map(|requirement| requirement.fix.replace("{system}", &segment(id))).unwrap_or_default(),
        })
    });
    refused.collect()
}
