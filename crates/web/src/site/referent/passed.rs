//! Certificates passed elsewhere, as a table: read line by line, so that one wrong line does not keep the others away.
//!
//! Columns, in this order: electronic address, day passed, last day of validity, evidence. Separated by tabs (as a spreadsheet
//! copies them), semicolons or commas; a cell that holds the separator stands between quotation marks (RFC 4180 §2).

use std::collections::BTreeSet;

use gouvernail_store::Directory;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// One line that is not empty.
#[derive(Debug)]
pub struct Row {
    /// Its number, from 1.
    pub line: usize,
    /// Its cells as they were given: address, day passed, last day, evidence.
    pub cells: [String; 4],
    /// What it says, or what is wrong with it.
    pub read: Result<Passed, Wrong>,
}

/// A certificate passed elsewhere.
#[derive(Debug)]
pub struct Passed {
    /// Identifier of the person.
    pub person: String,
    /// The day on which it was passed.
    pub on: Date,
    /// End of its validity.
    pub until: Timestamp,
    /// What shows it.
    pub evidence: String,
}

/// Keys of the column at fault and of the reason.
pub type Wrong = (&'static str, &'static str);

/// The lines of a table; a first line of titles is left out.
pub fn rows(text: &str, known: &Directory, now: Timestamp, zone: &TimeZone) -> Vec<Row> {
    let separator = separator(text);
    let mut seen = BTreeSet::new();
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let cells = lines.map(|(at, line)| (at + 1, cells(line, separator)));
    let given = cells.enumerate().filter(|(nth, (_, cells))| *nth > 0 || !is_title(&cells[0])).map(|(_, row)| row);
    given
        .map(|(line, cells)| {
            let mut read = passed(&cells, known, now, zone);
            if let Ok(passed) = &read
                && !seen.insert(passed.person.clone())
            {
                read = Err(("passed-email", "passed-twice"));
            }
            Row { line, cells, read }
        })
        .collect()
}

fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    ['\t', ';'].into_iter().find(|separator| first.contains(*separator)).unwrap_or(',')
}

/// Four cells; what is missing is empty, and what is beyond belongs to the evidence.
fn cells(line: &str, separator: char) -> [String; 4] {
    let mut cells: [String; 4] = Default::default();
    let (mut nth, mut quoted, mut signs) = (0, false, line.chars().peekable());
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => cells[nth].extend(signs.next()),
            '"' if quoted || cells[nth].trim().is_empty() => quoted = !quoted,
            _ if sign == separator && !quoted && nth < 3 => nth += 1,
            _ => cells[nth].push(sign),
        }
    }
    cells.map(|cell| cell.trim().to_owned())
}

fn is_title(cell: &str) -> bool {
    let title = cell.trim_start_matches('\u{feff}').to_lowercase();
    ["e-mail", "email", "mail", "courriel", "adresse"].iter().any(|known| title.starts_with(known)) && !title.contains('@')
}

fn passed([email, on, until, evidence]: &[String; 4], known: &Directory, now: Timestamp, zone: &TimeZone) -> Result<Passed, Wrong> {
    if !email.contains('@') {
        return Err(("passed-email", "passed-no-email"));
    }
    let person = known.person(email.trim_start_matches('\u{feff}')).ok_or(("passed-email", "passed-unknown"))?;
    let on = day(on).ok_or(("passed-passed", "passed-no-day"))?;
    let until = day(until).ok_or(("passed-until", "passed-no-day"))?;
    let end = until.saturating_add(1.day()).to_zoned_datetime(zone.clone()).map_or(now, |midnight| midnight.timestamp());
    if on > now.to_zoned_datetime(zone.clone()).date() {
        return Err(("passed-passed", "passed-future"));
    }
    if until < on {
        return Err(("passed-until", "passed-before"));
    }
    if end <= now {
        return Err(("passed-until", "passed-over"));
    }
    if evidence.is_empty() {
        return Err(("passed-evidence", "passed-no-evidence"));
    }
    Ok(Passed { person: person.id.clone(), on, until: end, evidence: evidence.clone() })
}

/// "2026-11-24" or "24/11/2026".
fn day(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let parts: Vec<i16> = text.split('/').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [day, month, year] = parts[..] else { return None };
    // Two figures are not a year: nobody knows which.
    let year = (year > 1000).then_some(year)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{cells, day, is_title, separator};

    #[test]
    fn days_are_read_as_people_and_spreadsheets_write_them() {
        let expected = "2026-11-04".parse().ok();
        assert_eq!((day("2026-11-04"), day("04/11/2026"), day("4/11/2026")), (expected, expected, expected));
        for wrong in ["", "hier", "31/02/2026", "2026", "04/11/26", "04/11/2026/1", "400/11/2026"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn cells_are_split_once_and_quotation_marks_hold() {
        assert_eq!(separator("a@b\t1\t2"), '\t');
        assert_eq!(separator("\na@b;1,5;2"), ';');
        assert_eq!(cells("a@b, 1 ,2,\"CNFPT, \"\"session\"\" 3\"", ','), ["a@b", "1", "2", "CNFPT, \"session\" 3"]);
        assert_eq!(cells("a@b;1;2;x;y", ';'), ["a@b", "1", "2", "x;y"]);
        assert_eq!(cells("a@b", ';'), ["a@b", "", "", ""]);
        assert!(is_title("Courriel") && is_title("\u{feff}E-mail") && !is_title("mail@ville.example"));
    }
}
