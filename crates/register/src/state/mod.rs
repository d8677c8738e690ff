//! The register as it stands: the fold of its events.

mod apply;
mod organisation;
mod record;
mod stage;
mod system;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use system::hash;

pub use organisation::{Access, Contract, Host, Model, Organisation, PoliticalText, Skill, Strategy};
pub use stage::Stage;
pub use system::{
    Authorisation, Consultation, Drill, Evaluation, HumanChannel, Notice, OpenConsultation, Oversight, Owner, Signature,
    SkillsPlan, Study, System, Version, frozen,
};

use crate::event::Recorded;

/// Everything the rules may look at, at one epoch. Cheap to clone: systems are shared until one changes.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// Sequence number of the last event applied.
    pub epoch: u64,
    /// The public body.
    pub organisation: Option<Organisation>,
    /// The published strategy.
    pub strategy: Option<Strategy>,
    /// The published roadmap.
    pub roadmap: Option<PoliticalText>,
    /// The published doctrine.
    pub doctrine: Option<PoliticalText>,
    /// The referent in post.
    pub referent: Option<String>,
    /// By person, how they last came by their password; nobody whose password the operator set.
    pub accesses: BTreeMap<String, Access>,
    /// Strategic skills by identifier.
    pub skills: BTreeMap<String, Skill>,
    /// Hosts by identifier.
    pub hosts: BTreeMap<String, Host>,
    /// Models by the name that callers use.
    pub models: BTreeMap<String, Model>,
    /// Systems by identifier.
    pub systems: BTreeMap<String, Arc<System>>,
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
}
