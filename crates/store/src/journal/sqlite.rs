//! The journal on SQLite, through a connection of its own and without another thread's answer to wait for after each
//! statement: a batch is one blocking piece of work.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ToSql, Transaction, TransactionBehavior};
use tokio::runtime::Handle;

use super::Act;
use super::acts::{self, HOLD_CASE, Rows, TELL_CASE, Tables, Written};
use crate::db::{CACHE_KIB, CHECKPOINT_PAGES};
use crate::quotas::{HOLD, SPEND};
use crate::row::{micros, text};
use crate::{Account, NewCaseEvent, Result, StoreError};

statements! {
    INTENT = "insert into intent (id, at, system, version, api_key, person, model, host, case_id, body) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    OUTCOME = "insert into outcome (intent_id, at, kind, body) values ($1, $2, $3, $4)";
    REFUSAL = "insert into refusal (id, at, system, api_key, body) values ($1, $2, $3, $4, $5)";
    ENTRY = "insert into log_entry (kind, leaf, salt, record, at, subject_id, system, version, energy_low, energy_high) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// The connection that the journal writes through; none once the store is closed.
#[derive(Debug)]
pub(crate) struct SqliteJournal(Option<Connection>);

impl SqliteJournal {
    /// Opens a database that is migrated. `busy` is how long it waits for the write lock of another program.
    pub(crate) fn open(file: &Path, busy: Duration) -> Result<Self> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(busy)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        Ok(Self(Some(connection)))
    }

    pub(crate) fn close(&mut self) {
        self.0 = None;
    }

    /// Writes all `acts` in one transaction, or none. It waits for the disk: on a thread that drives no other task.
    pub(super) fn write(&mut self, acts: &[Act]) -> Result<Written> {
        let closed = || StoreError::JournalUnavailable("the store is closed".to_owned());
        let connection = self.0.as_mut().ok_or_else(closed)?;
        let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Nothing in it waits.
        let written = Handle::current().block_on(acts::write(&mut transaction, acts))?;
        transaction.commit()?;
        Ok(written)
    }
}

/// SQLite numbers parameters as they come in the text, whatever their names say: `$1` comes first.
fn run(transaction: &Transaction<'_>, sql: &str, values: &[&dyn ToSql]) -> Result<usize> {
    Ok(transaction.prepare_cached(sql)?.execute(values)?)
}

impl Tables for Transaction<'_> {
    async fn hold_case(&mut self, id: &str, latest: Option<i64>) -> Result<bool> {
        Ok(run(self, HOLD_CASE, &[&latest, &id])? > 0)
    }

    async fn tell_case(&mut self, id: &str, event: &NewCaseEvent) -> Result<()> {
        run(self, TELL_CASE, &[&id, &micros(event.at), &event.author, &event.kind, &text(&event.body)])?;
        Ok(())
    }

    async fn hold_quota(&mut self, account: &Account) -> Result<i64> {
        Ok(self.prepare_cached(HOLD)?.query_row([&account.quota, &account.period], |row| row.get(0))?)
    }

    async fn spend(&mut self, account: &Account, used: i64) -> Result<()> {
        run(self, SPEND, &[&used, &account.quota, &account.period])?;
        Ok(())
    }

    async fn insert(&mut self, rows: &Rows<'_>) -> Result<()> {
        for i in &rows.intents {
            let (at, body) = (micros(i.at), text(&i.body));
            run(self, INTENT, &[&i.id, &at, &i.system, &i.version, &i.key, &i.person, &i.model, &i.host, &i.case_id, &body])?;
        }
        for (o, body) in &rows.outcomes {
            run(self, OUTCOME, &[&o.intent_id, &micros(o.at), &o.kind.as_str(), &&**body])?;
        }
        for r in &rows.refusals {
            run(self, REFUSAL, &[&r.id, &micros(r.at), &r.system, &r.key, &text(&r.body)])?;
        }
        for entry in &rows.entries {
            let owed = entry.owed;
            let (low, high) = (owed.energy_wh.map(|(low, _)| low), owed.energy_wh.map(|(_, high)| high));
            let (salt, record) = (entry.salt(), entry.record());
            let of = &entry.subject;
            run(self, ENTRY, &[&owed.kind, &owed.leaf, &salt, &record, &entry.at, of, &owed.system, &owed.version, &low, &high])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_come_in_their_order() {
        for sql in [ALL, &[HOLD_CASE, TELL_CASE, HOLD, SPEND]].concat() {
            let mut seen = 0;
            for name in sql.split('$').skip(1) {
                let digits = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
                let number: usize = name[..digits].parse().unwrap();
                assert!(number <= seen + 1, "{sql}");
                seen = seen.max(number);
            }
        }
    }
}
