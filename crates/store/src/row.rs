//! Between SQL values and Rust values.

use jiff::Timestamp;
use serde_json::Value;

use crate::{Result, StoreError};

/// JSON as stored.
pub(crate) fn text(value: &Value) -> String {
    // It writes into the text at once; `Display` goes through a formatter, piece by piece.
    serde_json::to_string(value).unwrap_or_else(|_| value.to_string())
}

/// JSON as read.
pub(crate) fn json(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|e| StoreError::BadRow { what: "JSON body", reason: e.to_string() })
}

/// Microseconds since 1970, as stored; PostgreSQL and SQLite agree on integers only.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// Instant as read.
pub(crate) fn time(micros: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|e| StoreError::BadRow { what: "time", reason: e.to_string() })
}

/// Size or index of the log, as stored.
pub(crate) fn signed(index: u64) -> Result<i64> {
    i64::try_from(index).map_err(|e| StoreError::BadRow { what: "log index", reason: e.to_string() })
}

/// Size or index of the log, as read.
pub(crate) fn unsigned(index: i64) -> Result<u64> {
    u64::try_from(index).map_err(|e| StoreError::BadRow { what: "log index", reason: e.to_string() })
}
