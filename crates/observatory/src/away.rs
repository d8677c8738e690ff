//! Work that waits for the disk, or hashes for long, must not stand in the way of the requests.

use std::panic::resume_unwind;

use tokio::task::spawn_blocking;

/// Runs `work` off the asynchronous threads.
pub(crate) async fn away<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The runtime is ending, and this future with it.
            Err(_) => std::future::pending().await,
        },
    }
}
