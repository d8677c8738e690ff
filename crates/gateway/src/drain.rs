//! Calls in flight, counted, so that a program that stops lets each end and be recorded.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

/// The count, shared by all requests.
#[derive(Debug, Clone)]
pub(crate) struct Flights {
    count: watch::Sender<usize>,
    closing: Arc<AtomicBool>,
}

/// One call in flight, until dropped.
#[derive(Debug)]
pub(crate) struct Flight(watch::Sender<usize>);

impl Flights {
    pub(crate) fn new() -> Self {
        Self { count: watch::Sender::new(0), closing: Arc::default() }
    }

    /// One more call, unless the program is stopping. It is counted first and the door looked at second, so that none slips
    /// between the closing and the count.
    pub(crate) fn begin(&self) -> Option<Flight> {
        self.count.send_modify(|count| *count += 1);
        let flight = Flight(self.count.clone());
        (!self.closing()).then_some(flight)
    }

    /// From now on no call begins.
    pub(crate) fn close(&self) {
        self.closing.store(true, Ordering::SeqCst);
    }

    /// Whether the program is stopping.
    pub(crate) fn closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    /// How many are in flight.
    pub(crate) fn count(&self) -> usize {
        *self.count.borrow()
    }

    /// Resolves when no call is in flight.
    pub(crate) async fn drained(&self) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self.count.subscribe().wait_for(|count| *count == 0).await;
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn the_last_call_opens_the_way_out() {
        let flights = Flights::new();
        timeout(Duration::from_secs(5), flights.drained()).await.unwrap();
        let (first, second) = (flights.begin().unwrap(), flights.begin().unwrap());
        flights.close();
        assert!(flights.begin().is_none());
        drop(first);
        assert!(timeout(Duration::from_millis(20), flights.drained()).await.is_err());
        drop(second);
        timeout(Duration::from_secs(5), flights.drained()).await.unwrap();
    }
}
