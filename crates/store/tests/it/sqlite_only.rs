//! Faults of the file that only SQLite can have.

use gouvernail_store::{Journal, Store, StoreError};

use crate::world::{World, intent};

#[tokio::test]
async fn addresses_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    for url in ["mysql://x", "", "sqlite:", "sqlite::memory:"] {
        assert!(matches!(Store::connect(url).await, Err(StoreError::BadUrl { .. })), "{url}");
    }
    let missing = format!("sqlite:{}", folder.path().join("none/store.db").display());
    let error = Store::connect(&missing).await.unwrap_err();
    assert!(matches!(&error, StoreError::MissingDirectory(p) if p.ends_with("none")), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let text = "not a database ".repeat(100);
    std::fs::write(&file, &text).unwrap();
    let error = Store::connect(&format!("sqlite:{}", file.display())).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt(_)), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[tokio::test]
async fn the_journal_fails_closed_then_recovers() {
    let world = World::sqlite().await;
    let journal = Journal::start(world.store.clone());
    world.meddle("alter table intent rename to elsewhere").await;
    let error = journal.intent(intent("i1", None)).await.unwrap_err();
    assert!(matches!(error, StoreError::JournalUnavailable(_)), "{error}");
    world.meddle("alter table elsewhere rename to intent").await;
    journal.intent(intent("i1", None)).await.unwrap();
    assert!(world.store.find_call("i1").await.unwrap().is_some());
}
