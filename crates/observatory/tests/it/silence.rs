//! A silence is shown as a silence: never as health, never as an accusation.

use std::fs;

use axum::http::StatusCode;
use gouvernail_observatory::{Finding, LogOverview, Outcome, What};
use jiff::Timestamp;

use crate::common::{DAY, MINUTE, Post, grow, log_of, open_log, row, submission};

fn news(log: &LogOverview) -> &Finding {
    let check = row(log, What::News).unwrap();
    assert_eq!((check.outcome, log.outcome), (Outcome::Silent, Some(Outcome::Silent)));
    check.finding.as_ref().unwrap()
}

#[tokio::test]
async fn a_log_that_does_not_answer() {
    let dir = tempfile::tempdir().unwrap();
    let mut post = Post::over(&log_of(&dir.path().join("log"), 300)).await;
    post.site.now().status = Some(StatusCode::SERVICE_UNAVAILABLE);
    let first = post.round().await;
    assert!(
        matches!(news(&first), Finding::NoAnswer { path, since: None, reason } if path == "checkpoint" && reason.contains("503"))
    );
    assert!(first.verified.is_none() && first.cosigned.is_none());

    post.site.now().status = None;
    let heard = post.round().await;
    post.restart();
    post.site.now().status = Some(StatusCode::BAD_GATEWAY);
    let silent = post.round().await;
    assert!(matches!(news(&silent), Finding::NoAnswer { since, .. } if *since == Some(heard.verified.unwrap().at)));
    // What was verified and cosigned stays what it was; it is only older.
    assert_eq!((silent.verified, silent.cosigned), (heard.verified, heard.cosigned));
    assert_eq!(row(&silent, What::History).unwrap().outcome, Outcome::Held);

    post.site.now().status = None;
    assert_eq!(post.round().await.outcome, Some(Outcome::Held));
}

#[tokio::test]
async fn an_answer_that_says_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let post = Post::over(&log_of(&dir.path().join("log"), 300)).await;
    post.site.now().header = Some(("content-encoding", "gzip"));
    assert!(matches!(news(&post.round().await), Finding::NoAnswer { reason, .. } if reason.contains("gzip")));
    post.site.now().header = None;
    post.site.now().status = Some(StatusCode::MOVED_PERMANENTLY);
    assert!(matches!(news(&post.round().await), Finding::NoAnswer { reason, .. } if reason.contains("301")));
    post.site.now().status = None;
    post.site.now().once.insert("tile/entries/000".to_owned(), vec![0; 17 << 20]);
    assert!(matches!(news(&post.round().await), Finding::NoAnswer { path, .. } if path == "tile/entries/000"));
    assert!(!post.evidence().exists());
}

#[tokio::test]
async fn a_log_without_a_checkpoint_or_without_one_of_its_files() {
    let dir = tempfile::tempdir().unwrap();
    let log = open_log(&dir.path().join("log"));
    let post = Post::over(&log).await;
    assert_eq!(news(&post.round().await), &Finding::Missing { path: "checkpoint".to_owned(), since: None });
    grow(&log, 0, 300);
    let before = post.round().await.verified.unwrap();
    grow(&log, 300, 600);
    for file in ["tile/entries/001", "tile/0/001", "tile/1/000.p/2"] {
        let (path, aside) = (log.dir().join(file), dir.path().join("aside"));
        fs::rename(&path, &aside).unwrap();
        let seen = post.round().await;
        assert_eq!(news(&seen), &Finding::Missing { path: file.to_owned(), since: Some(before.at) });
        assert_eq!((seen.verified, seen.cosigned.unwrap().size), (Some(before), 300));
        fs::rename(&aside, &path).unwrap();
    }
    assert_eq!(post.round().await.verified.unwrap().size, 600);
}

#[tokio::test]
async fn a_checkpoint_that_is_not_renewed() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 3);
    let mut post = Post::over(&log).await;
    let since = post.round().await.verified.unwrap().at;
    post.later(DAY - MINUTE);
    assert_eq!(post.round().await.outcome, Some(Outcome::Held));
    post.restart();
    let silent = post.round().await;
    assert_eq!(news(&silent), &Finding::NotRenewed { since });
    // It is still there and unchanged, which the cosignature goes on saying.
    assert_eq!(silent.cosigned.unwrap().at, Some(silent.verified.unwrap().at));
    grow(&log, 3, 4);
    assert_eq!(post.round().await.outcome, Some(Outcome::Held));
}

#[tokio::test]
async fn a_log_that_shows_less_than_it_had_cosigned() {
    let dir = tempfile::tempdir().unwrap();
    let (log, ahead) = (log_of(&dir.path().join("log"), 3), log_of(&dir.path().join("ahead"), 300));
    let mut post = Post::over(&log).await;
    post.round().await;
    post.the().add_checkpoint(submission(&ahead, 3).as_bytes()).unwrap();
    let seen = post.round().await;
    let since = seen.verified.unwrap().at;
    assert_eq!((seen.verified.unwrap().size, seen.cosigned.unwrap().size, seen.outcome), (3, 300, Some(Outcome::Held)));
    // It goes on growing meanwhile, and is not taken at its word.
    for (from, to) in [(3, 4), (4, 5)] {
        post.later(DAY / 2);
        grow(&log, from, to);
        post.round().await;
        post.restart();
    }
    assert_eq!(news(&post.round().await), &Finding::Withheld { published: 5, cosigned: 300, since });
    post.site.now().dir = ahead.dir().to_owned();
    let seen = post.round().await;
    assert_eq!((seen.verified.unwrap().size, seen.cosigned.unwrap().size, seen.outcome), (300, 300, Some(Outcome::Held)));
    assert!(Timestamp::MIN < since);
}
