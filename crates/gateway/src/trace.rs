//! The place of a call in a distributed trace: W3C Trace Context, <https://www.w3.org/TR/trace-context/>.
//!
//! A caller's `traceparent` is followed. What goes on to a model host is another span of the same trace, and only if the
//! operator wants it: nothing else of the caller's trace does, `tracestate` least of all, which may say anything.

use axum::http::{HeaderMap, HeaderName};
use gouvernail_store::Ambient;
use prometheus_client::metrics::counter::Counter;
use tokio::sync::mpsc;

use crate::report::Report;

/// Header of the context.
pub(crate) const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Where reports of calls go to become spans.
#[derive(Debug, Clone)]
pub struct Traces {
    /// Bounded: one that is full takes nothing more, and no call waits for it.
    pub queue: mpsc::Sender<Report>,
    /// Reports that the queue could not take.
    pub dropped: Counter,
    /// Whether model hosts are told of the trace.
    pub to_hosts: bool,
    /// Share of the calls that begin a trace, 0 to 1; a caller who brings one decides for itself.
    pub share: f64,
}

/// One call in a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The trace.
    pub id: [u8; 16],
    /// The span of the caller, if there is one.
    pub parent: Option<[u8; 8]>,
    /// The span of the call.
    pub call: [u8; 8],
    /// The span of what the host does for it.
    pub upstream: [u8; 8],
    /// Whether its spans are kept.
    pub sampled: bool,
}

impl Traces {
    /// The place of a call with these headers.
    pub(crate) fn place(&self, headers: &HeaderMap, ambient: &Ambient) -> Trace {
        let (call, upstream) = (ambient.bytes(), ambient.bytes());
        let given = headers.get(&TRACEPARENT).and_then(|value| parse(value.to_str().ok()?));
        match given {
            Some((id, parent, sampled)) => Trace { id, parent: Some(parent), call, upstream, sampled },
            None => {
                let id: [u8; 16] = ambient.bytes();
                Trace { id, parent: None, call, upstream, sampled: taken(&id, self.share) }
            }
        }
    }

    /// Gives a call that ended; it is dropped, and counted, when nobody keeps up.
    pub(crate) fn give(&self, report: Report) {
        if report.trace.as_ref().is_some_and(|trace| trace.sampled) && self.queue.try_send(report).is_err() {
            self.dropped.inc();
        }
    }
}

impl Trace {
    /// What the model host is told.
    pub(crate) fn for_host(&self) -> String {
        format!("00-{}-{}-{:02x}", hex::encode(self.id), hex::encode(self.upstream), u8::from(self.sampled))
    }
}

/// Whether a trace is among the share kept: the same for every program that asks of the same trace.
fn taken(id: &[u8; 16], share: f64) -> bool {
    let low = id[8..].iter().fold(0u64, |low, byte| low << 8 | u64::from(*byte));
    (low as f64) < share * 2f64.powi(64)
}

/// Trace, parent and whether it is sampled; `None` for what is malformed, which the specification says to ignore.
fn parse(text: &str) -> Option<([u8; 16], [u8; 8], bool)> {
    let mut fields = text.trim().split('-');
    let (version, id, parent, flags) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    // A later version may add fields, this one has none.
    if version == "00" && fields.next().is_some() {
        return None;
    }
    let ([version], id, parent, [flags]): ([u8; 1], [u8; 16], [u8; 8], [u8; 1]) =
        (bytes(version)?, bytes(id)?, bytes(parent)?, bytes(flags)?);
    let zero = id == [0; 16] || parent == [0; 8];
    (version != 0xff && !zero).then_some((id, parent, flags & 1 == 1))
}

/// Lower-case hexadecimal of exactly `N` bytes.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let lower = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let mut bytes = [0; N];
    (lower && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    fn traces(share: f64) -> Traces {
        Traces { queue: mpsc::channel(1).0, dropped: Counter::default(), to_hosts: true, share }
    }

    fn place(header: Option<&str>, share: f64) -> Trace {
        let ambient = Ambient::new(|| jiff::Timestamp::UNIX_EPOCH, |bytes| bytes.fill(0x70));
        let headers = header.map(|text| (TRACEPARENT, text.parse().unwrap())).into_iter().collect();
        traces(share).place(&headers, &ambient)
    }

    #[test]
    fn a_callers_trace_is_followed_and_the_host_is_another_span_of_it() {
        let trace = place(Some(GIVEN), 0.0);
        assert_eq!(hex::encode(trace.id), "0af7651916cd43dd8448eb211c80319c");
        assert_eq!((trace.parent.map(hex::encode).as_deref(), trace.sampled), (Some("b7ad6b7169203331"), true));
        assert_eq!(trace.for_host(), "00-0af7651916cd43dd8448eb211c80319c-7070707070707070-01");
        assert!(!place(Some(&GIVEN.replace("-01", "-00")), 1.0).sampled, "a caller who does not want it kept decides");
    }

    #[test]
    fn what_is_malformed_is_ignored() {
        for wrong in [
            "",
            "00",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "00-0af7651916cd43dd8448eb211c8031-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert!(parse("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more").is_some(), "a later version");
    }

    #[test]
    fn a_share_of_the_traces_that_begin_here_is_kept() {
        assert!(place(None, 1.0).sampled && !place(None, 0.0).sampled);
        let kept = (0..=255u8).filter(|first| taken(&[*first; 16], 0.25)).count();
        assert_eq!(kept, 64);
    }
}
