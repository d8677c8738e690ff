//! Until when the way to the court stays open.

use jiff::{Timestamp, civil::Date};

use crate::deadline::{answer_due, contest_until};
use crate::{Case, Contestation, Outcome};

impl Case {
    /// The day up to which at least one can go to court, as things stand at `now`; none before the notification. `day` gives the
    /// civil day of an instant, Paris time.
    ///
    /// Two months run from the letter (CJA R421-1). The first request for a second look that comes within them keeps the way
    /// open: two months run again from its answer, or from silence (CRPA L411-2). A later request, or a second one, keeps nothing
    /// open when the decision stays. A decision that changes is a new one, with its own two months.
    pub fn court_until(&self, now: Timestamp, day: impl Fn(Timestamp) -> Date) -> Option<Date> {
        let notification = self.notification.as_ref()?;
        let mut road = Road { until: contest_until(day(notification.at)), kept_by: None };
        for step in self.steps().into_iter().filter(|step| step.at() <= now) {
            road.take(&step, &day);
        }
        Some(road.until)
    }

    fn steps(&self) -> Vec<Step<'_>> {
        let asked = self.contestations.iter().map(Step::Asked);
        let answered = self.contestations.iter().filter_map(|asked| {
            let (outcome, _, at) = asked.answer.as_ref()?;
            Some(Step::Answered(asked, outcome, *at))
        });
        let mut steps: Vec<Step<'_>> = asked.chain(answered).collect();
        steps.sort_by_key(Step::at);
        steps
    }
}

/// What may move the day.
enum Step<'a> {
    Asked(&'a Contestation),
    Answered(&'a Contestation, &'a Outcome, Timestamp),
}

impl Step<'_> {
    fn at(&self) -> Timestamp {
        match self {
            Self::Asked(asked) => asked.at,
            Self::Answered(_, _, at) => *at,
        }
    }
}

struct Road<'a> {
    until: Date,
    /// The request that keeps the way open against the decision that stands; one may, once.
    kept_by: Option<&'a str>,
}

impl<'a> Road<'a> {
    fn take(&mut self, step: &Step<'a>, day: impl Fn(Timestamp) -> Date) {
        match step {
            Step::Asked(asked) if self.kept_by.is_none() && asked.received <= self.until => {
                self.kept_by = Some(&asked.id);
                self.until = self.until.max(contest_until(answer_due(asked.received)));
            }
            Step::Answered(_, Outcome::Changed { .. }, at) => *self = Self { until: contest_until(day(*at)), kept_by: None },
            Step::Answered(asked, Outcome::Maintained, at) if self.kept_by == Some(&asked.id) => {
                self.until = contest_until(day(*at));
            }
            Step::Asked(_) | Step::Answered(..) => {}
        }
    }
}
