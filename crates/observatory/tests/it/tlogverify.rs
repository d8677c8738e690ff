//! A program that we did not write (Go, `golang.org/x/mod`) submits to our witness and accepts its cosignatures.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{ID, Post, fork_of, grow, log_of, publish, signer, witness_vkey};

/// Builds the verifier from Debian's Go packages, or says why it cannot.
fn build(into: &Path) -> Result<PathBuf, String> {
    let shared = env::var_os("GOUVERNAIL_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let source = shared.join("tools/tlogverify").canonicalize().map_err(|_| "no ../shared/tools/tlogverify".to_owned())?;
    if !Path::new("/usr/share/gocode/src/golang.org/x/mod").exists() {
        return Err("no golang-golang-x-mod-dev package".into());
    }
    let program = into.join("tlogverify");
    let status = Command::new("go")
        .args(["build", "-o"])
        .arg(&program)
        .arg("tlogverify")
        .env("GO111MODULE", "off")
        .env("GOFLAGS", "")
        .env("GOPATH", format!("{}:/usr/share/gocode", source.display()))
        .env("GOCACHE", into.join("cache"))
        .status()
        .map_err(|error| format!("no Go compiler ({error})"))?;
    assert!(status.success(), "tlogverify does not compile");
    Ok(program)
}

async fn accepts(program: &Path, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).env_remove("HTTP_PROXY").env_remove("http_proxy");
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    output.status.success() && String::from_utf8_lossy(&output.stdout).ends_with("PASS\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_independent_client_is_cosigned() {
    let dir = tempfile::tempdir().unwrap();
    let program = match build(dir.path()) {
        Ok(program) => program,
        Err(why) => return println!("skipped: {why}"),
    };
    let log = log_of(&dir.path().join("log"), 300);
    let post = Post::over(&log).await;
    let url = publish(post.the().clone()).await;
    let (vkey, witness) = (signer().vkey().to_string(), witness_vkey().to_string());
    let source = ["-src", log.dir().to_str().unwrap(), "-vkey", &vkey, "-witness", &witness];
    let (old, cosigned) = (dir.path().join("old"), dir.path().join("cosigned"));
    let (old, cosigned) = (old.to_str().unwrap(), cosigned.to_str().unwrap());
    let submit = [&["submit", "-url", &url, "-out", cosigned][..], &source].concat();
    assert!(accepts(&program, &submit).await);
    assert!(!accepts(&program, &[&["check", "-need", "1"][..], &source].concat()).await, "not published with it yet");
    std::fs::rename(cosigned, old).unwrap();

    grow(&log, 300, 70_000);
    assert!(!accepts(&program, &submit).await, "from nothing, though 300 entries were cosigned");
    assert!(accepts(&program, &[&submit[..], &["-old", old]].concat()).await);
    std::fs::copy(cosigned, log.dir().join("checkpoint")).unwrap();
    assert!(accepts(&program, &[&["check", "-full", "-need", "1", "-old", old][..], &source].concat()).await);

    let fork = fork_of(&dir.path().join("fork"), 69_999, 70_001);
    let fork = [&["submit", "-url", &url, "-old", cosigned, "-src", fork.dir().to_str().unwrap()][..], &source[2..]].concat();
    assert!(!accepts(&program, &fork).await);

    // What a round of following cosigns is as good: the monitoring address serves it.
    post.round().await;
    std::fs::write(log.dir().join("checkpoint"), post.the().cosigned(ID).unwrap()).unwrap();
    assert!(accepts(&program, &[&["check", "-need", "1", "-old", old][..], &source].concat()).await);
}
