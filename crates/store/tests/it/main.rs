//! One behaviour suite, run on SQLite always and on PostgreSQL when `GOUVERNAIL_TEST_POSTGRES` is its address.

mod behaviour;
mod sqlite_only;
mod world;

use world::World;

/// Each behaviour becomes one test an engine.
macro_rules! suite {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                let world = super::World::sqlite().await;
                super::behaviour::$name(&world).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                let Some(world) = super::World::postgres(stringify!($name)).await else { return };
                super::behaviour::$name(&world).await;
                world.drop_schema().await;
            })*
        }
    };
}

suite![
    every_statement_prepares,
    connecting_twice_migrates_once,
    newer_schema_is_refused,
    register_appends_in_order,
    register_refuses_a_stale_writer,
    racing_appends_have_one_winner,
    people_and_sessions,
    api_keys,
    case_life,
    case_event_refuses_a_stale_writer,
    erasure_keeps_commitments_only,
    journal_writes_and_recovers,
    journal_answers_each_of_a_batch,
    journal_groups_many_callers,
    bad_commitment_is_refused,
    log_is_sequenced,
];
