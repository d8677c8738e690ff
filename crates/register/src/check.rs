//! What may be recorded: acts that would leave the register saying something false are refused here.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::event::{Event, NoticeWords, StudyKind};
use crate::facts::Call;
use crate::holds::PROGRAM;
use crate::record::{BadField, Catalogue, Misfit, Proposals, Record, digest_of};
use crate::rules::{Action, Requirement, Rules};
use crate::state::{Register, Study, System, frozen};

/// Longest trial: after it, one knows, or one stops.
const LONGEST_TRIAL: SignedDuration = SignedDuration::from_hours(24 * 183);

/// Why an act was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum ActRefused {
    /// The act names something that is not in the register.
    #[error("{what} {id:?} is not in the register; declare it first")]
    Unknown {
        /// Kind of thing.
        what: &'static str,
        /// Identifier given.
        id: String,
    },
    /// The study that is to be signed does not exist.
    #[error("this study is not written yet; write it, then have somebody else sign it")]
    NoStudy,
    /// Author and signatory are one person.
    #[error("the study must be signed by someone who never wrote in it")]
    OwnStudy,
    /// What was read is no longer what stands there.
    #[error("{what} changed since it was read; read it again, then sign")]
    Moved {
        /// What changed.
        what: &'static str,
    },
    /// The label was used before: people, evaluations and mandates refer to it.
    #[error("version {label:?} already exists; give another label")]
    LabelTaken {
        /// Label given.
        label: String,
    },
    /// The change weighs on people and is said not to.
    #[error("purpose, risk, automation or data changed since the last version: declare the modification as substantial")]
    Substantial,
    /// The embedded engine has no address of its own, and a host elsewhere has one.
    #[error("the embedded engine takes no address: leave it empty, or declare a host that is elsewhere")]
    EmbeddedAddress,
    /// An end date is already past, or before its beginning.
    #[error("the date {date} is already past or before its beginning; give a later one")]
    Date {
        /// Date given.
        date: Timestamp,
    },
    /// A trial is longer than one may be.
    #[error("a trial lasts six months at most; give an earlier end")]
    TrialTooLong,
    /// A text that must say something is empty.
    #[error("{field} is empty; write it")]
    Empty {
        /// Field to fill.
        field: &'static str,
    },
    /// Someone accepts a charge that was given to another, or to nobody.
    #[error("only the person named as owner can accept; name an owner first")]
    NotOwner,
    /// A consultation is answered, or opened, out of turn.
    #[error("{0}")]
    Consultation(&'static str),
    /// The register already says so.
    #[error("the register already says so; nothing is to be recorded")]
    Unchanged,
    /// Only the program notes that a mandate is suspended or holds again.
    #[error("only the program notes this; to halt a system, give a stop order or end its authorisation")]
    ProgramOnly,
    /// A system that holds a mandate is retired, not refused.
    #[error("this system holds an authorisation: end it, or retire the system")]
    InService,
    /// The system was refused or retired: nothing more is recorded about it.
    #[error("this system is closed; declare another one")]
    Closed,
    /// An authorisation was asked while requirements are missing.
    #[error("the authorisation cannot be given: {} requirement(s) missing, first: {}", .0.len(), .0.first().map_or("", |r| r.en.as_str()))]
    Missing(Vec<Arc<Requirement>>),
    /// A value of the record does not fit its field.
    #[error(transparent)]
    Record(#[from] BadField),
    /// The record is not what the author had read.
    #[error("the record changed meanwhile; read it again, then write what should change")]
    StaleRecord,
    /// Rules or facts could not be evaluated.
    #[error(transparent)]
    Rules(#[from] crate::rules::RulesUnreadable),
}

/// Whether `author` may record `event` on this register, now.
pub fn check(register: &Register, rules: &Rules, author: &str, event: &Event, now: Timestamp) -> Result<(), ActRefused> {
    match event.system() {
        Some(id) if !matches!(event, Event::SystemDeclared { .. }) => {
            let system = known(register, id)?;
            open(system, event)?;
            on_system(register, rules, (id, system), author, event, now)
        }
        Some(id) => register.systems.get(id).map_or(Ok(()), |system| open(system, event)),
        None => on_organisation(register, author, event, now),
    }
}

fn on_organisation(register: &Register, author: &str, event: &Event, now: Timestamp) -> Result<(), ActRefused> {
    match event {
        Event::OrganisationDeclared { name, .. } => filled("name", name),
        Event::StrategyPublished { title, objectives, .. } => {
            filled("title", title)?;
            filled("objectives", objectives.first().map_or("", |objective| objective.title.as_str()))
        }
        Event::RoadmapPublished { title, words, .. } | Event::DoctrinePublished { title, words, .. } => {
            filled("title", title)?;
            filled("words", words)
        }
        Event::AccessGiven { until, .. } => later(*until, now),
        Event::PasswordChosen { person } => present("access", person, author == person && register.accesses.contains_key(person)),
        Event::StrategyWithdrawn { reason } => filled("reason", reason),
        Event::SkillDeclared { name, why, .. } => filled("name", name).and_then(|()| filled("why", why)),
        Event::HostDeclared { embedded, base_url, .. } if *embedded && !base_url.is_empty() => Err(ActRefused::EmbeddedAddress),
        Event::HostDeclared { embedded, base_url, .. } if !*embedded => filled("base_url", base_url),
        Event::ContractSigned { host, until, .. } => {
            later(*until, now)?;
            present("host", host, register.hosts.contains_key(host))
        }
        Event::ContractEnded { host, reason } => {
            filled("reason", reason)?;
            present("host", host, register.hosts.contains_key(host))
        }
        Event::ModelDeclared { host, .. } => present("host", host, register.hosts.contains_key(host)),
        _ => Ok(()),
    }
}

fn on_system(
    register: &Register,
    rules: &Rules,
    (id, system): (&str, &System),
    author: &str,
    event: &Event,
    now: Timestamp,
) -> Result<(), ActRefused> {
    match event {
        Event::VersionDeclared { model, version, digest, substantial, .. } => {
            filled("version", version)?;
            let known = register.models.get(model).ok_or_else(|| ActRefused::Unknown { what: "model", id: model.clone() })?;
            same("the system's sheet", digest, &frozen(&system.sheet, model, known))?;
            new_version(system, version, *substantial)
        }
        Event::OwnerAccepted { .. } => accepts(system, author),
        Event::StudyWritten { answers, .. } => {
            answers.values().filter_map(|answer| answer.as_str()).try_for_each(|answer| filled("answer", answer))
        }
        Event::StudySigned { kind, until, digest, .. } => {
            later(*until, now)?;
            signable(written(system, *kind)?, author, digest)
        }
        Event::StudyReturned { kind, reason, .. } => filled("reason", reason).and(written(system, *kind).map(|_| ())),
        Event::NoticePublished { fr, en, .. } => notice(fr).and_then(|()| notice(en)),
        Event::HumanChannelGiven { telephone, .. } => filled("telephone", telephone),
        Event::SkillsPlanWritten { plan, skills, .. } => {
            filled("plan", plan)?;
            skills.iter().try_for_each(|skill| present("skill", skill, register.skills.contains_key(skill)))
        }
        Event::DrillHeld { result, until, .. } => filled("result", result).and_then(|()| later(*until, now)),
        Event::ConsultationOpened { .. } | Event::ConsultationAnswered { .. } | Event::ConsultationReopened { .. } => {
            consultation(system, event, now)
        }
        Event::Certified { version, until, .. } => {
            later(*until, now)?;
            present("version", version, system.labels.contains(version))
        }
        Event::CertificationWithdrawn { version, person, reason, .. } => {
            filled("reason", reason)?;
            present("certification", person, system.certifications.contains_key(&(person.clone(), version.clone())))
        }
        Event::Evaluated { version, .. } | Event::OversightShown { version, .. } => {
            present("version", version, system.labels.contains(version))
        }
        Event::Suspended { .. } | Event::Reinstated { .. } => noted(system, author, event),
        Event::Refused { reason, .. } => {
            filled("reason", reason)?;
            if system.authorisation.is_some() { Err(ActRefused::InService) } else { Ok(()) }
        }
        Event::Stopped { reason, .. }
        | Event::Resumed { reason, .. }
        | Event::Watched { reason, .. }
        | Event::AuthorisationEnded { reason, .. }
        | Event::NoticeWithdrawn { reason, .. } => filled("reason", reason),
        Event::Retired { reason, records, .. } => filled("reason", reason).and_then(|()| filled("records", records)),
        Event::Authorised { version, from, until, digest, experiment, .. } => {
            later(*until, now.max(*from))?;
            if *experiment && until.duration_since(*from) > LONGEST_TRIAL {
                return Err(ActRefused::TrialTooLong);
            }
            authorisable(register, rules, (id, system), (version, digest, *experiment), now)
        }
        Event::RecordWritten { record, changed, .. } => recorded(system, record, changed),
        Event::RecordProposed { proposals, .. } => proposable(system, proposals),
        Event::ProposalsSettled { accepted, set_aside, digest, .. } => {
            same("what is proposed", digest, &digest_of(&system.proposed))?;
            settleable(system, &[accepted.as_slice(), set_aside.as_slice()].concat())
        }
        _ => Ok(()),
    }
}

/// What is missing before the system may be authorised; empty when nothing is. A trial is asked less than a service.
pub fn missing_to_authorise(
    register: &Register,
    rules: &Rules,
    system: &str,
    experiment: bool,
    now: Timestamp,
) -> Result<Vec<Arc<Requirement>>, ActRefused> {
    let model = known(register, system)?.version.as_ref().map(|version| version.model.clone()).unwrap_or_default();
    let call = Call { system: system.into(), model, person: None, case: None };
    let action = if experiment { Action::Try } else { Action::Authorise };
    Ok(rules.decide(register, action, &call, now)?.missing)
}

fn authorisable(
    register: &Register,
    rules: &Rules,
    (id, system): (&str, &System),
    (label, digest, experiment): (&str, &str, bool),
    now: Timestamp,
) -> Result<(), ActRefused> {
    let version = system.version.as_ref().filter(|current| current.label == label);
    let version = version.ok_or_else(|| ActRefused::Unknown { what: "version", id: label.into() })?;
    if !version.intact {
        return Err(ActRefused::Moved { what: "the version" });
    }
    let missing = missing_to_authorise(register, rules, id, experiment, now)?;
    if missing.is_empty() { same("the version", digest, &version.digest) } else { Err(ActRefused::Missing(missing)) }
}

fn known<'a>(register: &'a Register, id: &str) -> Result<&'a System, ActRefused> {
    register.systems.get(id).map(AsRef::as_ref).ok_or_else(|| ActRefused::Unknown { what: "system", id: id.into() })
}

