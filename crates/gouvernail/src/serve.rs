//! `gouvernail serve`: everything of one node, wired together.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use gouvernail_footprint::ZoneTable;
use gouvernail_gateway::{Access, CpuMeter, Gateway, Hosts, Measures, Setup, Traces, recover};
use gouvernail_local_model::{ProcessUsage, Status, Supervisor};
use gouvernail_privacy::Strictness;
use gouvernail_register::Rules;
use gouvernail_store::{Ambient, Erased, Journal, Live, LogHealth, MandateWatch, Receipts, Sequencer, Store};
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::note::{Signer, Vkey};
use gouvernail_web::badge::BadgeKey;
use gouvernail_web::site::{App, Identity, Parts, Privacy, Throttle};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio::signal::unix::{SignalKind, signal};

use crate::cli::ConfigFile;
use crate::config::{Administration, Config};
use crate::listen::{Early, Signals};
use crate::operations::health::Health;
use crate::operations::logs;
use crate::operations::metrics::{self, Commits, Metrics};
use crate::operations::reload::Reload;
use crate::operations::shutdown::Shutdown;
use crate::operations::traces::Exporter;
use crate::operations::vitals::{Lag, Pulse, Vitals};
use crate::witness::Witness;
use crate::{edge, engine, folder, identities, keys, language, listen, packs, quotas, training, verify};

/// Time between two checkpoints, when the configuration says nothing.
const CHECKPOINT_MS: u64 = 500;
/// Time between two tallies, when the configuration says nothing.
const TALLY_SECONDS: i64 = 24 * 3600;
/// Largest answer of a model host, bytes.
const MAX_ANSWER: usize = 32 * 1024 * 1024;
/// What is kept only for a time is forgotten once an hour.
const FORGET: Duration = Duration::from_secs(3600);
/// What recording the calls that were cut may take, beyond the longest wait for the database.
const RECORDING: Duration = Duration::from_secs(5);

/// Runs the command until it is stopped.
///
/// # Errors
/// Says what is wrong with the configuration, the data folder, the database, the engine or the address.
pub async fn run(command: ConfigFile) -> Result<()> {
    let config = Config::load(&command.config)?;
    let logs = logs::start(config.telemetry.log_format, &config.telemetry.log_level)?;
    // Heard from now on: before that, each of them would end the program.
    let (signals, changed) = (Signals::hear()?, signal(SignalKind::hangup())?);
    folder::open(&config.data)?;
    let _alone = alone(&config.data)?;
    // First the address: a second start by mistake must not touch anything.
    let listener = listen::bind(config.listen).await?;
    let health = Health::default();
    let metrics = Metrics::new(&health, edge::now());
    let (exporter, traces) =
        Exporter::start(&config.telemetry, edge::http_client()?, edge::ambient(), metrics.traces.clone()).unzip();
    let watchers = Watchers { measures: metrics.measures.clone(), commits: metrics.commits.clone(), traces };
    if let Some(address) = config.metrics_listen {
        metrics::serve(metrics::listen(address).await?, metrics.routes(&health));
    }
    let (listener, early) = Early::answer(listener, health.routes_of_a_start())?;
    let Node { app, gateway, rules, store, engine } = Node::open(&config, &health, watchers).await?;
    drop(early);
    tracing::info!(address = %config.listen, url = %config.public_url, "serving");
    println!("gouvernail: {}", config.public_url);
    let site = gouvernail_web::site::router(app).merge(gouvernail_gateway::router(gateway.clone()));
    let site = listen::behind(site.merge(health.routes()), &config.client_header);
    let (patience, recording) = (Duration::from_secs(config.drain_seconds), config.patience() + RECORDING);
    let reload = Reload { file: command.config, config, gateway: gateway.clone(), rules, logs };
    tokio::spawn(reload.keep(changed));
    let served = Shutdown { health, gateway, patience, recording }.serve(listener, site, signals).await;
    if let Some(exporter) = exporter {
        exporter.stop().await;
    }
    if let Some(engine) = engine
        && let Some(engine) = Arc::into_inner(engine)
    {
        engine.stop().await;
    }
    store.close().await;
    served
}

/// `gouvernail check`: whether this configuration can be used.
///
/// # Errors
/// Says what is wrong, where, and how to mend it.
pub fn check(command: &ConfigFile) -> Result<()> {
    let config = Config::load(&command.config)?;
    remote_hosts(&config)?;
    limits(&config)?;
    packs::open(config.rules_dir.as_deref())?;
    training::library(&config)?;
    if let Some(witness) = &config.witness {
        verify::keys(std::slice::from_ref(&witness.vkey)).context("witness.vkey")?;
    }
    println!("{} can be used", command.config.display());
    Ok(())
}

/// Keeps a second program away from the data folder, for as long as the file lives.
fn alone(data: &Path) -> Result<File> {
    let path = data.join("lock");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("another gouvernail already works in {}: stop it first", data.display()),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
    }
}

