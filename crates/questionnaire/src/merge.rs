//! Two people wrote at the same time, from the same answers: nothing of either is lost.

use std::collections::BTreeSet;

use crate::answers::{Answer, Answers};

/// What two writings give together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// The answers; where both wrote something else, that of `theirs`.
    pub answers: Answers,
    /// Where both wrote something else: somebody chooses.
    pub conflicts: Vec<Conflict>,
}

/// A question that both answered, otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The question.
    pub question: String,
    /// What both had read.
    pub base: Option<Answer>,
    /// What one made of it; none when taken away.
    pub mine: Option<Answer>,
    /// What the other made of it.
    pub theirs: Option<Answer>,
}

/// Three-way merge, question by question: a side that changed nothing gives way to the other.
#[must_use]
pub fn merge(base: &Answers, mine: &Answers, theirs: &Answers) -> Merged {
    let questions: BTreeSet<&String> = base.keys().chain(mine.keys()).chain(theirs.keys()).collect();
    let mut merged = Merged::default();
    for question in questions {
        let [base, mine, theirs] = [base, mine, theirs].map(|answers| answers.get(question).filter(|answer| !answer.is_empty()));
        let kept = if theirs == base { mine } else { theirs };
        if let Some(answer) = kept {
            merged.answers.insert(question.clone(), answer.clone());
        }
        if mine != base && theirs != base && mine != theirs {
            let [base, mine, theirs] = [base, mine, theirs].map(Option::<&Answer>::cloned);
            merged.conflicts.push(Conflict { question: question.clone(), base, mine, theirs });
        }
    }
    merged
}
