//! The periods of quotas, by the clock on the administration's wall.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// How often a quota begins again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// At each full hour.
    Hour,
    /// At midnight.
    Day,
    /// On the first of the month.
    Month,
}

impl Period {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
        }
    }

    /// The name of the period that `now` is in: `2026-11-27T14`, `2026-11-27` or `2026-11`. The hour that comes twice in autumn
    /// is one.
    #[must_use]
    pub fn label(self, now: Timestamp, zone: &TimeZone) -> String {
        let form = match self {
            Self::Hour => "%Y-%m-%dT%H",
            Self::Day => "%Y-%m-%d",
            Self::Month => "%Y-%m",
        };
        now.to_zoned_datetime(zone.clone()).strftime(form).to_string()
    }

    /// When that period is over.
    #[must_use]
    pub fn end(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let here = now.to_zoned_datetime(zone.clone());
        let end = match self {
            Self::Hour => {
                let gone = i64::from(here.minute()) * 60 + i64::from(here.second());
                return now + SignedDuration::from_secs(3600 - gone);
            }
            Self::Day => here.tomorrow(),
            Self::Month => here.last_of_month().and_then(|last| last.tomorrow()),
        };
        // The calendar ends in the year 9999.
        end.and_then(|end| end.start_of_day()).map_or(Timestamp::MAX, |end| end.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap()
    }

    #[test]
    fn a_day_is_that_of_the_administration() {
        let late = "2026-11-27T23:30:00Z".parse().unwrap();
        assert_eq!(Period::Day.label(late, &paris()), "2026-11-28");
        assert_eq!(Period::Hour.label(late, &paris()), "2026-11-28T00");
        assert_eq!(Period::Day.end(late, &paris()), "2026-11-28T23:00:00Z".parse().unwrap());
        assert_eq!(Period::Month.end(late, &paris()), "2026-11-30T23:00:00Z".parse().unwrap());
        assert_eq!(Period::Hour.end(late, &paris()), "2026-11-28T00:00:00Z".parse().unwrap());
    }

    #[test]
    fn a_day_of_25_hours_is_one_day() {
        let morning = "2026-10-24T22:10:00Z".parse().unwrap();
        assert_eq!(Period::Day.label(morning, &paris()), "2026-10-25");
        assert_eq!(Period::Day.end(morning, &paris()), "2026-10-25T23:00:00Z".parse().unwrap());
    }
}