/// Who is told of the calls of a node, and of its journal.
struct Watchers {
    measures: Measures,
    commits: Commits,
    traces: Option<Traces>,
}

/// What one node is made of.
struct Node {
    app: App,
    gateway: Gateway,
    rules: Arc<Rules>,
    store: Store,
    engine: Option<Arc<Supervisor>>,
}

impl Node {
    async fn open(config: &Config, health: &Health, watchers: Watchers) -> Result<Self> {
        let Watchers { measures, commits, traces } = watchers;
        let (ambient, client) = (edge::ambient(), edge::http_client()?);
        let store = Store::connect_within(&config.database, config.patience()).await?;
        let rules = Arc::new(packs::open(config.rules_dir.as_deref())?);
        if let Some(folder) = config.rules_dir.clone() {
            tokio::spawn(packs::keep(Arc::clone(&rules), folder, packs::LOOK));
        }
        let live = Live::open(store.clone(), ambient.clone()).await?;
        tokio::spawn(Arc::clone(&live).keep());
        tokio::spawn(MandateWatch::new(Arc::clone(&live), Arc::clone(&rules), ambient.clone()).run());
        tokio::spawn(forget(store.clone(), ambient.clone()));

        let (receipts, vkey, log) = keep_log(config, &store, &ambient, &client).await?;
        let engine = start_engine(config, &client)?;
        let (pulse, clock) = (Pulse::default(), ambient.clone());
        let beating = pulse.clone();
        let journal = Journal::watched(store.clone(), move |commit| {
            commits.take(commit);
            beating.beat(commit.written, clock.now());
        });
        // The right to write the log, taken above, says that no other program makes calls on this database.
        recover(&journal, &live, &ambient, Timestamp::MAX).await?;
        let (names, used) = language::load(config.privacy.names, &config.names_folder())?;
        let names = Arc::new(names);
        tracing::info!(names = %used, "names of third persons are looked for");
        let gateway = Gateway::new(Setup {
            config: limits(config)?,
            rules: Arc::clone(&rules),
            live: Arc::clone(&live),
            store: store.clone(),
            journal: journal.clone(),
            ambient: ambient.clone(),
            hosts: hosts(config, engine.as_ref())?,
            client,
            zones: ZoneTable::embedded()?,
            language: Arc::clone(&names),
            measures,
            traces,
        });
        let lag = Lag::default();
        tokio::spawn(lag.clone().keep(store.clone()));
        let vitals = Vitals {
            gateway: gateway.clone(),
            live: Arc::clone(&live),
            rules: Arc::clone(&rules),
            journal,
            pulse,
            log,
            lag,
            engine: engine.as_ref().map(|engine| engine.status()),
            ambient: ambient.clone(),
        };
        let app = App::new(Parts {
            store: store.clone(),
            live,
            rules: Arc::clone(&rules),
            receipts,
            library: training::library(config)?,
            identity: identity(config, vkey.to_string())?,
            badges: BadgeKey::from_seed(&keys::secret(&config.data.join("badge.key"), &ambient)?),
            secret: keys::secret(&config.data.join("secret.key"), &ambient)?,
            throttle: Throttle::default(),
            embedded: config.engine.as_ref().map(engine::described).transpose()?.flatten(),
            privacy: Privacy { language: names, hosts: strictness(config) },
            quotas: quotas::shown(gateway.clone()),
            ambient,
        });
        health.started(vitals);
        Ok(Self { app, gateway, rules, store, engine })
    }
}

/// What the configuration says of each host that it names.
fn strictness(config: &Config) -> HashMap<String, Strictness> {
    let here = config.engine.as_ref().map(|engine| engine.host.as_str());
    config.hosts.iter().map(|(id, host)| (id.clone(), host.strictness(here == Some(id)))).collect()
}

/// Opens the log, and starts the tasks that make it grow and have it countersigned.
async fn keep_log(
    config: &Config,
    store: &Store,
    ambient: &Ambient,
    client: &reqwest::Client,
) -> Result<(Receipts, Vkey, LogHealth)> {
    let signer = Signer::from_seed(&config.log.origin, &keys::secret(&config.data.join("log.key"), ambient)?)?;
    let vkey = signer.vkey().clone();
    fs::write(config.data.join("log.vkey"), format!("{vkey}\n")).context("cannot write log.vkey")?;
    let log = DiskLog::open(config.data.join("log"))?;
    let tally = SignedDuration::from_secs(if config.log.tally_seconds > 0 { config.log.tally_seconds } else { TALLY_SECONDS });
    let every = Duration::from_millis(if config.log.every_ms > 0 { config.log.every_ms } else { CHECKPOINT_MS });
    let sequencer = Sequencer::open(store.clone(), log.clone(), signer, ambient.clone(), tally).await?;
    let health = sequencer.health();
    tokio::spawn(sequencer.run(every));
    let receipts = Receipts::of(log);
    if let Some(witness) = &config.witness {
        let key = verify::keys(std::slice::from_ref(&witness.vkey))?.remove(0);
        let witness = Witness::new(&witness.url, key, vkey.clone(), receipts.clone(), client.clone());
        tokio::spawn(witness.run(every));
    }
    Ok((receipts, vkey, health))
}

