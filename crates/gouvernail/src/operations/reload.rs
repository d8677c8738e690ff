//! A changed configuration, taken up while the program serves: on SIGHUP the file is read again. All of it is checked before any
//! of it is used, so a file that is wrong changes nothing.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use gouvernail_gateway::Gateway;
use gouvernail_register::Rules;
use jiff::tz::TimeZone;
use tokio::signal::unix::Signal;

use super::logs::Kept;
use crate::config::Config;
use crate::{packs, serve};

/// What can be changed while the program serves.
pub struct Reload {
    /// The file.
    pub file: PathBuf,
    /// What is in force.
    pub config: Config,
    /// Its limits, and its access to the hosts.
    pub gateway: Gateway,
    /// The administration's own packs.
    pub rules: Arc<Rules>,
    /// The level of the log.
    pub logs: Kept,
}

impl Reload {
    /// Reads the file again at each signal, for ever. Run it as a task of its own.
    pub async fn keep(mut self, mut asked: Signal) {
        while asked.recv().await.is_some() {
            match self.again() {
                Ok(restart) if restart.is_empty() => tracing::info!("the configuration is read again and in force"),
                Ok(restart) => {
                    let what = restart.join(", ");
                    tracing::warn!("the configuration is read again; what changed in {what} waits for the next start");
                }
                Err(error) => tracing::error!("the configuration in force stays as it was: {error:#}"),
            }
        }
    }

    /// Takes what the file says now. Gives what changed and waits for the next start.
    fn again(&mut self) -> Result<Vec<&'static str>> {
        let new = Config::load(&self.file)?;
        let (limits, mut hosts) = (serve::limits(&new)?, serve::remote_hosts(&new)?);
        if let Some(folder) = &self.config.rules_dir {
            // Once for nothing, so that all is known to be right before any of it is taken.
            packs::open(Some(folder))?;
        }
        let embedded = self.config.engine.as_ref().map(|engine| engine.host.clone());
        let running = self.gateway.hosts();
        hosts.extend(embedded.and_then(|id| running.get(&id).cloned().map(|access| (id, access))));

        // What waits for the next start stays as it is.
        let (public_url, time_zone) = (self.config.public_url.clone(), TimeZone::get(&self.config.administration.time_zone)?);

        self.logs.set(&new.telemetry.log_level)?;
        self.gateway.reload(gouvernail_gateway::Config { public_url, time_zone, ..limits }, hosts);
        if let Some(folder) = &self.config.rules_dir {
            packs::again(&self.rules, folder).context("the rest of the configuration is in force; the rules are not")?;
        }
        let restart = differences(&self.config, &new);
        self.config.gateway = new.gateway;
        self.config.hosts = new.hosts;
        self.config.quotas = new.quotas;
        self.config.identities = new.identities;
        self.config.telemetry.log_level = new.telemetry.log_level;
        Ok(restart)
    }
}

/// Names of what differs and is only read at a start. Every part of the file is named here, or said to be taken up above.
fn differences(old: &Config, new: &Config) -> Vec<&'static str> {
    let Config {
        data,
        listen,
        metrics_listen,
        drain_seconds,
        public_url,
        database,
        database_timeout_seconds,
        rules_dir,
        client_header,
        administration,
        log,
        engine,
        gateway: _,
        privacy,
        hosts: _,
        quotas: _,
        identities: _,
        witness,
        training_dir,
        telemetry,
    } = old;
    let mut told = new.telemetry.clone();
    told.log_level.clone_from(&telemetry.log_level);
    let all = [
        ("data", *data != new.data),
        ("listen", *listen != new.listen),
        ("metrics_listen", *metrics_listen != new.metrics_listen),
        ("drain_seconds", *drain_seconds != new.drain_seconds),
        ("public_url", *public_url != new.public_url),
        ("database", *database != new.database),
        ("database_timeout_seconds", *database_timeout_seconds != new.database_timeout_seconds),
        ("rules_dir", *rules_dir != new.rules_dir),
        ("client_header", *client_header != new.client_header),
        ("[administration]", *administration != new.administration),
        ("[log]", *log != new.log),
        ("[engine]", *engine != new.engine),
        ("[privacy]", *privacy != new.privacy),
        ("[witness]", *witness != new.witness),
        ("training_dir", *training_dir != new.training_dir),
        ("[telemetry]", *telemetry != told),
    ];
    all.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}
