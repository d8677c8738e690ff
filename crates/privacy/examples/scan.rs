//! Reads documents, one on each line of JSON, and prints what is found in each.
//!
//! `cargo run --release -p gouvernail-privacy --example scan -- [--no-known] [--no-ner] [--language DIR] < documents.jsonl > spans.jsonl`
//!
//! `DIR` is what `scripts/fetch-names` prints.

use std::io::{BufRead, Write, stdin, stdout};
use std::path::Path;
use std::sync::Arc;

use gouvernail_privacy::jsonl::Document;
use gouvernail_privacy::{Detector, Language};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let folder = arguments.iter().position(|argument| argument == "--language").and_then(|at| arguments.get(at + 1));
    let language = folder.map(|folder| Language::load(Path::new(folder))).transpose()?.unwrap_or_default();
    let language = Arc::new(if has("--no-ner") { language.without_ner() } else { language });
    let mut out = stdout().lock();
    for (number, line) in stdin().lock().lines().enumerate() {
        let document = Document::parse(number + 1, &line?)?;
        let detector = Detector::new(if has("--no-known") { &[] } else { &document.known }).with_language(Arc::clone(&language));
        writeln!(out, "{}", serde_json::to_string(&document.scan(&detector))?)?;
    }
    Ok(())
}