/// Every value fits its field, and what the public log will say of the change is true.
fn recorded(system: &System, record: &Record, changed: &[String]) -> Result<(), ActRefused> {
    record.check()?;
    if record.changed_since(system.record.as_ref()) == changed { Ok(()) } else { Err(ActRefused::StaleRecord) }
}

/// Every value fits its field, and none is proposed where something is recorded.
fn proposable(system: &System, proposals: &Proposals) -> Result<(), ActRefused> {
    if proposals.is_empty() {
        return Err(ActRefused::Unchanged);
    }
    for (id, proposal) in proposals {
        let bad = |misfit| BadField { field: id.clone(), misfit };
        let field = Catalogue::get().field(id).ok_or_else(|| bad(Misfit::Unknown))?;
        field.fits(&proposal.value).map_err(bad)?;
        if system.record.as_ref().is_some_and(|record| record.fields.contains_key(id)) {
            return Err(ActRefused::StaleRecord);
        }
    }
    Ok(())
}

/// What is settled was proposed, and is settled one way.
fn settleable(system: &System, fields: &[String]) -> Result<(), ActRefused> {
    let once = fields.iter().collect::<BTreeSet<_>>().len() == fields.len();
    match fields.iter().find(|field| !system.proposed.contains_key(*field)) {
        Some(unknown) => Err(ActRefused::Unknown { what: "proposal", id: unknown.clone() }),
        None if fields.is_empty() || !once => Err(ActRefused::Unchanged),
        None => Ok(()),
    }
}

