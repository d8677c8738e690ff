//! Why an act on a case is refused, in the reader's words and beside the field that can mend it.

use gouvernail_cases::CaseError;
use gouvernail_letter::LetterError;

use super::error::WebError;
use crate::i18n::Locale;
use crate::layout::FieldError;

/// What a form shows when the rules refuse it; any other error is given back.
///
/// A refusal that no field can mend points at the top of the page, which then shows the case as it has become.
pub fn mistake(error: WebError, locale: &Locale) -> Result<FieldError, WebError> {
    let (field, message) = match error {
        WebError::Case(CaseError::UnknownContestation(_)) => return Err(WebError::NotFound),
        WebError::Case(error) => of_case(&error, locale),
        WebError::Letter(LetterError::NoGlyph { sign, .. }) => ("reason", locale.with("refusal-sign", &sign.to_string())),
        other => return Err(other),
    };
    Ok(FieldError { field: field.to_owned(), message })
}

/// The field that can mend it, and the words.
pub fn of_case(error: &CaseError, locale: &Locale) -> (&'static str, String) {
    match error {
        CaseError::NoReason { min } => ("reason", locale.n("refusal-no-reason", min)),
        CaseError::SameDecision(_) => ("outcome", locale.t("refusal-same-decision")),
        CaseError::Empty { field: "reach" } => ("reach", locale.t("mistake-empty")),
        CaseError::Empty { field } => (field, locale.t("mistake-empty")),
        CaseError::AlreadyJudged { .. } => ("main", locale.t("refusal-already-judged")),
        CaseError::NotJudged { .. } | CaseError::NotRevealed { .. } => ("main", locale.t("refusal-not-revealed")),
        CaseError::AlreadyDecided => ("main", locale.t("refusal-already-decided")),
        CaseError::AlreadyNotified => ("main", locale.t("refusal-already-notified")),
        CaseError::NotDecided | CaseError::NotNotified => ("main", locale.t("refusal-not-notified")),
        CaseError::SameAgent { .. } => ("main", locale.t("refusal-same-agent")),
        CaseError::NotAssigned { .. } => ("main", locale.t("refusal-not-assigned")),
        CaseError::AlreadyAnswered(_) => ("main", locale.t("refusal-already-answered")),
        CaseError::LooksAgain(_) => ("main", locale.t("refusal-looks-again")),
        CaseError::NothingToTell => ("main", locale.t("refusal-nothing-to-tell")),
        CaseError::NoCallback => ("main", locale.t("refusal-no-callback")),
        CaseError::StillBlind(_) => ("main", locale.t("refusal-still-blind")),
        // The rest cannot come from a form of ours.
        other => ("main", other.to_string()),
    }
}
