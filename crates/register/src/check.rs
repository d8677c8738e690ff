//! What may be recorded: acts that would leave the register saying something false are refused here.

use jiff::Timestamp;

use crate::event::{Event, NoticeWords, StudyKind};
use crate::facts::Call;
use crate::record::{BadField, Record};
use crate::rules::{Action, Requirement, Rules};
use crate::state::{Register, System};

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
    #[error("the study must be signed by someone other than its author")]
    OwnStudy,
    /// An end date is already past, or before its beginning.
    #[error("the date {date} is already past or before its beginning; give a later one")]
    Date {
        /// Date given.
        date: Timestamp,
    },
    /// A text that must say something is empty.
    #[error("{field} is empty; write it")]
    Empty {
        /// Field to fill.
        field: &'static str,
    },
    /// Someone accepts a charge that was given to another, or to nobody.
    #[error("only the person named as owner can accept; name an owner first")]
    NotOwner,
    /// An authorisation was asked while requirements are missing.
    #[error("the authorisation cannot be given: {} requirement(s) missing, first: {}", .0.len(), .0.first().map_or("", |r| r.en.as_str()))]
    Missing(Vec<Requirement>),
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
    let system = match event.system() {
        Some(id) if !matches!(event, Event::SystemDeclared { .. }) => Some(known(register, id)?),
        _ => None,
    };
    match event {
        Event::OrganisationDeclared { name, .. } => filled("name", name),
        Event::StrategyPublished { title, objectives, .. } => {
            filled("title", title)?;
            filled("objectives", objectives.first().map_or("", |objective| objective.title.as_str()))
        }
        Event::ContractSigned { host, until, .. } => {
            later(*until, now)?;
            present("host", host, register.hosts.contains_key(host))
        }
        Event::ModelDeclared { host, .. } => present("host", host, register.hosts.contains_key(host)),
        Event::VersionDeclared { model, version, .. } => {
            filled("version", version)?;
            present("model", model, register.models.contains_key(model))
        }
        Event::OwnerAccepted { .. } => accepts(system, author),
        Event::StudyWritten { answers, .. } => answers.values().try_for_each(|answer| filled("answer", answer)),
        Event::StudySigned { kind, until, .. } => {
            later(*until, now)?;
            signable(system, *kind, author)
        }
        Event::NoticePublished { fr, en, .. } => notice(fr).and_then(|()| notice(en)),
        Event::HumanChannelGiven { telephone, .. } => filled("telephone", telephone),
        Event::SkillsPlanWritten { plan, .. } => filled("plan", plan),
        Event::ConsultationAnswered { question, answer, .. } => {
            filled("question", question)?;
            filled("answer", answer)
        }
        Event::Certified { until, .. } => later(*until, now),
        Event::Stopped { reason, .. } | Event::Resumed { reason, .. } => filled("reason", reason),
        Event::Authorised { system, version, from, until, .. } => {
            later(*until, now.max(*from))?;
            authorisable(register, rules, system, version, now)
        }
        Event::RecordWritten { record, changed, .. } => written(system, record, changed),
        _ => Ok(()),
    }
}

/// What is missing before the system may be authorised; empty when nothing is.
pub fn missing_to_authorise(
    register: &Register,
    rules: &Rules,
    system: &str,
    now: Timestamp,
) -> Result<Vec<Requirement>, ActRefused> {
    let model = known(register, system)?.version.as_ref().map(|version| version.model.clone()).unwrap_or_default();
    let call = Call { system: system.into(), model, person: None, case: None };
    Ok(rules.decide(register, Action::Authorise, &call, now)?.missing)
}

fn authorisable(register: &Register, rules: &Rules, system: &str, version: &str, now: Timestamp) -> Result<(), ActRefused> {
    if known(register, system)?.version.as_ref().is_none_or(|current| current.label != version) {
        return Err(ActRefused::Unknown { what: "version", id: version.into() });
    }
    let missing = missing_to_authorise(register, rules, system, now)?;
    if missing.is_empty() { Ok(()) } else { Err(ActRefused::Missing(missing)) }
}

fn known<'a>(register: &'a Register, id: &str) -> Result<&'a System, ActRefused> {
    register.systems.get(id).ok_or_else(|| ActRefused::Unknown { what: "system", id: id.into() })
}

/// Every value fits its field, and what the public log will say of the change is true.
fn written(system: Option<&System>, record: &Record, changed: &[String]) -> Result<(), ActRefused> {
    record.check()?;
    let known = system.and_then(|system| system.record.as_deref());
    if record.changed_since(known) == changed { Ok(()) } else { Err(ActRefused::StaleRecord) }
}

fn accepts(system: Option<&System>, author: &str) -> Result<(), ActRefused> {
    let named = system.and_then(|s| s.owner.as_ref()).is_some_and(|owner| owner.person == author);
    if named { Ok(()) } else { Err(ActRefused::NotOwner) }
}

/// Nobody signs what is not written, nor what they wrote themselves.
fn signable(system: Option<&System>, kind: StudyKind, signatory: &str) -> Result<(), ActRefused> {
    let study = system.and_then(|system| system.studies.get(&kind)).ok_or(ActRefused::NoStudy)?;
    if study.author == signatory { Err(ActRefused::OwnStudy) } else { Ok(()) }
}

fn notice(words: &NoticeWords) -> Result<(), ActRefused> {
    for (field, lines) in [("does", &words.does), ("does_not", &words.does_not)] {
        filled(field, lines.first().map_or("", String::as_str))?;
    }
    Ok(())
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
