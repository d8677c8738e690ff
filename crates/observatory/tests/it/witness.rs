//! The witness protocol, status by status, and what is durable when it answers.

use std::fs;
use std::sync::Arc;

use gouvernail_observatory::{Finding, Observatory, OpenError, Outcome, Refusal, StateError, What};
use gouvernail_tlog::checkpoint::{self, Checkpoint};
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::hash::empty_root;
use gouvernail_tlog::note::Signer;

use crate::common::{ID, Post, alter, body, client, config, fork_of, grow, log_of, publish, row, signer, submission, witness_vkey};

/// Status, content type and text of the answer to a submission.
async fn submit(url: &str, body: impl Into<reqwest::Body>) -> (u16, String, String) {
    let answer = client().post(format!("{url}/add-checkpoint")).body(body).send().await.unwrap();
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    (answer.status().as_u16(), kind, answer.text().await.unwrap())
}

async fn status(url: &str, body: impl Into<reqwest::Body>) -> u16 {
    submit(url, body).await.0
}

fn note(log: &DiskLog) -> String {
    log.read_checkpoint().unwrap().unwrap().to_string()
}

#[tokio::test]
async fn a_checkpoint_is_cosigned_and_the_next_must_continue_it() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 100);
    let post = Post::over(&log).await;
    let url = publish(post.the().clone()).await;
    let mut old = 0;
    for size in [100, 100, 300, 70_000] {
        grow(&log, old.max(100), size);
        let (status, _, line) = submit(&url, submission(&log, old)).await;
        assert_eq!(status, 200, "{line}");
        let opened = checkpoint::open(&(note(&log) + &line), &[signer().vkey().clone(), witness_vkey()]).unwrap();
        assert_eq!(opened.witnesses[0].time, Some(1_790_000_000));
        assert_eq!(post.cosigned().unwrap(), opened.checkpoint);
        old = size;
    }
    for stale in [0, 50, 300] {
        let conflict = (409, "text/x.tlog.size".to_owned(), "70000\n".to_owned());
        assert_eq!(submit(&url, submission(&log, stale)).await, conflict);
    }
    assert!(post.log().verified.is_none(), "cosigned is not read");
}

#[tokio::test]
async fn what_is_not_a_submission_is_400() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 5);
    let post = Post::over(&log).await;
    let url = publish(post.the().clone()).await;
    let good = submission(&log, 0);
    for bad in [
        String::new(),
        good.replace("old 0", "old 00"),
        good.replace("old 0", "old -1"),
        good.replace("old 0", "new 0"),
        good.replacen("\n\n", "\n", 1),
        good.replacen("\n\n", "\nnot base64\n\n", 1),
        good.replacen("\n\n", "\nAAAA\n\n", 1),
        good.replace('\n', "\r\n"),
        good.replace("\n5\n", "\n05\n"),
        body(0, &[[0; 32]; 64], &note(&log)),
        submission(&log, 6),
    ] {
        let (status, _, words) = submit(&url, bad.clone()).await;
        assert_eq!(status, 400, "{bad}");
        assert!(words.len() > 20, "{words}");
    }
    assert_eq!(status(&url, vec![0xff; 40]).await, 400);
    assert_eq!(status(&url, "x".repeat(70_000)).await, 413);
    assert_eq!(status(&url, good).await, 200);
}

