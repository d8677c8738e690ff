//! On whom the systems depend (proposition 9): suppliers, countries, and what happens if one stops.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::response::Html;
use gouvernail_register::{Event, Host, Recorded, Register, System, is_in_union};
use gouvernail_store::Count;
use jiff::SignedDuration;

use super::READERS;
use super::council::host_of;
use crate::i18n::Locale;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::visit::SignedIn;
use crate::site::words;
use crate::views::dependency::{Dependency, IfItStops, SupplierRow};

/// Days of the period.
const DAYS: i64 = 365;

/// GET /council/dependency
pub async fn show(State(app): State<App>, signed: SignedIn) -> Result<Html<String>, WebError> {
    signed.allow(&READERS)?;
    let (known, locale) = (app.live.snapshot(), signed.visit.locale);
    let register = &known.register;
    let counts = app.store.counts_since(app.now() - SignedDuration::from_hours(24 * DAYS)).await?;
    let calls = calls_by_host(register, &app.live.history().await?, &counts);
    let suppliers = suppliers(register, &calls, locale);
    let total: u64 = calls.values().sum();
    let largest = suppliers.iter().filter(|one| !one.ours && one.calls > 0).max_by_key(|one| one.calls);
    let outside: u64 = calls.iter().filter(|(id, _)| register.hosts.get(*id).is_none_or(is_outside)).map(|(_, calls)| calls).sum();
    let share = |part: u64| if total == 0 { String::new() } else { percent(part, total, locale) };
    let running = register.systems.values().filter(|system| system.retired.is_none());
    let page = Dependency {
        chrome: signed.chrome(&app),
        calls: total as usize,
        largest: share(largest.map_or(0, |one| one.calls)),
        largest_name: largest.map(|one| one.name.clone()).unwrap_or_default(),
        outside: share(outside),
        countries: countries(register, &calls).into_iter().map(|(code, calls)| (code, share(calls))).collect(),
        suppliers: suppliers.into_iter().map(|one| row(one, total, locale)).collect(),
        stops: running.filter_map(|system| if_it_stops(register, system, locale)).collect(),
    };
    Ok(Html(page.render(locale)?))
}

/// Calls of each host. A call is counted where the version that made it ran, even if another is in force since.
fn calls_by_host(register: &Register, history: &[Recorded], counts: &[Count]) -> BTreeMap<String, u64> {
    let mut models: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for recorded in history {
        if let Event::VersionDeclared { system, version, model, .. } = &recorded.event {
            models.insert((system, version), model);
        }
    }
    let mut calls = BTreeMap::new();
    for count in counts.iter().filter(|count| matches!(count.kind.as_str(), "invocation" | "case_use")) {
        let (Some(system), Some(version)) = (&count.system, &count.version) else { continue };
        let model = models.get(&(system.as_str(), version.as_str())).and_then(|model| register.models.get(*model));
        *calls.entry(model.map(|model| model.host.clone()).unwrap_or_default()).or_default() += count.count;
    }
    calls
}

/// Machines or law outside the Union. A host of which nothing is known is outside: one says so rather than the contrary.
fn is_outside(host: &Host) -> bool {
    let law = &host.traits.jurisdiction;
    !host.embedded && (!is_in_union(&host.country) || (!law.is_empty() && !is_in_union(law)))
}

struct Supplier {
    name: String,
    ours: bool,
    places: BTreeSet<String>,
    systems: Vec<String>,
    calls: u64,
}

/// Hosts of one supplier are one dependency, the largest first.
fn suppliers(register: &Register, calls: &BTreeMap<String, u64>, locale: &Locale) -> Vec<Supplier> {
    let mut found: BTreeMap<String, Supplier> = BTreeMap::new();
    for (id, host) in &register.hosts {
        let name = name_of(host, locale);
        let one = found.entry(name.clone()).or_insert_with(|| Supplier {
            name,
            ours: host.embedded,
            places: BTreeSet::new(),
            systems: Vec::new(),
            calls: 0,
        });
        one.calls += calls.get(id).copied().unwrap_or_default();
        one.places.insert(place(host, locale));
        let served = register.systems.values().filter(|system| system.retired.is_none());
        let served = served.filter(|system| model_host(register, system) == Some(id));
        one.systems.extend(served.map(|system| system.sheet.name.clone()));
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.calls));
    found
}

fn model_host<'a>(register: &'a Register, system: &System) -> Option<&'a String> {
    register.models.get(&system.version.as_ref()?.model).map(|model| &model.host)
}

fn name_of(host: &Host, locale: &Locale) -> String {
    match (host.embedded, host.traits.supplier.as_str()) {
        (true, _) => locale.t("dependency-ourselves"),
        (false, "") => host.name.clone(),
        (false, supplier) => supplier.to_owned(),
    }
}

/// "Machines : FR. Droit : US. SecNumCloud"
fn place(host: &Host, locale: &Locale) -> String {
    let mut told = vec![locale.with("dependency-machines", &host.country)];
    if !host.traits.jurisdiction.is_empty() {
        told.push(locale.with("dependency-law", &host.traits.jurisdiction));
    }
    if !host.traits.qualifications.is_empty() {
        told.push(host.traits.qualifications.join(", "));
    }
    told.join(" ")
}

