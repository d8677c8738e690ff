//! Connecting, and the two macros through which every repository speaks to either engine.

use std::path::Path;
use std::pin::Pin;
use std::str::FromStr;
use std::time::Duration;

use sqlx::Connection;
use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::{Result, StoreError, migrate};

/// Longest wait for a connection or for SQLite's write lock, before the operation fails.
const PATIENCE: Duration = Duration::from_secs(5);
const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

/// A migrated database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) db: Db,
}

/// SQLite takes one writer at a time, so it gets one writing connection and others that only read.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

/// Runs `$body` with `$db` bound to a pool that reads, once per engine.
macro_rules! reading {
    ($store:expr, |$db:ident| $body:expr) => {
        match &$store.db {
            $crate::db::Db::Sqlite { readers: $db, .. } => $body,
            $crate::db::Db::Postgres($db) => $body,
        }
    };
}

/// Runs `$body` in a transaction `$tx`, once per engine; `?` inside rolls back. SQLite's is IMMEDIATE, since a deferred one
/// that reads then writes fails under load.
macro_rules! writing {
    ($store:expr, |$tx:ident| $body:expr) => {
        match &$store.db {
            $crate::db::Db::Sqlite { writer, .. } => {
                let mut $tx = writer.begin_with("BEGIN IMMEDIATE").await?;
                let done = $body;
                $tx.commit().await?;
                done
            }
            $crate::db::Db::Postgres(pool) => {
                let mut $tx = pool.begin().await?;
                let done = $body;
                $tx.commit().await?;
                done
            }
        }
    };
}

/// Names SQL texts and gathers them in `ALL`, which a test prepares on both engines.
macro_rules! statements {
    ($($name:ident = $sql:expr;)*) => {
        $(pub(crate) const $name: &str = $sql;)*
        pub(crate) const ALL: &[&str] = &[$($name),*];
    };
}

impl Store {
    /// Opens `sqlite:PATH` (created if missing, its folder must exist) or `postgres://…`, and migrates it.
    ///
    /// # Errors
    /// [`StoreError::BadUrl`], [`StoreError::MissingDirectory`], [`StoreError::Corrupt`], [`StoreError::NewerSchema`],
    /// [`StoreError::NotDurable`], or [`StoreError::Unavailable`].
    pub async fn connect(url: &str) -> Result<Self> {
        let db = if let Some(path) = url.strip_prefix("sqlite:") {
            open_sqlite(path.strip_prefix("//").unwrap_or(path)).await?
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            open_postgres(url).await?
        } else {
            return Err(StoreError::BadUrl { reason: "it starts with neither".to_owned() });
        };
        Ok(Self { db })
    }

    /// Closes every connection once the operations under way have ended.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_sqlite(path: &str) -> Result<Db> {
    if path.is_empty() || path.contains(":memory:") {
        return Err(StoreError::BadUrl { reason: "SQLite needs a file, memory is not durable".to_owned() });
    }
    let file = Path::new(path);
    if let Some(folder) = file.parent().filter(|f| !f.as_os_str().is_empty() && !f.is_dir()) {
        return Err(StoreError::MissingDirectory(folder.to_owned()));
    }
    let options = SqliteConnectOptions::new().filename(file).foreign_keys(true).busy_timeout(PATIENCE);
    let writes = options.clone().create_if_missing(true).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE).before_acquire(unspoilt);
    let writer = writer.connect_with(writes).await?;
    migrate::sqlite(&writer).await?;
    let readers =
        SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(PATIENCE).connect_with(options.read_only(true)).await?;
    Ok(Db::Sqlite { writer, readers })
}

/// Whether the one writing connection can be used again. When SQLite itself rolls a transaction back (a full disk), sqlx goes
/// on counting it as open, and every later write would fail: another connection is opened then.
fn unspoilt(
    connection: &mut SqliteConnection,
    _: PoolConnectionMetadata,
) -> Pin<Box<dyn Future<Output = sqlx::Result<bool>> + Send + '_>> {
    Box::pin(async { Ok(!connection.is_in_transaction()) })
}

async fn open_postgres(url: &str) -> Result<Db> {
    let options = PgConnectOptions::from_str(url).map_err(|e| StoreError::BadUrl { reason: e.to_string() })?;
    let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(PATIENCE).connect_with(options).await?;
    let (commit,): (String,) = sqlx::query_as("select current_setting('synchronous_commit')").fetch_one(&pool).await?;
    if commit == "off" {
        return Err(StoreError::NotDurable);
    }
    migrate::postgres(&pool).await?;
    Ok(Db::Postgres(pool))
}
