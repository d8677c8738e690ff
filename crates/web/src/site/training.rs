//! What a person reads and answers before a tool is opened to them, and again, shorter, when it changes.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use gouvernail_register::{Action, Call, Event, System};
use gouvernail_store::RecordError;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use super::app::App;
use super::error::WebError;
use super::form::{Body, Filled};
use super::referent::refusal;
use super::visit::SignedIn;
use super::{Page, words};
use crate::i18n::Locale;
use crate::layout::Chrome;
use crate::training::{self, Module};
use crate::views::training::{Change, Lesson, ModuleRow, Question, Training, Trainings};

/// The list, and each module.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/training", get(list))
        .route("/training/{system}", get(show).post(answer))
        .route("/training/{system}/refresher", post(refresh).get(back))
}

/// GET /training
async fn list(State(app): State<App>, signed: SignedIn) -> Result<Html<String>, WebError> {
    all(&app, &signed, String::new())
}

/// Every module; `unchosen` is a system that has none yet.
fn all(app: &App, signed: &SignedIn, unchosen: String) -> Result<Html<String>, WebError> {
    let known = app.live.snapshot();
    let row = |(id, system): (&String, &Arc<System>)| {
        let module = app.library.modules.get(system.training.as_ref()?)?;
        let reader = Reader::of(app, signed, system, module);
        Some(ModuleRow {
            system: system.sheet.name.clone(),
            title: module.title(signed.visit.locale.lang()).to_owned(),
            url: format!("/training/{id}"),
            certified_until: reader.held_until(app, signed.visit.locale),
            refresher: reader.refreshed.is_some(),
        })
    };
    let modules = known.register.systems.iter().filter_map(row).collect();
    Ok(Html(Trainings { chrome: signed.chrome(app), unchosen, modules }.render(signed.visit.locale)?))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    /// Read the whole module, though a refresher would do.
    whole: Option<String>,
}

