//! The impact studies: written by several people, kept at each save, handed over, signed by somebody who wrote none of it.
//!
//! `writing` is how saves follow each other, `sent` what a form says, `draft` and `acts` what is done with it; `page`, `paper` and
//! `history` are what is shown, in the words of `words`; `figures` are what the product knows by itself.

mod acts;
mod draft;
mod figures;
mod history;
mod page;
mod paper;
mod sent;
mod words;
mod writing;

use axum::Router;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::routing::get;
use gouvernail_questionnaire::{Answer, Answers, Kind, Question, Questionnaire};
use gouvernail_register::{Study, StudyKind};
use gouvernail_store::{Role, StudyDraft};
use jiff::ToSpan;

use self::writing::Saved;
use super::{Cards, Dossier};
use crate::library;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::referent::form;
use crate::views::system::{Part, StudyCard, StudyRow};

/// Who may sign what somebody else wrote.
const SIGNATORIES: [Role; 3] = [Role::Owner, Role::Elected, Role::Referent];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/study/{kind}", get(page::show).post(acts::hand_over))
        .route("/referent/systems/{id}/study/{kind}/draft", form(draft::save))
        .route("/referent/systems/{id}/study/{kind}/history", get(history::show))
        .route("/referent/systems/{id}/study/{kind}/restore", form(history::restore))
        .route("/referent/systems/{id}/study/{kind}/print", get(paper::show))
        .route("/referent/systems/{id}/study/{kind}/sign", form(acts::sign))
        .route("/referent/systems/{id}/study/{kind}/return", form(acts::send_back))
}

/// The name of a study in addresses.
fn slug(kind: StudyKind) -> String {
    library::name_of(kind).replace('_', "-")
}

/// The studies asked of the system, and those that were begun.
pub(super) async fn card(cards: &Cards<'_>) -> Result<StudyCard, WebError> {
    let dossier = cards.dossier;
    let mut rows = Vec::new();
    for (kind, questionnaire) in &dossier.app.library.studies {
        let desk = Desk::of(dossier, *kind).await?;
        let asked = questionnaire.requirement.as_deref().is_some_and(|requirement| cards.outlook.asks(requirement));
        if asked || desk.written().is_some() || desk.last.is_some() || desk.is_lent(cards) {
            let state = desk.stands();
            // Who did not write it comes to read and sign it.
            let to_sign = state == Stands::ToSign && !desk.wrote().await?;
            let url = if to_sign { format!("{}/print", desk.url()) } else { desk.url() };
            rows.push(StudyRow { title: desk.title(), url, tag: state.tag(), state: desk.sentence(state), asked });
        }
    }
    let begun = rows.iter().any(|row| !row.tag.0.is_empty());
    let card = cards.card_in(Part::Study, cards.outlook.state(Part::Study, begun), Vec::new());
    Ok(StudyCard { card, studies: rows })
}

/// One study of one dossier, before somebody.
struct Desk {
    dossier: Dossier,
    kind: StudyKind,
    /// The last save, and what it holds.
    last: Option<StudyDraft>,
    saved: Saved,
}

/// Where a study stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// Nothing is written.
    Absent,
    /// A draft that is not handed over.
    Draft,
    /// Handed over, not signed.
    ToSign,
    /// Sent back by who should sign.
    Returned,
    /// Signed and valid.
    Signed,
    /// Signed, no longer valid.
    Expired,
    /// Written for the system as it was before a substantial modification.
    Outdated,
}

impl Stands {
    /// Class and key of its tag.
    fn tag(self) -> (&'static str, &'static str) {
        match self {
            Self::Absent => ("", "state-absent"),
            Self::Draft => ("warn", "study-state-draft"),
            Self::ToSign => ("warn", "study-state-to-sign"),
            Self::Returned => ("stop", "study-state-returned"),
            Self::Signed => ("ok", "study-state-signed"),
            Self::Expired => ("stop", "study-state-expired"),
            Self::Outdated => ("stop", "study-state-outdated"),
        }
    }
}

impl FromRequestParts<App> for Desk {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let dossier = Dossier::from_request_parts(parts, app).await?;
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| WebError::NotFound)?;
        let named = params.iter().find(|(name, _)| *name == "kind").map(|(_, kind)| kind.replace('-', "_"));
        let kind = named.as_deref().and_then(library::kind_of).ok_or(WebError::NotFound)?;
        Self::of(&dossier, kind).await
    }
}

impl Desk {
    async fn of(dossier: &Dossier, kind: StudyKind) -> Result<Self, WebError> {
        let drafts = dossier.app.store.study_drafts_before(&dossier.id, library::name_of(kind), i64::MAX, 1).await?;
        let last = drafts.into_iter().next();
        let saved = match &last {
            Some(draft) => read(draft)?,
            // A study from before there were drafts begins with what was handed over.
            None => Saved { answers: dossier.system.studies.get(&kind).map(own).unwrap_or_default(), ..Saved::default() },
        };
        Ok(Self { dossier: dossier.clone(), kind, last, saved })
    }

