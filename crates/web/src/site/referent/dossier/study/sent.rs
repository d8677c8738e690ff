//! What the form of a study says: the questions that were on the page, their answers, and the choices between two texts.

use std::collections::{BTreeMap, BTreeSet};

use gouvernail_questionnaire::{Answer, Answers, Kind, Question, Unfit};

use super::Desk;
use super::writing::{By, Choice, Saved, Sent};
use crate::site::error::WebError;
use crate::site::form::Filled;

/// Name of the field of a question.
pub(super) fn field(id: &str) -> String {
    format!("q-{id}")
}

/// What was on the page when it was drawn: the name of a save, and whether as its author's own page held it.
fn base(name: &str) -> (i64, bool) {
    let number = name.strip_suffix('s');
    (number.unwrap_or(name).parse().unwrap_or(0), number.is_some())
}

impl Desk {
    /// What the form holds, against what its page showed. A value that is no answer is noted in the form, and the answer that was
    /// there stays.
    pub(super) fn sent(&self, form: &mut Filled<'_>, base_answers: &Answers) -> (Answers, BTreeMap<String, Choice>) {
        let listed = form.optional("asked");
        let listed: BTreeSet<&str> = listed.split_whitespace().collect();
        let was_asked = |form: &Filled<'_>, id: &str| {
            // A form that does not list its questions speaks of those whose field it has.
            if listed.is_empty() { form.has(&field(id)) } else { listed.contains(id) }
        };
        let (mut mine, mut choices) = (base_answers.clone(), BTreeMap::new());
        for question in self.questions().filter(|question| !question.id.contains('/')) {
            if !was_asked(form, &question.id) {
                continue;
            }
            match question.read(&values(form, question)) {
                Ok(answer) => put(&mut mine, question, answer),
                Err(unfit) => form.wrong(&field(&question.id), self.mistake(unfit)),
            }
            let chosen = form.optional(&format!("settle-{}", field(&question.id)));
            choices.extend(Choice::named(&chosen).map(|choice| (question.id.clone(), choice)));
        }
        (mine, choices)
    }

    /// The answers on the page from which the form was sent.
    pub(super) async fn base(&self, form: &Filled<'_>) -> Result<Answers, WebError> {
        let (n, own) = base(&form.optional("base"));
        let name = crate::library::name_of(self.kind);
        Ok(match self.dossier.app.store.study_draft(&self.dossier.id, name, n).await? {
            Some(draft) => super::read(&draft)?.page(own).clone(),
            None => self.before_drafts(),
        })
    }

    /// What a page showed before the first save.
    fn before_drafts(&self) -> Answers {
        self.written().filter(|_| self.last.is_none()).map(super::own).unwrap_or_default()
    }

    /// The save that follows, if there is something new.
    pub(super) fn next(&self, base: &Answers, mine: Answers, choices: BTreeMap<String, Choice>) -> Option<Saved> {
        self.saved.followed_by(Sent { base, mine, choices, by: self.by() })
    }

    /// Who writes, now.
    pub(super) fn by(&self) -> By {
        By { author: self.dossier.signed.person.id.clone(), at: self.dossier.now }
    }

    fn mistake(&self, unfit: Unfit) -> String {
        self.dossier.locale().t(match unfit {
            Unfit::Number => "mistake-decimal",
            Unfit::Date => "mistake-date",
            Unfit::Choice | Unfit::YesNo | Unfit::Kind => "mistake-choice",
        })
    }
}

/// What was sent for a question: one value, or one for each box that is ticked.
fn values(form: &Filled<'_>, question: &Question) -> Vec<String> {
    let name = field(&question.id);
    match &question.kind {
        Kind::Choices(choices) => choices.iter().map(|choice| form.optional(&format!("{name}.{}", choice.id))).collect(),
        _ => vec![form.optional(&name)],
    }
}

fn put(answers: &mut Answers, question: &Question, answer: Option<Answer>) {
    match answer {
        Some(answer) => answers.insert(question.id.clone(), answer),
        None => answers.remove(&question.id),
    };
}
