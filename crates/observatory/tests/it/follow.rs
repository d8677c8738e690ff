//! Following a log as it grows, and when it is not what it was.

use std::fs;
use std::sync::Arc;

use gouvernail_observatory::{Finding, FollowedLog, LogOverview, Observatory, Outcome, What};
use gouvernail_tlog::checkpoint::Checkpoint;
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::hash;
use gouvernail_tlog::note::Signer;
use jiff::Timestamp;
use tokio::time::{Duration, timeout};

use crate::common::{DAY, Post, alter, client, config, fork_of, grow, log_of, open_log, row, signer};

fn history(log: &LogOverview) -> Option<&Finding> {
    row(log, What::History).unwrap().finding.as_ref()
}

fn sizes(log: &LogOverview) -> (u64, u64) {
    (log.verified.unwrap().size, log.cosigned.unwrap().size)
}

/// Publishes `bad` in place of the log, and expects it to be condemned and left alone from then on.
async fn condemned(post: &mut Post, bad: &DiskLog, expected: &Finding) {
    let before = post.cosigned().unwrap();
    post.site.now().dir = bad.dir().to_owned();
    assert_eq!(history(&post.round().await), Some(expected));
    assert_eq!(post.log().outcome, Some(Outcome::Broken));
    assert_eq!(post.cosigned().unwrap(), before);
    for name in ["finding.json", "cosigned", "verified", "found"] {
        assert!(post.evidence().join(name).exists(), "{name}");
    }
    assert_eq!(fs::read(post.evidence().join("found")).unwrap(), fs::read(bad.dir().join("checkpoint")).unwrap());

    post.site.asked();
    post.restart();
    assert_eq!(history(&post.round().await), Some(expected));
    assert!(post.site.asked().is_empty(), "a condemned log is left alone");
}

#[tokio::test]
async fn a_log_is_followed_cosigned_and_only_its_growth_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let log = open_log(&dir.path().join("log"));
    grow(&log, 0, 0);
    let mut post = Post::over(&log).await;
    assert!(post.log().checks.is_empty() && post.log().outcome.is_none());
    let mut from = 0;
    for size in [0, 1, 255, 256, 257, 600, 70_000, 70_001] {
        grow(&log, from, size);
        let seen = post.round().await;
        assert_eq!((sizes(&seen), seen.outcome), ((size, size), Some(Outcome::Held)), "{:?}", seen.checks);
        let commitments = size - size / 3;
        assert_eq!((seen.counts.commitments, seen.counts.statements.values().sum()), (commitments, size / 3));
        assert_eq!(post.cosigned().unwrap().to_string(), log.read_checkpoint().unwrap().unwrap().text);
        from = size;
        if size == 257 {
            post.restart();
        }
    }
    let asked = |path: &str| post.site.now().asked.iter().filter(|asked| *asked == path).count();
    // Once when it was new, and once more in full after the restart.
    assert_eq!((asked("tile/entries/000"), asked("tile/entries/000.p/255"), asked("tile/entries/123")), (2, 1, 1));
    post.site.asked();
    let again = post.round().await;
    assert_eq!(post.site.asked(), ["checkpoint"]);
    assert!(again.cosigned.unwrap().at.unwrap() > again.verified.unwrap().read_in_full);
}

#[tokio::test]
async fn partial_tiles_that_gave_way_to_full_ones_are_not_missed() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 100);
    let post = Post::over(&log).await;
    post.round().await;
    grow(&log, 100, 300);
    fs::remove_dir_all(log.dir().join("tile/0/000.p")).unwrap();
    fs::remove_dir_all(log.dir().join("tile/entries/000.p")).unwrap();
    let seen = post.round().await;
    assert_eq!((sizes(&seen), seen.outcome), ((300, 300), Some(Outcome::Held)));
}

