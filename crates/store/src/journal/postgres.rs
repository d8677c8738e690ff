//! The journal on PostgreSQL: rows of one table go in one statement, for each statement waits for the server.

use sqlx::{PgConnection, QueryBuilder};

use super::acts::{HOLD_CASE, Rows, TELL_CASE, Tables};
use crate::quotas::{HOLD, SPEND};
use crate::row::{micros, text};
use crate::{Account, NewCaseEvent, Result};

/// Inserts `$rows`, if any, in one statement. A lone row is the common case and worth a cached statement.
macro_rules! insert_rows {
    ($db:expr, $sql:expr, $rows:expr, |$row:ident, $item:pat_param| $push:expr) => {
        if !$rows.is_empty() {
            let mut sql = QueryBuilder::new($sql);
            sql.push_values($rows.iter(), |mut $row, $item| {
                $push;
            });
            sql.build().persistent($rows.len() == 1).execute(&mut *$db).await?;
        }
    };
}

impl Tables for PgConnection {
    async fn hold_case(&mut self, id: &str, latest: Option<i64>) -> Result<bool> {
        Ok(sqlx::query(HOLD_CASE).bind(latest).bind(id).execute(&mut *self).await?.rows_affected() > 0)
    }

    async fn tell_case(&mut self, id: &str, event: &NewCaseEvent) -> Result<()> {
        let tell = sqlx::query(TELL_CASE).bind(id).bind(micros(event.at)).bind(&event.author);
        tell.bind(&event.kind).bind(text(&event.body)).execute(&mut *self).await?;
        Ok(())
    }

    async fn hold_quota(&mut self, account: &Account) -> Result<i64> {
        let held = sqlx::query_as(HOLD).bind(&account.quota).bind(&account.period);
        let (used,): (i64,) = held.fetch_one(&mut *self).await?;
        Ok(used)
    }

    async fn spend(&mut self, account: &Account, used: i64) -> Result<()> {
        sqlx::query(SPEND).bind(used).bind(&account.quota).bind(&account.period).execute(&mut *self).await?;
        Ok(())
    }

    async fn insert(&mut self, rows: &Rows<'_>) -> Result<()> {
        const INTENTS: &str = "insert into intent (id, at, system, version, api_key, person, model, host, case_id, body) ";
        insert_rows!(self, INTENTS, rows.intents, |row, i| row
            .push_bind(&i.id)
            .push_bind(micros(i.at))
            .push_bind(&i.system)
            .push_bind(&i.version)
            .push_bind(&i.key)
            .push_bind(&i.person)
            .push_bind(&i.model)
            .push_bind(&i.host)
            .push_bind(&i.case_id)
            .push_bind(text(&i.body)));
        insert_rows!(self, "insert into outcome (intent_id, at, kind, body) ", rows.outcomes, |row, (o, body)| row
            .push_bind(&o.intent_id)
            .push_bind(micros(o.at))
            .push_bind(o.kind.as_str())
            .push_bind(&**body));
        insert_rows!(self, "insert into refusal (id, at, system, api_key, body) ", rows.refusals, |row, r| row
            .push_bind(&r.id)
            .push_bind(micros(r.at))
            .push_bind(&r.system)
            .push_bind(&r.key)
            .push_bind(text(&r.body)));
        const ENTRIES: &str =
            "insert into log_entry (kind, leaf, salt, record, at, subject_id, system, version, energy_low, energy_high) ";
        insert_rows!(self, ENTRIES, rows.entries, |row, entry| row
            .push_bind(&entry.owed.kind)
            .push_bind(&entry.owed.leaf)
            .push_bind(entry.salt())
            .push_bind(entry.record())
            .push_bind(entry.at)
            .push_bind(entry.subject)
            .push_bind(&entry.owed.system)
            .push_bind(&entry.owed.version)
            .push_bind(entry.owed.energy_wh.map(|(low, _)| low))
            .push_bind(entry.owed.energy_wh.map(|(_, high)| high)));
        Ok(())
    }
}
