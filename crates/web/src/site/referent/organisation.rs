//! The administration itself: its sheet, its strategy, its referent.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use gouvernail_register::{Event, Objective, Organisation, PoliticalText, Strategy, unique_slug};
use gouvernail_store::{Role, Snapshot};
use serde::Deserialize;

use super::{READERS, form, record};
use crate::layout::{Choice, Chrome, Fact, fact};
use crate::site::app::App;
use crate::site::described::yes_no;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::visit::SignedIn;
use crate::site::{Page, words};
use crate::views::organisation::{OrganisationPage, Section, TextFields};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/organisation", get(show))
        .route("/referent/organisation/sheet", form(declare))
        .route("/referent/organisation/strategy", form(publish))
        .route("/referent/organisation/strategy/withdraw", form(withdraw))
        .route("/referent/organisation/roadmap", form(publish_roadmap))
        .route("/referent/organisation/doctrine", form(publish_doctrine))
        .route("/referent/organisation/referent", form(appoint))
        .route("/referent/organisation/referent/left", form(left))
}

/// Where something was just done, as the address says.
#[derive(Debug, Default, Deserialize)]
struct Place {
    part: Option<String>,
}

/// GET /referent/organisation
async fn show(State(app): State<App>, Query(place): Query<Place>, signed: SignedIn) -> Result<Html<String>, WebError> {
    signed.allow(&READERS)?;
    page(&app, &signed, signed.chrome(&app), place.part.as_deref().unwrap_or_default(), "")
}

/// POST /referent/organisation/sheet
async fn declare(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let name = form.text("organisation-name");
    let siret: String = form.text("organisation-siret").chars().filter(|c| !c.is_whitespace()).collect();
    if !siret.is_empty() && !is_siret(&siret) {
        form.wrong("organisation-siret", signed.visit.locale.t("mistake-siret"));
    }
    let act = Event::OrganisationDeclared { name, siret, public_log: form.yes("log") };
    let mut acts = vec![act];
    // Whoever steers may say so at once, while nobody does.
    if form.optional("sheet-referent") == "yes" && app.live.snapshot().register.referent.is_none() {
        acts.push(Event::ReferentAppointed { person: signed.person.id.clone() });
    }
    answer_all(&app, &signed, form, ("organisation", "organisation-name"), acts).await
}

/// POST /referent/organisation/strategy
async fn publish(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let known = app.live.snapshot();
    let last = known.register.strategy.as_ref();
    let act = Event::StrategyPublished {
        version: next_version(last.map(|last| &last.text)),
        title: form.text("strategy-title"),
        url: form.address("strategy-url"),
        adopted: form.day("strategy-adopted"),
        objectives: objectives(last.map(|last| last.objectives.as_slice()), form.lines("strategy-objectives")),
        voted: form.optional("strategy-voted"),
        words: form.optional("strategy-words"),
    };
    answer(&app, &signed, form, ("strategy", "strategy-title"), act).await
}

/// Versions are numbered from 1.
fn next_version(last: Option<&PoliticalText>) -> String {
    last.and_then(|last| last.version.parse::<u32>().ok()).map_or(1, |last| last + 1).to_string()
}

/// POST /referent/organisation/strategy/withdraw
///
/// No system runs without a strategy: this halts all of them, and the page says so.
async fn withdraw(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let act = Event::StrategyWithdrawn { reason: form.text("strategy-reason") };
    answer(&app, &signed, form, ("strategy", "strategy-reason"), act).await
}

/// POST /referent/organisation/roadmap
async fn publish_roadmap(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    publish_text(&app, &signed, body, "roadmap").await
}

/// POST /referent/organisation/doctrine
async fn publish_doctrine(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    publish_text(&app, &signed, body, "doctrine").await
}

async fn publish_text(app: &App, signed: &SignedIn, body: Body, slug: &'static str) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let known = app.live.snapshot();
    let named = |name: &str| format!("{slug}-{name}");
    let (title, url) = (form.text(&named("title")), form.address(&named("url")));
    let (adopted, voted, words) = (form.day(&named("adopted")), form.optional(&named("voted")), form.text(&named("words")));
    let version = |last: &Option<PoliticalText>| next_version(last.as_ref());
    let act = match slug {
        "roadmap" => Event::RoadmapPublished { version: version(&known.register.roadmap), title, url, adopted, voted, words },
        _ => Event::DoctrinePublished { version: version(&known.register.doctrine), title, url, adopted, voted, words },
    };
    answer(app, signed, form, (slug, &named("title")), act).await
}

