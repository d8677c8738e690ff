//! What a person reads and answers before a tool is opened to them.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use gouvernail_register::{Event, System};
use gouvernail_store::RecordError;
use jiff::{Timestamp, ToSpan};

use super::app::App;
use super::error::WebError;
use super::form::{Body, Filled};
use super::referent::refusal;
use super::visit::SignedIn;
use super::{Page, words};
use crate::i18n::Locale;
use crate::layout::Chrome;
use crate::library::Module;
use crate::views::training::{Lesson, ModuleRow, Question, Training, Trainings};

/// The list, and each module.
pub fn routes() -> Router<App> {
    Router::new().route("/training", get(list)).route("/training/{system}", get(show).post(answer))
}

/// GET /training
async fn list(State(app): State<App>, signed: SignedIn) -> Result<Html<String>, WebError> {
    let known = app.live.snapshot();
    let row = |(id, system): (&String, &Arc<System>)| {
        let module = app.library.modules.get(system.training.as_ref()?)?;
        Some(ModuleRow {
            system: system.sheet.name.clone(),
            title: module.title(signed.visit.locale.lang()).to_owned(),
            url: format!("/training/{id}"),
            certified_until: held_until(&app, &signed, system),
        })
    };
    let page = Trainings { chrome: signed.chrome(&app), modules: known.register.systems.iter().filter_map(row).collect() };
    Ok(Html(page.render(signed.visit.locale)?))
}

/// GET /training/{system}
async fn show(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> Result<Html<String>, WebError> {
    let (system, module) = open(&app, &id)?;
    page(&app, &signed, signed.chrome(&app), &id, &system, &module)
}

/// POST /training/{system}
///
/// Enough right answers are an attestation for the version in force; otherwise the page says which answers are wrong, never
/// which is right.
async fn answer(State(app): State<App>, signed: SignedIn, Path(id): Path<String>, body: Body) -> Page {
    let ((system, module), locale) = (open(&app, &id)?, signed.visit.locale);
    let mut form = Filled::new(body, locale);
    let answers: Vec<Option<usize>> = (0..module.questions.len()).map(|nth| form.optional(&field(nth)).parse().ok()).collect();
    let passed = module.right(&answers) >= module.pass;
    match &system.version {
        None => form.wrong("q1", locale.t("quiz-closed")),
        Some(version) if passed => {
            let until = end_of_day(&app, i64::from(module.months));
            let (version, person) = (version.label.clone(), signed.person.id.clone());
            match app
                .live
                .record(
                    &app.rules,
                    &signed.person.id,
                    Event::Certified { system: id.clone(), version, person, until, means: String::new() },
                )
                .await
            {
                Ok(_) => return Ok(Redirect::to(&format!("/training/{id}?done=certified")).into_response()),
                Err(RecordError::Refused(refused)) => form.wrong("q1", refusal(&refused, locale)),
                Err(error) => return Err(error.into()),
            }
        }
        Some(_) => mark(&mut form, &module, &answers, locale),
    }
    let again = page(&app, &signed, form.back(signed.chrome(&app)), &id, &system, &module)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

/// Says which answers are wrong or absent.
fn mark(form: &mut Filled<'_>, module: &Module, answers: &[Option<usize>], locale: &Locale) {
    for (nth, (question, answer)) in module.questions.iter().zip(answers).enumerate() {
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

/// The system and the module that opens it.
fn open(app: &App, id: &str) -> Result<(Arc<System>, Module), WebError> {
    let known = app.live.snapshot();
    let system = known.register.systems.get(id).cloned().ok_or(WebError::NotFound)?;
    let module = system.training.as_ref().and_then(|module| app.library.modules.get(module)).cloned();
    Ok((system, module.ok_or(WebError::NotFound)?))
}

/// The last day of the reader's attestation for the version in force; empty when they have none.
fn held_until(app: &App, signed: &SignedIn, system: &System) -> String {
    let version = system.version.as_ref().map(|version| version.label.clone()).unwrap_or_default();
    let until = system.certifications.get(&(signed.person.id.clone(), version)).filter(|until| app.now() < **until);
    until.map(|until| words::last_day(*until, &app.identity.time_zone, signed.visit.locale.lang())).unwrap_or_default()
}

/// The end of the day, `months` from today.
fn end_of_day(app: &App, months: i64) -> Timestamp {
    let today = app.now().to_zoned_datetime(app.identity.time_zone.clone()).date();
    let after = today.saturating_add(months.months()).saturating_add(1.day());
    after.to_zoned_datetime(app.identity.time_zone.clone()).map_or(app.now(), |midnight| midnight.timestamp())
}

fn page(
    app: &App,
    signed: &SignedIn,
    chrome: Chrome,
    id: &str,
    system: &System,
    module: &Module,
) -> Result<Html<String>, WebError> {
    let lang = signed.visit.locale.lang();
    let paragraphs = |text: &str| text.split("\n\n").map(|paragraph| paragraph.trim().to_owned()).collect();
    let lessons = module
        .lessons
        .iter()
        .map(|lesson| Lesson { title: lesson.title(lang).to_owned(), paragraphs: paragraphs(lesson.text(lang)) });
    let questions = module.questions.iter().enumerate().map(|(nth, question)| Question {
        name: field(nth),
        words: question.words(lang).to_owned(),
        choices: question.choices(lang).to_vec(),
    });
    let page = Training {
        chrome,
        system: system.sheet.name.clone(),
        is_open: system.version.is_some(),
        url: format!("/training/{id}"),
        minutes: module.minutes,
        pass: module.pass,
        certified_until: held_until(app, signed, system),
        lessons: lessons.collect(),
        questions: questions.collect(),
    };
    Ok(Html(page.render(signed.visit.locale)?))
}
