//! Time and randomness as values, handed down from the binary, so that a test can hold both still.

use std::sync::Arc;

use jiff::Timestamp;

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// The clock and the source of randomness; cheap to clone.
#[derive(Clone)]
pub struct Ambient {
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    fill: Arc<Fill>,
}

impl Ambient {
    /// From a clock and a function that fills bytes with unpredictable values.
    pub fn new(clock: impl Fn() -> Timestamp + Send + Sync + 'static, fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(clock), fill: Arc::new(fill) }
    }

    /// Now, to the microsecond: what both engines store.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = (self.clock)();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Unpredictable bytes: a salt, a token, a key.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.fill)(&mut bytes);
        bytes
    }

    /// An identifier that sorts by time (UUIDv7, RFC 9562 §5.7).
    #[must_use]
    pub fn id(&self) -> String {
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid().to_string()
    }

    /// Puts a list in an unpredictable order (Fisher and Yates).
    pub fn shuffle<T>(&self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            // 64 bits over at most thousands of places: the bias of the remainder is below 2^-50.
            let draw = u64::from_le_bytes(self.bytes()) % (last as u64 + 1);
            list.swap(last, usize::try_from(draw).unwrap_or_default());
        }
    }
}

impl std::fmt::Debug for Ambient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ambient")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ambient() -> Ambient {
        let counter = std::sync::atomic::AtomicU8::new(0);
        let fill = move |bytes: &mut [u8]| {
            bytes.fill_with(|| counter.fetch_add(37, std::sync::atomic::Ordering::Relaxed));
        };
        Ambient::new(|| "2026-11-24T10:00:00.123456789Z".parse().unwrap(), fill)
    }

    #[test]
    fn time_is_what_both_engines_store() {
        assert_eq!(ambient().now(), "2026-11-24T10:00:00.123456Z".parse().unwrap());
    }

    #[test]
    fn a_shuffle_loses_nothing() {
        let mut list: Vec<u32> = (0..50).collect();
        ambient().shuffle(&mut list);
        assert_ne!(list, (0..50).collect::<Vec<_>>());
        list.sort_unstable();
        assert_eq!(list, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn identifiers_differ() {
        let ambient = ambient();
        assert_ne!(ambient.id(), ambient.id());
    }
}
