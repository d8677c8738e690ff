//! Drafts of impact studies: a row a save, never changed, so that nothing that was written is lost.

use jiff::Timestamp;
use serde_json::Value;

use crate::row::{json, micros, text, time};
use crate::{Result, Store, StoreError};

statements! {
    LAST = "select coalesce(max(n), 0) from study_draft where system = $1 and kind = $2";
    INSERT = "insert into study_draft (system, kind, n, at, author, body) values ($1, $2, $3, $4, $5, $6)";
    ONE = "select system, kind, n, at, author, body from study_draft where system = $1 and kind = $2 and n = $3";
    BEFORE = "select system, kind, n, at, author, body from study_draft where system = $1 and kind = $2 and n < $3 \
        order by n desc limit $4";
    AUTHORS = "select author, min(n) from study_draft where system = $1 and kind = $2 and n > $3 group by author order by min(n)";
}

/// One save of a study that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyDraft {
    /// System that is studied.
    pub system: String,
    /// Which study.
    pub kind: String,
    /// Position among the saves of this study, from 1, without gaps.
    pub n: i64,
    /// When.
    pub at: Timestamp,
    /// Identifier of who saved.
    pub author: String,
    /// Answers, and what is not settled between those who write: opaque here.
    pub body: Value,
}

type Row = (String, String, i64, i64, String, String);

fn draft((system, kind, n, at, author, body): Row) -> Result<StudyDraft> {
    Ok(StudyDraft { system, kind, n, at: time(at)?, author, body: json(&body)? })
}

impl Store {
    /// Adds a save right after the last one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if somebody saved meanwhile: nothing is written, merge with what they wrote and try again.
    pub async fn save_study_draft(&self, draft: &StudyDraft) -> Result<()> {
        let expected = draft.n - 1;
        let conflict = |found| StoreError::Conflict { what: "the draft of the study", expected, found };
        let write = async {
            writing!(self, |tx| {
                let (found,): (i64,) = sqlx::query_as(LAST).bind(&draft.system).bind(&draft.kind).fetch_one(&mut *tx).await?;
                if found != expected {
                    return Err(conflict(found));
                }
                let insert = sqlx::query(INSERT).bind(&draft.system).bind(&draft.kind).bind(draft.n).bind(micros(draft.at));
                insert.bind(&draft.author).bind(text(&draft.body)).execute(&mut *tx).await?;
            });
            Ok(())
        };
        write.await.map_err(|error: StoreError| if error.is_unique_violation() { conflict(draft.n) } else { error })
    }

    /// One save.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn study_draft(&self, system: &str, kind: &str, n: i64) -> Result<Option<StudyDraft>> {
        let row: Option<Row> = reading!(self, |db| sqlx::query_as(ONE).bind(system).bind(kind).bind(n).fetch_optional(db).await)?;
        row.map(draft).transpose()
    }

    /// Saves before position `n` ([`i64::MAX`] for the last ones), the last first, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn study_drafts_before(&self, system: &str, kind: &str, n: i64, limit: i64) -> Result<Vec<StudyDraft>> {
        let rows: Vec<Row> =
            reading!(self, |db| sqlx::query_as(BEFORE).bind(system).bind(kind).bind(n).bind(limit).fetch_all(db).await)?;
        rows.into_iter().map(draft).collect()
    }

    /// Who saved after position `n`, each once, in the order of their first save.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn study_draft_authors(&self, system: &str, kind: &str, n: i64) -> Result<Vec<String>> {
        let rows: Vec<(String, i64)> =
            reading!(self, |db| sqlx::query_as(AUTHORS).bind(system).bind(kind).bind(n).fetch_all(db).await)?;
        Ok(rows.into_iter().map(|(author, _)| author).collect())
    }
}
