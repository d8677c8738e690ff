//! The official Python client, as an application uses it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use gouvernail_register::Event;

use crate::dossier::{AGENT, REDACTION, certified};
use crate::host::{completion, pieces, speech};
use crate::world::World;

const PACKAGE: &str = "openai==3.54.0";
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openai_client.py");

/// Python with the client, in an environment of its own, made once a machine. An error says why it cannot be had.
fn python() -> Result<PathBuf, String> {
    let cache = std::env::var_os("GOUVERNAIL_CACHE").map(PathBuf::from);
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/gouvernail"));
    let folder = cache.or_else(home).ok_or("no home folder to cache it in")?.join("openai-client");
    let python = folder.join("bin/python");
    if ready(&python) {
        return Ok(python);
    }
    // Made aside, then moved, so that two tests never share half of it.
    let aside = folder.with_extension(std::process::id().to_string());
    let made = run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&aside))
        .and_then(|_| {
            let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", PACKAGE];
            run(Command::new(aside.join("bin/python")).args(install))
        })
        .and_then(|_| {
            // An error means that a stale one is not there.
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::rename(&aside, &folder).map_err(|error| error.to_string())
        });
    let _ = std::fs::remove_dir_all(&aside);
    made?;
    if ready(&python) { Ok(python) } else { Err(format!("{PACKAGE} does not load")) }
}

fn ready(python: &Path) -> bool {
    let check = format!("import openai; assert 'openai==' + openai.__version__ == '{PACKAGE}'");
    run(Command::new(python).args(["-c", &check])).is_ok()
}

fn run(command: &mut Command) -> Result<Output, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(output) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

async fn script(python: PathBuf, world: &World, what: &str) -> String {
    let mut command = Command::new(python);
    command.args([SCRIPT, what]).env("OPENAI_BASE_URL", format!("{}/v1", world.address)).env("OPENAI_API_KEY", &world.redaction);
    command.env("NO_PROXY", "127.0.0.1");
    let ran = tokio::task::spawn_blocking(move || run(&mut command)).await.unwrap();
    String::from_utf8(ran.unwrap_or_else(|error| panic!("{what}: {error}")).stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_client_sees_an_ordinary_openai() {
    let python = match tokio::task::spawn_blocking(python).await.unwrap() {
        Ok(python) => python,
        Err(reason) => {
            println!("skipped: the openai client of Python cannot be had here: {}", reason.lines().last().unwrap_or_default());
            return;
        }
    };
    let world = World::new().await;
    world.host.json(&completion("bonjour", "qwen"));
    assert_eq!(script(python.clone(), &world, "whole").await.trim(), "petit: bonjour");
    world.host.streams(pieces(&speech(&["bon", "jour"])), Duration::from_millis(5));
    assert_eq!(script(python.clone(), &world, "streamed").await.trim(), "bon|jour stop");
    assert_eq!(script(python.clone(), &world, "models").await.trim(), "petit");
    let (system, version, person) = (REDACTION.to_owned(), "1".to_owned(), AGENT.to_owned());
    world.record(Event::CertificationWithdrawn { system, version, person, reason: "Erreur".into() }).await;
    let said = script(python.clone(), &world, "refused").await;
    let led = format!("PermissionDeniedError refused_by_mandate training https://ia.commune.example/training/{REDACTION} ");
    assert!(said.starts_with(&led), "the agent is led to the module: {said}");
    world.record(certified(REDACTION, "1".into())).await;
    world.record(Event::AuthorisationEnded { system: REDACTION.into(), reason: "Fin d'essai".into() }).await;
    let received = world.host.received().len();
    let said = script(python, &world, "refused").await;
    assert!(said.starts_with("PermissionDeniedError refused_by_mandate authorisation https://ia.commune.example/"), "{said}");
    assert!(said.contains("Aucun mandat"), "{said}");
    assert_eq!(world.host.received().len(), received);
}
