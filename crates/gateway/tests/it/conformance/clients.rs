//! OpenAI's own clients, each in a folder of the cache, made once a machine.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PYTHON: &str = "openai==3.54.0";
const NODE: &str = "openai@7.59.0";
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance");

/// A client that can be run.
pub struct Client {
    program: PathBuf,
    script: PathBuf,
    folder: PathBuf,
}

impl Client {
    /// Python's. An error says why it cannot be had.
    pub fn python() -> Result<Self, String> {
        let check = format!("import openai; assert 'openai==' + openai.__version__ == '{PYTHON}'");
        let ready = |folder: &Path| run(Command::new(folder.join("bin/python")).args(["-c", &check])).map(drop);
        let folder = installed("openai-client", ready, |folder| {
            run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
            let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", PYTHON];
            run(Command::new(folder.join("bin/python")).args(install)).map(drop)
        })?;
        Ok(Self { program: folder.join("bin/python"), script: Path::new(SCRIPTS).join("client.py"), folder })
    }

    /// Node's.
    pub fn node() -> Result<Self, String> {
        let ready = |folder: &Path| {
            let package =
                std::fs::read_to_string(folder.join("node_modules/openai/package.json")).map_err(|error| error.to_string())?;
            let version: serde_json::Value = serde_json::from_str(&package).map_err(|error| error.to_string())?;
            let is_ours = version["version"].as_str() == NODE.split_once('@').map(|(_, version)| version);
            is_ours.then_some(()).ok_or_else(|| format!("{NODE} is not there"))
        };
        let folder = installed("openai-node-client", ready, |folder| {
            let install = ["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", NODE, "--prefix"];
            run(Command::new("npm").args(install).arg(folder)).map(drop)
        })?;
        run(Command::new("node").arg("--version"))?;
        Ok(Self { program: "node".into(), script: Path::new(SCRIPTS).join("client.mjs"), folder })
    }

    /// Plays a scenario; the line that it prints.
    pub fn play(&self, scenario: &str, base: &str, key: &str) -> String {
        let mut command = Command::new(&self.program);
        command.arg(&self.script).arg(scenario).env("OPENAI_BASE_URL", format!("{base}/v1")).env("OPENAI_API_KEY", key);
        command.env("OPENAI_CLIENT", &self.folder).env("NO_PROXY", "127.0.0.1");
        let output = run(&mut command).unwrap_or_else(|error| panic!("{scenario}: {error}"));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

/// The folder of the cache where something is installed and ready, installed first when it is not.
fn installed(
    name: &str,
    ready: impl Fn(&Path) -> Result<(), String>,
    install: impl Fn(&Path) -> Result<(), String>,
) -> Result<PathBuf, String> {
    let folder = cache().ok_or("no home folder to cache it in")?.join(name);
    if ready(&folder).is_ok() {
        return Ok(folder);
    }
    // Made aside, then moved, so that two tests never share half of it.
    let aside = folder.with_extension(std::process::id().to_string());
    let made = std::fs::create_dir_all(&aside).map_err(|error| error.to_string()).and_then(|()| install(&aside)).and_then(|()| {
        // An error means that a stale one is not there.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::rename(&aside, &folder).map_err(|error| error.to_string())
    });
    let _ = std::fs::remove_dir_all(&aside);
    made.and_then(|()| ready(&folder)).map(|()| folder)
}

fn cache() -> Option<PathBuf> {
    let home = |home: OsString| PathBuf::from(home).join(".cache/gouvernail");
    std::env::var_os("GOUVERNAIL_CACHE").map(PathBuf::from).or_else(|| std::env::var_os("HOME").map(home))
}

fn run(command: &mut Command) -> Result<Output, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(output) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}
