//! The contract with the host, clause by clause: what the rules ask of this system first, the rest folded.

use axum::Router;
use gouvernail_register::{Clause, Contract, Event};
use jiff::SignedDuration;
use jiff::civil::Date;

use super::{Cards, Dossier};
use crate::i18n::Locale;
use crate::layout::{Fact, fact};
use crate::library::ClauseKind;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::form::{Body, Filled};
use crate::site::outlook::asked_clauses;
use crate::site::referent::form;
use crate::site::{Page, words};
use crate::views::system::{Card, ClauseField, ContractCard, Part};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/contract", form(sign)).route("/referent/systems/{id}/contract/end", form(end))
}

/// Whether it holds, and what is recorded.
pub(super) fn summary(cards: &Cards<'_>) -> Card {
    let dossier = cards.dossier;
    let known = dossier.host().and_then(|(_, host)| host.contract.as_ref());
    cards.card(Part::Contract, known.map(|known| facts(dossier, known)).unwrap_or_default())
}

/// The same, with its form.
pub(super) fn card(cards: &Cards<'_>) -> Result<ContractCard, WebError> {
    let dossier = cards.dossier;
    let (app, catalogue) = (&dossier.app, &dossier.app.library.clauses);
    let host = dossier.host().map(|(_, host)| host);
    let known = host.and_then(|host| host.contract.as_ref());
    let kinds: Vec<&str> = catalogue.iter().map(|clause| clause.kind.as_str()).collect();
    let asked = asked_clauses(app, &dossier.known, &dossier.id, &kinds, dossier.now)?;
    let field = |clause: &ClauseKind| clause_field(dossier, clause, known);
    let (first, rest): (Vec<_>, Vec<_>) = catalogue.iter().partition(|clause| asked.contains(&clause.kind));
    let last_day = |known: &Contract| dossier.date(known.until - SignedDuration::from_secs(1)).to_string();
    Ok(ContractCard {
        card: summary(cards),
        host: host.map(|host| host.name.clone()).unwrap_or_default(),
        embedded: host.is_some_and(|host| host.embedded),
        signed: known.is_some(),
        reference: known.map(|known| known.reference.clone()).unwrap_or_default(),
        supplier: known.map(|known| known.terms.supplier.clone()).unwrap_or_default(),
        procedure: known.map(|known| known.terms.procedure.clone()).unwrap_or_default(),
        signed_on: known.and_then(|known| known.terms.signed).map(|day| day.to_string()).unwrap_or_default(),
        until: known.map(last_day).unwrap_or_default(),
        asked: first.into_iter().map(field).collect(),
        others: rest.into_iter().map(field).collect(),
    })
}

fn clause_field(dossier: &Dossier, clause: &ClauseKind, known: Option<&Contract>) -> ClauseField {
    let lang = dossier.locale().lang();
    let held = known.and_then(|known| known.clauses.iter().find(|held| held.kind == clause.kind));
    let until = held.and_then(|held| held.until).map(|until| dossier.date(until - SignedDuration::from_secs(1)).to_string());
    ClauseField {
        field: format!("clause-{}", clause.kind),
        words: clause.title(lang).to_owned(),
        hint: clause.evidence(lang).to_owned(),
        law: clause.law.clone(),
        evidence: held.map(|held| held.evidence.clone()).unwrap_or_default(),
        until: until.unwrap_or_default(),
        tested: held.and_then(|held| held.tested).map(|day| day.to_string()).unwrap_or_default(),
        tried: clause.tried,
    }
}

fn facts(dossier: &Dossier, known: &Contract) -> Vec<Fact> {
    let (locale, terms) = (dossier.locale(), &known.terms);
    let mut facts = vec![fact("fact-reference", &known.reference)];
    let more = [("field-supplier", terms.supplier.clone()), ("field-procedure", terms.procedure.clone())];
    facts.extend(more.iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| fact(key, text)));
    facts.extend(terms.signed.map(|day| fact("field-signed", &words::day(day, locale.lang()))));
    facts.push(fact("fact-until", &dossier.last_day(known.until)));
    let held = known.clauses.iter().map(|clause| in_words(dossier, clause, locale));
    facts.push(fact("fact-clauses", &held.collect::<Vec<_>>().join(" ; ")));
    facts
}

/// "Réversibilité (CCAP, art. 12), essayée le 3 mars 2026".
fn in_words(dossier: &Dossier, clause: &Clause, locale: &Locale) -> String {
    let known = dossier.app.library.clauses.iter().find(|known| known.kind == clause.kind);
    let title = known.map_or(clause.kind.as_str(), |known| known.title(locale.lang()));
    let mut told = format!("{title} ({})", clause.evidence);
    match clause.tested {
        Some(day) => told.push_str(&locale.with("clause-tried-on", &words::day(day, locale.lang()))),
        None if known.is_some_and(|known| known.tried) => told.push_str(&locale.t("clause-untried")),
        None => {}
    }
    if let Some(until) = clause.until {
        told.push_str(&locale.with("clause-ends-on", &dossier.last_day(until)));
    }
    told
}

/// POST /referent/systems/{id}/contract
async fn sign(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let host = host_of(&dossier, &mut form);
    let (reference, until) =
        (form.text("contract-reference"), form.until("contract-until", dossier.now, &dossier.app.identity.time_zone));
    let terms = gouvernail_register::ContractTerms {
        supplier: form.optional("contract-supplier"),
        procedure: form.optional("contract-procedure"),
        signed: past_day(&dossier, &mut form, "contract-signed"),
    };
    let clauses = dossier.app.library.clauses.iter().filter_map(|kind| clause(&dossier, &mut form, kind)).collect();
    let event = Event::ContractSigned { host, reference, until, clauses, terms };
    dossier.act(form, (Part::Contract, "contract-until"), "saved", vec![event]).await
}

fn host_of(dossier: &Dossier, form: &mut Filled<'_>) -> String {
    let host = dossier.host().map(|(id, _)| id.to_owned()).unwrap_or_default();
    if host.is_empty() {
        form.wrong("contract", dossier.locale().t("contract-no-host"));
    }
    host
}

/// A clause whose evidence is written; what is not in the contract is not counted.
fn clause(dossier: &Dossier, form: &mut Filled<'_>, kind: &ClauseKind) -> Option<Clause> {
    let field = format!("clause-{}", kind.kind);
    let (until, tested) = (format!("{field}-until"), format!("{field}-tested"));
    let evidence = form.optional(&field);
    let zone = &dossier.app.identity.time_zone;
    let ends = (!form.optional(&until).is_empty()).then(|| form.until(&until, dossier.now, zone));
    let tested = past_day(dossier, form, &tested);
    if evidence.is_empty() {
        if ends.is_some() || tested.is_some() {
            form.wrong(&field, dossier.locale().t("mistake-evidence"));
        }
        return None;
    }
    Some(Clause { kind: kind.kind.clone(), evidence, until: ends, tested })
}

/// A day that is not to come, or nothing.
fn past_day(dossier: &Dossier, form: &mut Filled<'_>, field: &str) -> Option<Date> {
    if form.optional(field).is_empty() {
        return None;
    }
    let day = form.day(field);
    if day > dossier.date(dossier.now) {
        form.wrong(field, dossier.locale().t("mistake-future"));
    }
    Some(day)
}

/// POST /referent/systems/{id}/contract/end
async fn end(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let event = Event::ContractEnded { host: host_of(&dossier, &mut form), reason: form.text("contract-end-reason") };
    dossier.act(form, (Part::Contract, "contract-end-reason"), "saved", vec![event]).await
}
