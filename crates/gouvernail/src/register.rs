//! `gouvernail register`: records of systems, to and from the registers of others.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use gouvernail_interchange::plan::{self, Plan};
use gouvernail_interchange::{Format, Place, Read, read, write};
use gouvernail_register::Rules;
use gouvernail_store::{Live, Person, Role, Snapshot, Store};

use crate::cli::Register;
use crate::config::Config;
use crate::edge;

/// Lines about refused records that are shown; the whole report is what `--dry-run` prints.
const SHOWN: usize = 10;

/// Runs the command.
///
/// # Errors
/// Says what is wrong with the file, the author or the database; nothing is recorded then.
pub async fn run(command: Register) -> Result<()> {
    match command {
        Register::Import { format, file, dry_run: true, .. } => {
            println!("{}", serde_json::to_string_pretty(&of_file(format, &file)?.report)?);
            Ok(())
        }
        Register::Import { config, format, keep_good, author, file, .. } => {
            let found = of_file(format, &file)?;
            refuse_half(&found, keep_good)?;
            let config = Config::load(&config.config)?;
            let plan = import(&config, found, &author.unwrap_or_default()).await?;
            let Plan { declared, updated, unchanged, .. } = plan;
            println!("{declared} systems declared, {updated} brought up to date, {unchanged} already as they were");
            Ok(())
        }
        Register::Export { config, format, dialect, out } => {
            let written = export(&Config::load(&config.config)?, format, dialect.as_deref()).await?;
            match out {
                Some(path) => std::fs::write(&path, written).with_context(|| format!("cannot write {}", path.display()))?,
                None => crate::out::bytes(&written),
            }
            Ok(())
        }
    }
}

fn of_file(format: Format, file: &Path) -> Result<Read> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    read(format, &bytes).with_context(|| format!("{} as {format}", file.display()))
}

/// A file that is partly refused is recorded only when that was asked.
fn refuse_half(found: &Read, keep_good: bool) -> Result<()> {
    let report = &found.report;
    if report.rejected.is_empty() || keep_good {
        return Ok(());
    }
    for note in report.rejected.iter().take(SHOWN) {
        let place = match note.place {
            Place::Index(index) => format!("record {index}"),
            Place::Line(line) => format!("line {line}"),
        };
        eprintln!("  {place}: {} {}", note.field, note.problem);
    }
    let (refused, read) = (report.read - report.accepted, report.read);
    bail!("{refused} of {read} records are refused: correct them (--dry-run lists all), or record the others with --keep-good");
}

/// Records what was read in the name of a référent.
async fn import(config: &Config, found: Read, author: &str) -> Result<Plan> {
    let (store, live) = open(config).await?;
    let recorded = recorded(&live, found, author).await;
    store.close().await;
    recorded
}

async fn recorded(live: &Live, found: Read, author: &str) -> Result<Plan> {
    let known = live.snapshot();
    let person = referent(&known, author)?;
    let plan = plan::plan(&known.register, found.records.into_iter().map(|(_, record)| record));
    if !plan.acts.is_empty() {
        live.record_on(&known.register, &Rules::shipped()?, &person.id, &plan.acts).await?;
    }
    Ok(plan)
}

async fn export(config: &Config, format: Format, dialect: Option<&str>) -> Result<Vec<u8>> {
    let dialect = format.dialect(dialect).with_context(|| {
        let ids: Vec<&str> = format.dialects().iter().map(|dialect| dialect.id()).collect();
        format!("{format} has no such dialect; it has {}", ids.join(", "))
    })?;
    let (store, live) = open(config).await?;
    let known = live.snapshot();
    store.close().await;
    let written = write(dialect, records(&known))?;
    for note in written.notes.iter().take(SHOWN) {
        let Place::Index(index) = note.place else { continue };
        eprintln!("  record {index}: {} {}", note.field, note.problem);
    }
    if written.notes.len() > SHOWN {
        eprintln!("  and {} other remarks", written.notes.len() - SHOWN);
    }
    Ok(written.bytes)
}

fn records(known: &Snapshot) -> impl Iterator<Item = &gouvernail_register::Record> {
    known.register.systems.values().filter_map(|system| system.record.as_ref())
}

/// The référent who signs in with this address: in whose name something is recorded.
///
/// # Errors
/// When nobody does, or when they are no référent.
pub fn referent<'a>(known: &'a Snapshot, email: &str) -> Result<&'a Person> {
    let person = known.directory.person(email).with_context(|| format!("nobody signs in as {email}"))?;
    if !person.roles.contains(&Role::Referent) {
        bail!("{} is no référent: give the address of one", person.name);
    }
    Ok(person)
}

/// The database of a configuration, with what it holds.
///
/// # Errors
/// When it cannot be reached or read.
pub async fn open(config: &Config) -> Result<(Store, Arc<Live>)> {
    std::fs::create_dir_all(&config.data).with_context(|| format!("cannot create {}", config.data.display()))?;
    let store = Store::connect(&config.database).await?;
    let live = Live::open(store.clone(), edge::ambient()).await?;
    Ok((store, live))
}
