//! What the rules ask of one system, held or not.

use std::sync::Arc;

use jiff::Timestamp;

use crate::facts::Call;
use crate::rules::{Action, Requirement, Rules, RulesUnreadable};
use crate::state::{Register, System};

/// One requirement asked of a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What is asked.
    pub requirement: Arc<Requirement>,
    /// Whether it holds.
    pub held: bool,
}

impl Rules {
    /// What is asked of the system `id` for a call of its agent `person`, in the order of the propositions; none when nobody
    /// declared it.
    pub fn explain(
        &self,
        register: &Register,
        id: &str,
        person: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<Vec<Explained>>, RulesUnreadable> {
        let Some(system) = register.systems.get(id) else { return Ok(None) };
        let call = Call::ordinary(id, system, person);
        let missing = self.decide(register, Action::Call, &call, now)?.missing;
        let nobody = Call { person: None, case: None, ..call };
        let asked = self.decide(&bare(register, id, system), Action::Call, &nobody, now)?.missing;
        let mut all: Vec<Arc<Requirement>> = missing.iter().chain(&asked).cloned().collect();
        all.sort_by(|one, other| one.order().cmp(&other.order()));
        all.dedup_by(|one, other| one.id == other.id);
        Ok(Some(all.into_iter().map(|asked| Explained { held: !missing.contains(&asked), requirement: asked }).collect()))
    }
}

/// The same system on the day when nothing was filled in: what is missing then is what is asked of it.
fn bare(register: &Register, id: &str, system: &System) -> Register {
    let mut bare = Register { models: register.models.clone(), hosts: register.hosts.clone(), ..Register::default() };
    bare.hosts.values_mut().for_each(|host| host.contract = None);
    let nothing = System { version: system.version.clone(), ..System::new(system.sheet.clone()) };
    bare.systems.insert(id.to_owned(), Arc::new(nothing));
    bare
}
