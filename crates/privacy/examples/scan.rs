//! Reads documents, one on each line of JSON, and prints what is found in each.
//!
//! `cargo run --release -p gouvernail-privacy --example scan -- [--no-known] < documents.jsonl > spans.jsonl`

use std::io::{BufRead, Write, stdin, stdout};

use gouvernail_privacy::Detector;
use gouvernail_privacy::jsonl::Document;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let alone = std::env::args().any(|argument| argument == "--no-known");
    let mut out = stdout().lock();
    for (number, line) in stdin().lock().lines().enumerate() {
        let document = Document::parse(number + 1, &line?)?;
        let detector = Detector::new(if alone { &[] } else { &document.known });
        writeln!(out, "{}", serde_json::to_string(&document.scan(&detector))?)?;
    }
    Ok(())
}
