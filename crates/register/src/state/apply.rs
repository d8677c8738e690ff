//! One event more.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    Access, Authorisation, Consultation, Contract, Drill, Evaluation, Host, HumanChannel, Model, Notice, OpenConsultation,
    Organisation, Oversight, Owner, PoliticalText, Register, Signature, Skill, SkillsPlan, Strategy, Study, System, Version,
};
use crate::event::{Answers, Event, Recorded, StudyKind};

impl Register {
    /// Takes one more event. Events about unknown systems or hosts change nothing:
    /// [`crate::check`] keeps them from being recorded.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.epoch = recorded.seq;
        match recorded.event.clone() {
            Event::OrganisationDeclared { name, siret, public_log } => {
                self.organisation = Some(Organisation { name, siret, public_log });
            }
            Event::StrategyPublished { version, title, url, adopted, objectives, voted, words } => {
                let text = PoliticalText { version, title, url, adopted, voted, words };
                self.strategy = Some(Strategy { text, objectives });
            }
            Event::StrategyWithdrawn { .. } => self.strategy = None,
            Event::RoadmapPublished { version, title, url, adopted, voted, words } => {
                self.roadmap = Some(PoliticalText { version, title, url, adopted, voted, words });
            }
            Event::DoctrinePublished { version, title, url, adopted, voted, words } => {
                self.doctrine = Some(PoliticalText { version, title, url, adopted, voted, words });
            }
            Event::ReferentAppointed { person } => self.referent = Some(person),
            Event::ReferentLeft => self.referent = None,
            Event::AccessGiven { person, until } => {
                let given = Access { by: recorded.author.clone(), at: recorded.at, until, chosen: None };
                self.accesses.insert(person, given);
            }
            Event::PasswordChosen { person } => {
                self.accesses.entry(person).and_modify(|access| access.chosen = Some(recorded.at));
            }
            Event::SkillDeclared { skill, name, why, holders } => {
                self.skills.insert(skill, Skill { name, why, holders });
            }
            Event::HostDeclared { host, name, embedded, base_url, country, traits } => {
                self.declare_host(host, Host { name, embedded, base_url, country, traits, contract: None });
            }
            Event::ContractSigned { host, reference, until, clauses, terms } => {
                if let Some(host) = self.hosts.get_mut(&host) {
                    host.contract = Some(Contract { reference, until, clauses, terms });
                }
            }
            Event::ContractEnded { host, .. } => {
                if let Some(host) = self.hosts.get_mut(&host) {
                    host.contract = None;
                }
            }
            Event::ModelDeclared { model, name, host, open_weights, licence, active_billions, total_billions, traits } => {
                let declared = Model { name, host, open_weights, licence, active_billions, total_billions, traits };
                self.declare_model(model, declared);
            }
            Event::SystemDeclared { system, sheet } => match self.systems.get_mut(&system) {
                Some(known) => Arc::make_mut(known).describe(sheet),
                None => {
                    self.systems.insert(system, Arc::new(System::new(sheet)));
                }
            },
            event => {
                if let Some(system) = event.system().and_then(|id| self.systems.get_mut(id)) {
                    Arc::make_mut(system).apply(event, &recorded.author, recorded.at);
                }
            }
        }
    }

    /// The same name at another address is not where the versions that use it were allowed to send anything.
    fn declare_host(&mut self, id: String, mut declared: Host) {
        if let Some(known) = self.hosts.remove(&id) {
            let place = |host: &Host| (host.embedded, host.base_url.clone(), host.country.clone());
            if place(&known) != place(&declared) {
                let served: Vec<String> =
                    self.models.iter().filter(|(_, model)| model.host == id).map(|(id, _)| id.clone()).collect();
                served.iter().for_each(|model| self.moved(model));
            }
            declared.contract = known.contract;
        }
        self.hosts.insert(id, declared);
    }

    /// Other weights under a known name are not what the versions that use it froze.
    fn declare_model(&mut self, name: String, declared: Model) {
        if self.models.get(&name).is_some_and(|known| *known != declared) {
            self.moved(&name);
        }
        self.models.insert(name, declared);
    }

    fn moved(&mut self, model: &str) {
        for system in self.systems.values_mut() {
            if system.version.as_ref().is_some_and(|version| version.model == model) {
                let version = &mut Arc::make_mut(system).version;
                version.iter_mut().for_each(|version| (version.moved, version.intact) = (true, false));
            }
        }
    }
}

impl System {
    /// A sheet that says something else is not what the version froze.
    fn describe(&mut self, sheet: crate::event::SystemSheet) {
        if let Some(version) = &mut self.version {
            version.intact = !version.moved && version.sheet == sheet;
        }
        self.sheet = sheet;
    }

