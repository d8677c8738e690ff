//! A system, its version and its dossier.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Model;
use crate::event::{Answers, NoticeWords, StudyKind, SystemSheet};
use crate::record::{Acceptance, Proposals, Record};

/// A system, its version and its dossier.
#[derive(Debug, Clone)]
pub struct System {
    /// What it is.
    pub sheet: SystemSheet,
    /// Current version.
    pub version: Option<Version>,
    /// Every label that a version ever had: none is used twice, since people, evaluations and mandates refer to it.
    pub labels: BTreeSet<String>,
    /// Labels of the current version and of those before it, back to the last substantial modification: who knows one of them
    /// needs no more than a refresher to know the others.
    pub akin: BTreeSet<String>,
    /// How many substantial modifications it went through: studies and consultations answer for one of them.
    pub modification: u32,
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
    pub skills_plan: Option<SkillsPlan>,
    /// The last time that the service worked without it on purpose.
    pub drill: Option<Drill>,
    /// The consultation under way.
    pub open_consultation: Option<OpenConsultation>,
    /// The last consultation that was closed with its answer.
    pub consultation: Option<Consultation>,
    /// Result of the system's own evaluation.
    pub evaluation: Option<Evaluation>,
    /// What showed that people keep the hand.
    pub oversight: Option<Oversight>,
    /// The right to run.
    pub authorisation: Option<Authorisation>,
    /// Requirements noted as lapsed, while they are.
    pub suspended: Option<Vec<String>>,
    /// Why it is under closer watch, while it is.
    pub watched: Option<String>,
    /// Reason of the stop order in force.
    pub stopped: Option<String>,
    /// Why the administration decided not to use it.
    pub refused: Option<String>,
    /// Why it ended.
    pub retired: Option<String>,
    /// What its record says, as last written or accepted.
    pub record: Option<Record>,
    /// What sources say of fields that are not recorded, until somebody accepts or sets it aside.
    pub proposed: Proposals,
    /// By field, who accepted the proposal that it still says.
    pub accepted: BTreeMap<String, Acceptance>,
}

/// An impact study.
#[derive(Debug, Clone)]
pub struct Study {
    /// Everybody who wrote in it since it began: none of them may sign it.
    pub authors: BTreeSet<String>,
    /// When it was last written.
    pub written: Timestamp,
    /// Answers by question.
    pub answers: Answers,
    /// The modification of the system that it was written for.
    pub modification: u32,
    /// The signature of somebody else; a new writing takes it away.
    pub signature: Option<Signature>,
    /// Why it was sent back, until it is written again.
    pub returned: Option<String>,
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

/// How human know-how is kept beside the system.
#[derive(Debug, Clone)]
pub struct SkillsPlan {
    /// The plan, in words.
    pub plan: String,
    /// Skills that the system puts at risk.
    pub skills: Vec<String>,
    /// Share of the cases done without the system, percent.
    pub quota: u8,
    /// How the service goes on when the system is stopped.
    pub continuity: String,
}

/// A day when the service worked without the system, on purpose.
#[derive(Debug, Clone)]
pub struct Drill {
    /// When.
    pub on: Date,
    /// What it showed.
    pub result: String,
    /// Until when this is held to be true.
    pub until: Timestamp,
}

/// A consultation under way.
#[derive(Debug, Clone)]
pub struct OpenConsultation {
    /// Its identifier.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// Last instant to contribute.
    pub closes: Timestamp,
    /// When every contribution must have its answer.
    pub due: Timestamp,
    /// Where it takes place, when that is elsewhere.
    pub url: String,
}

/// A closed consultation.
#[derive(Debug, Clone)]
pub struct Consultation {
    /// Its identifier; empty for one that was held before it was recorded.
    pub id: String,
    /// What was asked.
    pub question: String,
    /// How many contributions were received.
    pub contributions: u32,
    /// The reasoned answer.
    pub answer: String,
    /// Where it can be read in full, when that is elsewhere.
    pub url: String,
    /// The modification of the system that it was held on.
    pub modification: u32,
}

/// A version: what was validated, frozen.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its label.
    pub label: String,
    /// Model that it uses.
    pub model: String,
    /// Of the sheet and the model, see [`frozen`].
    pub digest: String,
    /// What changed since the version before.
    pub change: String,
    /// The sheet on the day of the declaration.
    pub sheet: SystemSheet,
    /// Whether sheet, model and host still are what they were on the day of the declaration.
    pub intact: bool,
    /// Whether other weights, or another host, came under the same name since.
    pub(super) moved: bool,
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

/// What showed that people keep the hand.
#[derive(Debug, Clone)]
pub struct Oversight {
    /// Version that was tried.
    pub version: String,
    /// Cases where a person judged first.
    pub judged_first: u32,
    /// Wrong proposals among them.
    pub wrong: u32,
    /// Wrong proposals that were not followed.
    pub caught: u32,
    /// Cases done without the system.
    pub without: u32,
    /// What was learnt.
    pub findings: String,
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
    /// Whether it is a bounded trial.
    pub experiment: bool,
}

impl System {
    /// A system of which nothing but its sheet is known.
    pub fn new(sheet: SystemSheet) -> Self {
        Self {
            sheet,
            version: None,
            labels: BTreeSet::new(),
            akin: BTreeSet::new(),
            modification: 0,
            owner: None,
            studies: BTreeMap::new(),
            training: None,
            certifications: BTreeMap::new(),
            notice: None,
            human_channel: None,
            skills_plan: None,
            drill: None,
            open_consultation: None,
            consultation: None,
            evaluation: None,
            oversight: None,
            authorisation: None,
            suspended: None,
            watched: None,
            stopped: None,
            refused: None,
            retired: None,
            record: None,
            proposed: Proposals::new(),
            accepted: BTreeMap::new(),
        }
    }

