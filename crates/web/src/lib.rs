//! Pages of the citizen, the agent, the referent and the elected official.