#[tokio::test]
async fn who_signed_is_403_and_who_is_unknown_404() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 5);
    let post = Post::over(&log).await;
    let url = publish(post.the().clone()).await;
    let thief = Signer::from_seed("commune.example/log", &[7; 32]).unwrap();
    let stolen = Checkpoint::sign(5, [0; 32], &thief).unwrap().to_string();
    let good = note(&log);
    let altered = good.replace("\n5\n", "\n6\n");
    for bad in
        [stolen.clone(), altered, good.lines().take(4).map(|line| line.to_owned() + "\n").collect::<String>() + "— x AAAAAAAA\n"]
    {
        assert_eq!(status(&url, body(0, &[], &bad)).await, 403, "{bad}");
    }
    let other = Signer::from_seed("other.example", &[1; 32]).unwrap();
    let unknown = Checkpoint::sign(5, [0; 32], &other).unwrap().to_string();
    assert_eq!(status(&url, body(0, &[], &unknown)).await, 404);
    // A signature that means nothing to us changes nothing, and is not kept.
    let greased = good.replace("\n\n", &format!("\n\n{}\n", stolen.lines().last().unwrap()));
    assert_eq!(status(&url, body(0, &[], &greased)).await, 200);
    assert_eq!(post.cosigned().unwrap().size, 5);
    assert_eq!(post.the().cosigned(ID).unwrap().matches('—').count(), 2);
}

#[tokio::test]
async fn proofs_that_prove_nothing_are_422() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 100);
    let post = Post::over(&log).await;
    let url = publish(post.the().clone()).await;
    assert_eq!(status(&url, body(0, &[[0; 32]], &note(&log))).await, 422, "a proof from nothing");
    assert_eq!(status(&url, submission(&log, 0)).await, 200);
    assert_eq!(status(&url, body(100, &[[0; 32]], &note(&log))).await, 422, "a proof from itself");
    let fork = fork_of(&dir.path().join("fork"), 99, 300);
    assert_eq!(status(&url, submission(&fork, 100)).await, 422);
    grow(&log, 100, 300);
    let mut proof = log.consistency_proof(100, 300).unwrap();
    proof.pop();
    assert_eq!(status(&url, body(100, &proof, &note(&log))).await, 422, "a proof cut short");
    // None of this proves anything against the log: whoever sent it may have made it up.
    assert!(!post.evidence().exists());
    assert_eq!(status(&url, submission(&log, 100)).await, 200);
}

#[tokio::test]
async fn an_empty_tree_has_one_root() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 5);
    let post = Post::over(&log).await;
    let url = publish(post.the().clone()).await;
    let empty = |root| body(0, &[], &Checkpoint::sign(0, root, &signer()).unwrap().to_string());
    assert_eq!(status(&url, empty([1; 32])).await, 422);
    assert_eq!(status(&url, empty(empty_root())).await, 200);
    assert_eq!(status(&url, submission(&log, 0)).await, 200);
}

#[tokio::test]
async fn two_signed_trees_of_one_size_are_evidence() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 300);
    let post = Post::over(&log).await;
    post.round().await;
    let fork = fork_of(&dir.path().join("fork"), 250, 300);
    let url = publish(post.the().clone()).await;
    assert_eq!(status(&url, submission(&fork, 300)).await, 422);
    assert_eq!(fs::read_to_string(post.evidence().join("found")).unwrap(), note(&fork));
    assert_eq!(status(&url, submission(&log, 300)).await, 403, "neither of the two is trusted now");
    grow(&log, 300, 301);
    let seen = post.round().await;
    let check = row(&seen, What::History).unwrap();
    assert_eq!((check.outcome, check.finding.as_ref()), (Outcome::Broken, Some(&Finding::Forked { size: 300 })));
    assert_eq!(post.cosigned().unwrap().size, 300);
    fs::remove_dir_all(post.evidence()).unwrap();
    assert_eq!(post.round().await.cosigned.unwrap().size, 301);
}

#[tokio::test]
async fn a_tree_that_was_cosigned_and_never_published_is_held_against_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 100);
    let post = Post::over(&log).await;
    post.round().await;
    let hidden = fork_of(&dir.path().join("hidden"), 100, 200);
    post.the().add_checkpoint(submission(&hidden, 100).as_bytes()).unwrap();
    grow(&log, 100, 150);
    assert_eq!(post.round().await.outcome, Some(Outcome::Held), "too short to say");
    grow(&log, 150, 250);
    let seen = post.round().await;
    assert_eq!(row(&seen, What::History).unwrap().finding, Some(Finding::Forked { size: 200 }));
    assert_eq!(fs::read_to_string(post.evidence().join("cosigned")).unwrap(), post.the().cosigned(ID).unwrap());
}

