//! The programs of the demonstration: this very binary, started as an operator would start it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::process::{Child, Command};

/// How long a program may take before its address answers.
const READY: Duration = Duration::from_secs(30);
/// How long a program may take to stop well.
const STOPPED: Duration = Duration::from_secs(15);

/// A running program; killed when dropped.
pub struct Program {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Program {
    /// Starts `gouvernail` with these arguments; what it says goes to `NAME.log` in `folder`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(name: &'static str, arguments: &[&str], folder: &Path) -> Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let file =
            File::options().create(true).append(true).open(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{name} cannot be started"))?;
        Ok(Self { name, child, log })
    }

    /// Waits until `url` answers.
    ///
    /// # Errors
    /// With its last words, when it ended or never answered.
    pub async fn ready(&mut self, client: &reqwest::Client, url: &str) -> Result<()> {
        let limit = tokio::time::Instant::now() + READY;
        while tokio::time::Instant::now() < limit {
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended ({status}): {}", self.name, self.last_words());
            }
            if client.get(url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("{} does not answer at {url}: {}", self.name, self.last_words())
    }

    fn last_words(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let mut lines: Vec<&str> = text.lines().rev().take(5).collect();
        lines.reverse();
        lines.join(" / ")
    }

    /// Asks it to stop, and waits until it has.
    ///
    /// # Errors
    /// When it does not stop, or stops badly.
    pub async fn stop(mut self) -> Result<()> {
        let Some(id) = self.child.id() else { return Ok(()) };
        let asked = Command::new("kill").arg(id.to_string()).status().await.context("cannot run kill")?;
        if !asked.success() {
            bail!("{} could not be asked to stop", self.name);
        }
        match tokio::time::timeout(STOPPED, self.child.wait()).await {
            Ok(status) if status.as_ref().is_ok_and(std::process::ExitStatus::success) => Ok(()),
            Ok(status) => bail!("{} stopped badly ({status:?}): {}", self.name, self.last_words()),
            Err(_) => bail!("{} did not stop within {} s", self.name, STOPPED.as_secs()),
        }
    }
}
