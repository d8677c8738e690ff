//! Embedded migrations, forward only. A database from a later release is refused, never guessed at.

use sqlx::{PgPool, SqlitePool};

use crate::{Result, StoreError};

const SQLITE: &[&str] = &[
    include_str!("../migrations/sqlite/0001_initial.sql"),
    include_str!("../migrations/sqlite/0002_ownership.sql"),
    include_str!("../migrations/sqlite/0003_study_draft.sql"),
    include_str!("../migrations/sqlite/0004_public.sql"),
    include_str!("../migrations/sqlite/0005_personal_key.sql"),
    include_str!("../migrations/sqlite/0006_quota.sql"),
    include_str!("../migrations/sqlite/0007_key_scope.sql"),
    include_str!("../migrations/sqlite/0008_log_place.sql"),
];
const POSTGRES: &[&str] = &[
    include_str!("../migrations/postgres/0001_initial.sql"),
    include_str!("../migrations/postgres/0002_ownership.sql"),
    include_str!("../migrations/postgres/0003_study_draft.sql"),
    include_str!("../migrations/postgres/0004_public.sql"),
    include_str!("../migrations/postgres/0005_personal_key.sql"),
    include_str!("../migrations/postgres/0006_quota.sql"),
    include_str!("../migrations/postgres/0007_key_scope.sql"),
    include_str!("../migrations/postgres/0008_log_place.sql"),
];

const CREATE: &str = "create table if not exists schema_version (version bigint not null)";
const CREATE_SQLITE: &str = "create table if not exists schema_version (version integer not null) strict";
const VERSION: &str = "select coalesce(max(version), 0) from schema_version";
const RECORD: &str = "insert into schema_version (version) values ($1)";
/// Nodes that start together migrate one after the other; the number only has to be ours.
const LOCK: &str = "select pg_advisory_xact_lock(7165218)";

/// Applies what is pending, all or nothing.
macro_rules! apply {
    ($tx:ident, $migrations:expr) => {{
        let (found,): (i64,) = sqlx::query_as(VERSION).fetch_one(&mut *$tx).await?;
        for (version, sql) in pending(found, $migrations)? {
            sqlx::raw_sql(sql).execute(&mut *$tx).await?;
            sqlx::query(RECORD).bind(version).execute(&mut *$tx).await?;
        }
        $tx.commit().await?;
        Ok(())
    }};
}

pub(crate) async fn sqlite(pool: &SqlitePool) -> Result<()> {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query(CREATE_SQLITE).execute(&mut *tx).await?;
    apply!(tx, SQLITE)
}

pub(crate) async fn postgres(pool: &PgPool) -> Result<()> {
    let mut tx = pool.begin().await?;
    sqlx::query(LOCK).execute(&mut *tx).await?;
    sqlx::query(CREATE).execute(&mut *tx).await?;
    apply!(tx, POSTGRES)
}

/// Migrations after version `found`, with their numbers (the first is 1).
fn pending(found: i64, all: &'static [&'static str]) -> Result<impl Iterator<Item = (i64, &'static str)>> {
    let known = i64::try_from(all.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    Ok((1..).zip(all.iter().copied()).filter(move |(version, _)| *version > found))
}
