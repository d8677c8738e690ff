//! Telling the story on the terminal: chapters, acts and what they showed. Plain text: it reads the same in a file.

use anyhow::{Result, bail};
use std::fmt::Display;

/// A new chapter.
pub fn chapter(number: usize, title: &str) {
    println!("\n── {number}. {title}");
}

/// Somebody does something.
pub fn act(text: impl Display) {
    println!("   • {text}");
}

/// What it showed.
pub fn shown(text: impl Display) {
    for line in text.to_string().lines() {
        println!("       {line}");
    }
}

/// A page to open.
pub fn open(what: &str, url: &str) {
    println!("       → {what}: {url}");
}

/// A step of the story that must hold.
pub fn holds(condition: bool, what: &str) -> Result<()> {
    if !condition {
        bail!("this did not hold: {what}");
    }
    println!("     ✓ {what}");
    Ok(())
}
