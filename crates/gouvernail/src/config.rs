//! The configuration file: what an operator decides, each with its default, each mistake with its place.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use gouvernail_gateway::Policy;
use gouvernail_privacy::Strictness;
use gouvernail_store::PATIENCE;
use serde::Deserialize;

use crate::identities;
use crate::language::{self, Names};
use crate::operations::logs::{self, DEFAULT_LEVEL, Format};
use crate::quotas::{self, Prices};

/// The longest deadline of a call, seconds.
const DAY: u64 = 86_400;

/// A commented example, written by `gouvernail init`.
pub const EXAMPLE: &str = include_str!("../gouvernail.example.toml");

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder of the database, the log and the keys.
    pub data: PathBuf,
    /// Address to listen on.
    #[serde(default = "default_listen")]
    pub listen: SocketAddr,
    /// Address on which metrics are read, apart from the public one; nowhere when there is none.
    pub metrics_listen: Option<SocketAddr>,
    /// How long the calls in flight may go on once the program is asked to stop, seconds; those left are then cut and recorded.
    #[serde(default = "default_drain")]
    pub drain_seconds: u64,
    /// Address as people type it, without a final slash; the default is `http://` and `listen`.
    #[serde(default)]
    pub public_url: String,
    /// `sqlite:PATH` or `postgres://…`; the default is a file in `data`. One program serves a database: the log and its key
    /// are in `data`, and a second one is refused.
    #[serde(default)]
    pub database: String,
    /// Longest wait for the database in one operation, seconds; past it, calls are refused. Ten when 0.
    #[serde(default)]
    pub database_timeout_seconds: u64,
    /// Folder of the administration's own requirement packs, one folder each; none when it has none.
    pub rules_dir: Option<PathBuf>,
    /// Header in which the operator's own web server writes the address of the client, when one stands before this program.
    #[serde(default)]
    pub client_header: String,
    /// The administration, as letters show it.
    pub administration: Administration,
    /// The transparency log.
    #[serde(default)]
    pub log: Log,
    /// The embedded model.
    pub engine: Option<Engine>,
    /// Limits of the gateway.
    #[serde(default)]
    pub gateway: Gateway,
    /// How names of persons are looked for.
    #[serde(default)]
    pub privacy: Privacy,
    /// Secrets and habits of model hosts, by their identifier in the register.
    #[serde(default)]
    pub hosts: BTreeMap<String, Host>,
    /// What may be taken, in which time.
    #[serde(default)]
    pub quotas: Vec<quotas::Entry>,
    /// How applications sign who is behind their calls.
    #[serde(default)]
    pub identities: Vec<identities::Entry>,
    /// The observatory that countersigns the log.
    pub witness: Option<Witness>,
    /// Folder of the training modules that the administration wrote, beside those that ship.
    pub training_dir: Option<PathBuf>,
    /// What the program tells whoever runs it.
    #[serde(default)]
    pub telemetry: Telemetry,
}

/// Who writes the letters.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Administration {
    /// Name, until the register holds one.
    pub name: String,
    /// Sender, one line each.
    pub sender: Vec<String>,
    /// Where letters are written.
    pub place: String,
    /// Postal address in one line.
    pub post: String,
    /// Telephone.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
    /// Time zone of the dates shown.
    #[serde(default = "default_zone")]
    pub time_zone: String,
}

/// The transparency log.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// Name of the log, for ever; the default is the host of `public_url` and `/journal`.
    pub origin: String,
    /// Milliseconds between two checkpoints; 500 when 0.
    pub every_ms: u64,
    /// Seconds between two public tallies; a day when 0. Short ones say more about single acts.
    pub tally_seconds: i64,
}

/// The embedded model.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// Identifier of a model of the manifest, or path of a GGUF file.
    pub model: String,
    /// Program and arguments that take `--model --host --port --threads`: `scripts/engine`, or your own `llama-server`.
    pub command: Vec<String>,
    /// Identifier, in the register, of the host that stands for this machine.
    #[serde(default = "default_host")]
    pub host: String,
    /// Computing threads; the number of cores less one when 0.
    #[serde(default)]
    pub threads: usize,
}

/// Limits of the gateway.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gateway {
    /// Largest request, KiB.
    pub max_body_kib: usize,
    /// Largest request with a sound to transcribe, KiB.
    pub max_file_kib: usize,
    /// Longest call, seconds.
    pub timeout_seconds: u64,
    /// Longest call from end to end, seconds: waiting for a turn, attempts and answer.
    pub deadline_seconds: u64,
    /// Whether a system's model answers to whatever name an application gives it.
    pub any_model_name: bool,
    /// Whether answers say in their `usage` what they cost and took.
    pub usage_footprint: bool,
}

