//! Case files and their events.

use jiff::Timestamp;
use serde_json::Value;

use crate::journal::no_case;
use crate::row::{json, micros, text, time};
use crate::{OwedCommitment, Result, Store, StoreError};

macro_rules! case_columns {
    () => {
        "select c.id, c.reference, c.opened_by, d.subject, c.status, c.updated, c.code_hash \
         from case_file c join case_declaration d on d.case_id = c.id and d.system = c.opened_by "
    };
}

statements! {
    INSERT = "insert into case_file (id, reference, opened_by, status, updated, code_hash) values ($1, $2, $3, $4, $5, $6)";
    DECLARE = "insert into case_declaration (case_id, system, api_key, at, subject) values ($1, $2, $3, $4, $5)";
    DECLARED = "select c.id, d.subject from case_file c \
                left join case_declaration d on d.case_id = c.id and d.system = $2 where c.reference = $1";
    DECLARATIONS = "select e.n, c.id, d.system, d.subject from erasure e left join case_file c on c.reference = $1 \
                    left join case_declaration d on d.case_id = c.id where e.id = 1 order by d.system";
    BY_ID = concat!(case_columns!(), "where c.id = $1");
    BY_REFERENCE = concat!(case_columns!(), "where c.reference = $1");
    BY_CODE = concat!(case_columns!(), "where c.code_hash = $1");
    LIST = concat!(case_columns!(), "where c.status = $1 order by c.updated desc, c.id limit $2");
    WAITING = concat!(case_columns!(), "where c.status = $1 order by c.id limit $2");
    LIST_ALL = concat!(case_columns!(), "order by c.updated desc, c.id limit $1");
    SET_CODE = "update case_file set code_hash = $2 where id = $1";
    TOUCH = "update case_file set status = $2, updated = $3 where id = $1";
    LAST = "select coalesce(max(n), 0) from case_event where case_id = $1";
    INSERT_EVENT = "insert into case_event (case_id, n, at, author, kind, body) values ($1, $2, $3, $4, $5, $6)";
    EVENTS = "select n, at, author, kind, body from case_event where case_id = $1 order by n";
    LOCK = "update case_file set updated = updated where id = $1";
    CALLS_OPEN = "select count(*) from intent i where i.case_id = $1 \
                  and not exists (select 1 from outcome o where o.intent_id = i.id)";
    ERASE_ENTRIES = "update log_entry set record = null, salt = null, subject_id = null, subject_n = null \
                     where subject_id = $1 or subject_id in (select id from intent where case_id = $1)";
    ERASE_OUTCOMES = "update outcome set body = 'null' where intent_id in (select id from intent where case_id = $1)";
    ERASE_INTENTS = "update intent set body = 'null', case_id = null where case_id = $1";
    ERASE_EVENTS = "delete from case_event where case_id = $1";
    ERASE_DECLARATIONS = "delete from case_declaration where case_id = $1";
    ERASE_CASE = "delete from case_file where id = $1";
    COUNT_ERASURE = "update erasure set n = n + 1 where id = 1";
}

/// Times that a declaration is tried again when another one, or an erasure, came between.
const ATTEMPTS: usize = 5;

/// A citizen's file as far as Gouvernail knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFile {
    /// Identifier.
    pub id: String,
    /// Reference in the administration's own software; unique.
    pub reference: String,
    /// The system that opened it.
    pub opened_by: String,
    /// What that system said of it, opaque here.
    pub subject: Value,
    /// Where the case stands.
    pub status: String,
    /// When it last changed.
    pub updated: Timestamp,
    /// Hash of the code printed on the letter, once there is one; unique.
    pub code_hash: Option<String>,
}

/// What one system said of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseDeclaration {
    /// The case.
    pub case_id: String,
    /// The system whose key declared it.
    pub system: String,
    /// What it said, opaque here.
    pub subject: Value,
}

/// The declarations of a case, as a gateway needs them for one call.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseDeclarations {
    /// How many cases were erased so far: a node that knew fewer forgets what it remembers of cases.
    pub erasures: i64,
    /// One a system; none when there is no such case.
    pub declarations: Vec<CaseDeclaration>,
}

/// What came of a declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// The case.
    pub case_id: String,
    /// False when this system had declared it before.
    pub fresh: bool,
    /// What this system said of it, then or now.
    pub subject: Value,
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

type CaseRow = (String, String, String, String, String, i64, Option<String>);
type EventRow = (i64, i64, String, String, String);

