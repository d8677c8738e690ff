//! What the cases say over a period: decisions touched, departures, contestations, late answers.

use std::collections::BTreeMap;

use gouvernail_cases::indicators::departs;
use gouvernail_cases::{Case, Contestation};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::site::app::App;
use crate::site::casework::events_of;
use crate::site::error::WebError;

/// Most cases read for one page, the last changed first.
pub const MOST: i64 = 1000;

/// Figures of a period.
#[derive(Debug, Default)]
pub struct Figures {
    /// Decisions taken after an algorithm touched the case.
    pub decisions: u64,
    /// The same by system.
    pub by_system: BTreeMap<String, u64>,
    /// Decisions that are none of the tool's proposals, out of those that saw one.
    pub departed: (u64, u64),
    /// Contestations received.
    pub contests: u64,
    /// Of these, answered after their day, or waiting past it.
    pub late: u64,
    /// Whether there were more cases than were read.
    pub partial: bool,
}

/// The figures since `since`. A case that did not change since then has nothing to say of the period.
pub async fn since(app: &App, since: Timestamp, now: Timestamp) -> Result<Figures, WebError> {
    let files = app.store.list_cases(None, MOST).await?;
    let mut figures = Figures::default();
    for file in files.iter().take_while(|file| file.updated >= since) {
        let events = events_of(app, &file.id).await?;
        // A case whose opening is not recorded yet has no figure.
        let Ok(case) = Case::fold(&events) else { continue };
        figures.add(&case, since, now, &app.identity.time_zone);
    }
    figures.partial = is_full(files.len()) && files.last().is_some_and(|last| last.updated >= since);
    Ok(figures)
}

fn is_full(files: usize) -> bool {
    i64::try_from(files).is_ok_and(|files| files >= MOST)
}

impl Figures {
    fn add(&mut self, case: &Case, since: Timestamp, now: Timestamp, zone: &TimeZone) {
        // What came after a decision did not touch it.
        let touched = case.decision.as_ref().filter(|decision| decision.at >= since).map_or(&[][..], |d| &case.uses[..d.uses]);
        if !touched.is_empty() {
            self.decisions += 1;
            if let Some(departs) = departs(case) {
                self.departed.0 += u64::from(departs);
                self.departed.1 += 1;
            }
            let mut systems: Vec<&str> = touched.iter().map(|case_use| case_use.system.as_str()).collect();
            systems.sort_unstable();
            systems.dedup();
            for system in systems {
                *self.by_system.entry(system.to_owned()).or_default() += 1;
            }
        }
        for contestation in case.contestations.iter().filter(|contestation| contestation.at >= since) {
            self.contests += 1;
            self.late += u64::from(was_late(contestation, now, zone));
        }
    }
}

fn was_late(contestation: &Contestation, now: Timestamp, zone: &TimeZone) -> bool {
    let day = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date();
    match &contestation.answer {
        Some((_, _, at)) => day(*at) > contestation.due,
        None => contestation.is_late(day(now)),
    }
}