/// A model host, beyond what the register says of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Host {
    /// File that holds its API key.
    pub key_file: Option<PathBuf>,
    /// Names that it gives to the register's models.
    pub served: BTreeMap<String, String>,
    /// Set when it refuses `stream_options` (Mistral does).
    pub refuses_stream_options: bool,
    /// Whether pictures, sounds and documents of a case may go to it: nobody can look into them for personal data.
    pub takes_files: bool,
    /// Calls that it gets at once; the others wait.
    pub concurrent: Option<usize>,
    /// Calls that may wait; one more is told to come back later.
    pub waiting: Option<usize>,
    /// Attempts of one call, the first included.
    pub attempts: Option<u32>,
    /// What tokens cost there, by the model's name in the register.
    pub prices: BTreeMap<String, Prices>,
    /// Likelihood, above 0 and up to 1, from which a passage is hidden from it: 0.5 for the embedded model, 0.3 for others.
    pub hide_from: Option<f32>,
    /// Likelihood from which what is not hidden is not sent, and the caller asked; nobody is asked when it is `hide_from` or
    /// more, which is the default.
    pub ask_from: Option<f32>,
}

impl Host {
    /// How many calls it gets, and how often.
    pub fn traffic(&self) -> Policy {
        let usual = Policy::default();
        Policy {
            concurrent: self.concurrent.unwrap_or(usual.concurrent),
            waiting: self.waiting.unwrap_or(usual.waiting),
            attempts: self.attempts.unwrap_or(usual.attempts),
            ..usual
        }
    }

    /// What it may receive; the default where nothing is said.
    pub fn strictness(&self, embedded: bool) -> Strictness {
        let usual = Strictness::of(embedded);
        let hide_from = self.hide_from.unwrap_or(usual.hide_from);
        Strictness { hide_from, ask_from: self.ask_from.unwrap_or(hide_from) }
    }
}

/// How personal data are looked for.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// `recogniser`, `lists` or `none`; what is on the machine when it says nothing.
    pub names: Option<Names>,
    /// Folder of the lists and of the recogniser; where `scripts/fetch-names` puts them when it says nothing.
    pub folder: Option<PathBuf>,
}

/// The observatory.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witness {
    /// Its address, without a final slash.
    pub url: String,
    /// Its verifier key.
    pub vkey: String,
}

/// What the program tells whoever runs it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Telemetry {
    /// How the lines of the program's own log are written, on standard error.
    pub log_format: Format,
    /// Which of them are kept.
    pub log_level: String,
    /// Address of a collector of traces that speaks OTLP over HTTP, without `/v1/traces`; none when it is empty.
    pub otlp_endpoint: String,
    /// Share of the calls that are traced, 0 to 1; a caller who brings a trace decides for itself.
    pub trace_share: f64,
    /// Whether model hosts are told of the trace, in the header `traceparent`.
    pub traceparent_to_hosts: bool,
}

impl Default for Telemetry {
    fn default() -> Self {
        Self {
            log_format: Format::Text,
            log_level: DEFAULT_LEVEL.to_owned(),
            otlp_endpoint: String::new(),
            trace_share: 1.0,
            traceparent_to_hosts: false,
        }
    }
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            max_body_kib: 4096,
            max_file_kib: 26 * 1024,
            timeout_seconds: 300,
            deadline_seconds: 900,
            any_model_name: false,
            usage_footprint: true,
        }
    }
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8300))
}

fn default_drain() -> u64 {
    20
}

fn default_zone() -> String {
    "Europe/Paris".to_owned()
}

fn default_host() -> String {
    "local".to_owned()
}

