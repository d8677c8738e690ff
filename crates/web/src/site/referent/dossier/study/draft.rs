//! Keeping what is written: by a button, or by the page itself while one types; also when the session has ended.

use axum::Json;
use axum::extract::OriginalUri;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use gouvernail_store::{StoreError, StudyDraft};
use serde_json::{Value, json};

use super::writing::Saved;
use super::{Desk, sent};
use crate::layout::Audience;
use crate::library;
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::visit::Visit;
use crate::views::study::StudyKept;

/// How many times a save is brought together with another that came first.
const ATTEMPTS: usize = 8;

/// POST /referent/systems/{id}/study/{kind}/draft
pub(super) async fn save(
    axum::extract::State(app): axum::extract::State<App>,
    desk: Result<Desk, WebError>,
    visit: Visit,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Page {
    let by_itself = headers.get(ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/json");
    let desk = match desk {
        Err(WebError::SignIn) if by_itself => return Ok(said(StatusCode::UNAUTHORIZED, visit.locale.t("draft-ended"))),
        Err(WebError::SignIn) => return kept(&app, &visit, uri.path(), body),
        other => other?,
    };
    desk.dossier.must(desk.may_write())?;
    let mut form = desk.dossier.form(body);
    let (desk, page) = desk.keep(&mut form).await?;
    if by_itself {
        return desk.answer(&form, page).await;
    }
    if !form.is_right() {
        return desk.again(form).await;
    }
    let then = desk.anchor(&form.optional("then"));
    Ok(Redirect::to(&format!("{}?done=saved{then}", desk.url())).into_response())
}

/// The page that holds what was sent by somebody whose session had ended.
pub(super) fn kept(app: &App, visit: &Visit, action: &str, axum::Form(fields): Body) -> Page {
    let chrome = visit.chrome(app, Audience::Public, None);
    let texts = fields.iter().filter(|(name, value)| name.starts_with("q-") && value.contains(char::is_whitespace));
    let texts = texts.map(|(_, value)| value.clone()).collect();
    let page = StudyKept { chrome, action: action.to_owned(), texts, fields: fields.into_iter().collect() };
    Ok((StatusCode::UNAUTHORIZED, Html(page.render(visit.locale)?)).into_response())
}

fn said(status: StatusCode, words: String) -> Response {
    (status, Json(json!({ "words": words }))).into_response()
}

impl Desk {
    /// Keeps what the form holds, brought together with what others saved meanwhile; the desk as it is then, and the name of what
    /// the page of the form shows.
    pub(super) async fn keep(mut self, form: &mut Filled<'_>) -> Result<(Self, String), WebError> {
        let base = self.base(form).await?;
        let (mine, choices) = self.sent(form, &base);
        for _ in 0..ATTEMPTS {
            let Some(saved) = self.next(&base, mine.clone(), choices.clone()) else {
                let page = form.optional("base");
                return Ok((self, page));
            };
            match self.add(saved).await {
                Err(WebError::Store(StoreError::Conflict { .. })) => self = Self::of(&self.dossier, self.kind).await?,
                added => {
                    added?;
                    let page = format!("{}s", self.n());
                    return Ok((self, page));
                }
            }
        }
        Err(WebError::Internal("too many people save this study at once; try again".to_owned()))
    }

    /// Adds a save after the last one.
    pub(super) async fn add(&mut self, saved: Saved) -> Result<(), WebError> {
        let body = serde_json::to_value(&saved).map_err(|error| WebError::Internal(error.to_string()))?;
        let draft = StudyDraft {
            system: self.dossier.id.clone(),
            kind: library::name_of(self.kind).to_owned(),
            n: self.n() + 1,
            at: self.dossier.now,
            author: self.dossier.signed.person.id.clone(),
            body,
        };
        self.dossier.app.store.save_study_draft(&draft).await?;
        (self.last, self.saved) = (Some(draft), saved);
        Ok(())
    }

    /// Where the page opens after a save: at what somebody must choose, or at the section that was being written.
    fn anchor(&self, then: &str) -> String {
        match self.saved.disputes.keys().next() {
            Some(question) => format!("#{}-settle", sent::field(question)),
            None => {
                let mut sections = self.questionnaire().sections.iter().map(|section| format!("#s-{}", section.id));
                sections.find(|known| known[1..] == *then).unwrap_or_default()
            }
        }
    }

    /// What the page learns when it saved by itself.
    async fn answer(&self, form: &Filled<'_>, page: String) -> Page {
        let locale = self.dossier.locale();
        let whole = self.whole(&self.saved.answers).await?;
        let visible: Vec<Value> = self.questionnaire().visible(&whole).into_iter().map(|id| json!(sent::field(id))).collect();
        let words = match (form.is_right(), self.saved.disputes.is_empty()) {
            (false, _) => locale.t("draft-wrong"),
            (true, false) => locale.t("draft-disputed"),
            (true, true) => self.saved_words(),
        };
        Ok(Json(json!({ "base": page, "visible": visible, "words": words })).into_response())
    }
}
