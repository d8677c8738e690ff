//! What the transparency log says in clear of an act on the register.
//!
//! A statement names systems, versions, dates and reasons that are public; never a person, not even by identifier: who acted
//! is in the register, where names can be erased.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::event::Event;
use crate::record::{Catalogue, Field};

/// The public statement that an act owes, recorded at `at`; `None` for an act that stays inside (a certification, a contract).
///
/// Fields: `type`, `at` (RFC 3339, UTC), and those of the act. Numbers stay below 2^53, as RFC 8785 needs.
pub fn statement(event: &Event, at: Timestamp) -> Option<Value> {
    let mut said = of_organisation(event).or_else(|| of_dossier(event)).or_else(|| of_mandate(event))?;
    said["at"] = json!(at);
    Some(said)
}

/// What the administration says of itself.
fn of_organisation(event: &Event) -> Option<Value> {
    Some(match event {
        Event::OrganisationDeclared { name, siret, .. } => json!({ "type": "organisation", "name": name, "siret": siret }),
        Event::StrategyPublished { version, title, url, adopted, .. } => text("strategy", version, title, url, *adopted),
        Event::RoadmapPublished { version, title, url, adopted, .. } => text("roadmap", version, title, url, *adopted),
        Event::DoctrinePublished { version, title, url, adopted, .. } => text("doctrine", version, title, url, *adopted),
        Event::StrategyWithdrawn { reason } => json!({ "type": "strategy_withdrawn", "reason": reason }),
        _ => return None,
    })
}

fn text(kind: &str, version: &str, title: &str, url: &str, adopted: jiff::civil::Date) -> Value {
    json!({ "type": kind, "version": version, "title": title, "url": url, "adopted": adopted })
}

/// What the dossier of a system says to everybody.
fn of_dossier(event: &Event) -> Option<Value> {
    Some(match event {
        Event::SystemDeclared { system, sheet } => json!({
            "type": "system", "system": system, "name": sheet.name, "purpose": sheet.purpose_fr,
            "risk": sheet.risk, "automation": sheet.automation, "touches_cases": sheet.touches_cases,
        }),
        Event::VersionDeclared { system, version, model, digest, substantial, .. } => json!({
            "type": "version", "system": system, "version": version, "model": model, "digest": digest,
            "substantial": substantial,
        }),
        Event::OwnerAccepted { system } => json!({ "type": "owner_accepted", "system": system }),
        Event::OwnerLeft { system } => json!({ "type": "owner_left", "system": system }),
        Event::StudySigned { system, kind, until, digest } => {
            json!({ "type": "study_signed", "system": system, "study": kind, "until": until, "digest": digest })
        }
        Event::NoticePublished { system, .. } => json!({ "type": "notice_published", "system": system }),
        Event::NoticeWithdrawn { system, reason } => json!({ "type": "notice_withdrawn", "system": system, "reason": reason }),
        Event::ConsultationOpened { system, question, closes, .. } => {
            json!({ "type": "consultation_opened", "system": system, "question": question, "closes": closes })
        }
        Event::ConsultationAnswered { system, contributions, .. } => {
            json!({ "type": "consultation_answered", "system": system, "contributions": contributions })
        }
        Event::ConsultationReopened { system, reason, due } => {
            json!({ "type": "consultation_reopened", "system": system, "reason": reason, "due": due })
        }
        Event::RecordWritten { system, changed, .. } => json!({ "type": "record", "system": system, "fields": changed }),
        Event::ProposalsSettled { system, accepted, .. } => {
            let is_public = |field: &&String| Catalogue::get().field(field).is_some_and(Field::is_public);
            let fields: Vec<&String> = accepted.iter().filter(is_public).collect();
            json!({ "type": "record", "system": system, "fields": fields })
        }
        Event::Evaluated { system, version, evaluation, passed, total, required, .. } => json!({
            "type": "evaluated", "system": system, "version": version, "evaluation": evaluation,
            "passed": passed, "total": total, "required": required,
        }),
        Event::OversightShown { system, version, judged_first, wrong, caught, without, .. } => json!({
            "type": "oversight_shown", "system": system, "version": version, "judged_first": judged_first, "wrong": wrong,
            "caught": caught, "without": without,
        }),
        _ => return None,
    })
}

/// The right to run, from its beginning to its end.
fn of_mandate(event: &Event) -> Option<Value> {
    Some(match event {
        Event::Authorised { system, version, scope, from, until, digest, experiment } => json!({
            "type": "authorised", "system": system, "version": version, "scope": scope, "from": from, "until": until,
            "digest": digest, "experiment": experiment,
        }),
        Event::AuthorisationEnded { system, reason } => {
            json!({ "type": "authorisation_ended", "system": system, "reason": reason })
        }
        Event::Suspended { system, missing } => json!({ "type": "suspended", "system": system, "missing": missing }),
        Event::Reinstated { system } => json!({ "type": "reinstated", "system": system }),
        Event::Stopped { system, reason } => json!({ "type": "stopped", "system": system, "reason": reason }),
        Event::Resumed { system, reason } => json!({ "type": "resumed", "system": system, "reason": reason }),
        Event::Refused { system, reason } => json!({ "type": "refused", "system": system, "reason": reason }),
        Event::Retired { system, reason, .. } => json!({ "type": "retired", "system": system, "reason": reason }),
        _ => return None,
    })
}
