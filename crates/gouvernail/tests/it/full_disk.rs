//! A disk that fills up: nothing leaves for the model host without a trace, every caller is told, and room is all it takes.

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::program::{Received, announced, free_port, host, http, ready, start, stop};
use crate::world;
use crate::world::{AGENT, MODEL, Prepared};
use gouvernail_store::Store;
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::verify::verify_log;
use serde_json::{Value, json};

/// A small disk, gone with the test.
struct Disk(tempfile::TempDir);

impl Disk {
    /// `None` where mounting is not allowed.
    fn new(mebibytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={mebibytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

async fn ask(client: &reqwest::Client, base: &str, prepared: &Prepared, mark: &str) -> (u16, Value) {
    let body = json!({ "model": MODEL, "messages": [{ "role": "user", "content": format!("{mark} {}", "mot ".repeat(800)) }] });
    let request = client.post(format!("{base}/v1/chat/completions")).bearer_auth(&prepared.files_key);
    let request = request.header("x-gouvernail-agent", AGENT).header("x-gouvernail-case", &prepared.cases[0]);
    let answer = request.json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_loses_nothing_and_mends_without_a_restart() {
    let Some(disk) = Disk::new(8) else {
        println!("skipped: a small disk cannot be mounted here (it needs root)");
        return;
    };
    let received = Received::default();
    let prepared = world::prepare(disk.path(), &host(&received).await, 1).await;
    let port = free_port();
    let (config, base) = (world::configure(disk.path(), port), format!("http://127.0.0.1:{port}"));
    // Room that the operator will find again.
    fs::write(disk.path().join("ballast"), vec![1; 3 << 20]).unwrap();
    let (client, mut program) = (http(), start(&config));
    let mut operator = program.stderr.take().unwrap();
    ready(&client, &base).await;

    let mut answered = 0;
    let refused = loop {
        assert!(answered < 3000, "the disk never filled up");
        let (status, body) = ask(&client, &base, &prepared, &format!("m{answered}")).await;
        if status != 200 {
            break (status, body);
        }
        answered += 1;
    };
    assert_eq!(refused.0, 503, "{}", refused.1);
    assert!(refused.1["error"]["message"].as_str().unwrap().contains("nothing is answered that is not recorded"));
    assert!(answered > 10, "some calls passed before: {answered}");

    fs::remove_file(disk.path().join("ballast")).unwrap();
    let mut mended = 0;
    for attempt in 0..50 {
        if ask(&client, &base, &prepared, &format!("after{attempt}")).await.0 == 200 {
            mended += 1;
        }
        if mended == 5 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(mended, 5, "room is all that it needed");
    tokio::time::sleep(Duration::from_millis(500)).await;
    stop(program);
    let mut said = String::new();
    operator.read_to_string(&mut said).unwrap();
    assert!(said.contains("free some room"), "the operator is told: {said}");

    let store = Store::connect(&prepared.database).await.unwrap();
    let calls = store.recent_calls(i64::MAX).await.unwrap();
    let said: HashSet<String> = calls.iter().map(announced).collect();
    let untraced: Vec<_> = received.lock().unwrap().difference(&said).cloned().collect();
    assert!(untraced.is_empty(), "bytes reached the model host without an intent: {untraced:?}");
    assert!(store.owed(1).await.unwrap().is_empty(), "the log took everything once there was room");
    let log = DiskLog::open(disk.path().join("log")).unwrap();
    let vkey = fs::read_to_string(disk.path().join("log.vkey")).unwrap().parse().unwrap();
    verify_log(&|path: &str| log.read(path), &[vkey], None, &mut |_, _| {}).unwrap();
    println!("{answered} answered, then refused, then mended; {} calls kept", calls.len());
}