#[tokio::test]
async fn an_altered_byte_of_what_is_new_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let cases = [("tile/entries/001.p/44", 4), ("tile/entries/000", 700), ("tile/0/001.p/44", 40), ("tile/0/000", 8000)];
    for (number, (file, at)) in cases.into_iter().enumerate() {
        let log = log_of(&dir.path().join(number.to_string()), 100);
        let post = Post::over(&log).await;
        post.round().await;
        grow(&log, 100, 300);
        let good = alter(&log.dir().join(file), at);
        let seen = post.round().await;
        assert_eq!((sizes(&seen), seen.outcome), ((100, 100), Some(Outcome::Broken)), "{file}");
        // An altered entry shows in the tile that it no longer hashes to, else in the file itself.
        let Some(Finding::Altered { path }) = history(&seen) else { panic!("{file}: {seen:?}") };
        assert_eq!(path, &file.replace("entries", "0"));

        fs::write(log.dir().join(file), good).unwrap();
        assert_eq!(post.round().await.outcome, Some(Outcome::Broken), "it stays until somebody has looked");
        fs::remove_dir_all(post.evidence()).unwrap();
        let seen = post.round().await;
        assert_eq!((sizes(&seen), seen.outcome), ((300, 300), Some(Outcome::Held)));
    }
}

#[tokio::test]
async fn an_entry_that_changes_as_its_bundle_widens_is_found() {
    let dir = tempfile::tempdir().unwrap();
    for with_its_tile in [false, true] {
        let log = log_of(&dir.path().join(with_its_tile.to_string()), 128);
        let post = Post::over(&log).await;
        post.round().await;
        grow(&log, 128, 130);
        alter(&log.dir().join("tile/entries/000.p/130"), 4);
        let expected = if with_its_tile {
            // The tile agrees with the changed entry, the right edge of what was read before is untouched, and the
            // consistency proof from 128, a power of two, needs none of it.
            let tile = log.dir().join("tile/0/000.p/130");
            let mut hashes = fs::read(&tile).unwrap();
            hashes[..32].copy_from_slice(&hash::leaf(&log.read_leaf(0, 130).unwrap()));
            fs::write(tile, hashes).unwrap();
            Finding::Rewritten { size: 128 }
        } else {
            Finding::Altered { path: "tile/0/000.p/130".to_owned() }
        };
        assert_eq!(history(&post.round().await), Some(&expected));
    }
}

#[tokio::test]
async fn damage_behind_the_growth_is_found_by_reading_in_full() {
    let dir = tempfile::tempdir().unwrap();
    let cases = [("tile/0/001", "tile/0/001"), ("tile/entries/001", "tile/0/001"), ("tile/1/000", "tile/1/000")];
    for (number, (file, found)) in cases.into_iter().enumerate() {
        let log = log_of(&dir.path().join(number.to_string()), 70_000);
        let post = Post::over(&log).await;
        post.round().await;
        alter(&log.dir().join(file), 33);
        grow(&log, 70_000, 70_010);
        assert_eq!(post.round().await.outcome, Some(Outcome::Held), "nothing new leads through {file}");
        post.later(DAY);
        let altered = Finding::Altered { path: found.to_owned() };
        assert_eq!(history(&post.round().await), Some(&altered));
    }
}

#[tokio::test]
async fn an_altered_checkpoint_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 10);
    let mut post = Post::over(&log).await;
    post.round().await;
    let bad = log_of(&dir.path().join("bad"), 10);
    let bytes = fs::read(bad.dir().join("checkpoint")).unwrap().len();
    alter(&bad.dir().join("checkpoint"), bytes - 10);
    let reason = format!("the signature of `{}` is wrong: the note was altered after it was signed", signer().vkey().name());
    condemned(&mut post, &bad, &Finding::Checkpoint { reason }).await;
}

#[tokio::test]
async fn a_log_that_signs_what_it_does_not_hold_is_never_cosigned() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 10);
    let lie = Checkpoint::sign(10, [7; 32], &signer()).unwrap();
    fs::write(log.dir().join("checkpoint"), lie.to_string()).unwrap();
    let post = Post::over(&log).await;
    assert_eq!(history(&post.round().await), Some(&Finding::Root { size: 10 }));
    assert!(post.cosigned().is_none());
}

#[tokio::test]
async fn a_log_that_shrinks_is_condemned() {
    let dir = tempfile::tempdir().unwrap();
    let mut post = Post::over(&log_of(&dir.path().join("log"), 300)).await;
    post.round().await;
    condemned(&mut post, &log_of(&dir.path().join("old"), 299), &Finding::Shrunk { from: 300, to: 299 }).await;
}

#[tokio::test]
async fn a_log_that_forks_is_condemned() {
    let dir = tempfile::tempdir().unwrap();
    let mut post = Post::over(&log_of(&dir.path().join("log"), 300)).await;
    post.round().await;
    condemned(&mut post, &fork_of(&dir.path().join("fork"), 299, 300), &Finding::Forked { size: 300 }).await;
}