fn case((id, reference, opened_by, subject, status, updated, code_hash): CaseRow) -> Result<CaseFile> {
    Ok(CaseFile { id, reference, opened_by, subject: json(&subject)?, status, updated: time(updated)?, code_hash })
}

fn event((n, at, author, kind, body): EventRow) -> Result<CaseEvent> {
    Ok(CaseEvent { n, at: time(at)?, author, kind, body: json(&body)? })
}

impl Store {
    /// Records what the system `case.opened_by` says of the case, with the key `key`. A reference that nobody declared opens
    /// the case: its row, this declaration and its first event `opening`, all or nothing. A case that another system opened
    /// gets one more declaration and nothing else; one that this system declared before stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if the identifier or the code is taken.
    pub async fn declare_case(&self, case: &CaseFile, key: &str, opening: &NewCaseEvent) -> Result<Declared> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            match self.try_declare_case(case, key, opening).await {
                // Somebody declared or erased the same reference at this very moment.
                Err(error) if error.is_about_the_rows() && attempts < ATTEMPTS => {}
                other => return other.map_err(|error| error.or_duplicate("a case with this identifier or code")),
            }
        }
    }

    async fn try_declare_case(&self, case: &CaseFile, key: &str, opening: &NewCaseEvent) -> Result<Declared> {
        let (system, subject, at) = (&case.opened_by, text(&case.subject), micros(opening.at));
        Ok(writing!(self, |tx| {
            let known = sqlx::query_as(DECLARED).bind(&case.reference).bind(system);
            let known: Option<(String, Option<String>)> = known.fetch_optional(&mut *tx).await?;
            if let Some((case_id, Some(said))) = known {
                return Ok(Declared { case_id, fresh: false, subject: json(&said)? });
            }
            let opens = known.is_none();
            let case_id = known.map_or_else(|| case.id.clone(), |(case_id, _)| case_id);
            if opens {
                let insert = sqlx::query(INSERT).bind(&case_id).bind(&case.reference).bind(system).bind(&case.status);
                insert.bind(micros(case.updated)).bind(&case.code_hash).execute(&mut *tx).await?;
                let first = sqlx::query(INSERT_EVENT).bind(&case_id).bind(1_i64).bind(at).bind(&opening.author);
                first.bind(&opening.kind).bind(text(&opening.body)).execute(&mut *tx).await?;
            }
            let declare = sqlx::query(DECLARE).bind(&case_id).bind(system).bind(key).bind(at);
            declare.bind(&subject).execute(&mut *tx).await?;
            Declared { case_id, fresh: true, subject: case.subject.clone() }
        }))
    }

    /// What each system said of the case with this reference.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn case_declarations(&self, reference: &str) -> Result<CaseDeclarations> {
        type Row = (i64, Option<String>, Option<String>, Option<String>);
        let rows: Vec<Row> = reading!(self, |db| sqlx::query_as(DECLARATIONS).bind(reference).fetch_all(db).await)?;
        let erasures = rows.first().map_or(0, |row| row.0);
        let declared = rows.into_iter().filter_map(|(_, case_id, system, said)| Some((case_id?, system?, said?)));
        let read = |(case_id, system, said): (_, _, String)| Ok(CaseDeclaration { case_id, system, subject: json(&said)? });
        Ok(CaseDeclarations { erasures, declarations: declared.map(read).collect::<Result<_>>()? })
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
            0 => Err(no_case(case_id)),
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
                return Err(no_case(id));
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
            // Whoever writes an intent on the case takes the same lock first: none slips between the count and the end.
            if sqlx::query(LOCK).bind(case_id).execute(&mut *tx).await?.rows_affected() == 0 {
                return Ok(false);
            }
            let (open,): (i64,) = sqlx::query_as(CALLS_OPEN).bind(case_id).fetch_one(&mut *tx).await?;
            if open > 0 {
                return Err(StoreError::InUse(case_id.to_owned()));
            }
            // In this order: the later statements forget which calls were the case's.
            for sql in [ERASE_ENTRIES, ERASE_OUTCOMES, ERASE_INTENTS, ERASE_EVENTS, ERASE_DECLARATIONS, ERASE_CASE] {
                sqlx::query(sql).bind(case_id).execute(&mut *tx).await?;
            }
            sqlx::query(COUNT_ERASURE).execute(&mut *tx).await?;
            true
        }))
    }
}

fn conflict(expected: i64, found: i64) -> StoreError {
    StoreError::Conflict { what: "the case", expected, found }
}
