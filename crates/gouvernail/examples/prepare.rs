//! An administration ready to be measured: `cargo run --example prepare -- FOLDER PORT UPSTREAM`. Used by `scripts/bench`.
//!
//! Prints what a load generator needs, one `NAME=VALUE` a line.

#[path = "../tests/it/world.rs"]
mod world;

use std::path::PathBuf;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, port, upstream] = arguments.as_slice() else {
        eprintln!("usage: prepare FOLDER PORT UPSTREAM (such as http://127.0.0.1:9100/v1)");
        std::process::exit(2);
    };
    let folder = PathBuf::from(folder);
    let prepared = world::prepare(&folder, upstream, 20).await;
    let config = world::configure(&folder, port.parse().expect("PORT is a number"));
    println!("CONFIG={}", config.display());
    println!("DATABASE={}", prepared.database);
    println!("FILES_KEY={}", prepared.files_key);
    println!("DRAFTS_KEY={}", prepared.drafts_key);
    println!("CASE={}", prepared.cases[0]);
    println!("MODEL={} AGENT={} SYSTEMS={},{}", world::MODEL, world::AGENT, world::FILES, world::DRAFTS);
}