#[tokio::test]
async fn a_log_that_rewrites_its_history_is_condemned() {
    let dir = tempfile::tempdir().unwrap();
    for fork in [0, 150, 299] {
        let mut post = Post::over(&log_of(&dir.path().join(format!("log {fork}")), 300)).await;
        post.round().await;
        let other = fork_of(&dir.path().join(fork.to_string()), fork, 700);
        condemned(&mut post, &other, &Finding::Rewritten { size: 300 }).await;
    }
}

#[tokio::test]
async fn evidence_once_removed_comes_back_if_the_log_is_still_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let mut post = Post::over(&log_of(&dir.path().join("log"), 300)).await;
    post.round().await;
    let (fork, expected) = (fork_of(&dir.path().join("fork"), 10, 400), Finding::Rewritten { size: 300 });
    condemned(&mut post, &fork, &expected).await;
    fs::remove_dir_all(post.evidence()).unwrap();
    condemned(&mut post, &fork, &expected).await;
}

#[tokio::test]
async fn one_accident_on_the_way_accuses_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 300);
    let post = Post::over(&log).await;
    post.site.now().once.insert("tile/0/000".to_owned(), vec![7; 8192]);
    assert_eq!(post.round().await.outcome, Some(Outcome::Held));
    post.site.now().once.insert("checkpoint".to_owned(), b"<html>Sign in to the network</html>".to_vec());
    assert_eq!(post.round().await.outcome, Some(Outcome::Held));
    assert!(post.site.now().once.is_empty() && !post.evidence().exists());
}

#[tokio::test]
async fn followed_without_being_asked_until_it_is_dropped() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 3);
    let post = Post::over(&log).await;
    let observatory = post.the().clone();
    let following = tokio::spawn(async move { observatory.follow().await });
    let reaches = async |size: u64| {
        while post.log().verified.is_none_or(|verified| verified.size < size) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(20), reaches(3)).await.unwrap();
    grow(&log, 3, 300);
    timeout(Duration::from_secs(20), reaches(300)).await.unwrap();
    following.abort();
    assert!(following.await.unwrap_err().is_cancelled());
    tokio::time::sleep(Duration::from_millis(100)).await;
    post.site.asked();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(post.site.asked().is_empty());
}

#[tokio::test]
async fn a_round_that_is_given_up_stops_reading() {
    let dir = tempfile::tempdir().unwrap();
    let post = Post::over(&log_of(&dir.path().join("log"), 5)).await;
    post.site.now().hangs = true;
    assert!(timeout(Duration::from_millis(200), post.round()).await.is_err());
    let given_up = async {
        while post.site.now().given_up == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(20), given_up).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(post.log().checks.is_empty(), "{:?}", post.log().checks);
    assert_eq!(post.site.asked(), ["checkpoint"]);
    post.site.now().hangs = false;
    // The next round waits for the end of the other, whose silence was ours.
    post.the().round().await;
    let seen = post.log();
    assert_eq!((seen.outcome, seen.checks[0].what), (Some(Outcome::Held), What::News));
}

#[tokio::test]
async fn several_logs_do_not_wait_for_each_other_and_the_worst_comes_first() {
    let dir = tempfile::tempdir().unwrap();
    let post = Post::over(&log_of(&dir.path().join("log"), 5)).await;
    let other = Signer::from_seed("rive-haute.example", &[9; 32]).unwrap();
    let mut config = config(&dir.path().join("data"), &post.site.url);
    let name = "Rive-Haute".to_owned();
    config.logs.push(FollowedLog { vkey: other.vkey().to_string(), url: "http://127.0.0.1:9/".to_owned(), name });
    let now = Timestamp::from_second(1_790_000_000).unwrap();
    let observatory = Observatory::open(config, &client(), Arc::new(move || now)).unwrap();
    observatory.round().await;
    let overview = observatory.overview().unwrap();
    let order: Vec<_> = overview.worst_first().iter().map(|(log, check)| (log.name.as_str(), check.what, check.outcome)).collect();
    let (held, ormes) = (Outcome::Held, "Commune de Val-d’Ormes");
    let expected = [
        ("Rive-Haute", What::News, Outcome::Silent),
        (ormes, What::News, held),
        (ormes, What::History, held),
        (ormes, What::Forms, held),
    ];
    assert_eq!((order.as_slice(), overview.entries()), (expected.as_slice(), 5));
}
