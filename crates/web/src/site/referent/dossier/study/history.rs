//! Everything that was ever saved of a study: who, when, what changed; and bringing an old save back as a new one.

use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use gouvernail_store::StudyDraft;
use serde::Deserialize;

use super::writing::{By, Saved, changed};
use super::{Desk, library, read};
use crate::site::Page;
use crate::site::error::WebError;
use crate::site::form::Body;
use crate::views::study::{SaveView, StudyHistory};

/// Saves on one page.
const ON_A_PAGE: usize = 30;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Before {
    before: Option<i64>,
}

/// GET /referent/systems/{id}/study/{kind}/history
pub(super) async fn show(desk: Desk, Query(asked): Query<Before>) -> Page {
    let dossier = &desk.dossier;
    let (before, kind) = (asked.before.unwrap_or(i64::MAX), library::name_of(desk.kind));
    let limit = i64::try_from(ON_A_PAGE).unwrap_or(i64::MAX).saturating_add(1);
    let drafts = dossier.app.store.study_drafts_before(&dossier.id, kind, before, limit).await?;
    let read: Vec<(StudyDraft, Saved)> =
        drafts.into_iter().map(|draft| read(&draft).map(|saved| (draft, saved))).collect::<Result<_, WebError>>()?;
    let nothing = Saved::default();
    let older = read.get(ON_A_PAGE).map(|_| read[ON_A_PAGE - 1].0.n);
    let saves = read.iter().take(ON_A_PAGE).enumerate().map(|(i, (draft, saved))| {
        let previous = read.get(i + 1).map_or(&nothing, |(_, previous)| previous);
        desk.save_view(draft, saved, previous)
    });
    let page = StudyHistory {
        system: (dossier.system.sheet.name.clone(), dossier.url()),
        url: desk.url(),
        title: desk.title(),
        saves: saves.collect(),
        older: older.map(|n| format!("{}/history?before={n}", desk.url())).unwrap_or_default(),
        may_write: desk.may_write(),
        chrome: dossier.signed.chrome(&dossier.app),
    };
    Ok(axum::response::Html(page.render(dossier.locale())?).into_response())
}

/// POST /referent/systems/{id}/study/{kind}/restore
pub(super) async fn restore(mut desk: Desk, body: Body) -> Page {
    desk.dossier.must(desk.may_write())?;
    let n = desk.dossier.form(body).optional("n").parse().unwrap_or(0);
    let kind = library::name_of(desk.kind);
    let older = desk.dossier.app.store.study_draft(&desk.dossier.id, kind, n).await?.ok_or(WebError::NotFound)?;
    let saved = desk.saved.restoring(n, &read(&older)?, &desk.by());
    desk.add(saved).await?;
    Ok(Redirect::to(&format!("{}?done=saved", desk.url())).into_response())
}

impl Desk {
    fn save_view(&self, draft: &StudyDraft, saved: &Saved, previous: &Saved) -> SaveView {
        let locale = self.dossier.locale();
        let by = By { author: draft.author.clone(), at: draft.at };
        let shown = |question: &str, saved: &Saved| {
            let Some(asked) = self.questionnaire().question(question) else { return String::new() };
            let words = self.answer_in_words(asked, saved.answers.get(question));
            if words.is_empty() { locale.t("study-unanswered") } else { words }
        };
        let words = |question: &str| {
            self.questionnaire().question(question).map_or_else(|| question.to_owned(), |q| self.say(&q.words).to_owned())
        };
        let mut notes = Vec::new();
        notes.extend(saved.restored.map(|n| locale.with("study-restored", &n.to_string())));
        let disputed = saved.disputes.iter().filter(|(question, others)| previous.disputes.get(*question) != Some(*others));
        for (question, others) in disputed {
            for other in others.iter().filter(|other| other.by == by) {
                let asked = self.questionnaire().question(question);
                let said = asked.map(|asked| self.answer_in_words(asked, other.answer.as_ref())).unwrap_or_default();
                notes.push(locale.pair("study-note-dispute", &words(question), &said));
            }
        }
        let changes = changed(&previous.answers, &saved.answers).into_iter();
        let changes = changes.map(|question| (words(&question), shown(&question, previous), shown(&question, saved))).collect();
        SaveView { n: draft.n, by: self.by_words(&by), notes, changes, last: draft.n == self.n() }
    }
}