/// An objective in the same words keeps its identifier, so that the systems that serve it stay linked.
fn objectives(last: Option<&[Objective]>, lines: Vec<String>) -> Vec<Objective> {
    let known = last.unwrap_or_default();
    let mut objectives: Vec<Objective> = Vec::new();
    for title in lines {
        let kept = known.iter().find(|objective| objective.title == title).map(|objective| objective.id.clone());
        let taken = |id: &str| known.iter().chain(&objectives).any(|objective| objective.id == id);
        let id = kept.unwrap_or_else(|| unique_slug(&title, "objectif", taken));
        objectives.push(Objective { id, title });
    }
    objectives
}

/// POST /referent/organisation/referent
async fn appoint(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let mut form = Filled::new(body, signed.visit.locale);
    let known = app.live.snapshot();
    let offered = known.directory.with_role(Role::Referent);
    let person = form.one_of("referent-person", offered.iter().map(|person| person.id.as_str()));
    answer(&app, &signed, form, ("referent", "referent-person"), Event::ReferentAppointed { person }).await
}

/// POST /referent/organisation/referent/left
async fn left(State(app): State<App>, signed: SignedIn, body: Body) -> Page {
    signed.allow(&[Role::Referent])?;
    let form = Filled::new(body, signed.visit.locale);
    answer(&app, &signed, form, ("referent", "referent-person"), Event::ReferentLeft).await
}

/// Records the act and leads back to its part, or shows the form again.
async fn answer(app: &App, signed: &SignedIn, form: Filled<'_>, place: (&str, &str), act: Event) -> Page {
    answer_all(app, signed, form, place, vec![act]).await
}

