//! The impact studies: written by one person, signed by another.

use axum::Router;
use axum::extract::Path;
use gouvernail_register::{Event, Study, StudyKind};
use gouvernail_store::Role;
use jiff::ToSpan;

use super::{Cards, Dossier};
use crate::layout::{Fact, fact};
use crate::library::{Asked, Questionnaire};
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::{Part, StudyCard, StudyForm, StudyQuestion};

/// Who may sign what somebody else wrote.
const SIGNATORIES: [Role; 3] = [Role::Owner, Role::Elected, Role::Referent];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/referent/systems/{id}/study/{kind}", form(write))
        .route("/referent/systems/{id}/study/{kind}/sign", form(sign))
}

/// The name of a study in addresses and fields.
fn slug(kind: StudyKind) -> &'static str {
    match kind {
        StudyKind::Light => "light",
        StudyKind::Rights => "rights",
        StudyKind::DataProtection => "data-protection",
        StudyKind::Environment => "environment",
        StudyKind::Skills => "skills",
        StudyKind::Accessibility => "accessibility",
    }
}

pub(super) fn card(cards: &Cards<'_>) -> StudyCard {
    let dossier = cards.dossier;
    let shown = dossier.app.library.studies.values().filter(|questionnaire| {
        cards.outlook.asks(&questionnaire.requirement) || dossier.system.studies.contains_key(&questionnaire.kind)
    });
    let begun = !dossier.system.studies.is_empty();
    let card = cards.card_in(Part::Study, cards.outlook.state(Part::Study, begun), Vec::new());
    let studies = shown.map(|questionnaire| study(dossier, questionnaire, card.open)).collect();
    StudyCard { card, studies }
}

fn study(dossier: &Dossier, questionnaire: &Questionnaire, part_is_open: bool) -> StudyForm {
    let (slug, lang) = (slug(questionnaire.kind), dossier.locale().lang());
    let written = dossier.system.studies.get(&questionnaire.kind);
    let question = |asked: &Asked| StudyQuestion {
        field: format!("study-{slug}-{}", asked.id),
        words: asked.words(lang).to_owned(),
        hint: asked.hint(lang).to_owned(),
        answer: written.and_then(|study| study.answers.get(&asked.id)).cloned().unwrap_or_default(),
    };
    let why_not = written.and_then(|study| dossier.may_not_sign(study));
    StudyForm {
        slug,
        title: questionnaire.title(lang).to_owned(),
        facts: written.map(|study| facts(dossier, study)).unwrap_or_default(),
        questions: questionnaire.questions.iter().map(question).collect(),
        written: written.is_some(),
        open: part_is_open && written.is_none(),
        may_sign: written.is_some() && why_not.is_none(),
        why_not: why_not.filter(|_| written.is_some_and(|study| study.signature.is_none())).unwrap_or_default(),
        until: dossier.date(dossier.now).saturating_add(i64::from(questionnaire.months).months()).to_string(),
        months: questionnaire.months as usize,
        digest: written.map(Study::digest).unwrap_or_default(),
    }
}

fn facts(dossier: &Dossier, study: &Study) -> Vec<Fact> {
    let mut facts = vec![fact("fact-author", &authors(dossier, study)), fact("fact-written", &dossier.day(study.written))];
    if let Some(signature) = &study.signature {
        facts.push(fact("fact-signatory", &dossier.name(&signature.signatory)));
        facts.push(fact("fact-until", &dossier.last_day(signature.until)));
    }
    facts
}

fn authors(dossier: &Dossier, study: &Study) -> String {
    study.authors.iter().map(|author| dossier.name(author)).collect::<Vec<_>>().join(", ")
}

/// POST /referent/systems/{id}/study/{kind}
async fn write(dossier: Dossier, Path((_, named)): Path<(String, String)>, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let questionnaire = dossier.questionnaire(&named)?;
    let mut form = dossier.form(body);
    let answers = questionnaire.questions.iter().map(|asked| {
        let answer = form.text(&format!("study-{named}-{}", asked.id));
        (asked.id.clone(), answer)
    });
    let event = Event::StudyWritten {
        system: dossier.id.clone(),
        kind: questionnaire.kind,
        answers: answers.collect(),
        contributors: Vec::new(),
    };
    dossier.act(form, (Part::Study, "study"), "saved", vec![event]).await
}

/// POST /referent/systems/{id}/study/{kind}/sign
async fn sign(dossier: Dossier, Path((_, named)): Path<(String, String)>, body: Body) -> Page {
    dossier.signed.allow(&SIGNATORIES)?;
    let questionnaire = dossier.questionnaire(&named)?;
    let (field, mut form) = (format!("sign-{named}-until"), dossier.form(body));
    let until = form.until(&field, dossier.now, &dossier.app.identity.time_zone);
    let limit = dossier.date(dossier.now).saturating_add(i64::from(questionnaire.months).months());
    if form.is_right() && form.day(&field) > limit {
        form.wrong(&field, dossier.locale().n("study-too-long", questionnaire.months as usize));
    }
    let event = Event::StudySigned {
        system: dossier.id.clone(),
        kind: questionnaire.kind,
        until,
        digest: form.optional(&format!("sign-{named}-digest")),
    };
    dossier.act(form, (Part::Study, &field), "signed", vec![event]).await
}

impl Dossier {
    fn questionnaire(&self, named: &str) -> Result<&Questionnaire, WebError> {
        let mut known = self.app.library.studies.values();
        known.find(|questionnaire| slug(questionnaire.kind) == named).ok_or(WebError::NotFound)
    }

    /// Why the reader may not sign this study; none when they may.
    fn may_not_sign(&self, study: &Study) -> Option<String> {
        if self.signed.allow(&SIGNATORIES).is_err() {
            return Some(self.locale().t("study-who-signs"));
        }
        study.authors.contains(&self.signed.person.id).then(|| self.locale().t("study-own"))
    }
}
