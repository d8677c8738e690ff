//! Several acts in one transaction, the same on both engines: what each table is given, and in which order.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::Act;
use crate::quotas::Ledger;
use crate::row::{micros, text};
use crate::{Account, Intent, NewCaseEvent, Outcome, OverQuota, OwedCommitment, Refusal, Result, StoreError};

statements! {
    // The update locks the case on PostgreSQL: positions follow each other, and an erasure waits or comes first. A use recorded
    // after the decision has still to be told to the person concerned: the case comes back to be told.
    HOLD_CASE = "update case_file set updated = coalesce($1, updated), \
                 status = case when $1 is not null and status in ('decided', 'callback') then 'untold' else status end \
                 where id = $2 and exists (select 1 from case_event where case_id = $2 and n = 1)";
    // A case may have many uses: its last position is found in the index, not by reading them.
    TELL_CASE = "insert into case_event (case_id, n, at, author, kind, body) \
                 values ($1, (select max(n) + 1 from case_event where case_id = $1), $2, $3, $4, $5)";
}

/// How a missing case is named in an error.
const CASE: &str = "case";

/// What the journal does to the tables of one engine, inside a transaction.
pub(super) trait Tables {
    /// Locks a case, and moves it to the time of what it is told, if it is told anything; false when it is gone.
    async fn hold_case(&mut self, id: &str, latest: Option<i64>) -> Result<bool>;
    /// Adds an event to a case that is held.
    async fn tell_case(&mut self, id: &str, event: &NewCaseEvent) -> Result<()>;
    /// Locks the row of a quota, and reads what was taken of it.
    async fn hold_quota(&mut self, account: &Account) -> Result<i64>;
    /// Writes what was taken of a quota that is held.
    async fn spend(&mut self, account: &Account, used: i64) -> Result<()>;
    /// Adds rows: an outcome finds its intent.
    async fn insert(&mut self, rows: &Rows<'_>) -> Result<()>;
}

/// What became of the acts of one transaction, where it is not what was asked for.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Cases that could not be told.
    pub(super) gone: HashSet<String>,
    /// Intents that were not written, with the quota that stood against each.
    pub(super) over: HashMap<String, OverQuota>,
}

/// The rows that acts add.
#[derive(Debug, Default)]
pub(super) struct Rows<'a> {
    pub(super) intents: Vec<&'a Intent>,
    /// Outcomes, each with its body.
    pub(super) outcomes: Vec<(&'a Outcome, Cow<'static, str>)>,
    pub(super) refusals: Vec<&'a Refusal>,
    pub(super) entries: Vec<Entry<'a>>,
}

/// A row of the outbox of the log, owed by an act.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) owed: &'a OwedCommitment,
    pub(super) at: i64,
    /// The call, and the right to open the commitment: nothing of either when its case is gone.
    pub(super) subject: Option<&'a str>,
}

impl Entry<'_> {
    pub(super) fn salt(&self) -> Option<&[u8]> {
        self.subject.map(|_| &*self.owed.salt)
    }

    pub(super) fn record(&self) -> Option<&str> {
        self.subject.map(|_| &*self.owed.record)
    }
}

/// Writes all `acts`; the transaction is kept only if this succeeds. An intent on a case that is not there is refused. An
/// outcome whose case is no longer there is written as an erasure would have left it. An intent for which too little is left
/// of a quota is left out.
pub(super) async fn write(tables: &mut impl Tables, acts: &[Act]) -> Result<Written> {
    let mut gone = HashSet::new();
    for (case, events) in told(acts) {
        let latest = events.iter().map(|event| micros(event.at)).max();
        if !tables.hold_case(case, latest).await? {
            gone.insert(case.to_owned());
            continue;
        }
        for event in events {
            tables.tell_case(case, event).await?;
        }
    }
    let mut ledger = ledger(acts);
    for (account, used) in ledger.accounts() {
        *used = tables.hold_quota(account).await?;
    }
    let over = settle(&mut ledger, acts);
    for (account, used) in ledger.changed() {
        tables.spend(account, used).await?;
    }
    tables.insert(&rows(acts, &gone, &over)?).await?;
    Ok(Written { gone, over })
}

/// Cases that the acts touch, with what each is told. One order for every node: two that lock the same cases never wait for
/// each other.
fn told(acts: &[Act]) -> BTreeMap<&str, Vec<&NewCaseEvent>> {
    let mut cases: BTreeMap<&str, Vec<&NewCaseEvent>> = BTreeMap::new();
    for act in acts {
        match act {
            Act::Intent(intent, _) => {
                if let Some(id) = &intent.case_id {
                    cases.entry(id).or_default();
                }
            }
            Act::Outcome(outcome, _) => outcome.case.iter().for_each(|(id, event)| cases.entry(id).or_default().push(event)),
            Act::Refusal(_) => {}
        }
    }
    cases
}

/// The accounts that the acts touch.
fn ledger(acts: &[Act]) -> Ledger {
    Ledger::of(acts.iter().flat_map(|act| match act {
        Act::Intent(_, claims) => claims.iter().map(|claim| &claim.account).collect::<Vec<_>>(),
        Act::Outcome(_, corrections) => corrections.iter().map(|correction| &correction.account).collect(),
        Act::Refusal(_) => Vec::new(),
    }))
}

/// Settles the accounts in the order of the acts. Gives the intents for which too little is left.
fn settle(ledger: &mut Ledger, acts: &[Act]) -> HashMap<String, OverQuota> {
    let mut over = HashMap::new();
    for act in acts {
        match act {
            Act::Intent(intent, claims) => {
                if let Err(refused) = ledger.reserve(claims) {
                    over.insert(intent.id.clone(), refused);
                }
            }
            Act::Outcome(_, corrections) => ledger.correct(corrections),
            Act::Refusal(_) => {}
        }
    }
    over
}

/// What is added, once it is known which cases are gone and which quotas are exhausted.
fn rows<'a>(acts: &'a [Act], gone: &HashSet<String>, over: &HashMap<String, OverQuota>) -> Result<Rows<'a>> {
    let is_gone = |case: Option<&str>| case.is_some_and(|case| gone.contains(case));
    let mut rows = Rows::default();
    for act in acts {
        match act {
            Act::Intent(intent, _) => {
                if let Some(case) = intent.case_id.as_deref().filter(|case| gone.contains(*case)) {
                    return Err(no_case(case));
                }
                if !over.contains_key(&intent.id) {
                    rows.intents.push(intent);
                }
            }
            Act::Outcome(outcome, _) => {
                let erased = is_gone(outcome.told());
                let subject = (!erased).then_some(&*outcome.intent_id);
                rows.entries.push(Entry { owed: &outcome.owed, at: micros(outcome.at), subject });
                rows.outcomes.push((outcome, if erased { "null".into() } else { text(&outcome.body).into() }));
            }
            Act::Refusal(refusal) => {
                rows.entries.push(Entry { owed: &refusal.owed, at: micros(refusal.at), subject: Some(&refusal.id) });
                rows.refusals.push(refusal);
            }
        }
    }
    Ok(rows)
}

impl Outcome {
    /// The case that it tells.
    pub(super) fn told(&self) -> Option<&str> {
        self.case.as_ref().map(|(id, _)| id.as_str())
    }
}

pub(crate) fn no_case(id: &str) -> StoreError {
    StoreError::NotFound { what: CASE, id: id.to_owned() }
}
