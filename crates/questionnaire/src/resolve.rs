//! Sections written once, in one questionnaire, and read in another.

use crate::error::{Fault, Problem};
use crate::model::{Question, Questionnaire, Section, Words};

/// Puts in each section that is lent the questions of its lender, under the name `lender/question`.
pub(crate) fn lend(read: &mut [(String, Questionnaire)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let lenders: Vec<Questionnaire> = read.iter().map(|(_, questionnaire)| questionnaire.clone()).collect();
    for (file, questionnaire) in read.iter_mut() {
        let mut texts = Vec::new();
        for section in &mut questionnaire.sections {
            let Some(from) = section.from.clone() else { continue };
            match lent(section, &from, &lenders) {
                Ok(lender) => texts.extend(lender.texts.clone()),
                Err(fault) => {
                    let place = Some(format!("section {:?}", section.id));
                    problems.push(Problem { file: file.clone(), place, fault });
                }
            }
        }
        for (id, words) in texts {
            questionnaire.texts.entry(id).or_insert(words);
        }
    }
    problems
}

fn lent<'a>(section: &mut Section, from: &str, lenders: &'a [Questionnaire]) -> Result<&'a Questionnaire, Fault> {
    let lender = lenders.iter().find(|questionnaire| questionnaire.id == from);
    let found = lender.and_then(|lender| Some((lender, lender.sections.iter().find(|known| known.id == section.id)?)));
    let Some((lender, original)) = found else {
        return Err(Fault::UnknownLender { questionnaire: from.to_owned(), section: section.id.clone() });
    };
    if original.from.is_some() {
        return Err(Fault::LentTwice(section.id.clone()));
    }
    let name = |id: &str| format!("{from}/{id}");
    let both = |question: &Question| {
        // The section's own condition belongs to the lender: it goes with each question.
        let conditions: Vec<_> = original.conditions(question).map(|condition| condition.renamed(&name)).collect();
        (!conditions.is_empty()).then_some(crate::Condition::All(conditions))
    };
    let renamed = |question: &Question| Question { id: name(&question.id), when: both(question), axis: None, ..question.clone() };
    let Words { fr, en } = original.title.clone();
    section.title = Words { fr, en };
    section.questions = original.questions.iter().map(renamed).collect();
    Ok(lender)
}
