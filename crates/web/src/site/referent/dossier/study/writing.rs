//! What one save of a study holds, and how the next one is made of it: nothing that anybody wrote is lost.

use std::collections::BTreeMap;

use gouvernail_questionnaire::{Answer, Answers, merge};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One save.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Saved {
    /// The answers of everybody together.
    pub(super) answers: Answers,
    /// The answers as they stand on the page of who saved, where what others wrote meanwhile is not shown yet; none when it is
    /// the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) shown: Option<Answers>,
    /// Who gave each answer, and when.
    #[serde(default)]
    pub(super) by: BTreeMap<String, By>,
    /// Other answers to the same question, written at the same time: somebody chooses.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) disputes: BTreeMap<String, Vec<Dispute>>,
    /// The older save that this one brings back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) restored: Option<i64>,
}

/// Who, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct By {
    /// Identifier of the person.
    pub(super) author: String,
    /// When.
    pub(super) at: Timestamp,
}

/// An answer that waits for a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Dispute {
    /// The answer; none when it takes the answer away.
    pub(super) answer: Option<Answer>,
    /// Who gave it, and when.
    pub(super) by: By,
}

/// Which answer is kept where two people wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// The one that is in the draft.
    Kept,
    /// The one that this person gave at this time.
    Of(By),
    /// The one that the form holds.
    Mine,
}

/// What somebody sends.
#[derive(Debug, Clone)]
pub(super) struct Sent<'a> {
    /// What their page showed when they began.
    pub(super) base: &'a Answers,
    /// What their page holds now.
    pub(super) mine: Answers,
    /// What they chose where two people wrote.
    pub(super) choices: BTreeMap<String, Choice>,
    /// Who sends, and when.
    pub(super) by: By,
}

impl Dispute {
    /// Its name in a form: `person@microseconds`.
    pub(super) fn name(&self) -> String {
        format!("{}@{}", self.by.author, self.by.at.as_microsecond())
    }
}

impl Choice {
    /// A choice by its name in a form.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "kept" => Some(Self::Kept),
            "mine" => Some(Self::Mine),
            _ => {
                let (author, at) = name.rsplit_once('@')?;
                let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
                Some(Self::Of(By { author: author.to_owned(), at }))
            }
        }
    }
}

impl Saved {
    /// The save that follows this one, the latest, once what was sent is brought together with it; none when it says nothing new.
    pub(super) fn followed_by(&self, sent: Sent<'_>) -> Option<Self> {
        let (mut mine, mut disputes) = (sent.mine, self.disputes.clone());
        for (question, choice) in &sent.choices {
            if let Some(chosen) = self.chosen(question, choice, sent.base, &mine) {
                set(&mut mine, question, chosen);
                disputes.remove(question);
            }
        }
        // What is chosen is chosen against what was read, so it never disputes itself.
        let settled = |question: &String| self.disputes.contains_key(question) && !disputes.contains_key(question);
        let mut base = sent.base.clone();
        for question in sent.choices.keys().filter(|question| settled(question)) {
            set(&mut base, question, self.answers.get(question).cloned());
        }
        let merged = merge(&base, &mine, &self.answers);
        for conflict in merged.conflicts {
            let others = disputes.entry(conflict.question).or_default();
            others.retain(|other| other.by.author != sent.by.author);
            others.push(Dispute { answer: conflict.mine, by: sent.by.clone() });
        }
        let spoken: Answers = mine.into_iter().filter(|(_, answer)| !answer.is_empty()).collect();
        let shown = (spoken != merged.answers).then_some(spoken);
        if merged.answers == self.answers && disputes == self.disputes {
            return None;
        }
        let by = self.by_after(&merged.answers, &sent.by);
        Some(Self { answers: merged.answers, shown, by, disputes, restored: None })
    }

    /// The save that brings back the answers of an older one.
    pub(super) fn restoring(&self, n: i64, older: &Self, by: &By) -> Self {
        let (answers, disputes) = (older.answers.clone(), BTreeMap::new());
        Self { by: self.by_after(&answers, by), answers, shown: None, disputes, restored: Some(n) }
    }

    /// What was on the page whose answers bear this name: as everybody reads them, or as the author's own page held them.
    pub(super) fn page(&self, own: bool) -> &Answers {
        self.shown.as_ref().filter(|_| own).unwrap_or(&self.answers)
    }

    /// The answer that a choice designates, if what was read still stands: the answer may be that there is none.
    fn chosen(&self, question: &str, choice: &Choice, read: &Answers, mine: &Answers) -> Option<Option<Answer>> {
        let others = self.disputes.get(question)?;
        let unmoved = read.get(question) == self.answers.get(question);
        match choice {
            Choice::Kept if unmoved => Some(self.answers.get(question).cloned()),
            Choice::Mine if unmoved => Some(mine.get(question).cloned()),
            Choice::Of(by) => others.iter().find(|other| other.by == *by).map(|other| other.answer.clone()),
            _ => None,
        }
    }

    fn by_after(&self, answers: &Answers, by: &By) -> BTreeMap<String, By> {
        let mut after = self.by.clone();
        for question in answers.keys().chain(self.answers.keys()) {
            if answers.get(question) != self.answers.get(question) {
                after.insert(question.clone(), by.clone());
            }
        }
        after
    }
}

/// Questions whose answer is not the same in both, in alphabetical order.
pub(super) fn changed(before: &Answers, after: &Answers) -> Vec<String> {
    let mut questions: Vec<&String> = before.keys().chain(after.keys()).collect();
    questions.sort_unstable();
    questions.dedup();
    questions.into_iter().filter(|question| before.get(*question) != after.get(*question)).cloned().collect()
}

fn set(answers: &mut Answers, question: &str, answer: Option<Answer>) {
    match answer {
        Some(answer) => answers.insert(question.to_owned(), answer),
        None => answers.remove(question),
    };
}

#[cfg(test)]
mod tests;