fn countries(register: &Register, calls: &BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut by_country: BTreeMap<String, u64> = BTreeMap::new();
    for (id, calls) in calls {
        let country = register.hosts.get(id).map_or("?", |host| host.country.as_str());
        *by_country.entry(country.to_owned()).or_default() += calls;
    }
    let mut countries: Vec<_> = by_country.into_iter().collect();
    countries.sort_by_key(|(_, calls)| std::cmp::Reverse(*calls));
    countries
}

fn row(one: Supplier, total: u64, locale: &Locale) -> SupplierRow {
    SupplierRow {
        name: one.name,
        place: one.places.into_iter().collect::<Vec<_>>().join(" / "),
        systems: one.systems,
        calls: locale.n("number", one.calls as usize),
        share: if total == 0 { "–".to_owned() } else { percent(one.calls, total, locale) },
    }
}

/// Rounded to the unit; something is never said to be nothing.
fn percent(part: u64, total: u64, locale: &Locale) -> String {
    let rounded = (part * 100 + total / 2) / total;
    let told = if rounded == 0 && part > 0 { "< 1".to_owned() } else { rounded.to_string() };
    locale.with("percent", &told)
}

fn if_it_stops(register: &Register, system: &System, locale: &Locale) -> Option<IfItStops> {
    let host = host_of(register, system)?;
    let plan = system.skills_plan.as_ref().map(|plan| plan.continuity.clone());
    let drill = system.drill.as_ref().map(|drill| words::day(drill.on, locale.lang()));
    Some(IfItStops {
        name: system.sheet.name.clone(),
        supplier: name_of(host, locale),
        continuity: plan.unwrap_or_default(),
        drill: drill.unwrap_or_else(|| locale.t("drill-never")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    fn host(embedded: bool, country: &str, jurisdiction: &str) -> Host {
        let traits = gouvernail_register::HostTraits { jurisdiction: jurisdiction.into(), ..Default::default() };
        Host { name: "x".into(), embedded, base_url: String::new(), country: country.into(), traits, contract: None }
    }

    fn declared(host: &str, embedded: bool, country: &str) -> Vec<Event> {
        let base_url = if embedded { String::new() } else { "https://ia.example/v1".into() };
        let traits = gouvernail_register::HostTraits { supplier: "Coopérative".into(), ..Default::default() };
        let served = Event::ModelDeclared {
            model: format!("model-{host}"),
            name: host.into(),
            host: host.into(),
            open_weights: true,
            licence: "Apache-2.0".into(),
            active_billions: 1.0,
            total_billions: 1.0,
            traits: Default::default(),
        };
        let (name, host, country) = (host.into(), host.into(), country.into());
        vec![Event::HostDeclared { host, name, embedded, base_url, country, traits }, served]
    }

    fn version(label: &str, host: &str) -> Event {
        Event::VersionDeclared {
            system: "courrier".into(),
            version: label.into(),
            model: format!("model-{host}"),
            digest: String::new(),
            change: String::new(),
            substantial: false,
        }
    }

    #[test]
    fn a_call_counts_where_its_version_ran_and_hosts_of_one_supplier_are_one() {
        let mut events = [declared("ici", true, "FR"), declared("nord", false, "FR"), declared("sud", false, "US")].concat();
        events.extend([version("1", "sud"), version("2", "nord"), version("3", "ici")]);
        let recorded = |(n, event): (usize, Event)| Recorded {
            seq: n as u64 + 1,
            at: jiff::Timestamp::UNIX_EPOCH,
            author: "claire".into(),
            event,
        };
        let history: Vec<Recorded> = events.into_iter().enumerate().map(recorded).collect();
        let register = Register::replay(&history);
        let count = |kind: &str, version: &str, count| Count {
            kind: kind.into(),
            system: Some("courrier".into()),
            version: Some(version.into()),
            count,
            energy_wh: (0.0, 0.0),
        };
        let counts =
            [count("invocation", "1", 10), count("case_use", "2", 20), count("case_use", "3", 70), count("refusal", "3", 9)];
        let calls = calls_by_host(&register, &history, &counts);
        assert_eq!(calls, BTreeMap::from([("ici".into(), 70), ("nord".into(), 20), ("sud".into(), 10)]));
        let told = suppliers(&register, &calls, Locale::of(Lang::Fr));
        let told: Vec<_> = told.iter().map(|one| (one.name.as_str(), one.ours, one.calls)).collect();
        assert_eq!(told, [("Nous-mêmes", true, 70), ("Coopérative", false, 30)]);
        assert_eq!(countries(&register, &calls), [("FR".to_owned(), 90), ("US".to_owned(), 10)]);
    }

    #[test]
    fn the_union_is_left_by_the_machines_or_by_the_law() {
        assert!(!is_outside(&host(false, "FR", "DE")) && !is_outside(&host(false, "FR", "")));
        assert!(is_outside(&host(false, "US", "")) && is_outside(&host(false, "FR", "US")));
        assert!(!is_outside(&host(true, "FR", "")));
    }

    #[test]
    fn a_share_is_rounded_and_never_said_to_be_nothing() {
        let fr = Locale::of(Lang::Fr);
        assert_eq!(percent(1, 3, fr), "33\u{a0}%");
        assert_eq!(percent(1, 1000, fr), "< 1\u{a0}%");
        assert_eq!(percent(0, 1000, fr), "0\u{a0}%");
    }
}
