//! The page where a study is written.

use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse};
use gouvernail_questionnaire::{Answer, Answers, Kind, Question, Section};

use super::sent::field;
use super::{Desk, library, slug};
use crate::layout::Chrome;
use crate::site::Page;
use crate::site::error::WebError;
use crate::site::form::Filled;
use crate::site::headers::WITH_OUR_SCRIPT;
use crate::views::study::{ChoiceView, DisputeView, Input, MissingAnswer, QuestionView, SectionView, StudyPage};

/// GET /referent/systems/{id}/study/{kind}
pub(super) async fn show(desk: Desk) -> Page {
    let chrome = desk.dossier.signed.chrome(&desk.dossier.app);
    Ok(([(CONTENT_SECURITY_POLICY, WITH_OUR_SCRIPT)], desk.page(chrome).await?).into_response())
}

impl Desk {
    /// The form again, with what is wrong in it and what was typed.
    pub(super) async fn again(&self, form: Filled<'_>) -> Page {
        let mut chrome = form.back(self.dossier.signed.chrome(&self.dossier.app));
        // What was understood is in the draft already: only what was not comes back as it was typed.
        let wrong: Vec<String> = chrome.errors.iter().map(|error| error.field.clone()).collect();
        chrome.typed.retain(|name, _| wrong.contains(name));
        let page = self.page(chrome).await?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, [(CONTENT_SECURITY_POLICY, WITH_OUR_SCRIPT)], page).into_response())
    }

    async fn page(&self, chrome: Chrome) -> Result<Html<String>, WebError> {
        let (questionnaire, locale) = (self.questionnaire(), self.dossier.locale());
        let whole = self.whole(&self.saved.answers).await?;
        let sections = self.sections(&whole);
        let missing = questionnaire.missing(&whole);
        let asked: Vec<&str> = self.questions().map(|question| question.id.as_str()).filter(|id| !id.contains('/')).collect();
        let page = StudyPage {
            system: (self.dossier.system.sheet.name.clone(), self.dossier.url()),
            url: self.url(),
            title: self.title(),
            about: questionnaire.about.as_ref().map(|about| self.say(about).to_owned()).unwrap_or_default(),
            tag: self.stands().tag(),
            notices: self.warned(),
            facts: self.facts(),
            missing: missing.iter().map(|(section, question)| self.missing_answer(section, question)).collect(),
            score: self.score_view(&whole),
            base: self.n().to_string(),
            asked: asked.join(" "),
            sections,
            may_write: self.may_write(),
            written: self.written().is_some(),
            has_history: self.last.is_some(),
            saved: self.saved_words(),
            chrome,
        };
        Ok(Html(page.render(locale)?))
    }

    /// What must be known before writing.
    fn warned(&self) -> Vec<(&'static str, String)> {
        let mut notices = self.notices();
        if !self.saved.disputes.is_empty() {
            notices.push(("warn", self.dossier.locale().n("study-disputed", self.saved.disputes.len())));
        }
        notices
    }

    fn missing_answer(&self, section: &Section, question: &Question) -> MissingAnswer {
        let href = match &section.from {
            Some(_) => format!("#{}", section.id),
            None => format!("#{}", field(&question.id)),
        };
        MissingAnswer { href, section: self.say(&section.title).to_owned(), words: self.say(&question.words).to_owned() }
    }

    /// Every section with these answers.
    pub(super) fn sections(&self, answers: &Answers) -> Vec<SectionView> {
        let questionnaire = self.questionnaire();
        let (visible, counted) = (questionnaire.visible(answers), questionnaire.counted(answers));
        let section = |section: &Section| {
            let shown: Vec<&Question> =
                section.questions.iter().filter(|question| visible.contains(question.id.as_str())).collect();
            let needed: Vec<&&Question> =
                shown.iter().filter(|question| question.required && !matches!(question.kind, Kind::Fact { .. })).collect();
            let answered = needed.iter().filter(|question| counted.contains_key(question.id.as_str())).count();
            let question = |question: &Question| {
                let (hidden, answer) = (!visible.contains(question.id.as_str()), answers.get(&question.id));
                self.question(question, answer, hidden)
            };
            SectionView {
                id: format!("s-{}", section.id),
                title: self.say(&section.title).to_owned(),
                progress: (answered, needed.len()),
                hidden: shown.is_empty(),
                lender: section.from.as_deref().and_then(|from| self.lender(from)),
                questions: section.questions.iter().map(question).collect(),
            }
        };
        questionnaire.sections.iter().map(section).collect()
    }

    fn lender(&self, from: &str) -> Option<(String, String)> {
        let kind = library::kind_of(from)?;
        let title = self.say(&self.dossier.app.library.studies.get(&kind)?.title).to_owned();
        Some((title, format!("{}/study/{}", self.dossier.url(), slug(kind))))
    }

    fn question(&self, question: &Question, answer: Option<&Answer>, hidden: bool) -> QuestionView {
        let name = field(&question.id);
        let words = |answer: Option<&Answer>| self.answer_in_words(question, answer);
        let disputes = self.saved.disputes.get(&question.id).into_iter().flatten();
        let by = self.saved.by.get(&question.id).filter(|_| answer.is_some());
        QuestionView {
            words: self.say(&question.words).to_owned(),
            hint: question.hint.as_ref().map(|hint| self.say(hint).to_owned()).unwrap_or_default(),
            sources: question.sources.iter().map(|source| self.source(source)).collect(),
            input: input(&question.kind),
            value: self.value(answer),
            choices: self.choices(question, answer, &name),
            answer: words(answer),
            optional: !question.required,
            hidden,
            by: by.map(|by| self.by_words(by)).unwrap_or_default(),
            disputes: disputes
                .map(|other| DisputeView {
                    value: other.name(),
                    answer: words(other.answer.as_ref()),
                    by: self.by_words(&other.by),
                })
                .collect(),
            field: name,
        }
    }

    fn choices(&self, question: &Question, answer: Option<&Answer>, name: &str) -> Vec<ChoiceView> {
        let choice =
            |field: String, value: &str, words: String, chosen: bool| ChoiceView { field, value: value.to_owned(), words, chosen };
        match &question.kind {
            Kind::YesNo { .. } => [("yes", true), ("no", false)]
                .map(|(value, said)| {
                    choice(name.to_owned(), value, self.dossier.locale().t(value), answer == Some(&Answer::YesNo(said)))
                })
                .into(),
            Kind::Choice(choices) => choices
                .iter()
                .map(|c| {
                    choice(name.to_owned(), &c.id, self.say(&c.words).to_owned(), answer.and_then(Answer::text) == Some(&c.id))
                })
                .collect(),
            Kind::Choices(choices) => choices
                .iter()
                .map(|c| {
                    let chosen = matches!(answer, Some(Answer::Several(chosen)) if chosen.contains(&c.id));
                    choice(format!("{name}.{}", c.id), &c.id, self.say(&c.words).to_owned(), chosen)
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

fn input(kind: &Kind) -> Input {
    match kind {
        Kind::Text => Input::Text,
        Kind::Choice(_) | Kind::YesNo { .. } => Input::Choice,
        Kind::Choices(_) => Input::Choices,
        Kind::Number => Input::Number,
        Kind::Date => Input::Date,
        Kind::Fact { .. } => Input::Read,
    }
}
