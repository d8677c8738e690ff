//! A program that we did not write (Go, `golang.org/x/mod`) accepts our logs and receipts, and refuses altered ones.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use common::{KEYS, leaf, log_of, publish};
use gouvernail_tlog::proof::Proof;

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

fn accepts(program: &Path, arguments: &[&str]) -> bool {
    let output = Command::new(program).args(arguments).output().unwrap();
    output.status.success() && String::from_utf8_lossy(&output.stdout).ends_with("PASS\n")
}

fn alter(path: &Path, at: usize) -> Vec<u8> {
    let good = fs::read(path).unwrap();
    let mut bad = good.clone();
    bad[at] ^= 1;
    fs::write(path, bad).unwrap();
    good
}

#[test]
fn an_independent_verifier_agrees() {
    let dir = tempfile::tempdir().unwrap();
    let program = match build(dir.path()) {
        Ok(program) => program,
        Err(why) => return println!("skipped: {why}"),
    };
    let keys: Vec<_> = KEYS.vkeys().iter().map(ToString::to_string).collect();
    let log = log_of(&dir.path().join("log"), 256);
    let old = dir.path().join("old");
    fs::copy(log.dir().join("checkpoint"), &old).unwrap();
    publish(&log, &log.append(256, &(256..70_000).map(leaf).collect::<Vec<_>>()).unwrap());
    let mut note = log.read_checkpoint().unwrap().unwrap();
    note.signatures.push(KEYS.witness().cosign(&note, 1_790_000_000));
    log.publish(&note).unwrap();

    let source = log.dir().to_str().unwrap();
    let trust = ["-vkey", &keys[0], "-witness", &keys[1], "-need", "1"];
    let check = ["check", "-src", source, "-full", "-old", old.to_str().unwrap(), "-index", "0,255,256,69999"];
    let check = [&check[..], &trust].concat();
    assert!(accepts(&program, &check));
    for (file, at) in [("tile/entries/273.p/112", 0), ("tile/entries/100", 40), ("tile/0/007", 3), ("checkpoint", 25)] {
        let path = log.dir().join(file);
        let good = alter(&path, at);
        assert!(!accepts(&program, &check), "{file} byte {at}");
        fs::write(&path, good).unwrap();
    }

    let (index, size) = (12_345, 70_000);
    let hashes = log.inclusion_proof(index, size).unwrap();
    let proof = Proof { extra: Some(b"opening".to_vec()), index, hashes, checkpoint: note.to_string() };
    let (receipt, entry) = (dir.path().join("receipt.tlog-proof"), dir.path().join("receipt.leaf"));
    fs::write(&receipt, proof.to_string()).unwrap();
    fs::write(&entry, log.read_leaf(index, size).unwrap()).unwrap();
    let check = ["proof", "-proof", receipt.to_str().unwrap(), "-leaf", entry.to_str().unwrap()];
    let check = [&check[..], &trust].concat();
    assert!(accepts(&program, &check));
    for (file, at) in [(&receipt, 60), (&receipt, 400), (&entry, 5)] {
        let good = alter(file, at);
        assert!(!accepts(&program, &check), "{} byte {at}", file.display());
        fs::write(file, good).unwrap();
    }
    assert!(accepts(&program, &check));
}
