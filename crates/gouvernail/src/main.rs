//! Gouvernail: the rudder between an administration and its AI.
//!
//! The binary: command line, configuration and wiring. It holds no rule, no SQL and no HTML; only [`edge`] reads the clock and
//! draws randomness.

// First: its macros stand in for the standard library's in all that follows.
#[macro_use]
mod out;

mod case;
mod cli;
mod config;
mod demo;
mod edge;
mod engine;
mod evaluate;
mod folder;
mod footprint;
mod identities;
mod keys;
mod language;
mod listen;
mod observatory;
mod operations;
mod packs;
mod people;
mod powercap;
mod privacy;
mod progress;
mod quotas;
mod register;
mod rules;
mod serve;
mod study;
mod training;
mod verify;
mod witness;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use cli::{Cli, Command, Log, Receipt, Training};
use operations::logs::{self, DEFAULT_LEVEL, Format};
use tokio::runtime::{Builder, Runtime};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match catch_unwind(AssertUnwindSafe(|| run(cli.command))) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            eprintln!("gouvernail: {error:#}");
            ExitCode::FAILURE
        }
        Err(unwound) => out::status(unwound),
    }
}

fn run(command: Command) -> Result<()> {
    // The server starts its own, as its configuration says.
    if !matches!(command, Command::Serve(_)) {
        logs::start(Format::Text, DEFAULT_LEVEL)?;
    }
    runtime().context("the asynchronous runtime cannot start")?.block_on(async {
        match command {
            Command::Init { file } => init(&file),
            Command::People(command) => people::run(command).await,
            Command::Register(command) => register::run(command).await,
            Command::Case(command) => case::run(command).await,
            Command::Observatory(command) => observatory::run(command).await,
            Command::Log(Log::Verify { source, vkey, witness, old }) => {
                let given = [vec![vkey], witness].concat();
                verify::log(source, verify::keys(&given)?, old).await
            }
            Command::Receipt(Receipt::Verify { file, vkey, witness, leaf, record }) => {
                let given = [vec![vkey], witness].concat();
                verify::receipt(&file, leaf, record, &verify::keys(&given)?)?.show();
                Ok(())
            }
            Command::Rules(command) => rules::run(command).await,
            Command::Evaluate(command) => evaluate::run(command).await,
            Command::Training(Training::Check { config, files }) => training::check(&config, &files),
            Command::Serve(command) => serve::run(command).await,
            Command::Check(command) => serve::check(&command),
            Command::Study(command) => study::run(command),
            Command::Footprint(command) => footprint::run(command),
            Command::Privacy(command) => privacy::run(command),
            Command::Demo(command) => demo::run(command).await,
        }
    })
}

/// One core is left to whoever writes to the disk: the journal is half of what a call waits for. `TOKIO_WORKER_THREADS` says
/// otherwise.
fn runtime() -> std::io::Result<Runtime> {
    let mut runtime = Builder::new_multi_thread();
    if std::env::var_os("TOKIO_WORKER_THREADS").is_none() {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        runtime.worker_threads(cores.saturating_sub(1).max(1));
    }
    runtime.enable_all().build()
}

/// Writes the commented example, unless something is already there.
fn init(file: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    let mut made = options.write(true).create_new(true).open(file).with_context(|| format!("cannot write {}", file.display()))?;
    std::io::Write::write_all(&mut made, config::EXAMPLE.as_bytes())?;
    println!("{} is written: correct it, then run  gouvernail people add … --role referent  and  gouvernail serve", file.display());
    Ok(())
}
