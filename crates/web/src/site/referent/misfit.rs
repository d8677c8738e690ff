//! What does not fit in a record, as a sentence in the reader's language.

use gouvernail_interchange::Problem;
use gouvernail_register::{BadField, Misfit};

use crate::i18n::Locale;
use crate::site::recorded::label;

/// What is wrong with a field, with its label.
pub fn sentence(bad: &BadField, locale: &Locale) -> String {
    locale.pair("record-wrong", label(&bad.field, locale), &misfit(&bad.misfit, locale))
}

/// What is wrong with a value, and how to mend it.
pub fn misfit(misfit: &Misfit, locale: &Locale) -> String {
    match misfit {
        Misfit::Unknown => locale.t("misfit-unknown"),
        Misfit::Kind { .. } => locale.t("misfit-kind"),
        Misfit::Empty => locale.t("mistake-empty"),
        Misfit::Long { max, .. } => locale.n("mistake-long", *max),
        Misfit::Choice { value } => locale.with("problem-unknown-word", value),
    }
}

/// What is said of a field of a file that was read.
pub fn problem(problem: &Problem, locale: &Locale) -> String {
    match problem {
        Problem::Missing => locale.t("problem-missing"),
        Problem::NotARecord => locale.t("problem-not-a-record"),
        Problem::Columns { found, wanted } => locale.of_total("problem-columns", *found, *wanted),
        Problem::Misfit(misfit) => self::misfit(misfit, locale),
        Problem::UnknownWord(word) => locale.with("problem-unknown-word", word),
        Problem::Merged => locale.t("problem-merged"),
        Problem::JudgedElsewhere => locale.t("problem-judged-elsewhere"),
        // What is said of files that are written is not said here.
        written => written.to_string(),
    }
}
