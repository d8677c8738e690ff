//! What the register refuses, as a sentence in the reader's language.

use gouvernail_register::ActRefused;

use super::misfit;

use crate::i18n::Locale;

/// What is wrong and how to mend it.
pub fn sentence(refused: &ActRefused, locale: &Locale) -> String {
    match refused {
        ActRefused::Unknown { id, .. } => locale.with("refused-unknown", id),
        ActRefused::NoStudy => locale.t("refused-no-study"),
        ActRefused::OwnStudy => locale.t("study-own"),
        ActRefused::Date { .. } => locale.t("mistake-past"),
        ActRefused::Empty { .. } => locale.t("mistake-empty"),
        ActRefused::Moved { what } => locale.t(match *what {
            "the study" => "refused-moved-study",
            _ => "refused-moved-version",
        }),
        ActRefused::LabelTaken { .. } => locale.t("mistake-taken"),
        ActRefused::Substantial => locale.t("refused-substantial"),
        ActRefused::EmbeddedAddress => locale.t("refused-embedded-address"),
        ActRefused::TrialTooLong => locale.t("refused-trial"),
        ActRefused::Consultation(_) => locale.t("refused-consultation"),
        ActRefused::Unchanged => locale.t("refused-unchanged"),
        ActRefused::ProgramOnly => locale.t("refused-program"),
        ActRefused::InService => locale.t("refused-in-service"),
        ActRefused::Closed => locale.t("refused-closed"),
        ActRefused::NotOwner => locale.t("refused-not-owner"),
        ActRefused::Missing(missing) => {
            let words = missing.iter().map(|requirement| if locale.is_fr() { &requirement.fr } else { &requirement.en });
            locale.with("refused-missing", &words.map(String::as_str).collect::<Vec<_>>().join(" "))
        }
        ActRefused::Record(bad) => misfit::sentence(bad, locale),
        ActRefused::StaleRecord => locale.t("record-stale"),
        ActRefused::Rules(_) => locale.t("refused-rules"),
    }
}