    fn questionnaire(&self) -> &Questionnaire {
        &self.dossier.app.library.studies[&self.kind]
    }

    fn title(&self) -> String {
        self.say(&self.questionnaire().title).to_owned()
    }

    fn say<'a>(&self, words: &'a gouvernail_questionnaire::Words) -> &'a str {
        library::words(words, self.dossier.locale().lang())
    }

    fn url(&self) -> String {
        format!("{}/study/{}", self.dossier.url(), slug(self.kind))
    }

    /// What was last handed over.
    fn written(&self) -> Option<&Study> {
        self.dossier.system.studies.get(&self.kind)
    }

    /// The number of the last save, 0 before the first.
    fn n(&self) -> i64 {
        self.last.as_ref().map_or(0, |draft| draft.n)
    }

    /// Whether the draft says something else than what was handed over.
    fn is_ahead(&self) -> bool {
        let counted = |answers: &Answers| -> Answers {
            let counted = self.questionnaire().counted(answers).into_iter();
            counted.filter(|(id, _)| !id.contains('/')).map(|(id, answer)| (id.to_owned(), answer.clone())).collect()
        };
        self.written().is_none_or(|study| counted(&own(study)) != counted(&self.saved.answers))
    }

    fn stands(&self) -> Stands {
        let Some(study) = self.written() else {
            return if self.last.is_some() { Stands::Draft } else { Stands::Absent };
        };
        if study.modification != self.dossier.system.modification {
            return Stands::Outdated;
        }
        match &study.signature {
            Some(signature) if self.dossier.now < signature.until => Stands::Signed,
            Some(_) => Stands::Expired,
            None if study.returned.is_some() => Stands::Returned,
            None => Stands::ToSign,
        }
    }

    /// Whether the reader may write in it.
    fn may_write(&self) -> bool {
        self.dossier.rights().write
    }

    /// Whether a study that is asked or begun takes sections from this one.
    fn is_lent(&self, cards: &Cards<'_>) -> bool {
        let name = library::name_of(self.kind);
        let studies = &self.dossier.app.library.studies;
        studies.iter().any(|(kind, borrower)| {
            let asked = borrower.requirement.as_deref().is_some_and(|requirement| cards.outlook.asks(requirement));
            borrower.lenders().contains(&name) && (asked || self.dossier.system.studies.contains_key(kind))
        })
    }

    /// Answers of the questionnaire itself, with those of the studies that lend it sections and what the product knows.
    async fn whole(&self, own: &Answers) -> Result<Answers, WebError> {
        let mut answers = own.clone();
        answers.retain(|id, _| !id.contains('/'));
        for lender in self.questionnaire().lenders() {
            let Some(kind) = library::kind_of(lender) else { continue };
            let lent = Box::pin(Self::of(&self.dossier, kind)).await?.saved.answers;
            answers.extend(lent.into_iter().map(|(id, answer)| (format!("{lender}/{id}"), answer)));
        }
        let facts: Vec<&Question> = self.questions().filter(|question| matches!(question.kind, Kind::Fact { .. })).collect();
        if !facts.is_empty() {
            let known = figures::of_a_use(&self.dossier).await?;
            for question in facts {
                let Kind::Fact { figure, .. } = &question.kind else { continue };
                answers.remove(&question.id);
                answers.extend(known.get(figure.as_str()).map(|known| (question.id.clone(), Answer::Figure(known.clone()))));
            }
        }
        Ok(answers)
    }

    fn questions(&self) -> impl Iterator<Item = &Question> {
        self.questionnaire().questions().map(|(_, question)| question)
    }

    /// The last day that a signature given today may hold.
    fn last_day(&self) -> jiff::civil::Date {
        self.dossier.date(self.dossier.now).saturating_add(i64::from(self.questionnaire().months).months())
    }
}

fn read(draft: &StudyDraft) -> Result<Saved, WebError> {
    serde_json::from_value(draft.body.clone()).map_err(|error| WebError::Internal(format!("save {}: {error}", draft.n)))
}

/// The answers of a study that was handed over, as its questionnaire types them.
fn handed_over(study: &Study) -> Answers {
    let typed = |(id, answer): (&String, &serde_json::Value)| Some((id.clone(), serde_json::from_value(answer.clone()).ok()?));
    study.answers.iter().filter_map(typed).collect()
}

/// The same, without what was read elsewhere or known by the product.
fn own(study: &Study) -> Answers {
    let mut answers = handed_over(study);
    answers.retain(|id, answer| !id.contains('/') && !matches!(answer, Answer::Figure(_)));
    answers
}
