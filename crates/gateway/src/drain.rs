//! Calls in flight, counted, so that a program that stops lets each end and be recorded.

use tokio::sync::watch;

/// The count, shared by all requests.
#[derive(Debug, Clone)]
pub(crate) struct Flights {
    count: watch::Sender<usize>,
    door: watch::Sender<Door>,
}

/// What the calls may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Door {
    /// Begin.
    Open,
    /// End.
    Closed,
    /// Nothing more: those in flight are cut.
    Cut,
}

/// One call in flight, until dropped.
#[derive(Debug)]
pub(crate) struct Flight(watch::Sender<usize>);

impl Flights {
    pub(crate) fn new() -> Self {
        Self { count: watch::Sender::new(0), door: watch::Sender::new(Door::Open) }
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
        self.shut(Door::Closed);
    }

    /// From now on those in flight end at once.
    pub(crate) fn cut(&self) {
        self.shut(Door::Cut);
    }

    fn shut(&self, door: Door) {
        self.door.send_modify(|now| *now = (*now).max(door));
    }

    /// Wakes when the calls in flight must end at once.
    pub(crate) fn door(&self) -> watch::Receiver<Door> {
        self.door.subscribe()
    }

    /// Whether the program is stopping.
    pub(crate) fn closing(&self) -> bool {
        *self.door.borrow() != Door::Open
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
