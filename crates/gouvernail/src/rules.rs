//! `gouvernail rules`: for those who write a doctrine, and for those who ask why.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use gouvernail_register::{PackText, Requirement, Rules, diff, run_examples};
use gouvernail_store::{Live, Store};

use crate::cli::Rules as Command;
use crate::config::Config;
use crate::edge;
use crate::packs::{EXAMPLES, open, pack};

/// Runs the command.
///
/// # Errors
/// Says which pack is wrong, where, and how to mend it; or which examples fail.
pub async fn run(command: Command) -> Result<()> {
    match command {
        Command::Check { packs } => check(&packs),
        Command::Test { packs } => test(&packs),
        Command::Explain { system, config, person } => explain(&Config::load(&config.config)?, &system, person.as_deref()).await,
        Command::Diff { before, after } => {
            for change in diff(&alone(&before)?, &alone(&after)?) {
                println!("{change}");
            }
            Ok(())
        }
        Command::Matrix => {
            print!("{}", Rules::shipped()?.matrix());
            Ok(())
        }
    }
}

/// One pack by itself: a folder, or the name of one that ships.
fn alone(given: &Path) -> Result<Rules> {
    let shipped = PackText::shipped().into_iter().find(|pack| Path::new(&pack.name) == given && !given.is_dir());
    let text = shipped.map_or_else(|| pack(given), Ok)?;
    Ok(Rules::load(&[text])?)
}

fn given(folders: &[PathBuf]) -> Result<(Vec<PackText>, Rules)> {
    let own = folders.iter().map(|folder| pack(folder)).collect::<Result<Vec<_>>>()?;
    let rules = Rules::with(&own)?;
    Ok((own, rules))
}

fn check(folders: &[PathBuf]) -> Result<()> {
    let (own, rules) = given(folders)?;
    println!("{} pack(s) read beside those that ship: {} requirements in all", own.len(), rules.requirements().count());
    Ok(())
}

fn test(folders: &[PathBuf]) -> Result<()> {
    let (own, rules) = given(folders)?;
    let mut failures = 0;
    for pack in PackText::shipped().iter().chain(&own) {
        let run = run_examples(pack, &rules)?;
        println!("{}: {} examples, {} failed", pack.name, run.ran, run.failures.len());
        run.failures.iter().for_each(|failure| println!("  {failure}"));
        for id in &run.never_missing {
            println!("  no example shows {id} missing: write one in {EXAMPLES}");
        }
        failures += run.failures.len();
    }
    if failures > 0 { bail!("{failures} example(s) do not come out as written") } else { Ok(()) }
}

async fn explain(config: &Config, system: &str, person: Option<&str>) -> Result<()> {
    let rules = open(config.rules_dir.as_deref())?;
    let (store, ambient) = (Store::connect(&config.database).await?, edge::ambient());
    let live = Live::open(store.clone(), ambient.clone()).await?;
    let told = rules.explain(&live.snapshot().register, system, person, ambient.now())?;
    store.close().await;
    let Some(told) = told else { bail!("no system {system:?} is in the register") };
    let missing = told.iter().filter(|asked| !asked.held).count();
    println!("{system}: {} requirements asked, {missing} missing\n", told.len());
    for asked in &told {
        println!("{} {}", if asked.held { "held   " } else { "MISSING" }, in_words(&asked.requirement));
    }
    Ok(())
}

fn in_words(requirement: &Requirement) -> String {
    let Requirement { id, pack, proposition, law, since, en, note_en, .. } = requirement;
    let carried = if proposition.is_empty() { String::new() } else { format!("proposition {proposition}") };
    let source: Vec<&str> = [carried.as_str(), law, pack].into_iter().filter(|text| !text.is_empty()).collect();
    let note = if note_en.is_empty() { String::new() } else { format!("\n          {note_en}") };
    format!("{id} ({}; since {since})\n          if not: {en}{note}", source.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/local-example")
    }

    #[test]
    fn the_local_example_reads_and_its_examples_hold() {
        check(&[example()]).unwrap();
        test(&[example()]).unwrap();
    }

    #[test]
    fn two_packs_are_compared_by_name_or_folder() {
        let changes = diff(&alone(Path::new("national")).unwrap(), &alone(&example()).unwrap());
        assert!(changes.iter().any(|change| change.to_string().starts_with("+ local-practice")));
        assert!(changes.iter().any(|change| change.to_string().starts_with("- stop-order")));
    }
}
