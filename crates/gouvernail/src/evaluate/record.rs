//! The result of an evaluation in the register: evidence that the mandate of the system asks for.

use anyhow::{Context, Result, bail};
use gouvernail_local_model::evaluation::Report;
use gouvernail_register::{Event, Rules};
use gouvernail_store::Snapshot;

use super::Candidate;
use crate::cli::Evaluate;
use crate::config::Config;
use crate::register::{open, referent};

/// The version of a system whose result is recorded, and in whose name.
pub struct Target {
    config: Config,
    author: String,
    system: String,
    version: String,
    model: String,
    /// Candidates that are smaller than its model.
    smaller: Vec<String>,
}

impl Target {
    /// What the command says to record; none when it says nothing.
    ///
    /// # Errors
    /// Unless the author is a référent, the system has a version, and its model is among the candidates.
    pub async fn of(command: &Evaluate, candidates: &[Candidate]) -> Result<Option<Self>> {
        let (Some(system), Some(author)) = (&command.record, &command.author) else { return Ok(None) };
        let config = Config::load(&command.config.config)?;
        let (store, live) = open(&config).await?;
        let known = live.snapshot();
        store.close().await;
        referent(&known, author)?;
        let (version, model) = version_of(&known, system)?;
        let ids: Vec<&str> = candidates.iter().map(|candidate| candidate.id.as_str()).collect();
        let Some(place) = ids.iter().position(|id| *id == model) else {
            bail!("version {version} of {system} uses {model}, which is not among the candidates ({}): name it", ids.join(", "));
        };
        let smaller = ids[..place].iter().map(|id| (*id).to_owned()).collect();
        Ok(Some(Self { config, author: author.clone(), system: system.clone(), version, model, smaller }))
    }

    /// The model that the version uses.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Records the result of the version's own model, and how many smaller ones pass; gives what to tell.
    ///
    /// # Errors
    /// When the version is no longer the same, or when the register refuses.
    pub async fn record(self, reports: &[Report]) -> Result<String> {
        let own = reports.iter().find(|report| report.model == self.model).context("the model of the version was not asked")?;
        let smaller = reports.iter().filter(|report| report.passes() && self.smaller.contains(&report.model)).count();
        let smaller_that_pass = u32::try_from(smaller)?;
        let event = Event::Evaluated {
            system: self.system.clone(),
            version: self.version.clone(),
            evaluation: format!("{} {}", own.evaluation, own.version),
            passed: u32::try_from(own.passed)?,
            total: u32::try_from(own.total)?,
            required: u32::try_from(own.required())?,
            smaller_that_pass,
        };
        let (store, live) = open(&self.config).await?;
        let known = live.snapshot();
        let (version, model) = version_of(&known, &self.system)?;
        if (&version, &model) != (&self.version, &self.model) {
            bail!("version {version} of {} was declared while {} was asked: evaluate it", self.system, self.model);
        }
        let recorded = live.record_on(&known.register, &Rules::shipped()?, &referent(&known, &self.author)?.id, &[event]).await;
        store.close().await;
        recorded?;
        let Self { system, version, model, .. } = self;
        let (passed, total, required) = (own.passed, own.total, own.required());
        let of_smaller = format!("smaller models that pass: {smaller_that_pass}");
        Ok(format!(
            "recorded for {system}, version {version}: {model}, {passed} right out of {total}, {required} needed; {of_smaller}"
        ))
    }
}

/// The current version of a system, and its model.
fn version_of(known: &Snapshot, system: &str) -> Result<(String, String)> {
    let declared = known.register.systems.get(system).with_context(|| {
        let ids: Vec<&str> = known.register.systems.keys().map(String::as_str).collect();
        format!("no system {system:?} in the register; there are: {}", ids.join(", "))
    })?;
    let version = declared.version.as_ref().with_context(|| format!("{system} has no version yet: declare one first"))?;
    Ok((version.label.clone(), version.model.clone()))
}
