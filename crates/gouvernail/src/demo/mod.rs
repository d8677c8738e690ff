//! `gouvernail demo`: a fictional town, real programs, and the whole story played through their public interfaces.
//!
//! [`town`] holds what people write, [`story`] what they do, [`process`] runs this very binary as an operator would.

mod application;
mod browser;
mod model;
mod process;
mod story;
mod tell;
mod town;

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use gouvernail_local_model::Model;
use gouvernail_tlog::cosignature::Cosigner;
use gouvernail_tlog::note::Signer;
use serde_json::json;

use crate::cli::{self, People, RoleName};
use crate::progress::patiently;
use crate::{config, edge, keys, listen, people};
use process::Program;
use tell::{act, chapter, open, shown};

/// Present in a folder that a demonstration made: what else is there may be removed.
const MARK: &str = "demonstration";
/// Present when the story was played to its end.
const PLAYED: &str = "explore.json";
const ORIGIN: &str = "val-dormes.example/journal";
const WITNESS: &str = "observatoire.example";

/// Runs the command.
///
/// # Errors
/// When a step of the story does not hold, or something that it needs is missing.
pub async fn run(command: cli::Demo) -> Result<()> {
    let data = folder(&command.data, command.once)?;
    let client = edge::http_client()?;
    let chosen = model::choose(&data, &command).await?;
    let stage = Stage::set(&data, &command.engine, &chosen.model)?;
    let town = Town::start(&data, &stage, &client).await?;
    if !data.join(PLAYED).is_file() {
        story::play(&story::World {
            data: &data,
            base: &stage.base,
            observatory: &stage.observatory,
            client: &client,
            chosen: &chosen,
        })
        .await?;
        explore(&data, &stage)?;
    }
    if command.once {
        town.stop().await?;
        println!("\nEvery step held. What the story left is in {}.", command.data.display());
        return Ok(());
    }
    invite(&data, &stage);
    listen::Signals::hear()?.next().await;
    town.stop().await
}

/// The folder of the demonstration, empty when the story is to be played.
fn folder(given: &Path, once: bool) -> Result<PathBuf> {
    let ours = given.join(MARK).is_file();
    let empty = !given.exists() || fs::read_dir(given).is_ok_and(|mut entries| entries.next().is_none());
    if !ours && !empty {
        bail!("{} holds something else than a demonstration: choose another folder with DATA=DIR", given.display());
    }
    // A story that stopped half-way cannot be taken up in its middle.
    if ours && (once || !given.join(PLAYED).is_file()) {
        println!("Removing the former demonstration in {}.", given.display());
        fs::remove_dir_all(given).with_context(|| format!("cannot remove {}", given.display()))?;
    }
    fs::create_dir_all(given).with_context(|| format!("cannot create {}", given.display()))?;
    fs::set_permissions(given, fs::Permissions::from_mode(0o700)).context("cannot close the folder to others")?;
    fs::write(given.join(MARK), "Everything here is invented and may be removed.\n")?;
    given.canonicalize().with_context(|| format!("cannot find {}", given.display()))
}

/// Addresses and files of the two programs.
struct Stage {
    base: String,
    observatory: String,
    watch: SocketAddr,
    config: PathBuf,
}

impl Stage {
    /// Writes the configuration. Both keys are drawn beforehand, as two organisations would exchange them.
    fn set(data: &Path, engine: &[String], model: &Model) -> Result<Self> {
        let (listen, watch) = (address(8300)?, address(8400)?);
        let (base, observatory) = (format!("http://{listen}"), format!("http://{watch}"));
        let ambient = edge::ambient();
        let log = Signer::from_seed(ORIGIN, &keys::secret(&data.join("log.key"), &ambient)?)?;
        fs::write(data.join("log.vkey"), format!("{}\n", log.vkey()))?;
        fs::create_dir_all(data.join("observatory"))?;
        let witness = Cosigner::from_seed(WITNESS, &keys::secret(&data.join("observatory/witness.key"), &ambient)?)?;
        let config = data.join("gouvernail.toml");
        fs::write(&config, configuration(listen, &observatory, &witness.vkey().to_string(), engine, model))?;
        Ok(Self { base, observatory, watch, config })
    }
}

/// A port of the loopback interface: the usual one, or any other when it is taken.
fn address(port: u16) -> Result<SocketAddr> {
    let free = TcpListener::bind(("127.0.0.1", port)).or_else(|_| TcpListener::bind(("127.0.0.1", 0)));
    free.and_then(|listener| listener.local_addr()).context("no free port on 127.0.0.1")
}

