//! Saying that something still goes on.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Longest silence on anything that takes time.
const SILENCE: Duration = Duration::from_secs(2);

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