/// A system that was refused or retired stays as it ended; stopping it is always possible.
fn open(system: &System, event: &Event) -> Result<(), ActRefused> {
    let closed = system.refused.is_some() || system.retired.is_some();
    if closed && !matches!(event, Event::Stopped { .. }) { Err(ActRefused::Closed) } else { Ok(()) }
}

fn new_version(system: &System, label: &str, substantial: bool) -> Result<(), ActRefused> {
    if system.labels.contains(label) {
        return Err(ActRefused::LabelTaken { label: label.into() });
    }
    if !substantial && system.weighs_otherwise() { Err(ActRefused::Substantial) } else { Ok(()) }
}

/// One note a change, whatever the number of nodes that see it.
fn noted(system: &System, author: &str, event: &Event) -> Result<(), ActRefused> {
    let known = match event {
        Event::Suspended { missing, .. } => system.suspended.as_ref() == Some(missing),
        _ => system.suspended.is_none(),
    };
    match (author == PROGRAM, known) {
        (false, _) => Err(ActRefused::ProgramOnly),
        (true, true) => Err(ActRefused::Unchanged),
        (true, false) => Ok(()),
    }
}

fn accepts(system: &System, author: &str) -> Result<(), ActRefused> {
    let named = system.owner.as_ref().is_some_and(|owner| owner.person == author);
    if named { Ok(()) } else { Err(ActRefused::NotOwner) }
}

