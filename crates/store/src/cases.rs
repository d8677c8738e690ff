//! Case files and their events.

use jiff::Timestamp;
use serde_json::Value;

use crate::row::{json, micros, text, time};
use crate::{OwedCommitment, Result, Store, StoreError};

macro_rules! case_columns {
    () => {
        "select id, reference, subject, status, updated, code_hash from case_file "
    };
}

statements! {
    INSERT = "insert into case_file (id, reference, subject, status, updated, code_hash) values ($1, $2, $3, $4, $5, $6)";
    BY_ID = concat!(case_columns!(), "where id = $1");
    BY_REFERENCE = concat!(case_columns!(), "where reference = $1");
    BY_CODE = concat!(case_columns!(), "where code_hash = $1");
    LIST = concat!(case_columns!(), "where status = $1 order by updated desc, id limit $2");
    WAITING = concat!(case_columns!(), "where status = $1 order by id limit $2");
    LIST_ALL = concat!(case_columns!(), "order by updated desc, id limit $1");
    SET_CODE = "update case_file set code_hash = $2 where id = $1";
    TOUCH = "update case_file set status = $2, updated = $3 where id = $1";
    LAST = "select coalesce(max(n), 0) from case_event where case_id = $1";
    INSERT_EVENT = "insert into case_event (case_id, n, at, author, kind, body) values ($1, $2, $3, $4, $5, $6)";
    EVENTS = "select n, at, author, kind, body from case_event where case_id = $1 order by n";
    CALLS_OPEN = "select count(*) from intent i where i.case_id = $1 \
                  and not exists (select 1 from outcome o where o.intent_id = i.id)";
    ERASE_ENTRIES = "update log_entry set record = null, salt = null, subject_id = null, subject_n = null \
                     where subject_id = $1 or subject_id in (select id from intent where case_id = $1)";
    ERASE_OUTCOMES = "update outcome set body = 'null' where intent_id in (select id from intent where case_id = $1)";
    ERASE_INTENTS = "update intent set body = 'null', case_id = null where case_id = $1";
    ERASE_EVENTS = "delete from case_event where case_id = $1";
    ERASE_CASE = "delete from case_file where id = $1";
}

/// A citizen's file as far as Gouvernail knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFile {
    /// Identifier.
    pub id: String,
    /// Reference in the administration's own software; unique.
    pub reference: String,
    /// Known personal values of the citizen, opaque here.
    pub subject: Value,
    /// Where the case stands.
    pub status: String,
    /// When it last changed.
    pub updated: Timestamp,
    /// Hash of the code printed on the letter, once there is one; unique.
    pub code_hash: Option<String>,
}

/// An event to append to a case.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCaseEvent {
    /// When it happened.
    pub at: Timestamp,
    /// Identifier of who did it.
    pub author: String,
    /// What kind of event.
    pub kind: String,
    /// What happened.
    pub body: Value,
}

/// An event of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseEvent {
    /// Position in its case, from 1, without gaps.
    pub n: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Identifier of who did it.
    pub author: String,
    /// What kind of event.
    pub kind: String,
    /// What happened.
    pub body: Value,
}

type CaseRow = (String, String, String, String, i64, Option<String>);
type EventRow = (i64, i64, String, String, String);

fn case((id, reference, subject, status, updated, code_hash): CaseRow) -> Result<CaseFile> {
    Ok(CaseFile { id, reference, subject: json(&subject)?, status, updated: time(updated)?, code_hash })
}

fn event((n, at, author, kind, body): EventRow) -> Result<CaseEvent> {
    Ok(CaseEvent { n, at: time(at)?, author, kind, body: json(&body)? })
}

impl Store {
    /// Opens a case.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if the identifier, the reference or the code is taken.
    pub async fn create_case(&self, case: &CaseFile) -> Result<()> {
        let write = async {
            writing!(self, |tx| {
                let query = sqlx::query(INSERT).bind(&case.id).bind(&case.reference).bind(text(&case.subject));
                query.bind(&case.status).bind(micros(case.updated)).bind(&case.code_hash).execute(&mut *tx).await?;
            });
            Ok(())
        };
        write.await.map_err(|e: StoreError| e.or_duplicate("a case with this identifier, reference or code"))
    }

    /// Gives the case the code of its letter.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if another case has that code, [`StoreError::NotFound`].
    pub async fn set_case_code(&self, case_id: &str, code_hash: &str) -> Result<()> {
        let write = async {
            Ok(writing!(self, |tx| {
                sqlx::query(SET_CODE).bind(case_id).bind(code_hash).execute(&mut *tx).await?.rows_affected()
            }))
        };
        match write.await.map_err(|e: StoreError| e.or_duplicate("a case with this code"))? {
            0 => Err(not_found(case_id)),
            _ => Ok(()),
        }
    }

