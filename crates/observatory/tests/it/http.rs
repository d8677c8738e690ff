//! The page, the open data, and what a wrong configuration is told.

use std::sync::Arc;
use std::time::Duration;

use gouvernail_observatory::{Config, ConfigError, FollowedLog, Observatory, OpenError};
use gouvernail_tlog::checkpoint;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::common::{ID, Post, client, config, log_of, publish, signer, witness_vkey};

async fn get(url: &str, language: Option<&str>) -> (u16, String) {
    let request = client().get(url);
    let request = language.into_iter().fold(request, |request, language| request.header("accept-language", language));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn the_page_is_drawn_in_the_language_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let post = Post::over(&log_of(&dir.path().join("log"), 5)).await;
    let url = publish(post.the().clone()).await;
    post.round().await;
    let page = |language: &str| (200, format!("{language}: 5 entries"));
    assert_eq!(get(&url, None).await, page("fr"));
    assert_eq!(get(&url, Some("en-GB,en;q=0.5")).await, page("en-GB,en;q=0.5"));
    assert_eq!(get(&format!("{url}/?lang=br"), Some("en")).await, page("br"));
    assert_eq!(get(&format!("{url}/?other=1"), None).await, page("fr"));
    let (status, words) = get(&format!("{url}/?lang=xx"), None).await;
    assert!(status == 500 && !words.contains("no such language"), "{status} {words}");
}

#[tokio::test]
async fn the_data_are_open_and_the_last_checkpoint_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let log = log_of(&dir.path().join("log"), 5);
    let post = Post::over(&log).await;
    let url = publish(post.the().clone()).await;
    let monitoring = format!("{url}/{ID}/checkpoint");
    assert_eq!(get(&monitoring, None).await.0, 404);
    post.round().await;
    let (status, note) = get(&monitoring, None).await;
    let opened = checkpoint::open(&note, &[signer().vkey().clone(), witness_vkey()]).unwrap();
    assert_eq!((status, opened.checkpoint.size, opened.witnesses.len()), (200, 5, 1));
    assert_eq!(get(&monitoring.replace(ID, &ID.to_uppercase()), None).await.0, 404);
    assert_eq!(get(&format!("{url}/vkey"), None).await, (200, format!("{}\n", witness_vkey())));

    let answer = client().get(format!("{url}/observatory.json")).send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    let data: Value = answer.json().await.unwrap();
    let at = Timestamp::from_second(1_790_000_060).unwrap().to_string();
    let held = |what: &str| json!({ "what": what, "at": at, "outcome": "held", "finding": null });
    let checks = ["news", "history", "forms"].map(held);
    let counts = json!({
        "commitments": 4, "statements": { "test": 1 }, "tallies": 0, "tallied": 0, "energy_wh": null, "findings": [], "found": 0
    });
    let log = json!({
        "name": "Commune de Val-d’Ormes",
        "origin": "commune.example/log",
        "url": post.site.url.trim_end_matches('/'),
        "outcome": "held",
        "checks": checks,
        "cosigned": { "size": 5, "at": at },
        "verified": { "size": 5, "at": at, "read_in_full": at },
        "counts": counts,
    });
    assert_eq!(data, json!({ "at": at, "vkey": witness_vkey().to_string(), "logs": [log] }));
}

#[test]
fn a_wrong_configuration_says_which_log_and_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let with = |change: &dyn Fn(&mut Config)| {
        let mut config = config(&dir.path().join("data"), "https://commune.example/log");
        change(&mut config);
        match Observatory::open(config, &client(), Arc::new(|| Timestamp::UNIX_EPOCH)) {
            Err(OpenError::Config(error)) => error,
            _ => panic!("accepted"),
        }
    };
    let first = |change: &dyn Fn(&mut FollowedLog)| with(&|config: &mut Config| change(&mut config.logs[0]));
    let error = first(&|log| log.vkey = "commune.example/log".to_owned());
    assert!(matches!(&error, ConfigError::Vkey { .. }) && error.to_string().contains("Val-d’Ormes"), "{error}");
    assert!(matches!(first(&|log| log.vkey = witness_vkey().to_string()), ConfigError::NotALog { .. }));
    for url in ["commune.example/log", "ftp://commune.example", "https://commune.example/log?x=1", "https://commune.example/#log"] {
        let error = first(&|log| log.url = url.to_owned());
        assert!(matches!(&error, ConfigError::Url { .. }) && error.to_string().contains(url), "{error}");
    }
    assert!(matches!(with(&|config| config.logs.push(config.logs[0].clone())), ConfigError::Twice { .. }));
    assert!(matches!(with(&|config| config.witness_name = "two words".to_owned()), ConfigError::Witness(_)));
    assert!(matches!(with(&|config| config.interval = Duration::ZERO), ConfigError::Pace { .. }));
    assert!(matches!(with(&|config| config.silence = Duration::from_millis(1)), ConfigError::Pace { .. }));
    assert!(!dir.path().join("data").exists(), "nothing is created before everything is checked");
}
