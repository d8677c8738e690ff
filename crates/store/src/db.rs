//! Connecting, and the two macros through which every repository speaks to either engine.

use std::path::Path;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection;
use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::journal::SqliteJournal;
use crate::{Result, StoreError, migrate};

/// Longest wait for the database in one operation when nothing else is said: to read, to write, to confirm what was written.
/// A database that hangs then counts as one that refuses.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// Longest wait for a connection or for SQLite's write lock, before the operation fails.
const QUEUE: Duration = Duration::from_secs(5);
const READERS: u32 = 4;
/// Pages of SQLite's write-ahead log between two copies into the database, 16 MiB: a page that every call changes is then copied
/// once for thousands of them.
pub(crate) const CHECKPOINT_PAGES: &str = "4096";
/// What each connection to SQLite remembers of the file, KiB (with a minus sign, for SQLite): there are several, and the system
/// remembers it too.
pub(crate) const CACHE_KIB: &str = "-1024";
const POSTGRES_CONNECTIONS: u32 = 16;

/// A migrated database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) db: Db,
    pub(crate) patience: Duration,
}

/// SQLite takes one writer at a time, so one connection writes at a time, and others only read.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        /// The journal has a connection of its own, and whoever writes through either holds this: nobody then meets SQLite's
        /// lock, which is not waited for but tried again and again.
        journal: Arc<Mutex<SqliteJournal>>,
    },
    Postgres(PgPool),
}

/// Runs `$body` with `$db` bound to a pool that reads, once per engine, no longer than the store's patience.
macro_rules! reading {
    ($store:expr, |$db:ident| $body:expr) => {
        match &$store.db {
            $crate::db::Db::Sqlite { readers: $db, .. } => $crate::db::within($store.patience, async { Ok($body?) }).await,
            $crate::db::Db::Postgres($db) => $crate::db::within($store.patience, async { Ok($body?) }).await,
        }
    };
}

/// Runs `$body` in a transaction `$tx`, once per engine; `?` and `return` inside roll back. SQLite's is IMMEDIATE, since a
/// deferred one that reads then writes fails under load.
macro_rules! writing {
    ($store:expr, |$tx:ident| $body:expr) => {
        match &$store.db {
            $crate::db::Db::Sqlite { writer, journal, .. } => {
                let _turn = $crate::db::within($store.patience, async { Ok(journal.lock().await) }).await?;
                writing!($store.patience, writer.begin_with("BEGIN IMMEDIATE"), $tx, $body)
            }
            $crate::db::Db::Postgres(pool) => writing!($store.patience, pool.begin(), $tx, $body),
        }
    };
    ($patience:expr, $begin:expr, $tx:ident, $body:expr) => {{
        let mut $tx = $crate::db::within($patience, async { Ok($begin.await?) }).await?;
        // What is dropped here, late or refused, is rolled back: it is certain that nothing was written.
        let done = $crate::db::within($patience, async { Ok($body) }).await?;
        $crate::db::confirmed($patience, $tx.commit()).await?;
        done
    }};
}

/// What `work` gives, if it ends in time.
pub(crate) async fn within<T>(patience: Duration, work: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(patience, work).await.unwrap_or(Err(StoreError::TimedOut(patience)))
}

/// Commits. When no answer comes, or the connection is lost, nobody knows whether it was done.
pub(crate) async fn confirmed(patience: Duration, commit: impl Future<Output = sqlx::Result<()>>) -> Result<()> {
    match timeout(patience, commit).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error @ sqlx::Error::Database(_))) => Err(error.into()),
        Ok(Err(error)) => Err(StoreError::Unconfirmed(error.to_string())),
        Err(_) => Err(StoreError::Unconfirmed(format!("it did not answer within {} s", patience.as_secs_f32()))),
    }
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
        Self::connect_within(url, PATIENCE).await
    }

    /// The same, with another patience than [`PATIENCE`].
    ///
    /// # Errors
    /// As [`Store::connect`].
    pub async fn connect_within(url: &str, patience: Duration) -> Result<Self> {
        let db = if let Some(path) = url.strip_prefix("sqlite:") {
            open_sqlite(path.strip_prefix("//").unwrap_or(path), patience).await?
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            open_postgres(url).await?
        } else {
            return Err(StoreError::BadUrl { reason: "it starts with neither".to_owned() });
        };
        Ok(Self { db, patience })
    }

    /// How long one operation may take.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// Closes every connection once the operations under way have ended.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite { writer, readers, journal } => {
                readers.close().await;
                writer.close().await;
                journal.lock().await.close();
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_sqlite(path: &str, patience: Duration) -> Result<Db> {
    if path.is_empty() || path.contains(":memory:") {
        return Err(StoreError::BadUrl { reason: "SQLite needs a file, memory is not durable".to_owned() });
    }
    let file = Path::new(path);
    if let Some(folder) = file.parent().filter(|f| !f.as_os_str().is_empty() && !f.is_dir()) {
        return Err(StoreError::MissingDirectory(folder.to_owned()));
    }
    let options = SqliteConnectOptions::new().filename(file).foreign_keys(true).busy_timeout(QUEUE).pragma("cache_size", CACHE_KIB);
    let writes = options.clone().create_if_missing(true).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let writes = writes.pragma("wal_autocheckpoint", CHECKPOINT_PAGES);
    let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(QUEUE).before_acquire(unspoilt);
    let writer = writer.connect_with(writes).await?;
    migrate::sqlite(&writer).await?;
    let readers =
        SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(QUEUE).connect_with(options.read_only(true)).await?;
    let journal = Arc::new(Mutex::new(SqliteJournal::open(file, QUEUE.min(patience))?));
    Ok(Db::Sqlite { writer, readers, journal })
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
    let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(QUEUE).connect_with(options).await?;
    let (commit,): (String,) = sqlx::query_as("select current_setting('synchronous_commit')").fetch_one(&pool).await?;
    if commit == "off" {
        return Err(StoreError::NotDurable);
    }
    migrate::postgres(&pool).await?;
    Ok(Db::Postgres(pool))
}
