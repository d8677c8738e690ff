//! Telling the story on the terminal: chapters, acts and what they showed. Plain text: it reads the same in a file.

use std::fmt::Display;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Longest silence on anything that takes time.
const SILENCE: Duration = Duration::from_secs(2);

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

/// Waits for `work`, saying every two seconds that it still goes on.
///
/// # Errors
/// Those of `work`, with what was being done.
pub async fn patiently<T>(what: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
    let began = Instant::now();
    tokio::pin!(work);
    loop {
        match tokio::time::timeout(SILENCE, &mut work).await {
            Ok(result) => return result.with_context(|| what.to_owned()),
            Err(_) => println!("       … {what}, {} s", began.elapsed().as_secs()),
        }
    }
}
