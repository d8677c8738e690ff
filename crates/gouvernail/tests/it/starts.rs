//! Starts that cannot succeed: each says what is wrong, where, and how to mend it, and leaves everything as it was.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{free_port, http, ready, start};
use crate::world;
use gouvernail_store::Store;

/// A folder with a configuration and a database that works.
struct Place {
    folder: tempfile::TempDir,
    config: PathBuf,
    port: u16,
}

impl Place {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        world::prepare(folder.path(), "http://127.0.0.1:9/v1", 1).await;
        let port = free_port();
        let config = world::configure(folder.path(), port);
        Self { folder, config, port }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Changes the configuration.
    fn change(&self, from: &str, to: &str) {
        let text = fs::read_to_string(&self.config).unwrap();
        assert!(text.contains(from), "the configuration has no {from:?}");
        fs::write(&self.config, text.replace(from, to)).unwrap();
    }

    /// Starts the program, which must end by itself; gives what it said.
    fn refused(&self) -> String {
        refused(&self.config)
    }
}

fn refused(config: &Path) -> String {
    let mut program = start(config);
    let mut said = String::new();
    program.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(!program.wait().unwrap().success(), "it should not start");
    said
}

fn says(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "{word:?} is not in: {said}");
    }
}

#[test]
fn no_configuration() {
    says(&refused(Path::new("/nowhere/gouvernail.toml")), &["/nowhere/gouvernail.toml", "gouvernail init"]);
}

#[tokio::test]
async fn a_broken_configuration_names_the_line() {
    let place = Place::new().await;
    place.change("[gateway]", "[gateway");
    says(&place.refused(), &["gouvernail.toml", "TOML parse error", "[gateway"]);
}

#[tokio::test]
async fn a_corrupt_database_is_left_as_it_is() {
    let place = Place::new().await;
    let rubbish = "not a database ".repeat(500);
    fs::write(place.path("gouvernail.db"), &rubbish).unwrap();
    says(&place.refused(), &["the database is damaged", "backup"]);
    assert_eq!(fs::read_to_string(place.path("gouvernail.db")).unwrap(), rubbish);
}

#[tokio::test]
async fn a_taken_port_is_named_before_anything_is_touched() {
    let place = Place::new().await;
    let _other = TcpListener::bind(("127.0.0.1", place.port)).unwrap();
    says(&place.refused(), &[&place.port.to_string(), "taken", "another port"]);
    assert!(!place.path("log").exists(), "nothing is begun");
}

#[tokio::test]
async fn missing_weights_and_a_missing_engine_say_how_to_fetch_them() {
    let place = Place::new().await;
    let engine = |model: &str, command: &str| format!("[engine]\nmodel = {model:?}\ncommand = [{command:?}]\n[gateway]");
    place.change("[gateway]", &engine("absent.gguf", "scripts/engine"));
    says(&place.refused(), &["absent.gguf", "scripts/fetch-model"]);
    let weights = place.path("weights.gguf");
    fs::write(&weights, "x").unwrap();
    place.change("absent.gguf", &weights.display().to_string());
    place.change("scripts/engine", "/nowhere/llama-server");
    says(&place.refused(), &["/nowhere/llama-server", "scripts/fetch-engine"]);
}

#[tokio::test]
async fn a_key_that_others_can_read_or_that_is_damaged() {
    let place = Place::new().await;
    fs::write(place.path("log.key"), "ab").unwrap();
    fs::set_permissions(place.path("log.key"), fs::Permissions::from_mode(0o644)).unwrap();
    says(&place.refused(), &["log.key", "chmod 600"]);
    fs::set_permissions(place.path("log.key"), fs::Permissions::from_mode(0o600)).unwrap();
    says(&place.refused(), &["log.key", "64 hexadecimal digits"]);
}

#[tokio::test]
async fn two_programs_never_share_a_folder() {
    let place = Place::new().await;
    let first = start(&place.config);
    ready(&http(), &format!("http://127.0.0.1:{}", place.port)).await;
    place.change(&format!("listen = \"127.0.0.1:{}\"", place.port), &format!("listen = \"127.0.0.1:{}\"", free_port()));
    says(&place.refused(), &["another gouvernail already works in"]);
    crate::program::stop(first);
}

#[tokio::test]
async fn two_folders_never_share_a_database() {
    let place = Place::new().await;
    let first = start(&place.config);
    ready(&http(), &format!("http://127.0.0.1:{}", place.port)).await;
    let other = place.path("other");
    let text = fs::read_to_string(&place.config).unwrap();
    let text =
        text.replace("data = \".\"", &format!("data = \"other\"\ndatabase = \"sqlite:{}\"", place.path("gouvernail.db").display()));
    let text = text.replace(&format!("listen = \"127.0.0.1:{}\"", place.port), &format!("listen = \"127.0.0.1:{}\"", free_port()));
    fs::write(place.path("second.toml"), text).unwrap();
    says(&refused(&place.path("second.toml")), &["another program already writes the log", "stop it first"]);
    assert_eq!(fs::metadata(other).unwrap().permissions().mode() & 0o777, 0o700, "a new data folder is for its owner alone");
    crate::program::stop(first);
}

#[tokio::test]
async fn a_data_folder_that_is_open_to_others_is_not_used() {
    let place = Place::new().await;
    fs::set_permissions(place.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    says(&place.refused(), &["open to others", "chmod 700"]);
    assert!(!place.path("log").exists(), "nothing is begun");
}

#[tokio::test]
async fn a_case_is_erased_from_the_command_line_while_the_program_runs() {
    let place = Place::new().await;
    let first = start(&place.config);
    ready(&http(), &format!("http://127.0.0.1:{}", place.port)).await;
    let erase = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouvernail"));
        let output = command.args(["case", "erase", "AC-2026-0000", "--config"]).arg(&place.config).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(erase(), (true, String::new()));
    let (again, said) = erase();
    assert!(!again);
    says(&said, &["no case has the reference", "AC-2026-0000"]);
    crate::program::stop(first);
}

#[tokio::test]
async fn a_database_older_than_its_log_is_not_continued() {
    let place = Place::new().await;
    let copy = fs::read(place.path("gouvernail.db")).unwrap();
    let first = start(&place.config);
    ready(&http(), &format!("http://127.0.0.1:{}", place.port)).await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    crate::program::stop(first);
    fs::write(place.path("gouvernail.db"), copy).unwrap();
    for leftover in ["gouvernail.db-wal", "gouvernail.db-shm"] {
        let _ = fs::remove_file(place.path(leftover));
    }
    says(&place.refused(), &["restored from an old copy"]);
}

#[tokio::test]
async fn people_are_added_from_the_command_line_with_a_password_worth_its_name() {
    let place = Place::new().await;
    let add = |password: &str| {
        let command = format!(
            "printf '%s\\n' '{password}' | '{}' people add --config '{}' --name Zoé --email zoe@ville.example --role referent",
            env!("CARGO_BIN_EXE_gouvernail"),
            place.config.display()
        );
        let output = Command::new("sh").args(["-c", &command]).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (done, said) = add("court");
    assert!(!done);
    says(&said, &["at least 12 characters"]);
    assert!(add("quatre mots bien choisis").0);
    let (again, said) = add("quatre mots bien choisis");
    assert!(!again);
    says(&said, &["already exists"]);
    let store = Store::connect(&format!("sqlite:{}", place.path("gouvernail.db").display())).await.unwrap();
    assert!(store.find_person_by_email("zoe@ville.example").await.unwrap().is_some());
}
