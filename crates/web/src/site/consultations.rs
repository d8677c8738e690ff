//! The consultations of a system, as its history tells them: everything stays readable after they are closed.

use gouvernail_register::{Event, Recorded};
use jiff::Timestamp;

/// A consultation, from its opening to its answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Held {
    /// Its identifier; empty for one that was held before it was recorded.
    pub id: String,
    /// What was asked.
    pub question: String,
    /// Last instant to contribute, and the instant by which each answer is due; none for one held before it was recorded.
    pub dates: Option<(Timestamp, Timestamp)>,
    /// Where it takes place, when that is elsewhere.
    pub url: String,
    /// Why it was reopened, each time.
    pub reopened: Vec<String>,
    /// Its answer, while it is closed.
    pub answered: Option<Answered>,
}

/// How a consultation was closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// When.
    pub at: Timestamp,
    /// The reasoned answer.
    pub answer: String,
    /// How many contributions were received.
    pub contributions: u32,
}

impl Held {
    /// Whether people contribute on this site.
    pub fn is_here(&self) -> bool {
        self.url.is_empty() && !self.id.is_empty()
    }

    /// Whether a contribution is taken at `now`.
    pub fn takes(&self, now: Timestamp) -> bool {
        self.is_here() && self.answered.is_none() && self.dates.is_some_and(|(closes, _)| now < closes)
    }
}

/// The consultations of the system `id`, the latest first.
pub fn of(history: &[Recorded], id: &str) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    for recorded in history.iter().filter(|recorded| recorded.event.system() == Some(id)) {
        match recorded.event.clone() {
            Event::ConsultationOpened { consultation, question, closes, due, url, .. } => {
                held.push(Held { id: consultation, question, dates: Some((closes, due)), url, ..Held::default() });
            }
            Event::ConsultationAnswered { consultation, question, contributions, answer, url, .. } => {
                let answered = Some(Answered { at: recorded.at, answer, contributions });
                match held.last_mut().filter(|last| last.id == consultation && last.answered.is_none()) {
                    Some(last) => (last.answered, last.url) = (answered, if url.is_empty() { last.url.clone() } else { url }),
                    None => held.push(Held { id: consultation, question, url, answered, ..Held::default() }),
                }
            }
            Event::ConsultationReopened { reason, due, .. } => {
                if let Some(last) = held.last_mut() {
                    last.answered = None;
                    last.dates = Some((due, due));
                    last.reopened.push(reason);
                }
            }
            _ => {}
        }
    }
    held.reverse();
    held
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i8) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + 86_400 * i64::from(day)).unwrap()
    }

    fn told(events: Vec<(i8, Event)>) -> Vec<Held> {
        let recorded =
            |(n, (day, event)): (usize, (i8, Event))| Recorded { seq: n as u64 + 1, at: at(day), author: "claire".into(), event };
        of(&events.into_iter().enumerate().map(recorded).collect::<Vec<_>>(), "courrier")
    }

    fn opened(id: &str, url: &str) -> Event {
        let (system, consultation) = ("courrier".into(), id.into());
        Event::ConsultationOpened { system, consultation, question: id.into(), closes: at(20), due: at(25), url: url.into() }
    }

    fn answered(id: &str, answer: &str) -> Event {
        Event::ConsultationAnswered {
            system: "courrier".into(),
            question: id.into(),
            contributions: 2,
            answer: answer.into(),
            consultation: id.into(),
            url: String::new(),
        }
    }

    #[test]
    fn each_consultation_keeps_its_answer_and_a_reopened_one_takes_contributions_again() {
        let reopened = Event::ConsultationReopened { system: "courrier".into(), reason: "oubli".into(), due: at(28) };
        let held = told(vec![
            (1, opened("a", "")),
            (21, answered("a", "oui")),
            (22, opened("b", "")),
            (23, answered("b", "non")),
            (24, reopened),
        ]);
        assert_eq!(held.len(), 2);
        assert_eq!((held[0].id.as_str(), held[0].answered.is_none(), &held[0].reopened), ("b", true, &vec!["oubli".to_owned()]));
        assert!(held[0].takes(at(27)) && !held[0].takes(at(28)));
        assert_eq!(held[1].answered.as_ref().unwrap().answer, "oui");
        assert!(!held[1].takes(at(2)), "a closed one takes nothing");
    }

    #[test]
    fn one_that_takes_place_elsewhere_takes_nothing_here() {
        let held = told(vec![(1, opened("a", "https://participer.example"))]);
        assert!(!held[0].is_here() && !held[0].takes(at(2)));
        assert_eq!(told(vec![(1, answered("", "oui"))])[0].dates, None);
    }
}
