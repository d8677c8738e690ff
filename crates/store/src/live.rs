//! What every request needs to know, in memory: the register as it stands, and the directory of keys and people.
//!
//! One light query asks whether either changed; only then is anything read. A node that cannot ask knows how long ago it
//! last could, so that whoever decides from this memory can refuse.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use gouvernail_register::{ActRefused, Event, Recorded, Register, Rules, check, statement};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Mutex, watch};

use crate::consultations::Turn;
use crate::{Ambient, ApiKey, NewEvent, Person, RegisterEvent, Result, Role, Store, StoreError, people};

/// How often a node asks whether something changed: a stop order must reach every node within one second.
const EVERY: Duration = Duration::from_millis(250);
/// Events read in one query.
const PAGE: i64 = 1000;
/// Times that an act is tried again when somebody else recorded one meanwhile.
const ATTEMPTS: usize = 5;

statements! {
    TOUCH = "update directory_epoch set n = n + 1 where id = 1";
    EPOCHS = "select (select coalesce(max(seq), 0) from register_event), (select n from directory_epoch where id = 1)";
}

/// Says, in the transaction that changes people or keys, that they changed.
macro_rules! touch_directory {
    ($tx:ident) => {
        sqlx::query($crate::live::TOUCH).execute(&mut *$tx).await?
    };
}
pub(crate) use touch_directory;

/// Keys of applications and the people behind them.
#[derive(Debug, Default)]
pub struct Directory {
    keys: HashMap<String, ApiKey>,
    people: HashMap<String, Person>,
    by_email: HashMap<String, String>,
}

impl Directory {
    fn new(keys: Vec<ApiKey>, people: Vec<Person>) -> Self {
        Self {
            keys: keys.into_iter().map(|key| (key.id.clone(), key)).collect(),
            by_email: people.iter().map(|person| (person.email.clone(), person.id.clone())).collect(),
            people: people.into_iter().map(|person| (person.id.clone(), person)).collect(),
        }
    }

    /// The key that an application presents, if it is known and in force at `now`.
    #[must_use]
    pub fn key(&self, presented: &str, now: Timestamp) -> Option<&ApiKey> {
        let key = self.keys.get(ApiKey::id_in(presented)?)?;
        (key.is_opened_by(presented, now) && key.in_force(now)).then_some(key)
    }

    /// An active person, by address (in whatever case) or by identifier.
    #[must_use]
    pub fn person(&self, who: &str) -> Option<&Person> {
        let id = self.by_email.get(&people::fold(who)).map_or(who, String::as_str);
        self.people.get(id).filter(|person| person.active)
    }

    /// Name of a person, active or not; the identifier itself when they are no longer known.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.people.get(id).map_or(id, |person| person.name.as_str())
    }

    /// Active people with a role, by name.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Vec<&Person> {
        let mut found: Vec<&Person> = self.people.values().filter(|p| p.active && p.roles.contains(&role)).collect();
        found.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        found
    }
}

/// Everything known at one moment.
#[derive(Debug)]
pub struct Snapshot {
    /// The register.
    pub register: Register,
    /// Keys and people.
    pub directory: Arc<Directory>,
    directory_epoch: i64,
}

/// The memory of one node; shared.
#[derive(Debug)]
pub struct Live {
    store: Store,
    ambient: Ambient,
    current: ArcSwap<Snapshot>,
    /// Microseconds since 1970 at which the database last confirmed what is known.
    confirmed: AtomicI64,
    changed: watch::Sender<u64>,
    reading: Mutex<()>,
}

