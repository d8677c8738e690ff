//! Problems reported by anybody on a system; each is owed an answer.

use jiff::Timestamp;

use crate::row::{micros, time};
use crate::{Result, Store, StoreError};

macro_rules! report_columns {
    () => {
        "select id, code_hash, system, received, due, words, summary, answer, answered from report "
    };
}

statements! {
    INSERT = "insert into report (id, code_hash, system, received, due, words, summary, answer) \
              values ($1, $2, $3, $4, $5, $6, '', '')";
    ANSWER = "update report set summary = $2, answer = $3, answered = $4, answered_by = $5 where id = $1 and answered is null";
    OPEN = concat!(report_columns!(), "where answered is null order by received, id");
    PUBLISHED = concat!(report_columns!(), "where system = $1 and summary <> '' order by received desc, id");
    BY_CODE = concat!(report_columns!(), "where code_hash = $1");
    COUNTS = "select system, count(*), count(*) - count(answered), \
              coalesce(sum(case when coalesce(answered, $1) >= due then 1 else 0 end), 0) from report group by system";
}

/// A problem reported on a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Identifier.
    pub id: String,
    /// Hash of the code by which its author finds the answer.
    pub code_hash: String,
    /// The system.
    pub system: String,
    /// When it came.
    pub received: Timestamp,
    /// The instant by which it must be answered.
    pub due: Timestamp,
    /// What happened, in its author's words: never published.
    pub words: String,
    /// What is published of it; empty when the answer is for its author alone.
    pub summary: String,
    /// The answer, and when it was given.
    pub answer: Option<(String, Timestamp)>,
}

/// Reports on one system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportCount {
    /// The system.
    pub system: String,
    /// How many came.
    pub received: u64,
    /// How many wait for their answer.
    pub open: u64,
    /// How many were answered after their day, or wait past it.
    pub late: u64,
}

type Row = (String, String, String, i64, i64, String, String, String, Option<i64>);

fn report((id, code_hash, system, received, due, words, summary, answer, answered): Row) -> Result<Report> {
    let answer = answered.map(|at| Ok::<_, StoreError>((answer, time(at)?))).transpose()?;
    Ok(Report { id, code_hash, system, received: time(received)?, due: time(due)?, words, summary, answer })
}

impl Store {
    /// Keeps a report, whose answer is still owed.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn file_report(&self, new: &Report) -> Result<()> {
        writing!(self, |tx| {
            let insert = sqlx::query(INSERT).bind(&new.id).bind(&new.code_hash).bind(&new.system);
            let insert = insert.bind(micros(new.received)).bind(micros(new.due)).bind(&new.words);
            insert.execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Answers a report; with a summary, both are published.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it does not exist or has its answer.
    pub async fn answer_report(&self, id: &str, summary: &str, answer: &str, by: &str, at: Timestamp) -> Result<()> {
        let answered = writing!(self, |tx| {
            let query = sqlx::query(ANSWER).bind(id).bind(summary).bind(answer).bind(micros(at)).bind(by);
            query.execute(&mut *tx).await?.rows_affected()
        });
        if answered == 0 { Err(StoreError::NotFound { what: "report without an answer", id: id.to_owned() }) } else { Ok(()) }
    }

    /// Reports that wait for their answer, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open_reports(&self) -> Result<Vec<Report>> {
        let rows: Vec<Row> = reading!(self, |db| sqlx::query_as(OPEN).fetch_all(db).await)?;
        rows.into_iter().map(report).collect()
    }

    /// Reports on a system whose answer is public, the latest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn published_reports(&self, system: &str) -> Result<Vec<Report>> {
        let rows: Vec<Row> = reading!(self, |db| sqlx::query_as(PUBLISHED).bind(system).fetch_all(db).await)?;
        rows.into_iter().map(report).collect()
    }

    /// The report of this code.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_report(&self, code_hash: &str) -> Result<Option<Report>> {
        let row: Option<Row> = reading!(self, |db| sqlx::query_as(BY_CODE).bind(code_hash).fetch_optional(db).await)?;
        row.map(report).transpose()
    }

    /// How many reports each system has, and how many of them wait or came late at `now`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn report_counts(&self, now: Timestamp) -> Result<Vec<ReportCount>> {
        let rows: Vec<(String, i64, i64, i64)> = reading!(self, |db| sqlx::query_as(COUNTS).bind(micros(now)).fetch_all(db).await)?;
        let count = |(system, received, open, late): (String, i64, i64, i64)| ReportCount {
            system,
            received: received.unsigned_abs(),
            open: open.unsigned_abs(),
            late: late.unsigned_abs(),
        };
        Ok(rows.into_iter().map(count).collect())
    }
}
