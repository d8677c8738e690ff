//! An administration ready to be measured: `cargo run --example prepare -- FOLDER ADDRESS UPSTREAM [NAMES]`. Used by
//! `scripts/bench` and `scripts/bench-serve`.
//!
//! Prints what a load generator needs, one `NAME=VALUE` a line.

#[path = "../tests/it/world.rs"]
mod world;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(address), Some(upstream)) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: prepare FOLDER ADDRESS UPSTREAM [NAMES] (such as 127.0.0.1:9400 http://127.0.0.1:9100/v1 lists)");
        std::process::exit(2);
    };
    let names = arguments.next().unwrap_or_else(|| "none".to_owned());
    let Ok(address) = address.parse::<SocketAddr>() else {
        eprintln!("prepare: {address:?} is not an address and a port, such as 127.0.0.1:9400");
        std::process::exit(2);
    };
    let folder = PathBuf::from(folder);
    let prepared = world::prepare(&folder, &upstream, 20).await;
    let config = world::configure(&folder, address);
    suit(&config, &names);
    println!("CONFIG={}", config.display());
    println!("DATABASE={}", prepared.database);
    println!("FILES_KEY={}", prepared.files_key);
    println!("KEY={}", prepared.own_key);
    println!("CASE={}", prepared.cases[0]);
    println!("MODEL={} AGENT={} SYSTEMS={},{}", world::MODEL, world::AGENT, world::FILES, world::DRAFTS);
}

/// Quotas of several kinds, too large to stop anybody: they are counted all the same.
const QUOTAS: &str = r#"
[[quotas]]
system = "brouillons"
requests = 1e9
tokens = 1e12

[[quotas]]
per = "month"
kwh = 1e6
"#;

/// A load generator is not told the name of the model; names of third persons are looked for as is asked; quotas are counted.
fn suit(config: &Path, names: &str) {
    let text = std::fs::read_to_string(config).expect("the configuration was just written");
    let text = text.replace("# any_model_name = true", "any_model_name = true");
    let text = text.replace("names = \"none\"", &format!("names = \"{names}\""));
    // As often as the operator of a real one has it.
    let text = text.replace("every_ms = 50\n", "");
    let text = text + QUOTAS;
    std::fs::write(config, text).expect("the folder can be written");
}
