//! The smallest model that passes the system's own evaluation: chosen by asking, once, and remembered.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use gouvernail_local_model::evaluation::Evaluation;
use gouvernail_local_model::{Manifest, Model, verify_weights};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::tell::{act, shown};
use crate::cli::Demo;
use crate::evaluate::{Candidate, Place};
use crate::progress::patiently;
use crate::{edge, evaluate};

/// The model that serves the system, and why.
pub struct Chosen {
    /// The model.
    pub model: Model,
    /// The set.
    pub evaluation: Evaluation,
    /// Right answers.
    pub passed: u64,
    /// Questions.
    pub total: u64,
    /// Right answers needed.
    pub required: u64,
}

/// Chooses, by asking every model whose weights are there, the smallest first; the answer is kept for this set and these weights.
///
/// # Errors
/// When no weights are there, or none passes.
pub async fn choose(data: &Path, command: &Demo) -> Result<Chosen> {
    let evaluation = Evaluation::load(&command.evaluation)?;
    let manifest = Manifest::builtin()?;
    let cache = edge::cache();
    let candidates: Vec<&Model> = manifest.models().iter().filter(|model| model.path_in(&cache).is_file()).collect();
    if candidates.is_empty() {
        bail!("no model weights are there: run scripts/fetch-engine and scripts/fetch-model qwen15b, or  make demo");
    }
    let kept = kept(&command.evaluation, &evaluation, &candidates)?;
    if !kept.is_file() {
        act("Which model? The smallest that passes the system's own questions. It is asked once; this takes minutes.");
        for model in &candidates {
            let (path, sha256) = (model.path_in(&cache), model.sha256.clone());
            let checked = async { Ok(tokio::task::spawn_blocking(move || verify_weights(&path, &sha256)).await??) };
            patiently(&format!("checking the weights of {}", model.id), checked).await?;
        }
        let asked: Vec<Candidate> = candidates.iter().copied().map(Candidate::from).collect();
        let reports = evaluate::smallest_that_passes(&evaluation, &asked, &Place::Engine(&command.engine)).await?;
        fs::create_dir_all(kept.parent().unwrap_or(data)).context("cannot write in the cache")?;
        evaluate::write(&kept, &reports)?;
    }
    let text = fs::read_to_string(&kept)?;
    fs::write(data.join("evaluation.json"), &text)?;
    let reports: Vec<Value> = serde_json::from_str(&text).with_context(|| format!("{} is damaged: remove it", kept.display()))?;
    for report in &reports {
        shown(format!("{}: {} right out of {}", report["model"].as_str().unwrap_or("?"), report["passed"], report["total"]));
    }
    of_reports(&manifest, evaluation, &reports)
}

fn of_reports(manifest: &Manifest, evaluation: Evaluation, reports: &[Value]) -> Result<Chosen> {
    let number = |report: &Value, field: &str| report[field].as_u64().unwrap_or_default();
    let last = reports.last().context("no candidate was asked")?;
    let (passed, total) = (number(last, "passed"), number(last, "total"));
    // As the evaluation decides it: a share of right answers.
    let required = (1..=total).find(|right| *right as f64 / total as f64 >= evaluation.description.pass_mark).unwrap_or(total);
    let model = last["model"].as_str().and_then(|id| manifest.model(id)).context("the model asked is not in the manifest")?;
    if passed < required {
        bail!(
            "no candidate passes ({passed} right out of {total}, {required} needed): fetch a larger one with scripts/fetch-model"
        );
    }
    Ok(Chosen { model: model.clone(), evaluation, passed, total, required })
}

/// Where the answer is kept: another set or other weights have another place.
fn kept(set: &Path, evaluation: &Evaluation, candidates: &[&Model]) -> Result<PathBuf> {
    let mut digest = Sha256::new();
    for file in [set.to_owned(), set.with_file_name(&evaluation.description.requests)] {
        digest.update(fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    candidates.iter().for_each(|model| digest.update(&model.sha256));
    Ok(edge::cache().join("evaluations").join(hex::encode(&digest.finalize()[..8])).with_extension("json"))
}
