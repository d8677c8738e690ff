//! Legal delays, in calendar months. Days are civil days in Paris time: the caller converts.

use jiff::{ToSpan, civil::Date};

/// Last day to answer a request: one calendar month after receipt (CRPA R*311-12).
///
/// The day number is kept; a month that lacks it ends on its last day (31 January → 28 or 29 February).
/// After this day, silence is a refusal.
pub fn answer_due(received: Date) -> Date {
    received.saturating_add(1.month())
}

/// Last day to turn to the CADA: two calendar months after a refusal, silence included (CRPA R311-13, R343-1).
pub fn cada_until(refused: Date) -> Date {
    refused.saturating_add(2.months())
}

/// Last day to contest before a court, at the earliest: two calendar months after the day of the letter (CJA R421-1 counts from
/// its receipt, which is later). Asking for a second look within that time keeps the way to the court open (CRPA L411-2).
pub fn contest_until(told: Date) -> Date {
    told.saturating_add(2.months())
}

#[cfg(test)]
mod tests {
    use super::{answer_due, cada_until, contest_until};
    use jiff::civil::date;

    #[test]
    fn months_are_calendar_months() {
        assert_eq!(answer_due(date(2026, 11, 24)), date(2026, 12, 24));
        assert_eq!(answer_due(date(2027, 1, 31)), date(2027, 2, 28));
        assert_eq!(answer_due(date(2028, 1, 31)), date(2028, 2, 29));
        assert_eq!(answer_due(date(2026, 12, 31)), date(2027, 1, 31));
        assert_eq!(cada_until(date(2026, 12, 31)), date(2027, 2, 28));
        assert_eq!(contest_until(date(2026, 11, 24)), date(2027, 1, 24));
    }
}