/// Why an act was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The register's own rules refuse it.
    #[error(transparent)]
    Refused(#[from] ActRefused),
    /// It could not be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Live {
    /// Reads the register and the directory.
    ///
    /// # Errors
    /// When the database cannot be read, or holds an event that this release does not know.
    pub async fn open(store: Store, ambient: Ambient) -> Result<Arc<Self>> {
        let empty = Snapshot { register: Register::default(), directory: Arc::default(), directory_epoch: -1 };
        let (changed, _) = watch::channel(0);
        let (current, confirmed) = (ArcSwap::from_pointee(empty), AtomicI64::new(i64::MIN));
        let live = Self { store, ambient, current, confirmed, changed, reading: Mutex::default() };
        live.refresh().await?;
        Ok(Arc::new(live))
    }

    /// What is known now.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// How long ago the database last confirmed what is known.
    #[must_use]
    pub fn silence(&self, now: Timestamp) -> SignedDuration {
        let micros = now.as_microsecond().saturating_sub(self.confirmed.load(Ordering::Acquire));
        SignedDuration::from_micros(micros)
    }

    /// Wakes when the register moves on, with its new epoch.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Asks the database whether something changed, and reads what did.
    ///
    /// # Errors
    /// When the database cannot be read, or knows less than this node did: what was known stays, and grows old.
    pub async fn refresh(&self) -> Result<()> {
        let _one_at_a_time = self.reading.lock().await;
        let asked = self.ambient.now();
        let (epoch, directory_epoch): (i64, i64) = reading!(self.store, |db| sqlx::query_as(EPOCHS).fetch_one(db).await)?;
        let known = self.current.load_full();
        never_back("the register", i64::try_from(known.register.epoch).unwrap_or(i64::MAX), epoch)?;
        never_back("the directory of keys and people", known.directory_epoch, directory_epoch)?;
        let moved = known.register.epoch != epoch.unsigned_abs();
        if moved || known.directory_epoch != directory_epoch {
            let register = if moved { self.fold(&known.register).await? } else { known.register.clone() };
            let directory = match known.directory_epoch == directory_epoch {
                true => Arc::clone(&known.directory),
                false => Arc::new(Directory::new(self.store.list_api_keys(None).await?, self.store.list_persons().await?)),
            };
            let epoch = register.epoch;
            self.current.store(Arc::new(Snapshot { register, directory, directory_epoch }));
            self.changed.send_if_modified(|last| std::mem::replace(last, epoch) != epoch);
        }
        self.confirmed.store(asked.as_microsecond(), Ordering::Release);
        Ok(())
    }

    /// The register with the events that came after it.
    async fn fold(&self, known: &Register) -> Result<Register> {
        let mut register = known.clone();
        loop {
            let after = i64::try_from(register.epoch).unwrap_or(i64::MAX);
            let events = self.store.register_events_after(after, PAGE).await?;
            if events.is_empty() {
                return Ok(register);
            }
            for event in events {
                register.apply(&recorded(event)?);
            }
        }
    }

    /// Refreshes for ever. Run it as a task of its own.
    pub async fn keep(self: Arc<Self>) {
        let mut failing = false;
        loop {
            tokio::time::sleep(EVERY).await;
            match self.refresh().await {
                Ok(()) => failing = false,
                Err(error) if !failing => {
                    failing = true;
                    tracing::error!(%error, "the register cannot be read; calls are refused until it can");
                }
                Err(_) => {}
            }
        }
    }

    /// Records an act of `author`, if the register's rules allow it; returns its epoch, which this node already knows unless
    /// the database fell silent right after.
    ///
    /// # Errors
    /// [`RecordError`]; nothing is recorded then.
    pub async fn record(&self, rules: &Rules, author: &str, event: Event) -> Result<u64, RecordError> {
        let acts = [event];
        for _ in 1..ATTEMPTS {
            match self.record_on(&self.snapshot().register, rules, author, &acts).await {
                Err(RecordError::Store(StoreError::Conflict { .. })) => self.refresh().await?,
                answer => return answer,
            }
        }
        self.record_on(&self.snapshot().register, rules, author, &acts).await
    }

    /// Records acts of `author` that were thought out on the register `known`, all of them or none: each is checked as the
    /// ones before it leave the register. Returns the new epoch.
    ///
    /// # Errors
    /// [`RecordError`]; a conflict when the register moved on meanwhile. Nothing is recorded then.
    pub async fn record_on(&self, known: &Register, rules: &Rules, author: &str, acts: &[Event]) -> Result<u64, RecordError> {
        let at = self.ambient.now();
        let (mut register, mut new, mut turns) = (known.clone(), Vec::with_capacity(acts.len()), Vec::new());
        for event in acts {
            check(&register, rules, author, event, at)?;
            turns.extend(Turn::of(&register, event, at));
            register.apply(&Recorded { seq: register.epoch + 1, at, author: author.to_owned(), event: event.clone() });
            let body = serde_json::to_value(event).map_err(|e| bad_event(&e))?;
            new.push(NewEvent { at, author: author.to_owned(), body, statement: statement(event, at) });
        }
        let expected = i64::try_from(known.epoch).unwrap_or(i64::MAX);
        let epoch = self.store.append_turns(expected, &new, &turns).await?;
        // It is recorded, whatever comes now: `keep` reads it as soon as the database answers again.
        if let Err(error) = self.refresh().await {
            tracing::warn!(%error, epoch, "an act is recorded and cannot be read back yet");
        }
        Ok(epoch.unsigned_abs())
    }

    /// The history of the register, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn history(&self) -> Result<Vec<Recorded>> {
        let mut history: Vec<Recorded> = Vec::new();
        loop {
            let after = history.last().map_or(0, |last| i64::try_from(last.seq).unwrap_or(i64::MAX));
            let page = self.store.register_events_after(after, PAGE).await?;
            if page.is_empty() {
                return Ok(history);
            }
            history.extend(page.into_iter().map(recorded).collect::<Result<Vec<_>>>()?);
        }
    }
}

/// Positions only grow. One that is smaller comes from an older copy, in which a stop order may be missing.
fn never_back(what: &'static str, known: i64, found: i64) -> Result<()> {
    if found < known { Err(StoreError::WentBack { what, known, found }) } else { Ok(()) }
}

fn recorded(event: RegisterEvent) -> Result<Recorded> {
    let RegisterEvent { seq, at, author, body } = event;
    let event = serde_json::from_value(body).map_err(|e| bad_event(&e))?;
    Ok(Recorded { seq: seq.unsigned_abs(), at, author, event })
}

fn bad_event(error: &serde_json::Error) -> StoreError {
    StoreError::BadRow { what: "act of the register", reason: error.to_string() }
}
