//! Whether an agent has the training that the tools of a case ask for: the same as the gateway asks before a call.

use gouvernail_cases::{Agent, Case, CaseUse};

use crate::site::address::segment;
use crate::site::app::App;

/// A training that is missing.
pub struct Missing {
    /// Name of the tool.
    pub tool: String,
    /// Where it is taken; empty while none is published.
    pub url: String,
}

/// The training that this agent lacks to open or decide on what the tools of a case answered.
pub fn missing(app: &App, me: &Agent, case: &Case) -> Option<Missing> {
    let known = app.live.snapshot();
    let now = app.now();
    // Certified for the version that answered, or for the one that replaced it.
    let certified = |used: &CaseUse| {
        let Some(system) = known.register.systems.get(&used.system) else { return false };
        let current = system.version.as_ref().map(|version| version.label.as_str());
        let holds =
            |version: &str| system.certifications.get(&(me.id.clone(), version.to_owned())).is_some_and(|until| now < *until);
        holds(&used.version) || current.is_some_and(holds)
    };
    let used = case.uses.iter().find(|used| !certified(used))?;
    let published = known.register.systems.get(&used.system).is_some_and(|system| system.training.is_some());
    let url = if published { format!("/training/{}", segment(&used.system)) } else { String::new() };
    Some(Missing { tool: app.name_of_system(&used.system), url })
}
