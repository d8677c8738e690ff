//! The register as it stands: the fold of its events.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::event::{Clause, Event, Objective, Recorded, StudyKind, SystemSheet};

/// Everything the rules may look at, at one epoch.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Sequence number of the last event applied.
    pub epoch: u64,
    /// The public body.
    pub organisation: Option<Organisation>,
    /// Objectives of the published strategy; `None` while none is published.
    pub strategy: Option<Vec<Objective>>,
    /// The referent in post.
    pub referent: Option<String>,
    /// Hosts by identifier.
    pub hosts: BTreeMap<String, Host>,
    /// Models by the name that callers use.
    pub models: BTreeMap<String, Model>,
    /// Systems by identifier.
    pub systems: BTreeMap<String, System>,
}

/// The public body that owns this register.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its SIRET number.
    pub siret: String,
    /// Whether it keeps a public transparency log.
    pub public_log: bool,
}

/// Who runs a model.
#[derive(Debug, Clone)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// Whether it is the engine that Gouvernail itself supervises.
    pub embedded: bool,
    /// Base address of its OpenAI-compatible interface, ending in `/v1`.
    pub base_url: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// The contract that covers it.
    pub contract: Option<Contract>,
}

/// What the host is held to.
#[derive(Debug, Clone)]
pub struct Contract {
    /// Reference of the contract.
    pub reference: String,
    /// End.
    pub until: Timestamp,
    /// Clauses with evidence.
    pub clauses: Vec<Clause>,
}

/// Weights that a host serves.
#[derive(Debug, Clone)]
pub struct Model {
    /// Name shown to people.
    pub name: String,
    /// Host that serves it.
    pub host: String,
    /// Whether the weights are open.
    pub open_weights: bool,
    /// Licence of the weights.
    pub licence: String,
    /// Parameters used for each token, in billions.
    pub active_billions: f64,
    /// Parameters in all, in billions.
    pub total_billions: f64,
}

/// A system, its version and its dossier.
#[derive(Debug, Clone)]
pub struct System {
    /// What it is.
    pub sheet: SystemSheet,
    /// Current version.
    pub version: Option<Version>,
    /// Accountable owner in post.
    pub owner: Option<Owner>,
    /// Ends of validity of the studies that someone other than the author signed.
    pub studies: BTreeMap<StudyKind, Timestamp>,
    /// Identifier of the training module.
    pub training: Option<String>,
    /// Ends of certifications by person and version.
    pub certifications: BTreeMap<(String, String), Timestamp>,
    /// Whether the notice to citizens is published.
    pub notice_published: bool,
    /// Telephone number where a human answers.
    pub telephone: Option<String>,
    /// Whether the plan preserving human know-how is written.
    pub skills_plan: bool,
    /// Whether the consultation is closed with its answers.
    pub consultation_answered: bool,
    /// Result of the system's own evaluation.
    pub evaluation: Option<Evaluation>,
    /// The right to run.
    pub authorisation: Option<Authorisation>,
    /// Reason of the stop order in force.
    pub stopped: Option<String>,
}

/// A version: the model and the digest of what was validated.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its label.
    pub label: String,
    /// Model that it uses.
    pub model: String,
    /// SHA-256 of prompt and settings, in hexadecimal.
    pub digest: String,
}

/// Accountable owner.
#[derive(Debug, Clone)]
pub struct Owner {
    /// Identifier of the person.
    pub person: String,
    /// Whether they accepted.
    pub accepted: bool,
}

/// Result of the evaluation set of a system.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Version that was evaluated.
    pub version: String,
    /// Right answers.
    pub passed: u32,
    /// Questions.
    pub total: u32,
    /// Right answers needed.
    pub required: u32,
    /// Smaller candidate models that pass as well.
    pub smaller_that_pass: u32,
}

/// The right of one version to run.
#[derive(Debug, Clone)]
pub struct Authorisation {
    /// Version that may run.
    pub version: String,
    /// Who signed.
    pub signatory: String,
    /// Start.
    pub from: Timestamp,
    /// End.
    pub until: Timestamp,
}

impl System {
    fn new(sheet: SystemSheet) -> Self {
        Self {
            sheet,
            version: None,
            owner: None,
            studies: BTreeMap::new(),
            training: None,
            certifications: BTreeMap::new(),
            notice_published: false,
            telephone: None,
            skills_plan: false,
            consultation_answered: false,
            evaluation: None,
            authorisation: None,
            stopped: None,
        }
    }
}