/// GET /training/{system}
///
/// A refusal of the gateway leads here, so a system that has no module yet says so.
async fn show(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, WebError> {
    let known = app.live.snapshot();
    let system = known.register.systems.get(&id).ok_or(WebError::NotFound)?;
    match Opened::of(&app, &signed, &id) {
        Err(WebError::NotFound) => all(&app, &signed, system.sheet.name.clone()),
        opened => {
            let opened = opened?;
            let asked = if wanted.whole.is_some() { Asked::Whole } else { opened.asked() };
            opened.page(&app, &signed, signed.chrome(&app), asked)
        }
    }
}

async fn back(Path(id): Path<String>) -> Redirect {
    Redirect::to(&format!("/training/{id}"))
}

/// POST /training/{system}
///
/// Enough right answers are an attestation for the version in force; otherwise the page says which answers are wrong, never
/// which is right.
async fn answer(State(app): State<App>, signed: SignedIn, Path(id): Path<String>, body: Body) -> Page {
    let opened = Opened::of(&app, &signed, &id)?;
    opened.answered(&app, &signed, body, Asked::Whole).await
}

/// POST /training/{system}/refresher
///
/// For who knows an earlier version: it carries their attestation over, and does not make it last longer.
async fn refresh(State(app): State<App>, signed: SignedIn, Path(id): Path<String>, body: Body) -> Page {
    let opened = Opened::of(&app, &signed, &id)?;
    match opened.asked() {
        Asked::Whole => Ok(back(Path(id)).await.into_response()),
        refresher => opened.answered(&app, &signed, body, refresher).await,
    }
}

/// What the reader holds.
struct Reader {
    /// Until when they are certified for the version in force.
    held: Option<Timestamp>,
    /// Until when a refresher would certify them for it.
    refreshed: Option<Timestamp>,
}

impl Reader {
    fn of(app: &App, signed: &SignedIn, system: &System, module: &Module) -> Self {
        let (person, now) = (signed.person.id.clone(), app.now());
        let version = system.version.as_ref().map(|version| version.label.clone()).unwrap_or_default();
        let held = system.certifications.get(&(person.clone(), version)).copied().filter(|until| now < *until);
        let has_refresher = module.words(signed.visit.locale.lang()).refresher.is_some();
        let refreshed = system.refreshable(&person, now).filter(|_| held.is_none() && has_refresher);
        Self { held, refreshed }
    }

    /// The last day of the attestation for the version in force; empty when there is none.
    fn held_until(&self, app: &App, locale: &Locale) -> String {
        self.held.map(|until| words::last_day(until, &app.identity.time_zone, locale.lang())).unwrap_or_default()
    }
}

/// What is asked of the reader.
#[derive(Clone, Copy)]
enum Asked {
    Whole,
    /// A certification that ends then, carried over to the version in force.
    Refresher(Timestamp),
}

/// A system, its module, and what the reader holds.
struct Opened {
    id: String,
    system: Arc<System>,
    module: Module,
    reader: Reader,
}

impl Opened {
    fn of(app: &App, signed: &SignedIn, id: &str) -> Result<Self, WebError> {
        let known = app.live.snapshot();
        let system = known.register.systems.get(id).cloned().ok_or(WebError::NotFound)?;
        let module = system.training.as_ref().and_then(|module| app.library.modules.get(module)).cloned();
        let module = module.ok_or(WebError::NotFound)?;
        let reader = Reader::of(app, signed, &system, &module);
        Ok(Self { id: id.to_owned(), system, module, reader })
    }

    fn asked(&self) -> Asked {
        self.reader.refreshed.map_or(Asked::Whole, Asked::Refresher)
    }

    /// The questions, and how many right answers are needed.
    fn questions(&self, locale: &Locale, asked: Asked) -> (&[training::Question], usize) {
        let words = self.module.words(locale.lang());
        match (asked, &words.refresher) {
            (Asked::Refresher(_), Some(refresher)) => (&refresher.questions, refresher.questions.len()),
            _ => (&words.questions, self.module.pass),
        }
    }

    async fn answered(&self, app: &App, signed: &SignedIn, body: Body, asked: Asked) -> Page {
        let locale = signed.visit.locale;
        let mut form = Filled::new(body, locale);
        let (questions, pass) = self.questions(locale, asked);
        let answers: Vec<Option<usize>> = (0..questions.len()).map(|nth| form.optional(&field(nth)).parse().ok()).collect();
        match &self.system.version {
            None => form.wrong("q1", locale.t("quiz-closed")),
            Some(version) if training::right(questions, &answers) >= pass => {
                let act = self.certified(app, signed, version.label.clone(), asked);
                match app.live.record(&app.rules, &signed.person.id, act).await {
                    Ok(_) => {
                        let done = if is_open_to(app, signed, &self.id) { "certified" } else { "certified-closed" };
                        return Ok(Redirect::to(&format!("/training/{}?done={done}", self.id)).into_response());
                    }
                    Err(RecordError::Refused(refused)) => form.wrong("q1", refusal(&refused, locale)),
                    Err(error) => return Err(error.into()),
                }
            }
            Some(_) => mark(&mut form, questions, &answers, locale),
        }
        let again = self.page(app, signed, form.back(signed.chrome(app)), asked)?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
    }

    fn certified(&self, app: &App, signed: &SignedIn, version: String, asked: Asked) -> Event {
        let (until, means) = match asked {
            Asked::Whole => (end_of_day(app, i64::from(self.module.months)), "quiz"),
            Asked::Refresher(until) => (until, "refresher"),
        };
        let (system, person) = (self.id.clone(), signed.person.id.clone());
        Event::Certified { system, version, person, until, means: means.to_owned(), passed: None, evidence: String::new() }
    }

    fn page(&self, app: &App, signed: &SignedIn, chrome: Chrome, asked: Asked) -> Result<Html<String>, WebError> {
        let locale = signed.visit.locale;
        let words = self.module.words(locale.lang());
        let (questions, pass) = self.questions(locale, asked);
        let url = format!("/training/{}", self.id);
        let lesson = |lesson: &training::Lesson| Lesson { title: lesson.title.clone(), html: lesson.html.clone() };
        let (change, lessons) = match (asked, &words.refresher) {
            (Asked::Refresher(until), Some(refresher)) => (Some(self.change(app, locale, until, &refresher.html)), Vec::new()),
            _ => (None, words.lessons.iter().map(lesson).collect()),
        };
        let page = Training {
            chrome,
            lang: self.module.speaks(locale.lang()).tag(),
            title: words.title.clone(),
            system: self.system.sheet.name.clone(),
            is_open: self.system.version.is_some(),
            badge_url: self.reader.held.map(|_| format!("{url}/badge")).unwrap_or_default(),
            url: if change.is_some() { format!("{url}/refresher") } else { url },
            minutes: self.module.minutes,
            pass,
            certified_until: self.reader.held_until(app, locale),
            change,
            lessons,
            questions: questions.iter().enumerate().map(shown).collect(),
        };
        Ok(Html(page.render(locale)?))
    }

    fn change(&self, app: &App, locale: &Locale, until: Timestamp, html: &str) -> Change {
        let version = self.system.version.as_ref();
        Change {
            version: version.map(|version| version.label.clone()).unwrap_or_default(),
            words: version.map(|version| version.change.clone()).unwrap_or_default(),
            html: html.to_owned(),
            until: words::last_day(until, &app.identity.time_zone, locale.lang()),
            whole_url: format!("/training/{}?whole=1", self.id),
        }
    }
}

fn shown((nth, question): (usize, &training::Question)) -> Question {
    Question { name: field(nth), words: question.words.clone(), choices: question.choices.clone() }
}

/// Whether the rules let this person use the tool now.
fn is_open_to(app: &App, signed: &SignedIn, id: &str) -> bool {
    let known = app.live.snapshot();
    known.register.systems.get(id).is_some_and(|system| {
        let call = Call::ordinary(id, system, Some(&signed.person.id));
        app.rules.decide(&known.register, Action::Call, &call, app.now()).is_ok_and(|decision| decision.allowed())
    })
}

/// Says which answers are wrong or absent.
fn mark(form: &mut Filled<'_>, questions: &[training::Question], answers: &[Option<usize>], locale: &Locale) {
    for (nth, (question, answer)) in questions.iter().zip(answers).enumerate() {
        match answer {
            None => form.wrong(&field(nth), locale.n("mistake-quiz-empty", nth + 1)),
            Some(answer) if *answer != question.answer => form.wrong(&field(nth), locale.n("mistake-quiz", nth + 1)),
            Some(_) => {}
        }
    }
}

fn field(nth: usize) -> String {
    format!("q{}", nth + 1)
}

/// The end of the day, `months` from today.
fn end_of_day(app: &App, months: i64) -> Timestamp {
    let today = app.now().to_zoned_datetime(app.identity.time_zone.clone()).date();
    let after = today.saturating_add(months.months()).saturating_add(1.day());
    after.to_zoned_datetime(app.identity.time_zone.clone()).map_or(app.now(), |midnight| midnight.timestamp())
}