fn configuration(listen: SocketAddr, observatory: &str, witness: &str, engine: &[String], model: &Model) -> String {
    // The program may be started from elsewhere than here.
    let engine: Vec<String> =
        engine.iter().map(|part| fs::canonicalize(part).map_or(part.clone(), |path| path.display().to_string())).collect();
    let changed = config::EXAMPLE
        .replace("data = \"gouvernail-data\"", "data = \".\"")
        .replace("listen = \"127.0.0.1:8300\"", &format!("listen = \"{listen}\""))
        .replace("public_url = \"https://ia.commune.example\"", &format!("public_url = \"http://{listen}\""));
    format!(
        "{changed}\n# Of the demonstration.\n[engine]\nmodel = {:?}\ncommand = {engine:?}\n\n[witness]\nurl = {observatory:?}\nvkey = {witness:?}\n",
        model.id
    )
    .replace("# origin = \"ia.commune.example/journal\"", &format!("origin = {ORIGIN:?}"))
    .replace("# every_ms = 500\n# tally_seconds = 86400", "every_ms = 200\ntally_seconds = 5")
}

/// The two programs, running.
struct Town {
    gouvernail: Program,
    observatory: Program,
}

impl Town {
    async fn start(data: &Path, stage: &Stage, client: &reqwest::Client) -> Result<Self> {
        if !data.join("gouvernail.db").is_file() {
            first_person(&stage.config).await?;
        }
        let config = stage.config.display().to_string();
        let mut gouvernail = Program::start("gouvernail", &["serve", "--config", &config], data)?;
        let (watch, folder) = (stage.watch.to_string(), data.join("observatory").display().to_string());
        let (log, vkey) = (format!("{}/log", stage.base), data.join("log.vkey").display().to_string());
        let arguments =
            ["observatory", "--data", &folder, "--listen", &watch, "--name", WITNESS, "--log", &log, &vkey, "--every", "2"];
        let mut observatory = Program::start("observatory", &arguments, data)?;
        patiently("Gouvernail starts", gouvernail.ready(client, &format!("{}/ready", stage.base))).await?;
        patiently("the observatory starts", observatory.ready(client, &format!("{}/vkey", stage.observatory))).await?;
        Ok(Self { gouvernail, observatory })
    }

    async fn stop(self) -> Result<()> {
        let gouvernail = self.gouvernail.stop().await;
        self.observatory.stop().await.and(gouvernail)
    }
}

/// The first person gets in from the command line; she adds the others from her page.
async fn first_person(config: &Path) -> Result<()> {
    let add = People::Add {
        config: cli::ConfigFile { config: config.to_owned() },
        name: town::CLAIRE.name.to_owned(),
        email: town::CLAIRE.email.to_owned(),
        roles: vec![RoleName::Referent],
    };
    people::run_with(add, town::PASSWORD).await
}

/// What a browser needs to walk through what the story left.
fn explore(data: &Path, stage: &Stage) -> Result<()> {
    let code = fs::read_to_string(data.join("code"))?;
    let citizen = format!("/d/{}", code.trim());
    let walk = |who: &str, email: &str, from: &[&str]| json!({ "who": who, "email": email, "from": from });
    let picture = |name: &str, email: &str, url: &str| json!({ "name": name, "email": email, "url": url });
    let system = format!("/referent/systems/{}", town::SYSTEM);
    let case = format!("/desk/cases/{}", town::CASE);
    let letter = format!("{case}/letter");
    let explore = json!({
        "base": stage.base,
        "observatory": stage.observatory,
        "password": town::PASSWORD,
        "walks": [
            walk("référente", town::CLAIRE.email, &["/referent"]),
            walk("responsable", town::JULIEN.email, &["/referent"]),
            walk("agent", town::SAMIR.email, &["/desk"]),
            walk("seconde agente", town::INES.email, &["/desk"]),
            walk("maire", town::HELENE.email, &["/council"]),
            walk("habitante", "", &["/", &citizen]),
        ],
        "pictures": [
            picture("1-referent", town::CLAIRE.email, "/referent"),
            picture("2-dossier", town::CLAIRE.email, &system),
            picture("3-registre", "", &format!("/register/{}", town::SYSTEM)),
            picture("4-agent", town::SAMIR.email, &case),
            picture("5-courrier", town::SAMIR.email, &letter),
            picture("6-habitante", "", &citizen),
            picture("7-conseil", town::HELENE.email, "/council"),
            picture("8-observatoire", "", &stage.observatory),
        ],
    });
    fs::write(data.join(PLAYED), serde_json::to_string_pretty(&explore)?).context("cannot write explore.json")
}

fn invite(data: &Path, stage: &Stage) {
    chapter(9, "À vous · Your turn");
    act(format!("everybody's password: {}", town::PASSWORD));
    for person in [town::CLAIRE, town::JULIEN, town::SAMIR, town::INES, town::HELENE] {
        shown(format!("{:<16} {}", person.name, person.email));
    }
    open("sign in", &format!("{}/login", stage.base));
    open("a citizen's door", &format!("{}/d", stage.base));
    if let Ok(code) = fs::read_to_string(data.join("code")) {
        shown(format!("code of the letter: {}", code.trim()));
    }
    open("public register", &format!("{}/register", stage.base));
    open("observatory", &stage.observatory);
    println!("\nIt stays up until Ctrl-C. Everything is in {}; remove that folder to begin again.", data.display());
}
