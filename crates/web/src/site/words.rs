//! Dates and quantities as people read them, in the language of the page.

use gouvernail_cases::notice;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::i18n::{Lang, Locale};

/// "24 novembre 2026", "24 November 2026".
pub fn day(date: Date, lang: Lang) -> String {
    notice::date_in_words(date, of_notice(lang))
}

/// "24 novembre 2026 à 10 h 42", "24 November 2026 at 10:42".
pub fn moment(at: Timestamp, zone: &TimeZone, lang: Lang) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    let day = day(local.date(), lang);
    match lang {
        Lang::Fr => format!("{day} à {} h {:02}", local.hour(), local.minute()),
        Lang::En => format!("{day} at {}:{:02}", local.hour(), local.minute()),
    }
}

/// The last day before `until`, when a right that ends at midnight still holds.
pub fn last_day(until: Timestamp, zone: &TimeZone, lang: Lang) -> String {
    let second_before = until.saturating_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(until);
    day(second_before.to_zoned_datetime(zone.clone()).date(), lang)
}

/// The language of a notice.
pub fn of_notice(lang: Lang) -> notice::Lang {
    match lang {
        Lang::Fr => notice::Lang::Fr,
        Lang::En => notice::Lang::En,
    }
}

/// "entre 0,02 et 0,1 Wh", in Wh or kWh, never more precise than two figures.
pub fn energy(low_wh: f64, high_wh: f64, locale: &Locale) -> String {
    notice::energy_in_words(low_wh, high_wh, of_notice(locale.lang()))
}

/// An amount with so many decimals: "1234,50", "1234.50".
pub fn decimal(amount: f64, decimals: u32, locale: &Locale) -> String {
    let unit = 10_usize.pow(decimals);
    let counted = (amount.max(0.0) * unit as f64).round() as usize;
    let sign = if locale.is_fr() { ',' } else { '.' };
    format!("{}{sign}{:0width$}", locale.n("number", counted / unit), counted % unit, width = decimals as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap()
    }

    #[test]
    fn amounts_have_the_signs_of_the_language() {
        assert_eq!(decimal(12.345, 2, Locale::of(Lang::Fr)), "12,35");
        assert_eq!(decimal(1234.5, 2, Locale::of(Lang::Fr)), "1234,50");
        assert_eq!(decimal(0.999_6, 3, Locale::of(Lang::En)), "1.000");
        assert_eq!(decimal(-1.0, 2, Locale::of(Lang::En)), "0.00");
    }

    #[test]
    fn moments_are_those_of_the_administration() {
        let at: Timestamp = "2026-11-24T23:05:00Z".parse().unwrap();
        assert_eq!(moment(at, &zone(), Lang::Fr), "25 novembre 2026 à 0 h 05");
        assert_eq!(moment(at, &zone(), Lang::En), "25 November 2026 at 0:05");
        let midnight: Timestamp = "2027-11-24T23:00:00Z".parse().unwrap();
        assert_eq!(last_day(midnight, &zone(), Lang::Fr), "24 novembre 2027");
    }
}