impl Register {
    /// The register after these events, in order.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut register = Self::default();
        for recorded in events {
            register.apply(recorded);
        }
        register
    }

    /// Takes one more event. Events about unknown systems or hosts change nothing:
    /// [`crate::check`] keeps them from being recorded.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.epoch = recorded.seq;
        match recorded.event.clone() {
            Event::OrganisationDeclared { name, siret, public_log } => {
                self.organisation = Some(Organisation { name, siret, public_log });
            }
            Event::StrategyPublished { objectives, .. } => self.strategy = Some(objectives),
            Event::ReferentAppointed { person } => self.referent = Some(person),
            Event::ReferentLeft => self.referent = None,
            Event::HostDeclared { host, name, embedded, base_url, country } => {
                let contract = self.hosts.remove(&host).and_then(|known| known.contract);
                self.hosts.insert(host, Host { name, embedded, base_url, country, contract });
            }
            Event::ContractSigned { host, reference, until, clauses } => {
                if let Some(host) = self.hosts.get_mut(&host) {
                    host.contract = Some(Contract { reference, until, clauses });
                }
            }
            Event::ModelDeclared { model, name, host, open_weights, licence, active_billions, total_billions } => {
                self.models.insert(model, Model { name, host, open_weights, licence, active_billions, total_billions });
            }
            Event::SystemDeclared { system, sheet } => match self.systems.get_mut(&system) {
                Some(known) => known.sheet = sheet,
                None => {
                    self.systems.insert(system, System::new(sheet));
                }
            },
            event => {
                if let Some(system) = event.system().and_then(|id| self.systems.get_mut(id)) {
                    system.apply(event);
                }
            }
        }
    }
}

impl System {
    fn apply(&mut self, event: Event) {
        match event {
            Event::VersionDeclared { version, model, digest, .. } => self.version = Some(Version { label: version, model, digest }),
            Event::OwnerNamed { person, .. } => self.owner = Some(Owner { person, accepted: false }),
            Event::OwnerAccepted { .. } => {
                if let Some(owner) = &mut self.owner {
                    owner.accepted = true;
                }
            }
            Event::OwnerLeft { .. } => self.owner = None,
            Event::StudySigned { kind, until, .. } => {
                self.studies.insert(kind, until);
            }
            Event::TrainingPublished { module, .. } => self.training = Some(module),
            Event::Certified { version, person, until, .. } => {
                self.certifications.insert((person, version), until);
            }
            Event::NoticePublished { .. } => self.notice_published = true,
            Event::HumanChannelGiven { telephone, .. } => self.telephone = Some(telephone),
            Event::SkillsPlanWritten { .. } => self.skills_plan = true,
            Event::ConsultationAnswered { .. } => self.consultation_answered = true,
            Event::Evaluated { version, passed, total, required, smaller_that_pass, .. } => {
                self.evaluation = Some(Evaluation { version, passed, total, required, smaller_that_pass });
            }
            Event::Authorised { version, signatory, from, until, .. } => {
                self.authorisation = Some(Authorisation { version, signatory, from, until });
            }
            Event::AuthorisationEnded { .. } => self.authorisation = None,
            Event::Stopped { reason, .. } => self.stopped = Some(reason),
            Event::Resumed { .. } => self.stopped = None,
            _ => {}
        }
    }
}

impl Event {
    /// The system that the event is about, if it is about one.
    pub fn system(&self) -> Option<&str> {
        match self {
            Event::SystemDeclared { system, .. }
            | Event::VersionDeclared { system, .. }
            | Event::OwnerNamed { system, .. }
            | Event::OwnerAccepted { system }
            | Event::OwnerLeft { system }
            | Event::StudySigned { system, .. }
            | Event::TrainingPublished { system, .. }
            | Event::Certified { system, .. }
            | Event::NoticePublished { system }
            | Event::HumanChannelGiven { system, .. }
            | Event::SkillsPlanWritten { system }
            | Event::ConsultationAnswered { system, .. }
            | Event::Evaluated { system, .. }
            | Event::Authorised { system, .. }
            | Event::AuthorisationEnded { system, .. }
            | Event::Stopped { system, .. }
            | Event::Resumed { system, .. } => Some(system),
            _ => None,
        }
    }
}