#[tokio::test]
async fn of_many_submissions_at_once_one_tree_wins() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 100);
    let post = Post::over(&log).await;
    post.the().add_checkpoint(submission(&log, 0).as_bytes()).unwrap();
    let forks: Vec<_> = (100..108).map(|size| fork_of(&dir.path().join(size.to_string()), 100, size + 1)).collect();
    let bodies: Vec<_> = forks.iter().map(|fork| submission(fork, 100)).collect();
    let won: usize = std::thread::scope(|scope| {
        let threads: Vec<_> =
            bodies.iter().map(|body| scope.spawn(|| post.the().add_checkpoint(body.as_bytes()).is_ok())).collect();
        threads.into_iter().map(|thread| usize::from(thread.join().unwrap())).sum()
    });
    assert_eq!(won, 1);
}

#[tokio::test]
async fn nothing_is_signed_that_cannot_be_kept() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 5);
    let post = Post::over(&log).await;
    let url = publish(post.the().clone()).await;
    let in_the_way = post.state().join(".checkpoint");
    fs::create_dir(&in_the_way).unwrap();
    let (status_, _, words) = submit(&url, submission(&log, 0)).await;
    assert_eq!(status_, 500);
    assert!(!words.contains('—') && !words.contains(post.folder.path().to_str().unwrap()), "{words}");
    post.round().await;
    assert!(post.cosigned().is_none() && post.log().verified.is_none());
    let refusal = post.the().add_checkpoint(submission(&log, 0).as_bytes()).unwrap_err();
    assert!(matches!(&refusal, Refusal::State(StateError::Io { path, .. }) if *path == in_the_way), "{refusal}");
    fs::remove_dir(in_the_way).unwrap();
    assert_eq!(status(&url, submission(&log, 0)).await, 200);
}

#[tokio::test]
async fn a_state_that_cannot_be_relied_upon_stops_the_start() {
    let dir = tempfile::tempdir().unwrap();
    let mut post = Post::over(&log_of(&dir.path().join("log"), 5)).await;
    post.round().await;
    let open =
        || Observatory::open(config(post.folder.path(), &post.site.url), &client(), Arc::new(|| jiff::Timestamp::UNIX_EPOCH));
    assert!(matches!(open(), Err(OpenError::State(StateError::InUse(_)))));
    post.observatory = None;
    for (name, at) in [("checkpoint", 30), ("followed.json", 0), ("followed.json", 40)] {
        let good = alter(&post.state().join(name), at);
        let Err(OpenError::State(error @ StateError::Damaged { .. })) = open() else { panic!("{name}") };
        assert!(error.to_string().contains(name) && error.to_string().contains("put back"), "{error}");
        fs::write(post.state().join(name), good).unwrap();
    }
    let kept = fs::read(post.state().join("checkpoint")).unwrap();
    fs::remove_file(post.state().join("checkpoint")).unwrap();
    assert!(matches!(open(), Err(OpenError::State(StateError::RolledBack { verified: 5, cosigned: 0, .. }))));
    fs::write(post.state().join("checkpoint"), kept).unwrap();

    // A clock that was never set dates nothing.
    let unset = open().unwrap();
    assert!(matches!(unset.add_checkpoint(b""), Err(Refusal::Malformed(_))));
    let log = log_of(&dir.path().join("log again"), 5);
    assert!(matches!(unset.add_checkpoint(submission(&log, 5).as_bytes()), Err(Refusal::State(StateError::Clock(_)))));
    fs::create_dir(post.state().join("evidence")).unwrap();
    assert!(unset.overview().unwrap_err().to_string().contains("finding.json"));
    assert!(unset.add_checkpoint(submission(&log, 5).as_bytes()).is_err());
}
