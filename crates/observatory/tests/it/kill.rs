//! The process is killed at any moment, again and again: what it handed out, it remembers.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use gouvernail_observatory::Observatory;
use jiff::Timestamp;

use crate::common::{ID, Post, client, config, grow, log_of, publish, submission};

const DATA: &str = "OBSERVATORY_TEST_DATA";
const URL: &str = "OBSERVATORY_TEST_URL";

/// The process that [`what_was_handed_out_survives_the_process`] starts and kills; run with the others, it has nothing to do.
#[tokio::test]
async fn victim() {
    let (Some(data), Some(url)) = (std::env::var_os(DATA), std::env::var(URL).ok()) else { return };
    let now = Timestamp::from_second(1_790_000_000).unwrap();
    let observatory = Observatory::open(config(data.as_ref(), &url), &client(), Arc::new(move || now)).unwrap();
    println!("\nat {}", publish(observatory.clone()).await);
    observatory.follow().await;
}

fn start(post: &Post) -> (Child, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::victim", "--nocapture"])
        .env(DATA, post.folder.path())
        .env(URL, &post.site.url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url = lines.map_while(Result::ok).find_map(|line| line.strip_prefix("at ").map(str::to_owned));
    (child, url.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_handed_out_survives_the_process() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 1);
    let mut post = Post::over(&log).await;
    post.observatory = None;
    let (mut size, mut handed_out) = (1, 0);
    for round in 0..8u64 {
        let (mut child, url) = start(&post);
        let killer = tokio::task::spawn_blocking(move || {
            std::thread::sleep(Duration::from_millis(20 + 60 * round));
            child.kill().unwrap();
            child.wait().unwrap();
        });
        let (client, url) = (client(), url + "/add-checkpoint");
        let mut old = handed_out;
        loop {
            let Ok(answer) = client.post(&url).body(submission(&log, old)).send().await else { break };
            let (status, Ok(words)) = (answer.status().as_u16(), answer.text().await) else { break };
            match status {
                200 => {
                    (old, handed_out) = (size, size);
                    grow(&log, size, size + 50);
                    size += 50;
                }
                // It was killed between the disk and the answer, or it followed the log faster than we submit.
                409 => {
                    let cosigned: u64 = words.trim().parse().unwrap();
                    assert!(cosigned >= handed_out, "{cosigned} after {handed_out}");
                    old = cosigned;
                }
                other => panic!("{other} {words}"),
            }
        }
        killer.await.unwrap();
    }
    post.restart();
    let cosigned = post.cosigned().unwrap().size;
    assert!(cosigned >= handed_out && handed_out > 1, "{cosigned} after {handed_out}");
    let seen = post.round().await;
    assert_eq!((seen.verified.unwrap().size, seen.cosigned.unwrap().size), (size, size), "{:?}", seen.checks);
    assert!(post.the().cosigned(ID).is_some());
}
