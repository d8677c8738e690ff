//! Refuses a questionnaire that does not hold together, before anybody answers it.

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::Answer;
use crate::condition::Condition;
use crate::error::Fault;
use crate::file::Faults;
use crate::model::{Kind, Question, Questionnaire};
use crate::score;

/// What a condition looks at exists, and no condition hangs on itself: what the engine needs of any questionnaire.
pub(crate) fn conditions(questionnaire: &mut Questionnaire, faults: &mut Faults) {
    for section in &questionnaire.sections {
        if let Some(condition) = &section.when {
            references(questionnaire, &format!("section {:?}", section.id), condition, faults);
        }
        for question in &section.questions {
            if let Some(condition) = &question.when {
                references(questionnaire, &format!("question {:?}", question.id), condition, faults);
            }
        }
    }
    if faults.problems.is_empty() {
        order(questionnaire, faults);
        questionnaire.maxima = score::maxima(questionnaire);
    }
}

/// Notes everything that is wrong, and puts the questions in the order in which their conditions can be looked at.
pub(crate) fn check(questionnaire: &mut Questionnaire, faults: &mut Faults) {
    names(questionnaire, faults);
    for section in &questionnaire.sections {
        let place = format!("section {:?}", section.id);
        if section.questions.is_empty() {
            faults.note(Some(place), Fault::Empty);
        }
        for question in &section.questions {
            self::question(questionnaire, section.from.as_deref(), question, faults);
        }
    }
    scoring(questionnaire, faults);
    conditions(questionnaire, faults);
}

fn names(questionnaire: &Questionnaire, faults: &mut Faults) {
    let mut spaces: Vec<Vec<String>> = vec![
        vec![questionnaire.id.clone()],
        questionnaire.texts.keys().cloned().collect(),
        questionnaire.axes.iter().map(|axis| axis.id.clone()).collect(),
        questionnaire.levels.iter().map(|level| level.id.clone()).collect(),
        questionnaire.sections.iter().map(|section| section.id.clone()).collect(),
    ];
    let mut asked = BTreeSet::new();
    for (_, question) in questionnaire.questions() {
        if !asked.insert(&question.id) {
            faults.note(Some(format!("question {:?}", question.id)), Fault::Twice(question.id.clone()));
        }
        // A lent question is named `lender/question`.
        spaces.push(question.id.split('/').map(str::to_owned).collect());
        spaces.push(question.kind.choices().iter().map(|choice| choice.id.clone()).collect());
    }
    for space in spaces {
        let mut seen = BTreeSet::new();
        for name in space {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
            if name.is_empty() || !name.chars().all(plain) {
                faults.note(None, Fault::BadName(name.clone()));
            }
            if !seen.insert(name.clone()) {
                faults.note(None, Fault::Twice(name));
            }
        }
    }
}

fn question(questionnaire: &Questionnaire, lender: Option<&str>, question: &Question, faults: &mut Faults) {
    let place = format!("question {:?}", question.id);
    let mut note = |fault| faults.note(Some(place.clone()), fault);
    let scored = question.kind.choices().iter().any(|choice| choice.points > 0)
        || matches!(question.kind, Kind::YesNo { yes, no } if yes + no > 0);
    match &question.axis {
        Some(axis) if !questionnaire.axes.iter().any(|known| known.id == *axis) => note(Fault::UnknownAxis(axis.clone())),
        // A lent question gives its points where it is written.
        None if scored && lender.is_none() => note(Fault::PointsWithoutAxis),
        _ => {}
    }
    if question.sources.is_empty() {
        note(Fault::NoSource);
    }
    for source in question.sources.iter().filter(|source| !questionnaire.texts.contains_key(&source.text)) {
        note(Fault::UnknownText(format!("{} {}", source.text, source.at)));
    }
}

