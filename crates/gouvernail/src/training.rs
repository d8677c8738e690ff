//! Training modules from files: those of an administration beside those that ship.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use gouvernail_web::i18n::Lang;
use gouvernail_web::library::Library;
use gouvernail_web::training::{Module, language, modules};

use crate::cli::ConfigFile;
use crate::config::Config;

/// What ships, with what the administration wrote.
///
/// # Errors
/// When the folder cannot be read, or a module in it cannot be used: says each file, line and remedy.
pub fn library(config: &Config) -> Result<Library> {
    let mut library = Library::shipped()?;
    if let Some(folder) = &config.training_dir {
        let files = read(&in_folder(folder)?)?;
        library.add_modules(texts(&files)).with_context(|| format!("training_dir {}", folder.display()))?;
    }
    Ok(library)
}

/// `gouvernail training check`
///
/// # Errors
/// When a file cannot be read or used: every mistake, with its file, line and remedy.
pub fn check(config: &ConfigFile, files: &[PathBuf]) -> Result<()> {
    let files = if files.is_empty() { own(config)? } else { with_siblings(files) };
    let files = read(&files)?;
    let modules = modules(texts(&files)).map_err(|mistakes| anyhow::anyhow!("these modules cannot be used:\n{mistakes}"))?;
    modules.values().for_each(|module| println!("{}", told(module)));
    Ok(())
}

fn own(config: &ConfigFile) -> Result<Vec<PathBuf>> {
    let Some(folder) = Config::load(&config.config)?.training_dir else {
        bail!("{} names no training_dir: add one, or give the files to check", config.config.display());
    };
    in_folder(&folder)
}

/// The Markdown files of a folder, by name.
fn in_folder(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = || format!("training_dir: cannot read the folder {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        files.push(entry.with_context(unreadable)?.path());
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    Ok(files)
}

/// A module is checked whole: the other language of a file comes with it.
fn with_siblings(files: &[PathBuf]) -> Vec<PathBuf> {
    let mut all = files.to_vec();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some((id, lang)) = language(&name) {
            let others = Lang::ALL.into_iter().filter(|other| *other != lang);
            all.extend(others.map(|other| file.with_file_name(format!("{id}.{}.md", other.tag()))).filter(|other| other.exists()));
        }
    }
    all.sort();
    all.dedup();
    all
}

fn read(files: &[PathBuf]) -> Result<Vec<(String, String)>> {
    let one = |file: &PathBuf| {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok((file.file_name().unwrap_or_default().to_string_lossy().into_owned(), text))
    };
    files.iter().map(one).collect()
}

fn texts(files: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
}

fn told(module: &Module) -> String {
    let words = module.words(Lang::Fr);
    let languages = if module.speaks(Lang::En) == Lang::En { "fr, en" } else { "fr only" };
    let refresher =
        if words.refresher.is_some() { "with a refresher" } else { "without a refresher: a new version asks for all of it" };
    format!(
        "{}: {languages}; {} lessons, {} questions, {} to pass, {} months; {refresher}",
        module.id,
        words.lessons.len(),
        words.questions.len(),
        module.pass,
        module.months,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../training");

    #[test]
    fn a_file_is_checked_with_its_other_language_and_a_mistake_has_its_line() {
        let shipped = Path::new(OURS).join("redaction-assistee.en.md");
        let nowhere = ConfigFile { config: PathBuf::from("/nowhere/gouvernail.toml") };
        check(&nowhere, std::slice::from_ref(&shipped)).unwrap();

        let folder = tempfile::tempdir().unwrap();
        let text = fs::read_to_string(Path::new(OURS).join("redaction-assistee.fr.md")).unwrap();
        let own = folder.path().join("permis.fr.md");
        fs::write(&own, text.replace("pass: 4", "pass: 9")).unwrap();
        let said = format!("{:#}", check(&nowhere, &[own]).unwrap_err());
        assert!(said.contains("permis.fr.md:4: `pass` is 9, of 5 questions; "), "{said}");
        assert!(format!("{:#}", check(&nowhere, &[]).unwrap_err()).contains("gouvernail init"));
    }
}