fn start_engine(config: &Config, client: &reqwest::Client) -> Result<Option<Arc<Supervisor>>> {
    let Some(wanted) = &config.engine else { return Ok(None) };
    let weights = engine::weights(&wanted.model)?;
    Ok(Some(Arc::new(engine::start(&wanted.command, &weights, wanted.threads, client.clone())?)))
}

/// Access to the model hosts of others: secrets from files.
///
/// # Errors
/// Says which file cannot be read.
pub fn remote_hosts(config: &Config) -> Result<Hosts> {
    let mut hosts = HashMap::new();
    for (id, host) in &config.hosts {
        let api_key = host
            .key_file
            .as_ref()
            .map(|file| fs::read_to_string(file).with_context(|| format!("hosts.{id}.key_file: cannot read {}", file.display())));
        let api_key = api_key.transpose()?.map(|key| key.trim().to_owned());
        let served = host.served.clone().into_iter().collect();
        hosts.insert(
            id.clone(),
            Access {
                api_key,
                served,
                stream_usage: !host.refuses_stream_options,
                takes_files: host.takes_files,
                strictness: Some(host.strictness(false)),
                traffic: host.traffic(),
                prices: quotas::prices(id, &host.prices)?,
                ..Access::default()
            },
        );
    }
    Ok(hosts)
}

/// Access to the model hosts: those of others, and the embedded engine where it listens today.
fn hosts(config: &Config, engine: Option<&Arc<Supervisor>>) -> Result<Hosts> {
    let mut hosts = remote_hosts(config)?;
    if let (Some(wanted), Some(engine)) = (&config.engine, engine) {
        let (watched, status) = (Arc::downgrade(engine), engine.status());
        // Weak: the meter must not keep the engine alive once the node stops.
        let own = config.hosts.get(&wanted.host);
        let consumed = move || Some(ProcessUsage::of(watched.upgrade()?.process()?)?.cpu_seconds);
        hosts.insert(
            wanted.host.clone(),
            Access {
                base_url: Some(engine.base_url().to_owned()),
                strictness: own.map(|own| own.strictness(true)),
                traffic: own.map(crate::config::Host::traffic).unwrap_or_default(),
                cpu: Some(CpuMeter::new(consumed)),
                ready: Some(Arc::new(move || *status.borrow() == Status::Ready)),
                ..Access::default()
            },
        );
    }
    Ok(hosts)
}

/// What the configuration says of the gateway.
///
/// # Errors
/// Says which quota or which identity is wrong.
pub fn limits(config: &Config) -> Result<gouvernail_gateway::Config> {
    Ok(gouvernail_gateway::Config {
        public_url: config.public_url.clone(),
        max_body: config.gateway.max_body_kib * 1024,
        max_file: config.gateway.max_file_kib * 1024,
        max_answer: MAX_ANSWER,
        any_model_name: config.gateway.any_model_name,
        upstream_timeout: Duration::from_secs(config.gateway.timeout_seconds),
        deadline: Duration::from_secs(config.gateway.deadline_seconds),
        usage_footprint: config.gateway.usage_footprint,
        quotas: quotas::read(&config.quotas)?,
        time_zone: TimeZone::get(&config.administration.time_zone)?,
        identities: identities::read(&config.identities)?,
    })
}

fn identity(config: &Config, log_vkey: String) -> Result<Identity> {
    let Administration { name, sender, place, post, phone, hours, time_zone } = config.administration.clone();
    Ok(Identity {
        organisation: name,
        public_url: config.public_url.clone(),
        sender,
        place,
        post,
        phone,
        hours,
        time_zone: TimeZone::get(&time_zone)?,
        observatory: config.witness.as_ref().map(|witness| witness.url.clone()).unwrap_or_default(),
        log_vkey,
    })
}

async fn forget(store: Store, ambient: Ambient) {
    loop {
        tokio::time::sleep(FORGET).await;
        if let Err(error) = store.purge_sessions(ambient.now()).await {
            tracing::warn!(%error, "ended sessions could not be forgotten; tried again in an hour");
        }
        match store.forget_public(ambient.now()).await {
            Ok(erased) if erased == Erased::default() => {}
            Ok(Erased { addresses, words }) => tracing::info!(addresses, words, "what the public left is erased: its time is over"),
            Err(error) => tracing::warn!(%error, "what the public left could not be erased; tried again in an hour"),
        }
        if let Err(error) = store.forget_periods(ambient.now()).await {
            tracing::warn!(%error, "old periods of quotas could not be forgotten; tried again in an hour");
        }
    }
}
