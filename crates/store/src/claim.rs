//! The right to write the log of a database: one program has it, for as long as it lives.
//!
//! The log grows in a folder of one machine, so a second program that placed entries would write a second history. On SQLite
//! the right is a lock on a file beside the database; on PostgreSQL it is an advisory lock, held by a connection of its own.
//! Either ends with the program, however it ends.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::Duration;

use sqlx::Connection;
use sqlx::postgres::{PgConnection, PgPool};
use tokio::sync::Mutex;

use crate::db::{Db, within};
use crate::{Result, Store, StoreError};

/// The first number only has to be ours; the second tells apart the databases that share a server's numbers.
const TAKE: &str = "select pg_try_advisory_lock(7165219, hashtext(current_database() || '.' || current_schema()))";
/// A program that was killed a moment ago may not have been noticed by the database yet.
const ATTEMPTS: u32 = 30;
const RETRY: Duration = Duration::from_millis(100);

/// The right, until dropped.
#[derive(Debug)]
pub(crate) enum Claim {
    /// The lock is the file's.
    Sqlite { _lock: File },
    /// The lock is the connection's.
    Postgres { pool: PgPool, connection: Mutex<Option<PgConnection>>, patience: Duration },
}

impl Store {
    /// Takes the right to write the log.
    ///
    /// # Errors
    /// [`StoreError::LogTaken`] when another program has it.
    pub(crate) async fn claim_log(&self) -> Result<Claim> {
        let mut attempt = 1;
        loop {
            match self.try_claim_log().await {
                Err(StoreError::LogTaken) if attempt < ATTEMPTS => attempt += 1,
                other => return other,
            }
            tokio::time::sleep(RETRY).await;
        }
    }

    async fn try_claim_log(&self) -> Result<Claim> {
        match &self.db {
            Db::Sqlite { writer, .. } => {
                let mut path = writer.connect_options().get_filename().to_path_buf().into_os_string();
                path.push(".log-lock");
                lock(PathBuf::from(path))
            }
            Db::Postgres(pool) => {
                let patience = self.patience;
                let connection = Mutex::new(Some(within(patience, take(pool)).await?));
                Ok(Claim::Postgres { pool: pool.clone(), connection, patience })
            }
        }
    }
}

fn lock(path: PathBuf) -> Result<Claim> {
    let failed = |source| StoreError::LogLock { path: path.clone(), source };
    let file = File::create(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Claim::Sqlite { _lock: file }),
        Err(TryLockError::WouldBlock) => Err(StoreError::LogTaken),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// A connection that has the lock. It leaves the pool, which would lend it to others.
async fn take(pool: &PgPool) -> Result<PgConnection> {
    let mut connection = pool.acquire().await?.detach();
    let (taken,): (bool,) = sqlx::query_as(TAKE).fetch_one(&mut connection).await?;
    if taken { Ok(connection) } else { Err(StoreError::LogTaken) }
}

impl Claim {
    /// Makes sure that the right is still ours: a connection that broke gave it back, and it is then taken again.
    ///
    /// # Errors
    /// [`StoreError::LogTaken`] when another program took it meanwhile.
    pub(crate) async fn hold(&self) -> Result<()> {
        let Self::Postgres { pool, connection, patience } = self else { return Ok(()) };
        let mut held = connection.lock().await;
        // Taken out while it is asked: if this is given up half-way, the connection is not trusted any more.
        if let Some(mut known) = held.take()
            && within(*patience, async { Ok(known.ping().await?) }).await.is_ok()
        {
            *held = Some(known);
            return Ok(());
        }
        *held = Some(within(*patience, take(pool)).await?);
        Ok(())
    }
}
