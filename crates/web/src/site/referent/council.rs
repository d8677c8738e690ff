//! One page to print before the council.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Html;
use gouvernail_register::{Register, System};
use gouvernail_store::{Count, ReportCount, Role, Snapshot};
use jiff::{SignedDuration, Timestamp};

use super::READERS;
use super::figures::{self, Figures};
use crate::i18n::Locale;
use crate::layout::{Figure, figure};
use crate::site::app::App;
use crate::site::described::host_in_words;
use crate::site::error::WebError;
use crate::site::outlook::certified;
use crate::site::visit::SignedIn;
use crate::site::words;
use crate::views::council::{Council, CouncilRow};

/// Days of the period.
const DAYS: i64 = 90;
/// Days before an end at which it is said.
const SOON: i64 = 60;

/// GET /council
pub async fn show(State(app): State<App>, signed: SignedIn) -> Result<Html<String>, WebError> {
    signed.allow(&READERS)?;
    let (known, now, locale) = (app.live.snapshot(), app.now(), signed.visit.locale);
    let since = now - SignedDuration::from_hours(24 * DAYS);
    let counts = app.store.counts_since(since).await?;
    let figures = figures::since(&app, since, now).await?;
    let mut points = points(&app, &known.register, &figures, now, locale);
    points.extend(reported(&app, now, locale).await?);
    let page = Council {
        chrome: signed.chrome(&app),
        period: period(&app, since, now, locale),
        figures: main_figures(&known, &figures, &counts, now, locale),
        systems: known.register.systems.iter().map(|(id, system)| row(id, system, &figures, &counts, locale)).collect(),
        points,
        suppliers: suppliers(&known.register),
        checked: checked(&app, &figures, locale).await?,
        observatory: app.identity.observatory.clone(),
    };
    Ok(Html(page.render(locale)?))
}

fn period(app: &App, since: Timestamp, now: Timestamp, locale: &Locale) -> String {
    let day = |at: Timestamp| words::day(at.to_zoned_datetime(app.identity.time_zone.clone()).date(), locale.lang());
    locale.pair("council-period", &day(since), &day(now))
}

fn main_figures(known: &Snapshot, figures: &Figures, counts: &[Count], now: Timestamp, locale: &Locale) -> Vec<Figure> {
    let of = |n: u64, total: u64| match total {
        0 => "0".to_owned(),
        _ => locale.of_total("out-of", n as usize, total as usize),
    };
    let trained: BTreeSet<&str> =
        known.register.systems.values().flat_map(|system| certified(known, system, now)).map(|(person, _)| person).collect();
    let agents = known.directory.with_role(Role::Agent);
    let trained = agents.iter().filter(|agent| trained.contains(agent.id.as_str())).count();
    vec![
        counted("figure-decisions", figures.decisions),
        figure("figure-departed", figures.departed.0 as usize, of(figures.departed.0, figures.departed.1)),
        counted("figure-contests", figures.contests),
        counted("figure-late", figures.late),
        figure("figure-trained", trained, of(trained as u64, agents.len() as u64)),
        figure("figure-energy", 1, energy(counts.iter(), locale)),
    ]
}

fn counted(label: &'static str, count: u64) -> Figure {
    figure(label, count as usize, count.to_string())
}

fn energy<'a>(counts: impl Iterator<Item = &'a Count>, locale: &Locale) -> String {
    let (low, high) = counts.fold((0.0, 0.0), |(low, high), count| (low + count.energy_wh.0, high + count.energy_wh.1));
    words::energy(low, high, locale)
}

fn row(id: &str, system: &System, figures: &Figures, counts: &[Count], locale: &Locale) -> CouncilRow {
    let own = || counts.iter().filter(|count| count.system.as_deref() == Some(id));
    let sum = |kinds: &[&str]| own().filter(|count| kinds.contains(&count.kind.as_str())).map(|count| count.count as usize).sum();
    CouncilRow {
        name: system.sheet.name.clone(),
        calls: sum(&["invocation", "case_use"]),
        refusals: sum(&["refusal"]),
        decisions: figures.by_system.get(id).copied().unwrap_or_default() as usize,
        energy: energy(own(), locale),
    }
}

/// Stopped systems, what ends soon, answers that came late.
fn points(app: &App, register: &Register, figures: &Figures, now: Timestamp, locale: &Locale) -> Vec<String> {
    let soon = now + SignedDuration::from_hours(24 * SOON);
    let ends = |key: &str, name: &str, until: Timestamp| {
        let day = words::last_day(until, &app.identity.time_zone, locale.lang());
        (now < until && until <= soon).then(|| locale.pair(key, name, &day))
    };
    let mut points = Vec::new();
    for system in register.systems.values() {
        let name = system.sheet.name.as_str();
        points.extend(system.stopped.as_ref().map(|reason| locale.pair("point-stopped", name, reason)));
        points.extend(system.authorisation.as_ref().and_then(|held| ends("point-ends", name, held.until)));
        let signatures = system.studies.values().filter_map(|study| study.signature.as_ref());
        points.extend(signatures.filter_map(|signature| ends("point-study-ends", name, signature.until)));
        let contract = host_of(register, system).and_then(|host| host.contract.as_ref());
        points.extend(contract.and_then(|contract| ends("point-contract-ends", name, contract.until)));
    }
    if figures.late > 0 {
        points.push(locale.n("point-late", figures.late as usize));
    }
    points
}

/// Problems that the public reported and that wait, or waited too long.
async fn reported(app: &App, now: Timestamp, locale: &Locale) -> Result<Vec<String>, WebError> {
    let counts = app.store.report_counts(now).await?;
    let sum = |of: fn(&ReportCount) -> u64| counts.iter().map(of).sum::<u64>() as usize;
    let told = [("point-reports", sum(|count| count.open)), ("point-reports-late", sum(|count| count.late))];
    Ok(told.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| locale.n(key, n)).collect())
}

pub(super) fn host_of<'a>(register: &'a Register, system: &System) -> Option<&'a gouvernail_register::Host> {
    let model = register.models.get(&system.version.as_ref()?.model)?;
    register.hosts.get(&model.host)
}

/// Hosts outside the administration on which a version in force depends, each once.
fn suppliers(register: &Register) -> Vec<String> {
    let hosts = register.systems.values().filter_map(|system| host_of(register, system)).filter(|host| !host.embedded);
    hosts.map(host_in_words).collect::<BTreeSet<_>>().into_iter().collect()
}

async fn checked(app: &App, figures: &Figures, locale: &Locale) -> Result<Vec<String>, WebError> {
    let size = app.store.head().await?.size;
    let mut checked = vec![locale.n("council-checked-log", size as usize), locale.t("council-checked-cases")];
    if figures.partial {
        checked.push(locale.n("council-checked-part", figures::MOST as usize));
    }
    Ok(checked)
}