async fn answer_all(app: &App, signed: &SignedIn, mut form: Filled<'_>, (part, field): (&str, &str), acts: Vec<Event>) -> Page {
    if form.is_right() && record(app, signed, &mut form, field, acts).await? {
        let to = format!("/referent/organisation?done=saved&part={part}#{part}");
        return Ok(Redirect::to(&to).into_response());
    }
    let again = page(app, signed, form.back(signed.chrome(app)), "", part)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

/// The page; `done_in` is the part where something was just done, `refused` the one whose form comes back.
fn page(app: &App, signed: &SignedIn, mut chrome: Chrome, done_in: &str, refused: &str) -> Result<Html<String>, WebError> {
    let known = app.live.snapshot();
    let register = &known.register;
    let (organisation, strategy) = (register.organisation.as_ref(), register.strategy.as_ref());
    let done = if done_in.is_empty() { String::new() } else { std::mem::take(&mut chrome.done) };
    let section = |part: &str, facts: Vec<Fact>| Section {
        open: refused == part || facts.is_empty(),
        facts,
        lacks: Vec::new(),
        done: if done_in == part { done.clone() } else { String::new() },
    };
    let person = register.referent.clone().unwrap_or_default();
    let page = OrganisationPage {
        may_write: signed.is(Role::Referent),
        sheet: section("organisation", organisation.map(|known| sheet_facts(known, signed)).unwrap_or_default()),
        name: organisation.map_or_else(|| app.organisation(), |known| known.name.clone()),
        siret: organisation.map(|known| known.siret.clone()).unwrap_or_default(),
        log: organisation.map_or("", |known| yes_no(known.public_log)),
        strategy: section("strategy", strategy.map(|known| strategy_facts(known, signed)).unwrap_or_default()),
        title: strategy.map(|known| known.text.title.clone()).unwrap_or_default(),
        url: strategy.map(|known| known.text.url.clone()).unwrap_or_default(),
        adopted: strategy.map(|known| known.text.adopted.to_string()).unwrap_or_default(),
        objectives: strategy.map(|known| titles(known).join("\n")).unwrap_or_default(),
        voted: strategy.map(|known| known.text.voted.clone()).unwrap_or_default(),
        words: strategy.map(|known| known.text.words.clone()).unwrap_or_default(),
        texts: vec![
            text_fields("roadmap", ("part-roadmap", "why-roadmap"), register.roadmap.as_ref(), signed, &section),
            text_fields("doctrine", ("part-doctrine", "why-doctrine"), register.doctrine.as_ref(), signed, &section),
        ],
        referent: section("referent", referent_facts(&known, &person)),
        people: people(&known),
        person,
        chrome,
    };
    Ok(Html(page.render(signed.visit.locale)?))
}

fn text_fields(
    slug: &'static str,
    keys: (&'static str, &'static str),
    known: Option<&PoliticalText>,
    signed: &SignedIn,
    section: &dyn Fn(&str, Vec<Fact>) -> Section,
) -> TextFields {
    let text = |of: fn(&PoliticalText) -> &String| known.map(|known| of(known).clone()).unwrap_or_default();
    TextFields {
        slug,
        keys,
        section: section(slug, known.map(|known| text_facts(known, signed)).unwrap_or_default()),
        title: text(|known| &known.title),
        url: text(|known| &known.url),
        adopted: known.map(|known| known.adopted.to_string()).unwrap_or_default(),
        voted: text(|known| &known.voted),
        words: text(|known| &known.words),
    }
}

/// What every political text says of itself.
fn text_facts(known: &PoliticalText, signed: &SignedIn) -> Vec<Fact> {
    let mut facts = vec![
        fact("fact-title", &known.title),
        fact("fact-version", &known.version),
        fact("field-adopted", &words::day(known.adopted, signed.visit.locale.lang())),
        fact("field-url", &known.url),
    ];
    let told = [("field-voted", &known.voted), ("field-words", &known.words)];
    facts.extend(told.into_iter().filter(|(_, words)| !words.is_empty()).map(|(label, words)| fact(label, words)));
    facts
}

fn people(known: &Snapshot) -> Vec<Choice> {
    known.directory.with_role(Role::Referent).into_iter().map(|person| Choice::new(&person.id, &person.name)).collect()
}

fn referent_facts(known: &Snapshot, person: &str) -> Vec<Fact> {
    if person.is_empty() { Vec::new() } else { vec![fact("fact-person", known.directory.name(person))] }
}

fn sheet_facts(known: &Organisation, signed: &SignedIn) -> Vec<Fact> {
    let kept = signed.visit.locale.t(yes_no(known.public_log));
    vec![fact("field-name", &known.name), fact("field-siret", &grouped(&known.siret)), fact("fact-log", &kept)]
}

fn strategy_facts(known: &Strategy, signed: &SignedIn) -> Vec<Fact> {
    let mut facts = text_facts(&known.text, signed);
    facts.push(fact("field-objectives", &titles(known).join(" ; ")));
    facts
}

fn titles(strategy: &Strategy) -> Vec<&str> {
    strategy.objectives.iter().map(|objective| objective.title.as_str()).collect()
}

/// "213 100 001 00014": the SIREN number by threes, then the establishment.
fn grouped(siret: &str) -> String {
    match (siret.get(..3), siret.get(3..6), siret.get(6..9), siret.get(9..)) {
        (Some(a), Some(b), Some(c), Some(d)) => format!("{a} {b} {c} {d}"),
        _ => siret.to_owned(),
    }
}

/// Fourteen digits with the check of Luhn, or, for the establishments of La Poste, a sum of digits that five divides (Insee).
fn is_siret(text: &str) -> bool {
    if text.len() != 14 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let digits = || text.bytes().rev().map(|byte| u32::from(byte - b'0'));
    let luhn: u32 = digits().enumerate().map(|(at, digit)| if at % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit }).sum();
    luhn.is_multiple_of(10) || (text.starts_with("356000000") && digits().sum::<u32>().is_multiple_of(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_siret_has_its_check() {
        // The registry's own seat (Insee), a commune, and an establishment of La Poste.
        for real in ["12002701600357", "21310000100014", "35600000049837"] {
            assert!(is_siret(real), "{real}");
        }
        for wrong in ["21310000100015", "2131000010001", "213100001000140", "2131000010001x", ""] {
            assert!(!is_siret(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_objective_in_the_same_words_keeps_its_identifier() {
        let line = |title: &str| title.to_owned();
        let first = objectives(None, vec![line("Répondre plus vite"), line("Répondre plus vite")]);
        assert_eq!([first[0].id.as_str(), first[1].id.as_str()], ["repondre-plus-vite", "repondre-plus-vite-2"]);
        let second = objectives(Some(&first), vec![line("Répondre mieux"), line("Répondre plus vite")]);
        assert_eq!([second[0].id.as_str(), second[1].id.as_str()], ["repondre-mieux", "repondre-plus-vite"]);
    }
}