    /// The signature of a study that answers for the system as it is: one given before a substantial modification does not.
    pub fn signature(&self, kind: StudyKind) -> Option<&Signature> {
        self.studies.get(&kind).filter(|study| study.modification == self.modification)?.signature.as_ref()
    }

    /// The end of the certification that a person holds, at `now`, on an earlier version that is akin to the current one; none
    /// when the current version must be learnt as a whole.
    pub fn refreshable(&self, person: &str, now: Timestamp) -> Option<Timestamp> {
        let current = self.version.as_ref()?;
        let held = self.certifications.iter().filter(|((holder, _), until)| holder == person && now < **until);
        held.filter(|((_, label), _)| *label != current.label && self.akin.contains(label)).map(|(_, until)| *until).max()
    }

    /// The closed consultation, if it was held on the system as it is.
    pub fn answered(&self) -> Option<&Consultation> {
        self.consultation.as_ref().filter(|held| held.modification == self.modification)
    }

    /// Whether the sheet changed, since the current version, in something that weighs on people: what it is for, what it
    /// touches, who decides.
    pub fn weighs_otherwise(&self) -> bool {
        self.version.as_ref().is_some_and(|version| {
            let (then, now) = (&version.sheet, &self.sheet);
            (then.risk, then.automation, then.self_learning, then.sensitive_data, then.touches_cases)
                != (now.risk, now.automation, now.self_learning, now.sensitive_data, now.touches_cases)
                || then.purpose_fr != now.purpose_fr
                || then.classification.annex_iii != now.classification.annex_iii
                || then.classification.profiling != now.classification.profiling
        })
    }
}

impl Study {
    /// SHA-256, in hexadecimal, of the answers in canonical form (RFC 8785): what a signatory read, and signs.
    pub fn digest(&self) -> String {
        hash(&json!(self.answers))
    }
}

/// What a version freezes: SHA-256, in hexadecimal, over the canonical sheet and model (RFC 8785).
pub fn frozen(sheet: &SystemSheet, id: &str, model: &Model) -> String {
    hash(&json!({
        "sheet": sheet,
        "model": {
            "id": id, "name": model.name, "host": model.host, "open_weights": model.open_weights, "licence": model.licence,
            "active_billions": model.active_billions, "total_billions": model.total_billions,
            "revision": model.traits.revision,
        },
    }))
}

/// SHA-256, in hexadecimal, of the canonical form (RFC 8785).
pub(crate) fn hash(value: &serde_json::Value) -> String {
    // Strings, booleans and finite numbers: the canonical form always exists.
    let canonical = serde_json_canonicalizer::to_vec(value).unwrap_or_default();
    hex::encode(Sha256::digest(canonical))
}
