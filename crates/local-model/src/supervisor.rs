//! Keeps a model engine running as a child process.
//!
//! The engine is any program that takes the options `--model --host --port
//! --threads` and answers `GET /health` with 200 once it can serve, as
//! llama.cpp's `llama-server` does. It may crash without harming us; it is
//! started again, each time after a longer wait, and it never outlives us.

use std::collections::VecDeque;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, Command};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout_at};

const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
const HEALTH_EVERY: Duration = Duration::from_millis(100);
/// Last lines of the engine's own words, shown when it fails.
const WORDS_KEPT: usize = 3;

/// How to run an engine.
#[derive(Debug, Clone)]
pub struct EngineConfig {
    /// Program and its first arguments; ours is `scripts/engine`.
    pub command: Vec<String>,
    /// GGUF file. Check it with [`crate::verify_weights`] when it is fetched.
    pub model_path: PathBuf,
    /// Address to listen on. Keep it on loopback: the engine asks for no key.
    pub host: String,
    /// Port to listen on; 0 takes a free one.
    pub port: u16,
    /// Computing threads. One per core less one is best; more than the idle cores is far slower.
    pub threads: usize,
    /// How long loading may take before the engine is killed and started again.
    pub ready_timeout: Duration,
}

/// Where the engine stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The process runs and loads the model.
    Starting,
    /// It answers requests.
    Ready,
    /// It died or never answered; another start follows by itself.
    Failed {
        /// What happened, in words for the operator.
        reason: String,
    },
    /// It was stopped on purpose.
    Stopped,
}

/// Why an engine cannot be started, or did not become ready.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// No program is configured.
    #[error("no engine command is configured: name one, for example scripts/engine or llama-server")]
    NoCommand,
    /// The weights are not there.
    #[error("no model weights at {0}: fetch them with scripts/fetch-model, or correct the path")]
    MissingWeights(PathBuf),
    /// The address is in use, or not ours.
    #[error("the model engine cannot listen on {address}: {source}; free the port or configure another one")]
    Address {
        /// host:port.
        address: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The program does not start.
    #[error(
        "the model engine \"{program}\" cannot be started: {source}; \
         run scripts/fetch-engine, or correct the command"
    )]
    Command {
        /// The program.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It started and failed before it was ready.
    #[error("the model engine is not ready: {0}")]
    NotReady(String),
}

/// A supervised engine. Dropping it kills the process.
#[derive(Debug)]
pub struct Supervisor {
    base_url: String,
    status: watch::Receiver<Status>,
    process: watch::Receiver<Option<u32>>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Supervisor {
    /// Starts the engine and returns at once; see [`Supervisor::ready`].
    /// `client` must not go through a proxy. Call it inside a Tokio runtime.
    ///
    /// # Errors
    /// [`EngineError`] when the weights, the command or the address is wrong.
    pub fn start(mut config: EngineConfig, client: reqwest::Client) -> Result<Self, EngineError> {
        if !config.model_path.is_file() {
            return Err(EngineError::MissingWeights(config.model_path));
        }
        config.port = free_port(&config)?;
        let base_url = format!("http://{}:{}/v1", config.host, config.port);
        let engine = Engine::spawn(&config)?;
        let (status_sender, status) = watch::channel(Status::Starting);
        let (process_sender, process) = watch::channel(engine.child.id());
        let (stop, stopped) = oneshot::channel();
        let keeper = Keeper { config, client, status: status_sender, process: process_sender };
        let task = tokio::spawn(keeper.keep(engine, stopped));
        Ok(Self { base_url, status, process, stop: Some(stop), task })
    }

    /// OpenAI-compatible address, `http://host:port/v1`; the same across restarts.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// A live view of the status: read it with `borrow`, follow it with `changed`.
    #[must_use]
    pub fn status(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    /// The process of the engine, for [`crate::ProcessUsage`]; `None` between two starts.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        *self.process.borrow()
    }

    /// Waits until the engine answers.
    ///
    /// # Errors
    /// [`EngineError::NotReady`] at its first failure; the supervisor keeps trying all the same.
    pub async fn ready(&self) -> Result<(), EngineError> {
        let mut status = self.status.clone();
        let settled = status.wait_for(|status| *status != Status::Starting).await;
        match settled.as_deref() {
            Ok(Status::Ready) => Ok(()),
            Ok(Status::Failed { reason }) => Err(EngineError::NotReady(reason.clone())),
            _ => Err(EngineError::NotReady("it was stopped".to_owned())),
        }
    }

    /// Stops the engine and waits until its process is gone.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // An error means that the task already ended: nothing is left to stop.
            let _ = stop.send(());
        }
        let _ = (&mut self.task).await;
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        // The task owns the child, which is killed when dropped.
        self.task.abort();
    }
}

