//! Whether a failed attempt is made again, and when: only as long as nothing was answered to the caller.

use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;

/// Wait before the second attempt; it doubles.
const FIRST: Duration = Duration::from_millis(250);
/// Longest wait that a host may ask for; past it, its answer is the caller's.
const LONGEST: Duration = Duration::from_secs(20);

/// An attempt that may be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What the host asked for (`Retry-After`, RFC 9110 §10.2.3), in seconds; a date counts as nothing.
    asked: Option<Duration>,
    /// Whether it speaks against the host: one that is merely busy is well.
    pub(crate) counts: bool,
}

impl Failure {
    /// The connection could not be made, or broke before an answer.
    pub(crate) const BROKEN: Self = Self { asked: None, counts: true };

    /// Of an answer: too many requests, or the host or what stands before it is not able to serve now.
    pub(crate) fn of(response: &reqwest::Response) -> Option<Self> {
        let again = matches!(
            response.status(),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
        );
        let asked = response.headers().get(RETRY_AFTER).and_then(|said| said.to_str().ok()?.trim().parse::<f64>().ok());
        let asked = asked.filter(|seconds| (0.0..1e9).contains(seconds)).map(Duration::from_secs_f64);
        again.then_some(Self { asked, counts: response.status().is_server_error() })
    }
}

/// How long to wait after the failure of attempt `nth` (from 1), if another one is to be made within `left`. `drawn` spreads
/// those who failed together.
pub(crate) fn wait(failure: Failure, nth: u32, attempts: u32, left: Duration, drawn: u8) -> Option<Duration> {
    if nth >= attempts {
        return None;
    }
    let back_off = FIRST * 2u32.saturating_pow(nth - 1);
    let spread = back_off.mul_f64(0.5 + f64::from(drawn) / 512.0);
    let wait = failure.asked.map_or(spread, |asked| asked + spread / 4);
    (wait <= LONGEST && wait < left).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn waits_double_and_end() {
        let waits: Vec<_> = (1..=4).map(|nth| wait(Failure::BROKEN, nth, 4, MINUTE, 255)).collect();
        assert!(waits[0].unwrap() >= FIRST.mul_f64(0.99) && waits[1].unwrap() >= FIRST.mul_f64(1.99) && waits[3].is_none());
        assert!(wait(Failure::BROKEN, 1, 4, MINUTE, 0).unwrap() >= FIRST / 2);
    }

    #[test]
    fn what_the_host_asks_for_is_kept_to_or_given_to_the_caller() {
        let asks = |seconds| Failure { asked: Some(Duration::from_secs(seconds)), counts: false };
        assert!(wait(asks(2), 1, 3, MINUTE, 7).unwrap() >= Duration::from_secs(2));
        assert_eq!(wait(asks(30), 1, 3, MINUTE, 7), None, "too long");
        assert_eq!(wait(asks(2), 1, 3, Duration::from_secs(1), 7), None, "after the deadline");
    }
}
