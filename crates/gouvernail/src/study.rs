//! `gouvernail study`: questionnaires of impact studies checked and scored, without a server.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use gouvernail_questionnaire::{Answers, Fault, LoadError, Questionnaire, load, surveyjs};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::cli::{Study, StudyFormat};

/// Runs the command.
///
/// # Errors
/// When a file cannot be read or does not hold together: every problem is named.
pub fn run(command: Study) -> Result<()> {
    match command {
        Study::Check { files } => check(&files),
        Study::Score { file, answers, format } => {
            println!("{:#}", score(&file, &answers, format)?);
            Ok(())
        }
    }
}

fn check(files: &[PathBuf]) -> Result<()> {
    let known = questionnaires(files)?;
    for file in files {
        let questionnaire = find(&known, file)?;
        let (sections, questions) = (questionnaire.sections.len(), questionnaire.questions().count());
        println!("{}: {:?} holds together, {sections} sections, {questions} questions", file.display(), questionnaire.id);
    }
    Ok(())
}

fn score(file: &Path, answers: &Path, format: StudyFormat) -> Result<Value> {
    let said = read(answers)?;
    let (questionnaire, answers): (Questionnaire, Answers) = match format {
        StudyFormat::Gouvernail => {
            let known = questionnaires(&[file.to_owned()])?;
            let answers = serde_json::from_str(&said).with_context(|| format!("{} holds no answers", answers.display()))?;
            (find(&known, file)?.clone(), answers)
        }
        StudyFormat::Surveyjs => {
            let questionnaire = surveyjs::canada(&name(file), &read(file)?)?;
            let answers = surveyjs::answers(&questionnaire, &said)
                .with_context(|| format!("{} holds no saved answers", answers.display()))?;
            (questionnaire, answers)
        }
    };
    let unfit = questionnaire.unfit(&answers);
    let unfit = unfit.iter().map(|(id, why)| match why {
        Some(why) => format!("{id}: {why}"),
        None => format!("{id}: no such question; take it away"),
    });
    let missing = questionnaire.missing(&answers);
    Ok(json!({
        "questionnaire": questionnaire.id,
        "complete": missing.is_empty(),
        "missing": missing.iter().map(|(_, question)| &question.id).collect::<Vec<_>>(),
        "not_counted": unfit.collect::<Vec<_>>(),
        "score": questionnaire.score(&answers),
        "digest": questionnaire.digest(&answers)?,
    }))
}

/// These files, and those beside them that lend them sections.
fn questionnaires(files: &[PathBuf]) -> Result<BTreeMap<String, Questionnaire>> {
    let mut texts = files.iter().map(|file| Ok((name(file), read(file)?))).collect::<Result<Vec<_>>>()?;
    match together(&texts) {
        Err(error) if error.problems.iter().any(|problem| matches!(problem.fault, Fault::UnknownLender { .. })) => {
            for beside in beside(files)? {
                texts.push((name(&beside), read(&beside)?));
            }
            Ok(together(&texts)?)
        }
        other => Ok(other?),
    }
}

fn together(texts: &[(String, String)]) -> Result<BTreeMap<String, Questionnaire>, LoadError> {
    load(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

/// The other questionnaires of the folders of these files.
fn beside(files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in files.iter().filter_map(|file| file.canonicalize().ok()?.parent().map(Path::to_owned)) {
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            let given = files.iter().any(|file| file.canonicalize().is_ok_and(|file| file == path));
            if !given && path.extension().is_some_and(|extension| extension == "toml") && !found.contains(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

fn find<'a>(known: &'a BTreeMap<String, Questionnaire>, file: &Path) -> Result<&'a Questionnaire> {
    let named: Named = toml::from_str(&read(file)?)?;
    let Some(questionnaire) = known.get(&named.id) else { bail!("{} is not a questionnaire", file.display()) };
    Ok(questionnaire)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn name(file: &Path) -> String {
    file.display().to_string()
}
