//! The journal in SQL: several acts in one transaction, and reading them back.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use serde_json::Value;
use sqlx::QueryBuilder;

use crate::journal::Act;
use crate::quotas::{self, Ledger};
use crate::row::{json, micros, text, time};
use crate::{Intent, NewCaseEvent, Outcome, OutcomeKind, OverQuota, OwedCommitment, Refusal, Result, Store, StoreError};

macro_rules! intent_columns {
    () => {
        "select i.id, i.at, i.system, i.version, i.api_key, i.person, i.model, i.host, i.case_id, i.body"
    };
}

statements! {
    OPEN = concat!(
        intent_columns!(),
        " from intent i where i.at < $1 and not exists (select 1 from outcome o where o.intent_id = i.id) \
         order by i.at, i.id limit $2"
    );
    BY_CASE = concat!(
        intent_columns!(),
        ", o.at, o.kind, o.body from intent i left join outcome o on o.intent_id = i.id \
         where i.case_id = $1 order by i.at, i.id"
    );
    BY_ID = concat!(
        intent_columns!(),
        ", o.at, o.kind, o.body from intent i left join outcome o on o.intent_id = i.id where i.id = $1"
    );
    // A use recorded after the decision has still to be told to the person concerned: the case comes back to be told.
    HOLD_CASE = "update case_file set updated = coalesce($2, updated), \
                 status = case when $2 is not null and status in ('decided', 'callback') then 'untold' else status end \
                 where id = $1 and exists (select 1 from case_event where case_id = $1 and n = 1)";
    TELL_CASE = "insert into case_event (case_id, n, at, author, kind, body) \
                 select $1, max(n) + 1, $2, $3, $4, $5 from case_event where case_id = $1 having min(n) = 1";
    REFUSED = "select at, system, api_key, body from refusal where at >= $1 order by at desc, id desc limit $2";
    RECENT = concat!(
        intent_columns!(),
        ", o.at, o.kind, o.body from intent i left join outcome o on o.intent_id = i.id \
         order by i.at desc, i.id desc limit $1"
    );
}

const INTENTS: &str = "insert into intent (id, at, system, version, api_key, person, model, host, case_id, body) ";
const OUTCOMES: &str = "insert into outcome (intent_id, at, kind, body) ";
const REFUSALS: &str = "insert into refusal (id, at, system, api_key, body) ";
const ENTRIES: &str = "insert into log_entry (kind, leaf, salt, record, at, subject_id, system, version, energy_low, energy_high) ";

/// How a missing case is named in an error.
pub(crate) const CASE: &str = "case";

/// A call that was refused, as it is read back.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// When.
    pub at: Timestamp,
    /// System of the key, if one was given.
    pub system: Option<String>,
    /// Identifier of the API key, if one was given.
    pub key: Option<String>,
    /// What was recorded: the model that was asked for, the reasons.
    pub body: Value,
}

/// A call and how it ended, if it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The call.
    pub intent: Intent,
    /// When and how it ended, and what was recorded then.
    pub outcome: Option<(Timestamp, OutcomeKind, Value)>,
}

impl OutcomeKind {
    /// The word stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::UpstreamError => "upstream_error",
            Self::Unknown => "unknown",
        }
    }

    fn parse(word: &str) -> Result<Self> {
        [Self::Completed, Self::Cancelled, Self::UpstreamError, Self::Unknown]
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| StoreError::BadRow { what: "outcome kind", reason: format!("{word:?} is unknown") })
    }
}

/// Inserts `$rows`, if any, in one statement. A lone row is the common case and worth a cached statement.
macro_rules! insert_rows {
    ($tx:ident, $sql:expr, $rows:expr, |$row:ident, $item:ident| $push:expr) => {
        if !$rows.is_empty() {
            let mut sql = QueryBuilder::new($sql);
            sql.push_values(&$rows, |mut $row, $item| {
                $push;
            });
            sql.build().persistent($rows.len() == 1).execute(&mut *$tx).await?;
        }
    };
}

/// Acts sorted by table, and the entries that they owe.
#[derive(Default)]
struct Rows<'a> {
    intents: Vec<&'a Intent>,
    outcomes: Vec<&'a Outcome>,
    refusals: Vec<&'a Refusal>,
    entries: Vec<Owed<'a>>,
    /// Cases that the acts touch, with what each is told. One order for every node: two that lock the same cases never wait
    /// for each other.
    cases: BTreeMap<&'a str, Vec<&'a NewCaseEvent>>,
}

