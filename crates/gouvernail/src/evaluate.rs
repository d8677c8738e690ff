//! `gouvernail evaluate`: the smallest model that passes a system's own evaluation set.

use std::path::Path;

use anyhow::{Context, Result, bail};
use gouvernail_local_model::evaluation::{Evaluation, Report};
use gouvernail_local_model::{Manifest, Model};

use crate::cli::Evaluate;
use crate::progress::patiently;
use crate::{edge, engine};

/// Runs the command.
///
/// # Errors
/// When no candidate passes, or when the set, the weights or the engine cannot be used.
pub async fn run(command: Evaluate) -> Result<()> {
    let evaluation = Evaluation::load(&command.set)?;
    let manifest = Manifest::builtin()?;
    let candidates = candidates(&manifest, &command.model)?;
    let reports = smallest_that_passes(&evaluation, &candidates, &command.engine).await?;
    if let Some(path) = &command.json {
        write(path, &reports)?;
    }
    match reports.last().filter(|report| report.passes()) {
        Some(report) => println!("the smallest that passes: {}", report.model),
        None => bail!("no candidate passes: this system has no model to serve it"),
    }
    Ok(())
}

/// The models named, or all whose weights are there; the smallest first.
fn candidates<'a>(manifest: &'a Manifest, named: &[String]) -> Result<Vec<&'a Model>> {
    let cache = edge::cache();
    if named.is_empty() {
        return Ok(manifest.models().iter().filter(|model| model.path_in(&cache).is_file()).collect());
    }
    let known = |id: &String| manifest.model(id).with_context(|| format!("no model {id:?} in the manifest"));
    let mut models = named.iter().map(known).collect::<Result<Vec<_>>>()?;
    models.sort_by_key(|model| model.parameters);
    Ok(models)
}

/// Asks each candidate in turn, up to the first that passes; says what it finds as it goes.
///
/// # Errors
/// When an engine cannot be started or does not answer.
pub async fn smallest_that_passes(evaluation: &Evaluation, candidates: &[&Model], command: &[String]) -> Result<Vec<Report>> {
    let client = edge::http_client()?;
    let mut reports = Vec::new();
    for model in candidates {
        println!("  {} answers {} questions…", model.title, evaluation.requests.len());
        let weights = engine::weights(&model.id)?;
        let supervisor = engine::start(command, &weights, 0, client.clone())?;
        let asked = async {
            supervisor.ready().await?;
            Ok(evaluation.run(supervisor.base_url(), &weights.served, &client).await?)
        };
        let mut report: Report = patiently(&format!("{} answers", model.id), asked).await?;
        supervisor.stop().await;
        report.model.clone_from(&model.id);
        let verdict = if report.passes() { "passes" } else { "does not pass" };
        println!(
            "  {}: {} right out of {}, {verdict} ({:.0} % needed)",
            model.title,
            report.passed,
            report.total,
            report.pass_mark * 100.0
        );
        let passed = report.passes();
        reports.push(report);
        if passed {
            break;
        }
    }
    Ok(reports)
}

/// Writes reports as JSON, for the register's evidence.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path, reports: &[Report]) -> Result<()> {
    let text = serde_json::to_string_pretty(reports)?;
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