/// The port to use, checked to be free now: an engine that cannot listen only says so in its log.
fn free_port(config: &EngineConfig) -> Result<u16, EngineError> {
    TcpListener::bind((config.host.as_str(), config.port))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|source| EngineError::Address { address: format!("{}:{}", config.host, config.port), source })
}

/// One life of the process.
struct Engine {
    child: Child,
    /// Held open: our engine ends when it closes, so even a killed parent leaves nothing behind.
    _lifeline: Option<ChildStdin>,
    words: Arc<Mutex<VecDeque<String>>>,
}

impl Engine {
    fn spawn(config: &EngineConfig) -> Result<Self, EngineError> {
        let (program, arguments) = config.command.split_first().ok_or(EngineError::NoCommand)?;
        let mut child = Command::new(program)
            .args(arguments)
            .arg("--model")
            .arg(&config.model_path)
            .args(["--host", &config.host, "--port", &config.port.to_string()])
            .args(["--threads", &config.threads.max(1).to_string()])
            .env("GOUVERNAIL_PARENT_PIPE", "1")
            .env("OMP_WAIT_POLICY", "passive")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| EngineError::Command { program: program.clone(), source })?;
        let words = Arc::new(Mutex::new(VecDeque::new()));
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(listen(stderr, Arc::clone(&words)));
        }
        Ok(Self { _lifeline: child.stdin.take(), child, words })
    }

    async fn died(&mut self) -> String {
        let exit = self.child.wait().await;
        // Its last words may still be in the pipe.
        sleep(Duration::from_millis(50)).await;
        let words = self.words.lock().map(|words| Vec::from(words.clone()).join(" / ")).unwrap_or_default();
        match exit {
            Ok(exit) => format!("the engine stopped ({exit}){}", quoted(&words)),
            Err(error) => format!("the engine was lost: {error}"),
        }
    }
}

async fn listen(stderr: ChildStderr, words: Arc<Mutex<VecDeque<String>>>) {
    let mut lines = BufReader::new(stderr).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        tracing::debug!(target: "engine", "{line}");
        if let Ok(mut words) = words.lock() {
            words.push_back(line);
            if words.len() > WORDS_KEPT {
                words.pop_front();
            }
        }
    }
}

fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("; its last words: {words}") }
}

/// How one life of the engine ended.
enum End {
    Asked,
    Failed { reason: String, served: bool },
}

struct Keeper {
    config: EngineConfig,
    client: reqwest::Client,
    status: watch::Sender<Status>,
    process: watch::Sender<Option<u32>>,
}

impl Keeper {
    async fn keep(self, first: Engine, mut stopped: oneshot::Receiver<()>) {
        let mut wait = FIRST_WAIT;
        let mut next = Ok(first);
        loop {
            let end = match next {
                Ok(engine) => self.live(engine, &mut stopped).await,
                Err(error) => End::Failed { reason: EngineError::to_string(&error), served: false },
            };
            self.process.send_replace(None);
            let End::Failed { reason, served } = end else { break };
            wait = if served { FIRST_WAIT } else { wait };
            tracing::warn!(%reason, wait_ms = wait.as_millis(), "the model engine failed; it will be started again");
            self.status.send_replace(Status::Failed { reason });
            tokio::select! {
                () = sleep(wait) => {}
                _ = &mut stopped => break,
            }
            wait = (wait * 2).min(LONGEST_WAIT);
            next = free_port(&self.config).and_then(|_| Engine::spawn(&self.config));
        }
        self.status.send_replace(Status::Stopped);
    }

    async fn live(&self, mut engine: Engine, stopped: &mut oneshot::Receiver<()>) -> End {
        self.process.send_replace(engine.child.id());
        self.status.send_replace(Status::Starting);
        let failed = |reason, served| End::Failed { reason, served };
        let limit = Instant::now() + self.config.ready_timeout;
        let end = tokio::select! {
            reason = engine.died() => return failed(reason, false),
            _ = &mut *stopped => Some(End::Asked),
            healthy = timeout_at(limit, self.healthy()) => healthy.is_err().then(|| {
                failed(format!("the engine did not answer within {:?}; allow more time, or use a smaller model",
                    self.config.ready_timeout), false)
            }),
        };
        let end = match end {
            Some(end) => end,
            None => {
                self.status.send_replace(Status::Ready);
                tokio::select! {
                    reason = engine.died() => return failed(reason, true),
                    _ = stopped => End::Asked,
                }
            }
        };
        // An error means that it is already dead.
        let _ = engine.child.kill().await;
        end
    }

    async fn healthy(&self) {
        let url = format!("http://{}:{}/health", self.config.host, self.config.port);
        loop {
            let answer = self.client.get(&url).timeout(Duration::from_secs(2)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            sleep(HEALTH_EVERY).await;
        }
    }
}