impl Config {
    /// Reads and completes the file at `path`. Relative paths in it start at its folder.
    ///
    /// # Errors
    /// Says the file, the line and the mistake.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the configuration {}; `gouvernail init` writes one", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        Self::parse(&text, folder).with_context(|| format!("the configuration {} is wrong", path.display()))
    }

    fn parse(text: &str, folder: &Path) -> Result<Self> {
        let mut config: Self = toml::from_str(text)?;
        config.data = folder.join(&config.data);
        config.training_dir = config.training_dir.map(|own| folder.join(own));
        for host in config.hosts.values_mut() {
            host.key_file = host.key_file.take().map(|file| folder.join(file));
        }
        for identity in &mut config.identities {
            identity.secret_file = folder.join(&identity.secret_file);
        }
        config.rules_dir = config.rules_dir.map(|rules| folder.join(rules));
        config.privacy.folder = config.privacy.folder.map(|names| folder.join(names));
        if config.public_url.is_empty() {
            config.public_url = format!("http://{}", config.listen);
        }
        if config.database.is_empty() {
            config.database = format!("sqlite:{}", config.data.join("gouvernail.db").display());
        }
        config.check()?;
        if config.log.origin.is_empty() {
            config.log.origin = format!("{}/journal", host_of(&config.public_url)?);
        }
        Ok(config)
    }

    /// Longest wait for the database in one operation.
    pub fn patience(&self) -> Duration {
        match self.database_timeout_seconds {
            0 => PATIENCE,
            seconds => Duration::from_secs(seconds),
        }
    }

    /// Folder of the lists of names.
    pub fn names_folder(&self) -> PathBuf {
        self.privacy.folder.clone().unwrap_or_else(language::fetched)
    }

    fn check(&self) -> Result<()> {
        if self.public_url.ends_with('/') || host_of(&self.public_url).is_err() {
            bail!("public_url is {:?}: write https://HOST, without a final slash", self.public_url);
        }
        if self.administration.sender.is_empty() {
            bail!("administration.sender is empty: write the lines of the sender's address");
        }
        jiff::tz::TimeZone::get(&self.administration.time_zone)
            .with_context(|| format!("administration.time_zone is {:?}", self.administration.time_zone))?;
        if self.metrics_listen == Some(self.listen) {
            bail!(
                "metrics_listen is the address of the pages, {}: metrics are not for the public, choose another port",
                self.listen
            );
        }
        if !self.client_header.is_empty() && self.client_header.parse::<axum::http::HeaderName>().is_err() {
            bail!("client_header is {:?}: write the name of a header, such as x-forwarded-for", self.client_header);
        }
        if self.gateway.max_body_kib == 0 || self.gateway.timeout_seconds == 0 {
            bail!("gateway.max_body_kib and gateway.timeout_seconds must be above 0");
        }
        if !(1..=DAY).contains(&self.gateway.deadline_seconds) {
            bail!("gateway.deadline_seconds must be above 0 and at most {DAY}, a day");
        }
        logs::level(&self.telemetry.log_level).context("telemetry.log_level")?;
        if !self.telemetry.otlp_endpoint.is_empty() {
            host_of(&self.telemetry.otlp_endpoint).context("telemetry.otlp_endpoint")?;
        }
        if !(0.0..=1.0).contains(&self.telemetry.trace_share) {
            bail!("telemetry.trace_share is {}: write a share between 0 and 1", self.telemetry.trace_share);
        }
        quotas::read(&self.quotas)?;
        for (id, host) in &self.hosts {
            quotas::prices(id, &host.prices)?;
            if host.concurrent == Some(0) || host.attempts == Some(0) {
                bail!("hosts.{id}.concurrent and hosts.{id}.attempts must be above 0");
            }
            for (setting, value) in [("hide_from", host.hide_from), ("ask_from", host.ask_from)] {
                if value.is_some_and(|value| !(value > 0.0 && value <= 1.0)) {
                    bail!("hosts.{id}.{setting} must be above 0 and at most 1");
                }
            }
        }
        if self.engine.as_ref().is_some_and(|engine| engine.command.is_empty()) {
            bail!("engine.command is empty: write [\"scripts/engine\"], or the path of your llama-server");
        }
        Ok(())
    }
}

fn host_of(url: &str) -> Result<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest.map(|rest| rest.split('/').next().unwrap_or_default()) {
        Some(host) if !host.is_empty() => Ok(host),
        _ => bail!("{url:?} is not an address that begins with https:// or http://"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(change: (&str, &str)) -> Result<Config> {
        assert!(EXAMPLE.contains(change.0), "the example has no {:?}", change.0);
        Config::parse(&EXAMPLE.replace(change.0, change.1), Path::new("/srv"))
    }

    #[test]
    fn the_example_is_complete_and_its_paths_start_at_its_folder() {
        let config = parse(("data = ", "data = ")).unwrap();
        assert_eq!(config.data, Path::new("/srv/gouvernail-data"));
        assert_eq!(config.database, "sqlite:/srv/gouvernail-data/gouvernail.db");
        assert_eq!(config.log.origin, "ia.commune.example/journal");
    }

    #[test]
    fn each_mistake_says_what_to_mend() {
        for (change, expected) in [
            (("listen = \"127.0.0.1:8300\"", "listen = \"8300\""), "listen"),
            (("data = ", "dta = "), "dta"),
            (("public_url = \"https://ia.commune.example\"", "public_url = \"ia.commune.example/\""), "public_url"),
            (("# metrics_listen = \"127.0.0.1:8301\"", "metrics_listen = \"127.0.0.1:8300\""), "not for the public"),
            (("# otlp_endpoint = \"http://127.0.0.1:4318\"", "otlp_endpoint = \"localhost\""), "telemetry.otlp_endpoint"),
            (("# trace_share = 1.0", "trace_share = 2.0"), "telemetry.trace_share"),
            (("# log_level = \"info\"", "log_level = \"gouvernail=loud\""), "telemetry.log_level"),
            (("time_zone = \"Europe/Paris\"", "time_zone = \"Europe/Lutece\""), "Europe/Lutece"),
        ] {
            let message = format!("{:#}", parse(change).unwrap_err());
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn a_missing_file_says_how_to_write_one() {
        let message = format!("{:#}", Config::load(Path::new("/nowhere/gouvernail.toml")).unwrap_err());
        assert!(message.contains("gouvernail init"), "{message}");
    }
}
