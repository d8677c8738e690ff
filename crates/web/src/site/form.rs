//! A form as it was sent: what was typed comes back to the person when something is wrong.

use std::collections::BTreeMap;

use axum::Form;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::i18n::Locale;
use crate::layout::{Chrome, FieldError};

/// Name of the field that must stay empty.
const TRAP: &str = "website";

/// The body of a form.
pub type Body = Form<BTreeMap<String, String>>;

/// Reads fields one by one and gathers every mistake, in the order of the fields.
pub struct Filled<'a> {
    fields: BTreeMap<String, String>,
    errors: Vec<FieldError>,
    locale: &'a Locale,
}

impl<'a> Filled<'a> {
    /// A form in the reader's language.
    pub fn new(Form(fields): Body, locale: &'a Locale) -> Self {
        Self { fields, errors: Vec::new(), locale }
    }

    /// The words of the reader's language.
    pub fn locale(&self) -> &'a Locale {
        self.locale
    }

    /// A field that may stay empty, trimmed.
    pub fn optional(&self, name: &str) -> String {
        self.fields.get(name).map(|value| value.trim().to_owned()).unwrap_or_default()
    }

    /// Whether the form has this field, or one of its parts (`name.part`).
    pub fn has(&self, name: &str) -> bool {
        let part_of = |field: &String| field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.fields.keys().any(part_of)
    }

    /// A field that must say something.
    pub fn text(&mut self, name: &str) -> String {
        let value = self.optional(name);
        if value.is_empty() {
            self.wrong(name, self.locale.t("mistake-empty"));
        }
        value
    }

    /// Lines of a field, the empty ones left out; at least one.
    pub fn lines(&mut self, name: &str) -> Vec<String> {
        lines_of(&self.text(name))
    }

    /// Lines of a field that may stay empty.
    pub fn optional_lines(&self, name: &str) -> Vec<String> {
        lines_of(&self.optional(name))
    }

    /// A whole number from `least` to `most`.
    pub fn number(&mut self, name: &str, least: u32, most: u32) -> u32 {
        let number = self.optional(name).parse().ok().filter(|number| (least..=most).contains(number));
        number.unwrap_or_else(|| {
            self.wrong(name, self.locale.between("mistake-number", least, most));
            least
        })
    }

    /// A number of at most `most`, with a comma or a point; zero is not one.
    pub fn decimal(&mut self, name: &str, most: f64) -> f64 {
        let number = self.optional(name).replace(',', ".").parse().ok().filter(|number| *number > 0.0 && *number <= most);
        number.unwrap_or_else(|| {
            self.wrong(name, self.locale.t("mistake-decimal"));
            most
        })
    }

    /// One of the choices offered; the first one stands in for a mistake.
    pub fn choice<T: Copy>(&mut self, name: &str, offered: &[(&str, T)]) -> T {
        let chosen = self.optional(name);
        offered.iter().find(|(value, _)| *value == chosen).map_or_else(
            || {
                self.wrong(name, self.locale.t("mistake-choice"));
                offered[0].1
            },
            |(_, choice)| *choice,
        )
    }

    /// A question answered by yes or no.
    pub fn yes(&mut self, name: &str) -> bool {
        self.choice(name, &[("yes", true), ("no", false)])
    }

    /// One of the identifiers offered in a list.
    pub fn one_of<'o>(&mut self, name: &str, offered: impl IntoIterator<Item = &'o str>) -> String {
        let chosen = self.optional(name);
        if !offered.into_iter().any(|value| value == chosen) {
            self.wrong(name, self.locale.t("mistake-choice"));
        }
        chosen
    }

    /// The address of a page.
    pub fn address(&mut self, name: &str) -> String {
        let value = self.text(name);
        let host = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
        if !self.has_error(name) && host.is_none_or(|host| host.is_empty() || value.contains(char::is_whitespace)) {
            self.wrong(name, self.locale.t("mistake-address"));
        }
        value
    }

    /// The address of a page, or nothing.
    pub fn optional_address(&mut self, name: &str) -> String {
        if self.optional(name).is_empty() { String::new() } else { self.address(name) }
    }

    /// A day, as browsers send it (`2027-11-24`).
    pub fn day(&mut self, name: &str) -> Date {
        self.optional(name).parse().unwrap_or_else(|_| {
            self.wrong(name, self.locale.t("mistake-date"));
            Date::ZERO
        })
    }

    /// The end of a day that is still to come, in the administration's time zone.
    pub fn until(&mut self, name: &str, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let day = self.day(name);
        let end = day.saturating_add(1.day()).to_zoned_datetime(zone.clone()).map_or(now, |midnight| midnight.timestamp());
        if end <= now && !self.has_error(name) {
            self.wrong(name, self.locale.t("mistake-past"));
        }
        end
    }

    /// A field that may hold so many characters.
    pub fn at_most(&mut self, name: &str, characters: usize) {
        if self.optional(name).chars().count() > characters {
            self.wrong(name, self.locale.n("mistake-long", characters));
        }
    }

    /// The field that people do not see: what fills it is a program, or a browser that fills too much.
    pub fn trap(&mut self) {
        if !self.optional(TRAP).is_empty() {
            self.wrong(TRAP, self.locale.t("trap-filled"));
        }
    }

    /// Notes a mistake.
    pub fn wrong(&mut self, name: &str, message: String) {
        self.errors.push(FieldError { field: name.to_owned(), message });
    }

    /// Notes a mistake in the words of `key`.
    pub fn wrong_key(&mut self, name: &str, key: &str) {
        self.wrong(name, self.locale.t(key));
    }

    fn has_error(&self, name: &str) -> bool {
        self.errors.iter().any(|error| error.field == name)
    }

    /// Whether nothing is wrong so far.
    pub fn is_right(&self) -> bool {
        self.errors.is_empty()
    }

    /// Gives back what was typed and what is wrong with it.
    pub fn back(self, chrome: Chrome) -> Chrome {
        Chrome { errors: self.errors, typed: self.fields, ..chrome }
    }
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
