//! The register as it stands: the fold of its events.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use jiff::civil::Date;

use crate::event::{Clause, Event, NoticeWords, Objective, Recorded, StudyKind, SystemSheet};
use crate::record::Record;

/// Everything the rules may look at, at one epoch.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Sequence number of the last event applied.
    pub epoch: u64,
    /// The public body.
    pub organisation: Option<Organisation>,
    /// The published strategy.
    pub strategy: Option<Strategy>,
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

/// The published political document that every system refers to.
#[derive(Debug, Clone)]
pub struct Strategy {
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Where it is published.
    pub url: String,
    /// Day of the vote.
    pub adopted: Date,
    /// What it seeks.
    pub objectives: Vec<Objective>,
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
    /// Impact studies by kind, the last writing of each.
    pub studies: BTreeMap<StudyKind, Study>,
    /// Identifier of the training module.
    pub training: Option<String>,
    /// Ends of certifications by person and version.
    pub certifications: BTreeMap<(String, String), Timestamp>,
    /// The published notice to citizens.
    pub notice: Option<Notice>,
    /// Where a human answers.
    pub human_channel: Option<HumanChannel>,
    /// The plan that preserves human know-how.
    pub skills_plan: Option<String>,
    /// The consultation, closed with its answer.
    pub consultation: Option<Consultation>,
    /// Result of the system's own evaluation.
    pub evaluation: Option<Evaluation>,
    /// The right to run.
    pub authorisation: Option<Authorisation>,
    /// Reason of the stop order in force.
    pub stopped: Option<String>,
    /// What its record says, as last written.
    pub record: Option<Arc<Record>>,
}

/// An impact study.
#[derive(Debug, Clone)]
pub struct Study {
    /// Who wrote it.
    pub author: String,
    /// When it was written.
    pub written: Timestamp,
    /// Answers by question.
    pub answers: BTreeMap<String, String>,
    /// The signature of somebody else; a new writing takes it away.
    pub signature: Option<Signature>,
}

/// A signed study.
#[derive(Debug, Clone)]
pub struct Signature {
    /// Who signed.
    pub signatory: String,
    /// When.
    pub at: Timestamp,
    /// End of validity.
    pub until: Timestamp,
}

/// What citizens are told, in the languages of the product.
#[derive(Debug, Clone)]
pub struct Notice {
    /// In French.
    pub fr: NoticeWords,
    /// In English.
    pub en: NoticeWords,
}

/// How to reach a person without the internet.
#[derive(Debug, Clone)]
pub struct HumanChannel {
    /// Telephone number.
    pub telephone: String,
    /// When it is answered, in words.
    pub hours: String,
}

/// A closed consultation.
#[derive(Debug, Clone)]
pub struct Consultation {
    /// What was asked.
    pub question: String,
    /// How many contributions were received.
    pub contributions: u32,
    /// The reasoned answer.
    pub answer: String,
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
    /// Identifier and version of the evaluation set.
    pub evaluation: String,
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
    /// For which service and which requests.
    pub scope: String,
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
            notice: None,
            human_channel: None,
            skills_plan: None,
            consultation: None,
            evaluation: None,
            authorisation: None,
            stopped: None,
            record: None,
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
            Event::StrategyPublished { version, title, url, adopted, objectives } => {
                self.strategy = Some(Strategy { version, title, url, adopted, objectives });
            }
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
                    system.apply(event, &recorded.author, recorded.at);
                }
            }
        }
    }
}

impl System {
    fn apply(&mut self, event: Event, author: &str, at: Timestamp) {
        match event {
            Event::VersionDeclared { version, model, digest, .. } => self.version = Some(Version { label: version, model, digest }),
            Event::OwnerNamed { person, .. } => self.owner = Some(Owner { person, accepted: false }),
            Event::OwnerAccepted { .. } => {
                if let Some(owner) = &mut self.owner {
                    owner.accepted = true;
                }
            }
            Event::OwnerLeft { .. } => self.owner = None,
            Event::StudyWritten { kind, answers, .. } => {
                self.studies.insert(kind, Study { author: author.into(), written: at, answers, signature: None });
            }
            Event::StudySigned { kind, until, .. } => {
                if let Some(study) = self.studies.get_mut(&kind) {
                    study.signature = Some(Signature { signatory: author.into(), at, until });
                }
            }
            Event::TrainingPublished { module, .. } => self.training = Some(module),
            Event::Certified { version, person, until, .. } => {
                self.certifications.insert((person, version), until);
            }
            Event::NoticePublished { fr, en, .. } => self.notice = Some(Notice { fr, en }),
            Event::HumanChannelGiven { telephone, hours, .. } => self.human_channel = Some(HumanChannel { telephone, hours }),
            Event::SkillsPlanWritten { plan, .. } => self.skills_plan = Some(plan),
            Event::ConsultationAnswered { question, contributions, answer, .. } => {
                self.consultation = Some(Consultation { question, contributions, answer });
            }
            Event::Evaluated { version, evaluation, passed, total, required, smaller_that_pass, .. } => {
                self.evaluation = Some(Evaluation { version, evaluation, passed, total, required, smaller_that_pass });
            }
            Event::Authorised { version, scope, from, until, .. } => {
                self.authorisation = Some(Authorisation { version, scope, signatory: author.into(), from, until });
            }
            Event::AuthorisationEnded { .. } => self.authorisation = None,
            Event::Stopped { reason, .. } => self.stopped = Some(reason),
            Event::Resumed { .. } => self.stopped = None,
            Event::RecordWritten { record, .. } => self.record = Some(Arc::new(record)),
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
            | Event::StudyWritten { system, .. }
            | Event::StudySigned { system, .. }
            | Event::TrainingPublished { system, .. }
            | Event::Certified { system, .. }
            | Event::NoticePublished { system, .. }
            | Event::HumanChannelGiven { system, .. }
            | Event::SkillsPlanWritten { system, .. }
            | Event::ConsultationAnswered { system, .. }
            | Event::Evaluated { system, .. }
            | Event::Authorised { system, .. }
            | Event::AuthorisationEnded { system, .. }
            | Event::Stopped { system, .. }
            | Event::Resumed { system, .. }
            | Event::RecordWritten { system, .. } => Some(system),
            _ => None,
        }
    }
}
