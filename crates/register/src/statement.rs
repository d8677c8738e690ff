//! What the transparency log says in clear of an act on the register.
//!
//! A statement names systems, versions, dates and reasons that are public; never a person, not even by identifier: who acted
//! is in the register, where names can be erased.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::event::Event;

/// The public statement that an act owes, recorded at `at`; `None` for an act that stays inside (a certification, a contract).
///
/// Fields: `type`, `at` (RFC 3339, UTC), and those of the act. Numbers stay below 2^53, as RFC 8785 needs.
pub fn statement(event: &Event, at: Timestamp) -> Option<Value> {
    let mut said = match event {
        Event::OrganisationDeclared { name, siret, .. } => json!({ "type": "organisation", "name": name, "siret": siret }),
        Event::StrategyPublished { version, title, url, adopted, .. } => {
            json!({ "type": "strategy", "version": version, "title": title, "url": url, "adopted": adopted })
        }
        Event::SystemDeclared { system, sheet } => json!({
            "type": "system", "system": system, "name": sheet.name, "purpose": sheet.purpose_fr,
            "risk": sheet.risk, "automation": sheet.automation, "touches_cases": sheet.touches_cases,
        }),
        Event::VersionDeclared { system, version, model, digest } => {
            json!({ "type": "version", "system": system, "version": version, "model": model, "digest": digest })
        }
        Event::StudySigned { system, kind, until } => {
            json!({ "type": "study_signed", "system": system, "study": kind, "until": until })
        }
        Event::NoticePublished { system, .. } => json!({ "type": "notice_published", "system": system }),
        Event::ConsultationAnswered { system, contributions, .. } => {
            json!({ "type": "consultation_answered", "system": system, "contributions": contributions })
        }
        Event::Evaluated { system, version, evaluation, passed, total, required, .. } => json!({
            "type": "evaluated", "system": system, "version": version, "evaluation": evaluation,
            "passed": passed, "total": total, "required": required,
        }),
        Event::Authorised { system, version, scope, from, until } => json!({
            "type": "authorised", "system": system, "version": version, "scope": scope, "from": from, "until": until,
        }),
        Event::AuthorisationEnded { system, reason } => {
            json!({ "type": "authorisation_ended", "system": system, "reason": reason })
        }
        Event::OwnerAccepted { system } => json!({ "type": "owner_accepted", "system": system }),
        Event::OwnerLeft { system } => json!({ "type": "owner_left", "system": system }),
        Event::Stopped { system, reason } => json!({ "type": "stopped", "system": system, "reason": reason }),
        Event::Resumed { system, reason } => json!({ "type": "resumed", "system": system, "reason": reason }),
        Event::RecordWritten { system, changed, .. } => json!({ "type": "record", "system": system, "fields": changed }),
        Event::ReferentAppointed { .. }
        | Event::ReferentLeft
        | Event::HostDeclared { .. }
        | Event::ContractSigned { .. }
        | Event::ModelDeclared { .. }
        | Event::OwnerNamed { .. }
        | Event::StudyWritten { .. }
        | Event::TrainingPublished { .. }
        | Event::Certified { .. }
        | Event::HumanChannelGiven { .. }
        | Event::SkillsPlanWritten { .. } => return None,
    };
    said["at"] = json!(at);
    Some(said)
}
