//! Processor time of the embedded engine, shared among the calls that it serves.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use crate::mandate::lock;

/// Reads the engine's counter when a call begins or ends, and shares what was consumed since equally among the calls active in
/// between: what is shared is what was counted, no more and no less.
pub struct CpuMeter {
    read: Box<dyn Fn() -> Option<f64> + Send + Sync>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    last: Option<f64>,
    next: u64,
    /// Seconds of each active call; `None` once a part of them could not be counted.
    active: HashMap<u64, Option<f64>>,
}

/// One active call.
#[derive(Debug)]
pub struct CpuShare {
    meter: Arc<CpuMeter>,
    id: u64,
}

impl CpuMeter {
    /// A meter over a counter: processor seconds of the engine since it started, `None` when it does not run.
    pub fn new(read: impl Fn() -> Option<f64> + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { read: Box::new(read), state: Mutex::default() })
    }

    /// A call begins.
    #[must_use]
    pub fn begin(self: &Arc<Self>) -> CpuShare {
        let mut state = self.settled();
        let id = state.next;
        state.next += 1;
        state.active.insert(id, Some(0.0));
        CpuShare { meter: Arc::clone(self), id }
    }

    /// The state, with what was consumed until now shared out.
    fn settled(&self) -> std::sync::MutexGuard<'_, State> {
        let mut state = lock(&self.state);
        let now = (self.read)();
        let consumed = match (state.last, now) {
            (Some(last), Some(now)) if now >= last => Some(now - last),
            // The counter is gone or began again: the engine died under these calls.
            _ => None,
        };
        let calls = state.active.len() as f64;
        for seconds in state.active.values_mut() {
            *seconds = seconds.zip(consumed).map(|(seconds, consumed)| seconds + consumed / calls);
        }
        state.last = now;
        state
    }
}

impl CpuShare {
    /// The call ends: its processor seconds, `None` when they could not be counted or are below what the system counts.
    #[must_use]
    pub fn end(self) -> Option<f64> {
        self.meter.settled().active.remove(&self.id).flatten().filter(|seconds| *seconds > 0.0)
    }
}

/// A call that was lost no longer takes its share.
impl Drop for CpuShare {
    fn drop(&mut self) {
        if lock(&self.meter.state).active.contains_key(&self.id) {
            self.meter.settled().active.remove(&self.id);
        }
    }
}

impl fmt::Debug for CpuMeter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CpuMeter")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A counter that the test moves.
    fn counter(start: Option<f64>) -> (Arc<Mutex<Option<f64>>>, Arc<CpuMeter>) {
        let value = Arc::new(Mutex::new(start));
        let read = Arc::clone(&value);
        (value, CpuMeter::new(move || *lock(&read)))
    }

    #[test]
    fn what_two_calls_share_is_halved() {
        let (value, meter) = counter(Some(10.0));
        let first = meter.begin();
        *lock(&value) = Some(12.0);
        let second = meter.begin();
        *lock(&value) = Some(16.0);
        assert_eq!(first.end(), Some(4.0));
        *lock(&value) = Some(17.0);
        assert_eq!(second.end(), Some(3.0));
        *lock(&value) = Some(90.0);
        let third = meter.begin();
        *lock(&value) = Some(91.0);
        assert_eq!(third.end(), Some(1.0), "what nobody asked for is nobody's");
    }

    #[test]
    fn an_engine_that_died_leaves_the_unknown_and_not_zero() {
        let (value, meter) = counter(Some(10.0));
        let under = meter.begin();
        *lock(&value) = Some(1.0);
        let after = meter.begin();
        *lock(&value) = Some(2.0);
        assert_eq!(under.end(), None);
        *lock(&value) = Some(3.0);
        assert_eq!(after.end(), Some(1.5));
        let unseen = meter.begin();
        assert_eq!(unseen.end(), None, "less than a tick");
        let (_, gone) = counter(None);
        assert_eq!(gone.begin().end(), None);
    }

    proptest! {
        #[test]
        fn shares_add_up_to_what_was_consumed_while_somebody_called(
            steps in proptest::collection::vec((0u8..3, 0usize..8, 0u32..100), 1..60),
        ) {
            let (value, meter) = counter(Some(0.0));
            let (mut active, mut consumed, mut shared) = (Vec::new(), 0.0, 0.0);
            for (what, which, ticks) in steps {
                let spent = f64::from(ticks) / 100.0;
                lock(&value).iter_mut().for_each(|seconds| *seconds += spent);
                if !active.is_empty() {
                    consumed += spent;
                }
                match what {
                    0 => active.push(meter.begin()),
                    _ if active.is_empty() => {}
                    _ => {
                        let ended = active.remove(which % active.len());
                        shared += ended.end().unwrap_or_default();
                    }
                }
            }
            shared += active.into_iter().filter_map(CpuShare::end).sum::<f64>();
            prop_assert!((shared - consumed).abs() < 1e-9, "{shared} of {consumed}");
        }
    }
}