/// What became of the acts of one transaction, where it is not what was asked for.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Cases that could not be told.
    pub(crate) gone: HashSet<String>,
    /// Intents that were not written, with the quota that stood against each.
    pub(crate) over: HashMap<String, OverQuota>,
}

/// An entry owed by an act.
struct Owed<'a> {
    subject: &'a str,
    case: Option<&'a str>,
    at: Timestamp,
    owed: &'a OwedCommitment,
}

impl Outcome {
    /// The case that it tells.
    pub(crate) fn told(&self) -> Option<&str> {
        self.case.as_ref().map(|(id, _)| id.as_str())
    }
}

impl<'a> Rows<'a> {
    fn sort(acts: &'a [Act]) -> Self {
        let mut rows = Self::default();
        for act in acts {
            match act {
                Act::Intent(intent, _) => {
                    if let Some(id) = &intent.case_id {
                        rows.cases.entry(id).or_default();
                    }
                    rows.intents.push(intent);
                }
                Act::Outcome(outcome, _) => {
                    let (subject, case) = (outcome.intent_id.as_str(), outcome.told());
                    rows.entries.push(Owed { subject, case, at: outcome.at, owed: &outcome.owed });
                    outcome.case.iter().for_each(|(id, event)| rows.cases.entry(id).or_default().push(event));
                    rows.outcomes.push(outcome);
                }
                Act::Refusal(refusal) => {
                    rows.entries.push(Owed { subject: &refusal.id, case: None, at: refusal.at, owed: &refusal.owed });
                    rows.refusals.push(refusal);
                }
            }
        }
        rows
    }
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

impl Store {
    /// Writes all `acts` in one transaction, or none. An intent on a case that is not there is refused. An outcome whose case
    /// is no longer there is written as an erasure would have left it. An intent for which too little is left of a quota is
    /// left out.
    pub(crate) async fn write_acts(&self, acts: &[Act]) -> Result<Written> {
        let mut rows = Rows::sort(acts);
        let mut ledger = ledger(acts);
        Ok(writing!(self, |tx| {
            let mut gone: HashSet<String> = HashSet::new();
            for (case_id, events) in &rows.cases {
                // The update locks the case on PostgreSQL: positions follow each other, and an erasure waits or comes first.
                let latest = events.iter().map(|event| micros(event.at)).max();
                if sqlx::query(HOLD_CASE).bind(case_id).bind(latest).execute(&mut *tx).await?.rows_affected() == 0 {
                    gone.insert((*case_id).to_owned());
                    continue;
                }
                for event in events {
                    let tell = sqlx::query(TELL_CASE).bind(case_id).bind(micros(event.at)).bind(&event.author);
                    tell.bind(&event.kind).bind(text(&event.body)).execute(&mut *tx).await?;
                }
            }
            let is_gone = |case: Option<&str>| case.is_some_and(|case| gone.contains(case));
            if let Some(orphan) = rows.intents.iter().find(|intent| is_gone(intent.case_id.as_deref())) {
                return Err(no_case(orphan.case_id.as_deref().unwrap_or_default()));
            }
            for (account, used) in ledger.accounts() {
                let held = sqlx::query_as(quotas::HOLD).bind(&account.quota).bind(&account.period);
                (*used,) = held.fetch_one(&mut *tx).await?;
            }
            let over = settle(&mut ledger, acts);
            for (account, used) in ledger.changed() {
                let spend = sqlx::query(quotas::SPEND).bind(&account.quota).bind(&account.period).bind(used);
                spend.execute(&mut *tx).await?;
            }
            rows.intents.retain(|intent| !over.contains_key(&intent.id));
            insert_rows!(tx, INTENTS, rows.intents, |row, i| row
                .push_bind(i.id.clone())
                .push_bind(micros(i.at))
                .push_bind(i.system.clone())
                .push_bind(i.version.clone())
                .push_bind(i.key.clone())
                .push_bind(i.person.clone())
                .push_bind(i.model.clone())
                .push_bind(i.host.clone())
                .push_bind(i.case_id.clone())
                .push_bind(text(&i.body)));
            insert_rows!(tx, OUTCOMES, rows.outcomes, |row, o| row
                .push_bind(o.intent_id.clone())
                .push_bind(micros(o.at))
                .push_bind(o.kind.as_str())
                .push_bind(if is_gone(o.told()) { "null".to_owned() } else { text(&o.body) }));
            insert_rows!(tx, REFUSALS, rows.refusals, |row, r| row
                .push_bind(r.id.clone())
                .push_bind(micros(r.at))
                .push_bind(r.system.clone())
                .push_bind(r.key.clone())
                .push_bind(text(&r.body)));
            insert_rows!(tx, ENTRIES, rows.entries, |row, entry| {
                let Owed { subject, case, at, owed } = entry;
                let kept = !is_gone(*case);
                row.push_bind(owed.kind.clone())
                    .push_bind(owed.leaf.clone())
                    .push_bind(kept.then(|| owed.salt.clone()))
                    .push_bind(kept.then(|| owed.record.clone()))
                    .push_bind(micros(*at))
                    .push_bind(kept.then(|| (*subject).to_owned()))
                    .push_bind(owed.system.clone())
                    .push_bind(owed.version.clone())
                    .push_bind(owed.energy_wh.map(|(low, _)| low))
                    .push_bind(owed.energy_wh.map(|(_, high)| high))
            });
            Written { gone, over }
        }))
    }