/// Nobody signs what is not written, nor what they wrote in, nor what they did not read.
fn signable(study: &Study, signatory: &str, digest: &str) -> Result<(), ActRefused> {
    if study.authors.contains(signatory) {
        return Err(ActRefused::OwnStudy);
    }
    same("the study", digest, &study.digest())
}

fn written(system: &System, kind: StudyKind) -> Result<&Study, ActRefused> {
    system.studies.get(&kind).filter(|study| study.modification == system.modification).ok_or(ActRefused::NoStudy)
}

fn consultation(system: &System, event: &Event, now: Timestamp) -> Result<(), ActRefused> {
    match event {
        Event::ConsultationOpened { question, closes, due, .. } => {
            filled("question", question)?;
            later(*closes, now)?;
            later(*due, *closes)?;
            let free = system.open_consultation.is_none();
            if free { Ok(()) } else { Err(ActRefused::Consultation("a consultation is under way; answer it first")) }
        }
        Event::ConsultationAnswered { question, answer, consultation, url, .. } => {
            filled("question", question)?;
            filled("answer", answer)?;
            match &system.open_consultation {
                // Held before it was recorded: it has no identifier here.
                None if consultation.is_empty() => Ok(()),
                Some(open) if open.id == *consultation && open.url.is_empty() => Ok(()),
                // Whoever reads the outcome of a consultation elsewhere must be able to read what was said there.
                Some(open) if open.id == *consultation => filled("url", url),
                _ => Err(ActRefused::Consultation("another consultation is under way; answer that one")),
            }
        }
        Event::ConsultationReopened { reason, due, .. } => {
            filled("reason", reason)?;
            later(*due, now)?;
            let closed = system.consultation.is_some() && system.open_consultation.is_none();
            if closed { Ok(()) } else { Err(ActRefused::Consultation("no closed consultation can be reopened")) }
        }
        _ => Ok(()),
    }
}

fn notice(words: &NoticeWords) -> Result<(), ActRefused> {
    for (field, lines) in [("does", &words.does), ("does_not", &words.does_not)] {
        filled(field, lines.first().map_or("", String::as_str))?;
    }
    Ok(())
}

fn same(what: &'static str, read: &str, stands: &str) -> Result<(), ActRefused> {
    if read == stands { Ok(()) } else { Err(ActRefused::Moved { what }) }
}

fn present(what: &'static str, id: &str, found: bool) -> Result<(), ActRefused> {
    if found { Ok(()) } else { Err(ActRefused::Unknown { what, id: id.into() }) }
}

fn filled(field: &'static str, text: &str) -> Result<(), ActRefused> {
    if text.trim().is_empty() { Err(ActRefused::Empty { field }) } else { Ok(()) }
}

fn later(date: Timestamp, than: Timestamp) -> Result<(), ActRefused> {
    if date > than { Ok(()) } else { Err(ActRefused::Date { date }) }
}