    fn apply(&mut self, event: Event, author: &str, at: Timestamp) {
        match event {
            Event::VersionDeclared { version, model, digest, change, substantial, .. } => {
                self.modification += u32::from(substantial);
                self.labels.insert(version.clone());
                if substantial {
                    self.akin.clear();
                }
                self.akin.insert(version.clone());
                let sheet = self.sheet.clone();
                self.version = Some(Version { label: version, model, digest, change, sheet, intact: true, moved: false });
            }
            Event::OwnerNamed { person, .. } => self.owner = Some(Owner { person, accepted: false }),
            Event::OwnerAccepted { .. } => self.owner.iter_mut().for_each(|owner| owner.accepted = true),
            Event::OwnerLeft { .. } => self.owner = None,
            Event::StudyWritten { kind, answers, contributors, .. } => {
                self.write(kind, answers, contributors.into_iter().chain([author.to_owned()]), at);
            }
            Event::StudySigned { kind, until, .. } => {
                if let Some(study) = self.studies.get_mut(&kind) {
                    study.signature = Some(Signature { signatory: author.into(), at, until });
                    study.returned = None;
                }
            }
            Event::StudyReturned { kind, reason, .. } => {
                if let Some(study) = self.studies.get_mut(&kind) {
                    study.signature = None;
                    study.returned = Some(reason);
                }
            }
            Event::TrainingPublished { module, .. } => self.training = Some(module),
            Event::Certified { version, person, until, .. } => {
                self.certifications.insert((person, version), until);
            }
            Event::CertificationWithdrawn { version, person, .. } => {
                self.certifications.remove(&(person, version));
            }
            Event::NoticePublished { fr, en, .. } => self.notice = Some(Notice { fr, en }),
            Event::NoticeWithdrawn { .. } => self.notice = None,
            Event::HumanChannelGiven { telephone, hours, .. } => self.human_channel = Some(HumanChannel { telephone, hours }),
            Event::SkillsPlanWritten { plan, skills, quota, continuity, .. } => {
                self.skills_plan = Some(SkillsPlan { plan, skills, quota, continuity });
            }
            Event::DrillHeld { on, result, until, .. } => self.drill = Some(Drill { on, result, until }),
            Event::RecordWritten { record, .. } => self.write_record(record),
            Event::RecordProposed { proposals, .. } => self.propose(proposals),
            Event::ProposalsSettled { accepted, set_aside, .. } => self.settle(accepted, &set_aside, author, at),
            event => self.apply_later(event, author),
        }
    }

    /// Consultation, evaluation, and what comes after them.
    fn apply_later(&mut self, event: Event, author: &str) {
        match event {
            Event::ConsultationOpened { consultation, question, closes, due, url, .. } => {
                self.open_consultation = Some(OpenConsultation { id: consultation, question, closes, due, url });
            }
            Event::ConsultationAnswered { question, contributions, answer, consultation, url, .. } => {
                let modification = self.modification;
                self.open_consultation = None;
                self.consultation = Some(Consultation { id: consultation, question, contributions, answer, url, modification });
            }
            Event::ConsultationReopened { due, .. } => {
                if let Some(held) = self.consultation.take() {
                    let (id, question, url) = (held.id, held.question, held.url);
                    self.open_consultation = Some(OpenConsultation { id, question, closes: due, due, url });
                }
            }
            Event::Evaluated { version, evaluation, passed, total, required, smaller_that_pass, .. } => {
                self.evaluation = Some(Evaluation { version, evaluation, passed, total, required, smaller_that_pass });
            }
            Event::OversightShown { version, judged_first, wrong, caught, without, findings, .. } => {
                self.oversight = Some(Oversight { version, judged_first, wrong, caught, without, findings });
            }
            Event::Authorised { version, scope, from, until, experiment, .. } => {
                self.authorisation = Some(Authorisation { version, scope, signatory: author.into(), from, until, experiment });
                self.suspended = None;
            }
            Event::AuthorisationEnded { .. } => (self.authorisation, self.suspended) = (None, None),
            Event::Suspended { missing, .. } => self.suspended = Some(missing),
            Event::Reinstated { .. } => self.suspended = None,
            Event::Watched { watched, reason, .. } => self.watched = watched.then_some(reason),
            Event::Stopped { reason, .. } => self.stopped = Some(reason),
            Event::Resumed { .. } => self.stopped = None,
            Event::Refused { reason, .. } => self.refused = Some(reason),
            Event::Retired { reason, .. } => {
                self.retired = Some(reason);
                self.authorisation = None;
            }
            _ => {}
        }
    }

    /// Who ever wrote in a study stays one of its authors, whatever was written over it since.
    fn write(&mut self, kind: StudyKind, answers: Answers, authors: impl Iterator<Item = String>, at: Timestamp) {
        let mut all = self.studies.remove(&kind).map(|known| known.authors).unwrap_or_default();
        all.extend(authors);
        let modification = self.modification;
        let study = Study { authors: all, written: at, answers, modification, signature: None, returned: None };
        self.studies.insert(kind, study);
    }
}
