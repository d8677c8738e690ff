//! Points, maxima and levels. Only what is shown counts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::answers::{Answer, Answers};
use crate::condition::Seen;
use crate::model::{Kind, Level, Question, Questionnaire, Scoring, Section};

/// What answers add up to, with how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Each axis.
    pub axes: Vec<AxisScore>,
    /// Each answer that gives points.
    pub counted: Vec<Counted>,
    /// What the level is read from; none when the questionnaire gives no level.
    pub total: Option<Total>,
}

/// Points along one axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AxisScore {
    /// The axis.
    pub axis: String,
    /// Points of the answers that are shown.
    pub points: u32,
    /// The most that any set of answers could give.
    pub maximum: u32,
}

/// An answer that gives points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The question.
    pub question: String,
    /// Along which axis.
    pub axis: String,
    /// How many.
    pub points: u32,
}

/// What the level is read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Total {
    /// Points of the scoring axis before they are lowered.
    pub before: u32,
    /// Points that count, lowered or not.
    pub points: u32,
    /// The most that they could be.
    pub maximum: u32,
    /// Whether the other axis was high enough to lower them.
    pub lowered: bool,
    /// Short name of the level.
    pub level: String,
}

impl Questionnaire {
    /// What these answers add up to.
    #[must_use]
    pub fn score(&self, answers: &Answers) -> Score {
        let seen = self.counted(answers);
        let points = |question: &Question| {
            let axis = question.axis.clone()?;
            let points = points(&question.kind, seen.get(question.id.as_str())?);
            (points > 0).then(|| Counted { question: question.id.clone(), axis, points })
        };
        let counted: Vec<Counted> = self.questions().filter_map(|(_, question)| points(question)).collect();
        let sum = |axis: &str| counted.iter().filter(|line| line.axis == axis).map(|line| line.points).sum();
        let axis = |id: &String| AxisScore { axis: id.clone(), points: sum(id), maximum: self.maximum(id) };
        let axes: Vec<AxisScore> = self.axes.iter().map(|known| axis(&known.id)).collect();
        let total = self.scoring.as_ref().and_then(|scoring| self.total(scoring, &axes));
        Score { axes, counted, total }
    }

    /// A level by name.
    #[must_use]
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.id == id)
    }

    fn total(&self, scoring: &Scoring, axes: &[AxisScore]) -> Option<Total> {
        let along = |id: &str| axes.iter().find(|score| score.axis == id);
        let (before, maximum) = along(&scoring.axis).map(|score| (score.points, score.maximum))?;
        let relief = scoring
            .relief
            .as_ref()
            .filter(|relief| along(&relief.axis).is_some_and(|score| score.points * 100 >= relief.at_percent * score.maximum));
        let points = relief.map_or(before, |relief| (before * relief.keep_percent + 50) / 100);
        let within = |level: &&Level| level.up_to.is_none_or(|percent| points * 100 <= maximum * percent);
        let level = self.levels.iter().find(within)?.id.clone();
        Some(Total { before, points, maximum, lowered: relief.is_some(), level })
    }

    /// The most points that a set of answers could give along this axis.
    ///
    /// Exact when each condition looks at questions with one answer, along one branch (the usual case); never too low otherwise.
    #[must_use]
    pub fn maximum(&self, axis: &str) -> u32 {
        self.maxima.get(axis).copied().unwrap_or(0)
    }
}

/// The most points along each axis.
pub(crate) fn maxima(questionnaire: &Questionnaire) -> BTreeMap<String, u32> {
    let maximum = |axis: &str| {
        let tree = Tree::of(questionnaire, axis);
        tree.roots.iter().map(|&place| tree.best(place, &mut BTreeMap::new())).sum()
    };
    questionnaire.axes.iter().map(|axis| (axis.id.clone(), maximum(&axis.id))).collect()
}

/// Points of an answer that fits its question.
fn points(kind: &Kind, answer: &Answer) -> u32 {
    match (kind, answer) {
        (Kind::Choice(choices), Answer::Text(chosen)) => {
            choices.iter().find(|choice| choice.id == *chosen).map_or(0, |choice| choice.points)
        }
        (Kind::Choices(choices), Answer::Several(chosen)) => {
            choices.iter().filter(|choice| chosen.contains(&choice.id)).map(|choice| choice.points).sum()
        }
        (Kind::YesNo { yes, no }, Answer::YesNo(said)) => *if *said { yes } else { no },
        _ => 0,
    }
}

/// Questions under the one whose answer shows or hides them.
struct Tree<'a> {
    questionnaire: &'a Questionnaire,
    axis: &'a str,
    roots: Vec<(usize, usize)>,
    under: BTreeMap<&'a str, Vec<(usize, usize)>>,
}

/// Answers supposed along a branch: none is a question without an answer.
type Supposed<'a> = BTreeMap<&'a str, Option<Answer>>;

impl<'a> Tree<'a> {
    fn of(questionnaire: &'a Questionnaire, axis: &'a str) -> Self {
        let mut tree = Self { questionnaire, axis, roots: Vec::new(), under: BTreeMap::new() };
        // Questions with one answer that were met so far: the last one that a question looks at is its parent.
        let mut met: Vec<&str> = Vec::new();
        for &place in &questionnaire.order {
            let (section, question) = tree.at(place);
            let looked_at: BTreeSet<&str> = section.conditions(question).flat_map(|condition| condition.questions()).collect();
            match met.iter().rev().find(|id| looked_at.contains(*id)) {
                Some(parent) => tree.under.entry(parent).or_default().push(place),
                None => tree.roots.push(place),
            }
            if matches!(question.kind, Kind::Choice(_) | Kind::YesNo { .. }) {
                met.push(&question.id);
            }
        }
        tree
    }

    fn at(&self, (section, question): (usize, usize)) -> (&'a Section, &'a Question) {
        let section = &self.questionnaire.sections[section];
        (section, &section.questions[question])
    }

    /// The most that a question and those under it can give, with what is supposed above.
    fn best(&self, place: (usize, usize), supposed: &mut Supposed<'a>) -> u32 {
        let (section, question) = self.at(place);
        let seen = |id: &str| match supposed.get(id) {
            Some(Some(answer)) => Seen::Answer(answer),
            Some(None) => Seen::Nothing,
            None => Seen::Unknown,
        };
        let hidden = section.conditions(question).any(|condition| condition.holds(&seen) == Some(false));
        let answers = if hidden { vec![(None, 0)] } else { self.possible(question) };
        let mut best = 0;
        for (answer, own) in answers {
            supposed.insert(&question.id, answer);
            let below = self.under.get(question.id.as_str()).into_iter().flatten();
            best = best.max(own + below.map(|&place| self.best(place, supposed)).sum::<u32>());
        }
        supposed.remove(question.id.as_str());
        best
    }

    /// The answers worth supposing, with their points along the axis.
    fn possible(&self, question: &Question) -> Vec<(Option<Answer>, u32)> {
        let counts = question.axis.as_deref() == Some(self.axis);
        let with = |answer: Answer| {
            let own = if counts { points(&question.kind, &answer) } else { 0 };
            (Some(answer), own)
        };
        let mut possible: Vec<_> = match &question.kind {
            Kind::Choice(choices) => choices.iter().map(|choice| with(Answer::Text(choice.id.clone()))).collect(),
            Kind::YesNo { .. } => vec![with(Answer::YesNo(true)), with(Answer::YesNo(false))],
            Kind::Choices(choices) => vec![with(Answer::Several(choices.iter().map(|choice| choice.id.clone()).collect()))],
            _ => Vec::new(),
        };
        possible.push((None, 0));
        possible
    }
}
