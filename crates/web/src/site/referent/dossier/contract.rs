//! The contract with the host, clause by clause.

use axum::Router;
use gouvernail_register::{Clause, Event};
use jiff::SignedDuration;

use super::{Cards, Dossier};
use crate::layout::fact;
use crate::site::Page;
use crate::site::app::App;
use crate::site::form::Body;
use crate::site::referent::form;
use crate::views::system::{ClauseField, ContractCard, Part};

/// Each clause as the register names it, and the name of its field, which is the key of its words.
const CLAUSES: [(&str, &str); 7] = [
    ("environment", "clause-environment"),
    ("social", "clause-social"),
    ("no-training", "clause-no-training"),
    ("reversibility", "clause-reversibility"),
    ("log-access", "clause-log-access"),
    ("explanation", "clause-explanation"),
    ("security", "clause-security"),
];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/contract", form(sign))
}

pub(super) fn card(cards: &Cards<'_>) -> ContractCard {
    let (dossier, locale) = (cards.dossier, cards.dossier.locale());
    let host = dossier.host().map(|(_, host)| host);
    let known = host.and_then(|host| host.contract.as_ref());
    let evidence = |kind: &str| known.and_then(|known| known.clauses.iter().find(|clause| clause.kind == kind));
    let held = CLAUSES.iter().filter(|(kind, _)| evidence(kind).is_some()).map(|(_, words)| locale.t(words));
    let facts = known.map(|known| {
        vec![
            fact("fact-reference", &known.reference),
            fact("fact-until", &dossier.last_day(known.until)),
            fact("fact-clauses", &held.collect::<Vec<_>>().join(" ; ")),
        ]
    });
    let field = |(kind, field): &(&str, &'static str)| ClauseField {
        field: (*field).to_owned(),
        words: field,
        evidence: evidence(kind).map(|clause| clause.evidence.clone()).unwrap_or_default(),
    };
    ContractCard {
        card: cards.card(Part::Contract, facts.unwrap_or_default()),
        host: host.map(|host| host.name.clone()).unwrap_or_default(),
        embedded: host.is_some_and(|host| host.embedded),
        reference: known.map(|known| known.reference.clone()).unwrap_or_default(),
        until: known.map(|known| dossier.date(known.until - SignedDuration::from_secs(1)).to_string()).unwrap_or_default(),
        clauses: CLAUSES.iter().map(field).collect(),
    }
}

/// POST /referent/systems/{id}/contract
async fn sign(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let host = dossier.host().map(|(id, _)| id.to_owned()).unwrap_or_default();
    if host.is_empty() {
        form.wrong("contract", dossier.locale().t("contract-no-host"));
    }
    let (reference, until) =
        (form.text("contract-reference"), form.until("contract-until", dossier.now, &dossier.app.identity.time_zone));
    let proved = CLAUSES.iter().map(|(kind, field)| (kind, form.optional(field))).filter(|(_, evidence)| !evidence.is_empty());
    let clauses = proved.map(|(kind, evidence)| Clause { kind: (*kind).to_owned(), evidence, ..Clause::default() }).collect();
    let event = Event::ContractSigned { host, reference, until, clauses, terms: Default::default() };
    dossier.act(form, (Part::Contract, "contract-until"), "saved", vec![event]).await
}
