//! One round of one log: hear its checkpoint, read what is new, compare, count, cosign, conclude.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gouvernail_tlog::checkpoint::{self, Checkpoint};
use gouvernail_tlog::cosignature::Cosigner;
use jiff::{SignedDuration, Timestamp};

use crate::config::{CheckedLog, Clock};
use crate::error::StateError;
use crate::finding::{Finding, Outcome};
use crate::log_client::{LogClient, Source};
use crate::overview::{self, Check, Cosigned, LogOverview, Verified, What};
use crate::state::{DataFolder, Followed, LogFolder};
use crate::tally::Audit;
use crate::walk::{Walk, consistency};
use crate::witness::{Door, Refusal, id};

/// What a log is allowed, and how thoroughly it is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) silence: Duration,
    pub(crate) read_in_full_every: Duration,
}

/// A followed log.
pub(crate) struct Log {
    pub(crate) door: Door,
    name: String,
    client: LogClient,
    folder: LogFolder,
    pace: Pace,
    clock: Clock,
    /// One round at a time. The round keeps it until its last write, even if nobody waits for it any more.
    turn: Arc<tokio::sync::Mutex<()>>,
    known: Mutex<Known>,
}

/// What the last round left.
#[derive(Clone, Default)]
struct Known {
    followed: Option<(Followed, Checkpoint)>,
    /// Whether the log spoke; none before the first round.
    news: Option<Check>,
    /// Everything was read since the program started.
    read_in_full: bool,
}

/// Why a round is not complete.
enum Failure {
    /// The log's doing; with the checkpoint that it published.
    Found(Finding, Vec<u8>),
    /// Ours.
    Ours(StateError),
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Self {
        Self::Ours(error)
    }
}

impl Log {
    pub(crate) fn open(
        log: CheckedLog,
        data: &DataFolder,
        client: &reqwest::Client,
        pace: Pace,
        cosigner: Arc<Cosigner>,
        clock: Clock,
    ) -> Result<Self, StateError> {
        let folder = data.log(&id(&log.vkey))?;
        let followed = folder.read_followed(&log.vkey)?;
        let door = Door::open(log.vkey, folder.clone(), cosigner, clock.clone())?;
        let (verified, cosigned) = (followed.as_ref().map_or(0, |(_, checkpoint)| checkpoint.size), door.size());
        if verified > cosigned {
            return Err(StateError::RolledBack { folder: folder.path().to_owned(), verified, cosigned });
        }
        let known = Mutex::new(Known { followed, ..Known::default() });
        let client = LogClient::new(client.clone(), log.url);
        Ok(Self { door, name: log.name, client, folder, pace, clock, turn: Arc::default(), known })
    }

    /// Does one round. What comes of it is in the overview, and in the traces.
    pub(crate) async fn round(self: &Arc<Self>) {
        let turn = self.turn.clone().lock_owned().await;
        let log = self.clone();
        let work = move |source: &Source| {
            let _turn = turn;
            log.read_and_conclude(source)
        };
        let done = self.client.read_with(work).await;
        if let Err(error) = done {
            tracing::error!(log = self.door.origin(), %error, "the round is lost");
        }
    }

    fn read_and_conclude(&self, source: &Source) -> Result<(), StateError> {
        if self.door.evidence()?.is_some() {
            return Ok(());
        }
        let known = self.known().clone();
        match self.read_twice_before_condemning(source, &known) {
            Ok((followed, checkpoint)) => {
                self.folder.write_followed(&followed)?;
                let news = self.judge_silence(&followed, &checkpoint);
                *self.known() = Known { followed: Some((followed, checkpoint)), news: Some(news), read_in_full: true };
                Ok(())
            }
            // Ours is not the log's silence.
            Err(Failure::Found(..)) if source.stopped() => Ok(()),
            Err(Failure::Found(finding, _)) if finding.outcome() == Outcome::Silent => {
                tracing::warn!(log = self.door.origin(), %finding, "silence");
                let finding = finding.since(known.followed.map(|(followed, _)| followed.checked));
                self.known().news = Some(Check::new(What::News, (self.clock)(), Some(finding)));
                Ok(())
            }
            Err(Failure::Found(finding, published)) => {
                let verified = known.followed.as_ref().map(|(followed, _)| followed.note.as_str());
                self.door.condemn(finding, &published, verified)
            }
            Err(Failure::Ours(error)) => Err(error),
        }
    }

    /// A second reading, of everything, so that no accident on the way accuses a log, and the finding is the precise one.
    fn read_twice_before_condemning(&self, source: &Source, known: &Known) -> Result<(Followed, Checkpoint), Failure> {
        match self.read(source, known, !known.read_in_full) {
            Err(Failure::Found(finding, _)) if finding.outcome() == Outcome::Broken => {
                tracing::warn!(log = self.door.origin(), %finding, "reading again before concluding");
                self.read(source, known, true)
            }
            first => first,
        }
    }

