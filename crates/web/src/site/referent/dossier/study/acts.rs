//! Handing over, signing, sending back.

use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use gouvernail_register::{Answers, Event};

use super::{Desk, SIGNATORIES, draft, sent};
use crate::library;
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::referent::record;
use crate::site::visit::Visit;
use crate::views::system::Part;

/// POST /referent/systems/{id}/study/{kind}: keeps what is written, and hands it over when nothing is missing.
pub(super) async fn hand_over(
    State(app): State<App>,
    desk: Result<Desk, WebError>,
    visit: Visit,
    OriginalUri(uri): OriginalUri,
    body: Body,
) -> Page {
    let desk = match desk {
        Err(WebError::SignIn) => return draft::kept(&app, &visit, &format!("{}/draft", uri.path()), body),
        other => other?,
    };
    desk.dossier.must(desk.may_write())?;
    let mut form = desk.dossier.form(body);
    let (desk, _) = desk.keep(&mut form).await?;
    let whole = desk.whole(&desk.saved.answers).await?;
    desk.note_what_is_missing(&mut form, &whole);
    if !form.is_right() {
        return desk.again(form).await;
    }
    let kind = library::name_of(desk.kind);
    let contributors = desk.dossier.app.store.study_draft_authors(&desk.dossier.id, kind, 0).await?;
    let counted = desk.questionnaire().counted(&whole);
    let typed = |(id, answer): (&str, _)| serde_json::to_value(answer).map(|answer| (id.to_owned(), answer));
    let answers = counted.into_iter().map(typed).collect::<Result<Answers, _>>();
    let answers = answers.map_err(|error| WebError::Internal(error.to_string()))?;
    let event = Event::StudyWritten { system: desk.dossier.id.clone(), kind: desk.kind, answers, contributors };
    desk.act(form, "study", event, desk.dossier.leads_to(Part::Study, "handed-over")).await
}

/// POST /referent/systems/{id}/study/{kind}/sign
pub(super) async fn sign(desk: Desk, body: Body) -> Page {
    let dossier = &desk.dossier;
    dossier.signed.allow(&SIGNATORIES)?;
    let mut form = dossier.form(body);
    let until = form.until("sign-until", dossier.now, &dossier.app.identity.time_zone);
    if form.is_right() && form.day("sign-until") > desk.last_day() {
        form.wrong("sign-until", dossier.locale().n("study-too-long", desk.questionnaire().months as usize));
    }
    if desk.wrote().await? {
        form.wrong("sign-until", dossier.locale().t("study-own"));
    }
    let digest = form.optional("sign-digest");
    let event = Event::StudySigned { system: dossier.id.clone(), kind: desk.kind, until, digest };
    desk.act(form, "sign-until", event, dossier.leads_to(Part::Study, "signed")).await
}

/// POST /referent/systems/{id}/study/{kind}/return
pub(super) async fn send_back(desk: Desk, body: Body) -> Page {
    let dossier = &desk.dossier;
    dossier.signed.allow(&SIGNATORIES)?;
    let mut form = dossier.form(body);
    let reason = form.text("return-reason");
    let event = Event::StudyReturned { system: dossier.id.clone(), kind: desk.kind, reason };
    let to = Redirect::to(&format!("{}/print?done=returned", desk.url()));
    desk.act(form, "return-reason", event, to.into_response()).await
}

impl Desk {
    /// Records the act and leads to `to`, or shows what is wrong, at `field` when the register itself refuses.
    async fn act(&self, mut form: Filled<'_>, field: &str, event: Event, to: Response) -> Page {
        let dossier = &self.dossier;
        if form.is_right() && record(&dossier.app, &dossier.signed, &mut form, field, vec![event]).await? {
            return Ok(to);
        }
        if field == "study" {
            return self.again(form).await;
        }
        let chrome = form.back(dossier.signed.chrome(&dossier.app));
        Ok((StatusCode::UNPROCESSABLE_ENTITY, self.paper(chrome).await?).into_response())
    }

    /// Whether the reader wrote in it: what was handed over, or a draft.
    pub(super) async fn wrote(&self) -> Result<bool, WebError> {
        let me = &self.dossier.signed.person.id;
        let kind = library::name_of(self.kind);
        let handed_over = self.written().is_some_and(|study| study.authors.contains(me));
        Ok(handed_over || self.dossier.app.store.study_draft_authors(&self.dossier.id, kind, 0).await?.contains(me))
    }

    fn note_what_is_missing(&self, form: &mut Filled<'_>, whole: &gouvernail_questionnaire::Answers) {
        let locale = self.dossier.locale();
        for (_, question) in self.questionnaire().missing(whole) {
            let field = sent::field(&question.id);
            let words = self.say(&question.words);
            form.wrong(&field, locale.with("study-mistake-missing", words));
        }
        for question in self.saved.disputes.keys() {
            let words = self.questionnaire().question(question).map_or("", |question| self.say(&question.words));
            form.wrong(&format!("{}-settle", sent::field(question)), locale.with("study-mistake-dispute", words));
        }
    }
}
