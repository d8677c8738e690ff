//! The journal read back.

use jiff::Timestamp;
use serde_json::Value;

use super::Act;
use crate::row::{json, micros, time};
use crate::{Intent, OutcomeKind, Result, Store, StoreError};

macro_rules! intent_columns {
    () => {
        "select i.id, i.at, i.system, i.version, i.api_key, i.person, i.model, i.host, i.case_id, i.body"
    };
}

/// How a call ended: its row, and the record that the log holds of it.
macro_rules! with_its_end {
    () => {
        ", o.at, o.kind, o.body, (select e.record from log_entry e where e.subject_id = o.intent_id order by e.id limit 1) \
         from intent i left join outcome o on o.intent_id = i.id"
    };
}

statements! {
    OPEN = concat!(
        intent_columns!(),
        " from intent i where i.at < $1 and not exists (select 1 from outcome o where o.intent_id = i.id) \
         order by i.at, i.id limit $2"
    );
    BY_CASE = concat!(intent_columns!(), with_its_end!(), " where i.case_id = $1 order by i.at, i.id");
    BY_ID = concat!(intent_columns!(), with_its_end!(), " where i.id = $1");
    REFUSED = "select at, system, api_key, body from refusal where at >= $1 order by at desc, id desc limit $2";
    RECENT = concat!(intent_columns!(), with_its_end!(), " order by i.at desc, i.id desc limit $1");
}

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
    /// When and how it ended, and what was recorded then: what its record says under `body.result`, and what is kept beside.
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

impl Store {
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
    Option<String>,
);

fn intent((id, at, system, version, key, person, model, host, case_id, body): IntentRow) -> Result<Intent> {
    Ok(Intent { id, at: time(at)?, system, version, key, person, model, host, case_id, body: json(&body)? })
}

fn call((id, at, system, version, key, person, model, host, case_id, body, end, kind, beside, record): CallRow) -> Result<Call> {
    let intent = intent((id, at, system, version, key, person, model, host, case_id, body))?;
    let outcome = match (end, kind, beside) {
        (Some(end), Some(kind), Some(beside)) => Some((time(end)?, OutcomeKind::parse(&kind)?, said(record, &beside)?)),
        _ => None,
    };
    Ok(Call { intent, outcome })
}

fn said(record: Option<String>, beside: &str) -> Result<Value> {
    let result = match record {
        Some(record) => json(&record)?.pointer_mut("/body/result").map_or(Value::Null, Value::take),
        None => Value::Null,
    };
    Ok(match (result, json(beside)?) {
        (Value::Object(mut said), Value::Object(beside)) => {
            said.extend(beside);
            said.into()
        }
        (Value::Null, beside) => beside,
        (said, _) => said,
    })
}