    fn read(&self, source: &Source, known: &Known, in_full: bool) -> Result<(Followed, Checkpoint), Failure> {
        let absent = || Finding::Missing { path: "checkpoint".to_owned(), since: None };
        let published = source.read("checkpoint").map_err(Finding::from).and_then(|bytes| bytes.ok_or_else(absent));
        let published = published.map_err(|finding| Failure::Found(finding, Vec::new()))?;
        let found = |finding| Failure::Found(finding, published.clone());
        let (note, checkpoint) = self.open_checkpoint(&published).map_err(found)?;
        let before = known.followed.as_ref();
        if let Some((_, before)) = before {
            compare_sizes(before, &checkpoint).map_err(found)?;
        }
        let now = (self.clock)();
        let in_full = in_full || before.is_none_or(|(before, _)| older(before.read_in_full, now, self.pace.read_in_full_every));
        let (audit, in_full) = walk(source, before, &checkpoint, in_full).map_err(found)?;
        let ahead = self.cosign(source, &note, &checkpoint, &found)?;
        let same = before.filter(|(before, _)| before.note == note);
        let followed = Followed {
            checked: now,
            read_in_full: before.filter(|_| !in_full).map_or(now, |(before, _)| before.read_in_full),
            renewed: same.map_or(now, |(before, _)| before.renewed),
            behind: ahead.then(|| before.and_then(|(before, _)| before.behind).unwrap_or(now)),
            audit,
            note,
        };
        Ok((followed, checkpoint))
    }

    fn open_checkpoint(&self, published: &[u8]) -> Result<(String, Checkpoint), Finding> {
        let note = std::str::from_utf8(published).map_err(|error| Finding::checkpoint(&error))?;
        let opened = checkpoint::open(note, std::slice::from_ref(self.door.vkey()));
        opened.map(|opened| (note.to_owned(), opened.checkpoint)).map_err(|error| Finding::checkpoint(&error))
    }

    /// Cosigns what was read; says whether a larger tree was cosigned already, which the log does not show yet.
    fn cosign(&self, source: &Source, note: &str, new: &Checkpoint, found: &dyn Fn(Finding) -> Failure) -> Result<bool, Failure> {
        loop {
            let old = self.door.size();
            if old > new.size {
                return Ok(true);
            }
            let proof = consistency(source, old, new.size).map_err(found)?;
            return match self.door.cosign(old, &proof, note) {
                Ok(_) => Ok(false),
                // A submission came in between, with a larger tree: this ends, as sizes only grow.
                Err(Refusal::Conflict { .. }) => continue,
                Err(Refusal::State(error)) => Err(error.into()),
                Err(Refusal::Condemned(finding)) => Err(found(finding)),
                // Signature and sizes were checked before: what is left is that it does not continue the other.
                Err(_) => Err(found(Finding::Forked { size: old })),
            };
        }
    }

    fn judge_silence(&self, followed: &Followed, published: &Checkpoint) -> Check {
        let now = followed.checked;
        let too_long = |since: &Timestamp| older(*since, now, self.pace.silence);
        let withheld = followed.behind.filter(too_long).map(|since| {
            let cosigned = self.door.size();
            Finding::Withheld { published: published.size, cosigned, since }
        });
        let same = Some(followed.renewed).filter(too_long).map(|since| Finding::NotRenewed { since });
        Check::new(What::News, now, withheld.or(same))
    }

    pub(crate) fn overview(&self) -> Result<LogOverview, StateError> {
        let (broken, cosigned) = (self.door.evidence()?, self.door.last());
        let known = self.known();
        let followed = known.followed.as_ref();
        let checks = overview::checks(followed.map(|(followed, _)| followed), known.news.clone(), broken);
        Ok(LogOverview {
            name: self.name.clone(),
            origin: self.door.origin().to_owned(),
            url: self.client.base().to_owned(),
            outcome: checks.iter().map(|check| check.outcome).max(),
            checks,
            cosigned: cosigned.map(|last| Cosigned { size: last.checkpoint.size, at: last.time() }),
            verified: followed.map(|(followed, checkpoint)| Verified {
                size: checkpoint.size,
                at: followed.checked,
                read_in_full: followed.read_in_full,
            }),
            counts: followed.map(|(followed, _)| followed.audit.counts.clone()).unwrap_or_default(),
        })
    }

    /// A panic elsewhere leaves it whole: it is replaced in one step.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the entries up to `end`, all of them or those after what was read before. Gives what they add up to, and whether
/// it was all of them.
fn walk(
    source: &Source,
    before: Option<&(Followed, Checkpoint)>,
    end: &Checkpoint,
    in_full: bool,
) -> Result<(Audit, bool), Finding> {
    if let Some((before, at)) = before.filter(|_| !in_full) {
        if at.size == end.size {
            return Ok((before.audit.clone(), false));
        }
        match Walk::from(source, at.clone(), before.audit.clone()) {
            // A log rewritten in one go lacks the right edge of what it was: it must not hide behind that.
            Err(Finding::Missing { .. }) => {}
            walk => return Ok((walk?.to(end)?, false)),
        }
    }
    let walk = Walk::from_start(source, before.map(|(_, at)| at.clone()));
    Ok((walk.to(end)?, true))
}

fn compare_sizes(before: &Checkpoint, now: &Checkpoint) -> Result<(), Finding> {
    if now.size < before.size {
        return Err(Finding::Shrunk { from: before.size, to: now.size });
    }
    if now.size == before.size && now.root != before.root { Err(Finding::Forked { size: now.size }) } else { Ok(()) }
}

/// Whether `since` is longer ago than `allowed`; what no clock can count to is never reached.
fn older(since: Timestamp, now: Timestamp, allowed: Duration) -> bool {
    SignedDuration::try_from(allowed).is_ok_and(|allowed| now.duration_since(since) > allowed)
}
