//! What is shown, what counts and what is missing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::answers::{Answer, Answers, Unfit};
use crate::condition::Seen;
use crate::model::{Kind, Question, Questionnaire, Section};

/// What the digest of answers is made over begins with this, so that no other digest can be taken for it.
const DOMAIN: &str = "gouvernail-questionnaire-answers/1";

impl Questionnaire {
    /// Names of the questions that these answers show.
    #[must_use]
    pub fn visible(&self, answers: &Answers) -> BTreeSet<&str> {
        self.look(answers).0
    }

    /// The answers that count: those that are shown, say something and fit their question.
    #[must_use]
    pub fn counted<'q, 'a>(&'q self, answers: &'a Answers) -> BTreeMap<&'q str, &'a Answer> {
        self.look(answers).1
    }

    /// Questions that must be answered and are not, in order.
    #[must_use]
    pub fn missing(&self, answers: &Answers) -> Vec<(&Section, &Question)> {
        let (visible, counted) = self.look(answers);
        let asked = |question: &Question| question.required && !matches!(question.kind, Kind::Fact { .. });
        let without = |question: &Question| visible.contains(question.id.as_str()) && !counted.contains_key(question.id.as_str());
        self.questions().filter(|(_, question)| asked(question) && without(question)).collect()
    }

    /// Answers that name no question of this questionnaire (none), or do not fit theirs.
    #[must_use]
    pub fn unfit<'a>(&self, answers: &'a Answers) -> Vec<(&'a str, Option<Unfit>)> {
        let wrong = |(id, answer): (&'a String, &Answer)| match self.question(id) {
            Some(question) => question.accepts(answer).err().map(|unfit| (id.as_str(), Some(unfit))),
            None => Some((id.as_str(), None)),
        };
        answers.iter().filter(|(_, answer)| !answer.is_empty()).filter_map(wrong).collect()
    }

    /// SHA-256, in hexadecimal, of the answers that count: the canonical JSON (RFC 8785) of
    /// `["gouvernail-questionnaire-answers/1", id, answers]`. Two people who read the same answers have the same digest.
    ///
    /// # Errors
    /// The answers have no canonical form.
    pub fn digest(&self, answers: &Answers) -> Result<String, serde_json::Error> {
        let said = serde_json_canonicalizer::to_vec(&json!([DOMAIN, self.id, self.counted(answers)]))?;
        Ok(hex::encode(Sha256::digest(said)))
    }

    fn look<'q, 'a>(&'q self, answers: &'a Answers) -> (BTreeSet<&'q str>, BTreeMap<&'q str, &'a Answer>) {
        let mut visible = BTreeSet::new();
        let mut counted: BTreeMap<&'q str, &'a Answer> = BTreeMap::new();
        for &(section, question) in &self.order {
            let section = &self.sections[section];
            let question = &section.questions[question];
            let seen = |id: &str| counted.get(id).map_or(Seen::Nothing, |answer| Seen::Answer(answer));
            if !section.conditions(question).all(|condition| condition.holds(&seen) == Some(true)) {
                continue;
            }
            visible.insert(question.id.as_str());
            if let Some(answer) = answers.get(&question.id).filter(|given| !given.is_empty() && question.accepts(given).is_ok()) {
                counted.insert(question.id.as_str(), answer);
            }
        }
        (visible, counted)
    }
}