    /// Whether this very act is already kept: written before by an attempt that nobody confirmed.
    pub(crate) async fn holds(&self, act: &Act) -> Result<bool> {
        let (subject, owed) = match act {
            Act::Intent(intent, _) => {
                let kept = self.find_call(&intent.id).await?;
                // What was sent may be known to one attempt alone.
                return Ok(kept.is_some_and(|kept| Intent { body: intent.body.clone(), ..kept.intent } == **intent));
            }
            Act::Outcome(outcome, _) => (&outcome.intent_id, &outcome.owed),
            Act::Refusal(refusal) => (&refusal.id, &refusal.owed),
        };
        // A leaf is under a salt of its own, so there are no two alike.
        Ok(self.entries_of(subject).await?.iter().any(|entry| entry.leaf == owed.leaf))
    }

    /// Intents before `before` that have no outcome, oldest first.
    pub(crate) async fn open_intents(&self, before: Timestamp, limit: usize) -> Result<Vec<Intent>> {
        let (before, limit) = (micros(before), i64::try_from(limit).unwrap_or(i64::MAX));
        let rows: Vec<IntentRow> = reading!(self, |db| sqlx::query_as(OPEN).bind(before).bind(limit).fetch_all(db).await)?;
        rows.into_iter().map(intent).collect()
    }

    /// Calls that touched a case, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn calls_of_case(&self, case_id: &str) -> Result<Vec<Call>> {
        let rows: Vec<CallRow> = reading!(self, |db| sqlx::query_as(BY_CASE).bind(case_id).fetch_all(db).await)?;
        rows.into_iter().map(call).collect()
    }

    /// The call with this identifier.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_call(&self, id: &str) -> Result<Option<Call>> {
        let row: Option<CallRow> = reading!(self, |db| sqlx::query_as(BY_ID).bind(id).fetch_optional(db).await)?;
        row.map(call).transpose()
    }

    /// Refusals since `since`, the latest first, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn refusals_since(&self, since: Timestamp, limit: i64) -> Result<Vec<Refused>> {
        let since = micros(since);
        let rows: Vec<(i64, Option<String>, Option<String>, String)> =
            reading!(self, |db| sqlx::query_as(REFUSED).bind(since).bind(limit).fetch_all(db).await)?;
        rows.into_iter().map(|(at, system, key, body)| Ok(Refused { at: time(at)?, system, key, body: json(&body)? })).collect()
    }

    /// Latest calls first, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn recent_calls(&self, limit: i64) -> Result<Vec<Call>> {
        let rows: Vec<CallRow> = reading!(self, |db| sqlx::query_as(RECENT).bind(limit).fetch_all(db).await)?;
        rows.into_iter().map(call).collect()
    }
}

pub(crate) fn no_case(id: &str) -> StoreError {
    StoreError::NotFound { what: CASE, id: id.to_owned() }
}

type IntentRow = (String, i64, String, String, String, Option<String>, String, String, Option<String>, String);
type CallRow = (
    String,
    i64,
    String,
    String,
    String,
    Option<String>,
    String,
    String,
    Option<String>,
    String,
    Option<i64>,
    Option<String>,
    Option<String>,
);

fn intent((id, at, system, version, key, person, model, host, case_id, body): IntentRow) -> Result<Intent> {
    Ok(Intent { id, at: time(at)?, system, version, key, person, model, host, case_id, body: json(&body)? })
}

fn call((id, at, system, version, key, person, model, host, case_id, body, end, kind, said): CallRow) -> Result<Call> {
    let intent = intent((id, at, system, version, key, person, model, host, case_id, body))?;
    let outcome = match (end, kind, said) {
        (Some(end), Some(kind), Some(said)) => Some((time(end)?, OutcomeKind::parse(&kind)?, json(&said)?)),
        _ => None,
    };
    Ok(Call { intent, outcome })
}
