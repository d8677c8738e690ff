//! A date in the forms in which French letters and software write it.

use std::fmt;

use crate::fold::folded;
use crate::known::spelling::Spelling;

const MONTHS: [[&str; 2]; 12] = [
    ["janvier", "janv"],
    ["fevrier", "fevr"],
    ["mars", "mars"],
    ["avril", "avr"],
    ["mai", "mai"],
    ["juin", "juin"],
    ["juillet", "juil"],
    ["aout", "aout"],
    ["septembre", "sept"],
    ["octobre", "oct"],
    ["novembre", "nov"],
    ["decembre", "dec"],
];

/// A day of the calendar. Whether the month has that many days is not our question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// ISO 8601.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Date {
    /// Reads `1985-03-07`, `07/03/1985`, `7 mars 1985`, each with any separators and perhaps a time after it.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let mut parts = value.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).take(3);
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        let (year, day) = if first.len() == 4 { (first, third) } else { (third, first) };
        let date = Self { year: leading(year)?, month: month(second)?, day: u8::try_from(leading(day)?).ok()? };
        let possible = (1..=31).contains(&date.day) && (1000..=9999).contains(&date.year);
        possible.then_some(date)
    }

    /// Every form, folded.
    pub(crate) fn spellings(self) -> Vec<Spelling> {
        let names = MONTHS[usize::from(self.month) - 1];
        let iso = self.to_string();
        let [year, months, days] = [&iso[..4], &iso[5..7], &iso[8..]];
        let short = &year[2..];
        // Without leading zeros only the separators tell 7/3/85 from the number 7385.
        let (day, month) = (days.trim_start_matches('0'), months.trim_start_matches('0'));
        let whole = [[days, months, year], [year, months, days], [days, months, short]].map(|form| Spelling::whole(form.concat()));
        let cut = [[day, month, year], [day, month, short], [year, month, day]].map(|form| Spelling::in_pieces(form.concat(), 3));
        let mut forms: Vec<Spelling> = whole.into_iter().chain(cut).collect();
        let days = [day, days, "1er"];
        for day in &days[..if day == "1" { 3 } else { 2 }] {
            for month in names {
                forms.extend([[day, month, year], [day, month, short]].map(|form| Spelling::whole(form.concat())));
            }
        }
        forms
    }
}

fn leading(part: &str) -> Option<u16> {
    part[..part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len())].parse().ok()
}

fn month(part: &str) -> Option<u8> {
    let named = folded(part);
    let place = MONTHS.iter().position(|names| names.contains(&named.as_str())).map(|place| place + 1);
    place
        .or_else(|| leading(part).map(usize::from))
        .filter(|month| (1..=12).contains(month))
        .and_then(|month| u8::try_from(month).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_files_hold_them() {
        for value in ["1985-03-07", "07/03/1985", "7.3.1985", "7 mars 1985", "1985-03-07T00:00:00Z", "7 MARS 1985"] {
            assert_eq!(Date::parse(value).map(|date| date.to_string()).as_deref(), Some("1985-03-07"), "{value}");
        }
        assert_eq!(Date::parse("1er août 1990").map(|date| date.to_string()).as_deref(), Some("1990-08-01"));
        for value in ["", "mars 1985", "32/01/1985", "07/13/1985", "7/3/85", "é/é/é", "99999-1-1"] {
            assert_eq!(Date::parse(value), None, "{value}");
        }
    }
}
