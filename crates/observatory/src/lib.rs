//! Witness, monitor and public page over transparency logs, for an independent observer.
//!
//! It needs nobody's permission: it follows logs by their public address (`c2sp.org/tlog-tiles`), reads every entry,
//! redoes the counts, and cosigns (`tlog-cosignature`, `tlog-witness`) what continues all that it cosigned before.
//!
//! Two roads lead to a cosignature, a round of following ([`Observatory::follow`]) and a submission
//! ([`Observatory::add_checkpoint`]); both pass the same door, one per log, which checks, makes durable, then signs.
//!
//! | Module | What it holds |
//! |---|---|
//! | `witness` | the door, and the body of a submission |
//! | `log_client`, `walk` | reading a log over HTTP, entry by entry, tile by tile |
//! | `tally` | counting what was read |
//! | `follow` | a round: read, count, cosign, conclude |
//! | `state` | what is kept on the disk |
//! | `finding`, `overview` | what there is to say, as data |
//! | `http` | saying it, and answering submissions |
//!
//! # The data folder
//!
//! One folder a log, named by the SHA-256 of its origin:
//!
//! | File | What it is |
//! |---|---|
//! | `checkpoint` | the last checkpoint that was cosigned, with both signatures; durable before anyone gets the cosignature |
//! | `followed.json` | how far the entries were read, and what they add up to |
//! | `evidence/` | present when the log broke its promise: what was found, and the checkpoints that show it |
//!
//! While `evidence/` is there the log is not cosigned and not followed. Removing it is an operator's decision: the log is
//! then compared again with what was cosigned before. Removing `checkpoint`, or restoring it from an old copy, makes the
//! witness forget what it signed: do neither.

mod away;
mod config;
mod error;
mod finding;
mod follow;
mod http;
mod log_client;
mod overview;
mod state;
mod tally;
mod walk;
mod witness;

use std::sync::Arc;

use futures_util::future::join_all;
use gouvernail_tlog::cosignature::Cosigner;
use gouvernail_tlog::note::Signature;
use tokio::time::{Duration, MissedTickBehavior, interval};

pub use config::{Clock, Config, FollowedLog};
pub use error::{ConfigError, OpenError, StateError};
pub use finding::{Finding, Outcome, TallyFault};
pub use http::router;
pub use overview::{Check, Cosigned, LogOverview, Overview, Verified, What};
pub use tally::{Counts, EnergyWh};
pub use witness::Refusal;

use follow::{Log, Pace};
use state::DataFolder;

/// A running observatory; clones are the same one.
#[derive(Clone)]
pub struct Observatory(Arc<Inner>);

struct Inner {
    logs: Vec<Arc<Log>>,
    cosigner: Arc<Cosigner>,
    clock: Clock,
    every: Duration,
}

impl Observatory {
    /// Opens the data folder and takes up where it was left. Nothing is read from the logs yet.
    ///
    /// `client` should follow no redirects and use no proxy; `clock` dates rounds and cosignatures.
    ///
    /// # Errors
    /// [`OpenError`] when the configuration is wrong, or when what is in the folder cannot be relied upon.
    pub fn open(config: Config, client: &reqwest::Client, clock: Clock) -> Result<Self, OpenError> {
        let checked = config.check()?;
        let data = DataFolder::open(&config.data)?;
        let cosigner = Arc::new(checked.cosigner);
        let pace = Pace { silence: config.silence, read_in_full_every: config.read_in_full_every };
        let open = |log| Log::open(log, &data, client, pace, cosigner.clone(), clock.clone()).map(Arc::new);
        let logs = checked.logs.into_iter().map(open).collect::<Result<_, _>>()?;
        Ok(Self(Arc::new(Inner { logs, cosigner, clock, every: config.interval })))
    }

    /// Follows every log at the configured interval, each at its own pace. Never ends; dropping it stops it.
    pub async fn follow(&self) {
        let every = self.0.every;
        join_all(self.0.logs.iter().map(async |log| {
            let mut tick = interval(every);
            tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                tick.tick().await;
                log.round().await;
            }
        }))
        .await;
    }

    /// One round over every log, all at once; what came of it is in [`Observatory::overview`].
    pub async fn round(&self) {
        join_all(self.0.logs.iter().map(async |log| log.round().await)).await;
    }

    /// Answers a `tlog-witness` submission: the cosignature, which is durable already, or why there is none.
    ///
    /// It waits for the disk: call it off the asynchronous threads.
    ///
    /// # Errors
    /// [`Refusal`], one variant for each status of the protocol.
    pub fn add_checkpoint(&self, body: &[u8]) -> Result<Signature, Refusal> {
        let request = witness::Request::parse(body)?;
        let door = self.0.logs.iter().map(|log| &log.door).find(|door| door.origin() == request.checkpoint.origin);
        let door = door.ok_or_else(|| Refusal::UnknownLog { origin: request.checkpoint.origin.clone() })?;
        door.cosign(request.old, &request.proof, &request.note)
    }

    /// Everything that there is to show. It reads a few small files: call it off the asynchronous threads.
    ///
    /// # Errors
    /// [`StateError`] when evidence is there and cannot be read.
    pub fn overview(&self) -> Result<Overview, StateError> {
        let logs = self.0.logs.iter().map(|log| log.overview()).collect::<Result<_, _>>()?;
        Ok(Overview { at: (self.0.clock)(), vkey: self.vkey(), logs })
    }

    /// Its verifier key (`name+hash+key`), to publish.
    pub fn vkey(&self) -> String {
        self.0.cosigner.vkey().to_string()
    }

    /// The last cosigned checkpoint of the log whose origin has this SHA-256 (64 lower-case hexadecimal digits).
    pub fn cosigned(&self, origin_hash: &str) -> Option<String> {
        let log = self.0.logs.iter().find(|log| log.door.id() == origin_hash)?;
        log.door.last().map(|last| last.note.to_string())
    }
}
