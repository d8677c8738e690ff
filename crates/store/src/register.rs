//! The register as a sequence of events: what was true at a time can be shown later.

use jiff::Timestamp;
use serde_json::Value;

use crate::consultations::Turn;
use crate::row::{json, micros, text, time};
use crate::{Result, Store, StoreError, log};

statements! {
    LAST = "select coalesce(max(seq), 0) from register_event";
    INSERT = "insert into register_event (seq, at, author, body) values ($1, $2, $3, $4)";
    AFTER = "select seq, at, author, body from register_event where seq > $1 order by seq limit $2";
}

/// An event to append.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// When it happened.
    pub at: Timestamp,
    /// Identifier of who did it.
    pub author: String,
    /// What happened.
    pub body: Value,
    /// What the transparency log says of it in clear, if anything.
    pub statement: Option<Value>,
}

/// An event of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisterEvent {
    /// Position, from 1, without gaps.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Identifier of who did it.
    pub author: String,
    /// What happened.
    pub body: Value,
}

impl Store {
    /// Appends `events` if the register still ends at `expected_last_seq` (0 when empty), with the public statements that
    /// they owe, and returns the new last position.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if somebody appended meanwhile: nothing is written.
    pub async fn append_register(&self, expected_last_seq: i64, events: &[NewEvent]) -> Result<i64> {
        self.append_turns(expected_last_seq, events, &[]).await
    }

    /// The same, with what the acts make of the contributions to a consultation, in the same transaction.
    pub(crate) async fn append_turns(&self, expected_last_seq: i64, events: &[NewEvent], turns: &[Turn]) -> Result<i64> {
        match self.try_append_register(expected_last_seq, events, turns).await {
            Err(e) if e.is_unique_violation() => Err(conflict(expected_last_seq, self.register_epoch().await?)),
            other => other,
        }
    }

    async fn try_append_register(&self, expected: i64, events: &[NewEvent], turns: &[Turn]) -> Result<i64> {
        Ok(writing!(self, |tx| {
            let (found,): (i64,) = sqlx::query_as(LAST).fetch_one(&mut *tx).await?;
            if found != expected {
                return Err(conflict(expected, found));
            }
            for turn in turns {
                take_turn!(tx, turn);
            }
            let mut seq = expected;
            for event in events {
                seq += 1;
                let insert = sqlx::query(INSERT).bind(seq).bind(micros(event.at));
                insert.bind(&event.author).bind(text(&event.body)).execute(&mut *tx).await?;
                if let Some(statement) = &event.statement {
                    state!(tx, statement, event.at, log::REGISTER, seq);
                }
            }
            seq
        }))
    }

    /// Events after position `seq`, in order, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn register_events_after(&self, seq: i64, limit: i64) -> Result<Vec<RegisterEvent>> {
        let rows: Vec<(i64, i64, String, String)> =
            reading!(self, |db| sqlx::query_as(AFTER).bind(seq).bind(limit).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(seq, at, author, body)| Ok(RegisterEvent { seq, at: time(at)?, author, body: json(&body)? }))
            .collect()
    }

    /// Position of the last event, 0 when there is none. Whatever was computed from facts holds for one epoch.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn register_epoch(&self) -> Result<i64> {
        let (last,): (i64,) = reading!(self, |db| sqlx::query_as(LAST).fetch_one(db).await)?;
        Ok(last)
    }
}

fn conflict(expected: i64, found: i64) -> StoreError {
    StoreError::Conflict { what: "the register", expected, found }
}
