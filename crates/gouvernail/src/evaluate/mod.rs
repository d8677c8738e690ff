//! `gouvernail evaluate`: the smallest model that passes a system's own evaluation set.

mod record;

use std::path::Path;

use anyhow::{Context, Result, bail};
use gouvernail_local_model::evaluation::{Evaluation, Report};
use gouvernail_local_model::{Manifest, Model};
use reqwest::Client;

use crate::cli::Evaluate;
use crate::progress::patiently;
use crate::{edge, engine};
use record::Target;

/// Where candidates are asked.
pub enum Place<'a> {
    /// The embedded engine, started for each of them: its program and first arguments.
    Engine(&'a [String]),
    /// A model host that runs already: its address, up to `/v1`.
    Host(&'a str),
}

/// A model to ask.
pub struct Candidate {
    /// In the manifest, or as its host calls it.
    pub id: String,
    /// As people are told of it.
    pub title: String,
}

impl From<&Model> for Candidate {
    fn from(model: &Model) -> Self {
        Self { id: model.id.clone(), title: model.title.clone() }
    }
}

/// Runs the command.
///
/// # Errors
/// When no candidate passes, when the set, the weights, the engine or the host cannot be used, or when nothing could be recorded.
pub async fn run(command: Evaluate) -> Result<()> {
    let evaluation = Evaluation::load(&command.set)?;
    let candidates = candidates(&command)?;
    // What could not be recorded is found before the minutes that the questions take.
    let target = Target::of(&command, &candidates).await?;
    let place = command.url.as_deref().map_or(Place::Engine(&command.engine), Place::Host);
    let mut reports = smallest_that_passes(&evaluation, &candidates, &place).await?;
    let smallest = reports.last().filter(|report| report.passes()).map(|report| report.model.clone());
    if let Some(target) = &target
        && let Some(own) = candidates.iter().find(|candidate| candidate.id == target.model())
        && !reports.iter().any(|report| report.model == own.id)
    {
        reports.push(ask(&evaluation, own, &place, &client(&place)?).await?);
    }
    if let Some(path) = &command.json {
        write(path, &reports)?;
    }
    match &smallest {
        Some(model) => println!("the smallest that passes: {model}"),
        None => println!("no candidate passes"),
    }
    if let Some(target) = target {
        println!("{}", target.record(&reports).await?);
    }
    if smallest.is_none() {
        bail!("no candidate passes: this system has no model to serve it");
    }
    Ok(())
}

/// The models named, or all whose weights are there; the smallest first. Only who names those of a host knows their sizes.
fn candidates(command: &Evaluate) -> Result<Vec<Candidate>> {
    if command.url.is_some() {
        let named = command.model.iter().map(|id| Candidate { id: id.clone(), title: id.clone() });
        return Ok(named.collect());
    }
    let manifest = Manifest::builtin()?;
    let cache = edge::cache();
    if command.model.is_empty() {
        let there = manifest.models().iter().filter(|model| model.path_in(&cache).is_file());
        return Ok(there.map(Candidate::from).collect());
    }
    let known = |id: &String| manifest.model(id).with_context(|| format!("no model {id:?} in the manifest"));
    let mut models = command.model.iter().map(known).collect::<Result<Vec<_>>>()?;
    models.sort_by_key(|model| model.parameters);
    Ok(models.into_iter().map(Candidate::from).collect())
}

/// Asks each candidate in turn, up to the first that passes; says what it finds as it goes.
///
/// # Errors
/// When an engine cannot be started, or when it or the host does not answer.
pub async fn smallest_that_passes(evaluation: &Evaluation, candidates: &[Candidate], place: &Place<'_>) -> Result<Vec<Report>> {
    let client = client(place)?;
    let mut reports = Vec::new();
    for candidate in candidates {
        let report = ask(evaluation, candidate, place, &client).await?;
        let passed = report.passes();
        reports.push(report);
        if passed {
            break;
        }
    }
    Ok(reports)
}

/// What one candidate scores.
async fn ask(evaluation: &Evaluation, candidate: &Candidate, place: &Place<'_>, client: &Client) -> Result<Report> {
    let Candidate { id, title } = candidate;
    println!("  {title} answers {} questions…", evaluation.requests.len());
    let said = format!("{id} answers");
    let mut report: Report = match place {
        Place::Host(url) => patiently(&said, async { Ok(evaluation.run(url, id, client).await?) }).await?,
        Place::Engine(command) => {
            let weights = engine::weights(id)?;
            let supervisor = engine::start(command, &weights, 0, client.clone())?;
            let asked = async {
                supervisor.ready().await?;
                Ok(evaluation.run(supervisor.base_url(), &weights.served, client).await?)
            };
            let report = patiently(&said, asked).await;
            supervisor.stop().await;
            report?
        }
    };
    report.model.clone_from(id);
    let verdict = if report.passes() { "passes" } else { "does not pass" };
    let (passed, total, mark) = (report.passed, report.total, report.pass_mark * 100.0);
    println!("  {title}: {passed} right out of {total}, {verdict} ({mark:.0} % needed)");
    Ok(report)
}

/// A host may ask for a key: `OPENAI_API_KEY`, where clients of this interface keep it.
fn client(place: &Place<'_>) -> Result<Client> {
    match (place, std::env::var("OPENAI_API_KEY")) {
        (Place::Host(_), Ok(key)) if !key.is_empty() => edge::http_client_with(&key),
        _ => edge::http_client(),
    }
}

/// Writes reports as JSON.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path, reports: &[Report]) -> Result<()> {
    let text = serde_json::to_string_pretty(reports)?;
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
