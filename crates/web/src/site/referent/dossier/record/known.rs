//! What the dossier already says in the fields of the record: proposed, and recorded only when somebody accepts it.

use gouvernail_register::{Automation, Host, Model, Proposal, Proposals, Register, Risk, Source, System, Value};

use crate::i18n::{Lang, Locale};
use crate::site::described::{host_in_words, model_in_words};

/// Proposals by field; `uses` is how often it was seen to work in a file over a year.
pub fn proposals(register: &Register, system: &System, uses: u64, locale: &Locale) -> Proposals {
    let from = |source, value| Proposal { value, source, quote: String::new() };
    let mut known = Proposals::new();
    let mut say = |field: &str, words: &str| {
        if !words.trim().is_empty() {
            known.insert(field.to_owned(), from(Source::Dossier, Value::Text(words.trim().to_owned())));
        }
    };
    of_sheet(register, system, locale, &mut say);
    of_notice(system, locale, &mut say);
    if let Some(model) = system.version.as_ref().and_then(|version| register.models.get(&version.model)) {
        of_model(model, register.hosts.get(&model.host), locale, &mut say);
    }
    known.insert("self_learning".into(), from(Source::Dossier, Value::Flag(system.sheet.self_learning)));
    if uses > 0 {
        known.insert("decisions_per_year".into(), from(Source::Uses, Value::Number(uses)));
    }
    known
}

fn of_sheet(register: &Register, system: &System, locale: &Locale, say: &mut impl FnMut(&str, &str)) {
    let sheet = &system.sheet;
    say("name", &sheet.name);
    say("language", locale.tag());
    say("purpose", if locale.lang() == Lang::Fr { &sheet.purpose_fr } else { &sheet.purpose_en });
    say("organisation", register.organisation.as_ref().map_or("", |organisation| &organisation.name));
    say("eu_db_entry_url", &sheet.classification.eu_entry);
    say("risk_category", risk(sheet.risk));
    say("automation_level", if sheet.automation == Automation::Full { "full" } else { "assist" });
    say("status", if system.authorisation.is_some() { "in-use" } else { "development" });
    let start = system.authorisation.as_ref().map(|held| held.from.strftime("%Y-%m").to_string());
    say("start_date", &start.unwrap_or_default());
}

/// The category of a degree of risk.
fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::Unassessed => "to-assess",
        Risk::Low => "minimal",
        Risk::Limited => "limited",
        Risk::High => "high",
    }
}

fn of_notice(system: &System, locale: &Locale, say: &mut impl FnMut(&str, &str)) {
    let Some(notice) = &system.notice else { return };
    let words = if locale.lang() == Lang::Fr { &notice.fr } else { &notice.en };
    let lines = |of: fn(&gouvernail_register::NoticeData) -> &str| words.data.iter().map(of).collect::<Vec<_>>().join("\n");
    say("operations", &words.does.join("\n"));
    say("out_of_scope_uses", &words.does_not.join("\n"));
    say("data_items", &lines(|data| &data.label));
    say("data_sources", &lines(|data| &data.source));
    say("parameters_weights", &words.counts.join("\n"));
}

fn of_model(model: &Model, host: Option<&Host>, locale: &Locale, say: &mut impl FnMut(&str, &str)) {
    say("models", &model_in_words(model, locale));
    let Some(host) = host else { return };
    say("hosting_location", &host_in_words(host));
    if !host.embedded {
        say("supplier", &host.name);
    }
    say("procurement", host.contract.as_ref().map_or("", |contract| &contract.reference));
}
