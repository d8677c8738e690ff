//! What the system is.

use axum::Router;
use gouvernail_register::{Automation, Classification, Event, SystemSheet};

use super::{Cards, Dossier};
use crate::layout::{Choice, fact};
use crate::site::Page;
use crate::site::app::App;
use crate::site::described::{RISKS, automation, risk, yes_no};
use crate::site::form::{Body, Filled};
use crate::site::referent::form;
use crate::views::system::{ClassFields, Part, SheetCard, State};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/sheet", form(save))
}

pub(super) fn card(cards: &Cards<'_>) -> SheetCard {
    let (dossier, locale) = (cards.dossier, cards.dossier.locale());
    let sheet = &dossier.system.sheet;
    let objectives: Vec<Choice> = dossier.objectives().map(|o| Choice::new(&o.id, &o.title)).collect();
    let served = objectives.iter().find(|objective| objective.value == sheet.objective);
    let mut facts = Vec::from_iter(served.map(|objective| fact("field-objective", &objective.words)));
    facts.push(fact("public-risk", &locale.t(risk(sheet.risk).1)));
    facts.push(fact("public-decides", &locale.t(automation(sheet.automation).1)));
    if !sheet.decisions.is_empty() {
        facts.push(fact("field-decisions", &sheet.decisions.join(", ")));
    }
    let mut card = cards.card(Part::Sheet, facts);
    // Without them, nobody could judge nor decide in a case.
    if sheet.touches_cases && sheet.decisions.is_empty() {
        card.state = State::Begun;
        card.lacks.push(dossier.lack(Part::Sheet, "mistake-decisions"));
    }
    SheetCard {
        card,
        name: sheet.name.clone(),
        purpose_fr: sheet.purpose_fr.clone(),
        purpose_en: sheet.purpose_en.clone(),
        objectives,
        objective: sheet.objective.clone(),
        risk: risk(sheet.risk).0,
        automation: automation(sheet.automation).0,
        self_learning: yes_no(sheet.self_learning),
        sensitive: yes_no(sheet.sensitive_data),
        touches: yes_no(sheet.touches_cases),
        decisions: sheet.decisions.join("\n"),
        classification: class_fields(&sheet.classification),
    }
}

/// POST /referent/systems/{id}/sheet
async fn save(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let sheet = SystemSheet {
        name: form.text("sheet-name"),
        purpose_fr: form.text("sheet-purpose-fr"),
        purpose_en: form.text("sheet-purpose-en"),
        objective: form.one_of("sheet-objective", dossier.objectives().map(|objective| objective.id.as_str())),
        risk: form.choice("sheet-risk", &RISKS),
        automation: form.choice("sheet-automation", &[("assisted", Automation::Assisted), ("full", Automation::Full)]),
        self_learning: form.yes("sheet-self-learning"),
        sensitive_data: form.yes("sheet-sensitive"),
        touches_cases: form.yes("sheet-touches"),
        decisions: form.optional_lines("sheet-decisions"),
        classification: classification(&mut form),
    };
    if sheet.touches_cases && sheet.decisions.is_empty() {
        form.wrong("sheet-decisions", dossier.locale().t("mistake-decisions"));
    }
    let event = Event::SystemDeclared { system: dossier.id.clone(), sheet };
    dossier.act(form, (Part::Sheet, "sheet-name"), "saved", vec![event]).await
}

fn class_fields(known: &Classification) -> ClassFields {
    ClassFields {
        prohibited: yes_no(known.prohibited),
        annex: known.annex_iii.clone(),
        exception: known.exception.clone(),
        profiling: yes_no(known.profiling),
        entry: known.eu_entry.clone(),
        reasons: known.reasons.clone(),
        begun: *known != Classification::default(),
    }
}

/// Folded in the form, so every field may be absent.
fn classification(form: &mut Filled<'_>) -> Classification {
    let yes = |field| form.optional(field) == "yes";
    let classified = Classification {
        prohibited: yes("class-prohibited"),
        annex_iii: form.optional("class-annex"),
        exception: form.optional("class-exception"),
        profiling: yes("class-profiling"),
        eu_entry: form.optional("class-entry"),
        reasons: form.optional("class-reasons"),
    };
    if !classified.exception.is_empty() && classified.profiling {
        form.wrong_key("class-exception", "mistake-class-profiling");
    }
    if !classified.exception.is_empty() && classified.annex_iii.is_empty() {
        form.wrong_key("class-annex", "mistake-class-annex");
    }
    if !(classified.annex_iii.is_empty() && classified.exception.is_empty()) && classified.reasons.is_empty() {
        form.wrong_key("class-reasons", "mistake-empty");
    }
    classified
}

impl Dossier {
    fn objectives(&self) -> impl Iterator<Item = &gouvernail_register::Objective> {
        self.known.register.strategy.iter().flat_map(|strategy| &strategy.objectives)
    }
}
