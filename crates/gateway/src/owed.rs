//! Ends that could not be recorded yet: each is given to the journal again until it is kept, and holds its text meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gouvernail_store::StoreError;
use tokio::time::sleep;

use crate::Shared;
use crate::error::GatewayError;

/// Time between two attempts.
const RETRY: Duration = Duration::from_millis(500);
/// As many may wait. A journal that takes what begins and not what ends would fill the memory: nothing more begins then.
const MOST: usize = 256;

/// How many ends wait.
#[derive(Debug, Default)]
pub(crate) struct Owed(AtomicUsize);

/// One of them, until dropped.
struct One<'a>(&'a Owed);

impl Owed {
    /// Whether one more call may begin.
    pub(crate) fn bearable(&self) -> Result<(), GatewayError> {
        if self.0.load(Ordering::Relaxed) < MOST {
            return Ok(());
        }
        Err(GatewayError::Unavailable("the ends of too many calls cannot be recorded; nothing begins until they are".to_owned()))
    }

    fn one_more(&self) -> One<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        One(self)
    }
}

impl Drop for One<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Gives the journal the same act again until it is known whether it is kept, or until the program stops: the database may
/// come back at any time. True when it is kept.
pub(crate) async fn insist<W>(gateway: &Shared, call: &str, write: impl Fn() -> W) -> bool
where
    W: Future<Output = Result<(), StoreError>>,
{
    let _one = gateway.owed.one_more();
    loop {
        // Looked at first: one more attempt is made after the door is closed.
        let stopping = gateway.flights.closing();
        match write().await {
            Ok(()) => return true,
            Err(error) if is_settled(&error) => return false,
            Err(_) if stopping => break,
            Err(_) => sleep(RETRY).await,
        }
    }
    tracing::error!(call, "the end of a call could not be recorded; it will be recorded as unknown at the next start");
    false
}

/// Whether trying again would change nothing.
pub(crate) fn is_settled(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Duplicate(_) | StoreError::NotFound { .. } | StoreError::BadCommitment { .. } | StoreError::BadRow { .. }
    )
}