/// Every question that a condition looks at exists and can have the value expected.
fn references(questionnaire: &Questionnaire, place: &str, condition: &Condition, faults: &mut Faults) {
    for leaf in condition.leaves() {
        let Some(id) = leaf.question() else { continue };
        let Some(question) = questionnaire.question(id) else {
            let fault = if id.contains('/') { Fault::LentAlone(id.to_owned()) } else { Fault::UnknownQuestion(id.to_owned()) };
            faults.note(Some(place.to_owned()), fault);
            continue;
        };
        if let Some(value) = impossible(question, leaf) {
            faults.note(Some(place.to_owned()), Fault::NeverTrue { question: id.to_owned(), value });
        }
    }
}

/// The value that this question can never have, when the leaf expects one.
fn impossible(question: &Question, leaf: &Condition) -> Option<String> {
    let offered = |id: &str| question.kind.choices().iter().any(|choice| choice.id == id);
    let (possible, value) = match (leaf, &question.kind) {
        (Condition::Is { value: Answer::YesNo(said), .. }, kind) => (matches!(kind, Kind::YesNo { .. }), said.to_string()),
        (Condition::Is { value: Answer::Text(id), .. }, Kind::Choice(_)) => (offered(id), id.clone()),
        (Condition::Is { value: Answer::Text(id), .. }, _) => (false, id.clone()),
        (Condition::Contains { choice, .. }, Kind::Choices(_)) => (offered(choice), choice.clone()),
        (Condition::Contains { choice, .. }, _) => (false, choice.clone()),
        _ => (true, String::new()),
    };
    (!possible).then_some(value)
}

fn scoring(questionnaire: &Questionnaire, faults: &mut Faults) {
    let Some(scoring) = &questionnaire.scoring else {
        if !questionnaire.levels.is_empty() {
            faults.note(None, Fault::HalfScored);
        }
        return;
    };
    if questionnaire.levels.is_empty() {
        faults.note(None, Fault::HalfScored);
    }
    for axis in [Some(&scoring.axis), scoring.relief.as_ref().map(|relief| &relief.axis)].into_iter().flatten() {
        if !questionnaire.axes.iter().any(|known| known.id == *axis) {
            faults.note(None, Fault::UnknownAxis(axis.clone()));
        }
    }
    let bounds: Vec<u32> = questionnaire.levels.iter().map(|level| level.up_to.unwrap_or(101)).collect();
    let last = bounds.last().is_none_or(|last| *last == 101);
    if !last || bounds.windows(2).any(|pair| pair[0] >= pair[1]) {
        faults.note(None, Fault::Levels);
    }
}

/// Puts each question after those that it looks at.
fn order(questionnaire: &mut Questionnaire, faults: &mut Faults) {
    let mut places: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (s, section) in questionnaire.sections.iter().enumerate() {
        for (q, question) in section.questions.iter().enumerate() {
            places.insert(&question.id, (s, q));
        }
    }
    let mut walk = Walk { questionnaire, places: &places, done: BTreeSet::new(), path: Vec::new(), order: Vec::new() };
    let circle = questionnaire.questions().find_map(|(_, question)| walk.visit(&question.id).err());
    let order = walk.order;
    if let Some(circle) = circle {
        let first = circle.first().map(|id| format!("question {id:?}"));
        faults.note(first, Fault::Circle(circle));
    }
    questionnaire.order = order;
}

struct Walk<'a> {
    questionnaire: &'a Questionnaire,
    places: &'a BTreeMap<&'a str, (usize, usize)>,
    done: BTreeSet<&'a str>,
    path: Vec<&'a str>,
    order: Vec<(usize, usize)>,
}

impl<'a> Walk<'a> {
    /// Depth first; the error is the circle found.
    fn visit(&mut self, id: &'a str) -> Result<(), Vec<String>> {
        if self.done.contains(id) {
            return Ok(());
        }
        if let Some(from) = self.path.iter().position(|met| *met == id) {
            return Err(self.path[from..].iter().map(|met| (*met).to_owned()).collect());
        }
        let Some(&(s, q)) = self.places.get(id) else { return Ok(()) };
        let section = &self.questionnaire.sections[s];
        self.path.push(id);
        for condition in section.conditions(&section.questions[q]) {
            condition.questions().try_for_each(|looked_at| self.visit(looked_at))?;
        }
        self.path.pop();
        self.done.insert(id);
        self.order.push((s, q));
        Ok(())
    }
}
