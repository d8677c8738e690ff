//! A place among the calls that a host gets at once, waited for in order of priority, then of arrival.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::sync::oneshot;

use super::Priority;
use crate::mandate::lock;

/// The places of one host.
#[derive(Clone, Default)]
pub(crate) struct Turnstile(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    running: usize,
    arrivals: u64,
    waiting: BTreeMap<(Priority, u64), oneshot::Sender<Turn>>,
}

/// A place; dropped, it goes to whoever is next.
pub(crate) struct Turn(Option<Turnstile>);

/// As many wait as may.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Turnstile {
    /// Waits for a place among `concurrent`; at most `waiting` others may wait too. Dropped, it waits no more.
    pub(crate) async fn enter(&self, priority: Priority, concurrent: usize, waiting: usize) -> Result<Turn, Full> {
        let turn = {
            let mut state = lock(&self.0);
            if state.running < concurrent {
                state.running += 1;
                return Ok(Turn(Some(self.clone())));
            }
            if state.waiting.len() >= waiting {
                state.waiting.retain(|_, to| !to.is_closed());
            }
            if state.waiting.len() >= waiting {
                return Err(Full);
            }
            let (to, turn) = oneshot::channel();
            state.arrivals += 1;
            let place = (priority, state.arrivals);
            state.waiting.insert(place, to);
            turn
        };
        // The sender is dropped only when it has sent.
        turn.await.map_err(|_| Full)
    }

    /// Gives a place that became free to the next who still waits.
    fn pass_on(&self) {
        loop {
            let next = {
                let mut state = lock(&self.0);
                match state.waiting.pop_first() {
                    Some((_, to)) => to,
                    None => {
                        state.running -= 1;
                        return;
                    }
                }
            };
            match next.send(Turn(Some(self.clone()))) {
                Ok(()) => return,
                // Whoever waited has left: the place is still to be given.
                Err(mut refused) => drop(refused.0.take()),
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(turnstile) = self.0.take() {
            turnstile.pass_on();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    async fn waits(turnstile: &Turnstile, priority: Priority, order: &Arc<Mutex<Vec<&'static str>>>, name: &'static str) {
        let (turnstile, order) = (turnstile.clone(), Arc::clone(order));
        tokio::spawn(async move {
            let turn = turnstile.enter(priority, 1, 9).await.ok();
            lock(&order).push(name);
            drop(turn);
        });
        tokio::task::yield_now().await;
    }

    #[tokio::test]
    async fn people_go_before_batches_and_each_in_order() {
        let (turnstile, order) = (Turnstile::default(), Arc::new(Mutex::new(Vec::new())));
        let first = turnstile.enter(Priority::Batch, 1, 9).await.ok().unwrap();
        waits(&turnstile, Priority::Batch, &order, "batch 1").await;
        waits(&turnstile, Priority::Person, &order, "person 1").await;
        waits(&turnstile, Priority::Batch, &order, "batch 2").await;
        waits(&turnstile, Priority::Person, &order, "person 2").await;
        drop(first);
        let last = timeout(Duration::from_secs(5), turnstile.enter(Priority::Batch, 1, 9)).await.unwrap();
        assert!(last.is_ok());
        assert_eq!(*lock(&order), ["person 1", "person 2", "batch 1", "batch 2"]);
    }

    #[tokio::test]
    async fn the_queue_is_bounded_and_who_leaves_it_gives_the_place_back() {
        let turnstile = Turnstile::default();
        let first = turnstile.enter(Priority::Person, 1, 1).await.ok().unwrap();
        let left = timeout(Duration::from_millis(1), turnstile.enter(Priority::Person, 1, 1)).await;
        assert!(left.is_err(), "it waits");
        let queued = tokio::spawn({
            let turnstile = turnstile.clone();
            async move { turnstile.enter(Priority::Person, 1, 1).await.is_ok() }
        });
        tokio::task::yield_now().await;
        assert!(turnstile.enter(Priority::Person, 1, 1).await.is_err(), "one waits already");
        drop(first);
        assert!(queued.await.unwrap());
        assert_eq!(lock(&turnstile.0).running, 0);
    }
}
