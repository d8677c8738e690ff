//! One behaviour suite, run on SQLite always and on PostgreSQL when `GOUVERNAIL_TEST_POSTGRES` is its address.

mod behaviour;
mod consulted;
mod killed;
mod proxy;
mod quotas;
mod running;
mod silent;
mod sqlite_only;
mod world;

use world::World;

/// Each behaviour becomes one test an engine.
macro_rules! suite {
    ($($module:ident::$name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                let world = super::World::sqlite().await;
                super::$module::$name(&world).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                let Some(world) = super::World::postgres(stringify!($name)).await else { return };
                super::$module::$name(&world).await;
                world.drop_schema().await;
            })*
        }
    };
}

suite![
    behaviour::every_statement_prepares,
    behaviour::connecting_twice_migrates_once,
    behaviour::an_older_database_keeps_its_cases_and_their_systems,
    behaviour::newer_schema_is_refused,
    behaviour::register_appends_in_order,
    behaviour::register_refuses_a_stale_writer,
    behaviour::racing_appends_have_one_winner,
    behaviour::people_and_sessions,
    behaviour::api_keys,
    behaviour::study_drafts_are_all_kept,
    behaviour::racing_study_drafts_have_one_winner,
    behaviour::case_life,
    behaviour::a_use_after_the_decision_is_to_be_told,
    behaviour::a_case_knows_who_declared_it,
    behaviour::racing_declarations_open_one_case,
    behaviour::a_case_is_not_told_before_it_is_opened,
    behaviour::case_event_refuses_a_stale_writer,
    behaviour::erasure_keeps_commitments_only,
    behaviour::erasure_never_races_a_call,
    behaviour::an_outcome_without_its_case_keeps_nothing,
    behaviour::what_its_record_says_of_a_call_is_not_kept_twice,
    behaviour::the_same_act_twice_is_once,
    behaviour::journal_writes_and_recovers,
    behaviour::journal_answers_each_of_a_batch,
    behaviour::journal_groups_many_callers,
    behaviour::bad_commitment_is_refused,
    behaviour::log_is_sequenced,
    consulted::a_contribution_is_read_answered_and_counted,
    consulted::no_contribution_slips_in_beside_a_closing,
    consulted::each_report_waits_for_one_answer,
    consulted::what_the_public_leaves_is_kept_for_a_time,
    consulted::an_unanswered_consultation_keeps_no_address_for_ever,
    quotas::a_call_reserves_then_settles,
    quotas::what_is_given_twice_is_taken_once,
    quotas::what_is_not_kept_takes_nothing,
    quotas::old_periods_are_forgotten,
    quotas::nodes_together_never_grant_more_than_there_is,
    running::live_follows_the_register,
    running::live_follows_keys_and_people,
    running::an_outcome_tells_its_case,
    running::whoever_watches_the_journal_is_told_of_every_write,
    running::what_is_owed_is_sequenced_tallied_and_proved,
    running::receipts_prefer_the_cosigned_checkpoint,
    running::an_interrupted_log_is_completed,
    running::a_log_that_could_not_be_written_is_completed_by_the_next_step,
    running::a_log_ahead_of_its_database_is_not_continued,
    running::a_second_history_is_never_signed,
    running::one_program_writes_the_log,
    running::a_tally_that_fails_keeps_nothing_out_of_the_log,
    running::a_long_tally_is_split,
    running::a_restored_register_is_not_believed,
    running::what_was_recorded_is_not_said_to_have_failed,
    running::a_commitment_is_to_its_record,
];
