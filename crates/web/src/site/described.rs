//! What the register holds, in words: the same for those who govern and for everybody.

use gouvernail_register::{Automation, Evaluation, Host, Model, Risk, Stage, SystemSheet};

use crate::i18n::{Lang, Locale};

/// "Sert à proposer le service qui traitera une demande."
pub fn purpose(sheet: &SystemSheet, locale: &Locale) -> String {
    let purpose = match locale.lang() {
        Lang::Fr => &sheet.purpose_fr,
        Lang::En => &sheet.purpose_en,
    };
    let sentence = locale.with("purpose-sentence", purpose.trim());
    if sentence.ends_with(['.', '!', '?']) { sentence } else { sentence + "." }
}

/// The value of a degree in forms and open data, and the key of its words.
pub fn risk(risk: Risk) -> (&'static str, &'static str) {
    match risk {
        Risk::Unassessed => ("unassessed", "risk-unassessed-short"),
        Risk::Low => ("low", "risk-low-short"),
        Risk::Limited => ("limited", "risk-limited-short"),
        Risk::High => ("high", "risk-high-short"),
    }
}

/// What a form sends of a degree.
pub const RISKS: [(&str, Risk); 4] =
    [("unassessed", Risk::Unassessed), ("low", Risk::Low), ("limited", Risk::Limited), ("high", Risk::High)];

/// Key of the words of a stage.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Idea => "stage-idea",
        Stage::Registered => "stage-registered",
        Stage::UnderStudy => "stage-under-study",
        Stage::Consultation => "stage-consultation",
        Stage::Ready => "stage-ready",
        Stage::Experiment => "stage-experiment",
        Stage::InService => "stage-in-service",
        Stage::UnderWatch => "stage-under-watch",
        Stage::Suspended => "stage-suspended",
        Stage::Retired => "stage-retired",
        Stage::Refused => "stage-refused",
    }
}

/// The value of an automation in forms and open data, and the key of its words.
pub fn automation(automation: Automation) -> (&'static str, &'static str) {
    match automation {
        Automation::Assisted => ("assisted", "automation-assisted"),
        Automation::Full => ("full", "automation-full"),
    }
}

/// The value of an answer in forms.
pub fn yes_no(answer: bool) -> &'static str {
    if answer { "yes" } else { "no" }
}

/// "La commune elle-même (FR)"
pub fn host_in_words(host: &Host) -> String {
    format!("{} ({})", host.name, host.country)
}

/// "Qwen2.5-Coder 1.5B, poids ouverts, licence Apache-2.0"
pub fn model_in_words(model: &Model, locale: &Locale) -> String {
    let weights = locale.t(if model.open_weights { "open-weights" } else { "closed-weights" });
    format!("{}, {weights}, {}", model.name, locale.with("licence", &model.licence))
}

/// "Réponses justes : 23 sur 24. Il en fallait 21."
pub fn result(evaluation: &Evaluation, locale: &Locale) -> String {
    let score = locale.of_total("out-of", evaluation.passed as usize, evaluation.total as usize);
    locale.pair("result", &score, &evaluation.required.to_string())
}