    /// Appends `event` if the case has `expected_n` events (0 when none), sets its status and writes what it owes to the
    /// log, all or nothing. Returns the position of the event.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if somebody appended meanwhile, [`StoreError::NotFound`], [`StoreError::BadCommitment`].
    pub async fn append_case_event(
        &self,
        case_id: &str,
        expected_n: i64,
        event: &NewCaseEvent,
        status: &str,
        owed: Option<&OwedCommitment>,
    ) -> Result<i64> {
        owed.map_or(Ok(()), OwedCommitment::check)?;
        match self.try_append_case_event(case_id, expected_n, event, status, owed).await {
            Err(e) if e.is_unique_violation() => {
                let (found,): (i64,) = reading!(self, |db| sqlx::query_as(LAST).bind(case_id).fetch_one(db).await)?;
                Err(conflict(expected_n, found))
            }
            other => other,
        }
    }

    async fn try_append_case_event(
        &self,
        id: &str,
        expected: i64,
        event: &NewCaseEvent,
        status: &str,
        owed: Option<&OwedCommitment>,
    ) -> Result<i64> {
        let (n, at) = (expected + 1, micros(event.at));
        Ok(writing!(self, |tx| {
            // The update comes first: on PostgreSQL it locks the case, so two appends follow each other.
            if sqlx::query(TOUCH).bind(id).bind(status).bind(at).execute(&mut *tx).await?.rows_affected() == 0 {
                return Err(not_found(id));
            }
            let (found,): (i64,) = sqlx::query_as(LAST).bind(id).fetch_one(&mut *tx).await?;
            if found != expected {
                return Err(conflict(expected, found));
            }
            let insert = sqlx::query(INSERT_EVENT).bind(id).bind(n).bind(at).bind(&event.author);
            insert.bind(&event.kind).bind(text(&event.body)).execute(&mut *tx).await?;
            if let Some(owed) = owed {
                owe!(tx, owed, event.at, id, n);
            }
            n
        }))
    }

    /// Events of a case, in order; none if there is no such case.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn case_events(&self, case_id: &str) -> Result<Vec<CaseEvent>> {
        let rows: Vec<EventRow> = reading!(self, |db| sqlx::query_as(EVENTS).bind(case_id).fetch_all(db).await)?;
        rows.into_iter().map(event).collect()
    }

    /// The case with this identifier.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_case(&self, id: &str) -> Result<Option<CaseFile>> {
        self.find_one_case(BY_ID, id).await
    }

    /// The case with this reference.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_case_by_reference(&self, reference: &str) -> Result<Option<CaseFile>> {
        self.find_one_case(BY_REFERENCE, reference).await
    }

    /// The case whose letter carries the code with this hash.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_case_by_code_hash(&self, code_hash: &str) -> Result<Option<CaseFile>> {
        self.find_one_case(BY_CODE, code_hash).await
    }

    async fn find_one_case(&self, sql: &'static str, value: &str) -> Result<Option<CaseFile>> {
        let row: Option<CaseRow> = reading!(self, |db| sqlx::query_as(sql).bind(value).fetch_optional(db).await)?;
        row.map(case).transpose()
    }

    /// Cases with this status, or all, latest change first, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list_cases(&self, status: Option<&str>, limit: i64) -> Result<Vec<CaseFile>> {
        let rows: Vec<CaseRow> = match status {
            Some(status) => reading!(self, |db| sqlx::query_as(LIST).bind(status).bind(limit).fetch_all(db).await)?,
            None => reading!(self, |db| sqlx::query_as(LIST_ALL).bind(limit).fetch_all(db).await)?,
        };
        rows.into_iter().map(case).collect()
    }

    /// Cases with this status, the oldest first, at most `limit`. Identifiers begin with the time of opening.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn waiting_cases(&self, status: &str, limit: i64) -> Result<Vec<CaseFile>> {
        let rows: Vec<CaseRow> = reading!(self, |db| sqlx::query_as(WAITING).bind(status).bind(limit).fetch_all(db).await)?;
        rows.into_iter().map(case).collect()
    }

    /// Erases a person's case (GDPR article 17): its rows, the bodies of the calls made on it, the records and the salts of
    /// their log entries and what linked these to the case. Commitments stay, and no longer lead anywhere; so do the
    /// systems and times of the calls, for the figures. False if there was no such case.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while a call on the case is under way, since its outcome would bring data back.
    pub async fn erase_case(&self, case_id: &str) -> Result<bool> {
        Ok(writing!(self, |tx| {
            let (open,): (i64,) = sqlx::query_as(CALLS_OPEN).bind(case_id).fetch_one(&mut *tx).await?;
            if open > 0 {
                return Err(StoreError::InUse(case_id.to_owned()));
            }
            // In this order: the later statements forget which calls were the case's.
            for sql in [ERASE_ENTRIES, ERASE_OUTCOMES, ERASE_INTENTS, ERASE_EVENTS] {
                sqlx::query(sql).bind(case_id).execute(&mut *tx).await?;
            }
            sqlx::query(ERASE_CASE).bind(case_id).execute(&mut *tx).await?.rows_affected() > 0
        }))
    }
}

fn conflict(expected: i64, found: i64) -> StoreError {
    StoreError::Conflict { what: "the case", expected, found }
}

fn not_found(case_id: &str) -> StoreError {
    StoreError::NotFound { what: "case", id: case_id.to_owned() }
}
