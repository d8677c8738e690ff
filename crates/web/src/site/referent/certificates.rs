//! Who is certified for what and until when, for the référent: those who are about to lapse can be told in time. Nobody is ranked.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use gouvernail_register::{Event, System};
use gouvernail_store::{Person, Role, Snapshot};
use jiff::{SignedDuration, Timestamp};

use super::passed::{self, Row};
use super::{form, record};
use crate::layout::{Choice, Chrome};
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::visit::SignedIn;
use crate::site::{Page, words};
use crate::views::certificates::{Certificates, Held, Holder, Import, ImportRow, OfSystem};

/// How long before its end a certification is about to lapse.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 90);

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/training", get(show))
        .route("/referent/training/withdraw", form(withdraw))
        .route("/referent/training/import", form(bring))
}

/// GET /referent/training
async fn show(State(app): State<App>, signed: SignedIn) -> Result<Html<String>, WebError> {
    signed.allow(&[Role::Referent])?;
    page(&app, &signed, signed.chrome(&app), None)
}

/// POST /referent/training/withdraw
async fn withdraw(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let known = app.live.snapshot();
    let offered = withdrawable(&known, app.now());
    let chosen = form.one_of("withdraw-which", offered.iter().map(|choice| choice.value.as_str()));
    let reason = form.text("withdraw-reason");
    let mut parts = chosen.splitn(3, ' ').map(str::to_owned);
    if let (Some(system), Some(person), Some(version)) = (parts.next(), parts.next(), parts.next())
        && form.is_right()
    {
        let act = Event::CertificationWithdrawn { system, version, person, reason };
        if record(&app, &signed, &mut form, "withdraw-reason", vec![act]).await? {
            return Ok(Redirect::to("/referent/training?done=withdrawn").into_response());
        }
    }
    let again = page(&app, &signed, form.back(signed.chrome(&app)), None)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

/// POST /referent/training/import
///
/// Shows what the table would do; records its good lines only when that is asked.
async fn bring(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let (known, now) = (app.live.snapshot(), app.now());
    let offered = taught(&known);
    let system = form.one_of("passed-system", offered.iter().map(|choice| choice.value.as_str()));
    let rows = passed::rows(&form.text("passed-rows"), &known.directory, now, &app.identity.time_zone);
    if !form.is_right() {
        let again = page(&app, &signed, form.back(signed.chrome(&app)), None)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
    }
    if form.optional("passed-keep") == "yes" {
        let acts = certified(&known, &system, &rows);
        if !acts.is_empty() && record(&app, &signed, &mut form, "passed-rows", acts).await? {
            return Ok(Redirect::to("/referent/training?done=imported").into_response());
        }
    }
    let import = Import { rows: rows.iter().map(|row| shown(row, &known)).collect() };
    Ok(page(&app, &signed, form.back(signed.chrome(&app)), Some(import))?.into_response())
}

/// What the good lines ask to record.
fn certified(known: &Snapshot, id: &str, rows: &[Row]) -> Vec<Event> {
    let version = known.register.systems.get(id).and_then(|system| system.version.as_ref());
    let Some(version) = version else { return Vec::new() };
    let good = rows.iter().filter_map(|row| row.read.as_ref().ok());
    good.map(|passed| Event::Certified {
        system: id.to_owned(),
        version: version.label.clone(),
        person: passed.person.clone(),
        until: passed.until,
        means: "import".to_owned(),
        passed: Some(passed.on),
        evidence: passed.evidence.clone(),
    })
    .collect()
}

fn shown(row: &Row, known: &Snapshot) -> ImportRow {
    let name = row.read.as_ref().map(|passed| known.directory.name(&passed.person).to_owned()).unwrap_or_default();
    ImportRow { line: row.line, name, cells: row.cells.clone(), wrong: row.read.as_ref().err().copied() }
}

/// Systems that have a version and a training: what is passed elsewhere is passed for one of them.
fn taught(known: &Snapshot) -> Vec<Choice> {
    let taught = known.register.systems.iter().filter(|(_, system)| system.version.is_some() && system.training.is_some());
    taught.map(|(id, system)| Choice::new(id, &system.sheet.name)).collect()
}

/// Certifications in force: "system person version" (a version may hold spaces, identifiers do not), and their words.
fn withdrawable(known: &Snapshot, now: Timestamp) -> Vec<Choice> {
    let mut offered = Vec::new();
    for (id, system) in &known.register.systems {
        let held = system.certifications.iter().filter(|(_, until)| now < **until);
        offered.extend(held.map(|((person, version), _)| {
            let words = format!("{}, {} ({version})", known.directory.name(person), system.sheet.name);
            Choice::new(format!("{id} {person} {version}"), words)
        }));
    }
    offered.sort_by(|a, b| a.words.cmp(&b.words));
    offered
}

fn page(app: &App, signed: &SignedIn, chrome: Chrome, import: Option<Import>) -> Result<Html<String>, WebError> {
    let (known, now) = (app.live.snapshot(), app.now());
    let taught_systems = known.register.systems.iter().filter(|(_, system)| system.training.is_some());
    let page = Certificates {
        chrome,
        systems: taught_systems.map(|(id, system)| of_system(app, signed, &known, (id, system), now)).collect(),
        withdrawable: withdrawable(&known, now),
        taught: taught(&known),
        import,
    };
    Ok(Html(page.render(signed.visit.locale)?))
}

fn of_system(app: &App, signed: &SignedIn, known: &Snapshot, (id, system): (&str, &System), now: Timestamp) -> OfSystem {
    let lang = signed.visit.locale.lang();
    let module = system.training.as_ref().and_then(|module| app.library.modules.get(module));
    // Agents, and whoever else passed it; by name.
    let mut people = known.directory.with_role(Role::Agent);
    let others = system.certifications.keys().filter_map(|(person, _)| known.directory.person(person));
    people.extend(others);
    people.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    people.dedup_by(|a, b| a.id == b.id);
    OfSystem {
        name: system.sheet.name.clone(),
        url: format!("/referent/systems/{id}#training"),
        module: module.map(|module| module.title(lang).to_owned()).unwrap_or_default(),
        version: system.version.as_ref().map(|version| version.label.clone()).unwrap_or_default(),
        holders: people.into_iter().map(|person| holder(app, signed, system, person, now)).collect(),
    }
}

fn holder(app: &App, signed: &SignedIn, system: &System, person: &Person, now: Timestamp) -> Holder {
    let current = system.version.as_ref().map(|version| version.label.clone()).unwrap_or_default();
    let own = |label: &str| system.certifications.get(&(person.id.clone(), label.to_owned())).copied();
    let (held, until) = match own(&current) {
        Some(until) if now + SOON < until => (Held::Valid, Some(until)),
        Some(until) if now < until => (Held::Soon, Some(until)),
        lapsed => match system.refreshable(&person.id, now) {
            Some(until) => (Held::Earlier, Some(until)),
            None => (lapsed.map_or(Held::Never, |_| Held::Lapsed), lapsed),
        },
    };
    let day = |until| words::last_day(until, &app.identity.time_zone, signed.visit.locale.lang());
    Holder { name: person.name.clone(), held, until: until.map(day).unwrap_or_default() }
}
